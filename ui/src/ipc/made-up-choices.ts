/** Answers of the stand-in about the options of Plans: at the pace that was recorded, and at 80 credits a day. */
import type { Backend } from "./backend";
import type { ChoiceAsked } from "./bindings/ChoiceAsked";
import type { Recorder } from "./fixtures";

/** What is supposed, and kept of it. */
export function aboutChoices({ state, answer, act }: Recorder) {
  return {
    whatIf: (account, question) =>
      answer(["whatIf", account, question], () => {
        const recorded = question.a_day === "80" ? state.faster : state.whatIf;
        if (!recorded || !state.whatIf) return undefined;
        const choice = question.choice;
        const is = (one: ChoiceAsked) =>
          one.plan === choice?.plan && one.overage === choice.overage && one.packs === choice.packs;
        return {
          ...recorded,
          opened: question.opened,
          saved: state.whatIf.saved,
          a_day: question.a_day ?? recorded.a_day,
          until: question.until ?? recorded.until,
          ...(choice && {
            choices: recorded.choices.map((row) => ({ ...row, looked_at: is(row) })),
            receipt: state.receipts?.find((known) => is(known.choice))?.receipt ?? null,
          }),
        };
      }),
    saveWhatIf: (account, name, question) =>
      act(["saveWhatIf", account, name, question], () => state.whatIf?.saved.push({ name, question })),
    forgetWhatIf: (account, name) =>
      act(["forgetWhatIf", account, name], () => {
        if (state.whatIf) state.whatIf.saved = state.whatIf.saved.filter((saved) => saved.name !== name);
      }),
    exportWhatIf: (account, question) => answer(["exportWhatIf", account, question], () => "/home/ada/scenario.json"),
    openWhatIf: () => answer(["openWhatIf"], () => true),
  } satisfies Partial<Backend>;
}
