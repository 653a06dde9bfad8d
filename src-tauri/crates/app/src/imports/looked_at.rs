//! What somebody looked at before it is imported.

use crate::answers::{BillIssue, BillNews};
use headroom_exact::Month;
use headroom_sources::files::given::Given;
use std::path::PathBuf;

/// What somebody looked at before it is imported.
#[derive(Clone)]
pub(crate) struct LookedAt {
    pub number: u32,
    pub given: Vec<Given>,
    /// The issues of bills of which nothing tells the later.
    pub(super) issues: Vec<Undecided>,
}

/// An issue of a month's bill that can be chosen.
#[derive(Clone)]
pub(super) struct Undecided {
    /// Where it lies; none of one that an older version read.
    pub path: Option<PathBuf>,
    pub month: Month,
    /// The AWS account that pays; none where it doesn't say.
    pub payer: Option<String>,
    /// What it comes to.
    pub amount: Option<String>,
}

/// Those of which what came of bills tells, in its order.
pub(super) fn undecided(news: &BillNews) -> Vec<Undecided> {
    let BillNews::Undecided { month, payer: _, issues } = news else { return Vec::new() };
    let Ok(month) = month.parse() else { return Vec::new() };
    let of = |BillIssue { from, payer, amount }: &BillIssue| Undecided {
        path: from.as_ref().map(PathBuf::from),
        month,
        payer: payer.clone(),
        amount: amount.clone(),
    };
    issues.iter().map(of).collect()
}
