//! The dated price lists (`data/catalog.toml`): plans, models, prices and where they come from.
//!
//! A [`PlanRank`] is a plan's position among the plans of all editions, so plans compare by rank (K1), a plan is the same
//! one in every list that has it (N2), and an event is a copyable value. Everything read here is data: adding a plan needs
//! no code.

mod amounts;
mod file;
mod lists;
mod models;
mod packs;
mod renewal;
mod sales;
mod team;
mod team_file;
mod tiers;

pub use amounts::CatalogError;
pub use lists::Lists;
pub use models::{Model, NotRated};
pub use packs::PackOffer;
pub use sales::{gives_startup_credits, sells_paid_plans};
pub use team::{CreditOffer, PassOffer, PassTerms, PassTier, SeatPrice, TeamEdition, TopUpOffer};

use chrono::NaiveDate;
use headroom_exact::{Country, Credits, Decimal, Moment, Money, Saying};
use serde::Deserialize;

/// All editions and taxes that are known.
#[derive(Debug)]
pub struct Catalog {
    /// Goes up with every catalogue that is issued.
    pub serial: u32,
    /// The day it was issued.
    pub issued_on: NaiveDate,
    /// As it is written: what a newer one is compared with.
    written: toml::Table,
    editions: Vec<Edition>,
    team_editions: Vec<TeamEdition>,
    taxes: Vec<Tax>,
}

/// What a price list says of itself.
#[derive(Debug)]
pub struct PriceList {
    /// Names the edition in a scenario (`"edition"`).
    pub id: String,
    /// What it is called.
    pub title: Saying,
    /// The day from which the list is in force (N1); none where its pages don't say.
    pub in_force_from: Option<NaiveDate>,
    /// When we last compared it with its sources.
    pub checked_on: NaiveDate,
    /// The vendor's own pages.
    pub sources: Vec<Source>,
}

/// Kiro's price list as it stood at a time.
#[derive(Debug)]
pub struct Edition {
    /// Its name, its date and where it is from.
    pub list: PriceList,
    /// Dollars for one credit of overage (K5).
    pub overage_unit_price: Money,
    /// What a sign-up grants (K2).
    pub bonus: BonusGrant,
    /// What the first payment may be lower, where there is such a thing (N3).
    pub first_payment_credit: Option<FirstPaymentCredit>,
    /// Add-on packs, where one person buys credits ahead instead of paying overage afterwards.
    pub packs: Option<PackOffer>,
    plans: Vec<Plan>,
    models: Vec<Model>,
}

/// A page the figures come from.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// The page's own title.
    pub title: String,
    /// Its address.
    pub url: String,
    /// The date the page gives for itself.
    pub updated: Option<NaiveDate>,
}

/// Bonus credits granted at the sign-up and how many days of 24 h they last (K2).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct BonusGrant {
    /// How many.
    pub credits: Credits,
    /// For how long.
    pub days: u32,
    /// Only sign-ups before this day get them; none if all do (N2).
    pub sign_ups_before: Option<NaiveDate>,
}

impl BonusGrant {
    /// Whether a sign-up at that moment gets them.
    pub fn is_granted_at(&self, sign_up: Moment) -> bool {
        self.sign_ups_before.is_none_or(|day| sign_up < Moment::on(day, 0))
    }
}

/// What the vendor may take off the first payment for a plan (N3, assumption A1).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct FirstPaymentCredit {
    /// Dollars at most.
    pub amount: Money,
    /// Since when it is given.
    pub from: NaiveDate,
}

impl FirstPaymentCredit {
    /// Whether a payment at that moment may be lower by it.
    pub fn is_given_at(&self, moment: Moment) -> bool {
        moment >= Moment::on(self.from, 0)
    }
}

/// A plan one can be on (K1).
#[derive(PartialEq, Eq, Debug)]
pub struct Plan {
    /// Its name in scenarios and statements, such as `pro-plus`.
    pub id: String,
    /// Its name for people, such as "Pro+".
    pub name: String,
    /// Dollars a month, without tax.
    pub monthly_price: Money,
    /// Credits a month.
    pub allowance: Credits,
    /// Its position among all plans.
    pub rank: PlanRank,
}

impl Plan {
    /// Whether it costs anything: only paid plans have overage (K5).
    pub const fn is_paid(&self) -> bool {
        self.monthly_price.is_positive()
    }
}

/// A plan's position among the plans of all editions: the higher, the larger the plan (K1).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct PlanRank(u8);

/// A tax the vendor adds for billing addresses in one country (K11).
#[derive(Debug)]
pub struct Tax {
    country: Country,
    /// The tax's own name.
    pub name: String,
    /// Its share of a subtotal.
    pub rate: Decimal,
}

impl Catalog {
    /// Kiro's editions, oldest first.
    pub fn editions(&self) -> &[Edition] {
        &self.editions
    }

    /// Kilo's editions, oldest first.
    pub fn team_editions(&self) -> &[TeamEdition] {
        &self.team_editions
    }

    /// Every price list of both vendors.
    pub fn price_lists(&self) -> impl Iterator<Item = &PriceList> {
        let teams = self.team_editions.iter().map(|edition| &edition.list);
        self.editions.iter().map(|edition| &edition.list).chain(teams)
    }

    /// Kiro's edition of that id.
    pub fn edition(&self, id: &str) -> Option<&Edition> {
        self.editions.iter().find(|edition| edition.list.id == id)
    }

    /// Kiro's edition that is in force at a moment: the last that has come into force by then, else the first of all (N1).
    pub fn edition_in_force(&self, moment: Moment) -> &Edition {
        let has_come =
            |edition: &&Edition| edition.list.in_force_from.is_some_and(|day| Moment::on(day, 0) <= moment);
        self.editions.iter().rfind(has_come).unwrap_or_else(|| self.default_edition())
    }

    /// Kilo's edition of that id.
    pub fn team_edition(&self, id: &str) -> Option<&TeamEdition> {
        self.team_editions.iter().find(|edition| edition.list.id == id)
    }

    /// The edition that a Kiro scenario has when it names none.
    pub fn default_edition(&self) -> &Edition {
        #[expect(clippy::expect_used, reason = "Catalog::parse refuses a catalogue without an edition")]
        self.editions.first().expect("a catalogue has an edition")
    }

    /// The edition that a Kilo scenario has when it names none.
    pub fn default_team_edition(&self) -> &TeamEdition {
        #[expect(clippy::expect_used, reason = "Catalog::parse refuses a catalogue without an edition")]
        self.team_editions.first().expect("a catalogue has an edition for teams")
    }

    /// The tax on invoices to `country`, or none (K11).
    pub fn tax(&self, country: Country) -> Option<&Tax> {
        self.taxes.iter().find(|tax| tax.country == country)
    }

    /// The share of a subtotal that is added as tax for `country`; zero where there is none (K11).
    pub fn tax_rate(&self, country: Country) -> Decimal {
        self.tax(country).map_or(Decimal::ZERO, |tax| tax.rate)
    }
}

impl Edition {
    /// All plans, smallest first.
    pub fn plans(&self) -> &[Plan] {
        &self.plans
    }

    /// The paid plans, smallest first.
    pub fn paid_plans(&self) -> impl DoubleEndedIterator<Item = &Plan> {
        self.plans.iter().filter(|plan| plan.is_paid())
    }

    /// The plan of that rank, if this edition has it.
    pub fn plan_ranked(&self, rank: PlanRank) -> Option<&Plan> {
        self.plans.iter().find(|plan| plan.rank == rank)
    }

    /// The plan of a rank that an account under this edition is on.
    pub(crate) fn plan(&self, rank: PlanRank) -> &Plan {
        #[expect(
            clippy::expect_used,
            reason = "nobody gets on a plan that the list lacks, and Catalog::parse refuses a list that ends one"
        )]
        self.plan_ranked(rank).expect("a plan of this edition")
    }

    /// The plan of that id.
    pub fn plan_named(&self, id: &str) -> Option<&Plan> {
        self.plans.iter().find(|plan| plan.id == id)
    }

    /// The plan an account starts on (K2): the lowest.
    pub fn first_plan(&self) -> &Plan {
        #[expect(clippy::expect_used, reason = "Catalog::parse refuses an edition without a plan")]
        self.plans.first().expect("an edition has a plan")
    }

    /// The plans' ids, for messages.
    pub fn plan_ids(&self) -> String {
        let ids: Vec<_> = self.plans.iter().map(|plan| plan.id.as_str()).collect();
        ids.join(", ")
    }

    /// What a month of that use costs one person on a plan, without tax: the price, and overage or packs for
    /// what its credits don't cover (K1, K5). None on Free when they aren't enough: it has neither.
    pub fn month_cost(&self, plan: &Plan, used: Credits) -> Option<Money> {
        let beyond = used.less_at_most_all(plan.allowance);
        self.cost_with_beyond(plan, beyond, self.has_overage(plan))
    }

    /// What a plan and so many credits beyond it cost, without tax: as overage, or in packs where they are sold. None on
    /// Free, where nothing covers them.
    pub(crate) fn cost_with_beyond(&self, plan: &Plan, beyond: Credits, as_overage: bool) -> Option<Money> {
        let packs = self.packs.filter(|_| !as_overage && beyond.is_positive());
        let price = packs.map_or(beyond.priced(self.overage_unit_price), |offer| offer.price_of(beyond));
        (beyond.is_zero() || plan.is_paid()).then(|| plan.monthly_price.plus(price))
    }

    /// Whether one person can have overage on a plan of it: on paid plans, where packs haven't taken its place (K5, N2).
    pub fn has_overage(&self, plan: &Plan) -> bool {
        plan.is_paid() && self.packs.is_none()
    }

    /// Whether one person buys packs ahead in place of overage (N2).
    pub const fn has_packs(&self) -> bool {
        self.packs.is_some()
    }

    /// What one person pays for a credit beyond the plan's: as overage, or bought ahead (K5, N4).
    pub fn price_beyond(&self) -> Money {
        self.packs.map_or(self.overage_unit_price, |offer| offer.unit_price)
    }

    /// The extra credits at which overage, or packs, cost one person as much as moving from `lower` to `higher` (K1, K5,
    /// N4). Where even the smallest pack costs more, it is the first one.
    pub fn break_even(&self, lower: &Plan, higher: &Plan) -> Credits {
        let difference = higher.monthly_price.minus(lower.monthly_price);
        if self.packs.is_some_and(|offer| difference < offer.smallest) {
            return Credits::SMALLEST;
        }
        Self::worth(difference, self.price_beyond())
    }

    /// The same with overage, which an organisation's user has under every list (N2).
    pub(crate) fn break_even_with_overage(&self, lower: &Plan, higher: &Plan) -> Credits {
        Self::worth(higher.monthly_price.minus(lower.monthly_price), self.overage_unit_price)
    }

    /// The credits that cost so much at a price.
    fn worth(amount: Money, unit_price: Money) -> Credits {
        Credits::from_hundredths(amount.hundredths()).share(100, unit_price.hundredths())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kiro() -> &'static Edition {
        Catalog::built_in().default_edition()
    }

    #[test]
    fn k1_the_plans_their_prices_and_their_rank() {
        let plans: Vec<_> = kiro()
            .plans()
            .iter()
            .map(|plan| (plan.id.as_str(), plan.monthly_price.to_string(), plan.allowance.to_string()))
            .collect();
        let expected = [
            ("free", "0.00", "50.00"),
            ("pro", "20.00", "1000.00"),
            ("pro-plus", "40.00", "2000.00"),
            ("power", "200.00", "10000.00"),
        ];
        let expected: Vec<_> =
            expected.map(|(id, price, credits)| (id, price.to_owned(), credits.to_owned())).into();
        assert_eq!(plans, expected);
    }

    #[test]
    fn break_even_between_the_plans_is_500_4000_and_4500_credits() {
        let plan = |id: &str| kiro().plan_named(id).unwrap_or_else(|| kiro().first_plan());
        for (lower, higher, credits) in
            [("pro", "pro-plus", "500.00"), ("pro-plus", "power", "4000.00"), ("pro", "power", "4500.00")]
        {
            assert_eq!(
                kiro().break_even(plan(lower), plan(higher)).to_string(),
                credits,
                "{lower} → {higher}"
            );
        }
    }

    #[test]
    fn a_plan_can_be_added_as_data_alone() {
        // In the last list: what is in one is in those after it, too.
        let text = include_str!("../../data/catalog.toml");
        let (before, last) = text.split_once("id = \"kiro-2026-07\"").expect("the last list");
        let last = last.replacen(
            "  [[edition.plan]]\n  id = \"power\"",
            "  [[edition.plan]]\n  id = \"studio\"\n  name = \"Studio\"\n  monthly_price = \"150\"\n  credits = \"7500\"\n\n  [[edition.plan]]\n  id = \"power\"",
            1,
        );
        let catalog = Catalog::parse(&format!("{before}id = \"kiro-2026-07\"{last}")).expect("a catalogue");
        let edition = catalog.edition("kiro-2026-07").expect("the last list");
        assert_eq!(edition.plan_ids(), "free, pro, pro-plus, pro-max, studio, power");
        let rank = |edition: &Edition| edition.plan_named("power").map(|plan| plan.rank);
        assert_eq!(rank(edition), rank(catalog.default_edition()), "Power is the same plan in all lists");
    }

    #[test]
    fn a_bad_catalogue_is_refused_by_name() {
        let text = include_str!("../../data/catalog.toml")
            .replace("monthly_price = \"40\"", "monthly_price = \"40.001\"");
        let error = Catalog::parse(&text).err().map(|error| error.to_string()).unwrap_or_default();
        assert!(error.contains("pro-plus"), "{error}");
    }
}
