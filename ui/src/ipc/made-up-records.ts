/** Answers of the stand-in about what was recorded, and how it is taken back. */
import type { Backend } from "./backend";
import type { AccountSummary } from "./bindings/AccountSummary";
import type { HistorySays } from "./bindings/HistorySays";
import type { RemovedAccount } from "./bindings/RemovedAccount";
import type { Recorded, Recorder } from "./fixtures";

const NOW = "2026-11-21T10:00:00Z";

/** Keeps that something was recorded; its number, by which it is taken back. */
export function recordedIn(state: Recorded, says: HistorySays): { record: number } {
  const record = 40 + (state.history?.length ?? 0);
  state.history = [{ record, at: NOW, says, counts: true, undo: record }, ...(state.history ?? [])];
  return { record };
}

/** An account that is removed now. */
export const removedNow = ({ id, name, billing }: AccountSummary): RemovedAccount => ({
  id,
  name,
  billing,
  at: NOW,
  until: "2026-11-21T11:00:00Z",
});

/** What is stated beside an account's details. */
export function aboutPools({ state, answer, act }: Recorder) {
  return {
    pools: (account) => answer(["pools", account], () => state.pools),
    statePool: (account, pool) =>
      answer(["statePool", account, pool], () => {
        const { what, ...of } = pool;
        const stated = {
          record: 40,
          name: "name" in of ? of.name : null,
          amount: "amount" in of ? (of.amount ?? null) : null,
          credits: of.credits ?? "125.00",
          on: of.on,
          ends_on: of.ends_on,
          left: of.credits ?? "125.00",
          state: "counts" as const,
          refused: null,
        };
        state.pools?.[what === "pack" ? "packs" : "grants"].unshift(stated);
        return { record: stated.record };
      }),
    history: (account) => answer(["history", account], () => state.history ?? []),
    undoRecord: (account, record) =>
      answer(["undoRecord", account, record], () => {
        for (const list of ["packs", "grants"] as const)
          if (state.pools) state.pools[list] = state.pools[list].filter((pool) => pool.record !== record);
        const entry = state.history?.find((of) => of.undo === record);
        if (entry) {
          entry.counts = !entry.counts;
          entry.undo = entry.counts ? entry.record : 42;
        }
        return { record: 42 };
      }),
    putAwayRepriced: (account) =>
      act(["putAwayRepriced", account], () => {
        const overview = state.start.overview;
        if (overview?.kind === "kiro-individual") overview.repriced = null;
      }),
  } satisfies Partial<Backend>;
}
