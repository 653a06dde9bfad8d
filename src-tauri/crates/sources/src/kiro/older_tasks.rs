//! What Kiro's IDE before 1.0 kept of a task: a file of JSON in its global storage, whose `usageSummary` has credits in newer
//! ones (`interfaces-2026.md` §1.1). Nothing is written of when a task was, nor of what names it, so that such files are
//! known and not read.

use headroom_exact::{Saying, say};
use memchr::memmem;
use serde::Deserialize;
use serde::de::IgnoredAny;

/// Whether a text is such a file. A large one of another kind would be parsed for nothing.
pub(crate) fn is_one(text: &[u8]) -> bool {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Task {
        #[serde(rename = "usageSummary")]
        _usage_summary: Vec<IgnoredAny>,
    }
    memmem::find(text, b"\"usageSummary\"").is_some() && serde_json::from_slice::<Task>(text).is_ok()
}

/// What is said of one.
pub(crate) fn left_out() -> Saying {
    say!("is-an-older-ide-task")
}

/// What is said of one that stands for so many.
pub(crate) fn all_left_out(count: usize) -> Saying {
    if count == 1 { left_out() } else { say!("is-one-of-older-ide-tasks", count) }
}
