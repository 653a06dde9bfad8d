/** Answers of the stand-in that no engine gave: what came of importing a file, of restoring data, and of opening it. */
import type { AppError } from "./bindings/AppError";
import type { ImportKind } from "./bindings/ImportKind";
import type { ImportView } from "./bindings/ImportView";
import type { RestoredView } from "./bindings/RestoredView";
import type { Saying } from "./bindings/Saying";
import type { SayingValue } from "./bindings/SayingValue";
import type { DataCase } from "./data-case";

/** What came of an import. */
export function imported(kind: ImportKind): ImportView {
  return {
    kind,
    dry_run: false,
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
    copies: 0,
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
    sessions: null,
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

/** Why data can't be opened, by its case. */
export function unopened(code: DataCase, path: SayingValue): AppError {
  const reason = (code: string): SayingValue => ({ saying: { code, values: {} } });
  const sayings: Record<DataCase, Saying> = {
    "data-busy": { code: "store-in-use", values: { path } },
    "data-full": { code: "store-without-room", values: { path } },
    "data-no-right": { code: "store-not-allowed", values: { path } },
    "data-newer": { code: "store-newer", values: { path, found: { text: "12" }, known: { text: "9" } } },
    "data-foreign": { code: "store-foreign", values: { path, reason: reason("another-programs-database") } },
    "data-behind": { code: "store-gone", values: { path } },
    "data-damaged": { code: "store-unreadable", values: { path, reason: reason("beginning-overwritten") } },
  };
  return { code, saying: sayings[code] };
}
