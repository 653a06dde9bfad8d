//! What the window starts with: the accounts and how the first stands, choices, forms, what lies on this machine, where
//! prices are from.

use crate::accounts::EachAccount;
use crate::answers::{
    About, AccountNumber, AccountSummary, CatalogAbout, Link, PriceListAbout, SourcePage, Standing,
    StartView, shown,
};
use crate::error::{AppError, ErrorCode};
use crate::machine::paths::Paths;
use crate::machine::reports::{self, Report};
use crate::{
    Headroom, accounts, catalog, chores, clock_behind, found, kinds, links, settings, settings_verdict,
    standings, vendors,
};
use headroom_billing::catalog::{PriceList, Source};
use headroom_exact::{Moment, Saying, say};
use headroom_store::Store;

/// All of it in one answer, so that the first figures need no second question.
pub(crate) fn view(headroom: &Headroom, first: Option<AccountNumber>) -> Result<StartView, AppError> {
    let now = headroom.now();
    let (accounts, doubled, removed, overview, settings, mut notices, pasted) = headroom.read(|store| {
        let mut notices = Vec::new();
        let accounts = readable(accounts::each(store, now)?, &mut notices)?;
        let overview = shown_first(store, &accounts, first, &mut notices, now)?;
        let (settings, of_settings) = settings::read(store)?;
        notices.extend(of_settings);
        notices.extend(clock_behind::saying(store, now)?);
        notices.extend(chores::not_copied_today(store, now)?);
        let doubled = accounts::doubled(store)?;
        let removed = accounts::removed(store, now)?;
        Ok((accounts, doubled, removed, overview, settings, notices, vendors::with_pasted_key(store)?))
    })?;
    notices.extend(headroom.shut.clone());
    notices.extend(untold(&reports::list(&headroom.paths.reports())));
    let kinds::Forms { form, team_form } = kinds::forms(now);
    Ok(StartView {
        overview,
        settings_verdict: settings_verdict::of(&accounts, &settings),
        accounts,
        doubled,
        removed,
        settings,
        notices,
        not_writable: headroom.why_not_writable(),
        emulator: headroom.paths.emulator_in_use(),
        safe_mode: headroom.why_not_writable().filter(|_| headroom.is_damaged()),
        // Looked for without the store: a folder of the network may keep it waiting.
        found: found::on_this_machine(&headroom.paths, &pasted),
        form,
        team_form,
        about: about(&headroom.paths),
    })
}

fn not_shown(name: &str, error: AppError) -> Saying {
    say!("account-not-shown", account = name, reason = error.saying)
}

/// The accounts that can be read. The others are named; where none can be, nothing looks as if there were none.
fn readable(each: Vec<EachAccount>, notices: &mut Vec<Saying>) -> Result<Vec<AccountSummary>, AppError> {
    let mut accounts = Vec::new();
    let mut faults = Vec::new();
    for EachAccount { name, summary, .. } in each {
        match summary {
            Ok(account) => accounts.push(account),
            Err(error) => faults.push((name, error)),
        }
    }
    if let (true, Some((_, error))) = (accounts.is_empty(), faults.first()) {
        return Err(error.clone());
    }
    notices.extend(faults.into_iter().map(|(name, error)| not_shown(&name, error)));
    Ok(accounts)
}

/// How the account stands that is shown first: the one asked for, else the first that isn't hidden and can be shown.
/// Those that can't be are named.
fn shown_first(
    store: &Store,
    accounts: &[AccountSummary],
    first: Option<AccountNumber>,
    notices: &mut Vec<Saying>,
    now: Moment,
) -> Result<Option<Standing>, AppError> {
    if let Some(id) = first {
        return missing_facts(standings::of(store, id, now));
    }
    let seen = accounts.iter().filter(|account| !account.hidden);
    let hidden = accounts.iter().filter(|account| account.hidden);
    let mut failed = None;
    for account in seen.chain(hidden) {
        match missing_facts(standings::of(store, account.id, now)) {
            Ok(standing) => return Ok(standing),
            Err(error) => {
                notices.push(not_shown(&account.name, error.clone()));
                failed.get_or_insert(error);
            }
        }
    }
    failed.map_or(Ok(None), Err)
}

/// None where the facts are missing: they are asked for.
fn missing_facts(standing: Result<Standing, AppError>) -> Result<Option<Standing>, AppError> {
    match standing {
        Err(error) if error.code == ErrorCode::FactsMissing => Ok(None),
        outcome => outcome.map(Some),
    }
}

/// That Headroom made a mistake which nobody was told of: where nobody waited for an answer, or it ended by it.
fn untold(reports: &[Report]) -> Option<Saying> {
    let untold: Vec<_> =
        reports.iter().filter(|report| !report.told).map(|report| report.number.to_string()).collect();
    (!untold.is_empty()).then(|| say!("reports-untold", count = untold.len(), reports = untold))
}

fn about(paths: &Paths) -> About {
    let page = |page: &Source| SourcePage {
        title: page.title.clone(),
        url: page.url.clone(),
        updated: page.updated.map(|date| date.to_string()),
    };
    let list = |list: &PriceList| PriceListAbout {
        title: list.title.clone(),
        checked_on: list.checked_on.to_string(),
        sources: list.sources.iter().map(page).collect(),
    };
    let opened = catalog::opened();
    About {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        database: shown(&paths.database()),
        tracker: links::address(&Link::Tracker).is_some(),
        price_lists: opened.catalog.price_lists().map(list).collect(),
        catalog: CatalogAbout {
            serial: opened.catalog.serial,
            issued_on: opened.catalog.issued_on.to_string(),
            imported: opened.imported,
            problem: opened.problem,
        },
    }
}
