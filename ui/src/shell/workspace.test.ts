import { describe, expect, test } from "vitest";
import { recordedBackend, type Recorded } from "../ipc/fixtures";
import type { AppError } from "../ipc/bindings/AppError";
import organisation from "../ipc/fixtures/organisation.json";
import sample from "../ipc/fixtures/sample.json";
import { Workspace } from "./workspace.svelte";

const recorded = sample as unknown as Recorded;

async function opened(of: Recorded = recorded) {
  const backend = recordedBackend(of);
  const workspace = new Workspace(backend);
  await workspace.open();
  return { backend, workspace };
}

/** What the first screen says is left. */
const left = ({ overview }: Workspace) => overview.shown && "left" in overview.shown && overview.shown.left;

describe("workspace", () => {
  test("one question brings the first figures", async () => {
    const { backend, workspace } = await opened();
    expect(backend.calls).toEqual([["start"]]);
    expect(left(workspace)).toBe("390.87");
    expect(workspace.accounts.current?.sample).toBe(true);
  });

  test("a failed question leaves what is shown and is said in its own words", async () => {
    const { workspace } = await opened();
    const failure: AppError = { code: "refused", saying: { code: "no-overage", values: {} } };
    workspace.backend.setOverage = () => Promise.reject(failure as unknown as Error);
    await workspace.overview.setOverage(true);
    expect(left(workspace)).toBe("390.87");
    expect(workspace.announcements.latest).toEqual({ text: "Overage exists on paid plans only.", bad: true });
  });

  test("when nothing can be read, that is what is shown, and trying again helps", async () => {
    const failure: AppError = { code: "store", saying: { code: "not-a-database", values: {} } };
    const workspace = new Workspace(recordedBackend(recorded, failure));
    await workspace.open();
    expect(workspace.failure).toEqual(failure);
    workspace.backend.start = () => Promise.resolve(recorded.start);
    await workspace.open();
    expect(workspace.failure).toBeNull();
    expect(left(workspace)).toBe("390.87");
  });

  test("a view asks for what it shows, and keeps it while it is asked for again", async () => {
    const { backend, workspace } = await opened();
    await workspace.show("usage");
    expect(backend.calls).toContainEqual(["usage", 1, { only: [], range: { kind: "running" }, split: "model" }]);
    const before = workspace.usage.answer;
    expect(before).not.toBeNull();
    const again = workspace.reload();
    expect(workspace.usage.answer).toBe(before);
    await again;
    expect(workspace.usage.answer).not.toBe(before);
  });

  test("an account that has no such view is shown in its overview", async () => {
    const { workspace } = await opened(organisation as unknown as Recorded);
    const other = workspace.accounts.all.find(({ billing }) => billing !== workspace.accounts.current?.billing)!;
    await workspace.show("team");
    await workspace.goTo(other.id);
    expect(workspace.view).toBe("overview");
    expect(workspace.accounts.selected).toBe(other.id);
  });

  test("an account that went meanwhile gives way to the first there is", async () => {
    const { workspace } = await opened(organisation as unknown as Recorded);
    const [first, second] = workspace.accounts.all;
    await workspace.goTo(second!.id);
    workspace.backend.start = () =>
      Promise.resolve({ ...structuredClone(organisation.start), accounts: [first!] } as never);
    await workspace.reload();
    expect(workspace.accounts.selected).toBe(first!.id);
  });
});
