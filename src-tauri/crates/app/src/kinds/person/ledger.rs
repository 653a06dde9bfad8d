//! From what the store holds of one person's account to the engine's ledger.

use super::acts::{PersonActs, StatedFacts};
use super::vendors_plan::NotCharged;
use super::{opening, pools};
use crate::account::{self, Stated};
use crate::acts::counting;
use crate::answers::{AccountSummary, Facts, Kind, Naming};
use crate::catalog::is_one_plan;
use crate::chosen::of_kind;
use crate::days::just_before;
use crate::error::{AppError, ErrorCode};
use crate::quoted::Quoted;
use crate::weighed;
use chrono::Months;
use headroom_billing::Lists;
use headroom_billing::RefusalReason;
use headroom_billing::person::recorded::{self, EndedCycle};
use headroom_billing::person::{Action, Counted, Current, Event, Ledger, Pace, Timeline, recorded_until};
use headroom_exact::{Credits, Moment, Month, Period, Saying, say};
use headroom_sources::observation::Gap;
use headroom_store::Store;
use headroom_store::table::accounts::{Account, AccountId};
use headroom_store::table::events::Usage;
use headroom_store::table::live::LiveState;
use headroom_store::table::rollups::UsageTotals;
use std::collections::HashSet;

/// Everything needed to answer about an account at a moment.
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own about the account")]
pub(crate) struct Loaded {
    pub account: Account,
    /// What holds of the account now: the plan that its recorded changes led to, not the one first stated.
    pub facts: Facts,
    /// Whether the plan is the owner's word; else it is the vendor's.
    pub plan_is_stated: bool,
    /// Whether the plan is in no price list: its price isn't known, and of its credits what the vendor told.
    pub plan_is_unlisted: bool,
    /// Whether the owner has to choose a login first: until then nothing is known of what is left (V1).
    pub undecided: bool,
    /// In which months charges aren't known, and why.
    pub not_charged: Vec<NotCharged>,
    pub timeline: Timeline<'static>,
    /// When the switch was last turned here; none when its position comes from the facts.
    pub overage_set_at: Option<Moment>,
    /// Tasks that were metered before the account began, by its facts.
    pub tasks_before_sign_up: usize,
    /// What Kiro last said, and how it compares with the tasks recorded here.
    pub quoted: Option<Quoted>,
    pub recorded_by_then: Credits,
    /// Used elsewhere by Kiro's count: in the IDE, on another machine. It is part of every figure.
    pub elsewhere: Credits,
    /// Whether the account begins with what Kiro said, in this cycle or in one before (V10).
    pub is_told: bool,
    /// Up to when the figures are Kiro's count; none if they are computed from the recorded tasks alone.
    pub followed_until: Option<Moment>,
    pub live: LiveState,
    /// The packs and grants that were stated, each with the position of its event.
    pub pools: Vec<(pools::Stated, usize)>,
    usage_from_position: usize,
}

impl Loaded {
    /// The ledger as of the scenario's moment.
    pub fn ledger(&self) -> Result<Ledger, AppError> {
        Ok(Ledger::fold(&self.timeline, self.timeline.as_of)?)
    }

    /// The names its charges are shown with.
    pub fn naming(&self) -> Naming {
        let tax = self.timeline.terms.catalog.tax(self.timeline.terms.country);
        let tax_percent = self.facts.tax_percent.clone();
        let tax_name = tax.filter(|_| tax_percent.is_none()).map(|tax| tax.name.clone());
        Naming { edition: Some(self.timeline.edition()), tax_name, tax_percent }
    }

    /// How lists show it.
    pub fn summary(&self) -> Result<AccountSummary, AppError> {
        account::summary(
            &self.account,
            Stated {
                ready: true,
                plan: self.facts.plan.clone().filter(|_| self.plan_is_stated),
                facts: Some(self.facts.clone()),
                ..Stated::default()
            },
        )
    }

    /// What is recorded here of the running cycle beyond Kiro's count.
    pub fn recorded_more(&self) -> Option<Credits> {
        let by_vendor = self.quoted.as_ref().filter(|_| self.followed_until.is_some())?.limits.used?;
        let more = Counted { by_vendor, recorded: self.recorded_by_then }.recorded_more();
        more.is_positive().then_some(more)
    }

    /// Whether anything is known of the usage: a task was recorded, or Kiro said what was used this cycle.
    pub fn usage_is_known(&self, totals: &UsageTotals) -> bool {
        let recorded = totals.tasks > 0 && !self.plan_is_unlisted;
        !self.undecided && (recorded || self.followed_until.is_some())
    }

    /// Why nothing is known of it; none where something is.
    pub fn unknown(&self, totals: &UsageTotals) -> Option<Saying> {
        if self.usage_is_known(totals) {
            return None;
        }
        Some(if self.undecided {
            say!("left-undecided")
        } else if self.quoted.is_some() {
            say!("left-not-told")
        } else {
            say!("left-without-usage")
        })
    }

    /// Whether what is known of it are the tasks recorded here alone. The sample's are made up whole.
    pub const fn is_of_recorded_tasks_alone(&self) -> bool {
        self.followed_until.is_none() && !self.account.sample
    }

    /// Whether Kiro names another plan than this one.
    pub fn plan_named_otherwise(&self, plan: &str) -> bool {
        let named = self.quoted.as_ref().and_then(|quoted| quoted.limits.plan_name());
        named.is_some_and(|named| !is_one_plan(named, plan))
    }

    /// The error where no price list has the plan: what another one would cost beside it can't be said.
    pub fn check_is_listed(&self) -> Result<(), AppError> {
        self.price_unknown().map_or(Ok(()), |why| Err(AppError::new(ErrorCode::Refused, why)))
    }

    /// That it isn't known what the plan costs; none where it is.
    pub fn price_unknown(&self) -> Option<Saying> {
        let title = self.quoted.as_ref().and_then(|quoted| quoted.limits.plan_title.as_ref());
        self.plan_is_unlisted.then(|| match title {
            Some(plan) => say!("price-unlisted", plan),
            None => say!("price-of-no-plan"),
        })
    }

    /// An amount that follows from usage: not known while nothing is. Unknown is not zero.
    pub fn known(&self, totals: &UsageTotals, credits: Credits) -> Option<Credits> {
        self.usage_is_known(totals).then_some(credits)
    }

    /// The pace; none while nothing is known of the usage, or Kiro cut off what it told of it.
    pub fn pace(&self, totals: &UsageTotals, current: &Current) -> Option<Pace> {
        if self.is_cut_off() || !self.usage_is_known(totals) {
            return None;
        }
        Pace::at(&Current { cycle: self.cycle(current), ..current.clone() }, self.timeline.as_of)
    }

    /// Whether what Kiro told of the use is cut off at the limit.
    fn is_cut_off(&self) -> bool {
        let leads = self.quoted.as_ref().filter(|_| self.followed_until.is_some());
        leads.is_some_and(|quoted| quoted.limits.gaps.contains(&Gap::UsedAtLeast))
    }

    /// What of the use isn't known, so that there is no pace although enough of the cycle has passed; none where all of it is.
    pub fn use_unknown(&self, current: &Current) -> Option<Saying> {
        if self.is_cut_off() {
            return Some(say!("gap-used-at-least"));
        }
        (!current.credits.bonus_use_is_known).then(|| say!("bonus-use-unknown"))
    }

    /// The cycle whose credits Kiro counts: when it ends is the vendor's word where that leads, else the calendar month.
    pub fn cycle(&self, current: &Current) -> Period {
        self.renews_otherwise(current).unwrap_or(current.cycle)
    }

    /// Kiro's cycle, where it ends at another moment than the calendar month.
    pub fn renews_otherwise(&self, current: &Current) -> Option<Period> {
        let end = self.quoted.as_ref().filter(|_| self.followed_until.is_some())?.resets_at()?;
        if end == current.cycle.end || end <= self.timeline.as_of {
            return None;
        }
        let start = end.utc().checked_sub_months(Months::new(1)).map(Moment::from)?;
        (start <= self.timeline.as_of).then_some(Period { start, end })
    }

    /// Tasks that ran although, by the facts, requests were paused: the facts can't be complete. Those that
    /// Kiro's count holds are in every figure, and not among them.
    pub fn tasks_while_paused(&self, ledger: &Ledger) -> usize {
        let paused: HashSet<_> = ledger
            .refused
            .iter()
            .filter(|refusal| refusal.reason == RefusalReason::PausedAtLimit)
            .map(|refusal| refusal.event)
            .collect();
        let is_ours = |event: &&Event<'_>| {
            event.position >= self.usage_from_position
                && self.followed_until.is_none_or(|until| event.at > until)
        };
        let events = self.timeline.events().iter();
        events.filter(is_ours).filter(|event| paused.contains(&event.position)).count()
    }
}

/// Loads an account as of `now`.
pub(crate) fn load(store: &Store, id: AccountId, now: Moment) -> Result<Loaded, AppError> {
    load_at(store, id, now, now)
}

/// Loads an account as of `now` or of the end of a cycle before, by the facts as they are stated now. What of its usage
/// is needed for that, the engine says, so that the cost doesn't grow with history.
pub(crate) fn load_at(store: &Store, id: AccountId, as_of: Moment, now: Moment) -> Result<Loaded, AppError> {
    load_by(store, id, None, as_of, now)
}

/// The same by other price lists than the account goes by.
pub(crate) fn load_by(
    store: &Store,
    id: AccountId,
    lists: Option<Lists>,
    as_of: Moment,
    now: Moment,
) -> Result<Loaded, AppError> {
    let account = of_kind(store, id, Kind::KiroIndividual)?;
    let acts = counting(store.acts(id)?)?;
    let missing = || AppError::new(ErrorCode::FactsMissing, say!("facts-missing"));
    let quoted = Quoted::newest(store, id, as_of, now)?;
    let newest = if as_of == now { None } else { Quoted::newest(store, id, now, now)? };
    let stated = StatedFacts::with_vendor(StatedFacts::of(&acts)?, newest.as_ref().or(quoted.as_ref()));
    let stated = stated.ok_or_else(missing)?;
    let PersonActs { mut events, overage_set_at, pools } = stated.acts(&acts, now)?;
    let mut terms = stated.facts.terms()?;
    terms.lists = lists.unwrap_or(terms.lists);
    let signed_up_at = events.first().map_or(now, |sign_up| sign_up.at);
    // What was said before the account began, by its facts, says nothing of it.
    let quoted_since = quoted.as_ref().filter(|quoted| quoted.at >= signed_up_at);
    let told = quoted_since.and_then(|quoted| opening::of(quoted, terms.lists.at(quoted.at)));
    let after = match quoted_since.filter(|_| told.is_some()) {
        Some(quoted) => opening::give_way(quoted, terms.lists, &pools, &mut events),
        None => Vec::new(),
    };
    let facts = stated.held(&acts, now)?;
    let plan_is_unlisted = stated.is_on_unlisted_plan(&acts);
    let usage_from_position = events.iter().chain(&after).map(|event| event.position + 1).max().unwrap_or(0);
    let told = told.map(|told| (told.at, opening::begin(told, after)));
    let begins = told.iter().flat_map(|(_, begins)| begins.clone()).collect();
    let acts = Timeline::new(as_of, terms, events);
    let needed_from =
        recorded::needed_from(&Timeline::new(as_of, terms, acts.events().to_vec()).with(begins));
    let month = Month::of(as_of);
    let followed_until = told.as_ref().map(|(at, _)| *at).filter(|at| month.period().contains(*at));
    let ended = if as_of != now && told.is_none() { EndedCycle::of(&acts, month) } else { None };
    let usage = match ended {
        Some(ended) => usage_of_ended_cycle(store, id, &ended, month.period())?,
        None => store.usage(id, needed_from, as_of)?,
    };
    let tasks_before_sign_up = usage.iter().filter(|usage| usage.at < signed_up_at).count();
    let recorded_by_then = quoted.as_ref().map_or(Credits::ZERO, |quoted| {
        let tasks = usage.iter().map(|usage| (usage.at, usage.credits));
        recorded_until(quoted.at, month.period(), tasks)
    });
    let tasks = usage.iter().filter(|usage| usage.at >= signed_up_at && usage.credits.is_positive());
    let tasks = tasks.enumerate().map(|(place, usage)| Event {
        at: usage.at,
        position: usage_from_position + place,
        // The store keeps one row a key, so the engine needs no ids.
        action: Action::Usage { credits: usage.credits, on_auto: None, id: None },
    });
    let mut timeline = acts.with(tasks.collect());
    let is_told = told.is_some();
    if let Some((_, begins)) = told {
        timeline = timeline.with(begins);
    }
    let counted = quoted.as_ref().and_then(|quoted| quoted.limits.used);
    let counted = counted.filter(|_| followed_until.is_some());
    let counted = counted.map(|by_vendor| Counted { by_vendor, recorded: recorded_by_then });
    Ok(Loaded {
        account,
        facts,
        plan_is_stated: stated.plan_is_stated(),
        plan_is_unlisted,
        undecided: weighed::is_undecided(store, id, now)?,
        not_charged: stated.not_charged(newest.as_ref().or(quoted.as_ref()), now)?,
        timeline,
        overage_set_at,
        tasks_before_sign_up,
        quoted,
        recorded_by_then,
        elsewhere: counted.map_or(Credits::ZERO, Counted::elsewhere),
        is_told,
        followed_until,
        live: store.live_state(id)?,
        pools,
        usage_from_position,
    })
}

/// The usage of a cycle that has ended, summed by day where that changes no charge.
fn usage_of_ended_cycle(
    store: &Store,
    id: AccountId,
    ended: &EndedCycle<'_, '_>,
    cycle: Period,
) -> Result<Vec<Usage>, AppError> {
    let end = just_before(cycle.end);
    let mut usage = Vec::new();
    for day in store.days(id, cycle.start.date(), end.date())? {
        if let Some(at) = ended.stands_for(day.date)? {
            usage.push(Usage { at, credits: day.credits });
        } else {
            let midnight = Moment::on(day.date, 0);
            usage.extend(store.usage(id, midnight, just_before(midnight.plus_days(1)))?);
        }
    }
    Ok(usage)
}
