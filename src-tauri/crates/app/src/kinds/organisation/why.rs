//! Why an organisation's headline numbers are what they are: what its reports come to, whom to move, what AWS billed.

use super::standing::{Reported, Standing};
use super::{groups, month};
use crate::answers::{OrganisationGroup, OrganisationWhy, WhyFrom, WhyView, text};
use headroom_billing::Total;
use headroom_billing::total::known_sum;
use headroom_exact::saying::Value;
use headroom_exact::{Money, Month, Saying, say};
use std::collections::BTreeMap;

pub(super) fn of(standing: &Standing) -> OrganisationWhy {
    let reported = standing.reported.as_ref();
    OrganisationWhy {
        month: reported.and_then(|reported| month_to_date(standing, reported)),
        by_the_end: reported.and_then(|reported| by_the_end(standing, reported)),
        saves: standing.everybody.saves.and_then(|saves| moves(standing, saves)),
        bill: bill(standing),
    }
}

fn said(standing: &Standing, otherwise: WhyFrom) -> WhyView {
    let is_sample = standing.account.sample;
    let why = WhyView::new(if is_sample { WhyFrom::Sample } else { otherwise });
    let is_of_reports = why.from == WhyFrom::Reports;
    let why = WhyView { last_day: text(standing.last_day.filter(|_| is_of_reports)), ..why };
    why.says(is_sample.then(|| say!("why-sample")))
}

fn list(standing: &Standing) -> Saying {
    month::terms().lists.at(standing.month.start()).list.title.clone()
}

/// Dollars, or that it is that much at least.
fn dollars(amount: Value, at_least: bool) -> Value {
    if at_least { Value::Saying(say!("at-least", amount)) } else { amount }
}

fn is_part(at_least: bool) -> Option<Saying> {
    at_least.then(|| say!("why-cost-is-part"))
}

/// What the month costs so far, or cost, tier by tier.
fn month_to_date(standing: &Standing, reported: &Reported) -> Option<WhyView> {
    let total = reported.month_to_date;
    let mut why = said(standing, WhyFrom::Reports);
    for OrganisationGroup { name, users, cost, cost_at_least, .. } in
        groups::by(&standing.everybody.users, |user| &user.tier)
    {
        let label = name.map_or_else(
            || say!("why-users-without-tier", count = users),
            |tier| say!("why-users-on-tier", tier, count = users),
        );
        why = match cost {
            Some(cost) => why.line(label, dollars(Value::Dollars(cost), cost_at_least)),
            None => why,
        };
    }
    let label = if standing.closed { say!("why-month-cost") } else { say!("why-month-so-far") };
    let why = why.line(label, dollars(total.known()?.into(), total.is_at_least()));
    Some(why.says([say!("why-month-rule", list = list(standing))]).says(is_part(total.is_at_least())))
}

/// What it comes to by its end, if everybody goes on as so far.
fn by_the_end(standing: &Standing, reported: &Reported) -> Option<WhyView> {
    let (end, at_least) = reported.by_the_end?;
    let so_far = reported.month_to_date;
    let mut why = said(standing, WhyFrom::Estimate);
    if let Some(cost) = so_far.known() {
        why = why.line(say!("why-month-so-far"), dollars(cost.into(), so_far.is_at_least()));
    }
    let label = say!("why-cost-by-the-end", end = Value::day(standing.month.period().end));
    let why = why.line(label, dollars(end.even.into(), at_least));
    let range = (end.low != end.high).then(|| say!("why-range", low = end.low, high = end.high));
    Some(why.says([say!("why-everybody-goes-on")]).says(range).says(is_part(at_least)))
}

/// Whom to move from which tier to which, and what that saves.
fn moves(standing: &Standing, saves: Total<Money>) -> Option<WhyView> {
    let mut moved: BTreeMap<(&str, &str), Vec<Money>> = BTreeMap::new();
    for user in &standing.everybody.users {
        if let Some((to, saves)) = &user.cheaper {
            moved.entry((&user.tier, to)).or_default().push(*saves);
        }
    }
    let mut moved: Vec<_> = moved
        .into_iter()
        .map(|(tiers, saves)| (tiers, saves.len(), known_sum::<Money>(saves.into_iter().map(Some))))
        .collect();
    moved.sort_by_key(|(_, _, saves)| std::cmp::Reverse(*saves));
    let mut why = said(standing, WhyFrom::Reports);
    for ((tier, to), count, saves) in moved {
        why = why.line(say!("why-move", tier, to, count), saves);
    }
    let why = why.line(say!("why-saves"), dollars(saves.known()?.into(), saves.is_at_least()));
    Some(why.says([say!("why-saves-rule", list = list(standing))]).says(is_part(saves.is_at_least())))
}

/// What AWS billed: its parts stand beside it.
fn bill(standing: &Standing) -> Option<WhyView> {
    let bill = standing.bill.as_ref()?;
    let why = said(standing, WhyFrom::Bill);
    Some(why.says([say!("why-bill", month = Month::of_date(bill.month))]))
}
