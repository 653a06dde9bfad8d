//! One person's account as it stands at a moment, and what each act does to it.

mod begin;
mod standing;

use super::opening::Charged;
use super::{ClosedMonth, Terms};
use crate::catalog::{Edition, PackOffer, Plan, PlanRank};
use crate::invoice::{Invoice, Line, Prorated};
use crate::packs::{Packs, Pool};
use crate::refusal::RefusalReason;
use crate::usage::{AutoComparison, CycleUsage, Limit, Task};
use headroom_exact::{Credits, DayCount, Moment, Money, Month, Period};

/// Bonus credits since they were granted (K2).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct BonusPool {
    granted: Credits,
    used: Credits,
    /// None if it stays.
    expires_at: Option<Moment>,
    /// Whether the vendor says that nothing of it can be used, whatever is left.
    is_spent: bool,
}

impl BonusPool {
    fn left_at(&self, moment: Moment) -> Credits {
        if self.is_spent || self.expires_at.is_some_and(|end| end <= moment) {
            return Credits::ZERO;
        }
        self.granted.less_at_most_all(self.used)
    }
}

/// What the vendor said of the running cycle that holds for all of it (V4, V6).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
struct Told {
    /// The plan's credits, until another plan is taken.
    limit: Option<Limit>,
    /// What is charged as overage by then.
    overage: Option<Charged>,
    /// Credits of overage at most.
    cap: Option<Credits>,
    /// Whether it names credits of overage, and no charge for them: they are charged by the list (A34).
    by_price: bool,
    /// Whether it says that the switch is off, and charges overage all the same (A35).
    while_off: bool,
}

/// The account between two events. Small, so that a preview can copy it.
#[derive(Clone, Debug)]
pub struct Account {
    terms: Terms,
    /// The running cycle's price list (N1).
    edition: &'static Edition,
    month: Month,
    cycle: Period,
    plan: PlanRank,
    next_plan: Option<PlanRank>,
    /// When the account first became paid: K8 counts from here, in that month only.
    first_paid_at: Option<Moment>,
    /// What was stated of the first payment (N3).
    first_payment_credit: Option<Money>,
    /// The subscription fee already charged for this cycle; none while on Free.
    fee_charged: Option<Money>,
    overage_enabled: bool,
    /// Whether the vendor says that it is an organisation's user, who keeps overage under every list (N2).
    of_organisation: bool,
    told: Told,
    bonus: Option<BonusPool>,
    /// Granted beside the plan, as its owner stated (N7).
    grants: Packs,
    packs: Packs,
    /// What its owner stated of a plan's credits, in place of the list's (N7).
    own_limit: Option<(PlanRank, Credits)>,
    usage: CycleUsage,
}

impl Account {
    /// A new account on the first plan, with bonus credits if it gets a trial (K2).
    pub(super) fn begin(terms: Terms, at: Moment, trial: bool) -> Self {
        let month = Month::of(at);
        let edition = terms.lists.at(at);
        let grant = edition.bonus;
        Self {
            terms,
            edition,
            month,
            cycle: month.period(),
            plan: edition.first_plan().rank,
            next_plan: None,
            first_paid_at: None,
            first_payment_credit: None,
            fee_charged: None,
            overage_enabled: false,
            of_organisation: false,
            told: Told::default(),
            bonus: (trial && grant.is_granted_at(at)).then(|| BonusPool {
                granted: grant.credits,
                used: Credits::ZERO,
                expires_at: Some(at.plus_days(grant.days)),
                is_spent: false,
            }),
            grants: Packs::default(),
            packs: Packs::default(),
            own_limit: None,
            usage: CycleUsage::default(),
        }
    }

    /// What it is billed by.
    pub const fn terms(&self) -> &Terms {
        &self.terms
    }

    /// The running cycle's price list (N1).
    pub const fn edition(&self) -> &'static Edition {
        self.edition
    }

    /// The price list of the cycle after.
    fn next_edition(&self) -> &'static Edition {
        self.terms.lists.at(self.cycle.end)
    }

    /// The running cycle (K3).
    pub(super) const fn running_cycle(&self) -> Period {
        self.cycle
    }

    /// The plan it is on.
    pub fn plan(&self) -> &'static Plan {
        self.edition.plan(self.plan)
    }

    /// What was used on each day of the running cycle, up to the last day with a task.
    pub fn days(&self) -> &[Credits] {
        &self.usage.days
    }

    /// What the running cycle's tasks cost and would have cost on Auto (K4); none while for no task both are known.
    pub fn auto(&self) -> Option<AutoComparison> {
        Some(self.usage.auto).filter(|auto| auto.cost.is_positive())
    }

    /// The plan's credits in this cycle: as the vendor says (V4), as its owner stated (N7), else the list's.
    pub(super) fn allowance(&self) -> Limit {
        let own = self.own_limit.filter(|(plan, _)| *plan == self.plan);
        let listed = || Limit::Credits(own.map_or(self.plan().allowance, |(_, credits)| credits));
        self.told.limit.unwrap_or_else(listed)
    }

    /// Whether there is overage at all: the list has it, or it is an organisation's user, or the vendor charged some in this
    /// cycle (V5).
    pub fn has_overage(&self) -> bool {
        let charged = self.told.overage.is_some_and(Charged::is_any);
        self.edition.has_overage(self.plan()) || self.of_organisation || charged
    }

    /// Whether a plan can have overage: by the list, or because it is on for the account under every list (N2, V5).
    pub fn can_have_overage(&self, plan: &Plan) -> bool {
        self.edition.has_overage(plan) || (plan.is_paid() && self.is_charged_beyond())
    }

    /// Whether what is beyond all credits is charged: the switch is on, and there is overage.
    fn is_charged_beyond(&self) -> bool {
        self.overage_enabled && self.has_overage()
    }

    /// Whether requests go on then: until a cap is reached.
    fn runs_beyond(&self) -> bool {
        self.is_charged_beyond() && self.told.cap.is_none_or(|cap| self.overage_credits() < cap)
    }

    fn bonus_left_at(&self, moment: Moment) -> Credits {
        self.bonus.map_or(Credits::ZERO, |bonus| bonus.left_at(moment))
    }

    fn is_paused_at(&self, moment: Moment) -> bool {
        !self.runs_beyond()
            && self.plan_left().is_some_and(Credits::is_zero)
            && self.bonus_left_at(moment).is_zero()
            && self.grants.left_at(moment).is_zero()
            && self.packs.left_at(moment).is_zero()
    }

    fn invoice(&self, at: Moment, lines: Vec<Line>) -> Option<Invoice> {
        Invoice::issue(at, lines, self.terms.tax_rate())
    }

    /// A task runs: taken whole while any credit is left or overage is on, else refused (K6).
    pub(super) fn meter(
        &mut self,
        credits: Credits,
        on_auto: Option<Credits>,
        at: Moment,
    ) -> Result<(), RefusalReason> {
        if self.is_paused_at(at) {
            self.usage.paused_tasks = self.usage.paused_tasks.saturating_add(1);
            return Err(RefusalReason::PausedAtLimit);
        }
        let from_bonus = credits.min(self.bonus_left_at(at));
        if let Some(bonus) = &mut self.bonus {
            bonus.used = bonus.used.plus(from_bonus);
        }
        // Like the bonus they come before the plan, so that no other plan changes what they covered.
        let from_grants = self.grants.take(credits.minus(from_bonus), self.grants.reach(at));
        let from_bonus = from_bonus.plus(from_grants);
        let task = Task {
            at,
            day: self.cycle.day_of(at),
            from_bonus,
            rest: credits.minus(from_bonus),
            overage_is_on: self.runs_beyond(),
            on_auto,
        };
        let limits = self.limits();
        self.usage.take(&task, limits, &mut self.packs);
        Ok(())
    }

    /// An add-on pack is bought: charged and there at once, on a paid plan.
    pub(super) fn buy_credits(
        &mut self,
        amount: Money,
        expires_at: Option<Moment>,
        at: Moment,
    ) -> Result<Option<Invoice>, RefusalReason> {
        let offer = self.offered_packs().ok_or(RefusalReason::PacksNotAvailable)?;
        let credits = offer.credits_for(amount).ok_or(RefusalReason::AmountNotOffered)?;
        self.packs.add(Pool { granted: credits, used: Credits::ZERO, expires_at }, at);
        Ok(self.invoice(at, vec![Line::pack(amount, credits, offer.unit_price, at)]))
    }

    /// Credits are granted beside the plan: there at once, charged to nobody (N7).
    pub(super) fn grant(&mut self, pool: Pool, at: Moment) {
        self.grants.add(pool, at);
    }

    /// What a plan has a cycle is stated: from the running cycle on, which is rated again (N7, K10).
    pub(super) fn limit(&mut self, plan: PlanRank, credits: Credits) {
        self.own_limit = Some((plan, credits));
        self.told.limit = None;
        self.usage.rerate(self.limits(), &mut self.packs);
    }

    /// What is granted on the first payment is stated: once, and before it (N3).
    pub(super) fn state_credit(&mut self, amount: Money) -> Result<(), RefusalReason> {
        if self.first_paid_at.is_some() {
            return Err(RefusalReason::AlreadyPaid);
        }
        if self.first_payment_credit.is_some() {
            return Err(RefusalReason::AlreadyGranted);
        }
        self.first_payment_credit = Some(amount);
        Ok(())
    }

    /// The account with what the price list may take off its next payment, which nobody stated: none unless that would
    /// be the first of all (N3).
    pub(crate) fn with_possible_credit(&self, at: Moment) -> Option<Self> {
        let credit = self.edition.first_payment_credit.filter(|credit| credit.is_given_at(at))?;
        let mut account = self.clone();
        account.state_credit(credit.amount).ok()?;
        Some(account)
    }

    /// What packs covered in the running cycle.
    pub const fn from_packs(&self) -> Credits {
        self.usage.packs
    }

    /// The packs that are sold to it now: on a paid plan, where there are some (N4).
    pub fn offered_packs(&self) -> Option<PackOffer> {
        self.edition.packs.filter(|_| self.plan().is_paid())
    }

    /// What went back to packs in the running cycle (N5): that rests on A2.
    pub const fn gone_back_to_packs(&self) -> Credits {
        self.usage.gone_back
    }

    /// The switch is turned; on is for paid plans only (K5), and not where packs took its place.
    pub(super) fn set_overage(&mut self, enabled: bool) -> Result<(), RefusalReason> {
        if enabled && !self.edition.has_overage(self.plan()) {
            return Err(RefusalReason::OverageNotAvailable);
        }
        self.overage_enabled = enabled;
        Ok(())
    }

    /// A plan is asked for: a higher one takes effect at once (K7), but not from every country (K12);
    /// a lower one at the cycle's end; the current one cancels a schedule.
    pub(super) fn change_plan(
        &mut self,
        plan: PlanRank,
        at: Moment,
    ) -> Result<Option<Invoice>, RefusalReason> {
        if self.edition.plan_ranked(plan).is_none() {
            return Err(RefusalReason::PlanNotOffered);
        }
        if plan > self.plan {
            if !crate::catalog::sells_paid_plans(self.terms.country) {
                return Err(RefusalReason::CountryNotSupported);
            }
            return Ok(self.upgrade(plan, at));
        }
        if plan == self.plan && self.next_plan.is_none() {
            return Err(RefusalReason::AlreadyOnPlan);
        }
        self.next_plan = (plan < self.plan).then_some(plan);
        Ok(None)
    }

    /// Charges the month's target for the new plan less what is charged (K8, K9), and rates the month again (K10).
    fn upgrade(&mut self, plan: PlanRank, at: Moment) -> Option<Invoice> {
        let credit = self.first_payment_credit.filter(|_| self.first_paid_at.is_none());
        let first_paid_at = *self.first_paid_at.get_or_insert(at);
        let discount = self.fee_charged.map(|paid| Line::discount(self.plan(), paid));
        let fee = self.fee(self.edition.plan(plan), first_paid_at);
        // The plan's fee is what is paid for it, whatever the credit leaves of it; nothing of the credit is kept.
        let credit = credit.map(|credit| Line::first_payment_credit(credit.min(fee.amount)));
        self.plan = plan;
        self.next_plan = None;
        self.told.limit = None;
        self.fee_charged = Some(fee.amount);
        self.usage.rerate(self.limits(), &mut self.packs);
        self.invoice(at, discount.into_iter().chain([fee]).chain(credit).collect())
    }

    /// What a plan costs in this cycle: by days in the first paid month, else in full (K8, K9).
    fn fee(&self, plan: &'static Plan, first_paid_at: Moment) -> Line {
        if !self.cycle.contains(first_paid_at) {
            return Line::subscription(plan, self.cycle);
        }
        let prorated = Prorated::from(first_paid_at, &self.cycle, self.terms.day_count);
        let period = Period { start: first_paid_at, end: self.cycle.end };
        Line::prorated_subscription(plan, period, prorated)
    }

    /// The plan from the cycle's end on, as the next cycle's list has it.
    fn plan_after(&self) -> &'static Plan {
        self.next_edition().plan(self.next_plan.unwrap_or(self.plan))
    }

    /// What the cycle's end charges if nothing more happens: the ended cycle's overage, then the new
    /// cycle's subscription (rules.md, "K5 at the boundary").
    fn closing_invoice(&self) -> Option<Invoice> {
        let lines = self.closing_lines(self.overage_line());
        if self.overage_charge().is_none() {
            return Some(Invoice::issue_in_part(self.cycle.end, lines, self.terms.tax_rate()));
        }
        self.invoice(self.cycle.end, lines)
    }

    /// Ends the cycle: its invoice is issued, a scheduled change takes effect, credits renew. The switch stays on while
    /// there is overage: not on Free (K5), nor where packs take its place (N6).
    pub(super) fn close_month(&mut self) -> (ClosedMonth, Option<Invoice>) {
        let invoice = self.closing_invoice();
        let usage = std::mem::take(&mut self.usage);
        self.packs.settle();
        self.grants.settle();
        let closed = ClosedMonth { month: self.month, used: usage.used(), paused_tasks: usage.paused_tasks };
        let plan = self.plan_after();
        self.plan = plan.rank;
        self.next_plan = None;
        self.fee_charged = plan.is_paid().then_some(plan.monthly_price);
        self.edition = self.next_edition();
        self.overage_enabled &= self.edition.has_overage(plan) || self.of_organisation;
        self.told = Told::default();
        self.month = self.month.plus(1);
        self.cycle = self.month.period();
        (closed, invoice)
    }

    /// The account as it would stand had days been counted the other way: what it already paid in the
    /// first paid month differs, nothing else (K8).
    pub(crate) fn with_day_count(&self, day_count: DayCount) -> Self {
        let mut account = self.clone();
        account.terms.day_count = day_count;
        if let (Some(first_paid_at), Some(_)) = (self.first_paid_at, self.fee_charged) {
            account.fee_charged = Some(account.fee(self.plan(), first_paid_at).amount);
        }
        account
    }

    /// Asks for a plan on a copy: what would be charged, and the account afterwards.
    pub(crate) fn trying(
        &self,
        plan: PlanRank,
        at: Moment,
    ) -> (Self, Result<Option<Invoice>, RefusalReason>) {
        let mut account = self.clone();
        let outcome = account.change_plan(plan, at);
        (account, outcome)
    }
}
