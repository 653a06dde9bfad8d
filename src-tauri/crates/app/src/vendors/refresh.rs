//! The vendors' own figures: asked for when it is time, kept as far as they were read, shown with their date.
//!
//! Nothing here waits with the store held: the vendor is asked first, then what it said is written. The
//! last good answer stays whatever happens after it.

use crate::account;
use crate::answers::RefreshView;
use crate::error::AppError;
use crate::vendors;
use crate::vendors::asking::Around;
use crate::vendors::schedule::{Asked, asks_by_itself, last_answer, may_be_asked, pause, waiting_time};
use crate::vendors::vendor::{About, Answer, Figures, Vendor, snapshot};
use headroom_exact::{Moment, Saying, say};
use headroom_sources::FetchError;
use headroom_store::Store;
use headroom_store::table::accounts::{Account, AccountId};
use headroom_store::table::live::{Failure, LiveState};

/// Asks the vendor for an account's figures: by hand not too soon after the last time, by itself only if somebody
/// agreed to that once and it is due ([`crate::vendors::schedule`]). A failure is kept beside the last good answer, and is no error.
pub(crate) fn refresh(
    around: &Around<'_>,
    id: AccountId,
    by_hand: bool,
    hidden: bool,
) -> Result<RefreshView, AppError> {
    let now = around.now();
    let known = Known::of(&around.store(), around, id, now)?;
    if let Some(vendor) = known.vendor
        && known.may_be_asked(by_hand, hidden, now)
        && let Some(_asking) = around.way_out.begin(id)
    {
        around.way_out.attempts.note(id, now, known.asked.turn);
        let about = known.about();
        match vendor.ask(around, &about)? {
            Answer::Good(figures) => keep(around, id, figures)?,
            Answer::Nobody(saying) => {
                keep_failure(around, &about, &saying, None)?;
                keep_what_is_shown_here(around, vendor, &about)?;
            }
            Answer::Failed(error) => {
                tracing::warn!(account = id.0, "refresh: {error}");
                keep_failure(around, &about, &Saying::from(&error), Some(&error))?;
                keep_what_is_shown_here(around, vendor, &about)?;
            }
        }
    }
    let store = around.store();
    view(&store, id, around.now(), hidden)
}

/// What is known of an account before its vendor is asked.
struct Known {
    account: Account,
    state: LiveState,
    vendor: Option<&'static dyn Vendor>,
    asked: Asked,
    /// Whether the vendor may be asked by itself now.
    agreed: bool,
    is_the_only_one: bool,
}

impl Known {
    fn of(store: &Store, around: &Around<'_>, id: AccountId, now: Moment) -> Result<Self, AppError> {
        let account = account::find(store, id)?;
        let vendor = vendors::of(&account)?;
        let state = store.live_state(id)?;
        Ok(Self {
            agreed: asks_by_itself(store, around.paths, vendor)?,
            asked: Asked::about(store, around.way_out, &account, &state, now)?,
            state,
            vendor,
            is_the_only_one: is_the_only_one(store, &account)?,
            account,
        })
    }

    fn about(&self) -> About<'_> {
        About { account: &self.account, state: &self.state, is_the_only_one: self.is_the_only_one }
    }

    /// Whether it is time to ask, and somebody wants it.
    fn may_be_asked(&self, by_hand: bool, hidden: bool, now: Moment) -> bool {
        let wanted = !self.account.hidden && !self.account.sample;
        wanted
            && if by_hand {
                self.asked.may_by_hand(now)
            } else {
                self.agreed && self.asked.is_due(hidden, now)
            }
    }
}

/// Whether figures that name nobody can only be this account's.
fn is_the_only_one(store: &Store, account: &Account) -> Result<bool, AppError> {
    let accounts = store.accounts()?;
    let of_the_kind = accounts.iter().filter(|known| !known.sample && known.kind == account.kind);
    Ok(of_the_kind.count() == 1)
}

/// Keeps what a vendor said, then asks for what comes after it.
fn keep(around: &Around<'_>, id: AccountId, figures: Figures) -> Result<(), AppError> {
    let now = around.now();
    let Figures { kept, identity, spend, then } = figures;
    let mut store = around.store();
    // A window may be open for weeks: what is asked again and again makes the day's copy too.
    crate::kept::copy_of_the_day(&mut store, now);
    store.write(|writing| {
        for (source, body) in kept {
            writing.append_snapshot(id, &snapshot(source, now, body))?;
        }
        if let Some(spend) = spend {
            for day in &spend.days {
                writing.append_reported(id, spend.source, day, now)?;
            }
        }
        writing.set_answer(id, identity.as_deref(), None, None).map_err(AppError::from)
    })?;
    drop(store);
    then.map_or(Ok(()), |then| then(around, id))
}

/// Keeps that asking failed, beside the last good answer.
fn keep_failure(
    around: &Around<'_>,
    about: &About<'_>,
    saying: &Saying,
    error: Option<&FetchError>,
) -> Result<(), AppError> {
    let now = around.now();
    let count = about.state.failure.as_ref().map_or(0, |failure| failure.count).saturating_add(1);
    let failure = Failure { at: now, reason: serde_json::to_string(saying)?, count };
    let retry_at = error.and_then(|error| retry_at(error, count, now));
    let identity = about.state.identity.as_deref();
    around.store().write(|writing| {
        let written = writing.set_answer(about.account.id, identity, Some(&failure), retry_at);
        written.map_err(AppError::from)
    })
}

fn keep_what_is_shown_here(
    around: &Around<'_>,
    vendor: &dyn Vendor,
    about: &About<'_>,
) -> Result<(), AppError> {
    let Some(shown) = vendor.shown_here(around, about)? else { return Ok(()) };
    let id = about.account.id;
    around.store().write(|writing| writing.append_snapshot(id, &shown).map_err(AppError::from))
}

/// Until when the vendor is left alone even by hand: one may try again at once, unless it asked for that itself.
fn retry_at(error: &FetchError, failures: u32, now: Moment) -> Option<Moment> {
    match error {
        FetchError::Throttled { until: Some(until), .. } => Some(until.moment(now)),
        FetchError::Throttled { until: None, .. } => Some(now.plus_seconds(waiting_time(failures, now))),
        FetchError::Suspended(_) => Some(now.plus_days(1)),
        FetchError::SignInAgain(_)
        | FetchError::Offline(_)
        | FetchError::TimedOut(_)
        | FetchError::CutOff(_)
        | FetchError::NotSupported(_)
        | FetchError::Server { .. }
        | FetchError::Unreadable { .. }
        | FetchError::Refused { .. }
        | FetchError::Redirected(_)
        | FetchError::TooLarge(_) => None,
    }
}

/// How asking about an account goes, and when it is asked again.
pub(crate) fn view(store: &Store, id: AccountId, now: Moment, hidden: bool) -> Result<RefreshView, AppError> {
    let state = store.live_state(id)?;
    let account = account::find(store, id)?;
    let vendor = vendors::of(&account)?;
    let last = last_answer(store, vendor, id)?;
    let agreed = may_be_asked(store, vendor)?;
    let wait = state
        .retry_at
        .map_or_else(|| pause(state.failure.as_ref(), hidden), |retry_at| retry_at.seconds_since(now).max(1));
    Ok(RefreshView {
        on: agreed && !account.sample,
        last_success: last.map(|at| at.to_string()),
        failure: state.failure.as_ref().map(|failure| said(&failure.reason)),
        failed_at: state.failure.map(|failure| failure.at.to_string()),
        next_in_seconds: u32::try_from(wait).unwrap_or(u32::MAX),
    })
}

/// Why asking failed, as it was kept; what a newer version kept is only said to have failed.
fn said(kept: &str) -> Saying {
    serde_json::from_str(kept).unwrap_or(say!("asked-in-vain"))
}
