//! How often the window's page is started again when its process has ended.

use std::time::Duration;

/// So many starts within this time are tried before the page says why it shows nothing.
const TRIES: usize = 3;
const WITHIN: Duration = Duration::from_mins(1);

/// What is done about a page whose process ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Restart {
    /// It is loaded again as it was.
    AsItWas,
    /// It ends again and again: it is loaded without its view, and says so.
    ToSaySo,
    /// Not even that stays: the program ends.
    No,
}

/// When it ended, as the time since any one moment.
#[derive(Debug, Default)]
pub struct Restarts(Vec<Duration>);

impl Restarts {
    /// It has ended now.
    pub fn ended(&mut self, now: Duration) -> Restart {
        self.0.retain(|before| now.saturating_sub(*before) < WITHIN);
        self.0.push(now);
        match self.0.len() {
            ..=TRIES => Restart::AsItWas,
            tries if tries == TRIES + 1 => Restart::ToSaySo,
            _ => Restart::No,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ends(at: &[u64]) -> Vec<Restart> {
        let mut restarts = Restarts::default();
        at.iter().map(|second| restarts.ended(Duration::from_secs(*second))).collect()
    }

    #[test]
    fn a_page_that_ends_now_and_then_always_comes_back() {
        let rarely: Vec<_> = (0..100).map(|time| time * 30).collect();
        assert!(ends(&rarely).iter().all(|restart| *restart == Restart::AsItWas));
    }

    #[test]
    fn a_page_that_ends_again_and_again_says_so_once_and_then_no_more() {
        let [again, say, no] = [Restart::AsItWas, Restart::ToSaySo, Restart::No];
        assert_eq!(ends(&[0, 1, 2, 3, 4]), [again, again, again, say, no]);
        assert_eq!(
            ends(&[0, 1, 2, 3, 70]),
            [again, again, again, say, again],
            "a minute later it is tried anew"
        );
    }
}
