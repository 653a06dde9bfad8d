//! How long a team's balance lasts by what was reported of its spending, and what to buy.

use super::{Ahead, Terms, TopUpCurrent, TopUps};
use crate::advice::{Burn, Part};
use crate::total::Total;
use chrono::NaiveDate;
use headroom_exact::{Balance, Moment, Money};
use serde::Serialize;

const DAY: i64 = 86_400;
/// A purchase is to last so many days more.
const TOP_UP_DAYS: i64 = 30;
/// Fewer days say nothing of how fast something is spent.
const FEWEST_DAYS: u32 = 2;

/// What the whole team spent, as far as it was reported.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Spending {
    /// Dollars.
    pub spent: Total<Balance>,
    /// The first day that anything is known of.
    pub first_day: NaiveDate,
    /// Up to when it is known: what came later isn't, and is not nothing.
    pub until: Moment,
}

/// What the vendor said is left.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ToldBalance {
    /// When it said so.
    pub at: Moment,
    /// Dollars in all.
    pub balance: Balance,
    /// By purchase, as far as it says.
    pub parts: Vec<Part>,
}

/// What it all leads to if the team goes on like this.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct Outlook {
    /// Spent a day.
    pub a_day: Balance,
    /// Whole days that this is taken from.
    pub days_seen: u32,
    /// When the balance is used up, not before now; none if it isn't told, or nothing is spent.
    pub run_out_at: Option<Moment>,
    /// Whole days until then.
    pub days_left: Option<u32>,
    /// The smallest purchase that lasts 30 days from now on; none if none is needed.
    pub top_up: Option<Money>,
    /// What is bought by itself until the next cycle; none if nothing is, or it isn't known that anything would be.
    pub automatic: Option<TopUps>,
}

/// Automatic top-ups as they are known to be switched on, and the next cycle's start.
#[derive(Clone, Copy, Debug)]
pub struct AutomaticTopUp {
    /// The switch.
    pub switch: TopUpCurrent,
    /// Until when its purchases are counted.
    pub until: Moment,
}

impl Spending {
    /// How fast it is spent; none from too few days, and from a sum that something is missing in.
    pub(super) fn burn(&self, now: Moment) -> Option<(Burn, u32)> {
        let Total::Whole(spent) = self.spent else { return None };
        let seconds = self.until.min(now).seconds_since(Moment::on(self.first_day, 0));
        let days = u32::try_from(seconds.checked_div(DAY)?).ok().filter(|days| *days >= FEWEST_DAYS)?;
        Some((Burn { spent, seconds }, days))
    }
}

impl ToldBalance {
    /// The same with so many dollars of credits more, which stay until they are spent (T3).
    #[must_use]
    pub fn after_buying(mut self, amount: Money) -> Self {
        let left = Balance::of_money(amount);
        // Where the parts don't add up to the whole it is one, and so it has to stay.
        self.parts.push(Part { left, expires_at: None });
        Self { balance: self.balance.plus(left), ..self }
    }

    /// By purchase where the parts add up to the whole, else in one that stays.
    fn parts(&self) -> Vec<Part> {
        let all: Balance = self.parts.iter().map(|part| part.left).sum();
        let in_one = || vec![Part { left: self.balance, expires_at: None }];
        if all == self.balance { self.parts.clone() } else { in_one() }
    }
}

impl Outlook {
    /// The same of a team that isn't served: nothing is spent, so nothing runs out and nothing has to be bought for it.
    #[must_use]
    pub const fn at_rest(self) -> Self {
        Self { run_out_at: None, days_left: None, top_up: None, automatic: None, ..self }
    }

    /// Where the spending leads where nothing is known of what can be bought by hand, as of one person, with what is bought
    /// by itself and the terms of that; none while it isn't known well enough.
    pub fn of_what_is_left(
        spending: &Spending,
        told: Option<&ToldBalance>,
        automatic: Option<(AutomaticTopUp, &Terms)>,
        now: Moment,
    ) -> Option<Self> {
        let (burn, days_seen) = spending.burn(now)?;
        // What was told a while ago has been spent from since.
        let run_out_at = told.and_then(|told| burn.run_out_at(&told.parts(), told.at).map(|at| at.max(now)));
        let days = |at: Moment| u32::try_from(at.seconds_since(now).checked_div(DAY)?).ok();
        Some(Self {
            a_day: burn.in_seconds(DAY),
            days_seen,
            run_out_at,
            days_left: run_out_at.and_then(days),
            top_up: None,
            automatic: told.zip(automatic).and_then(|(told, (automatic, terms))| {
                let (parts, until) = (told.parts(), automatic.until);
                let ahead = Ahead { burn, parts: &parts, from: told.at, now, until };
                TopUps::of(&ahead, automatic.switch, terms)
            }),
        })
    }

    /// Where the spending leads; none while it isn't known well enough.
    pub fn on(
        spending: &Spending,
        told: Option<&ToldBalance>,
        automatic: Option<AutomaticTopUp>,
        terms: &Terms,
        now: Moment,
    ) -> Option<Self> {
        let (burn, _) = spending.burn(now)?;
        let short = told.map(|told| {
            let until = now.plus_seconds(TOP_UP_DAYS.saturating_mul(DAY));
            burn.in_seconds(until.seconds_since(told.at)).minus(told.balance)
        });
        let short = short.filter(|short| short.is_positive());
        let offer = &terms.edition.credits;
        Some(Self {
            top_up: short.map(|short| offer.at_least(short.rounded_up())),
            ..Self::of_what_is_left(spending, told, automatic.map(|switch| (switch, terms)), now)?
        })
    }
}
