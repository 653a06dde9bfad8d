//! What a trial and a bonus are kept as to which a vendor gives no name.

use crate::observation::GrantSnapshot;

/// A free trial.
pub(crate) const TRIAL: &str = "Free trial";
/// A bonus.
pub(crate) const BONUS: &str = "Bonus";

/// What the vendor itself calls it; none where it gives no name: what it is called then, each language says.
pub fn own_name(row: &GrantSnapshot) -> Option<&str> {
    Some(row.name.as_str()).filter(|name| ![TRIAL, BONUS].contains(name))
}
