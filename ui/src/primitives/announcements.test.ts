import { expect, test } from "vitest";
import { Announcements } from "./announcements.svelte";

test("a failure is said in its own words, and that it failed is known", async () => {
  const announcements = new Announcements();
  const refused = { code: "refused", message: "Overage exists on paid plans only." };
  expect(await announcements.trying(() => Promise.reject(refused as unknown as Error))).toBe(false);
  expect(announcements.latest).toEqual({ text: refused.message, bad: true });
  expect(await announcements.trying(() => Promise.resolve())).toBe(true);
});

test("what can be taken back stays when the view is left, and nothing else does", () => {
  const announcements = new Announcements();
  announcements.say("Renamed.");
  announcements.leaveView();
  expect(announcements.latest).toBeNull();
  const undo = () => Promise.resolve();
  announcements.say("Removed.", false, undo);
  announcements.leaveView();
  expect(announcements.latest).toEqual({ text: "Removed.", bad: false, undo });
  announcements.dismiss();
  expect(announcements.latest).toBeNull();
});

test("nothing is said where saving was cancelled", () => {
  const announcements = new Announcements();
  announcements.saySaved(null);
  expect(announcements.latest).toBeNull();
  announcements.saySaved("/home/ada/a.pdf");
  expect(announcements.latest?.text).toContain("/home/ada/a.pdf");
});
