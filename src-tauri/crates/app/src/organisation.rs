//! An organisation: what its reports come to by the rules, and what AWS billed.

use crate::Headroom;
use crate::account::summary_of;
use crate::bills;
use crate::error::AppError;
use crate::organisation_month::{self, LeftOut, MonthCharge, OrganisationMonth};
use crate::reported::{self, ACTIVITY};
use crate::unreadable;
use crate::views::{
    AccountNumber, BillPart, BillPartView, BillView, BilledTwice, OrganisationSource, OrganisationUser,
    OrganisationView, UserRisk, span, text,
};
use headroom_billing::Total;
use headroom_billing::bill::sums_by;
use headroom_billing::organisation::{CheaperTier, RepeatedUser, Risk, Subscription};
use headroom_exact::division::permille;
use headroom_exact::{Credits, Moment, Money, Month};
use headroom_sources::aws_cost::{LineKind, MonthBill};
use headroom_sources::kiro_user;
use headroom_store::Store;
use headroom_store::table::accounts::AccountId;
use std::collections::{BTreeMap, BTreeSet, HashMap};

fn bill_view(bill: &MonthBill, store: &Store, id: AccountId) -> Result<BillView, AppError> {
    let charge = MonthCharge::reported(store, id, Month::of_date(bill.month))?;
    let by_rules = charge.before_tax();
    let kinds = [
        (BillPart::Subscriptions, |kind: &LineKind| matches!(kind, LineKind::Subscription(_))),
        (BillPart::Credits, |kind: &LineKind| matches!(kind, LineKind::Credits)),
        (BillPart::Discounts, |kind: &LineKind| matches!(kind, LineKind::Discount)),
        (BillPart::Other, |kind: &LineKind| matches!(kind, LineKind::Other(_))),
    ] as [(BillPart, fn(&LineKind) -> bool); 4];
    let mut parts = Vec::new();
    for (kind, is_of) in kinds {
        if bill.lines.iter().any(|line| is_of(&line.kind)) {
            let amount = bills::sum(bill, |line| is_of(&line.kind))?;
            parts.push(BillPartView { kind, amount: amount.to_string() });
        }
    }
    let others = bill.lines.iter().filter(|line| line.kind != LineKind::Tax);
    let users: BTreeSet<_> = others.map(|line| &line.user).filter(|user| !user.is_empty()).collect();
    Ok(BillView {
        month: bill.month.format("%Y-%m").to_string(),
        total: bills::before_tax(bill)?.to_string(),
        parts,
        tax: bills::sum(bill, |line| line.kind == LineKind::Tax)?.to_string(),
        computed: text(by_rules.known()),
        computed_at_least: by_rules.is_at_least(),
        notes: charge.notes,
        users: u32::try_from(users.len()).unwrap_or(u32::MAX),
    })
}

/// A profile's own part of its ARN.
fn profile_name(arn: &str) -> String {
    arn.rsplit('/').next().unwrap_or(arn).to_owned()
}

fn risk(risk: Risk) -> UserRisk {
    match risk {
        Risk::NearLimit => UserRisk::NearLimit,
        Risk::AtLimit => UserRisk::AtLimit,
        Risk::InOverage => UserRisk::InOverage,
    }
}

/// What a table of users is made of.
struct People<'p> {
    emails: HashMap<&'p str, &'p str>,
    /// By user, what the newest bill has for them before tax; none where it can't be added up.
    billed: BTreeMap<&'p str, Option<Money>>,
    /// By profile and user.
    cheaper: HashMap<(&'p str, &'p str), &'p CheaperTier>,
    at_risk: HashMap<(&'p str, &'p str), Risk>,
    month: &'p OrganisationMonth,
}

impl People<'_> {
    fn user(&self, subscription: &Subscription) -> OrganisationUser {
        let edition = organisation_month::terms().edition;
        let name = |id: &str| edition.plan_named(id).map_or_else(|| id.to_owned(), |plan| plan.name.clone());
        let key = (subscription.profile.as_str(), subscription.user.as_str());
        let cheaper = self.cheaper.get(&key);
        let credits = &subscription.credits;
        let unknown_rows = self.month.unknown_rows(key.0, key.1);
        let known = |credits: Credits| Total::of(credits, unknown_rows > 0);
        let used = known(credits.used);
        OrganisationUser {
            id: key.1.to_owned(),
            email: self.emails.get(key.1).map(|email| (*email).to_owned()),
            profile: profile_name(key.0),
            tier: name(subscription.plan),
            used: text(used.known()),
            used_at_least: used.is_at_least(),
            allowance: credits.allowance.to_string(),
            used_permille: permille(credits.used.hundredths(), credits.allowance.hundredths()),
            unknown_rows,
            overage: text(known(credits.overage).known()),
            cost: subscription.month_to_date.to_string(),
            billed: text(self.billed.get(key.1).copied().flatten()),
            risk: self.at_risk.get(&key).copied().map(risk),
            cheaper_tier: cheaper.map(|tier| name(tier.cheapest)),
            saves: cheaper.map(|tier| tier.saves.to_string()),
        }
    }
}

/// Who is paid for more than once: in several profiles by the reports, in several accounts or regions by the
/// newest bill.
fn paid_twice(
    bill: Option<&MonthBill>,
    repeated: &[RepeatedUser],
    emails: &HashMap<&str, &str>,
) -> Vec<BilledTwice> {
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

/// Everybody with what they cost, the most expensive first; who is paid for twice; what cheaper tiers would save.
fn people(
    month: &OrganisationMonth,
    bill: Option<&MonthBill>,
    emails: HashMap<&str, &str>,
) -> (Vec<OrganisationUser>, Vec<BilledTwice>, Option<Money>) {
    let current = month.current();
    let advice = month.advice();
    let twice = paid_twice(bill, &advice.charged_more_than_once, &emails);
    let lines = bill.iter().flat_map(|bill| &bill.lines).filter(|line| line.kind != LineKind::Tax);
    let billed = sums_by(lines.map(|line| (line.user.as_str(), bills::cost(line))));
    let at_risk = advice.at_risk.iter();
    let people = People {
        emails,
        billed,
        cheaper: advice
            .cheaper_tiers
            .iter()
            .map(|tier| ((tier.profile.as_str(), tier.user.as_str()), tier))
            .collect(),
        month,
        at_risk: at_risk.map(|user| ((user.profile.as_str(), user.user.as_str()), user.risk)).collect(),
    };
    let mut by_cost: Vec<_> = current.subscriptions.iter().collect();
    by_cost.sort_by(|one, other| {
        other.month_to_date.cmp(&one.month_to_date).then_with(|| other.credits.used.cmp(&one.credits.used))
    });
    let users = by_cost.into_iter().map(|subscription| people.user(subscription)).collect();
    (users, twice, Some(advice.saves).filter(|saves| saves.is_positive()))
}

impl Headroom {
    /// How an organisation stands, at the end of the last day of its reports.
    pub(crate) fn organisation_of(
        store: &Store,
        number: AccountNumber,
        now: Moment,
    ) -> Result<OrganisationView, AppError> {
        let id = AccountId::from(number);
        let account = Self::account(store, id)?;
        let last_day = store.last_reported_day(id, ACTIVITY)?;
        let month = last_day.map_or_else(|| Month::of(now), Month::of_date);
        let rows = reported::activity(store, id, month.first_date(), month.last_date())?;
        let reported = OrganisationMonth::of(&rows, organisation_month::terms())?;
        let bill = bills::newest(store, id)?;
        let emails: HashMap<_, _> =
            rows.iter().filter_map(|row| Some((kiro_user::key(&row.user), row.email.as_deref()?))).collect();
        let (users, paid_twice, saves) = match &reported {
            Some(reported) => people(reported, bill.as_ref(), emails),
            None => (Vec::new(), paid_twice(bill.as_ref(), &[], &emails), None),
        };
        let current = reported.as_ref().map(OrganisationMonth::current);
        let overage = current.as_ref().map(|current| -> Credits {
            current.subscriptions.iter().map(|subscription| subscription.credits.overage).sum()
        });
        let month_to_date = current.map(|current| current.month_to_date);
        let so_far = reported.as_ref().zip(month_to_date).map(|(reported, sum)| reported.so_far(sum));
        let overage = reported.as_ref().zip(overage).and_then(|(reported, sum)| reported.so_far(sum).known());
        let used = reported.as_ref().map(OrganisationMonth::used);
        let left_out = reported.as_ref().map(OrganisationMonth::left_out);
        let count = |rows: usize| u32::try_from(rows).unwrap_or(u32::MAX);
        let period = month.period();
        Ok(OrganisationView {
            account: summary_of(store, &account, now)?,
            unreadable: unreadable::of(store, &account)?,
            as_of: last_day.map_or(now, |day| Moment::on(day, 0).plus_days(1)).to_string(),
            month: span(period.start, period.end),
            month_to_date: text(so_far.and_then(Total::known)),
            at_least: so_far.is_some_and(Total::is_at_least),
            used: text(used.and_then(Total::known)),
            used_at_least: used.is_some_and(Total::is_at_least),
            overage: text(overage),
            notes: left_out.map(LeftOut::notes).unwrap_or_default(),
            users,
            paid_twice,
            saves: text(saves),
            bill: bill.as_ref().map(|bill| bill_view(bill, store, id)).transpose()?,
            source: OrganisationSource {
                rows: count(rows.len()),
                unknown_credits: count(rows.iter().filter(|row| row.credits.is_none()).count()),
                unknown_tier: left_out.map_or(0, LeftOut::without_tier),
                beyond_limit: left_out.map_or(0, LeftOut::beyond_limit),
                last_day: text(last_day),
            },
        })
    }
}
