import type { MachineView } from "../../ipc/bindings/MachineView";
import type { SpendView } from "../../ipc/bindings/SpendView";
import type { Saying } from "../../ipc/bindings/Saying";
import { machineIncludes, spentSentence } from "../../messages/worded";
import { sum } from "../../messages/charges";

/** What was spent this month by what a source says; null where nothing of it is known. */
function thisMonth(spend: SpendView): string | null {
  return spend.this_month === null ? null : sum(spend.this_month, spend.this_month_at_least);
}

/** The same in a sentence, with what this machine's requests came to. */
function spentThisMonth(spend: SpendView, machine: MachineView | null): string {
  if (spend.source === "machine") return machineIncludes(thisMonth(spend));
  const known = machine !== null && machine.this_month !== null;
  const inMachine = known ? sum(machine.this_month, machine.at_least) : null;
  const said = spentSentence(thisMonth(spend), inMachine);
  // It may begin with "at least".
  return said.charAt(0).toLocaleUpperCase() + said.slice(1);
}

/** What the sums lack that this says, and what is left out of them; of this machine too where its sum stands beside. */
function lacking(spend: SpendView, machine: MachineView | null): Saying[] {
  const beside = spend.source === "machine" ? [] : (machine?.missing ?? []);
  return [...spend.missing, ...beside];
}

/** What there is to say below the chart: the month's sum, and what it lacks. */
export const spentIn = ({ spend, machine }: { spend: SpendView; machine: MachineView | null }) => ({
  sum: spentThisMonth(spend, machine),
  missing: lacking(spend, machine),
});
