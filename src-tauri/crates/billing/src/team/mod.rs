//! Kilo for Teams (T1–T5): the events, and what the team makes of them.

mod account;
mod advice;
pub mod charges;
mod current;
mod dunning;
mod kind;
mod outlook;
mod pass;
mod preview;
mod rate;
mod replay;
mod resting;
mod scenario;
mod seats;
mod spent_axis;
mod top_up;

pub use account::Team;
pub use advice::{TeamAdvice, UnusedSeats, unused_seats};
pub use current::{Current, SeatCount};
pub use dunning::{Status, owed};
pub use outlook::{AutomaticTopUp, Outlook, Spending, ToldBalance};
pub use pass::{PassBonus, PassCurrent};
pub use preview::{Preview, Request, saved_by_removing};
pub use rate::ModelRate;
pub use replay::{CycleCost, PriceCost, Replay};
pub use scenario::Reading;
pub(crate) use scenario::{model_rates, rate};
pub use spent_axis::{SpentAhead, SpentAxis, SpentDay, ToldBefore, ToldSpending};
pub use top_up::{Ahead, TopUpCurrent, TopUps};

use crate::catalog::{PassTerms, SeatPrice, TeamEdition};
use crate::timeline;
use headroom_exact::{DayCount, Decimal, Money};
use std::borrow::Cow;

/// An event of a team.
pub type Event<'a> = timeline::Event<Action<'a>>;
/// The events of a team.
pub type Timeline<'a> = timeline::Timeline<'a, Team>;
/// What the rules make of the events of a team.
pub type Ledger = timeline::Ledger<Team>;

/// What a team is billed by.
#[derive(Clone, Copy, Debug)]
pub struct Terms {
    /// The dated price list.
    pub edition: &'static TeamEdition,
    /// The tax on seats and credits, as a share of an invoice's subtotal; not negative.
    pub tax_rate: Decimal,
    /// How remaining days are counted (T2).
    pub day_count: DayCount,
    /// Whether the vendor charges the team no fee (A20).
    pub fee_exempt: bool,
}

impl Terms {
    /// By a price list alone, where nothing else is known: without tax, and with the vendor's fee.
    pub fn of_list(edition: &'static TeamEdition) -> Self {
        Self { edition, tax_rate: Decimal::ZERO, day_count: DayCount::default(), fee_exempt: false }
    }
}

/// What an event does.
#[derive(Clone, Debug)]
pub enum Action<'a> {
    /// The team begins, and its first cycle is paid (T1).
    StartTeam {
        /// Seats, at least one.
        seats: u64,
        /// Which of the edition's seat prices.
        seat_price: &'static SeatPrice,
        /// Such as "visa ending 4242".
        payment_method: Option<Cow<'a, str>>,
    },
    /// Seats more, at once (T2).
    AddSeats(u64),
    /// Seats less, from the next cycle (T2).
    RemoveSeats(u64),
    /// Somebody takes a seat.
    AddMember(Cow<'a, str>),
    /// Somebody leaves a seat.
    RemoveMember(Cow<'a, str>),
    /// Credits are bought ahead (T3): dollars and cents above zero.
    BuyCredits(Money),
    /// A request was served at the model's rate (T3).
    Usage {
        /// The model's rate.
        rate: ModelRate,
        /// Tokens that went in.
        input_tokens: u64,
        /// Tokens that came out.
        output_tokens: u64,
        /// The request's own id, if it has one: an accepted id counts once.
        id: Option<Cow<'a, str>>,
    },
    /// Kilo Pass for every paid seat, from now on.
    StartPass(PassTerms),
    /// Kilo Pass ends with the cycle.
    CancelPass,
    /// It goes on after all.
    ResumePass,
    /// Credits are bought by themselves, in that amount; none switches it off.
    SetAutoTopUp(Option<Money>),
    /// A payment failed (T5).
    PaymentFailed,
    /// A payment succeeded (T5).
    PaymentSucceeded,
}
