//! What is kept and can't be read any more.

use super::{BillIssue, Saying, Vendor};
use serde::Serialize;
use ts_rs::TS;

/// A record that is there and that nobody can read: it is told, and never shown as absent.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum UnreadableRecord {
    /// What AWS billed for a month.
    Bill {
        /// The months that it can be of, YYYY-MM, in order: one where that is known, never none.
        months: Vec<String>,
    },
    /// What AWS billed for a month, of which several issues are there and nothing tells which is the later.
    BillUndecided {
        /// YYYY-MM.
        month: String,
        /// The AWS account that pays; none where no issue says it. Each payer's month is decided by itself (F2).
        payer: Option<String>,
        /// What each would come to.
        issues: Vec<BillIssue>,
    },
    /// What a vendor said of the account.
    Figures {
        /// Who.
        vendor: Vendor,
        /// When.
        at: String,
    },
    /// What Kiro's models cost.
    Models {
        /// When Kiro said so.
        at: String,
    },
    /// Whose spending Kilo told: everybody's, or one's own.
    Spending {
        /// When.
        at: String,
    },
    /// A question that somebody kept.
    WhatIf {
        /// Its name.
        name: String,
    },
    /// Something that the owner recorded; the account has no figures without it.
    Act {
        /// What was recorded.
        act: RecordedAct,
        /// The day it was recorded (UTC).
        on: String,
        /// What is wrong with it.
        #[ts(as = "Saying")]
        reason: headroom_exact::Saying,
    },
}

/// What an owner records of an account.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum RecordedAct {
    /// The account's details.
    Details,
    /// A change of the plan.
    PlanChange,
    /// A turn of the overage switch.
    OverageSwitch,
    /// A pack that was bought.
    Pack,
    /// Credits that were granted.
    Grant,
    /// That something is taken back.
    Undo,
}
