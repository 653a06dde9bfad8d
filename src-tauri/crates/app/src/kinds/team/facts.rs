//! What the owner of a team tells about its seats, and the events that follow from it.

use crate::acts::newest_facts;
use crate::answers::{Naming, TeamFacts};
use crate::error::AppError;
use chrono::NaiveDate;
use headroom_billing::Catalog;
use headroom_billing::catalog::{SeatPrice, TeamEdition};
use headroom_billing::team::{Action, Event, Ledger, Terms, Timeline};
use headroom_exact::{DayCount, Decimal, Moment, say};
use headroom_sources::observation::TeamSnapshot;
use headroom_store::Store;
use headroom_store::table::accounts::AccountId;

/// More seats than any team has.
const MOST_SEATS: u64 = 100_000;

/// The newest facts of a team with the moment they were stated, if there are any.
pub(crate) fn newest(store: &Store, id: AccountId) -> Result<Option<(TeamFacts, Moment)>, AppError> {
    Ok(newest_facts(&store.acts(id)?)?.map(|(facts, act)| (facts, act.at)))
}

/// A team that nothing was ever said of.
pub(super) const fn nothing_told() -> TeamSnapshot {
    TeamSnapshot {
        name: String::new(),
        plan: None,
        balance: None,
        seats: None,
        seats_taken: None,
        auto_top_up: None,
        blocks: None,
        purchases: None,
        members: Vec::new(),
    }
}

impl TeamFacts {
    /// The price list the team is computed by.
    pub fn edition(&self) -> Result<&'static TeamEdition, AppError> {
        let catalog = Catalog::built_in();
        let Some(id) = &self.price_list else { return Ok(catalog.default_team_edition()) };
        catalog.team_edition(id).ok_or_else(|| {
            let known: Vec<_> =
                catalog.team_editions().iter().map(|edition| edition.list.id.as_str()).collect();
            AppError::input(say!("no-such-price-list", text = id, known))
        })
    }

    /// What a seat costs.
    pub fn seat(&self) -> Result<&'static SeatPrice, AppError> {
        let edition = self.edition()?;
        edition.seat(&self.seat_price).ok_or_else(|| {
            AppError::input(say!("no-such-seat-price", text = &self.seat_price, known = edition.seat_ids()))
        })
    }

    fn tax_rate(&self) -> Result<Decimal, AppError> {
        let Some(text) = self.tax_percent.as_deref().map(str::trim).filter(|text| !text.is_empty()) else {
            return Ok(Decimal::ZERO);
        };
        let wrong = || AppError::input(say!("tax-wrong", text));
        let percent: Decimal = text.parse().map_err(|_| wrong())?;
        percent.percent().filter(|rate| !rate.is_negative() && *rate <= Decimal::ONE).ok_or_else(wrong)
    }

    /// What it is billed by.
    pub fn terms(&self) -> Result<Terms, AppError> {
        Ok(Terms { edition: self.edition()?, tax_rate: self.tax_rate()?, day_count: DayCount::default() })
    }

    /// The names its charges are shown with.
    pub(crate) fn naming(&self) -> Naming {
        Naming {
            edition: None,
            tax_name: self.tax_percent.as_ref().map(|_| "Tax".to_owned()),
            tax_percent: None,
        }
    }

    /// Whether they can be true as of `now`; the error names the field and the fix.
    pub fn check(&self, now: Moment) -> Result<(), AppError> {
        self.seat()?;
        self.tax_rate()?;
        let today = now.date();
        if self.started_on > today {
            return Err(AppError::input(say!(
                "date-to-come",
                field = say!("first-day"),
                date = self.started_on,
                today
            )));
        }
        if self.started_on < NaiveDate::from_ymd_opt(2025, 1, 1).unwrap_or_default() {
            return Err(AppError::input(say!("before-seats", date = self.started_on)));
        }
        if let Some(day) = self.payment_failed_on.filter(|day| *day > today || *day < self.started_on) {
            return Err(AppError::input(say!(
                "failed-payment-outside",
                date = day,
                first = self.started_on,
                today
            )));
        }
        if self.seats == 0 || self.seats > MOST_SEATS {
            return Err(AppError::input(say!("seats-wrong", seats = self.seats, most = MOST_SEATS)));
        }
        Ok(())
    }

    /// The team as it began, with the seats it has now: what the next cycle charges depends on nothing else.
    pub fn event(&self, seats: u64) -> Result<Event<'static>, AppError> {
        let action = Action::StartTeam { seats, seat_price: self.seat()?, payment_method: None };
        Ok(Event { at: Moment::on(self.started_on, 0), position: 0, action })
    }

    /// The team as it stands: its seats, how many of them are taken, and a payment that failed. That one counts
    /// from its day's beginning, so that a grace is never said to last longer than it does (T5).
    pub fn ledger(&self, seats: u64, taken: u64, now: Moment) -> Result<Ledger, AppError> {
        let mut events = vec![self.event(seats)?];
        // Members come after the seats they sit on, whatever a service says that counts otherwise.
        for member in 0..taken.min(seats) {
            let action = Action::AddMember(member.to_string().into());
            events.push(Event { at: Moment::on(self.started_on, 0), position: events.len(), action });
        }
        if let Some(day) = self.payment_failed_on {
            let action = Action::PaymentFailed;
            events.push(Event { at: Moment::on(day, 0), position: events.len(), action });
        }
        let timeline = Timeline::new(now, self.terms()?, events);
        Ok(Ledger::fold(&timeline, now)?)
    }

    /// The same with the seats that Kilo says.
    pub(super) fn ledger_now(&self, team: &TeamSnapshot, now: Moment) -> Result<Ledger, AppError> {
        self.ledger(team.seats.unwrap_or(self.seats), team.seats_taken.unwrap_or(0), now)
    }
}
