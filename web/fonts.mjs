// Cuts the fonts down to what the app shows: `node fonts.mjs FOLDER` writes them there.
//
// The weights are those that the styles use, the features kerning and digits of one width. Letters of other
// languages (é, ü, ы) and rare signs are files of their own, which browsers fetch only for a page that has one:
// see the ranges in `styles/fonts.css`.

import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import subset from "subset-font";

const WEIGHTS = { min: 400, max: 750 };

/** The ranges of `unicode-range`, as characters. */
const characters = (...ranges) =>
  ranges.flatMap(([first, last = first]) => Array.from({ length: last - first + 1 }, (_, i) => first + i));

const FEATURES = ["kern", "tnum"];

const FONTS = [
  [
    "cyrillic",
    "cyrillic",
    characters(
      [0x0404], [0x0406, 0x0407], [0x0410, 0x0429], [0x042c], [0x042e, 0x0449], [0x044c], [0x044e, 0x044f], [0x0454],
      [0x0456, 0x0457], [0x0490, 0x0491], [0x2116],
    ),
  ],
  [
    "cyrillic",
    "cyrillic-more",
    characters(
      [0x0301], [0x0400, 0x0403], [0x0405], [0x0408, 0x040f], [0x042a, 0x042b], [0x042d], [0x044a, 0x044b], [0x044d],
      [0x0450, 0x0453], [0x0455], [0x0458, 0x045f],
    ),
  ],
  [
    "latin",
    "latin",
    characters(
      [0x20, 0x7e], [0xa0], [0xab], [0xb7], [0xbb], [0xd7], [0x02bc], [0x2013, 0x2014], [0x2019], [0x201c, 0x201e],
      [0x2026], [0x2190, 0x2193], [0x2212],
    ),
  ],
  [
    "latin",
    "latin-more",
    characters(
      [0xa1, 0xaa], [0xac, 0xb6], [0xb8, 0xba], [0xbc, 0xd6], [0xd8, 0xff], [0x0131], [0x0152, 0x0153], [0x02c6],
      [0x02da], [0x02dc], [0x2010, 0x2012], [0x2015, 0x2018], [0x201a, 0x201b], [0x201f, 0x2025], [0x2030],
      [0x2039, 0x203a], [0x20ac], [0x2122],
    ),
  ],
];

const [folder] = process.argv.slice(2);
for (const [from, to, wanted] of FONTS) {
  const font = await readFile(
    new URL(`node_modules/@fontsource-variable/onest/files/onest-${from}-wght-normal.woff2`, import.meta.url),
  );
  const cut = await subset(font, String.fromCodePoint(...wanted), {
    targetFormat: "woff2",
    keepFeatures: FEATURES,
    noHinting: true,
    variationAxes: { wght: { ...WEIGHTS, default: 400 } },
  });
  await writeFile(join(folder, `onest-${to}.woff2`), cut);
}
