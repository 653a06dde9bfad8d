//! What a session says of credits outside its executions (`interfaces-2026.md` §1.5): always everything so far, so that the
//! last says it all, and each rise was at the row where it is.

use crate::observation::Id;
use crate::wire::number::hundredths;
use headroom_exact::{Credits, Moment};
use rust_decimal::Decimal;

/// A row that tells main, delegated and auxiliary credits of a session apart.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Split {
    /// The row's id, the same in every copy of it.
    pub id: Id,
    /// When it was written.
    pub at: Moment,
    /// Everything so far that no execution holds.
    pub auxiliary: Decimal,
    /// Everything so far that subagents used, which executions hold too.
    pub delegated: Decimal,
    /// Whether it came with a fork from another session, whose it is.
    pub copied: bool,
}

/// Auxiliary credits that were used up to a row, since the one before it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Rise {
    /// The row's id.
    pub id: Id,
    /// When it was written.
    pub at: Moment,
    /// To 0.01, so that all of a session's rises come to what its last row says.
    pub credits: Credits,
    /// The same, exactly: a decimal.
    pub exact: String,
}

impl Split {
    /// One that was kept: its amounts as [`Split::kept`] gives them. None where they are no amounts.
    pub fn of_kept(id: &str, at: Moment, auxiliary: &str, delegated: &str) -> Option<Self> {
        let (auxiliary, delegated) = (auxiliary.parse().ok()?, delegated.parse().ok()?);
        Some(Self { id: id.into(), at, auxiliary, delegated, copied: false })
    }

    /// Its amounts as they are kept, exactly: auxiliary, then delegated.
    pub fn kept(&self) -> (String, String) {
        (self.auxiliary.to_string(), self.delegated.to_string())
    }
}

struct Step {
    id: Id,
    at: Moment,
    from: Decimal,
    to: Decimal,
}

/// A session's own auxiliary credits, where they were used: what its last row says less what came with a fork, not below
/// nothing. Where a later row says less, it corrects those before it.
pub fn rises(splits: &[Split]) -> Vec<Rise> {
    let base = splits.iter().rfind(|split| split.copied);
    let base = base.map_or(Decimal::ZERO, |split| split.auxiliary);
    let mut steps: Vec<Step> = Vec::new();
    for split in splits.iter().filter(|split| !split.copied) {
        let level = split.auxiliary.max(base);
        while steps.last().is_some_and(|step| step.from >= level) {
            steps.pop();
        }
        match steps.last_mut() {
            Some(step) if step.to >= level => step.to = level,
            last => {
                let from = last.map_or(base, |step| step.to);
                if level > from {
                    steps.push(Step { id: split.id.clone(), at: split.at, from, to: level });
                }
            }
        }
    }
    steps.into_iter().filter_map(Step::rise).collect()
}

/// Credits of a session's own executions that subagents used; none where it doesn't tell.
pub fn delegated(splits: &[Split]) -> Option<Credits> {
    let own = splits.iter().rfind(|split| !split.copied)?;
    let base = splits.iter().rfind(|split| split.copied);
    let base = base.map_or(Decimal::ZERO, |split| split.delegated);
    let own = own.delegated.checked_sub(base)?.max(Decimal::ZERO);
    hundredths(own).map(Credits::from_hundredths)
}

impl Step {
    fn rise(self) -> Option<Rise> {
        let hundredths = hundredths(self.to)?.checked_sub(hundredths(self.from)?)?;
        let exact = self.to.checked_sub(self.from)?.normalize().to_string();
        Some(Rise { id: self.id, at: self.at, credits: Credits::from_hundredths(hundredths), exact })
    }
}
