//! What Kiro's IDE before 1.0 kept of a task: a file of JSON in its global storage, whose `usageSummary` has credits in newer
//! ones (`interfaces-2026.md` §1.1). Nothing is written of when a task was, nor of what names it, so that such files are
//! known and not read.

use headroom_exact::{Saying, say};
use serde::Deserialize;
use serde::de::IgnoredAny;

/// What it is called where it is said to be left out.
pub(crate) const CODE: &str = "is-an-older-ide-task";

/// Whether a text is such a file.
pub(crate) fn is_one(text: &[u8]) -> bool {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Task {
        #[serde(rename = "usageSummary")]
        _usage_summary: Vec<IgnoredAny>,
    }
    serde_json::from_slice::<Task>(text).is_ok()
}

/// What is said of one of so many.
pub(crate) fn left_out(count: usize) -> Saying {
    say!("is-an-older-ide-task", count)
}
