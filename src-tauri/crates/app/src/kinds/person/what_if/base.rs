//! What is supposed of an account or of a scenario file, and the engine's course (`person::course`) in words.

use crate::answers::{
    ChargeNote, ChargeTotal, Course, CourseDay, InvoiceView, Naming, PlanRefusal, PlannedChange, WhatIf,
    WhyFrom, text,
};
use crate::error::AppError;
use crate::kinds::person::charges::notes;
use crate::kinds::person::deciding::Grounds;
use crate::kinds::person::held_before::NOON;
use crate::kinds::person::ledger;
use crate::kinds::person::plans::refusal;
use chrono::{Days, NaiveDate};
use headroom_billing::charges::Charge;
use headroom_billing::person::course::{self, DayLeft, RefusedChange, Start, Supposed};
use headroom_billing::person::{Action, Ledger, Rate, Timeline, scenario};
use headroom_billing::{AccountKind, Total};
use headroom_exact::{Credits, Decimal, Moment, Money, Saying, say};
use headroom_store::Store;
use headroom_store::table::accounts::AccountId;
use serde_json::Value;

/// So far ahead can be looked.
const DAYS_AHEAD: u64 = 365;
/// More than this a day is a slip of the pen.
const MOST_A_DAY: Credits = Credits::from_hundredths(100_000_000);

/// Where every question starts from.
pub(crate) struct Base {
    pub of: String,
    pub opened: bool,
    /// Who says what is decided.
    pub from: WhyFrom,
    pub at: Moment,
    pub timeline: Timeline<'static>,
    pub ledger: Ledger,
    /// How fast credits were used so far.
    pub pace: Option<Rate>,
    /// Whether anything is known of what was used. Where nothing is, the running cycle's use is unknown, not zero.
    pub use_is_known: bool,
    /// Whether something that was used is in no figure, so that overage may come to more.
    pub use_is_left_out: bool,
    pub(in crate::kinds::person) grounds: Grounds,
    pub naming: Naming,
}

impl Base {
    /// An account as it stands.
    pub fn load(store: &Store, id: AccountId, now: Moment) -> Result<Self, AppError> {
        let loaded = ledger::load(store, id, now)?;
        loaded.check_is_listed()?;
        let ledger = loaded.ledger()?;
        let totals = store.usage_totals(id)?;
        let use_is_known = loaded.usage_is_known(&totals);
        let current = ledger.account.current(now);
        // What isn't charged in dollars the invoices themselves tell: a larger plan may cover all of it.
        let left_out = notes(store, id, &loaded, &ledger, current.cycle)?;
        let use_is_left_out = left_out.iter().any(|note| !matches!(note, ChargeNote::OtherCurrency { .. }));
        Ok(Self {
            of: loaded.account.name.clone(),
            opened: false,
            from: if loaded.account.sample { WhyFrom::Sample } else { WhyFrom::Estimate },
            at: now,
            pace: course::rate_so_far(&ledger, now).filter(|_| use_is_known),
            use_is_known,
            use_is_left_out,
            grounds: Grounds::of(&loaded, &ledger, &current, &totals),
            naming: loaded.naming(),
            ledger,
            timeline: loaded.timeline,
        })
    }

    pub fn today(&self) -> NaiveDate {
        self.at.date()
    }

    pub fn latest(&self) -> NaiveDate {
        self.today().checked_add_days(Days::new(DAYS_AHEAD)).unwrap_or(self.today())
    }

    /// What is supposed where nothing is asked for.
    pub fn usual_rate(&self) -> Rate {
        course::usual_rate(&self.ledger, self.at, self.pace)
    }

    pub fn start(&self) -> Start<'_> {
        let Self { ledger, at, use_is_known, .. } = self;
        Start { ledger, at: *at, use_is_known: *use_is_known, position: self.timeline.events().len() }
    }

    fn day(&self, field: Saying, text: &str) -> Result<NaiveDate, AppError> {
        let Ok(day) = text.parse::<NaiveDate>() else {
            let example = self.latest().to_string();
            return Err(AppError::input(say!("date-wrong", field, text, example)));
        };
        let (earliest, latest) = (self.today(), self.latest());
        if day < earliest || day > latest {
            return Err(AppError::input(say!(
                "date-outside",
                field,
                date = day,
                first = earliest,
                last = latest
            )));
        }
        Ok(day)
    }

    fn actions(&self, change: &PlannedChange) -> Result<Vec<(Moment, Action<'static>)>, AppError> {
        let day = self.day(say!("change"), &change.on)?;
        let at = Moment::on(day, NOON).max(self.at);
        let edition = self.timeline.edition();
        let mut actions = Vec::new();
        if let Some(plan) = &change.plan {
            let unknown = || AppError::input(say!("no-such-plan", text = plan, known = edition.plan_ids()));
            actions.push((at, Action::ChangePlan(edition.plan_named(plan).ok_or_else(unknown)?.rank)));
        }
        if let Some(enabled) = change.overage {
            actions.push((at, Action::SetOverage { enabled }));
        }
        Ok(actions)
    }

    pub fn understand(&self, question: &WhatIf) -> Result<Supposed, AppError> {
        let cycle_end = self.ledger.account.current(self.at).cycle.end;
        let last_day = cycle_end.plus_seconds(-1).date();
        let until = question.until.as_deref().map_or(Ok(last_day), |text| self.day(say!("day"), text))?;
        let rate = match question.a_day.as_deref().map(str::trim) {
            None => self.usual_rate(),
            Some(text) => {
                let wrong = || AppError::input(say!("a-day-wrong", text, most = MOST_A_DAY));
                let decimal: Decimal = text.parse().map_err(|_| wrong())?;
                let credits = Credits::rounded(decimal);
                if decimal.is_negative() || credits > MOST_A_DAY {
                    return Err(wrong());
                }
                Rate::a_day(credits)
            }
        };
        let mut changes = Vec::new();
        for change in &question.changes {
            changes.extend(self.actions(change)?);
        }
        Ok(Supposed { until, rate, changes, packs: question.packs })
    }

    fn invoice(&self, charge: &Charge) -> InvoiceView {
        crate::charges::view(charge, |invoice| self.naming.invoice(invoice))
    }

    /// Whether overage may come to a course's charges that nobody knows.
    pub fn lacks(&self, course: &course::Course) -> bool {
        self.use_is_left_out && course.overage
    }

    /// What a course charges at a moment.
    pub fn charge_at(&self, course: &course::Course, at: Moment) -> Option<ChargeTotal> {
        let charge = course.charged_at(at)?;
        // Overage is charged when a cycle ends; what is charged today is known.
        let at_least = charge.at_least || (at > self.at && self.lacks(course));
        Some(ChargeTotal { total: charge.invoice.total.to_string(), at_least })
    }

    /// What a course charges together; none while nothing of it is known.
    pub fn total(&self, course: &course::Course, total: Total<Money>) -> Option<ChargeTotal> {
        let at_least = total.is_at_least() || self.lacks(course);
        Some(ChargeTotal { total: total.known()?.to_string(), at_least })
    }

    /// Where what is supposed leads; with packs, or without.
    pub fn view(&self, course: &course::Course, packs: bool) -> Course {
        Course {
            plan: course.plan.to_owned(),
            plan_name: self.naming.plan(course.plan),
            overage: course.overage,
            packs,
            refused: course.refused.and_then(|refused| self.refused(refused)),
            run_out_on: text(course.run_out.map(|end| end.day)),
            pauses: course.run_out.is_some_and(|end| end.pauses),
            left: text(course.left),
            overage_credits: text(course.overage_credits),
            pack_credits: text(course.pack_credits),
            unserved: text(course.unserved),
            charged: course.charged.to_string(),
            charged_at_least: course.charged_at_least,
            together: course.together.to_string(),
            together_at_least: course.together_at_least || self.lacks(course),
            next_charge: course.next_charge.as_ref().map(|charge| self.invoice(charge)),
            invoices: course.invoices.iter().map(|charge| self.invoice(charge)).collect(),
            days: course.days.iter().map(day_view).collect(),
        }
    }

    /// Why a change is refused, as it is sent.
    fn refused(&self, refused: RefusedChange) -> Option<PlanRefusal> {
        let terms = &self.timeline.terms;
        match refused.plan {
            Some(plan) => {
                Some(refusal(refused.reason, terms.country, self.timeline.edition().plan_named(plan)?))
            }
            None => Some(PlanRefusal::NoOverage),
        }
    }

    /// The account and what is supposed, as a scenario of the contract.
    pub fn scenario(&self, asked: &Supposed) -> Value {
        let supposed = self.start().events(asked);
        let known = self.timeline.events().iter().filter(|event| event.at <= self.at);
        let as_of = course::end_of(asked.until).max(self.at);
        scenario::write(&self.timeline.terms, as_of, known.chain(&supposed))
    }
}

fn day_view(day: &DayLeft) -> CourseDay {
    CourseDay { date: day.day.to_string(), left: day.left.to_string() }
}
