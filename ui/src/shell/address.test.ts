import { expect, test } from "vitest";
import { remember, shownBefore, whyNotShown } from "./address";

test("what is shown stands behind the address, and is read from there", () => {
  remember(12, "plans");
  expect(location.hash).toBe("#12/plans");
  expect(shownBefore(location.hash)).toEqual({ account: 12, view: "plans" });
  remember(null, "overview");
  expect(shownBefore(location.hash)).toBeNull();
});

test("whatever else stands there is nothing that was shown", () => {
  for (const address of [
    "",
    "#",
    "#12",
    "#12/",
    "#12/nowhere",
    // A view of before.
    "#12/what-if",
    "#12/toString",
    "#x/usage",
    "#12/usage/more",
    "#page-ended",
  ])
    expect(shownBefore(address), address).toBeNull();
});

test("a page that ended again and again says so, until something is shown", () => {
  expect(whyNotShown("?page-ended")?.saying.code).toBe("page-ended");
  expect(whyNotShown("?state=sample")).toBeNull();
  history.replaceState(null, "", "?state=sample&page-ended");
  remember(12, "usage");
  expect([location.search, location.hash]).toEqual(["?state=sample", "#12/usage"]);
});
