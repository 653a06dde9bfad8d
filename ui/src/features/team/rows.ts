/** The rows of a table of an organisation's users: what is to be done, what they are found by, and their order. */
import { sumOf } from "../../format/exact";
import { called } from "../../format/people";
import type { OrganisationUser } from "../../ipc/bindings/OrganisationUser";
import type { OrganisationView } from "../../ipc/bindings/OrganisationView";
import { plain } from "../../primitives/search";

/** What can be looked at alone. */
export type Filter = "attention" | "cheaper" | "idle" | "twice";
export type Column = "user" | "tier" | "used" | "runsOut" | "cost" | "billed" | "act";

/** What to do about somebody: move to another tier, or give the licence up. */
export interface Act {
  /** The tier; none where the licence goes. */
  to: string | null;
  saves: string;
}

export interface Row {
  user: OrganisationUser;
  /** Whose it is, from answer to answer. */
  key: string;
  act: Act | null;
  is: Record<Filter, boolean>;
  /** When the credits run out or ran out: YYYY-MM-DD. */
  runsOut: string | null;
  /** What the row is found by, in small letters. */
  text: string;
  /** What it is called, as it is put in order. */
  name: string;
}

const keyOf = (of: { profile: string; id: string }) => `${of.profile} ${of.id}`;

function actOf({ cheaper_tier, saves, leaving_saves }: OrganisationUser): Act | null {
  if (cheaper_tier !== null && saves !== null) return { to: cheaper_tier, saves };
  return leaving_saves === null ? null : { to: null, saves: leaving_saves };
}

/** In small letters, and letters with accents beside those without: ASCII, which most are, as it is. */
const ordered = (name: string) => (/^[ -~]*$/.test(name) ? name : plain(name));

/** Amounts are put in order here, and nothing is computed with them: as texts of equal length, each beyond any debt. */
const order = (amount: string | null | undefined) =>
  amount == null ? null : (Number(amount) + 1e12).toFixed(2).padStart(16, "0");

/** What rows are sorted by; none where that isn't known. */
const keys: Record<Column, (row: Row) => string | null> = {
  user: ({ name }) => name,
  tier: ({ user }) => user.tier,
  used: ({ user }) => order(user.used),
  runsOut: ({ runsOut }) => runsOut,
  cost: ({ user }) => order(user.cost),
  billed: ({ user }) => order(user.billed),
  act: ({ act }) => order(act?.saves),
};

/** Everybody, and whose licences are on the bill alone. */
export function rowsOf(organisation: OrganisationView): Row[] {
  const twice = new Set(organisation.paid_twice.map(({ id }) => id));
  return [...organisation.users, ...organisation.not_reported].map((user) => {
    const act = actOf(user);
    const runsOut = user.used_up_on ?? user.runs_out_on;
    const name = called(user).toLowerCase();
    return {
      user,
      key: keyOf(user),
      act,
      is: {
        attention: user.risk !== null,
        cheaper: user.cheaper_tier !== null,
        idle: user.is_idle,
        twice: twice.has(user.id),
      },
      runsOut,
      text: `${name} ${user.id} ${user.profile} ${user.tier} ${user.groups.join(" ")}`.toLowerCase(),
      name: ordered(name),
    };
  });
}

/** Those that a text finds, of a part alone or of all. */
export function found(rows: readonly Row[], wanted: string, only: Filter | null): Row[] {
  const text = wanted.trim().toLowerCase();
  return rows.filter((row) => (only === null || row.is[only]) && row.text.includes(text));
}

/** Behind a text, so that equals keep their order and each says whose it is. */
const PLACE = "\u0000";
const DIGITS = 7;

/** Texts in order, by their places. Without a function to compare with, ten thousand take a few milliseconds the first time
 * too, when no such function is compiled yet. */
function inOrder(texts: readonly string[], descending: boolean): number[] {
  const place = (index: number) => String(descending ? texts.length - 1 - index : index).padStart(DIGITS, "0");
  const marked = texts.map((text, index) => text + PLACE + place(index)).sort();
  const places = marked.map((text) => Number(text.slice(-DIGITS)));
  return descending ? places.map((of) => texts.length - 1 - of).reverse() : places;
}

/** In the order of a column; where nothing is known comes last either way. Of equals the order stays. */
export function sorted(rows: readonly Row[], column: Column, descending: boolean): Row[] {
  const key = keys[column];
  const known: Row[] = [];
  const texts: string[] = [];
  const unknown: Row[] = [];
  for (const row of rows) {
    const text = key(row);
    if (text === null) unknown.push(row);
    else {
      known.push(row);
      texts.push(text);
    }
  }
  return [...inOrder(texts, descending).map((of) => known[of]!), ...unknown];
}

/** What the acts of some rows save together. */
export function saved(rows: readonly Row[]): string {
  return sumOf(rows.flatMap(({ act }) => (act ? [act.saves] : [])));
}

/** Rows by what is to be done, in the order of tiers' names; last whose licences go. */
export function byAct(rows: readonly Row[]): [to: string | null, rows: Row[]][] {
  const groups = new Map<string | null, Row[]>();
  for (const row of rows) {
    if (!row.act) continue;
    const group = groups.get(row.act.to);
    if (group) group.push(row);
    else groups.set(row.act.to, [row]);
  }
  return [...groups].sort(([one], [other]) =>
    one === null ? 1 : other === null ? -1 : one < other ? -1 : one > other ? 1 : 0,
  );
}
