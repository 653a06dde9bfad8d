import { render, screen } from "@testing-library/svelte";
import { tick } from "svelte";
import { afterEach, expect, test, vi } from "vitest";
import { speak } from "../messages/language.svelte";
import DateField from "./DateField.svelte";

afterEach(() => speak("en", null));

function shown(more: Record<string, unknown> = {}) {
  const onday = vi.fn();
  const of = render(DateField, {
    id: "day",
    value: "2026-11-05",
    min: "2026-11-01",
    max: "2026-11-21",
    onday,
    ...more,
  });
  const input = screen.getByRole<HTMLInputElement>("textbox");
  const type = async (text: string, done = true) => {
    input.value = text;
    input.dispatchEvent(new Event("input", { bubbles: true }));
    if (done) input.dispatchEvent(new Event("change", { bubbles: true }));
    await tick();
  };
  return { input, onday, type, rerender: of.rerender };
}

/** Found in November 2026: a German window had the process's fields, 11/05/2026. */
test("a day is shown and taken in the window's language", async () => {
  await speak("de", null);
  const { input, onday, type } = shown();
  expect([input.value, input.placeholder]).toEqual(["05.11.2026", "TT.MM.JJJJ"]);
  await type("9.11.2026");
  expect([input.value, onday.mock.calls]).toEqual(["09.11.2026", [["2026-11-09"]]]);
});

test("a language that is chosen while it is shown writes the day anew", async () => {
  const { input } = shown();
  expect(input.value).toBe("5 Nov 2026");
  await speak("de", null);
  await tick();
  expect(input.value).toBe("05.11.2026");
});

test("what is no day, or none that may be in it, keeps the form and says why", async () => {
  const { input, onday, type } = shown({ required: true });
  for (const [text, why] of [
    ["soon", "Enter a day such as 21/11/2026."],
    ["31/10/2026", "Not before 1 November 2026."],
    ["22/11/2026", "Not after 21 November 2026."],
    ["", "Enter a day."],
  ]) {
    await type(text!);
    expect([input.value, input.validationMessage], text).toEqual([text, why]);
    expect(screen.getByRole("status").textContent, "it is read out").toBe(why);
  }
  expect(onday).not.toHaveBeenCalled();
  await type("21/11/2026");
  expect(input.validationMessage).toBe("");
  expect(screen.queryByRole("status")).toBeNull();
});

test("while somebody types nothing is corrected", async () => {
  const { input, type } = shown({ required: true });
  await type("9/11/202", false);
  expect([input.value, screen.queryByRole("status")]).toEqual(["9/11/202", null]);
});

test("a day from elsewhere replaces what stands there", async () => {
  const { input, rerender } = shown();
  await rerender({ value: "2026-11-12" });
  expect(input.value).toBe("12 Nov 2026");
});
