import { render, screen, within } from "@testing-library/svelte";
import { expect, test } from "vitest";
import { recordedBackend, type Recorded } from "../../ipc/fixtures";
import organisation from "../../ipc/fixtures/organisation.json";
import type { InvoicesView } from "../../ipc/bindings/InvoicesView";
import type { Standing } from "../../ipc/bindings/Standing";
import { Announcements } from "../../primitives/announcements.svelte";
import { MonthsState } from "../months/months-state.svelte";
import Invoices from "./Invoices.svelte";

const recorded = organisation as unknown as Recorded;
const invoices = (recorded.more as unknown as { invoices: InvoicesView }).invoices;

/** Invoices where October has the newest report, and November a bill alone. */
function billed() {
  const overview = recorded.start.overview as Extract<Standing, { months: string[] }>;
  const october = { start: "2026-10-01T00:00:00Z", end: "2026-11-01T00:00:00Z" };
  const present = { shown: { ...overview, month: october } as Standing };
  const around = { loadView: () => Promise.resolve() };
  const looked = { selected: 1, visit: 1 };
  const backend = { ...recordedBackend(recorded), standingIn: () => Promise.resolve(present.shown) };
  const months = new MonthsState(backend, looked, present, new Announcements(), around);
  const saving = { save: () => Promise.resolve() };
  const accounts = { saveFacts: () => Promise.resolve(true) };
  render(Invoices, {
    state: saving,
    invoices,
    months,
    accounts: accounts as never,
    today: undefined,
    go: () => undefined,
  });
  return months;
}

/** Which month is open, and which one the picker names. */
function open() {
  const current = screen.getAllByRole("button").find((button) => button.getAttribute("aria-current") === "true");
  const picker = screen.getByRole("group", { name: "Month" });
  return [current?.textContent?.trim(), within(picker).getByText(/20\d\d$/).textContent];
}

test("invoices open on the newest month, although its bill is newer than every report", async () => {
  const months = billed();
  expect([months.month, months.chosen]).toEqual(["2026-10", null]);
  expect(open()).toEqual([expect.stringMatching(/^November 2026/), "November 2026"]);
  await months.look("2026-10");
  expect(open()).toEqual([expect.stringMatching(/^October 2026/), "October 2026"]);
});
