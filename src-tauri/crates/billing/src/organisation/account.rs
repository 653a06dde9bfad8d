//! The organisation between two events: its profiles, and every user under them.

use super::current::{Current, RepeatedUser};
use super::subscriber::Subscriber;
use super::{BeyondTier, ClosedMonth, Seat, Stated};
use crate::catalog::{Edition, Plan, PlanRank};
use crate::invoice::{Invoice, Name};
use crate::refusal::RefusalReason;
use crate::terms::Terms;
use hashbrown::{DefaultHashBuilder, HashMap, HashTable};
use headroom_exact::{Credits, Moment, Month, Period};
use std::collections::BTreeMap;
use std::hash::BuildHasher as _;

/// A user whose subscription goes on after the running month.
pub(super) struct Staying<'o> {
    pub profile: &'o Name,
    pub user: &'o Name,
    /// The tier that goes on (E5).
    pub plan: &'static Plan,
    /// What an administrator lets them use in the month, where that is told.
    pub limit: Option<Credits>,
    /// Credits by day of the month, up to the last with a task.
    pub days: &'o [Credits],
}

/// An organisation as it stands at a moment.
#[derive(Clone, Debug)]
pub struct Organisation {
    terms: Terms,
    /// The running month's price list (N1).
    edition: &'static Edition,
    month: Month,
    period: Period,
    profiles: HashMap<Name, usize>,
    /// The overage switch of each profile (E1).
    overage_enabled: Vec<bool>,
    subscribers: Vec<Subscriber>,
    /// Where each user under a profile is among the subscribers.
    seats: HashTable<usize>,
    hashing: DefaultHashBuilder,
    /// The subscribers by profile, then user: the order of lines and of the statement.
    order: BTreeMap<(Name, Name), usize>,
}

impl Organisation {
    /// An organisation with nobody in it yet.
    pub(super) fn begin(terms: Terms, at: Moment) -> Self {
        let month = Month::of(at);
        Self {
            terms,
            edition: terms.lists.at(at),
            month,
            period: month.period(),
            profiles: HashMap::new(),
            overage_enabled: Vec::new(),
            subscribers: Vec::new(),
            seats: HashTable::new(),
            hashing: DefaultHashBuilder::default(),
            order: BTreeMap::new(),
        }
    }

    /// What it is billed by.
    pub const fn terms(&self) -> &Terms {
        &self.terms
    }

    /// The running month's price list.
    pub const fn edition(&self) -> &'static Edition {
        self.edition
    }

    pub(super) const fn running_month(&self) -> Period {
        self.period
    }

    fn profile_index(&mut self, name: &str) -> usize {
        if let Some(index) = self.profiles.get(name) {
            return *index;
        }
        let index = self.overage_enabled.len();
        self.overage_enabled.push(false);
        self.profiles.insert(name.into(), index);
        index
    }

    fn index_of(&self, seat: &Seat<'_>) -> Option<usize> {
        let (profile, user) = (seat.profile.as_ref(), seat.user.as_ref());
        let is_it = |index: &usize| self.subscribers.get(*index).is_some_and(|known| known.is(profile, user));
        self.seats.find(self.hashing.hash_one((profile, user)), is_it).copied()
    }

    /// The user under the profile as it stands; none if it was never seen.
    pub(super) fn subscriber(&self, seat: &Seat<'_>) -> Option<&Subscriber> {
        self.subscribers.get(self.index_of(seat)?)
    }

    /// A user gets a plan through a group: a higher tier at once, a lower one from the next month
    /// (E4, E5).
    pub(super) fn assign(&mut self, seat: &Seat<'_>, group: &str, plan: PlanRank) {
        let edition = self.edition;
        let index = self.index_of(seat).unwrap_or_else(|| self.insert(seat));
        if let Some(subscriber) = self.subscribers.get_mut(index) {
            subscriber.assign(group, plan, edition);
        }
    }

    fn insert(&mut self, seat: &Seat<'_>) -> usize {
        let profile_index = self.profile_index(&seat.profile);
        let subscriber = Subscriber::new(seat, profile_index);
        let index = self.subscribers.len();
        let (subscribers, hashing) = (&self.subscribers, &self.hashing);
        let hash_of = |index: &usize| {
            let known = subscribers.get(*index).map(|known| (known.profile.as_str(), known.user.as_str()));
            hashing.hash_one(known.unwrap_or_default())
        };
        let hash = hashing.hash_one((subscriber.profile.as_str(), subscriber.user.as_str()));
        self.seats.insert_unique(hash, index, hash_of);
        self.order.insert((subscriber.profile.clone(), subscriber.user.clone()), index);
        self.subscribers.push(subscriber);
        index
    }

    /// A user leaves a group; the month is paid in full (E3).
    pub(super) fn unassign(&mut self, seat: &Seat<'_>, group: &str) -> Result<(), RefusalReason> {
        let index = self.index_of(seat).ok_or(RefusalReason::NotAssigned)?;
        self.subscribers.get_mut(index).ok_or(RefusalReason::NotAssigned)?.unassign(group)
    }

    /// The switch of a profile (E1). It is the profile's own, so it outlasts its subscriptions.
    pub(super) fn set_overage(&mut self, profile: &str, enabled: bool) {
        let index = self.profile_index(profile);
        if let Some(switch) = self.overage_enabled.get_mut(index) {
            *switch = enabled;
        }
    }

    /// What happens to credits beyond a tier under a profile, by its switch (E1, K6).
    pub(super) fn beyond_tier(&self, profile: &str) -> BeyondTier {
        let index = self.profiles.get(profile);
        let is_on = index.and_then(|index| self.overage_enabled.get(*index)).copied().unwrap_or(false);
        if is_on { BeyondTier::Charged(None) } else { BeyondTier::Paused }
    }

    /// A user's task runs (E1, K6).
    pub(super) fn meter(
        &mut self,
        seat: &Seat<'_>,
        credits: Credits,
        on_auto: Option<Credits>,
        at: Moment,
    ) -> Result<(), RefusalReason> {
        let index = self.index_of(seat).ok_or(RefusalReason::NotSubscribed)?;
        let when = (at, self.period);
        let subscriber = self.subscribers.get_mut(index).ok_or(RefusalReason::NotSubscribed)?;
        let overage_is_on = self.overage_enabled.get(subscriber.profile_index).copied().unwrap_or(false);
        subscriber.meter(credits, on_auto, overage_is_on, when, self.edition)
    }

    /// The vendor states something of a user's month.
    pub(super) fn state(&mut self, seat: &Seat<'_>, stated: Stated) -> Result<(), RefusalReason> {
        let index = self.index_of(seat).ok_or(RefusalReason::NotSubscribed)?;
        let subscriber = self.subscribers.get_mut(index).ok_or(RefusalReason::NotSubscribed)?;
        subscriber.stated = stated;
        Ok(())
    }

    /// Everyone whose subscription goes on after the running month, by profile, then user.
    pub(super) fn staying(&self) -> impl Iterator<Item = Staying<'_>> {
        self.in_order().filter_map(|subscriber| {
            Some(Staying {
                profile: &subscriber.profile,
                user: &subscriber.user,
                plan: self.edition.plan(subscriber.assigned()?),
                limit: subscriber.stated.limit,
                days: subscriber.days(),
            })
        })
    }

    pub(super) fn in_order(&self) -> impl Iterator<Item = &Subscriber> {
        self.order.values().filter_map(|index| self.subscribers.get(*index))
    }

    /// Ends the month: one invoice for everyone, by profile, then user (E1, E6).
    pub(super) fn close_month(&mut self) -> (ClosedMonth, Option<Invoice>) {
        let lines =
            self.in_order().flat_map(|subscriber| subscriber.lines(self.period, self.edition)).collect();
        let tax_rate = self.terms.tax_rate();
        let invoice = Invoice::issue(self.period.end, lines, tax_rate);
        let mut subscriptions = Vec::new();
        for index in self.order.values() {
            let Some(subscriber) = self.subscribers.get_mut(*index) else { continue };
            if !subscriber.is_subscribed() {
                continue;
            }
            subscriptions.push(subscriber.renew());
        }
        let closed = ClosedMonth { month: self.month, subscriptions };
        self.month = self.month.plus(1);
        self.period = self.month.period();
        self.edition = self.terms.lists.at(self.period.start);
        (closed, invoice)
    }

    /// Where every subscription stands, and who is charged for more than once (E2).
    pub(super) fn standing(&self) -> Current {
        let subscriptions: Vec<_> =
            self.in_order().filter_map(|subscriber| subscriber.standing(self.edition)).collect();
        let mut profiles_of: BTreeMap<&Name, Vec<Name>> = BTreeMap::new();
        for subscription in &subscriptions {
            profiles_of.entry(&subscription.user).or_default().push(subscription.profile.clone());
        }
        let repeated = profiles_of.into_iter().filter(|(_, profiles)| profiles.len() > 1);
        Current {
            cycle: self.period,
            charged_more_than_once: repeated
                .map(|(user, profiles)| RepeatedUser { user: user.clone(), profiles })
                .collect(),
            month_to_date: subscriptions.iter().map(|subscription| subscription.month_to_date).sum(),
            subscriptions,
        }
    }
}
