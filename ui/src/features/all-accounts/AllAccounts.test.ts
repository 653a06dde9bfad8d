import { render, screen } from "@testing-library/svelte";
import { expect, test } from "vitest";
import type { AccountCharge } from "../../ipc/bindings/AccountCharge";
import type { LeftOutCharge } from "../../ipc/bindings/LeftOutCharge";
import type { Recorded } from "../../ipc/fixtures";
import organisation from "../../ipc/fixtures/organisation.json";
import AllAccounts from "./AllAccounts.svelte";

const recorded = organisation as unknown as Recorded;
const about: LeftOutCharge = {
  kind: "used-by-then",
  about: "26.51",
  says: { code: "charge-at-this-pace", values: { about: { dollars: "26.51" } } },
};
const topUps: LeftOutCharge = { kind: "top-ups", says: { code: "charge-beside-top-ups", values: {} } };

/** Two accounts, of which the second is a sample or none, with what their charges leave out. */
function shown(first: LeftOutCharge | null, second: LeftOutCharge | null, sample: boolean) {
  const [one, other] = recorded.start.accounts;
  const list = [one!, { ...other!, sample }];
  const charge = (index: number, left_out: LeftOutCharge | null): AccountCharge => ({
    account: list[index]!.id,
    amount: "5.31",
    at_least: false,
    at: "2026-12-01T00:00:00Z",
    left_out,
  });
  render(AllAccounts, {
    accounts: { shown: list } as never,
    overview: { of: () => null, failureOf: () => null, loadOthers: () => Promise.resolve() } as never,
    charged: { accounts: [charge(0, first), charge(1, second)], total: "10.62", at_least: false, made_up: false },
    goTo: () => undefined,
  });
  return screen.getByText(/^Charged next, all accounts together: \$10\.62\.$/).parentElement!.textContent;
}

test("beside the sum of what is charged next stands what it leaves out", () => {
  const says = shown(about, topUps, false);
  expect(says).toContain("What is used beyond a plan by then isn't in the sum. Automatic top-ups aren't in the sum.");
  expect(screen.getByText("about $26.51 at this pace")).toBeTruthy();
  expect(screen.getByText("without automatic top-ups")).toBeTruthy();
});

test("what is owed is said with its amount, where that is known", () => {
  const owed = (amount: string | null): LeftOutCharge => ({
    kind: "owed",
    amount,
    says:
      amount === null
        ? { code: "charge-beside-owed-unknown", values: {} }
        : { code: "charge-beside-owed", values: { owed: { dollars: amount } } },
  });
  expect(shown(owed("145.00"), owed(null), false)).toContain("What is owed after a failed payment isn't in the sum.");
  expect(screen.getByText("on top of $145.00 to be paid now")).toBeTruthy();
  expect(screen.getByText("on top of what is to be paid now")).toBeTruthy();
});

test("a sum that leaves nothing out says nothing of it, nor of a sample that isn't in it", () => {
  expect(shown(null, about, true)).not.toContain("in the sum");
});
