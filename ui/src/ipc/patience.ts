/** How long an answer is waited for: one that never comes is told, and can be asked for again. */
import { lanes, type Backend } from "./backend";
import type { AppError } from "./bindings/AppError";

type Lane = (typeof lanes)[keyof typeof lanes];

/** Seconds for what a command may have to wait for; a person at a dialog, and an import that says how far it is, have all the time they want. */
const seconds: Record<Lane, number | null> = {
  answer: 30,
  change: 60,
  desktop: 60,
  vendor: 240,
  file: null,
  question: null,
};

/** Seconds after which an answer takes longer than usual. */
export const USUALLY = 5;

function unanswered(waited: number): AppError {
  return { code: "outside", saying: { code: "no-answer", values: { seconds: { number: waited } } } };
}

/** The answer, or that there was none in so many seconds. */
function within<T>(waited: number, answer: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const none = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(unanswered(waited) as unknown as Error), waited * 1000);
  });
  return Promise.race([answer, none]).finally(() => clearTimeout(timer));
}

/** The backend, of which no answer is waited for without an end. */
export function patient(backend: Backend): Backend {
  type Question = (...asked: unknown[]) => Promise<unknown>;
  const questions = Object.entries(lanes).map(([name, lane]) => {
    const question = backend[name as keyof Backend] as Question;
    const waited = seconds[lane];
    return [name, waited === null ? question : (...asked: unknown[]) => within(waited, question(...asked))];
  });
  return Object.fromEntries(questions) as unknown as Backend;
}
