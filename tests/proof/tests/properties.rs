//! Properties of the rules, over random accounts (K1–K12).

use headroom_billing::person::{Action, Current, Event, Ledger, Preview, Timeline};
use headroom_billing::{Catalog, Edition, LineKind, Lists, Plan, Statement, Terms};
use headroom_exact::{Country, Credits, DayCount, Moment, Money};
use proptest::prelude::*;

fn edition() -> &'static Edition {
    Catalog::built_in().default_edition()
}

fn start() -> Moment {
    "2026-01-01T00:00:00Z".parse().expect("a moment")
}

/// Eight months, so that cycles, trials and first paid months all pass.
const SECONDS: i64 = 8 * 31 * 86_400;

fn terms(day_count: DayCount, country: &str) -> Terms {
    Terms {
        catalog: Catalog::built_in(),
        lists: Lists::Named(edition()),
        country: country.parse::<Country>().expect("a country"),
        tax_rate: None,
        day_count,
    }
}

#[derive(Clone, Debug)]
enum Act {
    Plan(usize),
    Overage(bool),
    Usage(i128),
}

/// An act at a second; some fall on a day's or a month's very first instant.
fn act() -> impl Strategy<Value = (i64, Act)> {
    let second = prop_oneof![
        4 => 1..SECONDS,
        1 => (1..SECONDS / 86_400).prop_map(|day| day * 86_400),
    ];
    let what = prop_oneof![
        2 => (0..4_usize).prop_map(Act::Plan),
        2 => any::<bool>().prop_map(Act::Overage),
        6 => (1..60_000_i128).prop_map(Act::Usage),
        1 => (200_000..1_500_000_i128).prop_map(Act::Usage),
    ];
    (second, what)
}

fn acts() -> impl Strategy<Value = Vec<(i64, Act)>> {
    prop::collection::vec(act(), 0..40)
}

fn event(position: usize, second: i64, what: &Act) -> Event<'static> {
    let action = match what {
        Act::Plan(rank) => Action::ChangePlan(edition().plans()[*rank].rank),
        Act::Overage(enabled) => Action::SetOverage { enabled: *enabled },
        Act::Usage(hundredths) => Action::Usage {
            credits: Credits::from_hundredths(*hundredths),
            on_auto: None,
            id: Some(format!("u{position}").into()),
        },
    };
    Event { at: start().plus_seconds(second), position, action }
}

fn events(trial: bool, acts: &[(i64, Act)]) -> Vec<Event<'static>> {
    let sign_up = Event { at: start(), position: 0, action: Action::SignUp { trial } };
    let rest = acts.iter().enumerate().map(|(index, (second, what))| event(index + 1, *second, what));
    std::iter::once(sign_up).chain(rest).collect()
}

fn scenario(as_of: i64, trial: bool, acts: &[(i64, Act)], terms: Terms) -> Timeline<'static> {
    Timeline::new(start().plus_seconds(as_of), terms, events(trial, acts))
}

fn statement(timeline: &Timeline<'_>) -> Statement<Current> {
    Statement::of(timeline).expect("a statement")
}

fn preview(timeline: &Timeline<'_>, plan: &'static Plan, at: Moment) -> Preview {
    Preview::on(&Ledger::fold(timeline, at).expect("a ledger"), plan, at)
}

/// Everything charged for overage, closed and running.
fn overage(statement: &Statement<Current>) -> Money {
    let closed = statement.invoices.iter().map(|invoice| invoice.amount_of(LineKind::Overage)).sum::<Money>();
    closed.plus(statement.current.credits.overage.charge.expect("a charge"))
}

fn charged(statement: &Statement<Current>) -> Money {
    statement.invoices.iter().map(|invoice| invoice.subtotal).sum()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: proof::cases(600), ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_delivery_does_not_matter(acts in acts(), trial: bool, shuffle in any::<prop::sample::Index>()) {
        // Different seconds: at equal times the file's order counts, as the contract says.
        let mut acts = acts;
        acts.sort_by_key(|(second, _)| *second);
        acts.dedup_by_key(|(second, _)| *second);
        let terms = terms(DayCount::WholeDays, "US");
        let in_order = statement(&scenario(SECONDS, trial, &acts, terms));
        let mut delivered = events(trial, &acts);
        let turn = shuffle.index(delivered.len());
        delivered.rotate_left(turn);
        delivered.reverse();
        let scenario = Timeline::new(start().plus_seconds(SECONDS), terms, delivered);
        prop_assert_eq!(in_order, statement(&scenario));
    }

    #[test]
    fn repeated_ids_change_nothing_but_the_refusals(acts in acts(), trial: bool) {
        let terms = terms(DayCount::WholeDays, "JP");
        let once = scenario(SECONDS, trial, &acts, terms);
        let ledger = Ledger::fold(&once, once.as_of).expect("a ledger");
        let refused: Vec<_> = ledger.refused.iter().map(|refusal| refusal.event).collect();
        // Only what was accepted comes again; a refused id may well be accepted later.
        let mut twice = events(trial, &acts);
        let accepted = |event: &Event<'_>| {
            matches!(event.action, Action::Usage { .. }) && !refused.contains(&event.position)
        };
        let again: Vec<_> = twice.iter().filter(|event| accepted(event)).cloned().collect();
        let repeated = again.len();
        twice.extend(again.into_iter().map(|event| Event { at: start().plus_seconds(SECONDS), ..event }));
        let twice = Timeline::new(once.as_of, terms, twice);
        let (once, twice) = (statement(&once), statement(&twice));
        prop_assert_eq!(&once.invoices, &twice.invoices);
        prop_assert_eq!(&once.current, &twice.current);
        prop_assert_eq!(twice.refused.len(), once.refused.len() + repeated);
    }

    #[test]
    fn a_preview_is_what_is_then_charged(acts in acts(), trial: bool, at in 1..SECONDS, rank in 0..4_usize, started: bool) {
        let day_count = if started { DayCount::StartedDays } else { DayCount::WholeDays };
        let terms = terms(day_count, "JP");
        let moment = start().plus_seconds(at);
        let before = scenario(at, trial, &acts, terms);
        let plan = &edition().plans()[rank];
        let preview = preview(&before, plan, moment);
        let mut with_change = events(trial, &acts);
        with_change.retain(|event| event.at <= moment);
        let position = acts.len() + 1;
        with_change.push(Event { at: moment, position, action: Action::ChangePlan(plan.rank) });
        let after = statement(&Timeline::new(moment, terms, with_change));
        let before = statement(&before);
        prop_assert_eq!(&preview.before, &before.current);
        prop_assert_eq!(&preview.after, &after.current);
        prop_assert_eq!(preview.charge_now.as_ref(), after.invoices.get(before.invoices.len()));
        let refused = after.refused.iter().find(|refusal| refusal.event == position).map(|refusal| refusal.reason);
        prop_assert_eq!(preview.refused, refused);
    }

    #[test]
    fn the_range_of_a_charge_is_what_each_way_of_counting_charges(acts in acts(), at in 1..SECONDS, rank in 1..4_usize) {
        let moment = start().plus_seconds(at);
        let plan = &edition().plans()[rank];
        let under = |day_count| {
            let scenario = scenario(at, true, &acts, terms(day_count, "US"));
            preview(&scenario, plan, moment)
        };
        let (whole, started) = (under(DayCount::WholeDays), under(DayCount::StartedDays));
        prop_assert_eq!(whole.charge_range, started.charge_range);
        if let (Some(range), Some(one), Some(other)) = (whole.charge_range, whole.charge_now, started.charge_now) {
            prop_assert_eq!(range.low, one.total.min(other.total));
            prop_assert_eq!(range.high, one.total.max(other.total));
        }
    }

    #[test]
    fn pools_add_up_to_usage_and_lines_to_totals(acts in acts(), trial: bool, as_of in 1..SECONDS) {
        let statement = statement(&scenario(as_of, trial, &acts, terms(DayCount::WholeDays, "JP")));
        let credits = &statement.current.credits;
        prop_assert_eq!(credits.plan.remaining.map(|left| credits.plan.used.plus(left)), credits.plan.allowance);
        let beside_bonus = credits.plan.used.plus(credits.overage.credits).plus(credits.uncovered);
        let bonus_used = credits.bonus.as_ref().map_or(Credits::ZERO, |bonus| bonus.used);
        let from_bonus = credits.used.minus(beside_bonus);
        prop_assert!(from_bonus >= Credits::ZERO && from_bonus <= bonus_used);
        for invoice in statement.invoices.iter().chain(&statement.current.next_charge) {
            prop_assert_eq!(invoice.lines.iter().map(|line| line.amount).sum::<Money>(), invoice.subtotal);
            prop_assert_eq!(invoice.subtotal.plus(invoice.tax), invoice.total);
            prop_assert_eq!(invoice.tax, invoice.subtotal.share(10, 100));
            prop_assert!(invoice.total > Money::ZERO);
        }
    }

    #[test]
    fn the_months_total_does_not_depend_on_the_path_of_upgrades(
        seconds in prop::collection::vec(1..28 * 86_400_i64, 1..4), path in prop::collection::vec(1..4_usize, 1..4)
    ) {
        // Fees of one month from Free to Power, by any path from the same first moment.
        let month = 31 * 86_400;
        let mut seconds = seconds;
        seconds.sort_unstable();
        let mut steps: Vec<(i64, Act)> = vec![(seconds[0], Act::Plan(path[0]))];
        steps.extend(seconds.iter().zip(&path).skip(1).map(|(second, rank)| (*second, Act::Plan(*rank))));
        steps.push((month - 1, Act::Plan(3)));
        let direct = [(seconds[0], Act::Plan(3))];
        let terms = terms(DayCount::WholeDays, "US");
        let fees = |acts: &[(i64, Act)]| charged(&statement(&scenario(month - 1, false, acts, terms)));
        prop_assert_eq!(fees(&steps), fees(&direct));
    }

    #[test]
    fn more_usage_never_costs_less(acts in acts(), second in 1..SECONDS, more in 1..500_000_i128) {
        // Overage on throughout, so that no task is refused; one plan throughout.
        let usage: Vec<_> = acts.into_iter().filter(|(_, act)| matches!(act, Act::Usage(_))).collect();
        let terms = terms(DayCount::WholeDays, "US");
        for rank in 1..4 {
            let mut acts = vec![(0, Act::Plan(rank)), (0, Act::Overage(true))];
            acts.extend(usage.iter().cloned());
            let less = statement(&scenario(SECONDS, false, &acts, terms));
            acts.push((second, Act::Usage(more)));
            let more = statement(&scenario(SECONDS, false, &acts, terms));
            prop_assert!(overage(&less) <= overage(&more));
        }
    }

    #[test]
    fn a_higher_plan_never_raises_overage(acts in acts(), at in 1..SECONDS) {
        let scenario = scenario(at, true, &acts, terms(DayCount::WholeDays, "US"));
        for plan in edition().plans() {
            let preview = preview(&scenario, plan, scenario.as_of);
            prop_assert!(preview.overage_avoided >= Some(Money::ZERO));
        }
    }

    #[test]
    fn the_future_changes_nothing_before_it(acts in acts(), trial: bool, as_of in 1..SECONDS, later in 1..9_000_i64, rank in 0..4_usize) {
        let terms = terms(DayCount::WholeDays, "US");
        let now = statement(&scenario(as_of, trial, &acts, terms));
        let mut with_future = acts;
        with_future.push((as_of + later, Act::Plan(rank)));
        with_future.push((as_of + later, Act::Usage(77)));
        prop_assert_eq!(now, statement(&scenario(as_of, trial, &with_future, terms)));
    }
}

#[test]
fn k8_every_day_of_every_month_length_on_every_path() {
    // February, leap February, a month of 30 and one of 31; every day, at its first instant, at noon and
    // in its last second; each plan alone and after each smaller one; both ways of counting days.
    let lengths = [("2026-02", 28), ("2028-02", 29), ("2026-04", 30), ("2026-05", 31)];
    let paths: [&[usize]; 7] = [&[1], &[2], &[3], &[1, 2], &[1, 3], &[2, 3], &[1, 2, 3]];
    let mut seen = 0;
    for (month, length) in lengths {
        for day in 1..=length {
            for time in ["00:00:00", "12:00:00", "23:59:55"] {
                let first = format!("{month}-{day:02}T{time}Z").parse::<Moment>().expect("a moment");
                // Whole days that remain; the started day counts unless the day has only begun.
                let whole = if time == "00:00:00" { length - day + 1 } else { length - day };
                let started = length - day + 1;
                for path in paths {
                    for (day_count, days) in [(DayCount::WholeDays, whole), (DayCount::StartedDays, started)]
                    {
                        let total = charged_on(path, first, day_count);
                        let expected = prorated(path, days.max(1), length);
                        assert_eq!(total, expected, "{month}-{day:02} {time} {path:?} {day_count:?}");
                        seen += 1;
                    }
                }
            }
        }
    }
    assert_eq!(seen, (28 + 29 + 30 + 31) * 3 * 7 * 2);
}

/// The last plan of the path for so many days, half away from zero by integers: (2ab + c) / 2c.
fn prorated(path: &[usize], days: i64, length: i64) -> Money {
    let prices = [0_i128, 2_000, 4_000, 20_000];
    let (days, of) = (i128::from(days), i128::from(length));
    let price = prices[*path.last().expect("a step")];
    Money::from_hundredths((2 * price * days + of) / (2 * of))
}

/// What a month charges in all whose first payment is then, one plan of the path a second.
fn charged_on(path: &[usize], first: Moment, day_count: DayCount) -> Money {
    let sign_up = headroom_exact::Month::of(first).start();
    let mut events = vec![Event { at: sign_up, position: 0, action: Action::SignUp { trial: false } }];
    for (second, rank) in (0..).zip(path) {
        let action = Action::ChangePlan(edition().plans()[*rank].rank);
        events.push(Event { at: first.plus_seconds(second), position: events.len(), action });
    }
    charged(&statement(&Timeline::new(first.plus_seconds(4), terms(day_count, "US"), events)))
}
