//! The time zone that this machine is in: a terminal says moments in it (design.md, "Words"). What leaves Headroom as a
//! file says them in UTC, since whoever reads it may be elsewhere.

use chrono::{Local, Offset, TimeZone};
use headroom_exact::Moment;
use std::sync::atomic::{AtomicBool, Ordering};

/// Whether this process says moments in the machine's zone.
static IS_LOCAL: AtomicBool = AtomicBool::new(false);

/// From now on this process says moments in the machine's zone (`TZ`, else the system's). Before that, in UTC.
pub fn moments_are_local() {
    IS_LOCAL.store(true, Ordering::Relaxed);
}

/// A moment on a clock that hangs in a zone.
pub(crate) struct OnTheWall {
    /// "2026-12-01T01:00:00", as that clock shows it.
    pub(crate) text: String,
    /// The zone by its difference from UTC at that moment: "UTC+01:00", "UTC−05:00".
    pub(crate) zone: String,
}

/// The moment as a clock on this machine's wall shows it; none where it is UTC that is said.
pub(crate) fn on_the_wall(moment: Moment) -> Option<OnTheWall> {
    IS_LOCAL.load(Ordering::Relaxed).then(|| shown_in(&Local, moment)).flatten()
}

fn shown_in(zone: &impl TimeZone, moment: Moment) -> Option<OnTheWall> {
    let there = zone.timestamp_opt(moment.unix_seconds(), 0).single()?;
    let is_utc = there.offset().fix().local_minus_utc() == 0;
    (!is_utc).then(|| OnTheWall {
        text: there.naive_local().format("%Y-%m-%dT%H:%M:%S").to_string(),
        zone: format!("UTC{}", there.offset().fix()).replace('-', "−"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::FixedOffset;

    #[test]
    fn a_moment_is_of_the_day_that_it_is_there() {
        let moment = "2026-12-01T00:00:00Z".parse().expect("a moment");
        for (east, text, zone) in [
            (3_600, "2026-12-01T01:00:00", "UTC+01:00"),
            (-18_000, "2026-11-30T19:00:00", "UTC−05:00"),
            (19_800, "2026-12-01T05:30:00", "UTC+05:30"),
            (-12_600, "2026-11-30T20:30:00", "UTC−03:30"),
            (50_400, "2026-12-01T14:00:00", "UTC+14:00"),
        ] {
            let there = FixedOffset::east_opt(east).expect("a zone");
            let shown = shown_in(&there, moment).expect("another than UTC");
            assert_eq!((shown.text.as_str(), shown.zone.as_str()), (text, zone));
        }
        assert!(shown_in(&chrono::Utc, moment).is_none(), "UTC is said as UTC");
    }

    #[test]
    fn without_a_word_moments_are_said_in_utc() {
        let moment = "2026-12-01T00:00:00Z".parse().expect("a moment");
        assert!(on_the_wall(moment).is_none());
    }
}
