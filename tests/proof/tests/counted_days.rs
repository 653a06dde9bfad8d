//! Days from the vendor's counts: whatever they are, the days come to the last one.

use headroom_billing::person::{Count, CountedCycle, CountedDays};
use headroom_exact::{Credits, Moment, Month};
use proptest::prelude::*;

/// Counts of one cycle: seconds after its beginning, hundredths of a credit.
fn counts() -> impl Strategy<Value = Vec<Count>> {
    let start = "2026-11-01T00:00:00Z".parse::<Moment>().expect("a moment");
    prop::collection::vec((0_i64..30 * 86_400, 0_i128..500_000), 1..40).prop_map(move |counts| {
        let count = |(seconds, used): (i64, i128)| Count {
            at: start.plus_seconds(seconds),
            cycle: Month::of(start).period(),
            used: Credits::from_hundredths(used),
            pools: Vec::new(),
        };
        counts.into_iter().map(count).collect()
    })
}

proptest! {
    #[test]
    fn the_days_of_a_cycle_come_to_its_last_count_less_its_first(mut counts in counts()) {
        let cycles = CountedCycle::of(counts.clone());
        prop_assert_eq!(cycles.len(), 1);
        counts.sort_by_key(|count| count.at);
        let (first, last) = (counts[0].used, counts[counts.len() - 1].used);
        prop_assert_eq!(cycles[0].used().minus(cycles[0].at_first), last.minus(first));
        let month = Month::of(counts[0].at);
        let all = CountedDays::between(&cycles, month.first_date(), month.last_date());
        prop_assert_eq!(all.used.unwrap_or_default().minus(all.fell), last);
        for day in &all.days {
            // Nothing is below zero, and what may have been used before a day is a part of it.
            prop_assert!(day.used.is_none_or(|used| used >= day.of_before));
            prop_assert!(day.of_before >= Credits::ZERO && day.fell >= Credits::ZERO);
            prop_assert_eq!(day.since.is_some(), day.of_before.is_positive());
            prop_assert!(day.since.is_none_or(|since| since.date() < day.date));
            prop_assert!(day.used.is_some() || day.counted_on.is_some(), "each is said of a day: {:?}", day);
            prop_assert!(day.counted_on.is_none_or(|on| on > day.date));
        }
        // No day between the first and the last is left out.
        let dates = all.days.windows(2).all(|two| two[0].date.succ_opt() == Some(two[1].date));
        prop_assert!(dates);
    }

    #[test]
    fn a_day_of_its_own_counts_knows_what_was_used_on_it(counts in counts()) {
        let all = CountedDays::between(
            &CountedCycle::of(counts.clone()),
            "2026-11-01".parse().expect("a day"),
            "2026-11-30".parse().expect("a day"),
        );
        for day in all.days.iter().filter(|day| day.since.is_none() && day.counted_on.is_none()) {
            let said = counts.iter().any(|count| count.at.date() == day.date || day.used == Some(Credits::ZERO));
            prop_assert!(said, "{day:?}");
        }
    }
}
