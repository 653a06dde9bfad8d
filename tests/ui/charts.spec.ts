/** A month on an axis of days: its words, its keys, its table and its marks. */
import { expect, test } from "@playwright/test";
import { open } from "./support";

test("the chart has a table behind it and speaks to the keyboard", async ({ page }) => {
  await open(page, "sample");
  const chart = page.getByRole("slider", { name: "Credits used by day of this billing month" });
  await expect(chart).toHaveAttribute("aria-valuetext", /^Saturday 21 November: 609.13 used so far;/);
  await chart.focus();
  await page.keyboard.press("ArrowLeft");
  await expect(chart).toHaveAttribute(
    "aria-valuetext",
    "Friday 20 November: 609.13 used by the end of the day; 666.67 would be an even use; 647.50 by the same day of October",
  );
  await page.keyboard.press("End");
  await expect(chart).toHaveAttribute(
    "aria-valuetext",
    /^Monday 30 November: about 894.14 by then at your pace; between 799.81 and 1,063.92 with quiet or busy days;/,
  );
  await page.getByRole("button", { name: "Show as a table" }).click();
  await expect(page.getByRole("row", { name: "Friday 20 November 609.13 – – 666.67 647.50" })).toBeVisible();
});

test("Kilo's month has its days, where it leads and what happens in it: in words and as a table", async ({ page }) => {
  await open(page, "team");
  const chart = page.getByRole("slider", { name: "Dollars spent by day of this month" });
  await expect(chart).toHaveAttribute("aria-valuetext", "Saturday 21 November: $45.74 spent so far");
  await chart.focus();
  await page.keyboard.press("Home");
  await expect(chart).toHaveAttribute("aria-valuetext", "Sunday 1 November: How much was spent by then isn't known");
  await page.keyboard.press("End");
  await expect(chart).toHaveAttribute(
    "aria-valuetext",
    "Monday 30 November: about $68.24 by then at your pace; between $61.14 and $79.90 with quiet or busy days; $12.50 of credits expire",
  );
  await expect(chart.getByText("≈ $68.24")).toBeVisible();
  await expect(page.locator("main").getByText("5 Nov: renewal")).toBeVisible();
  await page.getByRole("button", { name: "Show as a table" }).click();
  await expect(page.getByRole("row", { name: /^Thursday 5 November \$.* – – renewal$/ })).toBeVisible();
});

test("Kilo's month has the same days of the month before in grey, in words and in its table", async ({ page }) => {
  await open(page, "sample-personal");
  const chart = page.getByRole("slider", { name: "Dollars spent by day of this month" });
  await expect(chart).toHaveAttribute(
    "aria-valuetext",
    /^Saturday 21 November: .*; \$15\.95 by the same day of October$/,
  );
  await expect(chart.getByText("October", { exact: true })).toBeVisible();
  await expect(chart.locator("polyline.before")).toHaveCount(1);
  for (const words of ["the same days of October", "4 Nov: up to $1.50 of credits expired"])
    await expect(page.locator("main").getByText(words)).toBeVisible();
  await page.getByRole("button", { name: "Show as a table" }).click();
  await expect(page.getByRole("columnheader", { name: "Same day of October" })).toBeVisible();
  await expect(
    page.getByRole("row", { name: /^Monday 30 November – .* \$23\.687199 \$2\.50 of credits expire$/ }),
  ).toBeVisible();
});

test("where nothing is foretold Kilo's month has what was spent alone", async ({ page }) => {
  for (const [state, spent] of [
    ["suspended", "$45.74 spent"],
    ["personal-empty", "$13.00 spent"],
  ] as const) {
    await open(page, state);
    const chart = page.getByRole("slider", { name: "Dollars spent by day of this month" });
    await expect(chart.getByText(spent)).toBeVisible();
    await expect(chart.getByText(/≈/), "nothing is served").toHaveCount(0);
    await expect(page.locator("main")).not.toContainText("at your pace");
  }
});

test("what is pointed at is said beside the pointer, and the chart fits the number above it", async ({ page }) => {
  await open(page, "sample");
  const chart = page.getByRole("slider", { name: /^Credits used by day/ });
  await expect(chart.getByText("390.87 left")).toBeVisible();
  await page.getByTitle("Show what is used").click();
  await expect(chart.getByText("609.13 used")).toBeVisible();
  const place = (await chart.boundingBox())!;
  for (const share of [0.2, 0.7]) {
    const at = place.x + place.width * share;
    await page.mouse.move(at, place.y + place.height / 2);
    const tip = page.locator("main .tip");
    await expect(tip).toContainText(/November/);
    const box = (await tip.boundingBox())!;
    const beside = Math.min(Math.abs(box.x - at), Math.abs(box.x + box.width - at));
    expect(beside, "it is beside the pointer").toBeLessThan(place.width / 10);
  }
  await page.mouse.move(0, 0);
  await expect(page.locator("main .tip")).toHaveCount(0);
});

test("the chart marks where the credits end, the plan, the renewal and where it leads", async ({ page }) => {
  await open(page, "packs");
  const chart = page.getByRole("slider", { name: /^Credits used by day/ });
  for (const mark of ["today", "run out 25 Nov", "5,000 in plan", "≈ 6,066.42", "October", "renews 1 December"])
    await expect(chart.getByText(mark, { exact: true }), mark).toBeVisible();
  await open(page, "paused");
  await expect(chart.getByText(/≈|run out/), "where requests pause nothing goes on").toHaveCount(0);
});

test("no word of an axis of days is cut, however narrow it is and in either language", async ({ page }) => {
  for (const [state, language] of [
    ["team", "de"],
    ["personal", "de"],
    ["sample-team", "de"],
    ["sample-personal", "de"],
    ["sample", "de"],
    ["team", "en"],
  ] as const)
    for (const width of [760, 900, 1280]) {
      await page.setViewportSize({ width, height: 900 });
      await open(page, state, "light", { language });
      const chart = page.getByRole("slider").first();
      await expect(chart.locator("svg text").first()).toBeVisible();
      const cut = await chart.locator("svg").evaluate((svg) => {
        const { left, right } = svg.getBoundingClientRect();
        const words = [...svg.querySelectorAll("text")];
        const isCut = (of: DOMRect) => of.left < left - 1 || of.right > right + 1;
        return words.filter((word) => isCut(word.getBoundingClientRect())).map((word) => word.textContent);
      });
      expect(cut, `${state}, ${language}, ${width} wide`).toEqual([]);
    }
});

/** Usage ended today: its one axis is the billing month's, to the renewal. */
test("the running month's bars go on at your pace, and only the running month's", async ({ page }) => {
  await open(page, "sample");
  await page.getByRole("button", { name: "Usage" }).click();
  const chart = page.locator("section.card").filter({ hasText: "Over time" });
  await expect(chart).toContainText(
    "at your pace, about 29.80 a day: 894.14 by 1 December, 799.81 to 1,063.92 with quiet or busy days",
  );
  await expect(chart).toContainText("even use up to the limit, 33.33 a day");
  await expect(chart.locator("rect.ahead"), "nine days and the legend").toHaveCount(9 + 1);
  await expect(chart.getByText("renews 1 Dec")).toBeVisible();
  // By the keyboard, too; what is to come is in no table.
  await chart.getByRole("slider").focus();
  await page.keyboard.press("End");
  await expect(chart.getByRole("slider")).toHaveAttribute(
    "aria-valuetext",
    "Monday 30 November: at your pace about 29.80 credits",
  );
  await chart.getByRole("button", { name: "Show as a table" }).click();
  await expect(chart.getByRole("row")).toHaveCount(21 + 1);
  await page.locator("main select").first().selectOption({ label: "Last 30 days" });
  await expect(chart).not.toContainText("at your pace");
});
