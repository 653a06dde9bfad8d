/** What the stand-in answers of imports: no engine gave it. */
import type { Backend } from "./backend";
import type { AppError } from "./bindings/AppError";
import type { ArrivedView } from "./bindings/ArrivedView";
import type { DropView } from "./bindings/DropView";
import type { ImportKind } from "./bindings/ImportKind";
import type { ImportView } from "./bindings/ImportView";
import type { NoticedView } from "./bindings/NoticedView";
import type { Recorder } from "./fixtures";

const stopped: AppError = { code: "stopped", saying: { code: "import-stopped", values: {} } };

/** What came of an import. */
function imported(kind: ImportKind): ImportView {
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
        ? { unit: "dollars", value: "8.080000", at_least: false, without: [] }
        : { unit: "credits", value: "8.08", at_least: false, without: [] },
    known: 2,
    copies: 0,
    unmetered: 2,
    undated: 0,
    sessions: null,
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
    notes: [],
  };
}

/** What was chosen or dropped, before any of it is imported. */
const arrived: ArrivedView = {
  number: 1,
  dry_run: true,
  parts: [
    {
      kind: "aws-cost",
      files: 3,
      report: {
        ...imported("aws-cost"),
        dry_run: true,
        from: "/home/ada/Downloads",
        files: 3,
        read: 14,
        added: 1,
        amount: { unit: "dollars", value: "26.00", at_least: false, without: [] },
        known: 0,
        unmetered: 0,
        bad: 0,
        bad_rows: [],
        skipped: [],
        bills: [
          {
            kind: "replaced",
            month: "2026-10",
            payer: "111122223333",
            unreadable: false,
            before: "66.00",
            amount: "26.00",
            from: "/home/ada/Downloads/2026-11-03T04:10:31.120Z-36",
          },
          {
            kind: "undecided",
            month: "2026-09",
            payer: "111122223333",
            issues: [
              { from: "/home/ada/Downloads/cur-00001.csv", payer: "111122223333", amount: "60.00" },
              { from: "/home/ada/Downloads/cur-00001 (1).csv", payer: "111122223333", amount: "64.50" },
            ],
          },
          {
            kind: "undecided",
            month: "2026-08",
            payer: "111122223333",
            issues: [
              { from: "/home/ada/Downloads/cur-00001.csv", payer: "111122223333", amount: "40.00" },
              { from: "/home/ada/Downloads/cur-00001 (1).csv", payer: "111122223333", amount: "40.50" },
            ],
          },
        ],
      },
      failure: null,
    },
    {
      kind: "kiro-activity",
      files: 1,
      report: { ...imported("kiro-activity"), dry_run: true, amount: null },
      failure: null,
    },
    {
      kind: "kilo-usage",
      files: 1,
      report: null,
      failure: {
        code: "outside",
        saying: {
          code: "file-damaged",
          values: {
            path: { text: "/home/ada/Downloads/usage-30d-2026-11-20.csv.gz" },
            reason: { saying: { code: "packing-damaged", values: {} } },
          },
        },
      },
    },
  ],
  nothing: 2,
  others: [
    { path: "/home/ada/Downloads/invoice.pdf", reason: { code: "is-a-pdf", values: {} } },
    { path: "/home/ada/Downloads/chart.png", reason: { code: "is-a-picture", values: {} } },
  ],
};

/** Imports; `held` ones run until they are stopped. */
export function aboutImports({ answer, act }: Pick<Recorder, "answer" | "act">, held: boolean) {
  let stop: (() => void) | undefined;
  const runs = async (progress: Parameters<Backend["import"]>[2]) => {
    progress({ rows: 65536, permille: 450 });
    if (held) await new Promise<void>((_, over) => (stop = () => over(stopped)));
  };
  return {
    import: async (kind, account, progress) => {
      await runs(progress);
      return answer(["import", kind, account], () => imported(kind));
    },
    look: async (from, account, progress) => {
      await runs(progress);
      return answer(["look", from, account], () => arrived);
    },
    bring: async (number, kind, issues, account, progress) => {
      await runs(progress);
      return answer(["bring", number, kind, issues, account], () => imported(kind));
    },
    watchDrops: (heard) => {
      // Whoever looks at the mock drags with events of the page.
      addEventListener("mock-drop", (event) => heard((event as CustomEvent<DropView>).detail));
      return act(["watchDrops"]);
    },
    watchSessions: (heard) => {
      addEventListener("mock-sessions", (event) => heard((event as CustomEvent<NoticedView>).detail));
      return act(["watchSessions"]);
    },
    stopImport: () => act(["stopImport"], () => stop?.()),
  } satisfies Partial<Backend>;
}
