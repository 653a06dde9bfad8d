/** Answers of the stand-in that no engine gave: what came of restoring data, and of opening it. */
import type { AppError } from "./bindings/AppError";
import type { RestoredView } from "./bindings/RestoredView";
import type { Saying } from "./bindings/Saying";
import type { SayingValue } from "./bindings/SayingValue";
import type { DataCase } from "./data-case";

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
