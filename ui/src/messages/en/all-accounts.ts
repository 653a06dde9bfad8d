import { count } from "../../format/amounts";

export const allAccounts = {
  account: "Account",
  left: "Now",
  charged: "Charged next",
  at: "On",
  nothing: "nothing",
  total: (sum: string) => `Charged next, all accounts together: ${sum}.`,
  totalUnknown: "What is charged next isn't known for any account.",
  attention: (some: number, all: number) =>
    some === 0
      ? "None needs attention."
      : `${some} of ${count(all, "account", "accounts")} ${some === 1 ? "needs" : "need"} attention.`,
  sum: "Together, without samples",
  sumOfSamples: "Together",
  someUnknown: "What some accounts are charged isn't known, or only in part: it can be more.",
};
