//! The form about an account of one person: what it offers, and what it begins with.

use crate::answers::{CountryChoice, Facts, FactsForm, PlanChoice, PriceListChoice, text};
use crate::catalog;
use headroom_billing::{Edition, Lists, Plan};
use headroom_exact::{Country, Moment};

/// A plan as forms and tables have it.
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
        plan: catalog::in_use().default_edition().first_plan().id.clone(),
        first_paid_on: None,
        signed_up_on: None,
        country: Country::UNITED_STATES.to_string(),
        overage_enabled: Some(false),
        ..Facts::default()
    }
}

fn list_choice(edition: &Edition) -> PriceListChoice {
    let credit = edition.first_payment_credit;
    PriceListChoice {
        id: edition.list.id.clone(),
        title: edition.list.title.clone(),
        plans: edition.plans().iter().map(plan_choice).collect(),
        overage: !edition.has_packs(),
        bonus_credits: edition.bonus.credits.to_string(),
        bonus_days: edition.bonus.days,
        bonus_before: text(edition.bonus.sign_ups_before),
        first_payment_credit: text(credit.map(|credit| credit.amount)),
        first_payment_from: text(credit.map(|credit| credit.from)),
    }
}

/// Everything it offers.
pub(crate) fn form(now: Moment) -> FactsForm {
    let catalog = catalog::in_use();
    let mut countries: Vec<_> = Country::all()
        .map(|country| CountryChoice {
            code: country.to_string(),
            name: country.name().to_owned(),
            paid_plans: headroom_billing::catalog::sells_paid_plans(country),
        })
        .collect();
    countries.sort_by(|one, other| one.name.cmp(&other.name));
    FactsForm {
        in_force: list_choice(Lists::InForce(catalog).at(now)),
        price_lists: catalog.editions().iter().map(list_choice).collect(),
        countries,
        defaults: default_facts(),
        today: now.date().to_string(),
    }
}
