import { mkdtempSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { defineConfig, devices, type Project } from "@playwright/test";

// The whole run has one server: a demo of its own, in a temporary folder, on a free port. Workers read this file
// again, so what is chosen here once travels to them in the environment.
const port = (process.env.SPILNO_TEST_PORT ??= String(await freePort()));
const data = (process.env.SPILNO_TEST_DATA ??= mkdtempSync(join(tmpdir(), "spilno-e2e-")));
const address = `http://localhost:${port}`;
const server = process.env.SPILNO_TEST_BINARY ?? fileURLToPath(new URL("../target/debug/spilno", import.meta.url));

/** Both languages, both sizes and both themes, in pairs that meet in every combination of two. */
const projects: Project[] = [
  { name: "desktop, uk, light", use: { ...devices["Desktop Chrome"], locale: "uk-UA", colorScheme: "light" } },
  { name: "desktop, en, dark", use: { ...devices["Desktop Chrome"], locale: "en-GB", colorScheme: "dark" } },
  { name: "phone, uk, dark", use: { ...devices["Pixel 7"], locale: "uk-UA", colorScheme: "dark" } },
  { name: "phone, en, light", use: { ...devices["Pixel 7"], locale: "en-GB", colorScheme: "light" } },
];

export default defineConfig({
  testDir: "tests",
  outputDir: "test-results",
  globalTeardown: "./support/teardown.ts",
  fullyParallel: true,
  forbidOnly: process.env.CI === "true",
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [["list"], ["html", { outputFolder: "report", open: "never" }]],
  use: {
    baseURL: address,
    timezoneId: "Europe/Kyiv",
    // Else what is fading in is measured half faded.
    contextOptions: { reducedMotion: "reduce" },
    trace: "retain-on-failure",
    screenshot: "only-on-failure",
    launchOptions: { executablePath: process.env.SPILNO_TEST_CHROMIUM ?? "/usr/bin/chromium" },
  },
  projects,
  webServer: {
    command: `"${server}" demo`,
    url: `${address}/readyz`,
    timeout: 120_000,
    env: {
      SPILNO_LISTEN: `127.0.0.1:${port}`,
      SPILNO_PUBLIC_URL: address,
      SPILNO_DATA_DIR: data,
      SPILNO_LOG: process.env.SPILNO_LOG ?? "warn",
    },
    gracefulShutdown: { signal: "SIGTERM", timeout: 5_000 },
  },
});

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
