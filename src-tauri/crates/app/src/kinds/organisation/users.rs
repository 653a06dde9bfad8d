//! Everybody in an organisation: what they used and cost, who is near the limit, on too large a tier or paid for twice.

use super::month::{OrganisationMonth, terms};
use super::people::Person;
use super::profile_names::ProfileNames;
use crate::answers::BilledTwice;
use crate::bills;
use chrono::NaiveDate;
use hashbrown::HashMap;
use headroom_billing::Total;
use headroom_billing::bill::sums_by;
use headroom_billing::organisation::{
    AtRisk, ByTheEnd, CheaperTier, OrganisationAdvice, RepeatedUser, Risk, Subscription, SubscriptionOutlook,
    permille_of,
};
use headroom_exact::{Credits, Money, Month, StatedCredits};
use headroom_sources::aws::{LineKind, MonthBill};
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// A user under a profile.
pub(super) struct User {
    pub id: String,
    pub email: Option<String>,
    /// The profile's name; empty where reports name none.
    pub profile: String,
    /// The tier's name.
    pub tier: String,
    /// None of a tier that isn't known.
    pub allowance: Option<Credits>,
    /// Whether that is what an administrator lets them use.
    pub limited: bool,
    pub overage_enabled: Option<bool>,
    pub overage_cap: Option<Credits>,
    pub used: Total<Credits>,
    /// Of what is known to be used, in tenths of a percent of the tier's credits.
    pub used_permille: u32,
    pub overage: Total<Credits>,
    /// Rows without credits or of a tier that isn't known.
    pub unknown_rows: u32,
    /// Fee and overage so far, without tax; none of a tier that isn't known.
    pub cost: Option<Money>,
    /// What the newest bill has for them, before tax.
    pub billed: OnBill,
    pub risk: Option<Risk>,
    /// When the credits are used up at the pace so far, where that is the risk.
    pub runs_out_on: Option<NaiveDate>,
    /// When they were used up.
    pub used_up_on: Option<NaiveDate>,
    /// What the month comes to by its end; none where that isn't known, or it has ended.
    pub by_the_end: Option<ByTheEnd>,
    /// The name of the cheapest tier for a month like this one, and what it saves.
    pub cheaper: Option<(String, Money)>,
    /// Whether that is a smaller one.
    pub cheaper_is_smaller: bool,
    /// Whether a licence of theirs is on the newest bill that nobody used, then or in the month that is shown (F8).
    pub is_idle: bool,
    /// What the tier costs a month; none of a tier that isn't known.
    pub fee: Option<Money>,
}

/// What a bill has for somebody. It names users and no profiles.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum OnBill {
    /// This; none where it has nothing, or that can't be added up.
    Here(Option<Money>),
    /// That stands in another row of theirs.
    Elsewhere,
}

impl OnBill {
    /// What stands in this row.
    pub const fn here(self) -> Option<Money> {
        match self {
            Self::Here(billed) => billed,
            Self::Elsewhere => None,
        }
    }
}

/// Since or from when requests of a user pause until the month ends.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Pause {
    /// They do already: the tier's credits are used up and overage is off, or its cap is reached.
    Now,
    /// They will, if it goes on as so far.
    Ahead,
}

impl User {
    /// Whether their requests pause, as far as the reports say (K6, F5).
    pub fn pause(&self) -> Option<Pause> {
        let is_off = self.overage_enabled == Some(false);
        let is_at_cap = || self.overage_cap.zip(self.overage.known()).is_some_and(|(cap, used)| used >= cap);
        match self.risk? {
            Risk::AtLimit => is_off.then_some(Pause::Now),
            Risk::InOverage => is_at_cap().then_some(Pause::Now),
            Risk::NearLimit => (is_off && self.runs_out_on.is_some()).then_some(Pause::Ahead),
        }
    }

    /// What a month costs less without them: told where nobody uses it, and where no other tier is told already.
    pub fn leaving_saves(&self) -> Option<Money> {
        self.fee.filter(|fee| self.is_idle && self.cheaper.is_none() && fee.is_positive())
    }
}

/// Everybody, and what cheaper tiers would save.
#[derive(Default)]
pub(super) struct Everybody {
    /// The most expensive first.
    pub users: Vec<User>,
    /// Whose licences are on the newest bill, unused, and of whom the month's reports say nothing.
    pub not_reported: Vec<User>,
    pub paid_twice: Vec<BilledTwice>,
    /// What all cheaper tiers together save; none where they save nothing.
    pub saves: Option<Total<Money>>,
    /// Whether enough of the month has passed to say so.
    pub tiers_are_judged: bool,
    /// Whether that is as far as is known: rows or days are missing, or nobody says whether somebody's overage is on.
    pub is_part: bool,
}

/// Users' addresses, where a report has them.
pub(super) type Emails<'e> = HashMap<&'e str, &'e str>;

/// What a table of users is made of.
struct Table<'p> {
    emails: Emails<'p>,
    /// By user, what the newest bill has for them before tax; none where it can't be added up.
    billed: BTreeMap<&'p str, Option<Money>>,
    /// By profile and user.
    subscriptions: HashMap<(&'p str, &'p str), &'p Subscription>,
    cheaper: HashMap<(&'p str, &'p str), &'p CheaperTier>,
    at_risk: HashMap<(&'p str, &'p str), &'p AtRisk>,
    outlook: HashMap<(&'p str, &'p str), &'p SubscriptionOutlook>,
    idle: &'p HashSet<&'p str>,
    /// Whether the month has ended: then it has come to what it cost.
    has_ended: bool,
    month: &'p OrganisationMonth,
    profiles: &'p ProfileNames<'p>,
}

impl Table<'_> {
    /// Somebody whom the month's rows name, on whatever tier.
    fn user(&self, profile: &str, id: &str, person: &Person) -> User {
        let edition = self.month.edition();
        let name = |id: &str| edition.plan_named(id).map_or_else(|| id.to_owned(), |plan| plan.name.clone());
        let key = (profile, id);
        let subscription = self.subscriptions.get(&key);
        let limit = person.quoted.usage_limit.map(StatedCredits::rounded);
        let of_plan = person.plan.map(|plan| plan.allowance);
        let allowance = subscription.map(|subscription| subscription.credits.allowance).or(limit).or(of_plan);
        let unknown_rows = person.unknown_rows();
        let known = |credits: Credits| Total::of(credits, unknown_rows > 0);
        let free = person.is_priced().then(Money::default);
        let used = person.used();
        let outlook = self.outlook.get(&key);
        User {
            id: id.to_owned(),
            email: self.emails.get(id).map(|email| (*email).to_owned()),
            profile: self.profiles.of_one(profile),
            tier: match subscription {
                Some(subscription) => name(subscription.plan),
                None => person.plan.map_or_else(|| person.tier_text(), |plan| plan.name.clone()),
            },
            allowance,
            // A limit that is the tier's own was set for nobody; of an unknown tier's nobody knows.
            limited: limit.zip(of_plan).is_some_and(|(limit, of_plan)| limit != of_plan),
            overage_enabled: person.quoted.overage_enabled,
            overage_cap: person.overage_cap(),
            used_permille: allowance.zip(used.known()).map_or(0, |(of, used)| permille_of(used, of)),
            used,
            overage: known(subscription.map(|subscription| subscription.credits.overage).unwrap_or_default()),
            unknown_rows,
            cost: subscription.map(|subscription| subscription.month_to_date).or(free),
            billed: OnBill::Here(self.billed.get(id).copied().flatten()),
            risk: self.at_risk.get(&key).map(|user| user.risk),
            runs_out_on: self.at_risk.get(&key).and_then(|user| user.runs_out_on),
            used_up_on: outlook.and_then(|of| of.used_up_on),
            by_the_end: outlook
                .and_then(|of| of.by_the_end)
                .or(free.map(|_| ByTheEnd::default()).filter(|_| subscription.is_none()))
                .filter(|_| unknown_rows == 0 && !self.has_ended),
            is_idle: used == Total::Whole(Credits::ZERO) && self.idle.contains(id),
            fee: person.plan.map(|plan| plan.monthly_price),
            cheaper_is_smaller: self.cheaper.get(&key).is_some_and(|tier| tier.is_smaller),
            cheaper: self.cheaper.get(&key).map(|tier| (name(tier.cheapest), tier.saves)),
        }
    }
}

/// Who is paid for more than once: in several profiles by the reports, in several accounts or regions by the
/// newest bill.
fn paid_twice(
    bill: Option<&MonthBill>,
    (repeated, names): (&[RepeatedUser], &ProfileNames<'_>),
    emails: &Emails<'_>,
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
        name: None,
        email: emails.get(user).map(|email| (*email).to_owned()),
        profiles: Vec::new(),
        accounts: Vec::new(),
    };
    for RepeatedUser { user, profiles } in repeated {
        let entry = twice.entry(user.as_str()).or_insert_with(|| of(user.as_str()));
        entry.profiles = profiles.iter().map(|profile| names.of_one(profile.as_str())).collect();
    }
    for (user, accounts) in accounts.into_iter().filter(|(_, accounts)| accounts.len() > 1) {
        twice.entry(user).or_insert_with(|| of(user)).accounts = accounts.into_iter().collect();
    }
    twice.into_values().collect()
}

/// Everybody whom a bill names, where there are no reports: what they cost, and nothing of what they used.
fn of_bill(bill: &MonthBill, idle: &HashSet<&str>) -> Vec<User> {
    let edition = terms().lists.at(Month::of_date(bill.month).start());
    let lines = bill.lines.iter().filter(|line| line.kind.is_before_tax() && !line.user.is_empty());
    let billed = sums_by(lines.clone().map(|line| (line.user.as_str(), bills::cost(line))));
    let tiers: BTreeMap<_, _> = lines
        .filter_map(|line| match &line.kind {
            LineKind::Subscription(tier) => Some((line.user.as_str(), tier.as_str())),
            LineKind::Credits
            | LineKind::Deduction(_)
            | LineKind::Discount
            | LineKind::Tax
            | LineKind::Other(_)
            | LineKind::Currency(_) => None,
        })
        .collect();
    let mut users: Vec<_> = billed
        .into_iter()
        .map(|(id, billed)| {
            let tier = tiers.get(id).copied();
            let plan = tier.and_then(|tier| edition.plan_of_tier(tier));
            User {
                id: id.to_owned(),
                tier: plan.map_or_else(|| tier.unwrap_or_default().to_owned(), |plan| plan.name.clone()),
                allowance: plan.map(|plan| plan.allowance),
                used: Total::Unknown,
                overage: Total::Unknown,
                billed: OnBill::Here(billed),
                email: None,
                profile: String::new(),
                limited: false,
                overage_enabled: None,
                overage_cap: None,
                used_permille: 0,
                unknown_rows: 0,
                cost: None,
                risk: None,
                runs_out_on: None,
                used_up_on: None,
                by_the_end: None,
                cheaper: None,
                cheaper_is_smaller: false,
                is_idle: idle.contains(id),
                fee: plan.map(|plan| plan.monthly_price),
            }
        })
        .collect();
    users.sort_by_key(|user| std::cmp::Reverse(user.billed.here()));
    users
}

/// What everybody is told from.
pub(super) struct Of<'o> {
    /// The month's reports; none without.
    pub month: Option<&'o OrganisationMonth>,
    /// Whether it has ended.
    pub has_ended: bool,
    pub bill: Option<&'o MonthBill>,
    /// Whose licences on that bill nobody used.
    pub idle: &'o HashSet<&'o str>,
}

/// Everybody in a month of reports, with the newest bill beside it; without reports, everybody on the bill.
pub(super) fn everybody(of: &Of<'_>, emails: Emails<'_>) -> Everybody {
    let Of { month, has_ended, bill, idle } = *of;
    let Some(month) = month else {
        let paid_twice = paid_twice(bill, (&[], &ProfileNames::default()), &emails);
        let users = bill.map(|bill| of_bill(bill, idle)).unwrap_or_default();
        return Everybody { users, paid_twice, ..Everybody::default() };
    };
    let not_reported = not_reported(bill, month, idle, &emails);
    let outlook = month.outlook();
    let current = month.current();
    let advice = month.advice();
    let profiles = ProfileNames::of(month.people().map(|(profile, ..)| profile));
    let paid_twice = paid_twice(bill, (&advice.charged_more_than_once, &profiles), &emails);
    let lines = bill.iter().flat_map(|bill| &bill.lines).filter(|line| line.kind.is_before_tax());
    let billed = sums_by(lines.map(|line| (line.user.as_str(), bills::cost(line))));
    let at_risk = advice.at_risk.iter();
    let cheaper = advice.cheaper_tiers.iter();
    let held = current.subscriptions.iter();
    let table = Table {
        emails,
        billed,
        subscriptions: held.map(|held| ((held.profile.as_str(), held.user.as_str()), held)).collect(),
        cheaper: cheaper.map(|tier| ((tier.profile.as_str(), tier.user.as_str()), tier)).collect(),
        month,
        at_risk: at_risk.map(|user| ((user.profile.as_str(), user.user.as_str()), user)).collect(),
        outlook: outlook.iter().map(|of| ((of.profile.as_str(), of.user.as_str()), of)).collect(),
        idle,
        has_ended,
        profiles: &profiles,
    };
    let mut users: Vec<_> =
        month.people().map(|(profile, user, person)| table.user(profile, user, person)).collect();
    users.sort_by(|one, other| {
        other.cost.cmp(&one.cost).then_with(|| other.used.known().cmp(&one.used.known()))
    });
    bill_once(&mut users);
    let OrganisationAdvice { tiers_are_judged, leaves_somebody_out, .. } = advice;
    let is_part = month.left_out().is_anything() || !month.tells_a_pace() || leaves_somebody_out;
    let saves = Some(advice.saves).filter(|saves| saves.is_positive()).map(|saves| Total::of(saves, is_part));
    Everybody { users, not_reported, paid_twice, saves, tiers_are_judged, is_part }
}

/// What a bill has for a user stands in their first row alone, so that a column of it adds up to the bill.
fn bill_once(users: &mut [User]) {
    let mut met: HashSet<String> = HashSet::new();
    for user in users {
        if !met.insert(user.id.clone()) {
            user.billed = user.billed.here().map_or(user.billed, |_| OnBill::Elsewhere);
        }
    }
}

/// Whose licences nobody used, and whom the month's rows don't name: as the bill has them.
fn not_reported(
    bill: Option<&MonthBill>,
    month: &OrganisationMonth,
    idle: &HashSet<&str>,
    emails: &Emails<'_>,
) -> Vec<User> {
    if idle.is_empty() {
        return Vec::new();
    }
    let named: HashSet<_> = month.people().map(|(_, user, _)| user).collect();
    let users = bill.map(|bill| of_bill(bill, idle)).unwrap_or_default().into_iter();
    let users = users.filter(|user| user.is_idle && !named.contains(user.id.as_str()));
    let email = |id: &str| emails.get(id).map(|email| (*email).to_owned());
    users.map(|user| User { email: email(&user.id), ..user }).collect()
}
