//! What several questions about one account leave unknown, because one of them was not answered.

use super::fetch_error::FetchError;
use headroom_exact::Saying;
use serde::{Deserialize, Serialize};

/// Something that a team's vendor is asked for by itself.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TeamPart {
    /// Seats: how many are paid, how many are taken.
    Seats,
    /// How many of the seats are paid for, and how many there are next.
    PaidSeats,
    /// Credits by purchase: when they end, what was bought.
    Credits,
    /// The balance, where the team's books don't say it.
    Balance,
    /// Kilo Pass: what it costs and brings.
    Pass,
    /// The running month of Kilo Pass.
    PassMonth,
    /// The automatic top-up.
    TopUp,
    /// What members may spend and spent.
    Members,
    /// What was spent.
    Spending,
}

/// A question that was not answered, and why: what it alone answers isn't known.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Missing {
    /// What was asked for.
    pub part: TeamPart,
    /// Why there is no answer.
    pub why: Saying,
    /// Whether there was one that couldn't be read.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_unreadable: bool,
}

impl Missing {
    /// By what came of the question.
    pub fn because(part: TeamPart, error: &FetchError) -> Self {
        Self { part, why: error.into(), is_unreadable: matches!(error, FetchError::Unreadable { .. }) }
    }
}
