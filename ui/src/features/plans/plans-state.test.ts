import { expect, test } from "vitest";
import { recordedBackend, type Recorded } from "../../ipc/fixtures";
import sample from "../../ipc/fixtures/sample.json";
import type { PlansView } from "../../ipc/bindings/PlansView";
import type { ReceiptView } from "../../ipc/bindings/ReceiptView";
import { Announcements } from "../../primitives/announcements.svelte";
import { around, failing, slow } from "../../test-answers";
import { PlansState } from "./plans-state.svelte";

function priced() {
  const backend = recordedBackend(sample as unknown as Recorded);
  const looked = { selected: 1, visit: 1 };
  const announcements = new Announcements();
  const beside = around();
  const plans = new PlansState(backend, looked, announcements, beside);
  return { backend, looked, announcements, beside, plans };
}

test("it begins with the next larger plan, and stays with the one that is asked about", async () => {
  const { plans } = priced();
  await plans.load();
  expect([plans.receipt?.plan, plans.pricing]).toEqual(["pro-plus", false]);
  await plans.price("power");
  await plans.load();
  expect(plans.receipt?.plan).toBe("power");
});

test("on another plan it begins anew", async () => {
  const { backend, plans } = priced();
  await plans.load();
  await plans.price("free");
  const moved = structuredClone(sample.plans) as unknown as PlansView;
  for (const row of moved.plans) row.standing = row.plan.id === "pro-plus" ? "current" : "higher";
  backend.plans = () => Promise.resolve(moved);
  await plans.load();
  expect(plans.receipt?.plan).toBe("power");
});

test("a receipt that comes when the account was left is not shown for another", async () => {
  const { backend, looked, plans } = priced();
  const { answer, come } = slow<ReceiptView>();
  backend.receipt = () => answer;
  const loading = plans.load();
  await Promise.resolve();
  looked.selected = 2;
  looked.visit = 2;
  come(sample.receipts["pro-plus"] as unknown as ReceiptView);
  await loading;
  expect([plans.answer, plans.receipt]).toEqual([null, null]);
});

test("a plan that can't be priced leaves the receipt that is shown", async () => {
  const { backend, announcements, plans } = priced();
  await plans.load();
  backend.receipt = failing("There is no such plan.");
  await plans.price("power");
  expect([plans.receipt?.plan, plans.pricing]).toEqual(["pro-plus", false]);
  expect(announcements.latest?.text).toBe("There is no such plan.");
});

test("a recorded change asks for everything again", async () => {
  const { beside, announcements, plans } = priced();
  await plans.load();
  await plans.change("pro-plus", "Pro+");
  expect(beside.reload).toHaveBeenCalledOnce();
  expect(announcements.latest?.text).toBe("The change to Pro+ is saved.");
});
