//! What Headroom can read on this machine, and what helps where it can't.

use crate::answers::{SourceState, SourceView};
use crate::chores::NotCopied;
use crate::error::AppError;
use crate::machine::clock;
use crate::machine::paths::Paths;
use crate::vendors::asking::Around;
use crate::vendors::{self, refresh};
use crate::{settings, unreadable as kept};
use headroom_exact::saying::Value;
use headroom_exact::{Heard, Moment, Saying, say};
use headroom_store::table::accounts::Account;
use headroom_store::{Store, copies};

fn recorded_of(account: &Account) -> Saying {
    say!("recorded-of", account = &account.name)
}

/// Every source with its state. Nothing is asked of anybody, and no token is looked at closer than
/// whether it is there and for how long it is good.
pub(crate) fn sources(around: &Around<'_>) -> Vec<SourceView> {
    let paths = around.paths;
    let here = vendors::ALL.iter().flat_map(|vendor| vendor.doctor(around));
    let mut views: Vec<_> =
        here.map(|view| view.unwrap_or_else(|error| database_failed(paths, &error))).collect();
    let now = around.now();
    let store = around.store();
    // Whatever else fails, what is in order is told beside it.
    let parts = [
        clock(&store, now),
        figures(&store, now),
        records(&store, paths, now),
        answers(&store, paths),
        copies(&store),
    ];
    let parts = parts.map(|part| part.unwrap_or_else(|error| vec![database_failed(paths, &error)]));
    let mut recorded: Vec<SourceView> = Vec::new();
    for view in parts.into_iter().flatten() {
        if !recorded.contains(&view) {
            recorded.push(view);
        }
    }
    views.extend(recorded);
    views
}

fn database_failed(paths: &Paths, error: &AppError) -> SourceView {
    unreadable(paths, say!("headroom-database"), error.saying.clone())
}

/// Something recorded that can't be read.
fn unreadable(paths: &Paths, source: Saying, advice: Saying) -> SourceView {
    SourceView::unreadable(source, Some(Value::from(&paths.database())), advice)
}

/// What is recorded and can't be read any more, account by account, and of the settings.
fn records(store: &Store, paths: &Paths, now: Moment) -> Result<Vec<SourceView>, AppError> {
    let mut views = Vec::new();
    for account in store.accounts()? {
        for record in kept::of(store, &account, now)? {
            views.push(unreadable(paths, recorded_of(&account), Saying::from(&record)));
        }
    }
    let (_, notices) = settings::read(store)?;
    views.extend(notices.into_iter().map(|notice| unreadable(paths, say!("headroom-settings"), notice)));
    Ok(views)
}

/// What is damaged of vendors' answers, and what helps.
fn answers(store: &Store, paths: &Paths) -> Result<Vec<SourceView>, AppError> {
    let accounts = store.accounts()?;
    let mut views = Vec::new();
    for (id, damaged) in store.damaged_snapshots()? {
        let account = accounts.iter().find(|account| Some(account.id) == id);
        let source = account.map_or_else(|| say!("recorded-of-nobody"), recorded_of);
        let told = [
            (damaged.as_they_came, say!("answers-as-they-came", count = damaged.as_they_came)),
            (damaged.undated, say!("answers-undated", count = damaged.undated)),
            (damaged.unowned, say!("answers-unowned", count = damaged.unowned)),
        ];
        let told = told.into_iter().filter(|(count, _)| *count > 0);
        views.extend(told.map(|(_, advice)| unreadable(paths, source.clone(), advice)));
    }
    Ok(views)
}

/// That the clock is before what was recorded, if it is.
fn clock(store: &Store, now: Moment) -> Result<Vec<SourceView>, AppError> {
    let behind = clock::behind(store.last_recorded()?, now);
    let view = |last: Heard| SourceView {
        source: say!("this-computers-clock"),
        place: None,
        state: SourceState::Unreadable,
        last_success: None,
        advice: say!("clock-behind", now, recorded = last.as_kept()),
    };
    Ok(behind.map(view).into_iter().collect())
}

/// Whether the data is copied day by day, and why not.
fn copies(store: &Store) -> Result<Vec<SourceView>, AppError> {
    if !store.holds_anything()? {
        return Ok(Vec::new());
    }
    let folder = copies::folder(store.path());
    let newest = copies::list(store.path()).map(|copies| copies.first().map(|copy| copy.made_at));
    let failed = NotCopied::of(store)?.as_ref().map(Saying::from);
    let (state, saying) = match (&failed, newest.as_ref()) {
        (Some(failed), _) => (SourceState::Unreadable, failed.clone()),
        (None, Err(error)) => (SourceState::Unreadable, Saying::from(error)),
        (None, Ok(None)) => (SourceState::Missing, say!("never-copied")),
        (None, Ok(Some(at))) => (SourceState::Readable, say!("day-copied", at = *at)),
    };
    Ok(vec![SourceView {
        source: say!("headroom-copies"),
        place: Some(Value::from(&folder)),
        state,
        last_success: newest.ok().flatten().map(|at| at.to_string()),
        advice: saying,
    }])
}

/// How asking each vendor for an account's figures goes.
fn figures(store: &Store, now: Moment) -> Result<Vec<SourceView>, AppError> {
    let mut views = Vec::new();
    for account in store.accounts()?.into_iter().filter(|account| !account.sample) {
        let Some(vendor) = vendors::of(&account)? else { continue };
        let refresh = refresh::view(store, account.id, now, false)?;
        let advice = match (refresh.failure, refresh.waits, refresh.on) {
            (Some(failure), ..) => failure,
            (None, Some(waits), _) => waits.why,
            (None, None, true) => say!("asked-by-itself"),
            (None, None, false) => say!("asked-by-hand"),
        };
        let failed = refresh.failed_at.is_some();
        // What else was answered, and why it doesn't lead.
        let source = || say!("figures-of", vendor = vendor.called(), account = &account.name);
        let beside = refresh.beside.into_iter().map(|why| SourceView::unreadable(source(), None, why));
        let beside: Vec<_> = beside.collect();
        views.push(SourceView {
            source: source(),
            place: None,
            state: match (failed, &refresh.last_success) {
                (true, _) => SourceState::Unreadable,
                (false, Some(_)) => SourceState::Readable,
                (false, None) => SourceState::Missing,
            },
            last_success: refresh.last_success.map(|at| at.to_string()),
            advice,
        });
        views.extend(beside);
    }
    Ok(views)
}
