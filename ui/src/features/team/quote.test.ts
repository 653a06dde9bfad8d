import { expect, test } from "vitest";
import team from "../../ipc/fixtures/team.json";
import type { SeatReceipt } from "../../ipc/bindings/SeatReceipt";
import { Announcements } from "../../primitives/announcements.svelte";
import { failing, slow } from "../../test-answers";
import { Quote } from "./quote.svelte";

const add = team.seats.add as unknown as SeatReceipt;

test("of two questions the later one is answered, whichever answer comes first", async () => {
  const [early, late] = [slow<SeatReceipt>(), slow<SeatReceipt>()];
  const answers = [early.answer, late.answer];
  const seats = new Quote(() => answers.shift()!, new Announcements());
  const asked = [seats.price(1, { kind: "add", count: 1 }), seats.price(1, { kind: "add", count: 2 })];
  early.come({ ...add, seats_after: 1 });
  await asked[0];
  expect([seats.receipt, seats.pricing]).toEqual([null, true]);
  late.come({ ...add, seats_after: 2 });
  await asked[1];
  expect([seats.receipt?.seats_after, seats.pricing]).toEqual([2, false]);
});

test("what comes when the view was left is not shown when one comes back", async () => {
  const { answer, come } = slow<SeatReceipt>();
  const seats = new Quote(() => answer, new Announcements());
  const asked = seats.price(1, { kind: "add", count: 1 });
  seats.leave();
  come(add);
  await asked;
  expect([seats.receipt, seats.pricing]).toEqual([null, false]);
});

test("a failure is said and nothing is waited for", async () => {
  const announcements = new Announcements();
  const seats = new Quote(failing("The team is closed."), announcements);
  await seats.price(1, { kind: "add", count: 1 });
  expect([seats.receipt, seats.pricing, announcements.latest?.text]).toEqual([null, false, "The team is closed."]);
});
