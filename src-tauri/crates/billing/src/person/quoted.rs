//! What the vendor says of the running cycle, and the account brought to it: the first step of V10.
//!
//! The recorded tasks are only what ran on this machine; the vendor counts everywhere. So its answer leads: what it
//! counts beyond them is used at the moment of the answer, and everything later goes on from there.

use super::{Action, Counted, Event, Ledger, Timeline};
use crate::timeline::{AccountKind as _, FoldError};
use headroom_exact::{Credits, Moment, Month, Period};

/// What an answer that leads says of the cycle in which it was given.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Quoted {
    /// When.
    pub at: Moment,
    /// Everything used in the cycle, the plan's credits and what is beyond them, without a bonus.
    pub used: Credits,
    /// What of it is charged as overage; none where the answer doesn't say.
    pub overage: Option<Credits>,
    /// The overage switch; none where the answer doesn't say.
    pub overage_enabled: Option<bool>,
}

impl Quoted {
    /// Whether overage is charged in this cycle; where the answer doesn't say how much, the switch tells.
    fn charges_overage(&self) -> bool {
        self.overage.map_or(self.overage_enabled == Some(true), Credits::is_positive)
    }

    /// Where the switch stands by the answer. What the vendor charges it charges, whatever the list in force has (V6);
    /// a switch that is merely on promises nothing where packs took overage's place (N2).
    fn turn(&self, enabled: bool) -> Action<'static> {
        if self.overage.is_some_and(Credits::is_positive) {
            Action::OverageSaid { enabled }
        } else {
            Action::SetOverage { enabled }
        }
    }

    /// The vendor's count of the cycle beside the tasks that are recorded of it.
    pub fn beside(&self, recorded: Credits) -> Counted {
        Counted { by_vendor: self.used, recorded }
    }
}

/// What the tasks recorded in a cycle come to, up to the moment of an answer, that one included.
pub fn recorded_until(at: Moment, cycle: Period, tasks: impl Iterator<Item = (Moment, Credits)>) -> Credits {
    let by_then = tasks.filter(|(task, _)| cycle.contains(*task) && *task <= at);
    by_then.map(|(_, credits)| credits).sum()
}

/// Position 0, the opening's, is no task's: a refusal of what follows an answer says nothing about the records.
const fn of_the_answer(at: Moment, action: Action<'_>) -> Event<'_> {
    Event { at, position: 0, action }
}

impl Timeline<'_> {
    /// The same account, brought to what an answer says of its cycle: what was used, of it overage, and the switch.
    ///
    /// - If the vendor charges overage, its switch was on when the plan's credits ended, whatever is recorded of it: on
    ///   from the cycle's start, or from the moment a plan was paid for in it (K5), until a turn that is recorded later.
    /// - What the recorded tasks come to is folded first, since some may be refused (K6). Only what the vendor counts
    ///   beyond that is added, as one task at the answer's moment. Where they come to more, nothing is taken back.
    /// - From then on the switch stands as the answer says.
    ///
    /// # Errors
    ///
    /// What the fold refuses, an answer from before the account began among it.
    pub fn following(mut self, quoted: &Quoted) -> Result<Self, FoldError> {
        let charges = quoted.charges_overage();
        if charges {
            let on = self.switched_on_throughout(quoted);
            self = self.with(on);
        }
        let ledger = Ledger::fold(&self, quoted.at)?;
        let gap = quoted.beside(ledger.account.current(quoted.at).credits.used).elsewhere();
        let turn = |enabled| quoted.turn(enabled);
        let used = || Action::Usage { credits: gap, on_auto: None, id: None };
        let steps =
            [charges.then(|| turn(true)), gap.is_positive().then(used), quoted.overage_enabled.map(turn)];
        let steps = steps.into_iter().flatten().map(|action| of_the_answer(quoted.at, action));
        Ok(self.with(steps.collect()))
    }

    /// Turns of the switch that keep it on in the cycle of a moment whenever there can be overage: at its start, and at
    /// each change of plan in it.
    fn switched_on_throughout(&self, quoted: &Quoted) -> Vec<Event<'static>> {
        let start = Month::of(quoted.at).start();
        let began = self.events().first().map_or(start, |opening| opening.at.max(start));
        let changes = self.events().iter().filter(|event| matches!(event.action, Action::ChangePlan(_)));
        let changes = changes.map(|change| change.at).filter(|change| *change > began);
        let turn = |at| of_the_answer(at, quoted.turn(true));
        std::iter::once(began).chain(changes).map(turn).collect()
    }
}
