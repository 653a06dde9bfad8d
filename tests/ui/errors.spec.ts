import { expect, test } from "@playwright/test";
import { open } from "./support";

const german = { language: "de" };

test.describe("where the choices can't be read either", () => {
  test.use({ locale: "de-DE" });

  test("damaged data is said in the system's language", async ({ page }) => {
    await open(page, "failure");
    await expect(page.getByRole("heading", { name: "Headrooms Daten sind beschädigt" })).toBeVisible();
    await expect(page.getByText("headroom.db ist beschädigt: Ihr Anfang wurde überschrieben.")).toBeVisible();
  });
});

test("why the vendor gave no answer is said in German, and by the vendor's name", async ({ page }) => {
  await open(page, "offline", "light", german);
  await expect(page.getByText("Kiro hat mitten in der Antwort abgebrochen.")).toBeVisible();
  await expect(page.locator("body")).not.toContainText("amazonaws");
});

test("a damaged setting is said in German", async ({ page }) => {
  await open(page, "sample", "light", { ...german, notice: "purple" });
  await expect(page.getByText("Die Einstellung für Hell und Dunkel war beschädigt („purple“)")).toBeVisible();
});

test("what could not be imported is said in German, row by row and file by file", async ({ page }) => {
  await open(page, "organisation-empty", "light", german);
  await page
    .getByRole("button", { name: /^Ordner wählen/ })
    .first()
    .click();
  const report = page.getByRole("status").filter({ hasText: "nicht gelesen" });
  await expect(report).toContainText("Zeile 7: Date: „2026-10-32“ ist kein Datum wie 2026-11-20");
});
