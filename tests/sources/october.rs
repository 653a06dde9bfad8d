//! A month of reports.

use super::{HEADER, P1, P2, row};

/// A month of three people: one in two profiles, one beyond the limit, one on too large a tier.
pub fn october() -> String {
    let mut text = format!("{HEADER}\n");
    for (date, user, credits, profile, tier) in [
        ("2026-10-01", "ada-1", "1000", P1, "PRO_PLUS"),
        ("2026-10-20", "ada-1", "1125.5", P1, "PRO_PLUS"),
        ("2026-10-20", "ada-1", "10", P2, "PRO"),
        ("2026-10-02", "d-9067642ac7.bob-2", "800", P1, "PRO"),
        ("2026-10-31", "cem-3", "150", P1, "POWER"),
    ] {
        text += &row(date, user, credits, profile, tier);
    }
    text
}
