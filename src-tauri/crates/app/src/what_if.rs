//! What-if: questions about days and changes that are only supposed, and the engine's answer (`person::course`) in words.

use crate::error::{AppError, ErrorCode};
use crate::export::{Export, file_name};
use crate::plans::refusal;
use crate::views::{
    AccountNumber, Course, CourseDay, InvoiceView, Naming, PlanRefusal, PlannedChange, SavedWhatIf, WhatIf,
    WhatIfPlan, WhatIfView, text,
};
use crate::{Headroom, facts};
use chrono::{Days, NaiveDate};
use headroom_billing::charges::Charge;
use headroom_billing::person::course::{self, Choice, DayLeft, RefusedChange, Start, Supposed};
use headroom_billing::person::{Action, Event, Ledger, Timeline, scenario};
use headroom_billing::{AccountKind, Catalog, Plan, Scenario};
use headroom_exact::{Credits, Decimal, Moment};
use headroom_sources::bounded::{self, LARGEST_WHOLE};
use headroom_store::table::accounts::AccountId;
use headroom_store::table::scenarios::SavedScenario;
use headroom_store::{Revision, Store};
use serde_json::Value;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

/// So far ahead can be looked.
const DAYS_AHEAD: u64 = 365;
/// While somebody drags, the account is not loaded anew for every question.
const FRESH: i64 = 30;
/// More than this a day is a slip of the pen.
const MOST_A_DAY: Credits = Credits::from_hundredths(100_000_000);

/// Where every question starts from.
struct Base {
    of: String,
    opened: bool,
    at: Moment,
    timeline: Timeline<'static>,
    ledger: Ledger,
    /// Credits a day so far.
    pace: Option<Credits>,
    /// Whether anything is known of what was used. Where nothing is, the running cycle's use is unknown, not zero.
    use_is_known: bool,
    naming: Naming,
}

/// What is kept between two questions.
#[derive(Default)]
pub(crate) struct Supposing {
    known: Mutex<Option<(i64, Revision, Arc<Base>)>>,
    opened: Mutex<Option<Arc<Base>>>,
}

impl Base {
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

    fn day(&self, name: &str, text: &str) -> Result<NaiveDate, AppError> {
        let day: NaiveDate = text.parse().map_err(|_| {
            AppError::input(format!("{name}: \"{text}\" is no date such as {}.", self.latest()))
        })?;
        let (earliest, latest) = (self.today(), self.latest());
        if day < earliest || day > latest {
            let span = format!("{name}: {day} is not between {earliest} and {latest}.");
            return Err(AppError::input(span));
        }
        Ok(day)
    }

    fn actions(&self, change: &PlannedChange) -> Result<Vec<(Moment, Action<'static>)>, AppError> {
        let day = self.day("Change", &change.on)?;
        let at = Moment::on(day, facts::NOON).max(self.at);
        let edition = self.timeline.terms.edition;
        let mut actions = Vec::new();
        if let Some(plan) = &change.plan {
            let unknown =
                || AppError::input(format!("Plan: \"{plan}\" is no plan; known are {}.", edition.plan_ids()));
            actions.push((at, Action::ChangePlan(edition.plan_named(plan).ok_or_else(unknown)?.rank)));
        }
        if let Some(enabled) = change.overage {
            actions.push((at, Action::SetOverage { enabled }));
        }
        Ok(actions)
    }

    fn understand(&self, question: &WhatIf) -> Result<Supposed, AppError> {
        let cycle_end = self.ledger.account.current(self.at).cycle.end;
        let last_day = cycle_end.plus_seconds(-1).date();
        let until = question.until.as_deref().map_or(Ok(last_day), |text| self.day("Day", text))?;
        let a_day = match question.a_day.as_deref().map(str::trim) {
            None => self.usual_a_day(),
            Some(text) => {
                let wrong = || {
                    AppError::input(format!("Credits a day: \"{text}\" is no amount from 0 to {MOST_A_DAY}."))
                };
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
        Ok(Supposed { until, a_day, changes })
    }

    fn invoice(&self, charge: &Charge) -> InvoiceView {
        InvoiceView { at_least: charge.at_least, ..self.naming.invoice(&charge.invoice) }
    }

    fn view(&self, course: &course::Course, unchanged: bool) -> Course {
        Course {
            plan: course.plan.to_owned(),
            plan_name: self.naming.plan(course.plan),
            overage: course.overage,
            unchanged,
            refused: course.refused.and_then(|refused| self.refused(refused)),
            run_out_on: text(course.run_out.map(|end| end.day)),
            pauses: course.run_out.is_some_and(|end| end.pauses),
            left: text(course.left),
            overage_credits: text(course.overage_credits),
            unserved: text(course.unserved),
            charged: course.charged.to_string(),
            charged_at_least: course.charged_at_least,
            together: course.together.to_string(),
            together_at_least: course.together_at_least,
            least: false,
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
            least: choice.least,
            ..self.view(&choice.course, choice.unchanged)
        }
    }

    /// Why a change is refused, as it is sent.
    fn refused(&self, refused: RefusedChange) -> Option<PlanRefusal> {
        let terms = &self.timeline.terms;
        match refused.plan {
            Some(plan) => Some(refusal(refused.reason, terms.country, terms.edition.plan_named(plan)?)),
            None => Some(PlanRefusal::NoOverage),
        }
    }

    fn answer(&self, question: &WhatIf, saved: Vec<SavedWhatIf>) -> Result<WhatIfView, AppError> {
        let asked = self.understand(question)?;
        let current = self.ledger.account.current(self.at);
        let edition = self.timeline.terms.edition;
        let plan = |plan: &Plan| WhatIfPlan {
            id: plan.id.clone(),
            name: plan.name.clone(),
            overage: edition.has_overage(plan),
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
            chosen: self.view(&start.course(&asked, true), asked.changes.is_empty()),
            courses: course::choices(&start, &asked).iter().map(|choice| self.choice(choice)).collect(),
            saved,
        })
    }

    /// The account and what is supposed, as a scenario of the contract.
    fn scenario(&self, asked: &Supposed) -> Value {
        let supposed = self.start().events(asked);
        let known = self.timeline.events().iter().filter(|event| event.at <= self.at);
        let as_of = course::end_of(asked.until).max(self.at);
        scenario::write(&self.timeline.terms, as_of, known.chain(&supposed))
    }
}

fn day_view(day: &DayLeft) -> CourseDay {
    CourseDay { date: day.day.to_string(), left: day.left.to_string(), left_permille: day.left_permille }
}

/// The same event without a tie to the text it was read from.
fn owned(event: &Event<'_>) -> Event<'static> {
    let action = match &event.action {
        Action::SignUp { trial } => Action::SignUp { trial: *trial },
        Action::ChangePlan(rank) => Action::ChangePlan(*rank),
        Action::SetOverage { enabled } => Action::SetOverage { enabled: *enabled },
        Action::Usage { credits, on_auto, id } => Action::Usage {
            credits: *credits,
            on_auto: *on_auto,
            id: id.as_ref().map(|id| id.clone().into_owned().into()),
        },
        Action::BuyCredits { amount, expires_at } => {
            Action::BuyCredits { amount: *amount, expires_at: *expires_at }
        }
    };
    Event { at: event.at, position: event.position, action }
}

/// A scenario's name: something to be read, and not too much of it.
fn scenario_name(name: &str) -> Result<&str, AppError> {
    let name = name.trim();
    if name.is_empty() || name.chars().count() > 60 || name.chars().any(char::is_control) {
        return Err(AppError::input("Name: give it 1 to 60 letters."));
    }
    Ok(name)
}

impl Headroom {
    fn base(&self, account: AccountNumber, opened: bool) -> Result<Arc<Base>, AppError> {
        if opened {
            let open = self.supposing.opened.lock().unwrap_or_else(PoisonError::into_inner).clone();
            return open.ok_or_else(|| AppError::input("The scenario is no longer open: open it again."));
        }
        let now = self.now();
        self.read(|store| self.base_of(store, account, now))
    }

    fn base_of(&self, store: &Store, account: AccountNumber, now: Moment) -> Result<Arc<Base>, AppError> {
        let revision = store.revision()?;
        let mut known = self.supposing.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((id, of, base)) = &*known
            && *id == account.0
            && *of == revision
            && (0..FRESH).contains(&now.seconds_since(base.at))
            && base.at.date() == now.date()
        {
            return Ok(Arc::clone(base));
        }
        let id = AccountId::from(account);
        let loaded = Self::load(store, id, now)?;
        let ledger = loaded.ledger()?;
        let use_is_known = loaded.usage_is_known(&store.usage_totals(id)?);
        let base = Arc::new(Base {
            of: loaded.account.name.clone(),
            opened: false,
            at: now,
            pace: course::used_a_day(&ledger, now).filter(|_| use_is_known),
            use_is_known,
            naming: loaded.naming(),
            ledger,
            timeline: loaded.timeline,
        });
        *known = Some((account.0, revision, Arc::clone(&base)));
        Ok(base)
    }

    /// Where a burn and changes would lead, beside every other choice.
    pub fn what_if(&self, account: AccountNumber, question: &WhatIf) -> Result<WhatIfView, AppError> {
        let saved = self.read(|store| Ok(store.scenarios(account.into())?))?;
        // One that a version before wrote in another way is not shown.
        let saved = saved.into_iter().filter_map(|saved| {
            Some(SavedWhatIf { question: serde_json::from_str(&saved.body).ok()?, name: saved.name })
        });
        self.base(account, question.opened)?.answer(question, saved.collect())
    }

    /// Keeps a question under a name; one of the same name is replaced.
    pub fn save_what_if(
        &self,
        account: AccountNumber,
        name: &str,
        question: &WhatIf,
    ) -> Result<(), AppError> {
        let name = scenario_name(name)?;
        let base = self.base(account, false)?;
        base.understand(question)?;
        let body = serde_json::to_string(&WhatIf { opened: false, ..question.clone() })?;
        let saved = SavedScenario { name: name.to_owned(), body };
        let now = self.now();
        self.store().write(|writing| Ok(writing.save_scenario(account.into(), &saved, now)?))
    }

    /// Forgets a question that was kept.
    pub fn forget_what_if(&self, account: AccountNumber, name: &str) -> Result<(), AppError> {
        self.store().write(|writing| Ok(writing.forget_scenario(account.into(), name).map(drop)?))
    }

    /// The account and what is supposed of it, as a scenario file of the contract.
    pub fn export_what_if(&self, account: AccountNumber, question: &WhatIf) -> Result<Export, AppError> {
        let base = self.base(account, question.opened)?;
        let asked = base.understand(question)?;
        let bytes = serde_json::to_vec_pretty(&base.scenario(&asked))?;
        Ok(Export { name: file_name(&base.of, Some("scenario"), "json"), bytes })
    }

    /// Opens a scenario file of one person, to suppose things of it as of its own moment.
    pub fn open_what_if(&self, path: &Path) -> Result<(), AppError> {
        let place = path.display();
        let outside =
            |error: &dyn std::fmt::Display| AppError::new(ErrorCode::Outside, format!("{place}: {error}."));
        let json = bounded::read(path, LARGEST_WHOLE).map_err(|error| outside(&error))?;
        let scenario = match Scenario::parse(&json).map_err(|error| outside(&error))? {
            Scenario::Individual(sourced) if sourced.events_from.is_none() => sourced.timeline,
            Scenario::Individual(_) => {
                return Err(outside(&"names a file of events; `headroom simulate` computes it"));
            }
            Scenario::Organisation(_) | Scenario::Team(_) => {
                return Err(outside(
                    &"is not of one person; `headroom simulate` and `headroom preview` compute it",
                ));
            }
        };
        let terms = scenario.terms;
        let events = scenario.events().iter().map(owned).collect();
        let timeline: Timeline<'static> = Timeline::new(scenario.as_of, terms, events);
        let ledger = Ledger::fold(&timeline, timeline.as_of).map_err(|error| outside(&error))?;
        let tax = Catalog::built_in().tax(terms.country);
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        let base = Base {
            of: name,
            opened: true,
            at: timeline.as_of,
            pace: course::used_a_day(&ledger, timeline.as_of),
            use_is_known: true,
            naming: Naming { edition: Some(terms.edition), tax_name: tax.map(|tax| tax.name.clone()) },
            ledger,
            timeline,
        };
        *self.supposing.opened.lock().unwrap_or_else(PoisonError::into_inner) = Some(Arc::new(base));
        Ok(())
    }
}
