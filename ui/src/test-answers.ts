/** What tests of a state put in the place of the window around it. */
import { vi } from "vitest";
import type { AppError } from "./ipc/bindings/AppError";

/** An answer that comes when it is let come. */
export function slow<T>(): { answer: Promise<T>; come: (answer: T) => void } {
  let come!: (answer: T) => void;
  const answer = new Promise<T>((resolve) => (come = resolve));
  return { answer, come };
}

/** The window around a state, which notes what it is asked for. */
export const around = () => ({
  goTo: vi.fn(() => Promise.resolve()),
  reload: vi.fn(() => Promise.resolve()),
  refresh: vi.fn(() => Promise.resolve()),
  look: vi.fn(),
  open: vi.fn(() => Promise.resolve()),
});

/** A failure as the backend tells one: what has no sentence is said as it stands. */
export const failing = (said: string) => () => {
  const failure: AppError = { code: "outside", saying: { code: said, values: {} } };
  return Promise.reject(failure as unknown as Error);
};
