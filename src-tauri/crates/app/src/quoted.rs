//! What vendors last said, as it is kept: under which names, and how it is read back.

pub(crate) mod counts;
pub(crate) mod own;

use crate::answers::{OverageRequestView, RequestState};
use crate::catalog::is_one_plan;
use crate::days::just_before;
use crate::error::AppError;
use crate::weighed;
use crate::whose::{Whose, is_same_user};
use chrono::{Months, NaiveDate};
use headroom_exact::{Moment, Month, Period, Saying, say};
use headroom_sources::kilo::usage::{KiloUsage, Scope};
use headroom_sources::observation::{Gap, LimitsSnapshot, TeamSnapshot};
use headroom_sources::wire::kept;
use headroom_sources::wire::missing::TeamPart;
use headroom_store::Store;
use headroom_store::table::accounts::AccountId;
use headroom_store::table::live::OverageRequest;
use headroom_store::table::snapshots::{Newest, Span};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// The names under which Kiro's figures are kept: as its service says them, as its command line does, as the
/// IDE last showed them, as the IDE logged them.
pub(crate) const SERVICE: &str = "kiro-limits";
pub(crate) const COMMAND: &str = "kiro-command";
pub(crate) const IDE_STATE: &str = "kiro-ide-state";
pub(crate) const IDE_LOG: &str = "kiro-ide-log";
/// The names under which answers are kept whose figures can't be right (rule V3): they lead nothing.
pub(crate) const SERVICE_ODD: &str = "kiro-limits-odd";
pub(crate) const COMMAND_ODD: &str = "kiro-command-odd";
/// The name under which it is kept that Kiro names another plan than it did.
pub(crate) const PLAN_CHANGE: &str = "kiro-plan-change";
/// The name under which the models' multipliers are kept.
pub(crate) const MODELS: &str = "kiro-models";
/// The name under which Kilo's answers about a team are kept.
pub(crate) const TEAM: &str = "kilo-team";
/// The name under which it is kept what Kilo's service last told of spending.
pub(crate) const TOLD: &str = "kilo-usage-told";

/// The newest of what was kept under a name by then, as far as it can be read.
pub(crate) fn newest<T: DeserializeOwned>(
    store: &Store,
    id: AccountId,
    source: &str,
    by: Moment,
) -> Result<Newest<T>, AppError> {
    Ok(store.newest_readable(id, source, Span::by(by), kept::read, |_, _| true)?)
}

/// When the newest of these was kept, if it can't be read and none that can be is newer.
pub(crate) fn lost<T: DeserializeOwned>(
    store: &Store,
    id: AccountId,
    sources: &[&str],
    now: Moment,
) -> Result<Option<Moment>, AppError> {
    let (mut lost, mut read) = (None, None);
    for source in sources {
        let newest = newest::<T>(store, id, source, now)?;
        lost = lost.max(newest.unreadable);
        read = read.max(newest.readable.map(|(at, _)| at));
    }
    Ok(lost.filter(|lost| read.is_none_or(|read| *lost > read)))
}

/// A reset so many days away, before or ahead, isn't one that can be read (rule V2).
const READABLE_DAYS: i64 = 62;

/// The reset that an answer of this moment names, if that can be one.
pub(crate) fn readable_reset(limits: &LimitsSnapshot, at: Moment) -> Option<Moment> {
    let away = |reset: &Moment| reset.seconds_since(at).abs() <= READABLE_DAYS * 86_400;
    limits.resets_at.filter(away)
}

/// A moment in the cycle that an answer of this moment is about (rule V2): its own, unless the cycle that ends at its reset
/// had ended by then, or hadn't begun.
fn speaks_of(limits: &LimitsSnapshot, at: Moment) -> Moment {
    let Some(reset) = readable_reset(limits, at) else { return at };
    let begins = reset.utc().checked_sub_months(Months::new(1)).map_or(reset, Moment::from);
    if begins > at { just_before(reset) } else { at.min(just_before(reset)) }
}

/// What Kiro last said of an account, and when.
#[derive(Clone, Debug)]
pub(crate) struct Quoted {
    /// As of when it speaks: a moment in the cycle that it is about.
    pub at: Moment,
    /// When it said so: later than that where it said the last word on a cycle that had ended.
    pub said_at: Moment,
    pub limits: LimitsSnapshot,
}

impl Quoted {
    /// What an answer of a moment says.
    pub(crate) fn of((said_at, mut limits): (Moment, LimitsSnapshot)) -> Self {
        for grant in limits.grants.iter_mut().chain(&mut limits.packs) {
            grant.expires_at = grant.ends_at(said_at);
        }
        Self { at: speaks_of(&limits, said_at), said_at, limits }
    }

    /// What leads as of a moment that isn't after `now`: what Kiro last said of that moment's cycle, wherever it said it,
    /// also if it said so shortly after the cycle's end. Where it said nothing of it, the last that it had said by then. A
    /// kept answer that can't be read any more leaves the one before it, and is told beside the figures
    /// ([`crate::unreadable`]). Nothing leads while the owner has to choose a login, and no answer of another user.
    pub(crate) fn newest(
        store: &Store,
        account: AccountId,
        as_of: Moment,
        now: Moment,
    ) -> Result<Option<Self>, AppError> {
        if weighed::is_undecided(store, account, now)? {
            return Ok(None);
        }
        let identity = store.live_state(account)?.identity;
        let whose = Whose::of(identity.as_deref());
        let is_ours = |limits: &LimitsSnapshot| whose.can_be_of(limits.user_id.as_deref());
        let cycle = Month::of(as_of).period();
        let ended = as_of == just_before(cycle.end);
        let by = if ended { cycle.end.plus_days(1).min(now) } else { as_of };
        let span = Span { since: Some(cycle.start), by };
        // Whatever day the vendor's cycle ends on: from then on its count is the last word on that one (V2).
        let goes_on = |at: Moment, limits: &LimitsSnapshot| {
            readable_reset(limits, at).is_none_or(|reset| reset > as_of)
        };
        let of_the_cycle = |at: Moment, limits: &LimitsSnapshot| {
            is_ours(limits) && cycle.contains(speaks_of(limits, at)) && goes_on(at, limits)
        };
        if let Some(quoted) = Self::last(store, account, span, of_the_cycle)? {
            return Ok(Some(Self { at: quoted.at.min(as_of), ..quoted }));
        }
        let last = Self::last(store, account, Span::by(as_of), |_, limits| is_ours(limits))?;
        Ok(last.map(|quoted| Self { at: quoted.at.min(just_before(cycle.start)), ..quoted }))
    }

    fn last(
        store: &Store,
        account: AccountId,
        span: Span,
        is_it: impl Fn(Moment, &LimitsSnapshot) -> bool,
    ) -> Result<Option<Self>, AppError> {
        let mut last: Option<Self> = None;
        for source in [SERVICE, COMMAND, IDE_STATE, IDE_LOG] {
            let newest = store.newest_readable(account, source, span, kept::read, &is_it)?;
            // Of the same moment the service's own word counts.
            if let Some(said) = newest.readable
                && last.as_ref().is_none_or(|known| known.said_at < said.0)
            {
                last = Some(Self::of(said));
            }
        }
        Ok(last)
    }

    /// Whether it is about this cycle.
    pub(crate) fn is_of(&self, cycle: Period) -> bool {
        cycle.contains(self.at)
    }

    /// When the credits renew, if that can be read.
    pub(crate) fn resets_at(&self) -> Option<Moment> {
        readable_reset(&self.limits, self.said_at)
    }

    /// What stands in it and isn't known all the same (V9).
    pub(crate) fn gaps(&self) -> Vec<Saying> {
        let far = self.limits.resets_at.is_some() && self.resets_at().is_none();
        let far = far.then_some(Gap::Reset).filter(|gap| !self.limits.gaps.contains(gap));
        let gaps = self.limits.gaps.iter().copied().chain(far);
        let said = |gap| match gap {
            Gap::Reset => say!("gap-reset"),
            Gap::Charge => say!("gap-charge"),
            Gap::Currency => say!("gap-currency"),
            Gap::Switch => say!("gap-switch"),
            Gap::UsedAtLeast => say!("gap-used-at-least"),
            Gap::Pool => say!("gap-pool"),
        };
        gaps.map(said).collect()
    }
}

/// That Kiro names another plan than it did in the answer that led before: at which moment between the two that changed
/// isn't known (V10).
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PlanChange {
    /// The plan that it named before, as it wrote it.
    pub before: String,
    /// When it named that last.
    pub until: String,
    /// The plan that it names now.
    pub after: String,
    /// When it named that first.
    pub since: String,
}

impl PlanChange {
    /// Between the answer that led before and one of the same user; none where both name one plan, or one names none.
    pub(crate) fn between(known: &Quoted, limits: &LimitsSnapshot, at: Moment) -> Option<Self> {
        let users = known.limits.user_id.as_deref().zip(limits.user_id.as_deref());
        let (before, after) = known.limits.plan_title.as_deref().zip(limits.plan_title.as_deref())?;
        let is_other = users.is_some_and(|(one, other)| !is_same_user(one, other));
        if is_other || at <= known.said_at || is_one_plan(before, after) {
            return None;
        }
        let (before, after) = (before.to_owned(), after.to_owned());
        Some(Self { before, until: known.said_at.to_string(), after, since: at.to_string() })
    }

    /// The last one, if it was in the running cycle and led to the plan that Kiro names now.
    pub(crate) fn newest(
        store: &Store,
        account: AccountId,
        quoted: Option<&Quoted>,
        now: Moment,
    ) -> Result<Option<Self>, AppError> {
        let Some(title) = quoted.and_then(|quoted| quoted.limits.plan_title.as_deref()) else {
            return Ok(None);
        };
        let cycle = Month::of(now).period();
        let newest = newest::<Self>(store, account, PLAN_CHANGE, now)?.readable.map(|(_, changed)| changed);
        let now_named = |changed: &Self| {
            let since = changed.since.parse::<Moment>();
            since.is_ok_and(|since| cycle.contains(since)) && is_one_plan(&changed.after, title)
        };
        Ok(newest.filter(now_named))
    }
}

/// What Kilo said of a team.
pub(crate) struct QuotedTeam {
    pub at: Moment,
    pub team: TeamSnapshot,
    /// When it said what is left.
    pub balance_at: Moment,
    /// When it said which credits are left.
    pub blocks_at: Moment,
}

impl QuotedTeam {
    fn of((at, team): (Moment, TeamSnapshot)) -> Self {
        Self { at, team, balance_at: at, blocks_at: at }
    }

    /// What leads by then: what Kilo had last said, and of a question that it didn't answer then what it had answered last
    /// (V3).
    pub(crate) fn leading(store: &Store, id: AccountId, by: Moment) -> Result<Option<Self>, AppError> {
        let Some(mut quoted) = Self::newest(store, id, by)?.0 else { return Ok(None) };
        let parts: Vec<_> = quoted.team.missing.iter().map(|missing| missing.part).collect();
        for part in parts {
            if let Some(before) = Self::answering(store, id, part, by)? {
                quoted.take(part, before);
            }
        }
        Ok(Some(quoted))
    }

    /// The last in which that question was answered.
    pub(crate) fn answering(
        store: &Store,
        id: AccountId,
        part: TeamPart,
        by: Moment,
    ) -> Result<Option<Self>, AppError> {
        let answers = |_, team: &TeamSnapshot| team.missing.iter().all(|missing| missing.part != part);
        let newest = store.newest_readable(id, TEAM, Span::by(by), kept::read, answers)?;
        Ok(newest.readable.map(Self::of))
    }

    /// Takes what a question alone answers.
    fn take(&mut self, part: TeamPart, before: Self) {
        let Self { at, team: earlier, .. } = before;
        let team = &mut self.team;
        match part {
            TeamPart::Seats => {
                team.seats = team.seats.or(earlier.seats);
                team.seats_taken = team.seats_taken.or(earlier.seats_taken);
            }
            TeamPart::PaidSeats => {
                (team.seats_paid, team.seats_next) = (earlier.seats_paid, earlier.seats_next);
                team.seats_paid_next = earlier.seats_paid_next;
                team.subscription = earlier.subscription;
            }
            TeamPart::Credits => {
                team.purchases = earlier.purchases;
                if earlier.blocks.is_some() {
                    (team.blocks, self.blocks_at) = (earlier.blocks, at);
                }
            }
            TeamPart::Balance => {
                if team.balance.is_none() && earlier.balance.is_some() {
                    (team.balance, self.balance_at) = (earlier.balance, at);
                }
            }
            TeamPart::Pass => team.pass = earlier.pass,
            TeamPart::PassMonth => {
                let month = earlier.pass.and_then(|pass| pass.month);
                if let Some(pass) = team.pass.as_mut() {
                    pass.month = pass.month.take().or(month);
                }
            }
            TeamPart::TopUp => {
                team.auto_top_up = team.auto_top_up.or(earlier.auto_top_up);
                team.top_up_amount = team.top_up_amount.or(earlier.top_up_amount);
            }
            // Members are told all the same, and what was spent is kept day by day.
            TeamPart::Members | TeamPart::Spending => {}
        }
    }

    /// What Kilo had last said by then, as far as it can be read; and when it said something newer that can't be.
    pub(crate) fn newest(
        store: &Store,
        id: AccountId,
        by: Moment,
    ) -> Result<(Option<Self>, Option<Moment>), AppError> {
        let newest = newest(store, id, TEAM, by)?;
        Ok((newest.readable.map(Self::of), newest.unreadable))
    }

    /// What Kilo said first from then on and until `now`, as far as it can be read.
    pub(crate) fn since(
        store: &Store,
        id: AccountId,
        moment: Moment,
        now: Moment,
    ) -> Result<Option<Self>, AppError> {
        let first = store.first_readable(id, TEAM, (moment, now), kept::read)?;
        Ok(first.map(Self::of))
    }
}

/// What Kilo's service last told of spending.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Told {
    /// Of everybody; else of the login alone.
    pub everyone: bool,
    /// Whether there was more than it gives at once: then sums are too low.
    pub cut: bool,
    /// The first day of which all was told; noted only where something of the month of the answer was before it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<NaiveDate>,
}

impl Told {
    /// What the service told, as it is kept, on this day.
    pub(crate) fn of(usage: &KiloUsage, today: NaiveDate) -> Self {
        let first = Month::of_date(today).first_date();
        Self {
            everyone: usage.scope == Scope::Everyone,
            cut: usage.cut,
            since: Some(usage.since).filter(|since| *since > first),
        }
    }
}

/// The switch counts as not confirmed when the vendor doesn't show it after this long.
const CONFIRM_WITHIN: i64 = 60;

/// The switch as it was asked for, and whether the vendor shows it; none of what was asked at a moment that lies ahead.
pub(crate) fn confirmation(
    request: OverageRequest,
    quoted: Option<&Quoted>,
    now: Moment,
) -> Option<OverageRequestView> {
    let at = request.at.by(now)?;
    let seen = quoted.filter(|quoted| quoted.said_at >= at);
    let agrees = seen.and_then(|quoted| quoted.limits.overage_enabled) == Some(request.enabled);
    let state = if agrees {
        RequestState::Confirmed
    } else if now.seconds_since(at) < CONFIRM_WITHIN {
        RequestState::Requested
    } else {
        RequestState::NotConfirmed
    };
    Some(OverageRequestView { enabled: request.enabled, at: at.to_string(), state })
}
