//! What the window starts with: the accounts and how the first stands, choices, forms, what lies on this machine, where
//! prices are from.

use crate::accounts::EachAccount;
use crate::answers::{
    About, AccountNumber, AccountSummary, Link, PriceListAbout, SourcePage, StartView, UnreadableAccount,
    shown,
};
use crate::error::{AppError, ErrorCode};
use crate::machine::paths::Paths;
use crate::machine::reports::{self, Report};
use crate::{Headroom, accounts, found, kinds, links, settings, standings, vendors};
use headroom_billing::Catalog;
use headroom_billing::catalog::{PriceList, Source};
use headroom_exact::{Saying, say};

/// All of it in one answer, so that the first figures need no second question.
pub(crate) fn view(headroom: &Headroom, first: Option<AccountNumber>) -> Result<StartView, AppError> {
    let now = headroom.now();
    let (accounts, unreadable, doubled, standing, settings, mut notices, pasted) =
        headroom.read(|store| {
            let (accounts, unreadable) = readable(accounts::each(store, now)?);
            let (settings, notices) = settings::read(store)?;
            let shown = || accounts.iter().find(|account| !account.hidden).or(accounts.first());
            let first = first.or_else(|| shown().map(|account| account.id));
            let standing = first.map(|id| standings::of(store, id, now)).transpose();
            let doubled = accounts::doubled(store)?;
            Ok((accounts, unreadable, doubled, standing, settings, notices, vendors::with_pasted_key(store)?))
        })?;
    // What is wrong with one account is said in its place.
    let (overview, failed) = match standing {
        Ok(standing) => (standing, None),
        Err(error) if error.code == ErrorCode::FactsMissing => (None, None),
        Err(error) => (None, Some(error)),
    };
    notices.extend(untold(&reports::list(&headroom.paths().reports())));
    let kinds::Forms { form, team_form } = kinds::forms(now);
    Ok(StartView {
        overview,
        failed,
        not_writable: headroom.not_writable(),
        accounts,
        unreadable,
        doubled,
        settings,
        notices,
        // Looked for without the store: a folder of the network may keep it waiting.
        found: found::on_this_machine(headroom.paths(), &pasted),
        form,
        team_form,
        about: about(headroom.paths()),
    })
}

/// Those that can be read, and those that can't.
fn readable(each: Vec<EachAccount>) -> (Vec<AccountSummary>, Vec<UnreadableAccount>) {
    let mut accounts = Vec::new();
    let mut unreadable = Vec::new();
    for EachAccount { id, name, hidden, summary, .. } in each {
        match summary {
            Ok(summary) => accounts.push(summary),
            Err(error) => unreadable.push(UnreadableAccount { id, name, hidden, error }),
        }
    }
    (accounts, unreadable)
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
    About {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        database: shown(&paths.database()),
        tracker: links::address(&Link::Tracker).is_some(),
        price_lists: Catalog::built_in().price_lists().map(list).collect(),
    }
}
