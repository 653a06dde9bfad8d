/** The cases in which Headroom's data can't be opened, each with its own words, and which of them a copy helps in. */
import type { ErrorCode } from "./bindings/ErrorCode";

export type DataCase = Extract<ErrorCode, `data-${string}`>;

export function isDataCase(code: ErrorCode): code is DataCase {
  return code.startsWith("data-");
}

/** The cases that a copy helps in. */
export type Restorable = Extract<DataCase, "data-behind" | "data-damaged">;

export function canRestore(code: ErrorCode): code is Restorable {
  return code === "data-damaged" || code === "data-behind";
}
