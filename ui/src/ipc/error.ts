import type { AppError } from "./bindings/AppError";

/** Whatever was thrown, as the error the backend speaks. */
export function asAppError(thrown: unknown): AppError {
  if (typeof thrown === "object" && thrown !== null && "code" in thrown && "saying" in thrown) {
    return thrown as AppError;
  }
  const reason = { text: thrown instanceof Error ? thrown.message : String(thrown) };
  return { code: "outside", saying: { code: "window-failed", values: { reason } } };
}
