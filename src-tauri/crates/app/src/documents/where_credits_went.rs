//! Where credits went, as a table for spreadsheets: a row a part and one of all, by day beside what Kiro counted on it.

use super::table::Table;
use crate::answers::{Breakdown, BreakdownBy, BreakdownPart, CountedDayView, CountedView};

const RECORDED: [&str; 8] = ["name", "title", "metered", "estimated", "sum", "tasks", "unknown", "at_least"];
const COUNTED: [&str; 6] =
    ["counted", "fell", "counted_since", "counted_before", "counted_on", "counted_at_least"];

fn text(text: Option<&String>) -> String {
    text.cloned().unwrap_or_default()
}

fn recorded(name: Option<&str>, part: Option<&BreakdownPart>, least: bool) -> [String; 8] {
    let title = part.and_then(|part| part.title.as_deref());
    let amount = |of: fn(&BreakdownPart) -> &String| part.map(of).cloned().unwrap_or_default();
    let count = |of: Option<u64>| of.map(|count| count.to_string()).unwrap_or_default();
    [
        name.unwrap_or_default().to_owned(),
        title.unwrap_or_default().to_owned(),
        amount(|part| &part.metered),
        part.and_then(|part| part.estimated).map(|credits| credits.to_string()).unwrap_or_default(),
        amount(|part| &part.sum),
        count(part.and_then(|part| part.tasks)),
        count(part.map(|part| part.unknown)),
        part.map(|_| least.to_string()).unwrap_or_default(),
    ]
}

fn counted(day: Option<&CountedDayView>) -> [String; 6] {
    [
        text(day.and_then(|day| day.used.as_ref())),
        text(day.and_then(|day| day.fell.as_ref())),
        text(day.and_then(|day| day.since.as_ref())),
        text(day.and_then(|day| day.of_before.as_ref())),
        text(day.and_then(|day| day.counted_on.as_ref())),
        day.map(|day| day.at_least.to_string()).unwrap_or_default(),
    ]
}

fn all_counted(all: Option<&CountedView>) -> [String; 6] {
    let [used, fell] =
        [text(all.and_then(|all| all.used.as_ref())), text(all.and_then(|all| all.fell.as_ref()))];
    let least = all.map(|all| all.at_least.to_string()).unwrap_or_default();
    [used, fell, String::new(), String::new(), String::new(), least]
}

/// The rows, the columns' names first.
fn rows(breakdown: &Breakdown) -> Vec<Vec<String>> {
    let total = breakdown.total.as_ref();
    let least = breakdown.least > 0 || breakdown.at_least || total.is_some_and(|total| total.unknown > 0);
    let titles = |titles: &[&str]| titles.iter().map(|title| (*title).to_owned()).collect::<Vec<_>>();
    let mut rows = vec![titles(&RECORDED)];
    if breakdown.by != BreakdownBy::Day {
        let part = |part: &BreakdownPart| recorded(part.name.as_deref(), Some(part), part.at_least);
        rows.extend(breakdown.parts.iter().map(|of| part(of).to_vec()));
        rows.extend(total.map(|total| recorded(Some("total"), Some(total), least).to_vec()));
        return rows;
    }
    rows[0].extend(titles(&COUNTED));
    rows.extend(breakdown.days().into_iter().map(|day| {
        let least = day.recorded.is_some_and(|part| part.at_least);
        [&recorded(Some(day.date), day.recorded, least)[..], &counted(day.counted)[..]].concat()
    }));
    let all = breakdown.counted.as_ref();
    if total.is_some() || all.is_some() {
        rows.push([&recorded(Some("total"), total, least)[..], &all_counted(all)[..]].concat());
    }
    rows
}

/// The table.
pub(crate) fn table(breakdown: &Breakdown) -> Vec<u8> {
    let mut table = Table::default();
    for row in &rows(breakdown) {
        table.row(row);
    }
    table.bytes()
}
