//! What those in each group of an organisation come to.

use super::users::User;
use crate::answers::{OrganisationGroup, text};
use crate::identities::People;
use headroom_billing::Total;
use headroom_billing::total::known_sum;
use headroom_exact::{Credits, Money};
use std::collections::{BTreeMap, BTreeSet};

/// Tier by tier, and profile by profile where there are several; the most expensive first. What a bill has for somebody isn't
/// told apart by these.
pub(super) fn by(users: &[User], named: fn(&User) -> &str) -> Vec<OrganisationGroup> {
    let mut parts: BTreeMap<&str, Vec<&User>> = BTreeMap::new();
    for user in users {
        parts.entry(named(user)).or_default().push(user);
    }
    let mut parts: Vec<_> = parts.into_iter().map(|(name, users)| (name, costs(&users), users)).collect();
    parts.sort_by_key(|(_, cost, _)| std::cmp::Reverse(cost.known()));
    let part = |(name, _, users): (&str, _, Vec<&User>)| OrganisationGroup {
        billed: None,
        ..group(Some(name).filter(|name| !name.is_empty()), &users)
    };
    parts.into_iter().map(part).collect()
}

/// Group by group, by name; who is in several is in each. Last who is in none.
pub(super) fn groups(users: &[User], people: &People) -> Vec<OrganisationGroup> {
    if !people.are_grouped() {
        return Vec::new();
    }
    let mut groups: BTreeMap<(bool, &str), Vec<&User>> = BTreeMap::new();
    for user in users {
        let of = people.groups(&user.id);
        for group in of {
            groups.entry((false, group)).or_default().push(user);
        }
        if of.is_empty() {
            groups.entry((true, "")).or_default().push(user);
        }
    }
    groups.into_iter().map(|((is_none, name), users)| group((!is_none).then_some(name), &users)).collect()
}

/// What they cost so far.
fn costs(users: &[&User]) -> Total<Money> {
    let cost: Money = known_sum(users.iter().map(|user| user.cost));
    Total::of(cost, users.iter().any(|user| user.cost.is_none() || user.unknown_rows > 0))
}

fn group(name: Option<&str>, users: &[&User]) -> OrganisationGroup {
    let ids: BTreeSet<_> = users.iter().map(|user| user.id.as_str()).collect();
    let used: Credits = known_sum(users.iter().map(|user| user.used.known()));
    let used = Total::of(used, users.iter().any(|user| !matches!(user.used, Total::Whole(_))));
    let cost = costs(users);
    // Who is under several profiles stands in the group with each of them, and with what is billed once.
    let is_billed = users.iter().any(|user| user.billed.is_some());
    let billed: Money = known_sum(users.iter().map(|user| user.billed));
    OrganisationGroup {
        name: name.map(str::to_owned),
        users: u32::try_from(ids.len()).unwrap_or(u32::MAX),
        used: text(used.known()),
        used_at_least: used.is_at_least(),
        cost: text(cost.known()),
        cost_at_least: cost.is_at_least(),
        billed: is_billed.then(|| billed.to_string()),
    }
}
