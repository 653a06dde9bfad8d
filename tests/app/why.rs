//! Why a number is what it is: the lines behind it come to it, and it is the one that stands in front.

use acceptance::Desk;
use headroom_app::answers::{Kind, UsageAsked, UsageRange, WhyFrom, WhyView};
use headroom_exact::saying::Value;

const NOW: &str = "2026-11-21T10:30:00Z";

/// Hundredths of a decimal; of a bound the amount that it is at least.
fn hundredths(text: &str) -> i64 {
    let (whole, rest) = text.split_once('.').unwrap_or((text, "00"));
    let digits = format!("{whole}{:0<2}", &rest[..rest.len().min(2)]);
    digits.parse().unwrap_or_else(|_| panic!("{text} is an amount"))
}

fn amount(of: &Value) -> i64 {
    if let Value::Dollars(text) | Value::Credits(text) = of {
        return hundredths(text);
    }
    let Value::Saying(bound) = of else { panic!("{of:?} is no amount") };
    bound.values().map(|(_, value)| amount(value)).sum()
}

/// What the lines come to but for the last, and the last.
fn sum(why: &WhyView) -> (i64, i64) {
    let (last, lines) = why.lines.split_last().expect("lines");
    (lines.iter().map(|line| amount(&line.amount)).sum(), amount(&last.amount))
}

#[test]
fn what_an_organisations_month_costs_and_what_moves_save_is_the_sum_of_their_lines() {
    let desk = Desk::at(NOW);
    let sample = desk.headroom.open_sample(Kind::KiroEnterprise).expect("a sample").id;
    let view = desk.organisation(sample);
    let month = view.why.month.expect("a month");
    let (lines, last) = sum(&month);
    assert_eq!((lines, last), (last, hundredths(view.month_to_date.as_deref().expect("known"))));
    assert_eq!(month.from, WhyFrom::Sample, "nobody takes it for theirs");
    let (lines, last) = sum(&view.why.saves.expect("moves"));
    assert_eq!((lines, last), (last, hundredths(view.saves.as_deref().expect("known"))));
    let end = view.why.by_the_end.expect("foretold");
    assert_eq!(sum(&end).1, hundredths(&view.by_the_end.expect("foretold").even));
    assert_eq!(view.why.bill.expect("a bill").from, WhyFrom::Sample);
}

#[test]
fn from_the_calculation_to_a_bill_it_is_the_sum_of_what_differs() {
    let desk = Desk::at(NOW);
    let sample = desk.headroom.open_sample(Kind::KiroEnterprise).expect("a sample").id;
    let charged = desk.headroom.invoices(sample).expect("charges");
    let newest = charged.periods.iter().find_map(|period| period.quoted.as_ref()).expect("a bill");
    let why = charged.why.expect("a bill that differs");
    assert!(why.lines.len() > 2, "the calculation, what differs, the bill: {:?}", why.lines);
    let (lines, bill) = sum(&why);
    assert_eq!((lines, bill), (bill, hundredths(newest.quoted.as_deref().expect("in dollars"))));
}

#[test]
fn what_was_used_says_who_says_so_and_up_to_when() {
    let desk = Desk::at(NOW);
    let asked = UsageAsked { range: UsageRange::Running, split: None, only: Vec::new() };
    for kind in [Kind::KiroIndividual, Kind::KiroEnterprise, Kind::KiloTeams] {
        let sample = desk.headroom.open_sample(kind).expect("a sample").id;
        let usage = desk.headroom.usage(sample, &asked).expect("usage");
        let why = usage.why.expect("something is known");
        let shown = why.lines.iter().map(|line| amount(&line.amount)).collect::<Vec<_>>();
        assert_eq!(shown, [hundredths(usage.total.as_deref().expect("known"))], "{kind:?}");
        assert_eq!(why.from, WhyFrom::Sample, "{kind:?}");
    }
    let team = desk.headroom.open_sample(Kind::KiloTeams).expect("a sample").id;
    let view = desk.team(team);
    let spent = view.why.spent.expect("something is known");
    assert_eq!(
        sum(&spent),
        (0, hundredths(view.spend.expect("known").this_month.as_deref().expect("known")))
    );
    let seats = view.seats_why.expect("seats");
    assert_eq!(seats.lines[0].amount, Value::Number(view.seats.expect("known").paid));
}
