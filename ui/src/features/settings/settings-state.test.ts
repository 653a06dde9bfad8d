import { expect, test } from "vitest";
import { recordedBackend, type Recorded } from "../../ipc/fixtures";
import sample from "../../ipc/fixtures/sample.json";
import { Announcements } from "../../primitives/announcements.svelte";
import { around, failing } from "../../test-answers";
import { Start } from "../accounts/start.svelte";
import { SettingsState } from "./settings-state.svelte";

function choosing() {
  const backend = recordedBackend(sample as unknown as Recorded);
  const announcements = new Announcements();
  const start = new Start(backend);
  const beside = around();
  return { backend, announcements, start, beside, settings: new SettingsState(backend, start, announcements, beside) };
}

test("who agrees to asking a vendor sees its figures, who takes that back sees none of it", async () => {
  const { beside, settings } = choosing();
  await settings.choose({ what: "ask", to: { vendor: "kiro", agreed: true } });
  expect([beside.refresh, beside.reload].map(({ mock }) => mock.calls.length)).toEqual([1, 0]);
  await settings.choose({ what: "ask", to: { vendor: "kiro", agreed: false } });
  expect([beside.refresh, beside.reload].map(({ mock }) => mock.calls.length)).toEqual([1, 1]);
});

test("a choice that can't be kept is not followed", async () => {
  const { backend, announcements, start, settings } = choosing();
  await start.ask();
  const before = start.settings;
  backend.choose = failing("The settings can't be written.");
  expect(await settings.choose({ what: "hide-numbers", to: true })).toBe(false);
  expect(start.settings).toEqual(before);
  expect(announcements.latest?.bad).toBe(true);
});

test("when everything is deleted the window begins from nothing", async () => {
  const { beside, settings } = choosing();
  await settings.deleteAll();
  expect(beside.goTo).toHaveBeenCalledWith(null);
  expect(beside.open).toHaveBeenCalledOnce();
});
