import { expect, test, type Page } from "@playwright/test";
import { open } from "./support";

/** What Rust tells the page of a drag: how many files there are, and never where they lie. */
const drag = (page: Page, detail: { state: string; files?: number }) =>
  page.evaluate((detail) => dispatchEvent(new CustomEvent("mock-drop", { detail })), detail);

test("what is dropped is shown before it is written, and imported kind by kind", async ({ page }) => {
  await open(page, "organisation-empty");
  await expect(page.getByText("Drop files, folders or ZIPs of them here")).toBeVisible();
  await drag(page, { state: "over", files: 3 });
  await expect(page.getByText("Drop to import 3 files or folders")).toBeVisible();
  await drag(page, { state: "gone" });
  await expect(page.getByText("Drop to import 3 files or folders")).toBeHidden();
  await drag(page, { state: "dropped", files: 3 });
  const dialog = page.getByRole("dialog", { name: "Import files" });
  await expect(dialog).toContainText("This is what importing would do. Nothing is written yet.");
  await expect(dialog).toContainText(
    "The bill of October 2026, payer 111122223333, would be replaced: $66.00 before, now $26.00",
  );
  await expect(dialog).toContainText("is damaged: its packing is damaged");
  await expect(dialog).toContainText("2 files aren't of a kind that Headroom imports");
  // Each month's issue is chosen by itself.
  const chosen = [/^\$64\.50/, /^\$40\.00/].map((name) => dialog.getByRole("radio", { name }));
  await expect(dialog.getByRole("group", { name: /August 2026, payer 111122223333,/ })).toBeVisible();
  for (const radio of chosen) await radio.check();
  for (const radio of chosen) await expect(radio).toBeChecked();
  await dialog.getByRole("button", { name: "Import AWS cost exports" }).click();
  await expect(dialog.getByRole("button", { name: "Import AWS cost exports" })).toBeHidden();
  await dialog.getByRole("button", { name: "Import User activity reports" }).click();
  await dialog.getByRole("button", { name: "Done" }).click();
  await expect(dialog).toBeHidden();
});

test("a bill that was chosen as reports is named, and a button imports it as what it is", async ({ page }) => {
  await open(page, "organisation-empty");
  await page.getByRole("button", { name: "Choose a file… User activity reports" }).click();
  const dialog = page.getByRole("dialog", { name: "Import files" });
  await expect(dialog).toContainText("This is an AWS bill, not a user activity report: import it as that?");
  await dialog.getByRole("button", { name: "Import it as that AWS cost exports" }).click();
  await expect(dialog.getByRole("button", { name: "Import it as that" })).toBeHidden();
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
});
