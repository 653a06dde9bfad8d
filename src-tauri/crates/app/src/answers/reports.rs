//! What is kept of Headroom's own mistakes.

use serde::Serialize;
use ts_rs::TS;

/// A report of a mistake, as it can be sent to the project: it holds nothing of the person.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct ReportView {
    /// Its number, six digits.
    pub number: String,
    /// When it was written.
    pub at: String,
    /// All that it says.
    pub text: String,
    /// The file.
    pub path: String,
}
