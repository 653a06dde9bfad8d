/** Moments and dates for people: local time on screen, UTC beside it. Nothing is computed here. */
import type { TimeLeft } from "../ipc/bindings/TimeLeft";
import { lazily } from "./lazily";

const localDay = lazily(() => new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long" }));
const localMoment = lazily(
  () =>
    new Intl.DateTimeFormat("en-GB", {
      day: "numeric",
      month: "short",
      hour: "2-digit",
      minute: "2-digit",
    }),
);
const utcMoment = lazily(
  () =>
    new Intl.DateTimeFormat("en-GB", {
      day: "numeric",
      month: "short",
      year: "numeric",
      hour: "2-digit",
      minute: "2-digit",
      timeZone: "UTC",
    }),
);
const utcDay = lazily(() => new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone: "UTC" }));
const utcLongDay = lazily(
  () =>
    new Intl.DateTimeFormat("en-GB", {
      weekday: "long",
      day: "numeric",
      month: "long",
      timeZone: "UTC",
    }),
);
const utcFullDay = lazily(
  () =>
    new Intl.DateTimeFormat("en-GB", {
      day: "numeric",
      month: "long",
      year: "numeric",
      timeZone: "UTC",
    }),
);

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
  return utcDay().format(new Date(`${text.slice(0, 10)}T00:00:00Z`));
}

/** A UTC date: "Saturday 21 November". */
export function longDate(text: string): string {
  return utcLongDay().format(new Date(`${text.slice(0, 10)}T00:00:00Z`));
}

/** A UTC date: "21 November 2026". */
export function fullDate(text: string): string {
  return utcFullDay().format(new Date(`${text.slice(0, 10)}T00:00:00Z`));
}

/** "9 days", "1 day", "5 hours", "less than an hour". */
export function timeLeft(left: TimeLeft): string {
  if (left.days >= 2) return `${left.days} days`;
  if (left.hours >= 2) return `${left.hours} hours`;
  return left.hours === 1 ? "an hour" : "less than an hour";
}

/** How long ago, roughly: "3 h ago". */
export function sinceThen(then: string, now: string): string {
  const minutes = Math.max(0, Math.floor((Date.parse(now) - Date.parse(then)) / 60_000));
  if (minutes < 60) return `${minutes} min ago`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h ago` : `${Math.floor(hours / 24)} days ago`;
}

const utcMonth = lazily(() => new Intl.DateTimeFormat("en-GB", { month: "long", year: "numeric", timeZone: "UTC" }));

/** A UTC month, from "2026-10" or a moment in it: "October 2026". */
export function month(text: string): string {
  return utcMonth().format(new Date(`${text.slice(0, 7)}-01T00:00:00Z`));
}
