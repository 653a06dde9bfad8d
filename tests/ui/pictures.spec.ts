import { test } from "@playwright/test";
import { navigation, open, sizes, states, themes, views } from "./support";

// Pictures of every view in every state, kept under target/screenshots for a person to look at.
for (const state of states) {
  for (const theme of themes) {
    for (const size of sizes) {
      test(`pictures: ${state}, ${theme}, ${size.width}×${size.height}`, async ({ page }) => {
        await page.setViewportSize(size);
        await open(page, state, theme);
        for (const view of await views(page)) {
          if (view !== "") await navigation(page).getByRole("button", { name: view }).click();
          const name = [state, view.toLowerCase(), theme, `${size.width}x${size.height}`].filter(Boolean).join("-");
          await page.screenshot({ path: `target/screenshots/${name}.png` });
        }
      });
    }
  }
}
