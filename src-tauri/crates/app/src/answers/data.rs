//! The data as a whole: what restoring it did.

use headroom_exact::Saying;
use serde::Serialize;
use ts_rs::TS;

/// What a restore did.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct RestoredView {
    /// All of it, a sentence each.
    #[ts(as = "Vec<super::Saying>")]
    pub said: Vec<Saying>,
    /// When the copy was made that is in place now; none where what could be read was put into a new file.
    pub copied_at: Option<String>,
    /// How many records after that copy came back.
    pub came_back: u32,
    /// Whether everything after it did.
    pub complete: bool,
    /// Where the damaged files are now.
    pub damaged: String,
}
