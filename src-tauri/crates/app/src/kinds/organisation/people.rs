//! Everybody whom a month's reports name.

use super::events::{Profiles, Tiers};
use hashbrown::HashMap;
use headroom_billing::bill::Seen;
use headroom_billing::organisation::{BeyondTier, Current};
use headroom_billing::{Plan, Total};
use headroom_exact::{Credits, StatedCredits, StatedSum};
use headroom_sources::kiro::activity_report::{ActivityRow, Quoted};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A user under a profile, as a month's rows have them.
#[derive(Default)]
pub(crate) struct Person {
    used: StatedSum,
    without_credits: u32,
    of_unknown_tier: u32,
    unknown_rows: u32,
    /// What rows say of overage, and those with credits that say nothing of it.
    overage: Option<StatedSum>,
    without_overage: u32,
    /// What the last row says of overage and limits.
    pub quoted: Arc<Quoted>,
    tier: Option<Arc<str>>,
    /// Its plan; none where the price list has no such tier.
    pub plan: Option<&'static Plan>,
}

impl Person {
    fn add(&mut self, row: &ActivityRow, plan: Option<&'static Plan>) {
        let add = |count: &mut u32, is: bool| *count = count.saturating_add(is.into());
        add(&mut self.without_credits, row.credits.is_none());
        add(&mut self.of_unknown_tier, plan.is_none());
        let is_unknown = row.credits.is_none() || plan.is_none();
        add(&mut self.unknown_rows, is_unknown);
        // Who used nothing used nothing beyond a tier.
        let is_without = row.quoted.overage.is_none() && row.credits.is_some_and(StatedCredits::is_positive);
        add(&mut self.without_overage, is_without && !is_unknown);
        if let Some(overage) = row.quoted.overage {
            self.overage.get_or_insert_default().add(overage);
        }
        self.used.add(row.credits.unwrap_or_default());
        self.quoted = Arc::clone(&row.quoted);
        self.tier.clone_from(&row.tier);
        self.plan = plan;
    }

    /// Credits used, on whatever tier (F5).
    pub fn used(&self) -> Total<Credits> {
        Total::of(self.used.rounded(), self.without_credits > 0)
    }

    /// Rows without credits, of a tier that isn't known, or without overage where others have some: with any, what they cost
    /// isn't known whole.
    pub fn unknown_rows(&self) -> u32 {
        self.unknown_rows.saturating_add(self.overage_unknown())
    }

    /// Rows that don't say their overage, while others say theirs and there is any: what they have isn't none (F5). Where no
    /// row says any it is computed.
    fn overage_unknown(&self) -> u32 {
        let Some(overage) = self.overage else { return 0 };
        let is_beyond = self.plan.is_some_and(|plan| plan.is_paid() && self.used.rounded() > plan.allowance);
        if is_beyond || overage.rounded().is_positive() { self.without_overage } else { 0 }
    }

    /// The tier of the last row as the report has it; empty where it names none.
    pub fn tier_text(&self) -> String {
        self.tier.as_deref().unwrap_or_default().to_owned()
    }

    /// The most credits of overage, where it is on.
    pub fn overage_cap(&self) -> Option<Credits> {
        let is_on = self.quoted.overage_enabled == Some(true);
        self.quoted.overage_cap.filter(|_| is_on).map(StatedCredits::rounded)
    }

    /// What happens to what they use beyond their tier from now on.
    pub fn beyond_tier(&self) -> BeyondTier {
        match self.quoted.overage_enabled {
            Some(true) => BeyondTier::Charged(self.overage_cap()),
            Some(false) => BeyondTier::Paused,
            None => BeyondTier::Unknown,
        }
    }

    /// As a bill is compared with them.
    pub fn seen(&self, user: &str) -> Seen {
        let credits = self.used.rounded();
        let is_beyond = self.plan.is_some_and(|plan| plan.is_paid() && credits > plan.allowance);
        Seen {
            is_priced: self.is_priced(),
            is_off: is_beyond && self.quoted.overage_enabled != Some(true),
            cap: self.overage_cap(),
            is_whole: self.without_credits == 0,
            ..Seen::of(user)
        }
    }

    /// Whether every row is on a tier that the price list has.
    pub const fn is_priced(&self) -> bool {
        self.of_unknown_tier == 0
    }
}

/// Everybody of a month, by profile and user.
#[derive(Default)]
pub(super) struct People(BTreeMap<Arc<str>, BTreeMap<Arc<str>, Person>>);

impl People {
    pub fn of<'r>(
        rows: impl Iterator<Item = &'r ActivityRow>,
        profiles: &Profiles<'r>,
        tiers: &Tiers<'_>,
    ) -> Self {
        let mut people: HashMap<(&str, &str), Person> = HashMap::new();
        for row in rows {
            let plan = tiers.plan_of(row).filter(|_| !profiles.is_of_any(row));
            people.entry((profiles.of_row(row), &row.user)).or_default().add(row, plan);
        }
        let mut in_order = Self::default();
        for ((profile, user), of) in people {
            in_order.0.entry(profile.into()).or_default().insert(user.into(), of);
        }
        in_order
    }

    pub fn all(&self) -> impl Iterator<Item = (&str, &str, &Person)> {
        self.0
            .iter()
            .flat_map(|(profile, users)| users.iter().map(|(user, person)| (&**profile, &**user, person)))
    }

    /// How many used more than their tier has, while the reports say neither whether overage is on for them nor that they
    /// have any.
    pub fn switch_unknown(&self, current: &Current) -> usize {
        let beyond = current.subscriptions.iter().filter(|subscription| {
            subscription.credits.uncovered.is_positive() && !subscription.credits.overage.is_positive()
        });
        let is_untold = |person: &Person| person.quoted.overage_enabled.is_none();
        beyond
            .filter(|held| self.of_user(held.profile.as_str(), held.user.as_str()).is_some_and(is_untold))
            .count()
    }

    /// Of each user how many rows don't say their overage, where it isn't known without them.
    pub fn overage_unknown(&self) -> impl Iterator<Item = u32> {
        self.all().map(|(_, _, person)| person.overage_unknown())
    }

    pub fn of_user(&self, profile: &str, user: &str) -> Option<&Person> {
        self.0.get(profile)?.get(user)
    }
}
