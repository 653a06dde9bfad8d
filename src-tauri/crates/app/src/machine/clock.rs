//! The one place that reads the time.

use headroom_exact::{Heard, Moment};
use std::time::{SystemTime, UNIX_EPOCH};

/// Tells the time. Tests bring their own.
pub trait Clock: Send + Sync {
    /// This moment.
    fn now(&self) -> Moment;
}

/// The machine's clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Moment {
        #[expect(clippy::disallowed_methods, reason = "this is the place")]
        let since_1970 = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let seconds = i64::try_from(since_1970.as_secs()).unwrap_or(i64::MAX);
        Moment::from_unix(seconds, since_1970.subsec_nanos()).unwrap_or_default()
    }
}

/// A clock that is so many seconds before the newest record isn't right, or wasn't then.
const BEHIND: i64 = 60;

/// When the newest record was written, if the clock is more than a minute before that.
pub(crate) fn behind(last: Option<Heard>, now: Moment) -> Option<Heard> {
    last.filter(|last| last.ahead_of(now).is_some_and(|ahead| ahead > BEHIND))
}

/// A clock that stands still.
#[derive(Clone, Copy, Debug)]
pub struct FixedClock(pub Moment);

impl Clock for FixedClock {
    fn now(&self) -> Moment {
        self.0
    }
}
