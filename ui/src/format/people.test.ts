import { afterEach, expect, test } from "vitest";
import { locale } from "./locale.svelte";
import { called } from "./people";

afterEach(() => {
  locale.hidden = false;
});

test("somebody is called by the best that is known of them", () => {
  expect(called({ id: "u-1", name: "Ada Lovelace", email: "ada@x.org" })).toBe("Ada Lovelace");
  expect(called({ id: "u-1", name: null, email: "ada@x.org" })).toBe("ada@x.org");
  expect(called({ id: "u-1", name: null, email: null })).toBe("u-1");
});

test("names and addresses are hidden with the amounts", () => {
  locale.hidden = true;
  expect(called({ id: "u-1", name: "Ada Lovelace", email: "ada@x.org" })).toBe("u-1");
});
