//! An export that overwrites itself, as it grows through its month (rule F3).

use super::issues::{billed, export, import, line, months};
use super::{NOW, write};
use acceptance::Desk;
use std::collections::BTreeMap;

/// An export up to a day of October, with the columns that it has but for the last: when usage began.
fn up_to(day: u32) -> String {
    let lines: Vec<_> = (1..=day)
        .map(|day| line(&format!("c{day}"), "8", "7", &format!("2026-10-{day:02}"), "eva", "Credits", "0.50"))
        .collect();
    let whole = export(&lines);
    let without = whole.lines().filter_map(|line| line.rsplit_once(',')).map(|(rest, _)| format!("{rest}\n"));
    without.collect()
}

/// Found in November 2026: an export without the column of when usage began told of no growth, and each day left the owner a choice.
#[test]
fn without_the_column_of_its_start_a_lines_interval_says_when_its_usage_began() {
    for order in [[2, 3, 9], [9, 2, 3], [3, 9, 2]] {
        let desk = Desk::at(NOW);
        let account = order.map(|day| import(&desk, &write(&desk, "cur.csv", &up_to(day))).account)[0];
        assert_eq!(billed(&desk, account), months(&[("2026-10", "4.50")]), "{order:?}");
    }
}

/// Without the columns of start and interval nothing is known of the newest line, which is not that it is an old one.
#[test]
fn an_issue_of_which_the_newest_line_is_not_known_is_not_taken_for_an_earlier_one() {
    let interval = |text: &str| -> String {
        let cells = text.lines().map(|line| line.split(',').collect::<Vec<_>>());
        let without = cells.map(|cells| format!("{},{}\n", cells[0], cells[2..].join(",")));
        without.collect::<Vec<_>>().concat()
    };
    for swapped in [false, true] {
        let desk = Desk::at(NOW);
        let mut texts = [interval(&up_to(9)), up_to(2)];
        if swapped {
            texts.reverse();
        }
        let account = texts.map(|text| import(&desk, &write(&desk, "cur.csv", &text)).account)[0];
        assert_eq!(billed(&desk, account), BTreeMap::from([("2026-10".to_owned(), None)]), "neither leads");
    }
}
