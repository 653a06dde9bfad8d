//! What the vendor counts of a cycle's usage, beside what is recorded of it here.

use headroom_exact::{Credits, Moment, Period};

/// Both counts of the same time.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Counted {
    /// By the vendor.
    pub by_vendor: Credits,
    /// By the tasks that are recorded.
    pub recorded: Credits,
}

impl Counted {
    /// What the vendor counts beyond the recorded tasks: used in the IDE, or on another machine.
    pub fn elsewhere(self) -> Credits {
        self.by_vendor.less_at_most_all(self.recorded)
    }

    /// What the recorded tasks come to beyond the vendor's count.
    pub fn recorded_more(self) -> Credits {
        self.recorded.less_at_most_all(self.by_vendor)
    }

    /// What came after the vendor's count, where so much is used in all.
    pub fn since(self, used: Credits) -> Credits {
        used.less_at_most_all(self.by_vendor)
    }
}

/// What the tasks recorded in a cycle come to, up to the moment of an answer, that one included.
pub fn recorded_until(at: Moment, cycle: Period, tasks: impl Iterator<Item = (Moment, Credits)>) -> Credits {
    let by_then = tasks.filter(|(task, _)| cycle.contains(*task) && *task <= at);
    by_then.map(|(_, credits)| credits).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_count_is_beyond_the_other_or_neither_is() {
        let credits = Credits::from_hundredths;
        let counted =
            |by_vendor, recorded| Counted { by_vendor: credits(by_vendor), recorded: credits(recorded) };
        for (counted, elsewhere, more) in
            [(counted(1_050, 1_000), 50, 0), (counted(1_000, 1_050), 0, 50), (counted(7, 7), 0, 0)]
        {
            assert_eq!(
                (counted.elsewhere(), counted.recorded_more()),
                (credits(elsewhere), credits(more)),
                "{counted:?}"
            );
            assert_eq!(counted.since(counted.by_vendor.plus(credits(3))), credits(3));
        }
    }
}
