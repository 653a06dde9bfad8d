//! An organisation: what its reports come to by the rules, and what AWS billed.

use crate::Headroom;
use crate::accounts::summary_of;
use crate::activity;
use crate::bills;
use crate::error::AppError;
use crate::overview::permille;
use crate::reported::{self, ACTIVITY};
use crate::unreadable;
use crate::views::{
    AccountNumber, BillPart, BillPartView, BillView, BilledTwice, OrganisationSource, OrganisationUser,
    OrganisationView, UserRisk, span, text,
};
use headroom_billing::advice::{CheaperTier, OrganisationAdvice, Risk};
use headroom_billing::organisation::{Ledger, RepeatedUser, Subscription};
use headroom_billing::{AccountKind, Credits, Moment, Money, Month};
use headroom_sources::aws_cost::{BillLine, LineKind, MonthBill};
use headroom_sources::kiro_activity_report::ActivityRow;
use headroom_sources::kiro_user;
use headroom_store::Store;
use headroom_store::table::accounts::AccountId;
use rust_decimal::{Decimal, RoundingStrategy};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Dollars to the cent, rounded once, half away from zero.
fn cents(amount: Decimal) -> Option<Money> {
    let rounded = amount
        .checked_mul(Decimal::ONE_HUNDRED)?
        .round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero);
    i128::try_from(rounded).ok().map(Money::from_hundredths)
}

/// The newest month that was billed; none where it can't be read, for an older month is not the newest.
fn bill(store: &Store, id: AccountId) -> Result<Option<MonthBill>, AppError> {
    let bills = bills::all(store, id)?;
    let unreadable = bills.unreadable.last().copied().flatten();
    let newest = bills.months.into_values().next_back();
    Ok(newest.filter(|bill| unreadable.is_none_or(|unreadable| unreadable < bill.month)))
}

/// What a bill comes to without its tax.
pub(crate) fn before_tax(bill: &MonthBill) -> Option<Money> {
    sum(bill.lines.iter().filter(|line| line.kind != LineKind::Tax))
}

fn sum<'l>(lines: impl Iterator<Item = &'l BillLine>) -> Option<Money> {
    lines.map(|line| line.cost).try_fold(Decimal::ZERO, Decimal::checked_add).and_then(cents)
}

/// Of a month's rows the ledger and its advice at the end of their last day.
struct Computed {
    ledger: Ledger,
    unknown_tier: usize,
    last_instant: Moment,
}

fn computed(rows: &[ActivityRow]) -> Option<Computed> {
    let last = rows.iter().map(|row| row.date).max()?;
    let (ledger, unknown_tier) = activity::ledger(rows, activity::terms(), last)?;
    Some(Computed { ledger, unknown_tier, last_instant: Moment::on(last, 0).plus_days(1).plus_seconds(-1) })
}

fn bill_view(bill: &MonthBill, store: &Store, id: AccountId) -> Result<Option<BillView>, AppError> {
    let month = Month::of_date(bill.month);
    let rows = reported::activity(store, id, month.first_date(), month.last_date())?;
    let by_rules =
        computed(&rows).map(|computed| computed.ledger.account.current(computed.last_instant).month_to_date);
    let kinds = [
        (BillPart::Subscriptions, |kind: &LineKind| matches!(kind, LineKind::Subscription(_))),
        (BillPart::Credits, |kind: &LineKind| matches!(kind, LineKind::Credits)),
        (BillPart::Discounts, |kind: &LineKind| matches!(kind, LineKind::Discount)),
        (BillPart::Other, |kind: &LineKind| matches!(kind, LineKind::Other(_))),
    ] as [(BillPart, fn(&LineKind) -> bool); 4];
    let mut parts = Vec::new();
    for (kind, is_of) in kinds {
        let mut of_kind = bill.lines.iter().filter(|line| is_of(&line.kind)).peekable();
        if of_kind.peek().is_some() {
            let Some(amount) = sum(of_kind) else { return Ok(None) };
            parts.push(BillPartView { kind, amount: amount.to_string() });
        }
    }
    let (tax, others): (Vec<_>, Vec<_>) = bill.lines.iter().partition(|line| line.kind == LineKind::Tax);
    let Some((total, tax)) = before_tax(bill).zip(sum(tax.into_iter())) else { return Ok(None) };
    let users: BTreeSet<_> = others.iter().map(|line| &line.user).filter(|user| !user.is_empty()).collect();
    Ok(Some(BillView {
        month: bill.month.format("%Y-%m").to_string(),
        total: total.to_string(),
        parts,
        tax: tax.to_string(),
        computed: text(by_rules),
        users: u32::try_from(users.len()).unwrap_or(u32::MAX),
    }))
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
    /// By user, what the newest bill has for them before tax.
    billed: BTreeMap<&'p str, Decimal>,
    /// By profile and user.
    cheaper: HashMap<(&'p str, &'p str), &'p CheaperTier>,
    at_risk: HashMap<(&'p str, &'p str), Risk>,
    /// How many rows don't say their credits.
    unknown_rows: HashMap<(&'p str, &'p str), u32>,
}

impl People<'_> {
    fn user(&self, subscription: &Subscription) -> OrganisationUser {
        let edition = activity::terms().edition;
        let name = |id: &str| edition.plan_named(id).map_or_else(|| id.to_owned(), |plan| plan.name.clone());
        let key = (subscription.profile.as_str(), subscription.user.as_str());
        let cheaper = self.cheaper.get(&key);
        let credits = &subscription.credits;
        OrganisationUser {
            id: key.1.to_owned(),
            email: self.emails.get(key.1).map(|email| (*email).to_owned()),
            profile: profile_name(key.0),
            tier: name(subscription.plan),
            used: credits.used.to_string(),
            allowance: credits.allowance.to_string(),
            used_permille: permille(credits.used.hundredths(), credits.allowance.hundredths()),
            unknown_rows: self.unknown_rows.get(&key).copied().unwrap_or(0),
            overage: credits.overage.to_string(),
            cost: subscription.month_to_date.to_string(),
            billed: text(self.billed.get(key.1).copied().and_then(cents)),
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
        let computed = computed(&rows);
        let bill = bill(store, id)?;
        let emails: HashMap<_, _> =
            rows.iter().filter_map(|row| Some((kiro_user::key(&row.user), row.email.as_deref()?))).collect();
        let mut billed: BTreeMap<&str, Decimal> = BTreeMap::new();
        for line in bill.iter().flat_map(|bill| &bill.lines).filter(|line| line.kind != LineKind::Tax) {
            let sum = billed.entry(&line.user).or_default();
            *sum = sum.checked_add(line.cost).unwrap_or(*sum);
        }
        let mut twice = paid_twice(bill.as_ref(), &[], &emails);
        let mut users = Vec::new();
        let mut month_to_date = None;
        let (mut used, mut overage) = (Credits::ZERO, Credits::ZERO);
        let mut saves = None;
        if let Some(Computed { ledger, last_instant, .. }) = &computed {
            let current = ledger.account.current(*last_instant);
            let advice = OrganisationAdvice::on(ledger, *last_instant);
            month_to_date = Some(current.month_to_date);
            used = current.subscriptions.iter().map(|subscription| subscription.credits.used).sum();
            overage = current.subscriptions.iter().map(|subscription| subscription.credits.overage).sum();
            let mut unknown_rows: HashMap<_, u32> = HashMap::new();
            for row in rows.iter().filter(|row| row.credits.is_none()) {
                *unknown_rows.entry((&*row.profile, kiro_user::key(&row.user))).or_default() += 1;
            }
            // Whose use isn't known whole can't be told that a smaller tier would do.
            let known = |tier: &&CheaperTier| {
                !unknown_rows.contains_key(&(tier.profile.as_str(), tier.user.as_str()))
            };
            let cheaper: Vec<_> = advice.cheaper_tiers.iter().filter(known).collect();
            saves = Some(cheaper.iter().map(|tier| tier.saves).sum::<Money>())
                .filter(|saves| saves.is_positive());
            twice = paid_twice(bill.as_ref(), &advice.charged_more_than_once, &emails);
            let at_risk = advice.at_risk.iter();
            let people = People {
                emails,
                billed,
                cheaper: cheaper
                    .into_iter()
                    .map(|tier| ((tier.profile.as_str(), tier.user.as_str()), tier))
                    .collect(),
                unknown_rows,
                at_risk: at_risk
                    .map(|user| ((user.profile.as_str(), user.user.as_str()), user.risk))
                    .collect(),
            };
            let mut by_cost: Vec<_> = current.subscriptions.iter().collect();
            by_cost.sort_by(|one, other| {
                other
                    .month_to_date
                    .cmp(&one.month_to_date)
                    .then_with(|| other.credits.used.cmp(&one.credits.used))
            });
            users = by_cost.into_iter().map(|subscription| people.user(subscription)).collect();
        }
        let count = |rows: usize| u32::try_from(rows).unwrap_or(u32::MAX);
        let period = month.period();
        Ok(OrganisationView {
            account: summary_of(store, &account)?,
            unreadable: unreadable::of(store, &account)?,
            as_of: last_day.map_or(now, |day| Moment::on(day, 0).plus_days(1)).to_string(),
            month: span(period.start, period.end),
            used: computed.as_ref().map(|_| used.to_string()),
            overage: computed.as_ref().map(|_| overage.to_string()),
            month_to_date: text(month_to_date),
            users,
            paid_twice: twice,
            saves: text(saves),
            bill: match &bill {
                Some(bill) => bill_view(bill, store, id)?,
                None => None,
            },
            source: OrganisationSource {
                rows: count(rows.len()),
                unknown_credits: count(rows.iter().filter(|row| row.credits.is_none()).count()),
                unknown_tier: count(computed.as_ref().map_or(0, |computed| computed.unknown_tier)),
                beyond_limit: count(
                    computed.as_ref().map_or(0, |computed| activity::beyond_limit(&computed.ledger)),
                ),
                last_day: text(last_day),
            },
        })
    }
}
