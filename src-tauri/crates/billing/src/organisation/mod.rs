//! Kiro for an organisation (E1–E6): the events, and what the organisation makes of them.

mod account;
mod advice;
mod axis;
mod current;
mod outlook;
mod preview;
mod replay;
mod scenario;
mod subscriber;

pub use account::Organisation;
pub use advice::{AtRisk, CheaperTier, Evidence, OrganisationAdvice, Risk};
pub use axis::{CreditsAxis, CreditsDay, ReportedMonth};
pub use current::{Current, OverageDifference, RepeatedUser, Subscription, SubscriptionCredits, permille_of};
pub use outlook::{BeyondTier, ByTheEnd, SubscriptionOutlook, outlook};
pub use preview::{Preview, Request};
pub use replay::{PlanTotal, Replay, SubscriptionReplay};

use crate::catalog::PlanRank;
use crate::invoice::{Invoice, Name};
use crate::refusal::RefusalReason;
use crate::terms::Terms;
use crate::timeline::{self, AccountKind};
use headroom_exact::{Credits, Moment, Month, Period};
use std::borrow::Cow;

/// An event of an organisation.
pub type Event<'a> = timeline::Event<Action<'a>>;
/// The events of an organisation.
pub type Timeline<'a> = timeline::Timeline<'a, Organisation>;
/// What the rules make of the events of an organisation.
pub type Ledger = timeline::Ledger<Organisation>;

/// A user under a profile: whom a subscription is for (E2).
#[derive(Clone, Debug)]
pub struct Seat<'a> {
    /// The Kiro profile, such as a Region's.
    pub profile: Cow<'a, str>,
    /// The user.
    pub user: Cow<'a, str>,
}

/// What an event does.
#[derive(Clone, Debug)]
pub enum Action<'a> {
    /// A user gets a plan through a group; again for the same group it replaces the plan.
    Assign {
        /// Who.
        seat: Seat<'a>,
        /// The group; none is the group "".
        group: Cow<'a, str>,
        /// The plan.
        plan: PlanRank,
    },
    /// A user leaves a group (E3).
    Unassign {
        /// Who.
        seat: Seat<'a>,
        /// The group.
        group: Cow<'a, str>,
    },
    /// Overage is turned on or off for a profile (E1).
    SetOverage {
        /// The profile.
        profile: Cow<'a, str>,
        /// On or off.
        enabled: bool,
    },
    /// A task ran (K4).
    Usage {
        /// Whose.
        seat: Seat<'a>,
        /// What it consumed.
        credits: Credits,
        /// What it would have consumed on Auto, where that is known (K4).
        on_auto: Option<Credits>,
        /// The metering's own id, if it has one: one space for the whole organisation.
        id: Option<Cow<'a, str>>,
    },
    /// The vendor says something of a user's running month, which leads over what is computed (F5, V6).
    State {
        /// Whose.
        seat: Seat<'a>,
        /// What is stated.
        stated: Stated,
    },
}

/// What the vendor states of a user's month. What it doesn't is none.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Stated {
    /// Credits beyond the tier. None at all doesn't lead where credits beyond the tier are counted: a report writes 0.0 also
    /// where it doesn't tell.
    pub overage: Option<Credits>,
    /// The most credits that an administrator lets them use.
    pub limit: Option<Credits>,
}

/// What a user used in a month that has ended.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ClosedSubscription {
    /// The profile.
    pub profile: Name,
    /// The user.
    pub user: Name,
    /// Credits accepted.
    pub used: Credits,
    /// Tasks refused at the limit (K6).
    pub paused_tasks: u32,
}

/// A month that has ended, by profile, then user.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ClosedMonth {
    /// Which.
    pub month: Month,
    /// Everyone who was subscribed in it.
    pub subscriptions: Vec<ClosedSubscription>,
}

impl AccountKind for Organisation {
    const NAME: &'static str = "kiro-enterprise";
    const OPENING: Option<&'static str> = None;
    type Terms = Terms;
    type Action<'a> = Action<'a>;
    type ClosedCycle = ClosedMonth;
    type Current = Current;

    fn is_opening(_: &Action<'_>) -> bool {
        false
    }

    fn usage_id<'e>(action: &'e Action<'_>) -> Option<&'e str> {
        match action {
            Action::Usage { id, .. } => id.as_deref(),
            Action::Assign { .. }
            | Action::Unassign { .. }
            | Action::SetOverage { .. }
            | Action::State { .. } => None,
        }
    }

    fn open(terms: Terms, at: Moment, _: &Action<'_>) -> Self {
        Self::begin(terms, at)
    }

    fn cycle(&self) -> Period {
        self.running_month()
    }

    fn close_cycle(&mut self) -> (ClosedMonth, Option<Invoice>) {
        self.close_month()
    }

    fn judge(&mut self, action: &Action<'_>, at: Moment) -> Result<Option<Invoice>, RefusalReason> {
        match action {
            Action::Assign { seat, group, plan } => self.assign(seat, group, *plan),
            Action::Unassign { seat, group } => self.unassign(seat, group)?,
            Action::SetOverage { profile, enabled } => self.set_overage(profile, *enabled),
            Action::Usage { seat, credits, on_auto, .. } => self.meter(seat, *credits, *on_auto, at)?,
            Action::State { seat, stated } => self.state(seat, *stated)?,
        }
        // Everything is charged when the month ends (E1).
        Ok(None)
    }

    fn current(&self, _: Moment) -> Current {
        self.standing()
    }
}
