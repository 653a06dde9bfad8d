import { render, screen } from "@testing-library/svelte";
import { expect, test, vi } from "vitest";
import App from "./App.svelte";
import { recordedBackend, type Recorded } from "../ipc/fixtures";
import sample from "../ipc/fixtures/sample.json";
import { Workspace } from "./workspace.svelte";

// A view that fails has a boundary of its own (`tests/ui/duplicates.spec.ts`); this is about what stands around it.
test("when what stands around the view can't be drawn, that is said, and trying again helps", async () => {
  const told = vi.fn();
  vi.stubGlobal("reportError", told);
  const recorded = structuredClone(sample) as unknown as Recorded;
  const backend = recordedBackend(recorded);
  const account = recorded.start.accounts[0]!;
  const broken = { ...account, billing: "of another kind" as typeof account.billing };
  backend.start = () => Promise.resolve({ ...recorded.start, accounts: [broken] });
  const workspace = new Workspace(backend);
  render(App, { workspace });
  await workspace.open();
  expect(await screen.findByText("This view couldn't be shown")).toBeTruthy();
  expect(screen.queryByTestId("headline")).toBeNull();
  expect(told).toHaveBeenCalledOnce();
  backend.start = () => Promise.resolve(recorded.start);
  screen.getByRole("button", { name: "Try again" }).click();
  expect((await screen.findByTestId("headline")).textContent).toBe("390.87");
  expect(screen.queryByText("This view couldn't be shown")).toBeNull();
});

test("the first figures are drawn at once, and nothing else before them", async () => {
  const workspace = new Workspace(recordedBackend(sample as unknown as Recorded));
  const { container } = render(App, { workspace });
  const drawn: string[] = [];
  const seen = new MutationObserver(() => {
    const heading = container.querySelector("h1");
    if (heading && drawn.at(-1) !== heading.textContent) drawn.push(heading.textContent);
  });
  seen.observe(container, { childList: true, subtree: true });
  await workspace.open();
  await screen.findByTestId("headline");
  expect(drawn).toEqual([screen.getByRole("heading", { level: 1 }).textContent]);
  seen.disconnect();
});
