//! The data as a whole: what restoring it did.

use super::Saying;
use serde::Serialize;
use ts_rs::TS;

/// What a restore did.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct RestoredView {
    /// All of it, a sentence each.
    #[ts(as = "Vec<Saying>")]
    pub said: Vec<headroom_exact::Saying>,
    /// When the copy was made that is in place now; none where what could be read was put into a new file.
    pub copied_at: Option<String>,
    /// How many records after that copy came back.
    pub came_back: u32,
    /// Whether everything after it did.
    pub complete: bool,
    /// Where the damaged files are now.
    pub damaged: String,
    /// What came back from what vendors' programs left on this machine, then what is lost: in order.
    #[ts(as = "Vec<Saying>")]
    pub told: Vec<headroom_exact::Saying>,
}
