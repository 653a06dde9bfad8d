//! `make prove`: a million random scenarios through engine and model.

use proof::{agree, agree_on_changes, agree_under_lists, generate, prove};
use proptest::sample::select;
use std::time::UNIX_EPOCH;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let count: u32 = arguments.next().map_or(1_000_000, |text| text.parse().expect("a number of scenarios"));
    // The seed is printed, so that what was found can be found again.
    let now = || UNIX_EPOCH.elapsed().map_or(0, |since| since.as_secs());
    let seed: u64 = arguments.next().map_or_else(now, |text| text.parse().expect("a seed"));
    println!("{count} scenarios from seed {seed}");
    let workers =
        std::thread::available_parallelism().map_or(1, |count| u32::try_from(count.get()).unwrap_or(1));
    std::thread::scope(|scope| {
        for worker in 0..workers {
            scope.spawn(move || {
                let seed = seed.wrapping_add(u64::from(worker));
                let share = |part: u32| (part / workers).max(1);
                prove(&generate::person(), share(count / 5), seed, |scenario| agree(&scenario));
                prove(&generate::organisation(), share(count / 5), seed, |scenario| agree(&scenario));
                prove(&generate::team(), share(count / 10), seed, |scenario| agree(&scenario));
                prove(&generate::team_of_2026(), share(count / 10), seed, |scenario| agree(&scenario));
                let plans = select(vec!["free", "pro", "pro-plus", "pro-max", "power"]);
                let of_lists = (generate::person_of_lists(), plans, 0..40_i64);
                prove(&of_lists, share(count / 5), seed, |(scenario, plan, days)| {
                    let (plan, at) = generate::change(&scenario, plan, days);
                    agree_under_lists(&scenario, &plan, &at)
                });
                let changes =
                    (generate::person(), select(vec!["free", "pro", "pro-plus", "power"]), 0..40_i64);
                let rest = count - 4 * (count / 5);
                prove(&changes, share(rest), seed, |(scenario, plan, days)| {
                    let (plan, at) = generate::change(&scenario, plan, days);
                    agree_on_changes(&scenario, &plan, &at)
                });
            });
        }
    });
    println!("{count} scenarios, no difference");
}
