//! The events that an organisation's reports stand for.

use chrono::NaiveDate;
use hashbrown::hash_map::Entry;
use hashbrown::{HashMap, HashSet};
use headroom_billing::catalog::PlanRank;
use headroom_billing::organisation::{Action, Event, Seat, Stated};
use headroom_billing::{Edition, Plan};
use headroom_exact::{Moment, Month, RoundedOnce, StatedCredits, StatedSum};
use headroom_sources::kiro::activity_report::ActivityRow;

/// The plans of the tiers that rows name, each spelling read once: there are a handful, in a row a user and day.
pub(crate) struct Tiers<'r>(HashMap<&'r str, Option<&'static Plan>>);

impl<'r> Tiers<'r> {
    pub fn of(rows: &'r [ActivityRow], edition: &'static Edition) -> Self {
        let mut plans = HashMap::new();
        for tier in rows.iter().filter_map(|row| row.tier.as_deref()) {
            plans.entry(tier).or_insert_with(|| edition.plan_of_tier(tier));
        }
        Self(plans)
    }

    /// The plan of a row's tier; none where the price list has no such tier, or the row names none.
    pub fn plan_of(&self, row: &ActivityRow) -> Option<&'static Plan> {
        self.0.get(row.tier.as_deref()?).copied().flatten()
    }
}

/// Which profile a row is of: one that names none is of the one that the same user has in the same month (F4 asks that of
/// the same day; who is named under one profile all month isn't charged twice for a cell that is empty).
pub(crate) struct Profiles<'r> {
    /// Of users of whom a row names none, by month; none where several are named.
    only: HashMap<(Month, &'r str), Option<&'r str>>,
    /// The users of whom several are, by month.
    several: HashSet<(Month, &'r str)>,
}

impl<'r> Profiles<'r> {
    pub fn of(rows: &'r [ActivityRow]) -> Self {
        let key = |row: &'r ActivityRow| (Month::of_date(row.date), &*row.user);
        let unnamed = rows.iter().filter(|row| row.profile.is_empty());
        let mut only: HashMap<_, _> = unnamed.map(|row| (key(row), None)).collect();
        if only.is_empty() {
            return Self { only, several: HashSet::new() };
        }
        let mut several = HashSet::new();
        for row in rows.iter().filter(|row| !row.profile.is_empty()) {
            let Some(known) = only.get_mut(&key(row)) else { continue };
            if known.is_some_and(|known| known != &*row.profile) {
                several.insert(key(row));
            }
            *known = Some(&*row.profile);
        }
        for key in &several {
            only.insert(*key, None);
        }
        Self { only, several }
    }

    /// Whether nobody knows under which of several profiles of its user a row is: of their licences none is another.
    pub fn is_of_any(&self, row: &'r ActivityRow) -> bool {
        row.profile.is_empty() && self.several.contains(&(Month::of_date(row.date), &*row.user))
    }

    pub fn of_row(&self, row: &'r ActivityRow) -> &'r str {
        if !row.profile.is_empty() {
            return &row.profile;
        }
        let key = (Month::of_date(row.date), &*row.user);
        self.only.get(&key).copied().flatten().unwrap_or_default()
    }
}

/// A user under a profile in a month, while its rows become events.
struct OfMonth {
    month: Month,
    /// Everything used on tiers that are known: rows on Free count against a tier that follows (K10).
    metered: RoundedOnce,
    /// The paid tier of the last row.
    tier: Option<PlanRank>,
    /// The highest so far.
    highest: Option<PlanRank>,
    /// The day from which on it is held.
    highest_on: NaiveDate,
    /// What the rows say is beyond it since: an upgrade rates the month again (E4). A lower tier that is named later in the
    /// month doesn't (E5).
    overage: Option<StatedSum>,
    limit: Option<StatedCredits>,
    /// The noon of the last row.
    last: Moment,
}

impl OfMonth {
    fn new(month: Month, last: Moment) -> Self {
        let (metered, highest_on) = (RoundedOnce::default(), last.date());
        Self { month, metered, tier: None, highest: None, highest_on, overage: None, limit: None, last }
    }

    /// Whether a row of that day tells of what is beyond the highest tier: on the day of the upgrade those on the lower tier
    /// are from before it.
    fn is_of_highest(&self, day: NaiveDate) -> bool {
        self.tier == self.highest || day > self.highest_on
    }

    /// What the reports state of the month; none where that is nothing.
    fn stated(&self) -> Option<Stated> {
        let overage = self.overage.map(StatedSum::rounded);
        let limit = self.limit.map(StatedCredits::rounded);
        let stated = Stated { overage, limit };
        (self.highest.is_some() && stated != Stated::default()).then_some(stated)
    }
}

/// What rows become.
struct Acts<'r> {
    recorded: Vec<(Moment, Action<'r>)>,
    /// The switch of each profile at the last noon that needed it, and of each user as last reported.
    profiles: HashMap<&'r str, bool>,
    users: HashMap<(&'r str, &'r str), bool>,
    last_month: Option<Month>,
}

fn seat<'r>((profile, user): (&'r str, &'r str)) -> Seat<'r> {
    Seat { profile: profile.into(), user: user.into() }
}

impl<'r> Acts<'r> {
    /// The tier that a row names: from the day on, and until the month's end unless this is the last month. (Whether
    /// somebody stays the reports say only by naming them again next month, E3.)
    fn tier(&mut self, of: (&'r str, &'r str), month: &mut OfMonth, plan: &Plan, day: Moment) {
        let now = plan.is_paid().then_some(plan.rank);
        if month.tier == now {
            return;
        }
        let stays = Some(month.month) == self.last_month;
        if let Some(plan) = now {
            self.recorded.push((day, Action::Assign { seat: seat(of), group: "".into(), plan }));
        }
        if now.is_some() != stays {
            self.recorded.push((day, Action::Unassign { seat: seat(of), group: "".into() }));
        }
        month.tier = now;
        if now > month.highest {
            month.highest = now;
            month.highest_on = day.date();
            month.overage = None;
        }
    }

    /// What a row adds to what is metered, with the switch as the user's own rows have it (F5).
    fn usage(&mut self, of: (&'r str, &'r str), month: &mut OfMonth) {
        let credits = month.metered.metered();
        if !credits.is_positive() {
            return;
        }
        let of_profile = self.profiles.get(of.0).copied().unwrap_or(false);
        let enabled = self.users.get(&of).copied().unwrap_or(of_profile);
        if enabled != of_profile {
            self.profiles.insert(of.0, enabled);
            self.recorded.push((month.last, Action::SetOverage { profile: of.0.into(), enabled }));
        }
        let usage = Action::Usage { seat: seat(of), credits, on_auto: None, id: None };
        self.recorded.push((month.last, usage));
    }

    /// The end of what a month's rows say of a user.
    fn state(&mut self, of: (&'r str, &'r str), month: &OfMonth) {
        let state = month.stated().map(|stated| (month.last, Action::State { seat: seat(of), stated }));
        self.recorded.extend(state);
    }
}

/// The events that the rows stand for, which are in the order of their days: tiers from the first day they are seen in a
/// month, a day's usage at its noon with the switch of the user's own row, and what the reports state beside that. A row
/// whose tier has no price stands for none, and so does one that can be of several licences of its user.
pub(super) fn events<'r>(
    rows: &'r [ActivityRow],
    profiles: &Profiles<'r>,
    tiers: &Tiers<'_>,
) -> Vec<Event<'r>> {
    let last_month = rows.iter().map(|row| Month::of_date(row.date)).max();
    let mut acts = Acts { recorded: Vec::new(), profiles: HashMap::new(), users: HashMap::new(), last_month };
    if let Some(first) = rows.first() {
        // The organisation is there from its first report on, also while nobody in it is on a paid tier.
        let profile = profiles.of_row(first).into();
        acts.recorded.push((Moment::on(first.date, 0), Action::SetOverage { profile, enabled: false }));
    }
    let mut months: HashMap<(&str, &str), OfMonth> = HashMap::new();
    for row in rows {
        let Some(plan) = tiers.plan_of(row).filter(|_| !profiles.is_of_any(row)) else { continue };
        let of = (profiles.of_row(row), &*row.user);
        let (month, noon) = (Month::of_date(row.date), Moment::on(row.date, 12));
        let running = match months.entry(of) {
            Entry::Vacant(entry) => entry.insert(OfMonth::new(month, noon)),
            Entry::Occupied(entry) => {
                let running = entry.into_mut();
                if running.month != month {
                    acts.state(of, running);
                    *running = OfMonth::new(month, noon);
                }
                running
            }
        };
        running.last = noon;
        if let Some(enabled) = row.quoted.overage_enabled {
            acts.users.insert(of, enabled);
        }
        acts.tier(of, running, plan, Moment::on(row.date, 0));
        running.limit = row.quoted.usage_limit.or(running.limit);
        if let Some(overage) = row.quoted.overage.filter(|_| running.is_of_highest(row.date)) {
            running.overage.get_or_insert_default().add(overage);
        }
        if let Some(credits) = row.credits {
            running.metered.add(credits);
        }
        if running.highest.is_some() {
            acts.usage(of, running);
        }
    }
    let mut months: Vec<_> = months.into_iter().collect();
    months.sort_by_key(|(of, _)| *of);
    for (of, month) in &months {
        acts.state(*of, month);
    }
    in_order(acts.recorded)
}

/// In the order of time, of equal times as they were found; each knows its place.
fn in_order(mut acts: Vec<(Moment, Action<'_>)>) -> Vec<Event<'_>> {
    acts.sort_by_key(|(at, _)| *at);
    let placed = acts.into_iter().enumerate();
    placed.map(|(position, (at, action))| Event { at, position, action }).collect()
}
