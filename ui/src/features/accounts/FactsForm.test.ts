import { render, screen } from "@testing-library/svelte";
import { expect, test, vi } from "vitest";
import type { Facts } from "../../ipc/bindings/Facts";
import type { FactsChange } from "../../ipc/bindings/FactsChange";
import sample from "../../ipc/fixtures/sample.json";
import FactsForm from "./FactsForm.svelte";

const form = sample.start.form;
const facts: Facts = {
  plan: "pro-plus",
  first_paid_on: "2026-08-15",
  signed_up_on: null,
  country: form.defaults.country,
  overage_enabled: null,
  price_list: null,
  plan_since: null,
  first_payment_credit: null,
  own_limit: null,
  tax_percent: null,
};

function shown(held: Facts | null, stated = true) {
  const onsubmit = vi.fn((change: FactsChange) => Promise.resolve(void change));
  const rendered = render(FactsForm, {
    form,
    facts: held,
    stated,
    withOverage: held === null,
    submit: "Save",
    onsubmit,
  });
  const save = () => screen.getByRole("button", { name: "Save" }).click();
  return { onsubmit, save, rerender: (next: Facts) => rendered.rerender({ facts: next }) };
}

const field = (name: RegExp) => screen.getByLabelText<HTMLInputElement>(name);

async function choose(input: HTMLInputElement, value: string) {
  input.value = value;
  input.dispatchEvent(new Event("input", { bubbles: true }));
  input.dispatchEvent(new Event("change", { bubbles: true }));
  await Promise.resolve();
}

/** Found in November 2026: every save stated everything anew, and undid a plan change that had been recorded. */
test("saving an untouched form states nothing and says so", async () => {
  const { onsubmit, save } = shown(facts);
  expect(screen.getByRole<HTMLInputElement>("radio", { name: /^Pro\+/ }).checked).toBe(true);
  save();
  expect(await screen.findByText("Nothing has changed, so nothing is saved.")).toBeTruthy();
  expect(onsubmit).not.toHaveBeenCalled();
});

test("only what was changed is stated", async () => {
  const { onsubmit, save } = shown(facts);
  await choose(field(/^First paid day/), "2026-09-01");
  save();
  expect(onsubmit).toHaveBeenLastCalledWith({ first_paid_on: "2026-09-01" });
});

test("what comes to hold while the form is open is no change of the owner's", async () => {
  const { onsubmit, save, rerender } = shown(facts);
  await rerender({ ...facts, plan: "power" });
  await choose(field(/^First paid day/), "2026-08-10");
  save();
  expect(onsubmit).toHaveBeenLastCalledWith({ first_paid_on: "2026-08-10" });
  // It is saved: back to the day before is a change again.
  await rerender({ ...facts, plan: "power", first_paid_on: "2026-08-10" });
  await choose(field(/^First paid day/), "2026-08-15");
  save();
  expect(onsubmit).toHaveBeenLastCalledWith({ first_paid_on: "2026-08-15" });
});

/** Found in November 2026: Free was chosen already, and two clicks led to "0 credits left" of somebody on Pro. */
test("no plan is chosen before somebody chooses one", () => {
  const { onsubmit, save } = shown(null);
  expect(screen.getAllByRole<HTMLInputElement>("radio").filter(({ checked }) => checked)).toEqual([]);
  save();
  expect(onsubmit).not.toHaveBeenCalled();
});

test("the plan that Kiro says is shown as that, and saving the form untouched doesn't state it", async () => {
  const { onsubmit, save } = shown({ ...facts, first_paid_on: null }, false);
  expect(screen.getByRole<HTMLInputElement>("radio", { name: /^Pro\+/ }).checked).toBe(true);
  expect(screen.getByText(/^Kiro says so itself/)).toBeTruthy();
  save();
  expect(await screen.findByText("Nothing has changed, so nothing is saved.")).toBeTruthy();
  await choose(field(/^First paid day/), "2026-11-13");
  save();
  expect(onsubmit).toHaveBeenLastCalledWith({ first_paid_on: "2026-11-13" });
});

test("Free since the day that what was paid for ended can be stated", async () => {
  const { onsubmit, save } = shown(facts);
  screen.getByRole("radio", { name: /^Free/ }).click();
  await choose(field(/^On this plan since/), "2026-11-14");
  save();
  expect(onsubmit).toHaveBeenLastCalledWith({ plan: "free", plan_since: "2026-11-14" });
});

test("a first description states everything", () => {
  const { onsubmit, save } = shown(null);
  screen.getByRole("radio", { name: /^Pro \$/ }).click();
  save();
  expect(onsubmit).toHaveBeenLastCalledWith({
    plan: "pro",
    first_paid_on: null,
    signed_up_on: null,
    country: form.defaults.country,
    overage_enabled: false,
    price_list: null,
    plan_since: null,
    first_payment_credit: null,
    own_limit: null,
    tax_percent: null,
  });
});

/** Found in November 2026: another plan went without a day, and rewrote months that had been charged. */
test("another plan is sent with the day since which it is held, and never with the day of the one before", async () => {
  const { onsubmit, save } = shown({ ...facts, plan: "pro", plan_since: "2026-09-01" });
  const plus = screen.getByRole<HTMLInputElement>("radio", { name: /^Pro\+/ });
  plus.click();
  expect(await screen.findByText(/months before stay as they were/)).toBeTruthy();
  expect(field(/^On this plan since/).value).toBe("");
  save();
  await vi.waitFor(() => expect(onsubmit).toHaveBeenLastCalledWith({ plan: "pro-plus", plan_since: null }));
  await choose(field(/^On this plan since/), "2026-11-03");
  save();
  await vi.waitFor(() => expect(onsubmit).toHaveBeenLastCalledWith({ plan: "pro-plus", plan_since: "2026-11-03" }));
  screen.getByRole<HTMLInputElement>("radio", { name: /^Pro \$/ }).click();
  await vi.waitFor(() => expect(screen.queryByText(/months before stay as they were/)).toBeNull());
});
