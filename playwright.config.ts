import { defineConfig } from "@playwright/test";

// The window in Debian's Chromium, on recorded answers of the engine. Loopback only.
export default defineConfig({
  testDir: "tests/ui",
  outputDir: "target/playwright",
  snapshotPathTemplate: "tests/ui/references/{arg}{ext}",
  fullyParallel: true,
  workers: 2,
  timeout: 30_000,
  forbidOnly: true,
  reporter: [["list"]],
  use: {
    baseURL: "http://127.0.0.1:5174",
    timezoneId: "Europe/Berlin",
    locale: "en-US",
    viewport: { width: 1280, height: 800 },
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
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
    command: "npm run build --workspace ui -- --mode mock && npm run preview --workspace ui -- --mode mock",
    url: "http://127.0.0.1:5174",
    reuseExistingServer: false,
    timeout: 60_000,
  },
});
