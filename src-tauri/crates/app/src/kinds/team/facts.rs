//! What the owner of a team tells about its seats, and the events that follow from it.

use super::told::{self, RunningPass};
use crate::acts::newest_facts;
use crate::answers::{Naming, TeamFacts};
use crate::catalog;
use crate::error::AppError;
use chrono::NaiveDate;
use headroom_billing::catalog::{PassTier, SeatPrice, TeamEdition};
use headroom_billing::team::charges::{StatedPass, Subscription};
use headroom_billing::team::{Action, Event, Ledger, Terms, Timeline};
use headroom_exact::{DayCount, Decimal, Moment, Money, say};
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
        id: None,
        name: String::new(),
        plan: None,
        balance: None,
        seats: None,
        seats_taken: None,
        seats_paid: None,
        seats_next: None,
        seats_paid_next: None,
        subscription: None,
        auto_top_up: None,
        top_up_amount: None,
        pass: None,
        blocks: None,
        purchases: None,
        members: Vec::new(),
        missing: Vec::new(),
    }
}

impl TeamFacts {
    /// The price list the team is computed by.
    pub fn edition(&self) -> Result<&'static TeamEdition, AppError> {
        let catalog = catalog::in_use();
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
        Ok(Terms {
            edition: self.edition()?,
            tax_rate: self.tax_rate()?,
            day_count: DayCount::default(),
            fee_exempt: self.fee_exempt,
        })
    }

    /// The tier of Kilo Pass, where one is stated.
    fn pass_tier(&self) -> Result<Option<&'static PassTier>, AppError> {
        let Some(text) = &self.pass else { return Ok(None) };
        let Some(offer) = &self.edition()?.pass else {
            return Err(AppError::input(say!("price-list-without-pass")));
        };
        let missing = || AppError::input(say!("no-such-pass", text, known = offer.tier_ids()));
        offer.tier(text).map(Some).ok_or_else(missing)
    }

    /// Kilo Pass as it is stated, and since when.
    pub(super) fn stated_pass(&self) -> Result<Option<StatedPass>, AppError> {
        let Some(tier) = self.pass_tier()? else { return Ok(None) };
        let since = self.pass_since.ok_or_else(|| AppError::input(say!("pass-day-missing")))?;
        Ok(Some(StatedPass { terms: tier.terms.clone(), since }))
    }

    /// Dollars of credits that are bought by themselves, where that is stated.
    pub(super) fn stated_top_up(&self) -> Result<Option<Money>, AppError> {
        let Some(text) = self.top_up.as_deref().map(str::trim).filter(|text| !text.is_empty()) else {
            return Ok(None);
        };
        let Some(offer) = &self.edition()?.top_up else {
            return Err(AppError::input(say!("price-list-without-top-up")));
        };
        let known: Vec<_> = offer.amounts().iter().map(ToString::to_string).collect();
        let amount = text.parse::<Decimal>().ok().filter(|amount| amount.is_whole_hundredths());
        let amount = amount.map(Money::rounded).filter(|amount| offer.includes(*amount));
        amount.map(Some).ok_or_else(|| AppError::input(say!("no-such-top-up", text, known)))
    }

    /// Whether what is stated of Kilo Pass and of the automatic top-up can be true.
    fn check_credits(&self, now: Moment) -> Result<(), AppError> {
        self.stated_top_up()?;
        let today = now.date();
        let since = self.stated_pass()?.map(|pass| pass.since);
        if let Some(day) = since.filter(|day| *day > today || *day < self.started_on) {
            return Err(AppError::input(say!(
                "pass-day-outside",
                date = day,
                first = self.started_on,
                today
            )));
        }
        Ok(())
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
        self.check_credits(now)?;
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

    /// The team as it stands: its seats, how many of them go with the running cycle and are taken, Kilo Pass, and a payment that failed. That one counts
    /// from its day's beginning, so that a grace is never said to last longer than it does (T5). Kilo Pass counts from the
    /// first day: what the next cycle and a seat more charge for it depends on nothing else.
    pub(super) fn ledger(
        &self,
        (seats, removed, taken): (u64, u64, u64),
        pass: Option<&RunningPass>,
        now: Moment,
    ) -> Result<Ledger, AppError> {
        let mut events = vec![self.event(seats)?];
        if let Some(pass) = pass {
            let mut push = |action| {
                events.push(Event { at: Moment::on(self.started_on, 0), position: events.len(), action });
            };
            push(Action::StartPass(pass.terms.clone()));
            if pass.ends {
                // With the running cycle, and not with the first.
                let at = self.cycle_start(now)?;
                events.push(Event { at, position: events.len(), action: Action::CancelPass });
            }
        }
        if removed > 0 {
            let action = Action::RemoveSeats(removed);
            events.push(Event { at: self.cycle_start(now)?, position: events.len(), action });
        }
        // Members come after the seats they sit on, whatever a service says that counts otherwise.
        for member in 0..taken.min(seats.saturating_sub(removed)) {
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

    /// When the running cycle began.
    fn cycle_start(&self, now: Moment) -> Result<Moment, AppError> {
        let cycles = self.subscription()?.cycles(now);
        Ok(cycles.last().map_or_else(|| Moment::on(self.started_on, 0), |cycle| cycle.start))
    }

    /// How it is billed since its first day.
    pub(super) fn subscription(&self) -> Result<Subscription, AppError> {
        Ok(Subscription {
            terms: self.terms()?,
            started_on: self.started_on,
            seat_price: self.seat()?,
            pass: self.stated_pass()?,
        })
    }

    /// The same with the seats and the Kilo Pass that Kilo says.
    pub(super) fn ledger_now(&self, team: &TeamSnapshot, now: Moment) -> Result<Ledger, AppError> {
        let seats = told::paid_seats(team).unwrap_or(self.seats);
        let pass = told::running_pass(team, Some(self))?;
        let removed = seats.saturating_sub(told::next_seats(team).unwrap_or(seats));
        self.ledger((seats, removed, team.seats_taken.unwrap_or(0)), pass.as_ref(), now)
    }
}
