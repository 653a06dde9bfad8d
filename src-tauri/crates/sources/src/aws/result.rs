//! The result of a statement of ours ([`super::sql`]): Kiro's lines summed where the bills lie.
//!
//! It is read whole or refused: each row says how many there are and what they come to.

use super::export::CostExport;
use super::form::{BillLine, COLUMNS, Cells, LineKind, MonthBill, WHAT};
use super::issue::{Issue, Layout};
use super::key::{amount_counts, key};
use super::label::Label;
use super::moment::second;
use super::plan::Source;
use crate::files::bounded::{self, Row, Table};
use crate::files::reason::Reason;
use crate::files::table_file::{Counter, ReadError, column};
use crate::wire::number;
use chrono::NaiveDate;
use csv::ByteRecord;
use headroom_exact::{Saying, say};
use rust_decimal::Decimal;
use std::collections::BTreeMap;
use std::path::Path;
use std::str;

/// The column that nothing else has, and what stands in it.
const MARK: &str = "headroom_result";
const VERSION: &str = "1";

/// The columns of ours beside it.
const OURS: [&str; 15] = [
    "headroom_layout",
    "headroom_manifests",
    "headroom_run_at",
    "headroom_rows",
    "headroom_cost",
    "headroom_quantity",
    "headroom_issue",
    "headroom_current",
    "headroom_newest",
    "headroom_invoiced",
    "headroom_lines",
    "headroom_without_id",
    "headroom_copies",
    "headroom_differing",
    "headroom_unread",
];

/// The places in [`COLUMNS`] of those that a result has.
const THEIRS: [usize; 11] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];

/// Bytes of a line beside its texts.
const BYTES_A_LINE: usize = 2 * size_of::<BillLine>() + 128;

/// Whether a table with this header is one.
pub(super) fn is_one(header: &ByteRecord) -> bool {
    column(header, MARK).is_some()
}

/// An issue's month of a payer: what identifies it, and what is told of it.
type Months = BTreeMap<(NaiveDate, String, String), OfMonth>;

#[derive(Default)]
struct OfMonth {
    lines: BTreeMap<(String, String, String, LineKind), (Decimal, Decimal)>,
    layout: Option<Layout>,
    current: Option<bool>,
    newest: String,
    invoiced: bool,
    without_id: u64,
    unread: u64,
}

/// A row's texts by the names of their columns.
struct Texts<'r> {
    ours: [&'r str; OURS.len()],
    cells: Cells<'r>,
}

/// What all rows say of the whole, and what they come to.
#[derive(Default)]
struct Whole {
    said: Option<(u64, Decimal, Decimal)>,
    rows: u64,
    cost: Decimal,
    quantity: Decimal,
    lines: u64,
    run_at: String,
    has_manifests: bool,
}

/// Reads a file that is one; whether it is.
pub(super) fn read(
    source: &Source,
    counter: &mut Counter<'_>,
    export: &mut CostExport,
) -> Result<bool, ReadError> {
    let file = source.named.as_path();
    let opened = bounded::open(&source.file).map_err(|error| ReadError::broken(file, &error))?;
    let mut table = Table::new(opened);
    let Ok(header) = table.header() else { return Ok(false) };
    if !is_one(&header) {
        return Ok(false);
    }
    let damaged = |reason: Reason| ReadError::Damaged { path: file.to_owned(), reason };
    let place = |name: &str| {
        column(&header, name).ok_or_else(|| damaged(Reason::lack(say!("no-column", column = name))))
    };
    let ours = OURS.iter().map(|name| place(name)).collect::<Result<Vec<_>, _>>()?;
    let theirs = THEIRS.iter().filter_map(|index| Some((*index, COLUMNS.get(*index)?)));
    let theirs =
        theirs.map(|(index, [name, ..])| Ok((index, place(name)?))).collect::<Result<Vec<_>, _>>()?;
    let mark = place(MARK)?;
    let mut months = Months::new();
    let mut whole = Whole::default();
    let mut record = ByteRecord::new();
    loop {
        let line = table.line();
        match table.next_row(&mut record).map_err(|error| ReadError::broken(file, &error))? {
            Row::End => break,
            Row::Bad(reason) => return Err(damaged(say!("row-of-a-result", line, reason).into())),
            Row::Read => {}
        }
        let text = |place: usize| str::from_utf8(record.get(place).unwrap_or_default()).unwrap_or_default();
        if text(mark) != VERSION {
            let reason = say!("result-of-another-version").into();
            return Err(ReadError::AnotherKind { path: file.to_owned(), what: WHAT, reason });
        }
        let mut texts = Texts { ours: [""; OURS.len()], cells: [""; COLUMNS.len()] };
        for (into, place) in texts.ours.iter_mut().zip(&ours) {
            *into = text(*place);
        }
        for (index, place) in &theirs {
            if let Some(into) = texts.cells.get_mut(*index) {
                *into = text(*place);
            }
        }
        let bytes = row(&texts, (file, line), &mut months, &mut whole, export)
            .map_err(|reason| damaged(say!("row-of-a-result", line, reason).into()))?;
        counter.keeps(file, bytes)?;
        counter.rows(1, table.bytes())?;
    }
    whole.check().map_err(|reason| damaged(reason.into()))?;
    export.of_kiro = export.of_kiro.saturating_add(whole.lines);
    export.notes.extend(whole.notes());
    let read_at = second(&whole.run_at);
    export.bills.extend(months.into_iter().map(|(of, month)| bill(&source.named, of, month, &read_at)));
    Ok(true)
}

/// What a row counts.
struct Counts {
    lines: u64,
    without_id: u64,
    copies: u64,
    differing: u64,
    unread: u64,
}

fn count(field: &str, text: &str) -> Result<u64, Saying> {
    text.parse().map_err(|_| say!("not-a-number", field, text))
}

fn decimal(field: &str, text: &str) -> Result<Decimal, Saying> {
    number::exact(text).ok_or_else(|| say!("not-a-number", field, text))
}

impl Texts<'_> {
    fn counts(&self) -> Result<Counts, Saying> {
        let [.., lines, without_id, copies, differing, unread] = self.ours;
        Ok(Counts {
            lines: count("headroom_lines", lines)?,
            without_id: count("headroom_without_id", without_id)?,
            copies: count("headroom_copies", copies)?,
            differing: count("headroom_differing", differing)?,
            unread: count("headroom_unread", unread)?,
        })
    }

    /// Rows, cost and quantity of the whole.
    fn of_the_whole(&self) -> Result<(u64, Decimal, Decimal), Saying> {
        let [_, _, _, rows, cost, quantity, ..] = self.ours;
        let rows = count("headroom_rows", rows)?;
        Ok((rows, decimal("headroom_cost", cost)?, decimal("headroom_quantity", quantity)?))
    }
}

impl OfMonth {
    /// What a row tells of its issue.
    fn told(&mut self, texts: &Texts<'_>, counts: &Counts) -> Result<(), Saying> {
        let [layout, _, _, _, _, _, _, current, newest, invoiced, ..] = texts.ours;
        let layouts = [Layout::Underscores, Layout::Slashes, Layout::Focus];
        let known = layouts.into_iter().find(|known| known.name() == layout);
        self.layout = Some(known.ok_or_else(|| say!("no-such-layout", text = layout))?);
        self.current = match current {
            "true" => Some(true),
            "false" => Some(false),
            _ => None,
        };
        self.newest = second(newest);
        self.invoiced = invoiced == "1";
        self.without_id = self.without_id.saturating_add(counts.without_id);
        self.unread = self.unread.saturating_add(counts.unread);
        Ok(())
    }
}

/// One row; how many bytes are kept of it.
fn row(
    texts: &Texts<'_>,
    (file, line): (&Path, u64),
    months: &mut Months,
    whole: &mut Whole,
    export: &mut CostExport,
) -> Result<usize, Saying> {
    let [_, manifests, run_at, _, _, _, issue, ..] = texts.ours;
    let [_, period, _, _, _, _, _, quantity, cost, _, unit, ..] = texts.cells;
    let counts = texts.counts()?;
    let (quantity, cost) = (decimal("usage_amount", quantity)?, decimal("unblended_cost", cost)?);
    whole.add(texts.of_the_whole()?, quantity, cost)?;
    whole.lines = whole.lines.saturating_add(counts.lines);
    run_at.clone_into(&mut whole.run_at);
    whole.has_manifests = manifests == "1";
    export.copies = export.copies.saturating_add(counts.copies);
    let mut named = |count, reason| {
        if count > 0 {
            export.bad.add_all(file, count, [(line, reason)].into_iter());
        }
    };
    named(counts.differing, say!("line-differs-from-its-copy"));
    // A line in a month that can't be read is in no sum; the others are those that aren't numbers.
    let of_key = match key(&texts.cells, &format!("{period}-01")) {
        Ok(of_key) => of_key,
        Err(reason) => {
            named(counts.lines.saturating_add(counts.unread), reason);
            return Ok(0);
        }
    };
    named(counts.unread, say!("lines-without-numbers"));
    let Some((month, account, region, user, kind, payer)) = of_key else { return Ok(0) };
    let of = months.entry((month, payer, issue.to_owned())).or_default();
    of.told(texts, &counts)?;
    if counts.lines == 0 {
        return Ok(0);
    }
    let bytes = [&account, &region, &user].iter().map(|text| text.len()).sum::<usize>();
    let quantity = if amount_counts(&kind, unit) { quantity } else { Decimal::ZERO };
    let sum = of.lines.entry((account, region, user, kind)).or_default();
    let added = sum.0.checked_add(quantity).zip(sum.1.checked_add(cost));
    *sum = added.ok_or_else(|| say!("sums-too-large"))?;
    Ok(BYTES_A_LINE.saturating_add(bytes))
}

impl Whole {
    fn add(&mut self, said: (u64, Decimal, Decimal), quantity: Decimal, cost: Decimal) -> Result<(), Saying> {
        if *self.said.get_or_insert(said) != said {
            return Err(say!("result-was-changed"));
        }
        let too_large = || say!("sums-too-large");
        self.rows = self.rows.saturating_add(1);
        self.cost = self.cost.checked_add(cost).ok_or_else(too_large)?;
        self.quantity = self.quantity.checked_add(quantity).ok_or_else(too_large)?;
        Ok(())
    }

    /// Whether all of it is there, as it was written.
    fn check(&self) -> Result<(), Saying> {
        match self.said {
            Some((rows, ..)) if rows != self.rows => {
                Err(say!("result-has-other-rows", rows = self.rows, of = rows))
            }
            Some((_, cost, quantity)) if (cost, quantity) != (self.cost, self.quantity) => {
                Err(say!("result-was-changed"))
            }
            Some(_) | None => Ok(()),
        }
    }

    /// What whoever reads its figures has to know.
    fn notes(&self) -> Vec<Saying> {
        let at = second(&self.run_at);
        let mut notes = vec![say!("result-of-a-statement", count = self.lines, at)];
        if !self.has_manifests {
            notes.push(say!("result-without-manifests"));
        }
        notes
    }
}

fn bill(
    file: &Path,
    (month, payer, issue): (NaiveDate, String, String),
    of: OfMonth,
    read_at: &str,
) -> MonthBill {
    let label = Label::of(Path::new(&issue));
    let within = label.from.to_string_lossy();
    let lines = of.lines.into_iter().map(|((account, region, user, kind), (quantity, cost))| BillLine {
        account,
        region,
        user,
        kind,
        quantity: quantity.normalize(),
        cost: cost.normalize(),
    });
    let mut lines: Vec<_> = lines.collect();
    lines.sort_by(|one, other| one.place().cmp(&other.place()));
    let issue = Issue {
        from: file.join(within.trim_start_matches('/')).to_string_lossy().into_owned(),
        layout: of.layout.unwrap_or(Layout::Underscores),
        export: label.export,
        family: label.family,
        label: label.same,
        parts: Vec::new(),
        listed: 0,
        at: label.at,
        current: of.current,
        ids: of.without_id == 0,
        newest: of.newest,
        invoiced: of.invoiced,
        unread: of.unread,
        chosen: false,
        outdone: None,
        read_at: read_at.to_owned(),
        beside: Vec::new(),
    };
    MonthBill { month, payer: Some(payer).filter(|payer| !payer.is_empty()), lines, issue: Some(issue) }
}
