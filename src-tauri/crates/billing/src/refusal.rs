//! Why the rules refuse an event.

use serde::Serialize;

/// Why an event changed nothing, by the code of the contract.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum RefusalReason {
    /// The team's data is gone: it is closed (T5).
    DataDeleted,
    /// The usage id was accepted before.
    Duplicate,
    /// The user has no subscription under that profile (E1).
    NotSubscribed,
    /// The payment's grace has ended (T5).
    Suspended,
    /// Nothing is left and overage is off (K6).
    PausedAtLimit,
    /// The balance is not above zero (T3).
    InsufficientCredits,
    /// Credits are not sold in that amount (T3).
    AmountNotOffered,
    /// Overage is for paid plans only (K5).
    OverageNotAvailable,
    /// Add-on packs are for paid plans only.
    PacksNotAvailable,
    /// What is granted on the first payment comes too late: something was paid (N3).
    AlreadyPaid,
    /// What is granted on the first payment was stated before (N3).
    AlreadyGranted,
    /// The price list of that cycle doesn't have the plan (N2).
    PlanNotOffered,
    /// It is on that plan already, with no change scheduled (K7).
    AlreadyOnPlan,
    /// Paid plans are not sold in the billing country (K12).
    CountryNotSupported,
    /// The user is not in that group under that profile (E3).
    NotAssigned,
    /// More members than seats would be left (T2).
    MembersStillAssigned,
    /// One seat at least remains (T2).
    LastSeat,
    /// The member is in the team already.
    AlreadyAMember,
    /// Every seat of the next cycle is taken (T2).
    NoFreeSeat,
    /// There is no such member.
    NotAMember,
    /// The team has Kilo Pass already, until the cycle's end at least.
    PassAlreadyActive,
    /// The team has no Kilo Pass that could end, or go on.
    NoPass,
}

/// An event that the rules refused.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct Refusal {
    /// Its position in the list of events.
    pub event: usize,
    /// Why.
    pub reason: RefusalReason,
}
