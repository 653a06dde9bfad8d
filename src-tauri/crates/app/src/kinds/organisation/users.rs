//! Everybody in an organisation: what they used and cost, who is near the limit, on too large a tier or paid for twice.

use super::month::OrganisationMonth;
use crate::answers::BilledTwice;
use crate::bills;
use chrono::NaiveDate;
use headroom_billing::Total;
use headroom_billing::bill::sums_by;
use headroom_billing::organisation::{AtRisk, CheaperTier, RepeatedUser, Risk, Subscription};
use headroom_exact::{Credits, Money};
use headroom_sources::aws_cost::{LineKind, MonthBill};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// A user under a profile.
pub(super) struct User {
    pub id: String,
    pub email: Option<String>,
    /// The profile's last part; empty where reports name none.
    pub profile: String,
    /// The tier's name.
    pub tier: String,
    pub allowance: Credits,
    pub used: Total<Credits>,
    /// Of what is known to be used, in tenths of a percent of the tier's credits.
    pub used_permille: u32,
    pub overage: Total<Credits>,
    /// Rows without credits or of a tier that isn't known.
    pub unknown_rows: u32,
    /// Fee and overage so far, without tax.
    pub cost: Money,
    /// What the newest bill has for them, before tax.
    pub billed: Option<Money>,
    pub risk: Option<Risk>,
    /// When the credits are used up at the pace so far, where that is the risk.
    pub runs_out_on: Option<NaiveDate>,
    /// The name of the cheapest tier for a month like this one, and what it saves.
    pub cheaper: Option<(String, Money)>,
}

/// Everybody, and what cheaper tiers would save.
#[derive(Default)]
pub(super) struct Everybody {
    /// The most expensive first.
    pub users: Vec<User>,
    pub paid_twice: Vec<BilledTwice>,
    pub saves: Option<Money>,
}

/// Users' addresses, where a report has them.
pub(super) type Emails<'e> = HashMap<&'e str, &'e str>;

/// A profile's own part of its ARN.
fn profile_name(arn: &str) -> String {
    arn.rsplit('/').next().unwrap_or(arn).to_owned()
}

/// What a table of users is made of.
struct People<'p> {
    emails: Emails<'p>,
    /// By user, what the newest bill has for them before tax; none where it can't be added up.
    billed: BTreeMap<&'p str, Option<Money>>,
    /// By profile and user.
    cheaper: HashMap<(&'p str, &'p str), &'p CheaperTier>,
    at_risk: HashMap<(&'p str, &'p str), &'p AtRisk>,
    month: &'p OrganisationMonth,
}

impl People<'_> {
    fn user(&self, subscription: &Subscription) -> User {
        let edition = self.month.edition();
        let name = |id: &str| edition.plan_named(id).map_or_else(|| id.to_owned(), |plan| plan.name.clone());
        let key = (subscription.profile.as_str(), subscription.user.as_str());
        let credits = &subscription.credits;
        let unknown_rows = self.month.unknown_rows(key.0, key.1);
        let known = |credits: Credits| Total::of(credits, unknown_rows > 0);
        User {
            id: key.1.to_owned(),
            email: self.emails.get(key.1).map(|email| (*email).to_owned()),
            profile: profile_name(key.0),
            tier: name(subscription.plan),
            allowance: credits.allowance,
            used: known(credits.used),
            used_permille: credits.used_permille(),
            overage: known(credits.overage),
            unknown_rows,
            cost: subscription.month_to_date,
            billed: self.billed.get(key.1).copied().flatten(),
            risk: self.at_risk.get(&key).map(|user| user.risk),
            runs_out_on: self.at_risk.get(&key).and_then(|user| user.runs_out_on),
            cheaper: self.cheaper.get(&key).map(|tier| (name(tier.cheapest), tier.saves)),
        }
    }
}

/// Who is paid for more than once: in several profiles by the reports, in several accounts or regions by the
/// newest bill.
fn paid_twice(bill: Option<&MonthBill>, repeated: &[RepeatedUser], emails: &Emails<'_>) -> Vec<BilledTwice> {
    let mut accounts: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for line in bill.iter().flat_map(|bill| &bill.lines) {
        if matches!(line.kind, LineKind::Subscription(_)) && !line.user.is_empty() {
            let place = format!("{} {}", line.account, line.region);
            accounts.entry(&line.user).or_default().insert(place.trim_end().to_owned());
        }
    }
    let mut twice: BTreeMap<&str, BilledTwice> = BTreeMap::new();
    let of = |user: &str| BilledTwice {
        id: user.to_owned(),
        email: emails.get(user).map(|email| (*email).to_owned()),
        profiles: Vec::new(),
        accounts: Vec::new(),
    };
    for RepeatedUser { user, profiles } in repeated {
        let entry = twice.entry(user.as_str()).or_insert_with(|| of(user.as_str()));
        entry.profiles = profiles.iter().map(|profile| profile_name(profile.as_str())).collect();
    }
    for (user, accounts) in accounts.into_iter().filter(|(_, accounts)| accounts.len() > 1) {
        twice.entry(user).or_insert_with(|| of(user)).accounts = accounts.into_iter().collect();
    }
    twice.into_values().collect()
}

/// Everybody in a month of reports, with the newest bill beside it; without reports, whom the bill has twice.
pub(super) fn everybody(
    month: Option<&OrganisationMonth>,
    bill: Option<&MonthBill>,
    emails: Emails<'_>,
) -> Everybody {
    let Some(month) = month else {
        return Everybody { paid_twice: paid_twice(bill, &[], &emails), ..Everybody::default() };
    };
    let current = month.current();
    let advice = month.advice();
    let paid_twice = paid_twice(bill, &advice.charged_more_than_once, &emails);
    let lines = bill.iter().flat_map(|bill| &bill.lines).filter(|line| line.kind.is_before_tax());
    let billed = sums_by(lines.map(|line| (line.user.as_str(), bills::cost(line))));
    let at_risk = advice.at_risk.iter();
    let cheaper = advice.cheaper_tiers.iter();
    let people = People {
        emails,
        billed,
        cheaper: cheaper.map(|tier| ((tier.profile.as_str(), tier.user.as_str()), tier)).collect(),
        month,
        at_risk: at_risk.map(|user| ((user.profile.as_str(), user.user.as_str()), user)).collect(),
    };
    let mut by_cost: Vec<_> = current.subscriptions.iter().collect();
    by_cost.sort_by(|one, other| {
        other.month_to_date.cmp(&one.month_to_date).then_with(|| other.credits.used.cmp(&one.credits.used))
    });
    Everybody {
        users: by_cost.into_iter().map(|subscription| people.user(subscription)).collect(),
        paid_twice,
        saves: Some(advice.saves).filter(|saves| saves.is_positive()),
    }
}
