import { render, screen } from "@testing-library/svelte";
import { createRawSnippet } from "svelte";
import { expect, test } from "vitest";
import type { RefreshView } from "../../ipc/bindings/RefreshView";
import Freshness from "./Freshness.svelte";

const at = "2026-11-21T10:00:00Z";
const until = { moment: "2026-11-21T10:32:00Z" };
const vendor = { text: "Kiro" };

const refreshed: RefreshView = {
  on: true,
  last_success: at,
  failure: null,
  failed_at: null,
  next_in_seconds: 300,
  waits: null,
  not_asked: null,
  other_cycle: null,
  undecided: false,
  beside: [],
  too_old: null,
};

function shown(change: Partial<RefreshView>): string {
  const children = createRawSnippet(() => ({ render: () => "<span>Quoted by Kiro</span>" }));
  const refresh = { ...refreshed, ...change };
  const { unmount } = render(Freshness, { refresh, at, asOf: "2026-11-21T10:30:00Z", children });
  const text = screen.getByRole("status").textContent;
  unmount();
  return text.trim().replace(/\s+/g, " ");
}

test("while all is well it says where the figures are from", () => {
  expect(shown({})).toBe("Quoted by Kiro");
});

test("figures that can't be right are said, with how old the good ones are", () => {
  const reason = { saying: { code: "odd-no-credits", values: {} } };
  const failure = { code: "answer-odd", values: { vendor, reason } };
  const text = shown({ failure, failed_at: "2026-11-21T10:30:00Z" });
  expect(text).toMatch(/^Refresh failed just now\. Kiro's answer can't be right: it counts requests/);
});

test("an answer in part is refreshed all the same, with what is missing", () => {
  const failure = { code: "odd-used", values: {} };
  const text = shown({ failure, failed_at: at });
  expect(text).not.toMatch(/Not refreshed|meanwhile/);
  expect(text).toMatch(/ Quoted by Kiro$/);
});

test("that a vendor wants to be left alone is said, with when it is asked again", () => {
  const waits = { why: { code: "asks-to-wait", values: { vendor, until } }, until: until.moment };
  expect(shown({ waits })).toMatch(/^Kiro asks to wait until .*32/);
});

test("figures of a cycle that has ended are said to be that", () => {
  const other_cycle = { code: "last-word", values: { vendor, ended: { moment: "2026-12-01T00:00:00Z" } } };
  expect(shown({ other_cycle })).toMatch(/^Kiro still shows the cycle that ended at/);
});

/** Found in November 2026: a gate said so on the command line, and the window never did. */
test("figures that are too old to act on say so, in the window's words", () => {
  const too_old = {
    code: "too-old-quoted",
    values: { account: { text: "Work" }, at: { moment: at }, count: { number: 2 }, number: { text: "1" } },
  };
  expect(shown({ too_old })).toMatch(
    /Quoted by Kiro ?What Work has left is 2 days old, .*: refresh before you act on it\.$/,
  );
  expect(shown({ too_old, on: false })).not.toContain("headroom ");
  // Where the vendor couldn't be asked, how old they are stands beside that already.
  const failure = { code: "sign-in-again", values: { vendor } };
  expect(shown({ too_old, failure, failed_at: "2026-11-21T10:30:00Z" })).toMatch(/numbers from 30 min ago\.$/);
});
