//! Kiro for one person (K1–K12, N1–N7): the events, and what the account makes of them.

mod account;
mod advice;
mod axis;
pub mod charges;
mod counted;
mod counted_days;
pub mod course;
mod current;
mod moving_up;
mod next_cycle;
mod opening;
mod pace;
mod packs_ahead;
mod plan_verdict;
mod preview;
mod rate;
pub mod recorded;
mod replay;
pub mod scenario;
mod verdict;
mod waiting;
mod way_on;

pub use account::Account;
pub use advice::{OwnLimit, PersonAdvice};
pub use axis::{Axis, AxisDay, Known, UsedBy};
pub use counted::{Counted, recorded_until};
pub use counted_days::{Count, CountedCycle, CountedDay, CountedDays};
pub use current::{Bonus, CreditPools, Current, Overage, OverageCap, PlanPool};
pub use moving_up::MovingUp;
pub use next_cycle::NextCycle;
pub use opening::{OpeningBalance, ToldCharge};
pub use pace::{Outcome, OverageAhead, Pace};
pub use packs_ahead::PacksAhead;
pub use plan_verdict::{Decision, Other, PaidAs, PlanVerdict};
pub use preview::Preview;
pub use rate::Rate;
pub use replay::Replay;
pub use verdict::Verdict;
pub use waiting::Waiting;
pub use way_on::{Way, WayOn, ways_on};

use crate::catalog::{Edition, PlanRank};
use crate::invoice::Invoice;
use crate::packs::Pool;
use crate::refusal::RefusalReason;
use crate::replay::ClosedMonth;
use crate::terms::Terms;
use crate::timeline::{self, AccountKind};
use headroom_exact::{Credits, Moment, Money, Period};
use std::borrow::Cow;

/// An event of one person's account.
pub type Event<'a> = timeline::Event<Action<'a>>;
/// The events of one person's account.
pub type Timeline<'a> = timeline::Timeline<'a, Account>;
/// What the rules make of the events of one person's account.
pub type Ledger = timeline::Ledger<Account>;

impl Timeline<'_> {
    /// The price list of the cycle of its moment (N1).
    pub fn edition(&self) -> &'static Edition {
        self.terms.lists.at(self.as_of)
    }
}

/// What an event does.
#[derive(Clone, Debug)]
pub enum Action<'a> {
    /// The account begins, with bonus credits or without (K2).
    SignUp {
        /// Whether bonus credits are granted.
        trial: bool,
    },
    /// A plan is asked for (K7–K9).
    ChangePlan(PlanRank),
    /// Overage is turned on or off (K5).
    SetOverage {
        /// On or off.
        enabled: bool,
    },
    /// A task ran (K4).
    Usage {
        /// What it consumed.
        credits: Credits,
        /// What it would have consumed on Auto, where that is known (K4).
        on_auto: Option<Credits>,
        /// The metering's own id, if it has one: an accepted id counts once.
        id: Option<Cow<'a, str>>,
    },
    /// What is granted on the first payment is stated (N3).
    FirstPaymentCredit {
        /// Dollars at most.
        amount: Money,
    },
    /// An add-on pack is bought, where the edition offers them (N4).
    BuyCredits {
        /// Dollars.
        amount: Money,
        /// From when on it is gone; none if it stays.
        expires_at: Option<Moment>,
    },
    /// Credits are granted beside the plan, as the owner states (N7). They are used after the bonus and before the plan,
    /// what ends first first.
    Grant(Pool),
    /// The vendor says how the running cycle stands: it begins with that (V10).
    OpeningBalance(Box<OpeningBalance>),
    /// The owner states what a plan has a cycle, in place of the list's: from the running cycle on (N7).
    OwnLimit {
        /// The plan.
        plan: PlanRank,
        /// Its credits a cycle.
        credits: Credits,
    },
}

impl AccountKind for Account {
    const NAME: &'static str = "kiro-individual";
    const OPENING: Option<&'static str> = Some("sign_up");
    type Terms = Terms;
    type Action<'a> = Action<'a>;
    type ClosedCycle = ClosedMonth;
    type Current = Current;

    fn is_opening(action: &Action<'_>) -> bool {
        matches!(action, Action::SignUp { .. })
    }

    fn usage_id<'e>(action: &'e Action<'_>) -> Option<&'e str> {
        match action {
            Action::Usage { id, .. } => id.as_deref(),
            Action::SignUp { .. }
            | Action::ChangePlan(_)
            | Action::SetOverage { .. }
            | Action::FirstPaymentCredit { .. }
            | Action::BuyCredits { .. }
            | Action::Grant(_)
            | Action::OpeningBalance(_)
            | Action::OwnLimit { .. } => None,
        }
    }

    fn open(terms: Terms, at: Moment, first: &Action<'_>) -> Self {
        Self::begin(terms, at, matches!(first, Action::SignUp { trial: true }))
    }

    fn cycle(&self) -> Period {
        self.running_cycle()
    }

    fn close_cycle(&mut self) -> (ClosedMonth, Option<Invoice>) {
        self.close_month()
    }

    fn judge(&mut self, action: &Action<'_>, at: Moment) -> Result<Option<Invoice>, RefusalReason> {
        match action {
            // The account begins with it, and the fold lets one through.
            Action::SignUp { .. } => Ok(None),
            Action::ChangePlan(plan) => self.change_plan(*plan, at),
            Action::SetOverage { enabled } => self.set_overage(*enabled).map(|()| None),
            Action::Usage { credits, on_auto, .. } => self.meter(*credits, *on_auto, at).map(|()| None),
            Action::FirstPaymentCredit { amount } => self.state_credit(*amount).map(|()| None),
            Action::BuyCredits { amount, expires_at } => self.buy_credits(*amount, *expires_at, at),
            Action::Grant(pool) => {
                self.grant(*pool, at);
                Ok(None)
            }
            Action::OpeningBalance(opening) => {
                self.begin_from(opening, at);
                Ok(None)
            }
            Action::OwnLimit { plan, credits } => {
                self.limit(*plan, *credits);
                Ok(None)
            }
        }
    }

    fn current(&self, moment: Moment) -> Current {
        self.standing(moment)
    }
}
