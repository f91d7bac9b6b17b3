// Cuts the fonts down to what the app shows: `node fonts.mjs FOLDER` writes them there.
//
// The weights are those that the styles use. Letters of other languages (é, ü, ß) are a file of their own,
// which browsers fetch only for a page that has one: see the ranges in `styles/fonts.css`.

import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import subset from "subset-font";

const WEIGHTS = { min: 400, max: 750 };

/** The ranges of `unicode-range`, as characters. */
const characters = (...ranges) =>
  ranges.flatMap(([first, last = first]) => Array.from({ length: last - first + 1 }, (_, i) => first + i));

const FONTS = [
  ["cyrillic", "cyrillic", characters([0x0301], [0x0400, 0x045f], [0x0490, 0x0491], [0x2116])],
  [
    "latin",
    "latin",
    characters(
      [0x20, 0x7e], [0xa0], [0xa7], [0xa9], [0xab], [0xb0, 0xb1], [0xb7], [0xbb], [0xd7], [0x02bc],
      [0x2010, 0x2026], [0x2030], [0x2039, 0x203a], [0x20ac], [0x2191], [0x2193], [0x2212],
    ),
  ],
  [
    "latin",
    "latin-more",
    characters(
      [0xa1, 0xa6], [0xa8], [0xaa], [0xac, 0xaf], [0xb2, 0xb6], [0xb8, 0xba], [0xbc, 0xd6], [0xd8, 0xff],
      [0x0131], [0x0152, 0x0153], [0x02c6], [0x02da], [0x02dc], [0x2122],
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
    variationAxes: { wght: { ...WEIGHTS, default: 400 } },
  });
  await writeFile(join(folder, `onest-${to}.woff2`), cut);
}
