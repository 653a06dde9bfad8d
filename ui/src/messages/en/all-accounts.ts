import { count } from "../../format/amounts";

export const allAccounts = {
  account: "Account",
  left: "Now",
  charged: "Charged next",
  at: "On",
  nothing: "nothing",
  total: (sum: string) => `Charged next, all accounts together: ${sum}.`,
  totalUnknown: "What is charged next isn't known of any account.",
  attention: (some: number, all: number) =>
    some === 0 ? "None needs attention." : `${count(some, "account needs", "accounts need")} attention, of ${all}.`,
  sum: "Together, without samples",
  sumOfSamples: "Together",
  someUnknown: "Of some accounts it isn't known what is charged, or only in part: it can be more.",
};
