//! What no source settles, where a figure rests on it (`docs/assumptions.md`).

use serde::Serialize;

/// An assumption, by its number there.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub enum Assumption {
    /// Whether and how the first payment is lower (N3).
    #[serde(rename = "A1")]
    FirstPaymentCredit,
    /// Whether what a larger plan covers goes back to the packs that covered it (N5).
    #[serde(rename = "A2")]
    PacksGetBack,
}
