//! Credits of an account of Kilo's that ended in the running month before they were spent. Kilo's list names what is there:
//! what ended is in earlier ones.

use super::left::Expiring;
use crate::days::just_before;
use crate::error::AppError;
use headroom_exact::{Moment, Month};
use headroom_sources::observation::CreditBlock;
use std::collections::BTreeSet;

/// What a list says, and when it was told; none where there is none.
type Listed = Option<(Moment, Vec<CreditBlock>)>;

/// The first to end first, each with what was left of it when Kilo told that last: at most so much ended. `by` gives the list
/// that Kilo had told last by a moment. One list a day is looked at for what ends until the next, and the last before each
/// end.
pub(super) fn in_this_month(
    now: Moment,
    by: impl Fn(Moment) -> Result<Listed, AppError>,
) -> Result<Vec<Expiring>, AppError> {
    let start = Month::of(now).start();
    let mut ends = BTreeSet::new();
    let (mut asked, mut until) = (now, now);
    while let Some((at, listed)) = by(asked)? {
        let has_ended = |end: &Moment| *end > at && *end >= start && *end <= until;
        ends.extend(listed.iter().filter_map(|block| block.expires_at).filter(has_ended));
        if at < start {
            break;
        }
        (asked, until) = (just_before(Moment::on(at.date(), 0)), at);
    }
    let mut ended = Vec::new();
    for end in ends {
        let Some((_, listed)) = by(just_before(end))? else { continue };
        let of_then = listed.into_iter().filter(|block| block.expires_at == Some(end));
        let was_left = of_then.filter(|block| block.left.is_positive());
        ended.extend(was_left.map(|block| Expiring { left: block.left, at: end, free: block.free }));
    }
    Ok(ended)
}

#[cfg(test)]
mod tests {
    use super::*;
    use headroom_exact::Balance;
    use std::cell::Cell;

    fn moment(text: &str) -> Moment {
        text.parse().expect("a moment")
    }

    /// Of lists with when each was told and what it had left of what ends when, as of 21 November: when each ended and with
    /// how many dollars, and how many lists were read.
    fn ended(told: &[(&str, &[(&str, i128)])]) -> (Vec<(String, String)>, u32) {
        let read = Cell::new(0);
        let by = |moment_: Moment| {
            read.set(read.get() + 1);
            let last = told.iter().rev().find(|(at, _)| moment(at) <= moment_);
            let block = |(end, left): &(&str, i128)| CreditBlock {
                left: Balance::of_millionths(left * 1_000_000),
                expires_at: Some(moment(end)),
                free: true,
            };
            Ok(last.map(|(at, blocks)| (moment(at), blocks.iter().map(block).collect())))
        };
        let ended = in_this_month(moment("2026-11-21T10:00:00Z"), by).expect("lists");
        let said = |ended: &Expiring| (ended.at.to_string(), ended.left.rounded().to_string());
        (ended.iter().map(said).collect(), read.get())
    }

    fn one(at: &str, left: &str) -> Vec<(String, String)> {
        vec![(at.to_owned(), left.to_owned())]
    }

    #[test]
    fn what_an_earlier_list_named_and_a_later_one_does_not_ended_with_what_was_left_last() {
        let end = "2026-11-09T08:00:00Z";
        let (said, _) = ended(&[
            ("2026-10-30T08:00:00Z", &[(end, 9)]),
            ("2026-11-09T00:30:00Z", &[(end, 5)]),
            ("2026-11-09T07:00:00Z", &[(end, 4)]),
            ("2026-11-09T09:00:00Z", &[]),
            ("2026-11-20T09:00:00Z", &[]),
        ]);
        assert_eq!(said, one(end, "4.00"));
        // Nobody has asked since.
        assert_eq!(ended(&[("2026-10-30T08:00:00Z", &[(end, 9)])]).0, one(end, "9.00"));
    }

    #[test]
    fn what_was_spent_before_its_end_and_what_ended_in_another_month_is_not_shown() {
        let (end, before) = ("2026-11-09T08:00:00Z", "2026-10-31T23:59:59Z");
        let spent = ended(&[("2026-11-02T08:00:00Z", &[(end, 9)]), ("2026-11-03T08:00:00Z", &[(end, 0)])]);
        assert_eq!(spent.0, []);
        assert_eq!(ended(&[("2026-10-30T08:00:00Z", &[(before, 9)])]).0, []);
        let ahead = "2026-11-21T10:00:01Z";
        assert_eq!(ended(&[("2026-11-20T08:00:00Z", &[(ahead, 9)])]).0, []);
        assert_eq!(ended(&[]).0, []);
    }

    #[test]
    fn one_list_a_day_is_read() {
        let hours: Vec<_> =
            (0..480).map(|hour| format!("2026-11-{:02}T{:02}:30:00Z", 1 + hour / 24, hour % 24)).collect();
        let told: Vec<(&str, &[(&str, i128)])> =
            hours.iter().map(|at| (at.as_str(), [].as_slice())).collect();
        let (said, read) = ended(&told);
        assert!(said.is_empty() && read <= 22, "{read} lists");
    }
}
