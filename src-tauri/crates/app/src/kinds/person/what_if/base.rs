//! What-if: questions about days and changes that are only supposed, and the engine's answer (`person::course`) in words.

use crate::answers::{
    Course, CourseDay, InvoiceView, Naming, PlanRefusal, PlannedChange, SavedWhatIf, UnfitView, WhatIf,
    WhatIfPlan, WhatIfView, text,
};
use crate::error::AppError;
use crate::kinds::person::held_before::NOON;
use crate::kinds::person::ledger;
use crate::kinds::person::plans::refusal;
use chrono::{Days, NaiveDate};
use headroom_billing::charges::Charge;
use headroom_billing::person::course::{self, Choice, DayLeft, RefusedChange, Start, Supposed, Unfit};
use headroom_billing::person::{Action, Ledger, Timeline, scenario};
use headroom_billing::{AccountKind, Plan};
use headroom_exact::{Credits, Decimal, Moment, Saying, say};
use headroom_store::Store;
use headroom_store::table::accounts::AccountId;
use serde_json::Value;

/// So far ahead can be looked.
const DAYS_AHEAD: u64 = 365;
/// More than this a day is a slip of the pen.
const MOST_A_DAY: Credits = Credits::from_hundredths(100_000_000);

/// Where every question starts from.
pub(super) struct Base {
    pub of: String,
    pub opened: bool,
    pub at: Moment,
    pub timeline: Timeline<'static>,
    pub ledger: Ledger,
    /// Credits a day so far.
    pub pace: Option<Credits>,
    /// Whether anything is known of what was used. Where nothing is, the running cycle's use is unknown, not zero.
    pub use_is_known: bool,
    pub naming: Naming,
}

impl Base {
    /// An account as it stands.
    pub fn load(store: &Store, id: AccountId, now: Moment) -> Result<Self, AppError> {
        let loaded = ledger::load(store, id, now)?;
        loaded.check_is_listed()?;
        let ledger = loaded.ledger()?;
        let use_is_known = loaded.usage_is_known(&store.usage_totals(id)?);
        Ok(Self {
            of: loaded.account.name.clone(),
            opened: false,
            at: now,
            pace: course::used_a_day(&ledger, now).filter(|_| use_is_known),
            use_is_known,
            naming: loaded.naming(),
            ledger,
            timeline: loaded.timeline,
        })
    }

    fn today(&self) -> NaiveDate {
        self.at.date()
    }

    fn latest(&self) -> NaiveDate {
        self.today().checked_add_days(Days::new(DAYS_AHEAD)).unwrap_or(self.today())
    }

    /// What is supposed of a day where nothing is asked for.
    fn usual_a_day(&self) -> Credits {
        course::usual_a_day(&self.ledger, self.at, self.pace)
    }

    fn start(&self) -> Start<'_> {
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
        let a_day = match question.a_day.as_deref().map(str::trim) {
            None => self.usual_a_day(),
            Some(text) => {
                let wrong = || AppError::input(say!("a-day-wrong", text, most = MOST_A_DAY));
                let decimal: Decimal = text.parse().map_err(|_| wrong())?;
                let credits = Credits::rounded(decimal);
                if decimal.is_negative() || credits > MOST_A_DAY {
                    return Err(wrong());
                }
                credits
            }
        };
        let mut changes = Vec::new();
        for change in &question.changes {
            changes.extend(self.actions(change)?);
        }
        Ok(Supposed { until, a_day, changes, packs: question.packs })
    }

    fn invoice(&self, charge: &Charge) -> InvoiceView {
        crate::charges::view(charge, |invoice| self.naming.invoice(invoice))
    }

    fn view(&self, course: &course::Course, unchanged: bool) -> Course {
        Course {
            plan: course.plan.to_owned(),
            plan_name: self.naming.plan(course.plan),
            overage: course.overage,
            packs: false,
            unchanged,
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
            together_at_least: course.together_at_least,
            least: false,
            unfit: None,
            next_charge: course.next_charge.as_ref().map(|charge| self.invoice(charge)),
            invoices: course.invoices.iter().map(|charge| self.invoice(charge)).collect(),
            days: course.days.iter().map(day_view).collect(),
        }
    }

    fn choice(&self, choice: &Choice) -> Course {
        Course {
            plan: choice.plan.to_owned(),
            plan_name: self.naming.plan(choice.plan),
            overage: choice.overage,
            packs: choice.packs,
            least: choice.least,
            unfit: choice.unfit.filter(|_| choice.course.refused.is_none()).map(unfit_view),
            ..self.view(&choice.course, choice.unchanged)
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

    pub fn answer(&self, question: &WhatIf, saved: Vec<SavedWhatIf>) -> Result<WhatIfView, AppError> {
        let asked = self.understand(question)?;
        let current = self.ledger.account.current(self.at);
        let edition = self.timeline.edition();
        let plan = |plan: &Plan| WhatIfPlan {
            id: plan.id.clone(),
            name: plan.name.clone(),
            overage: edition.has_overage(plan),
            packs: plan.is_paid() && edition.has_packs(),
        };
        let most_a_day = course::most_a_day(&self.ledger, self.at, self.usual_a_day(), asked.a_day);
        let start = self.start();
        Ok(WhatIfView {
            of: self.of.clone(),
            opened: self.opened,
            as_of: self.at.to_string(),
            until: asked.until.to_string(),
            earliest: self.today().to_string(),
            latest: self.latest().to_string(),
            a_day: asked.a_day.to_string(),
            pace: text(self.pace),
            most_a_day: most_a_day.to_string(),
            plan: self.naming.plan(current.plan),
            overage: current.credits.overage.enabled,
            plans: edition.plans().iter().map(plan).collect(),
            use_is_known: self.use_is_known,
            chosen: Course {
                packs: asked.packs,
                ..self.view(&start.course(&asked, true), asked.changes.is_empty() && !asked.packs)
            },
            courses: course::choices(&start, &asked).iter().map(|choice| self.choice(choice)).collect(),
            saved,
        })
    }

    /// The account and what is supposed, as a scenario of the contract.
    pub fn scenario(&self, asked: &Supposed) -> Value {
        let supposed = self.start().events(asked);
        let known = self.timeline.events().iter().filter(|event| event.at <= self.at);
        let as_of = course::end_of(asked.until).max(self.at);
        scenario::write(&self.timeline.terms, as_of, known.chain(&supposed))
    }
}

fn unfit_view(unfit: Unfit) -> UnfitView {
    match unfit {
        Unfit::Pauses { on } => UnfitView::Pauses { on: on.to_string() },
        Unfit::TooSmall { allowance, needs } => {
            UnfitView::TooSmall { allowance: allowance.to_string(), needs: needs.to_string() }
        }
    }
}

fn day_view(day: &DayLeft) -> CourseDay {
    CourseDay { date: day.day.to_string(), left: day.left.to_string(), left_permille: day.left_permille }
}
