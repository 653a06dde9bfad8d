//! What the window starts with beside the accounts: choices of its forms, where prices are from.

use crate::Headroom;
use crate::facts::Facts;
use crate::views::{
    About, CountryChoice, FactsForm, PlanChoice, PriceListAbout, PriceListChoice, SeatChoice, SourcePage,
    TeamForm, TeamPriceListChoice, shown,
};
use headroom_billing::catalog::{PriceList, Source};
use headroom_billing::{Catalog, Plan};
use headroom_exact::{Country, Moment};

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

impl Headroom {
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
