//! What-if: the account as it stands, and days and changes that are only supposed, through the same fold.
//!
//! A day is one task at its last second. That is exact for every charge: overage is charged on the sum, and with
//! overage off nothing beyond the plan is.

use crate::days::days_between;
use crate::error::{AppError, ErrorCode};
use crate::export::{Export, file_name};
use crate::plans::refusal;
use crate::views::{
    AccountNumber, Course, CourseDay, InvoiceView, Naming, PlanRefusal, PlannedChange, SavedWhatIf, WhatIf,
    WhatIfPlan, WhatIfView,
};
use crate::{Headroom, facts};
use chrono::{Days, NaiveDate};
use headroom_billing::person::Pace;
use headroom_billing::person::{Action, Current, Event, Ledger, Timeline, scenario};
use headroom_billing::{AccountKind, Catalog, LineKind, Plan, Refusal, Scenario, ScenarioError};
use headroom_exact::{Credits, Decimal, Moment, Money, Month, Saying, say};
use headroom_sources::bounded::{self, LARGEST_WHOLE};
use headroom_store::table::accounts::AccountId;
use headroom_store::table::scenarios::SavedScenario;
use headroom_store::{Revision, Store};
use serde_json::Value;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

const DAY: i64 = 86_400;
/// So far ahead can be looked.
const DAYS_AHEAD: u64 = 365;
/// While somebody drags, the account is not loaded anew for every question.
const FRESH: i64 = 30;
/// More than this a day is a slip of the pen.
const MOST_A_DAY: i128 = 100_000_000;

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

/// The last second of a day.
fn end_of(day: NaiveDate) -> Moment {
    Moment::on(day, 0).plus_seconds(DAY - 1)
}

/// What is used so far, by the day.
fn pace(ledger: &Ledger, at: Moment) -> Option<Credits> {
    let current = ledger.account.current(at);
    Pace::at(&current, at)?;
    let passed = at.seconds_since(current.cycle.start);
    Some(current.credits.used.share(i128::from(DAY), i128::from(passed)))
}

/// Where a choice leads, and everything it charges as an amount to compare.
struct Supposed {
    course: Course,
    together: Money,
}

/// A question, understood.
struct Asked {
    until: NaiveDate,
    a_day: Credits,
    changes: Vec<(Moment, Action<'static>)>,
}

impl Base {
    fn today(&self) -> NaiveDate {
        self.at.date()
    }

    fn latest(&self) -> NaiveDate {
        self.today().checked_add_days(Days::new(DAYS_AHEAD)).unwrap_or(self.today())
    }

    /// Without a pace, the plan spread evenly over the cycle is supposed.
    fn usual_a_day(&self) -> Credits {
        let current = self.ledger.account.current(self.at);
        let even = || current.credits.plan.allowance.share(1, i128::from(current.cycle.days()));
        self.pace.unwrap_or_else(even)
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
        let at = Moment::on(day, facts::NOON).max(self.at);
        let edition = self.timeline.terms.edition;
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

    fn understand(&self, question: &WhatIf) -> Result<Asked, AppError> {
        let cycle_end = self.ledger.account.current(self.at).cycle.end;
        let last_day = cycle_end.plus_seconds(-1).date();
        let until = question.until.as_deref().map_or(Ok(last_day), |text| self.day(say!("day"), text))?;
        let a_day = match question.a_day.as_deref().map(str::trim) {
            None => self.usual_a_day(),
            Some(text) => {
                let wrong = || {
                    AppError::input(say!("a-day-wrong", text, most = Credits::from_hundredths(MOST_A_DAY)))
                };
                let decimal: Decimal = text.parse().map_err(|_| wrong())?;
                let credits = Credits::rounded(decimal);
                if decimal.is_negative() || credits.hundredths() > MOST_A_DAY {
                    return Err(wrong());
                }
                credits
            }
        };
        let mut changes = Vec::new();
        for change in &question.changes {
            changes.extend(self.actions(change)?);
        }
        Ok(Asked { until, a_day, changes })
    }

    /// The supposed days and changes, in time order.
    fn events(&self, asked: &Asked, changes: &[(Moment, Action<'static>)]) -> Vec<Event<'static>> {
        let first = self.timeline.events().len();
        let changes = changes.iter().cloned().map(|(at, action)| Event { at, position: 0, action });
        let used = days_between(self.today(), asked.until).filter_map(|day| {
            let at = end_of(day);
            let rest = at.plus_seconds(1).seconds_since(self.at).clamp(0, DAY);
            let credits = asked.a_day.share(i128::from(rest), i128::from(DAY));
            let action = Action::Usage { credits, on_auto: None, id: None };
            (credits.is_positive() && at > self.at).then_some(Event { at, position: 0, action })
        });
        let mut events: Vec<_> = changes.chain(used).collect();
        events.sort_by_key(|event| event.at);
        for (position, event) in (first..).zip(&mut events) {
            event.position = position;
        }
        events
    }

    /// Whether it is known what is left of an account that stands like this. Where no usage is known, it is from the
    /// next cycle on, which begins with all of its plan's credits: unless a bonus or a pack reaches into it, of which
    /// the running cycle took nobody knows how much.
    fn knows_what_is_left(&self, current: &Current) -> bool {
        let begins_whole = current.cycle.start > self.at;
        let bonus = current.credits.bonus.as_ref();
        let no_bonus = bonus.is_none_or(|bonus| bonus.expires_at <= current.cycle.start);
        let no_packs = current.credits.packs.as_ref().is_none_or(Vec::is_empty);
        self.use_is_known || (begins_whole && no_bonus && no_packs)
    }

    /// Where the days lead with these changes; day by day if that is wanted.
    fn course(&self, asked: &Asked, changes: &[(Moment, Action<'static>)], by_day: bool) -> Supposed {
        let mut ledger = self.ledger.clone();
        let (charged_before, refused_before) = (ledger.invoices.len(), ledger.refused.len());
        let events = self.events(asked, changes);
        let mut unserved = Credits::ZERO;
        // Of days on which what is left isn't known: whether overage might be charged for them, and whether
        // requests might pause.
        let (mut may_be_charged, mut may_pause) = (false, false);
        let mut run_out = None;
        let mut left_by_day = Vec::new();
        let mut next_event = events.iter().peekable();
        for day in days_between(self.today(), asked.until) {
            let end = end_of(day).max(self.at);
            while let Some(event) = next_event.next_if(|event| event.at <= end) {
                if let Action::Usage { credits, .. } = event.action {
                    ledger.advance(event.at);
                    let before = ledger.account.current(event.at).credits;
                    if !before.overage.enabled {
                        unserved = unserved.plus(credits.less_at_most_all(before.left()));
                    }
                }
                ledger.apply(event);
            }
            ledger.advance(end);
            let current = ledger.account.current(end);
            if !self.knows_what_is_left(&current) {
                may_be_charged |= current.credits.overage.enabled;
                may_pause |= !current.credits.overage.enabled;
                continue;
            }
            let left = current.credits.left();
            if left.is_zero() && run_out.is_none() {
                run_out = Some((day, !current.credits.overage.enabled));
            }
            if by_day {
                left_by_day.push((day, left));
            }
        }
        let end = end_of(asked.until).max(self.at);
        let current = ledger.account.current(end);
        let is_known = self.knows_what_is_left(&current);
        let invoices = ledger.invoices.get(charged_before..).unwrap_or_default();
        let overage = invoices.iter().flat_map(|invoice| &invoice.lines).filter_map(|line| {
            match (line.kind, &line.quantity) {
                (LineKind::Overage, Some(headroom_billing::Quantity::Credits(credits))) => Some(*credits),
                _ => None,
            }
        });
        let plan = ledger.account.plan();
        let charged: Money = invoices.iter().map(|invoice| invoice.total).sum();
        let together = current.next_charge.as_ref().map_or(charged, |next| charged.plus(next.total));
        // Overage of the running cycle is charged at its end: what is charged before is known whole.
        let running_cycle = self.ledger.account.current(self.at).cycle;
        let cycle_ended = current.cycle.start > self.at;
        let overage_credits = overage.sum::<Credits>().plus(current.credits.overage.credits);
        let course = Course {
            plan: plan.id.clone(),
            plan_name: plan.name.clone(),
            overage: current.credits.overage.enabled,
            unchanged: changes.is_empty(),
            refused: self.refused(ledger.refused.get(refused_before..).unwrap_or_default(), &events),
            run_out_on: run_out.map(|(day, _)| day.to_string()),
            pauses: run_out.is_some_and(|(_, pauses)| pauses),
            left: is_known.then(|| current.credits.left().to_string()),
            overage_credits: (!may_be_charged).then(|| overage_credits.to_string()),
            unserved: (!may_pause).then(|| unserved.to_string()),
            charged: charged.to_string(),
            charged_at_least: may_be_charged && cycle_ended,
            together: together.to_string(),
            together_at_least: may_be_charged,
            least: false,
            next_charge: current.next_charge.as_ref().map(|invoice| InvoiceView {
                at_least: may_be_charged && !cycle_ended,
                ..self.naming.invoice(invoice)
            }),
            invoices: invoices
                .iter()
                .map(|invoice| InvoiceView {
                    at_least: may_be_charged && invoice.issued_at == running_cycle.end,
                    ..self.naming.invoice(invoice)
                })
                .collect(),
            days: course_days(&left_by_day),
        };
        Supposed { course, together }
    }

    /// Why the first change that is refused is.
    fn refused(&self, refused: &[Refusal], events: &[Event<'static>]) -> Option<PlanRefusal> {
        let terms = &self.timeline.terms;
        refused.iter().find_map(|refusal_of| {
            let event = events.iter().find(|event| event.position == refusal_of.event)?;
            match event.action {
                Action::ChangePlan(rank) => {
                    Some(refusal(refusal_of.reason, terms.country, terms.edition.plan(rank)))
                }
                Action::SetOverage { .. } => Some(PlanRefusal::NoOverage),
                _ => None,
            }
        })
    }

    /// Each plan with and without overage, chosen now.
    fn courses(&self, asked: &Asked) -> Vec<Course> {
        let edition = self.timeline.terms.edition;
        let current = self.ledger.account.current(self.at);
        let own = self.ledger.account.plan();
        let mut courses = Vec::new();
        for plan in edition.plans() {
            for overage in [false, true] {
                if overage && !has_overage(edition, plan) {
                    continue;
                }
                let mut changes = Vec::new();
                let stays = plan.rank == own.rank && current.next_plan.is_none();
                if !stays {
                    changes.push((self.at, Action::ChangePlan(plan.rank)));
                }
                // The switch can be on while the plan is paid for: on the way to Free it is left as it is.
                if has_overage(edition, plan) && overage != current.credits.overage.enabled {
                    changes.push((self.at, Action::SetOverage { enabled: overage }));
                }
                let mut supposed = self.course(asked, &changes, false);
                supposed.course.plan.clone_from(&plan.id);
                supposed.course.plan_name.clone_from(&plan.name);
                supposed.course.overage = overage;
                courses.push(supposed);
            }
        }
        let days = Month::of_date(asked.until).period().days();
        let month = Credits::from_hundredths(asked.a_day.hundredths().saturating_mul(days.into()));
        let serves = |course: &Course| {
            let plan = edition.plan_named(&course.plan);
            course.overage || plan.is_some_and(|plan| plan.allowance >= month)
        };
        // What might pause or be charged more isn't known then, so no choice is known to be the least.
        if self.use_is_known {
            mark_least(&mut courses, serves);
        }
        courses.into_iter().map(|supposed| supposed.course).collect()
    }

    /// The most that is worth dragging to: four times the usual, and enough for what the plan gives in ten days.
    fn most_a_day(&self, asked: &Asked) -> Credits {
        let allowance = self.ledger.account.current(self.at).credits.plan.allowance;
        let most = self.usual_a_day().hundredths().saturating_mul(4).max(allowance.share(1, 10).hundredths());
        let tens = most.max(asked.a_day.hundredths()).max(1_000).saturating_add(999) / 1_000;
        Credits::from_hundredths(tens.saturating_mul(1_000))
    }

    fn answer(&self, question: &WhatIf, saved: Vec<SavedWhatIf>) -> Result<WhatIfView, AppError> {
        let asked = self.understand(question)?;
        let current = self.ledger.account.current(self.at);
        let edition = self.timeline.terms.edition;
        let plan = |plan: &Plan| WhatIfPlan {
            id: plan.id.clone(),
            name: plan.name.clone(),
            overage: has_overage(edition, plan),
        };
        Ok(WhatIfView {
            of: self.of.clone(),
            opened: self.opened,
            as_of: self.at.to_string(),
            until: asked.until.to_string(),
            earliest: self.today().to_string(),
            latest: self.latest().to_string(),
            a_day: asked.a_day.to_string(),
            pace: self.pace.map(|pace| pace.to_string()),
            most_a_day: self.most_a_day(&asked).to_string(),
            plan: self.naming.plan(current.plan),
            overage: current.credits.overage.enabled,
            plans: edition.plans().iter().map(plan).collect(),
            use_is_known: self.use_is_known,
            chosen: self.course(&asked, &asked.changes, true).course,
            courses: self.courses(&asked),
            saved,
        })
    }

    /// The account and what is supposed, as a scenario of the contract.
    fn scenario(&self, asked: &Asked) -> Value {
        let supposed = self.events(asked, &asked.changes);
        let known = self.timeline.events().iter().filter(|event| event.at <= self.at);
        let as_of = end_of(asked.until).max(self.at);
        scenario::write(&self.timeline.terms, as_of, known.chain(&supposed))
    }
}

/// Marks where least is charged. A choice on which requests pause is no fair comparison, nor is one that would not
/// serve a whole month of this burn: a smaller plan begins only when the cycle ends.
fn mark_least(courses: &mut [Supposed], serves: impl Fn(&Course) -> bool) {
    let mut fair: Vec<_> = courses
        .iter_mut()
        .filter(|Supposed { course, .. }| course.refused.is_none() && !course.pauses && serves(course))
        .collect();
    let least = fair.iter().map(|supposed| supposed.together).min();
    if fair.len() > 1 {
        for supposed in &mut fair {
            supposed.course.least = Some(supposed.together) == least;
        }
    }
}

fn has_overage(edition: &headroom_billing::Edition, plan: &Plan) -> bool {
    plan.is_paid() && edition.packs.is_none()
}

fn course_days(left: &[(NaiveDate, Credits)]) -> Vec<CourseDay> {
    let most = left.iter().map(|(_, left)| left.hundredths()).max().unwrap_or(0);
    let day = |(date, left): &(NaiveDate, Credits)| CourseDay {
        date: date.to_string(),
        left: left.to_string(),
        left_permille: headroom_exact::division::permille(left.hundredths(), most),
    };
    left.iter().map(day).collect()
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
        return Err(AppError::input(say!("name-wrong", most = 60_u32)));
    }
    Ok(name)
}

impl Headroom {
    fn base(&self, account: AccountNumber, opened: bool) -> Result<Arc<Base>, AppError> {
        if opened {
            let open = self.supposing.opened.lock().unwrap_or_else(PoisonError::into_inner).clone();
            return open.ok_or_else(|| AppError::input(say!("scenario-closed")));
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
            pace: pace(&ledger, now).filter(|_| use_is_known),
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
        let outside = |reason: Saying| AppError::new(ErrorCode::Outside, say!("file-because", path, reason));
        let no_scenario = |error: ScenarioError| outside(say!("no-scenario", reason = error.to_string()));
        let json = bounded::read(path, LARGEST_WHOLE).map_err(|error| outside(error.into()))?;
        let scenario = match Scenario::parse(&json).map_err(no_scenario)? {
            Scenario::Individual(sourced) if sourced.events_from.is_none() => sourced.timeline,
            Scenario::Individual(_) => {
                return Err(outside(say!("scenario-of-lines")));
            }
            Scenario::Organisation(_) | Scenario::Team(_) => {
                return Err(outside(say!("scenario-of-others")));
            }
        };
        let terms = scenario.terms;
        let events = scenario.events().iter().map(owned).collect();
        let timeline: Timeline<'static> = Timeline::new(scenario.as_of, terms, events);
        let ledger = Ledger::fold(&timeline, timeline.as_of).map_err(|error| no_scenario(error.into()))?;
        let tax = Catalog::built_in().tax(terms.country);
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        let base = Base {
            of: name,
            opened: true,
            at: timeline.as_of,
            pace: pace(&ledger, timeline.as_of),
            use_is_known: true,
            naming: Naming { edition: Some(terms.edition), tax_name: tax.map(|tax| tax.name.clone()) },
            ledger,
            timeline,
        };
        *self.supposing.opened.lock().unwrap_or_else(PoisonError::into_inner) = Some(Arc::new(base));
        Ok(())
    }
}
