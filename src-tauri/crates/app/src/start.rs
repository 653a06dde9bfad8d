//! What the window starts with: the accounts and how the first stands, choices, forms, what lies on this machine, where
//! prices are from.

use crate::answers::{About, AccountNumber, CatalogAbout, PriceListAbout, SourcePage, StartView, shown};
use crate::error::{AppError, ErrorCode};
use crate::machine::paths::Paths;
use crate::{Headroom, accounts, catalog, found, kinds, settings, standings, vendors};
use headroom_billing::catalog::{PriceList, Source};

/// All of it in one answer, so that the first figures need no second question.
pub(crate) fn view(headroom: &Headroom, first: Option<AccountNumber>) -> Result<StartView, AppError> {
    let now = headroom.now();
    let (accounts, overview, settings, notices, pasted) = headroom.read(|store| {
        let accounts = accounts::list(store, now)?;
        let (settings, notices) = settings::read(store)?;
        let shown = || accounts.iter().find(|account| !account.hidden).or(accounts.first());
        let first = first.or_else(|| shown().map(|account| account.id));
        let overview = match first.map(|id| standings::of(store, id, now)).transpose() {
            Err(error) if error.code == ErrorCode::FactsMissing => None,
            outcome => outcome?,
        };
        Ok((accounts, overview, settings, notices, vendors::with_pasted_key(store)?))
    })?;
    let kinds::Forms { form, team_form } = kinds::forms(now);
    Ok(StartView {
        overview,
        accounts,
        settings,
        notices,
        // Looked for without the store: a folder of the network may keep it waiting.
        found: found::on_this_machine(headroom.paths(), &pasted),
        form,
        team_form,
        about: about(headroom.paths()),
    })
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
        price_lists: opened.catalog.price_lists().map(list).collect(),
        catalog: CatalogAbout {
            serial: opened.catalog.serial,
            issued_on: opened.catalog.issued_on.to_string(),
            imported: opened.imported,
            problem: opened.problem,
        },
    }
}
