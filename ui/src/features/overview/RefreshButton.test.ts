import { cleanup, render, screen } from "@testing-library/svelte";
import { flushSync } from "svelte";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { goOn } from "../../format/ticks.svelte";
import type { NotAsked } from "../../ipc/bindings/NotAsked";
import type { RefreshView } from "../../ipc/bindings/RefreshView";
import RefreshButton from "./RefreshButton.svelte";

let stop: () => void;
beforeEach(() => {
  vi.useFakeTimers();
  stop = goOn();
});
afterEach(() => {
  stop();
  cleanup();
  vi.useRealTimers();
});

const vendor = { text: "Kiro" };
const waiting = (code: string, until: string): NotAsked => ({
  why: { code, values: { vendor, until: { moment: until } } },
  until,
});

/** The button at a moment. */
function shown(asOf: string, waits: NotAsked | null, notAsked: NotAsked | null = null) {
  const onrefresh = vi.fn();
  const refresh = { on: true, waits } as RefreshView;
  render(RefreshButton, { refresh, asOf, refreshing: false, asking: "Asking Kiro…", notAsked, onrefresh });
  const button = screen.getByRole("button");
  const after = (seconds: number) => {
    vi.advanceTimersByTime(seconds * 1000);
    flushSync();
    return [button.textContent.trim(), button.getAttribute("aria-disabled")];
  };
  return { button, onrefresh, after };
}

test("the button says until when a vendor wants to be left alone, counts the last minute, and is one again", () => {
  const { button, onrefresh, after } = shown("2026-11-21T10:00:00Z", waiting("asks-to-wait", "2026-11-21T10:20:00Z"));
  expect(after(0)[0]).toMatch(/^Kiro asks to wait until .*20\.$/);
  button.click();
  expect(onrefresh).not.toHaveBeenCalled();
  expect(after(19 * 60 + 18)).toEqual(["Refresh in 42 s", "true"]);
  expect(after(41)).toEqual(["Refresh in 1 s", "true"]);
  expect(after(1)).toEqual(["Refresh", "false"]);
  button.click();
  expect(onrefresh).toHaveBeenCalledOnce();
});

test("so soon after the last time it says when it can be asked again", () => {
  const { after } = shown("2026-11-21T11:00:02Z", null, waiting("asked-just-now", "2026-11-21T11:00:10Z"));
  expect(after(0)).toEqual(["Refresh in 8 s", "true"]);
  expect(after(8)).toEqual(["Refresh", "false"]);
});

test("of two waits the longer is waited for, and one that is over is none", () => {
  const longer = waiting("asks-to-wait", "2026-11-21T12:00:40Z");
  const { after } = shown("2026-11-21T12:00:10Z", longer, waiting("asked-just-now", "2026-11-21T12:00:05Z"));
  expect(after(0)[0]).toBe("Refresh in 30 s");
});
