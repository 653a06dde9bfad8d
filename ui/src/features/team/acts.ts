/** What is to be done about users, in words: in a row, and as steps for the vendor's console. */
import { money } from "../../format/amounts";
import { month } from "../../format/moments";
import { called } from "../../format/people";
import { t } from "../../messages";
import { byAct, saved, type Row } from "./rows";

/** "Power → Pro", or that the licence goes. */
export function toDo({ user, act }: Row): string {
  if (!act) return "";
  return act.to === null ? t().users.giveUp : t().users.move({ from: user.tier, to: act.to });
}

/** Somebody as the console finds them: by address, and by the id that reports have. */
function whom({ user }: Row): string {
  const name = called(user);
  const email = user.email !== null && user.email !== name ? user.email : "";
  const id = user.id === name ? "" : user.id;
  return [name, ...[email, id].filter(Boolean)].join(", ");
}

/** The steps for the console, tier by tier, with what all of them save. */
export function steps(rows: readonly Row[], from: string): string {
  const words = t().users;
  const groups = byAct(rows).map(([to, of]) => {
    const heading =
      to === null ? words.stepRemove({ count: of.length }) : words.stepMove({ count: of.length, tier: to });
    return [heading, ...of.map((row) => `- ${whom(row)} (${row.user.tier})`)].join("\n");
  });
  const sum = words.chosen({ many: rows.length, amount: money(`-${saved(rows)}`), month: month(from) });
  return [words.stepsTitle, sum, ...groups, words.refundsNothing].join("\n\n");
}
