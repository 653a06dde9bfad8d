//! Which of two rows counts that are of one user, day, client and profile, where nothing tells which was exported later.

use super::{ActivityRow, Quoted};
use crate::kiro::TIERS;
use headroom_exact::StatedCredits;

/// What a row says, in an order that nobody's importing changes. What was used on a day is only ever added to: the row with more
/// credits saw more of it. Of equal ones the greater tier is the one that is charged (E4, E5); beyond that any order will do.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Weight<'r> {
    credits: Option<StatedCredits>,
    quoted: &'r Quoted,
    tier: Option<(usize, &'r str)>,
    email: Option<&'r str>,
}

impl<'r> Weight<'r> {
    /// Of a row with these.
    #[must_use]
    pub fn of(
        credits: Option<StatedCredits>,
        quoted: &'r Quoted,
        tier: Option<&'r str>,
        email: Option<&'r str>,
    ) -> Self {
        Self { credits, quoted, tier: tier.map(|tier| (rank(tier), tier)), email }
    }

    pub(super) fn of_row(row: &'r ActivityRow) -> Self {
        Self::of(row.credits, &row.quoted, row.tier.as_deref(), row.email.as_deref())
    }
}

/// Where a tier stands among the others, however it is spelled; one that nobody knows behind all of them.
fn rank(tier: &str) -> usize {
    let letters = tier.replace('+', "plus");
    let letters: String = letters.chars().filter(char::is_ascii_alphanumeric).collect();
    let letters = letters.strip_prefix("kiro").unwrap_or(&letters);
    TIERS.iter().position(|known| known.eq_ignore_ascii_case(letters)).unwrap_or(TIERS.len())
}
