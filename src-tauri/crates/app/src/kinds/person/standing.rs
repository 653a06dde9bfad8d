//! How an account of one person stands: how much is left and until when, where the pace leads, what is charged next.

use super::axis::{OnAxis, Stands};
use super::charges::notes;
use super::counted;
use super::ledger::{self, Loaded};
use super::repriced;
use crate::answers::{AccountSummary, ElsewhereView, Naming, Repriced};
use crate::error::AppError;
use crate::quoted::PlanChange;
use headroom_billing::AccountKind;
use headroom_billing::person::{Current, Ledger, OverageAhead, Pace};
use headroom_exact::{Credits, Moment, Money, Period, Saying};
use headroom_sources::observation::LimitsSnapshot;
use headroom_store::Store;
use headroom_store::table::accounts::AccountId;
use headroom_store::table::events::EstimatedTotals;
use headroom_store::table::rollups::UsageTotals;

/// How an account of one person stands.
pub(crate) struct Standing {
    pub account: AccountSummary,
    pub loaded: Loaded,
    pub ledger: Ledger,
    pub current: Current,
    pub totals: UsageTotals,
    /// The cycle whose credits are shown: Kiro's, where it says when that ends, else the calendar month.
    pub cycle: Period,
    /// What Kiro last said of the plan being another one than before, in this cycle.
    pub plan_change: Option<PlanChange>,
    /// None while nothing is known of the usage, or too little.
    pub pace: Option<Pace>,
    /// Whether the cycle's end charges more than is known.
    pub charge_is_part: bool,
    /// The cycle by day.
    pub axis: OnAxis,
    /// What the IDE's sessions on this machine come to in this cycle, which is in no other amount.
    pub estimated: EstimatedTotals,
    /// What Kiro counts in this cycle beyond what is recorded here.
    pub elsewhere: Option<ElsewhereView>,
    /// What past months are charged otherwise, until that is put away.
    pub repriced: Option<Repriced>,
}

impl Standing {
    /// Of an account, now.
    pub fn of(store: &Store, id: AccountId, now: Moment) -> Result<Self, AppError> {
        let loaded = ledger::load(store, id, now)?;
        let ledger = loaded.ledger()?;
        let current = ledger.account.current(now);
        let totals = store.usage_totals(id)?;
        let (cycle, pace) = (loaded.cycle(&current), loaded.pace(&totals, &current));
        let is_known = loaded.usage_is_known(&totals);
        let stands = Stands {
            store,
            loaded: &loaded,
            ledger: &ledger,
            current: &current,
            cycle,
            is_known,
            pace: pace.as_ref(),
        };
        Ok(Self {
            account: loaded.summary()?,
            axis: OnAxis::of(stands)?,
            cycle,
            plan_change: PlanChange::newest(store, id, loaded.quoted.as_ref(), now)?,
            pace,
            charge_is_part: !notes(store, id, &loaded, &ledger, current.cycle)?.is_empty(),
            repriced: repriced::of(store, id, now)?,
            estimated: store.estimated(id, current.cycle.start, now)?,
            elsewhere: counted::elsewhere(store, &loaded)?,
            loaded,
            ledger,
            current,
            totals,
        })
    }

    /// As of when.
    pub const fn as_of(&self) -> Moment {
        self.loaded.timeline.as_of
    }

    /// Whether anything is known of the usage.
    pub fn is_known(&self) -> bool {
        self.loaded.usage_is_known(&self.totals)
    }

    /// Credits left in all pools (V5); none while nothing is known of the usage, and without a limit.
    pub fn left(&self) -> Option<Credits> {
        self.loaded.known(&self.totals, self.current.credits.left()?)
    }

    /// Why that isn't known; none where it is, or there is no limit.
    pub fn unknown(&self) -> Option<Saying> {
        self.loaded.unknown(&self.totals)
    }

    /// What the account's plan is called: of one that no price list has, as Kiro writes it.
    pub fn plan(&self, naming: &Naming) -> String {
        if !self.loaded.plan_is_unlisted {
            return naming.plan(self.current.plan);
        }
        let limits = self.loaded.quoted.as_ref().map(|quoted| &quoted.limits);
        limits.and_then(LimitsSnapshot::plan_name).unwrap_or("?").to_owned()
    }

    /// The plan's credits in the cycle; none without a limit, and where no price list has the plan and Kiro told none.
    pub fn allowance(&self) -> Option<Credits> {
        let told = self.is_known() || !self.loaded.plan_is_unlisted;
        self.current.credits.plan.allowance.filter(|_| told)
    }

    /// Whether there is no limit, as Kiro says (V4).
    pub const fn is_unlimited(&self) -> bool {
        self.current.credits.plan.allowance.is_none()
    }

    /// Whether what is left rests on the tasks recorded here alone, so that use elsewhere makes it less. The sample's is
    /// made up whole.
    pub fn is_of_recorded_tasks_alone(&self) -> bool {
        self.left().is_some() && self.loaded.is_of_recorded_tasks_alone()
    }

    /// Credits used in this cycle; none as for `left`.
    pub fn used(&self) -> Option<Credits> {
        self.loaded.known(&self.totals, self.current.credits.used)
    }

    /// The overage that the pace leads to. Where packs are sold nothing is charged afterwards, whatever the pace; but what
    /// Kiro charges it charges.
    pub fn overage_ahead(&self) -> Option<OverageAhead> {
        let edition = self.loaded.timeline.edition();
        let is_charged = self.ledger.account.has_overage() || !edition.has_packs();
        let pace = self.pace.as_ref().filter(|_| is_charged)?;
        OverageAhead::at(pace, &self.current, edition.overage_unit_price)
    }

    /// What the cycle's end charges at that pace; none where that is what it charges so far, or a part of it isn't known.
    pub fn next_charge_at_this_pace(&self) -> Option<Money> {
        let so_far = self.current.next_charge.as_ref().map_or(Money::ZERO, |invoice| invoice.total);
        let is_part =
            self.charge_is_part || self.current.next_charge.as_ref().is_some_and(|invoice| invoice.at_least);
        let ahead = self.overage_ahead().filter(|_| self.current.credits.overage.enabled && !is_part)?;
        let total = self.ledger.account.closing_at(&ahead)?.total;
        (total > so_far).then_some(total)
    }
}
