//! What Headroom can read on this machine, and what helps where it can't.

use crate::answers::{SourceState, SourceView, shown};
use crate::documents::words;
use crate::error::AppError;
use crate::machine::clock;
use crate::machine::paths::Paths;
use crate::vendors::asking::Around;
use crate::vendors::{self, refresh};
use crate::{settings, unreadable as kept};
use headroom_exact::{Moment, Saying, say};
use headroom_store::Store;
use headroom_store::table::accounts::Account;

/// What is said of answers that can't be used: how many of what, and what helps.
const AS_THEY_CAME: (&str, &str) = (
    "Vendors' answers that an older version kept whole and that can't be rewritten",
    "They aren't used, but private things may stand in them, here and in every backup. Headroom tries again whenever it is opened; until then go back to a copy or a backup from before the damage, with headroom restore --from FILE, or import what is missing again.",
);
const UNDATED: (&str, &str) = (
    "Vendors' answers without a readable date",
    "They aren't used: refresh, or import what is missing again.",
);
const UNOWNED: (&str, &str) = (
    "Vendors' answers that belong to no account",
    "They aren't used: refresh, or import what is missing again.",
);

fn recorded_of(account: &Account) -> String {
    format!("What Headroom recorded of {}", account.name)
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
    let parts =
        [clock(&store, now), figures(&store, now), records(&store, paths, now), answers(&store, paths)];
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
    unreadable(paths, "Headroom's database".to_owned(), error.to_string())
}

/// Something recorded that can't be read.
fn unreadable(paths: &Paths, source: String, advice: String) -> SourceView {
    SourceView {
        source,
        place: Some(shown(&paths.database())),
        state: SourceState::Unreadable,
        last_success: None,
        advice,
    }
}

/// What is recorded and can't be read any more, account by account, and of the settings.
fn records(store: &Store, paths: &Paths, now: Moment) -> Result<Vec<SourceView>, AppError> {
    let mut views = Vec::new();
    for account in store.accounts()? {
        for record in kept::of(store, &account, now)? {
            views.push(unreadable(paths, recorded_of(&account), words::say(&Saying::from(&record))));
        }
    }
    let (_, notices) = settings::read(store)?;
    let settings =
        notices.iter().map(|notice| unreadable(paths, "Headroom's settings".to_owned(), words::say(notice)));
    views.extend(settings);
    Ok(views)
}

/// What is damaged of vendors' answers, and what helps.
fn answers(store: &Store, paths: &Paths) -> Result<Vec<SourceView>, AppError> {
    let accounts = store.accounts()?;
    let mut views = Vec::new();
    for (id, damaged) in store.damaged_snapshots()? {
        let account = accounts.iter().find(|account| Some(account.id) == id);
        let source = account.map_or_else(|| "What Headroom recorded".to_owned(), recorded_of);
        let mut tell = |count: u64, (what, helps): (&str, &str)| {
            if count > 0 {
                views.push(unreadable(paths, source.clone(), format!("{what}: {count}. {helps}")));
            }
        };
        tell(damaged.as_they_came, AS_THEY_CAME);
        tell(damaged.undated, UNDATED);
        tell(damaged.unowned, UNOWNED);
    }
    Ok(views)
}

/// That the clock is before what was recorded, if it is.
fn clock(store: &Store, now: Moment) -> Result<Vec<SourceView>, AppError> {
    let behind = clock::behind(store.last_recorded()?, now);
    let behind = behind.map(|last| say!("clock-behind", now, recorded = last.as_kept()));
    let view = |behind: Saying| SourceView {
        source: "This computer's clock".to_owned(),
        place: None,
        state: SourceState::Unreadable,
        last_success: None,
        advice: words::say(&behind),
    };
    Ok(behind.map(view).into_iter().collect())
}

/// How asking each vendor for an account's figures goes.
fn figures(store: &Store, now: Moment) -> Result<Vec<SourceView>, AppError> {
    let mut views = Vec::new();
    for account in store.accounts()?.into_iter().filter(|account| !account.sample) {
        let Some(vendor) = vendors::of(&account)? else { continue };
        let refresh = refresh::view(store, account.id, now, false)?;
        let advice = match (refresh.failure, refresh.waits.as_ref().map(|waits| &waits.why), refresh.on) {
            (Some(failure), ..) => words::say(&failure),
            (None, Some(waits), _) => words::say(waits),
            (None, None, true) => "It is asked every five minutes while the window is seen.".to_owned(),
            (None, None, false) => {
                "It is asked by hand only: headroom refresh, or agree to it in Settings.".to_owned()
            }
        };
        let failed = refresh.failed_at.is_some();
        views.push(SourceView {
            source: format!("{}'s own figures of {}", vendor.called(), account.name),
            place: None,
            state: match (failed, &refresh.last_success) {
                (true, _) => SourceState::Unreadable,
                (false, Some(_)) => SourceState::Readable,
                (false, None) => SourceState::Missing,
            },
            last_success: refresh.last_success,
            advice,
        });
    }
    Ok(views)
}
