//! What a decision about the plan rests on: of an account as it is recorded, or of a scenario file.

use super::ledger::Loaded;
use super::verdict;
use super::why;
use crate::answers::{VerdictView, WhyView};
use headroom_billing::advice::PlanCosts;
use headroom_billing::person::course::{Advised, Need, Start, Supposed};
use headroom_billing::person::{Current, Ledger, OwnLimit, Pace, PlanVerdict};
use headroom_billing::{AccountKind, Limit};
use headroom_exact::{Credits, Moment, Saying, say};
use headroom_store::table::rollups::UsageTotals;

/// What it rests on.
pub(super) struct Grounds {
    /// What plans cost the account.
    pub costs: PlanCosts,
    /// The credits of the plan it is on, where they aren't the list's.
    pub own_limit: Option<OwnLimit>,
    /// The pace so far; none where it is too early to say, or not known.
    pub pace: Option<Pace>,
    /// Whether what is left on the plan counts: not while Kiro names another one.
    left_counts: bool,
    /// Why nothing is known of the use; none where something is.
    unknown: Option<Saying>,
    /// What of the use isn't known, where there is no pace for that.
    in_part: Option<Saying>,
    /// Whether what is known of it are the tasks recorded here alone.
    is_part: bool,
}

impl Grounds {
    /// Of an account.
    pub fn of(loaded: &Loaded, ledger: &Ledger, current: &Current, totals: &UsageTotals) -> Self {
        let (mut costs, mut own_limit) = (ledger.account.plan_costs(), ledger.account.own_limit());
        let own = ledger.account.plan();
        // Of another plan than the stated one its limit says nothing about that one, nor does what is left of it.
        let is_another = loaded.plan_named_otherwise(&own.name);
        if is_another {
            (costs, own_limit) = (costs.with_limit(own, Limit::Credits(own.allowance)), None);
        }
        Self {
            costs,
            own_limit,
            pace: loaded.pace(totals, current),
            left_counts: !is_another,
            unknown: loaded.unknown(totals),
            in_part: loaded.use_unknown(current),
            is_part: loaded.is_of_recorded_tasks_alone(),
        }
    }

    /// Of a scenario file as of its own moment.
    pub fn of_file(ledger: &Ledger, at: Moment) -> Self {
        Self {
            costs: ledger.account.plan_costs(),
            own_limit: ledger.account.own_limit(),
            pace: Pace::at(&ledger.account.current(at), at),
            left_counts: true,
            unknown: None,
            in_part: None,
            is_part: false,
        }
    }

    /// Whether the plan has no limit, as Kiro says.
    pub fn is_unlimited(&self) -> bool {
        self.own_limit.is_some_and(|own| own.credits.is_none())
    }

    /// Whether to stay, for a month that is supposed, or one at the pace so far. None where neither is known.
    fn decide(&self, ledger: &Ledger, supposed: Option<Credits>, at: Moment) -> Option<PlanVerdict> {
        let month = supposed.or(self.pace.map(|pace| pace.projected_use))?;
        // A month that is supposed is nobody's pace.
        let pace = self.pace.as_ref().filter(|_| supposed.is_none() && self.left_counts);
        PlanVerdict::by(ledger, &self.costs, month, pace, at)
    }

    /// What of the month nothing covers on the plan one is on, where more counts than its own credits.
    fn beyond(&self, supposed: Option<Credits>, decided: Option<&PlanVerdict>) -> Option<Credits> {
        decided.filter(|_| supposed.is_none() && self.left_counts).map(|decided| decided.beyond)
    }

    /// Why that is decided; none where nothing is.
    pub fn why(
        &self,
        said: WhyView,
        list: Saying,
        supposed: Option<Credits>,
        decided: Option<&PlanVerdict>,
    ) -> Option<WhyView> {
        let is_known = self.unknown.is_none() || supposed.is_some();
        let decided = decided.filter(|_| is_known && !self.is_unlimited())?;
        let part = (self.is_part && supposed.is_none()).then(|| say!("plan-of-recorded-tasks"));
        Some(why::of_plans(said, list, supposed.is_some(), decided).says(part))
    }

    /// What is decided, in a sentence.
    pub fn say(&self, decided: &Decided) -> VerdictView {
        let is_supposed = decided.asked.is_some();
        if let Some(why) = self.unknown.as_ref().filter(|_| !is_supposed) {
            return verdict::plan_unknown(why);
        }
        if self.is_unlimited() {
            return verdict::plan_without_limit();
        }
        let without_pace = self.in_part.as_ref().filter(|_| !is_supposed && self.pace.is_none());
        if let Some(why) = without_pace {
            return verdict::plan_unknown(why);
        }
        let Some(plan) = &decided.verdict else {
            return verdict::no_plan(is_supposed || self.pace.is_some());
        };
        // Advice on a part of what is used says so.
        let is_part = (self.is_part && !is_supposed).then(|| say!("plan-of-recorded-tasks"));
        verdict::of_plan(plan, &decided.advised, is_supposed).because(is_part)
    }
}

/// What is decided for a use, and by what: the choices beside each other and the verdict on them.
pub(super) struct Decided {
    pub need: Need,
    pub verdict: Option<PlanVerdict>,
    /// The month that is asked about; none for one at the pace so far.
    pub asked: Option<Credits>,
    pub advised: Advised,
}

impl Decided {
    /// For what is supposed; whether somebody asks about it, or it is the pace so far.
    pub fn of(grounds: &Grounds, start: &Start<'_>, supposed: &Supposed, is_asked: bool) -> Self {
        let evenly = Need::of(start, supposed);
        let asked = is_asked.then_some(evenly.month);
        let verdict = grounds.decide(start.ledger, asked, start.at);
        let beyond = grounds.beyond(asked, verdict.as_ref());
        let month = verdict.map_or(evenly.month, |verdict| verdict.month);
        let need = Need { costs: grounds.costs, month, beyond, is_asked };
        let advised = Advised::of(start, supposed, &need, verdict.as_ref());
        Self { need, verdict, asked, advised }
    }
}
