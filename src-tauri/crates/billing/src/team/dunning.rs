//! A failed payment (T5): grace, suspension and the end of the data, as a function of when it first
//! failed and a moment. Nothing has to run for a team to be suspended.

use super::Ledger;
use crate::catalog::TeamEdition;
use headroom_exact::{Moment, Money};
use serde::Serialize;

/// Whether the team is served.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// Everything is paid.
    Active,
    /// A payment failed; the grace runs.
    PastDue,
    /// The grace has ended; the data is kept.
    Suspended,
    /// The data is gone: the team is closed.
    DataDeleted,
}

impl Status {
    /// Whether the team can use its credits: also while the grace of a failed payment runs.
    pub const fn is_served(self) -> bool {
        match self {
            Self::Active | Self::PastDue => true,
            Self::Suspended | Self::DataDeleted => false,
        }
    }

    /// Whether it is closed for good: its data is gone, and nothing restores it.
    pub const fn is_closed(self) -> bool {
        match self {
            Self::DataDeleted => true,
            Self::Active | Self::PastDue | Self::Suspended => false,
        }
    }
}

/// What has to be paid so that a team is served again whose payment failed at a moment (T5): the charge that failed, which
/// is the last one until then, and what came due since. None where nothing was charged by then.
pub fn owed(ledger: &Ledger, failed_at: Moment) -> Option<Money> {
    let failed = ledger.invoices.iter().rfind(|invoice| invoice.issued_at <= failed_at)?.issued_at;
    Some(
        ledger
            .invoices
            .iter()
            .filter(|invoice| invoice.issued_at >= failed)
            .map(|invoice| invoice.total)
            .sum(),
    )
}

/// What follows from a failed payment, and when.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Dunning {
    pub(super) grace_ends_at: Moment,
    pub(super) data_deleted_at: Moment,
}

impl Dunning {
    /// The clock as the first failed payment starts it.
    pub(super) fn start(first_failed_at: Moment, edition: &TeamEdition) -> Self {
        let grace_ends_at = first_failed_at.plus_days(edition.grace_days);
        Self { grace_ends_at, data_deleted_at: grace_ends_at.plus_days(edition.retention_days) }
    }

    pub(super) fn status_at(&self, moment: Moment) -> Status {
        if moment < self.grace_ends_at {
            Status::PastDue
        } else if moment < self.data_deleted_at {
            Status::Suspended
        } else {
            Status::DataDeleted
        }
    }
}
