/** Moments and dates for people: local time on screen, UTC beside it. */
import type { TimeLeft } from "../ipc/bindings/TimeLeft";
import { t } from "../messages";
import { perLocale } from "./locale.svelte";
import { present } from "./present";

const dates = (options: Intl.DateTimeFormatOptions) =>
  perLocale("dates", (tag) => new Intl.DateTimeFormat(tag, options));

const localDay = dates({ day: "numeric", month: "long" });
const localMoment = dates({ day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });
const utcMoment = dates({
  day: "numeric",
  month: "short",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  timeZone: "UTC",
});
const utcDay = dates({ day: "numeric", month: "short", timeZone: "UTC" });
const utcLongDay = dates({ weekday: "long", day: "numeric", month: "long", timeZone: "UTC" });
const utcDayOfMonth = dates({ day: "numeric", month: "long", timeZone: "UTC" });
const utcDayOfYear = dates({ day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
const utcFullDay = dates({ day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
const utcMonth = dates({ month: "long", year: "numeric", timeZone: "UTC" });
const utcMonthName = dates({ month: "long", timeZone: "UTC" });
const utcShortMonth = dates({ month: "short", timeZone: "UTC" });
const utcWeekday = dates({ weekday: "short", timeZone: "UTC" });

const start = (text: string) => new Date(`${text.slice(0, 10)}T00:00:00Z`);

/** "1 December", in local time. */
export function day(moment: string): string {
  return localDay().format(new Date(moment));
}

/** "1 Dec, 01:00", in local time. */
export function moment(text: string): string {
  return localMoment().format(new Date(text));
}

/** "1 Dec 2026, 00:00 UTC". */
export function inUtc(text: string): string {
  return `${utcMoment().format(new Date(text))} UTC`;
}

/** A UTC date: "21 Nov". */
export function date(text: string): string {
  return utcDay().format(start(text));
}

/** A UTC date: "Saturday 21 November". */
export function longDate(text: string): string {
  return utcLongDay().format(start(text));
}

/** A UTC date: "21 November 2026". */
export function fullDate(text: string): string {
  return utcFullDay().format(start(text));
}

/** UTC dates from one to the other: "1–21 November 2026". */
export function fromTo(from: string, to: string): string {
  return utcFullDay().formatRange(start(from), start(to));
}

/** A UTC date in a column: "21 Nov 2026". */
export function dateOfYear(text: string): string {
  return utcDayOfYear().format(start(text));
}

/** A UTC date near now: "21 November". */
export function dayOfMonth(text: string): string {
  return utcDayOfMonth().format(start(text));
}

/** A UTC month, from "2026-10" or a moment in it: "October 2026". */
export function month(text: string): string {
  return utcMonth().format(start(`${text.slice(0, 7)}-01`));
}

/** "October". */
export function monthName(text: string): string {
  return utcMonthName().format(start(`${text.slice(0, 7)}-01`));
}

/** "Oct". */
export function shortMonth(text: string): string {
  return utcShortMonth().format(start(text));
}

/** "Mon". */
export function weekday(text: string): string {
  return utcWeekday().format(start(text));
}

/** "9 days", "1 day", "5 hours", "less than an hour". */
export function timeLeft(left: TimeLeft): string {
  if (left.days >= 2) return t().time.days({ count: left.days });
  if (left.hours >= 2) return t().time.hours({ count: left.hours });
  return left.hours === 1 ? t().time.anHour : t().time.lessThanAnHour;
}

/** Seconds until then, a part of one as one; none are left where it is over. */
export function secondsUntil(then: string, asOf: string): number {
  return Math.max(0, Math.ceil((Date.parse(then) - Date.parse(present(asOf))) / 1000));
}

/** How long ago, roughly: "3 h ago". It goes on while it is shown. */
export function sinceThen(then: string, asOf: string): string {
  const minutes = Math.max(0, Math.floor((Date.parse(present(asOf)) - Date.parse(then)) / 60_000));
  if (minutes < 1) return t().time.justNow;
  if (minutes < 60) return t().time.minutesAgo({ minutes: String(minutes) });
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? t().time.hoursAgo({ hours: String(hours) }) : t().time.daysAgo({ count: Math.floor(hours / 24) });
}
