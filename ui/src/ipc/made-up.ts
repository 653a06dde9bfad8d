/** Answers of the stand-in that no engine gave: what came of importing a file, and of restoring data. */
import type { ImportKind } from "./bindings/ImportKind";
import type { ImportView } from "./bindings/ImportView";
import type { RestoredView } from "./bindings/RestoredView";

/** What came of an import. */
export function imported(kind: ImportKind): ImportView {
  return {
    kind,
    account: 1,
    from: "/home/ada/.kiro/sessions/cli",
    files: 4,
    read: 11,
    added: 7,
    amount:
      kind === "kilo-usage"
        ? { unit: "dollars", value: "8.080000", at_least: false }
        : { unit: "credits", value: "8.08", at_least: false },
    known: 2,
    unmetered: 2,
    undated: 0,
    replaced: 0,
    bad: 1,
    bad_rows: [
      {
        path: "/home/ada/report.csv",
        line: 7,
        reason: { code: "not-a-date", values: { field: { text: "Date" }, text: { text: "2026-10-32" } } },
      },
    ],
    skipped: [
      {
        path: "/home/ada/.kiro/sessions/cli/e5e5-cut-off.json",
        reason: { code: "session-cut-off", values: {} },
      },
    ],
    bills: [],
  };
}

/** What a restore did. */
export const restored: RestoredView = {
  said: [{ code: "restored-copy", values: { at: { moment: "2026-11-21T09:00:00Z" } } }],
  copied_at: "2026-11-21T09:00:00Z",
  came_back: 3,
  complete: false,
  damaged: "/home/ada/.local/share/headroom/damaged-20261121T100000Z",
  told: [
    {
      code: "tasks-came-back",
      values: {
        count: { number: 12 },
        from: { saying: { code: "from-kiro-sessions", values: {} } },
        path: { text: "/home/ada/.kiro/sessions/cli" },
      },
    },
    { code: "lost-acts", values: { count: { number: 1 } } },
  ],
};
