/**
 * Answers in which everything stands twice. Nothing but an id keeps a vendor, a file or a user from saying the same
 * thing two times, and a list in the window has to show both. For tests; no build that ships contains it.
 */
import type { Backend } from "./backend";

/** What an account's twin has for a number, beside its own. */
const TWIN = 100;
/** What the twin of an entry of the price lists has behind its id. */
const AGAIN = "-again";
/** Lists of the price lists' entries, which have an id each. */
const priced = new Set(["plans", "price_lists", "seats", "passes"]);
/** Lists that aren't doubled: no other program knows a further country. */
const whole = new Set(["countries"]);

type Entry = Record<string, unknown>;
const isEntry = (value: unknown): value is Entry =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** An entry of a list once more: the same in everything but an id that the engine keeps unique. */
function twin(list: string, entry: unknown): unknown {
  if (!isEntry(entry)) return entry;
  if (list === "accounts" && typeof entry.id === "number") return { ...entry, id: entry.id + TWIN };
  if (typeof entry.record === "number") return { ...entry, record: entry.record + TWIN };
  if (!priced.has(list)) return entry;
  if (typeof entry.id === "string") return { ...entry, id: entry.id + AGAIN };
  return isEntry(entry.plan) ? { ...entry, plan: twin(list, entry.plan) } : entry;
}

/** The value with every entry of every list in it twice, one behind the other. */
export function doubled(value: unknown, list = ""): unknown {
  if (Array.isArray(value)) {
    const entries = value.map((entry: unknown) => doubled(entry, list));
    return whole.has(list) ? entries : entries.flatMap((entry) => [entry, twin(list, entry)]);
  }
  if (!isEntry(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, doubled(part, name)]));
}

/** A twin is asked about as what it is a twin of. */
function single(asked: unknown): unknown {
  if (typeof asked === "number" && asked > TWIN) return asked - TWIN;
  return typeof asked === "string" ? asked.replace(AGAIN, "") : asked;
}

/** The backend, with every answer doubled. */
export function doubledBackend(backend: Backend): Backend {
  type Question = (...asked: unknown[]) => Promise<unknown>;
  const questions = Object.entries(backend).map(([name, value]) => {
    if (typeof value !== "function") return [name, value];
    const question = value as Question;
    return [name, (...asked: unknown[]) => question(...asked.map(single)).then((answer) => doubled(answer))];
  });
  return Object.fromEntries(questions) as unknown as Backend;
}
