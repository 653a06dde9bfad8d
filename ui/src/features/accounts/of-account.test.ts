import { expect, test } from "vitest";
import { failing, slow } from "../../test-answers";
import { OfAccount, type Looked } from "./of-account.svelte";

/** An account that is looked at, and what is known of it. */
function looking() {
  const looked: { -readonly [K in keyof Looked]: Looked[K] } = { selected: 1, visit: 1 };
  const goTo = (account: number | null) => Object.assign(looked, { selected: account, visit: looked.visit + 1 });
  return { of: new OfAccount<string>(looked), goTo };
}

test("what is known of an account is left with it", async () => {
  const { of, goTo } = looking();
  expect(await of.ask((account) => Promise.resolve(`of ${account}`))).toBe("of 1");
  expect(of.value).toBe("of 1");
  goTo(2);
  expect(of.value).toBeNull();
});

test("an answer that comes when its account was left is not taken, even if one came back to it", async () => {
  for (const next of [[2], [2, 1], [null]]) {
    const { of, goTo } = looking();
    const { answer, come } = slow<string>();
    const asked = of.ask(() => answer);
    next.forEach(goTo);
    come("of 1");
    expect([await asked, of.value]).toEqual([null, null]);
  }
});

test("of two questions the later one is answered, whichever answer comes first", async () => {
  const { of } = looking();
  const [early, late] = [slow<string>(), slow<string>()];
  const asked = [of.ask(() => early.answer), of.ask(() => late.answer)];
  late.come("late");
  early.come("early");
  expect(await Promise.all(asked)).toEqual([null, "late"]);
  expect(of.value).toBe("late");
});

test("a failure leaves what was known", async () => {
  const { of } = looking();
  of.set("known");
  await expect(of.ask(() => Promise.reject(new Error("no answer")))).rejects.toThrow("no answer");
  expect(of.value).toBe("known");
});

test("nothing is asked about no account", async () => {
  const { of, goTo } = looking();
  goTo(null);
  expect(await of.ask(() => Promise.reject(new Error("asked")))).toBeNull();
});

test("why there is no answer is kept, of the account and of the last question, until it is asked again", async () => {
  const { of, goTo } = looking();
  await expect(of.ask(failing("broken"))).rejects.toBeDefined();
  expect(of.failure?.saying.code).toBe("broken");
  const { answer, come } = slow<string>();
  const asked = of.ask(() => answer);
  expect(of.failure, "it is asked again").toBeNull();
  come("of 1");
  await asked;
  expect([of.value, of.failure]).toEqual(["of 1", null]);
  await expect(of.ask(failing("again"))).rejects.toBeDefined();
  expect(of.value, "what is known stays").toBe("of 1");
  goTo(2);
  expect(of.failure, "it was of another account").toBeNull();
});
