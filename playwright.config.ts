import { createServer, type AddressInfo } from "node:net";
import { defineConfig } from "@playwright/test";

/** A port that nobody listens on. */
async function freePort(): Promise<string> {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  return String(port);
}

// The workers read this file too, and find the port that was chosen first.
process.env.HEADROOM_UI_PORT ??= await freePort();
const address = `http://127.0.0.1:${process.env.HEADROOM_UI_PORT}`;

// The window in Debian's Chromium, on recorded answers of the engine. Loopback only.
export default defineConfig({
  testDir: "tests/ui",
  outputDir: "target/playwright",
  fullyParallel: true,
  workers: 2,
  // Patience only, for a machine that is busy with other things: what is asserted doesn't become weaker by it.
  timeout: 180_000,
  expect: { timeout: 30_000 },
  forbidOnly: true,
  reporter: [["list"]],
  use: {
    baseURL: address,
    timezoneId: "Europe/Berlin",
    locale: "en-US",
    viewport: { width: 1280, height: 800 },
    launchOptions: {
      // The shell of Chromium that has no window of its own: the same engine at two thirds of the processor time.
      executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium-headless-shell",
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--font-render-hinting=none",
        "--disable-background-networking",
        "--disable-component-update",
      ],
    },
  },
  webServer: {
    command: `npm run build --workspace ui -- --mode mock && npm run preview --workspace ui -- --mode mock --port ${process.env.HEADROOM_UI_PORT} --strictPort`,
    url: address,
    reuseExistingServer: false,
    timeout: 300_000,
  },
});
