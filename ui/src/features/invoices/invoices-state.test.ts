import { expect, test } from "vitest";
import { recordedBackend, type Recorded } from "../../ipc/fixtures";
import sample from "../../ipc/fixtures/sample.json";
import type { InvoicesView } from "../../ipc/bindings/InvoicesView";
import { Announcements } from "../../primitives/announcements.svelte";
import { InvoicesState } from "./invoices-state.svelte";

function charged(periods?: InvoicesView["periods"]) {
  const recorded = structuredClone(sample) as unknown as Recorded;
  if (periods) recorded.more!.invoices.periods = periods;
  const backend = recordedBackend(recorded);
  const announcements = new Announcements();
  return { backend, announcements, invoices: new InvoicesState(backend, { selected: 1, visit: 1 }, announcements) };
}

test("what is saved from anywhere is the last period that has ended", async () => {
  const { backend, announcements, invoices } = charged();
  await invoices.saveLast();
  const last = sample.more.invoices.periods.find((period) => period.closed)!;
  expect(backend.calls.at(-1)).toEqual(["saveInvoices", 1, last.id, "pdf", false]);
  expect(announcements.latest).toMatchObject({ bad: false });
});

test("where nothing was charged there is nothing to save", async () => {
  const { backend, announcements, invoices } = charged([]);
  await invoices.saveLast();
  expect(backend.calls.map(([name]) => name)).toEqual(["invoices"]);
  expect(announcements.latest).toEqual({ text: "No charge is known yet", bad: true });
});
