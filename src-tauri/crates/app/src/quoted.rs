//! What vendors last said, as it is kept: under which names, and how it is read back.

use crate::answers::{OverageRequestView, RequestState};
use crate::error::AppError;
use headroom_billing::person;
use headroom_exact::Moment;
use headroom_sources::kept;
use headroom_sources::observation::{GrantSnapshot, LimitsSnapshot, TeamSnapshot};
use headroom_store::Store;
use headroom_store::table::accounts::AccountId;
use headroom_store::table::live::OverageRequest;
use headroom_store::table::snapshots::Newest;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// The names under which Kiro's figures are kept: as its service says them, as its command line does, as the
/// IDE last showed them, as the IDE logged them.
pub(crate) const SERVICE: &str = "kiro-limits";
pub(crate) const COMMAND: &str = "kiro-command";
pub(crate) const IDE_STATE: &str = "kiro-ide-state";
pub(crate) const IDE_LOG: &str = "kiro-ide-log";
/// The name under which the models' multipliers are kept.
pub(crate) const MODELS: &str = "kiro-models";
/// The name under which Kilo's answers about a team are kept.
pub(crate) const TEAM: &str = "kilo-team";
/// The name under which it is kept what Kilo's service last told of spending.
pub(crate) const TOLD: &str = "kilo-usage-told";

/// The newest of what is kept under a name, or was by then, as far as it can be read.
pub(crate) fn newest<T: DeserializeOwned>(
    store: &Store,
    id: AccountId,
    source: &str,
    by: Option<Moment>,
) -> Result<Newest<T>, AppError> {
    Ok(store.newest_readable(id, source, by, kept::read)?)
}

/// When the newest of these was kept, if it can't be read and none that can be is newer.
pub(crate) fn lost<T: DeserializeOwned>(
    store: &Store,
    id: AccountId,
    sources: &[&str],
) -> Result<Option<Moment>, AppError> {
    let (mut lost, mut read) = (None, None);
    for source in sources {
        let newest = newest::<T>(store, id, source, None)?;
        lost = lost.max(newest.unreadable);
        read = read.max(newest.readable.map(|(at, _)| at));
    }
    Ok(lost.filter(|lost| read.is_none_or(|read| *lost > read)))
}

/// What Kiro last said of an account, and when.
#[derive(Clone, Debug)]
pub(crate) struct Quoted {
    pub at: Moment,
    pub limits: LimitsSnapshot,
}

impl Quoted {
    /// What Kiro had last said by then, if it ever did, wherever it said it. A kept answer that can't be read any
    /// more leaves the one before it, and is told beside the figures ([`crate::unreadable`]).
    pub(crate) fn newest(store: &Store, account: AccountId, by: Moment) -> Result<Option<Self>, AppError> {
        let mut last: Option<Self> = None;
        for source in [SERVICE, COMMAND, IDE_STATE, IDE_LOG] {
            // Of the same moment the service's own word counts.
            if let Some((at, limits)) = newest(store, account, source, Some(by))?.readable
                && last.as_ref().is_none_or(|known| known.at < at)
            {
                last = Some(Self { at, limits });
            }
        }
        Ok(last)
    }

    /// What it says of the cycle, where everything used in it can be told from bonus credits.
    pub(crate) fn of_cycle(&self, cycle_start: Moment) -> Option<person::Quoted> {
        let of_this_cycle = self.at >= cycle_start;
        // With a trial or a bonus in the cycle, what is used may or may not contain theirs (§1.2).
        let gone = |grant: &GrantSnapshot| grant.expires_at.is_some_and(|end| end <= cycle_start);
        let used = self.limits.used.filter(|_| of_this_cycle && self.limits.grants.iter().all(gone))?;
        let LimitsSnapshot { overage, overage_enabled, .. } = self.limits;
        Some(person::Quoted { at: self.at, used, overage, overage_enabled })
    }
}

/// What Kilo said of a team.
pub(crate) struct QuotedTeam {
    pub at: Moment,
    pub team: TeamSnapshot,
}

impl QuotedTeam {
    /// What Kilo had last said, or had by then, as far as it can be read; and when it said something newer that can't be.
    pub(crate) fn newest(
        store: &Store,
        id: AccountId,
        by: Option<Moment>,
    ) -> Result<(Option<Self>, Option<Moment>), AppError> {
        let newest = newest(store, id, TEAM, by)?;
        Ok((newest.readable.map(|(at, team)| Self { at, team }), newest.unreadable))
    }

    /// What Kilo said first from then on, as far as it can be read.
    pub(crate) fn since(store: &Store, id: AccountId, moment: Moment) -> Result<Option<Self>, AppError> {
        let first = store.first_readable(id, TEAM, moment, kept::read)?;
        Ok(first.map(|(at, team)| Self { at, team }))
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
}

/// The switch counts as not confirmed when the vendor doesn't show it after this long.
const CONFIRM_WITHIN: i64 = 60;

/// The switch as it was asked for, and whether the vendor shows it.
pub(crate) fn confirmation(
    request: OverageRequest,
    quoted: Option<&Quoted>,
    now: Moment,
) -> OverageRequestView {
    let seen = quoted.filter(|quoted| quoted.at >= request.at);
    let agrees = seen.and_then(|quoted| quoted.limits.overage_enabled) == Some(request.enabled);
    let state = if agrees {
        RequestState::Confirmed
    } else if now.seconds_since(request.at) < CONFIRM_WITHIN {
        RequestState::Requested
    } else {
        RequestState::NotConfirmed
    };
    OverageRequestView { enabled: request.enabled, at: request.at.to_string(), state }
}
