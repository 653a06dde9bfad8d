//! Who an organisation's users are, by the file that its owner imported.

use crate::answers::{ChargedPeriod, DifferenceRest, DifferenceView};
use crate::error::AppError;
use headroom_sources::kiro::user;
use headroom_store::Store;
use headroom_store::table::accounts::AccountId;
use headroom_store::table::identities::Identity;
use std::collections::{BTreeMap, HashMap};

/// Everybody who is known, by the id that reports and bills have.
#[derive(Default)]
pub(crate) struct People(HashMap<String, Known>);

struct Known {
    identity: Identity,
    /// What they are called; with the id where two are called the same.
    called: Option<String>,
}

impl People {
    /// Of an account.
    pub fn of(store: &Store, account: AccountId) -> Result<Self, AppError> {
        // An older version kept an id as its file wrote it; what came later stands behind it.
        let identities = store.identities(account)?.into_iter();
        let by_user = identities.map(|of| (user::key(&of.user).into_owned(), of));
        let identities: BTreeMap<String, Identity> = by_user.collect();
        let mut times: BTreeMap<&str, usize> = BTreeMap::new();
        for name in identities.values().filter_map(called) {
            let count = times.entry(name).or_default();
            *count = count.saturating_add(1);
        }
        let several = |name: &str| times.get(name).is_some_and(|times| *times > 1);
        let labels: Vec<_> = identities
            .iter()
            .map(|(user, of)| {
                called(of)
                    .map(|name| if several(name) { format!("{name} ({user})") } else { name.to_owned() })
            })
            .collect();
        let known = identities.into_iter().zip(labels);
        Ok(Self(known.map(|((user, identity), called)| (user, Known { identity, called })).collect()))
    }

    /// Whether nobody is known.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What somebody is called; none where nobody said.
    pub fn name(&self, user: &str) -> Option<String> {
        self.0.get(user)?.called.clone()
    }

    /// Their address; none where nobody said.
    pub fn email(&self, user: &str) -> Option<String> {
        self.0.get(user)?.identity.email.clone()
    }

    /// The groups they are in.
    pub fn groups(&self, user: &str) -> &[String] {
        self.0.get(user).map_or(&[], |known| &known.identity.groups)
    }

    /// Whether anybody is in a group.
    pub fn are_grouped(&self) -> bool {
        self.0.values().any(|known| !known.identity.groups.is_empty())
    }

    /// Names everybody in a period's charges.
    pub fn name_period(&self, period: &mut ChargedPeriod) {
        for line in period.invoices.iter_mut().flat_map(|invoice| &mut invoice.lines) {
            if let Some(name) = line.user.as_deref().and_then(|user| self.name(user)) {
                line.user = Some(name);
            }
        }
        self.name_differences(period);
    }

    /// Names whom a bill's lines name; the charges keep the ids.
    pub fn name_differences(&self, period: &mut ChargedPeriod) {
        if let Some(difference) = period.quoted.as_mut().and_then(|quoted| quoted.difference.as_mut()) {
            self.name_difference(difference);
        }
    }

    fn name_difference(&self, of: &mut DifferenceView) {
        let parts = of.parts.iter_mut().map(|part| &mut part.of).chain(&mut of.unexplained);
        for row in parts.flat_map(|DifferenceRest { rows, .. }| rows) {
            row.name = row.user.as_deref().and_then(|user| self.name(user));
        }
    }
}

fn called(of: &Identity) -> Option<&str> {
    of.name.as_deref().or(of.email.as_deref())
}
