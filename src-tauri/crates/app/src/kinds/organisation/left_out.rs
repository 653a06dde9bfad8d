//! What of an organisation's reports is in no cost of its month.

use super::events::{Profiles, Tiers};
use crate::answers::ChargeNote;
use headroom_sources::kiro::activity_report::ActivityRow;
use std::collections::BTreeSet;

pub(super) fn count(rows: usize) -> u32 {
    u32::try_from(rows).unwrap_or(u32::MAX)
}

/// Rows and whose they are.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
struct Rows {
    rows: u32,
    users: u32,
}

#[derive(Default)]
struct Counting<'r> {
    rows: usize,
    users: BTreeSet<&'r str>,
}

impl<'r> Counting<'r> {
    fn add(&mut self, row: &'r ActivityRow) {
        self.rows = self.rows.saturating_add(1);
        self.users.insert(&row.user);
    }

    fn done(&self) -> Rows {
        Rows { rows: count(self.rows), users: count(self.users.len()) }
    }
}

/// What of the rows is in no cost.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct LeftOut {
    /// On a tier that the price list doesn't have.
    tier_unknown: Rows,
    /// Which tiers.
    tiers: Vec<String>,
    /// Without a tier.
    tier_missing: Rows,
    /// Without a profile, of users who have several.
    profile_missing: Rows,
    /// On a paid tier, without credits.
    credits_unknown: Rows,
    /// Without credits of overage, beside others of the same users that say them.
    overage_unknown: Rows,
    /// Beyond the limit, with overage off as far as the reports say.
    beyond_limit: u32,
    /// Users with credits beyond the limit of whom the reports don't say whether overage is on.
    switch_unknown: u32,
    /// Rows that couldn't be read.
    unread: u32,
}

impl LeftOut {
    /// Of rows, of which so many were refused beyond the limit.
    pub fn of<'r>(
        rows: impl Iterator<Item = &'r ActivityRow>,
        (profiles, tiers): (&Profiles<'r>, &Tiers<'_>),
        beyond_limit: usize,
    ) -> Self {
        let mut unknown_tiers = BTreeSet::new();
        let (mut unknown, mut missing, mut no_credits) =
            (Counting::default(), Counting::default(), Counting::default());
        let mut no_profile = Counting::default();
        for row in rows {
            if profiles.is_of_any(row) {
                no_profile.add(row);
                continue;
            }
            match (row.tier.as_deref(), tiers.plan_of(row)) {
                (_, Some(plan)) if row.credits.is_none() && plan.is_paid() => no_credits.add(row),
                (_, Some(_)) => {}
                (Some(tier), None) => {
                    unknown_tiers.insert(tier);
                    unknown.add(row);
                }
                (None, None) => missing.add(row),
            }
        }
        Self {
            tier_unknown: unknown.done(),
            tiers: unknown_tiers.into_iter().map(str::to_owned).collect(),
            tier_missing: missing.done(),
            profile_missing: no_profile.done(),
            credits_unknown: no_credits.done(),
            overage_unknown: Rows::default(),
            beyond_limit: count(beyond_limit),
            switch_unknown: 0,
            unread: 0,
        }
    }

    /// The same beside what isn't known of these people (of each user the rows that don't say their overage), so many users of
    /// whom it isn't said whether overage is on, and rows that couldn't be read.
    pub fn and(self, overage_unknown: impl Iterator<Item = u32>, switch_unknown: u32, unread: u32) -> Self {
        let add = |Rows { rows, users }: Rows, more: u32| Rows {
            rows: rows.saturating_add(more),
            users: users.saturating_add(u32::from(more > 0)),
        };
        Self { overage_unknown: overage_unknown.fold(Rows::default(), add), switch_unknown, unread, ..self }
    }

    /// Whether there is anything.
    pub fn is_anything(&self) -> bool {
        *self != Self::default()
    }

    /// Rows whose tier has no price: left out whole.
    pub fn without_tier(&self) -> u32 {
        self.tier_unknown.rows.saturating_add(self.tier_missing.rows)
    }

    /// Rows beyond the limit with overage off.
    pub const fn beyond_limit(&self) -> u32 {
        self.beyond_limit
    }

    /// A note for each thing left out.
    pub fn notes(&self) -> Vec<ChargeNote> {
        let Self {
            tier_unknown,
            tiers,
            tier_missing,
            profile_missing,
            credits_unknown,
            overage_unknown,
            beyond_limit,
            switch_unknown,
            unread,
        } = self;
        let note =
            |of: &Rows, note: fn(u32, u32) -> ChargeNote| (of.rows > 0).then(|| note(of.rows, of.users));
        let tier = (tier_unknown.rows > 0).then(|| ChargeNote::TierUnknown {
            rows: tier_unknown.rows,
            users: tier_unknown.users,
            tiers: tiers.clone(),
        });
        let rest = [
            note(tier_missing, |rows, users| ChargeNote::TierMissing { rows, users }),
            note(profile_missing, |rows, users| ChargeNote::ProfileMissing { rows, users }),
            note(credits_unknown, |rows, users| ChargeNote::CreditsUnknown { rows, users }),
            note(overage_unknown, |rows, users| ChargeNote::OverageUnknown { rows, users }),
            (*beyond_limit > 0).then_some(ChargeNote::BeyondLimit { rows: *beyond_limit }),
            (*switch_unknown > 0).then_some(ChargeNote::SwitchUnknown { users: *switch_unknown }),
            (*unread > 0).then_some(ChargeNote::ReportsUnread { rows: *unread }),
        ];
        tier.into_iter().chain(rest.into_iter().flatten()).collect()
    }
}
