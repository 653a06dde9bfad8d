//! What the window starts with beside the accounts: choices of its forms, what lies on this machine, where
//! prices are from.

use crate::Headroom;
use crate::answers::{
    About, CountryChoice, FactsForm, Found, FoundSessions, PlanChoice, PriceListAbout, PriceListChoice,
    SeatChoice, SourcePage, TeamForm, TeamPriceListChoice, shown,
};
use crate::facts::Facts;
use crate::secrets::KEYRING;
use headroom_billing::catalog::{PriceList, Source};
use headroom_billing::{Catalog, Plan};
use headroom_exact::{Country, Moment};
use headroom_sources::{kilo_token, kiro_command, kiro_ide_sessions, kiro_sessions, kiro_token};
use std::path::Path;

pub(crate) fn plan_choice(plan: &Plan) -> PlanChoice {
    PlanChoice {
        id: plan.id.clone(),
        name: plan.name.clone(),
        monthly_price: plan.monthly_price.to_string(),
        allowance: plan.allowance.to_string(),
        paid: plan.is_paid(),
    }
}

/// What a new account's form begins with.
pub(crate) fn default_facts() -> Facts {
    Facts {
        plan: Catalog::built_in().default_edition().first_plan().id.clone(),
        first_paid_on: None,
        signed_up_on: None,
        country: Country::UNITED_STATES.to_string(),
        overage_enabled: Some(false),
        price_list: None,
    }
}

/// The form about an account of one person.
pub(crate) fn form(now: Moment) -> FactsForm {
    let catalog = Catalog::built_in();
    let mut countries: Vec<_> = Country::all()
        .map(|country| CountryChoice {
            code: country.to_string(),
            name: country.name().to_owned(),
            paid_plans: headroom_billing::catalog::sells_paid_plans(country),
        })
        .collect();
    countries.sort_by(|one, other| one.name.cmp(&other.name));
    FactsForm {
        price_lists: catalog
            .editions()
            .iter()
            .map(|edition| PriceListChoice {
                id: edition.list.id.clone(),
                title: edition.list.title.clone(),
                plans: edition.plans().iter().map(plan_choice).collect(),
                overage: edition.packs.is_none(),
                bonus_credits: edition.bonus.credits.to_string(),
                bonus_days: edition.bonus.days,
            })
            .collect(),
        countries,
        defaults: default_facts(),
        today: now.date().to_string(),
    }
}

/// The form about a team.
pub(crate) fn team_form(now: Moment) -> TeamForm {
    let price_lists = Catalog::built_in().team_editions().iter().map(|edition| TeamPriceListChoice {
        id: edition.list.id.clone(),
        title: edition.list.title.clone(),
        seats: edition
            .seats()
            .iter()
            .map(|seat| SeatChoice {
                id: seat.id.clone(),
                name: seat.name.clone(),
                price: seat.price.to_string(),
                months: seat.months,
            })
            .collect(),
    });
    TeamForm { price_lists: price_lists.collect(), today: now.date().to_string() }
}

fn sessions(folder: &Path, files: Option<usize>) -> Option<FoundSessions> {
    let files = files.filter(|files| *files > 0)?;
    Some(FoundSessions { folder: shown(folder), files: u32::try_from(files).unwrap_or(u32::MAX) })
}

impl Headroom {
    /// What was found on this machine, with a key that was `pasted` or without. Nothing of it is read for that.
    pub(crate) fn found(&self, pasted: bool) -> Found {
        let paths = self.paths();
        let command_line = paths
            .kiro_sessions()
            .and_then(|folder| sessions(folder, kiro_sessions::files(folder).ok().map(|files| files.len())));
        let ide = paths.kiro_ide_sessions().and_then(|folder| {
            sessions(folder, kiro_ide_sessions::files(folder).ok().map(|files| files.len()))
        });
        let kilo = paths.kilo();
        Found {
            kiro_sessions: command_line,
            kiro_ide_sessions: ide,
            kiro_login: paths.kiro().and_then(kiro_token::found_in).map(shown),
            kiro_command: kiro_command::program(paths.programs()).map(|path| shown(&path)),
            kilo_login: if pasted { Some(KEYRING.to_owned()) } else { kilo.and_then(kilo_token::found_in) },
            kilo_key: pasted,
            kilo_database: kilo
                .map(|places| &places.database)
                .filter(|path| path.exists())
                .map(|path| shown(path)),
        }
    }

    pub(crate) fn about(&self) -> About {
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
            database: shown(&self.paths().database()),
            price_lists: Catalog::built_in().price_lists().map(list).collect(),
        }
    }
}
