//! What is used by a moment to come, if it goes on as so far.

use headroom_exact::Credits;

/// Credits used by a moment to come, if it goes on like this.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Ahead {
    /// At an even pace.
    pub even: Credits,
    /// If the days to come are like quiet ones so far, and like busy ones; none where not each day so far is known.
    pub range: Option<(Credits, Credits)>,
}

impl Ahead {
    /// What of it is there after `part` of the time that is left, from what is used now.
    pub(crate) fn after(self, used: Credits, part: i64, left: i64) -> Self {
        let by_then = |end: Credits| {
            let more = end.minus(used).share(i128::from(part), i128::from(left.max(1)));
            used.plus(more)
        };
        let range = self.range.map(|(low, high)| (by_then(low), by_then(high)));
        Self { even: by_then(self.even), range }
    }
}
