/** Days as a field takes and shows them, in the language's own order: YYYY-MM-DD everywhere else. */
import { perLocale } from "./locale.svelte";

const DAY = 86_400_000;

const start = (day: string) => new Date(`${day}T00:00:00Z`);
const iso = (date: Date) => date.toISOString().slice(0, 10);
const dates = (options: Intl.DateTimeFormatOptions) =>
  perLocale("dates", (tag) => new Intl.DateTimeFormat(tag, { ...options, timeZone: "UTC" }));

const medium = dates({ dateStyle: "medium" });
const numeric = dates({ day: "2-digit", month: "2-digit", year: "numeric" });
const shortWeekday = dates({ weekday: "short" });
const longWeekday = dates({ weekday: "long" });
const whole = dates({ weekday: "long", day: "numeric", month: "long", year: "numeric" });

/** What months are called, in small letters without a dot: short and long, January first. */
const monthNames = perLocale("dates", (tag) => {
  const named = (month: "short" | "long") => {
    const of = new Intl.DateTimeFormat(tag, { month, timeZone: "UTC" });
    return Array.from({ length: 12 }, (_, index) => of.format(new Date(Date.UTC(2026, index, 1))));
  };
  return [named("short"), named("long")].map((names) => names.map((name) => name.toLowerCase().replace(".", "")));
});

/** In which order numbers of a day stand: day, month, year in most of the world. */
const order = perLocale("dates", (tag) => {
  const parts = new Intl.DateTimeFormat(tag, { dateStyle: "short" }).formatToParts(0);
  return parts.map((part) => part.type).filter((type) => type === "day" || type === "month" || type === "year");
});

/** As a field shows it: "21 Nov 2026", "21.11.2026". */
export function shownDay(day: string): string {
  return day === "" ? "" : medium().format(start(day));
}

/** The same in digits, as an example of what can be typed: "21/11/2026". */
export function typedDay(day: string): string {
  return numeric().format(start(day));
}

/** "Saturday 21 November 2026". */
export function wholeDay(day: string): string {
  return whole().format(start(day));
}

/** The number of a month by its name or the beginning of it that is at least three letters long; none of another word. */
function named(word: string): number | null {
  const wanted = word.toLowerCase().replace(".", "");
  for (const names of monthNames()) {
    const index = names.findIndex((name) => name === wanted || (wanted.length >= 3 && name.startsWith(wanted)));
    if (index >= 0) return index + 1;
  }
  return null;
}

/** What was typed as YYYY-MM-DD; none where it is no day. Years have four digits, or two where it is `done`. */
export function readDay(text: string, done: boolean): string | null {
  const typed = text.trim();
  const international = /^(\d{4})-(\d{2})-(\d{2})$/.exec(typed);
  if (international) return existing(Number(international[1]), Number(international[2]), Number(international[3]));
  const parts = typed.split(/[\s./,-]+/).filter((part) => part !== "");
  if (parts.length !== 3) return null;
  // A month that is written out stands wherever it does.
  const word = parts.findIndex((part) => !/^\d+$/.test(part));
  const places = word < 0 ? order() : word === 0 ? ["month", "day", "year"] : ["day", "month", "year"];
  const of = (place: string) => parts[places.indexOf(place)] ?? "";
  const month = /^\d{1,2}$/.test(of("month")) ? Number(of("month")) : word < 0 ? null : named(of("month"));
  const year = /^\d{4}$/.test(of("year"))
    ? Number(of("year"))
    : done && /^\d{2}$/.test(of("year"))
      ? 2000 + Number(of("year"))
      : null;
  if (month === null || year === null || !/^\d{1,2}$/.test(of("day"))) return null;
  return existing(year, month, Number(of("day")));
}

/** A day that there is: no 31 November. */
function existing(year: number, month: number, day: number): string | null {
  const date = new Date(Date.UTC(year, month - 1, day));
  const isReal = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return isReal ? iso(date) : null;
}

/** So many days later, earlier where it is below zero. */
export function daysLater(day: string, days: number): string {
  return iso(new Date(start(day).getTime() + days * DAY));
}

/** The same day so many months later, or the last of a shorter month. */
export function monthsLater(day: string, months: number): string {
  const from = start(day);
  const last = new Date(Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + months + 1, 0));
  return iso(
    new Date(Date.UTC(last.getUTCFullYear(), last.getUTCMonth(), Math.min(from.getUTCDate(), last.getUTCDate()))),
  );
}

/** How many days a day is behind its week's first, Monday. */
export function dayOfWeek(day: string): number {
  return (start(day).getUTCDay() + 6) % 7;
}

/** The weeks of a day's month, Monday first; empty where another month's days are. */
export function weeks(day: string): (string | null)[][] {
  const first = `${day.slice(0, 7)}-01`;
  const before: (string | null)[] = Array.from({ length: dayOfWeek(first) }, () => null);
  const all = [...before];
  for (let at = first; at.slice(0, 7) === day.slice(0, 7); at = daysLater(at, 1)) all.push(at);
  while (all.length % 7 > 0) all.push(null);
  return Array.from({ length: all.length / 7 }, (_, week) => all.slice(week * 7, week * 7 + 7));
}

/** What the days of a week are called, Monday first: short, and whole for whoever listens. */
export function weekdays(): { short: string; long: string }[] {
  const monday = "2026-11-23";
  return Array.from({ length: 7 }, (_, index) => {
    const day = start(daysLater(monday, index));
    return { short: shortWeekday().format(day), long: longWeekday().format(day) };
  });
}
