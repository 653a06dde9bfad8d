//! Charges as a table for spreadsheets. The figures are the window's.

use super::language::Reader;
use super::table::Table;
use crate::answers::{ChargedPeriod, DifferenceRest, InvoiceView, LineView, QuotedCharge, text};
use crate::error::AppError;
use serde::Serialize;

/// New ones come last: what reads the table by their places goes on doing so.
const COLUMNS: [&str; 21] = [
    "period",
    "charged_at",
    "kind",
    "plan",
    "profile",
    "user",
    "quantity",
    "unit_price",
    "days",
    "days_of",
    "from",
    "to",
    "amount",
    "tax",
    "total",
    "unit",
    "at_least",
    "note",
    "reason",
    "payer",
    "account",
];

/// A value as the JSON names it.
fn code(value: impl Serialize) -> Result<String, AppError> {
    let value = serde_json::to_value(value)?;
    Ok(value.as_str().unwrap_or_default().to_owned())
}

/// What a row has in some of its columns; the others are empty.
fn row(cells: &[(&str, &str)]) -> [String; COLUMNS.len()] {
    COLUMNS.map(|column| {
        let cell = cells.iter().find(|(name, _)| *name == column);
        cell.map(|(_, text)| (*text).to_owned()).unwrap_or_default()
    })
}

fn line_row(
    period: &str,
    invoice: &InvoiceView,
    line: &LineView,
) -> Result<[String; COLUMNS.len()], AppError> {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let number = |number: Option<u32>| number.map(|number| number.to_string()).unwrap_or_default();
    let (start, end) = line.period.as_ref().map_or(("", ""), |span| (&span.start, &span.end));
    Ok(row(&[
        ("period", period),
        ("charged_at", &invoice.issued_at),
        ("kind", &code(line.kind)?),
        ("plan", &text(&line.plan)),
        ("profile", &text(&line.profile)),
        ("user", &text(&line.user)),
        ("quantity", &text(&line.quantity)),
        ("unit", &line.unit.map(code).transpose()?.unwrap_or_default()),
        ("unit_price", &text(&line.unit_price)),
        ("days", &number(line.days)),
        ("days_of", &number(line.days_of)),
        ("from", start),
        ("to", end),
        ("amount", &line.amount),
    ]))
}

/// A vendor's figure, who pays how much of it, and why it differs: parts that add up, with their rows.
fn quoted_rows(
    period: &str,
    quoted: &QuotedCharge,
    reader: Reader,
) -> Result<Vec<[String; COLUMNS.len()]>, AppError> {
    let mut rows = vec![row(&[
        ("period", period),
        ("kind", "quoted"),
        ("amount", quoted.quoted.as_deref().unwrap_or_default()),
        ("note", &reader.quoted(quoted)),
    ])];
    rows.extend(quoted.payers.iter().map(|of| {
        let payer = of.payer.as_deref().unwrap_or_default();
        row(&[
            ("period", period),
            ("kind", "payer"),
            ("amount", of.amount.as_deref().unwrap_or_default()),
            ("payer", payer),
        ])
    }));
    let Some(of) = &quoted.difference else { return Ok(rows) };
    let amount = if of.lower { format!("-{}", of.amount) } else { of.amount.clone() };
    let at_least = quoted.at_least.to_string();
    rows.push(row(&[
        ("period", period),
        ("kind", "difference"),
        ("amount", &amount),
        ("at_least", &at_least),
    ]));
    let parts = of.parts.iter().map(|part| Ok::<_, AppError>((code(part.reason)?, &part.of)));
    let unexplained = of.unexplained.iter().map(|rest| Ok(("unexplained".to_owned(), rest)));
    for part in parts.chain(unexplained) {
        let (reason, of): (String, &DifferenceRest) = part?;
        let cell =
            |kind, amount| [("period", period), ("kind", kind), ("amount", amount), ("reason", &*reason)];
        rows.push(row(&cell("difference-part", &of.amount)));
        for of in &of.rows {
            let text = |text: &Option<String>| text.clone().unwrap_or_default();
            let item = code(of.item)?;
            let (plan, user) = (text(&of.item_name), of.name.clone().unwrap_or_else(|| text(&of.user)));
            let (payer, account) = (text(&of.payer), text(&of.account));
            let told = [
                ("plan", &*plan),
                ("user", &user),
                ("payer", &payer),
                ("account", &account),
                ("unit", &item),
            ];
            rows.push(row(&[&cell("difference-row", &of.amount)[..], &told].concat()));
        }
        if let Some(rest) = &of.rest {
            let more = of.more.to_string();
            rows.push(row(&[&cell("difference-rest", rest)[..], &[("quantity", &*more)]].concat()));
        }
    }
    Ok(rows)
}

/// A row for each line, each invoice, what a vendor said beside them, and each note on a period.
pub(crate) fn csv(periods: &[ChargedPeriod], reader: Reader) -> Result<Vec<u8>, AppError> {
    let mut table = Table::of(&COLUMNS);
    for period in periods {
        for invoice in &period.invoices {
            for line in &invoice.lines {
                table.row(&line_row(&period.id, invoice, line)?);
            }
            table.row(&row(&[
                ("period", &period.id),
                ("charged_at", &invoice.issued_at),
                ("kind", "invoice"),
                ("amount", &invoice.subtotal),
                ("tax", &text(invoice.tax).unwrap_or_default()),
                ("total", &invoice.total),
                ("at_least", &invoice.at_least.to_string()),
            ]));
        }
        if let Some(quoted) = &period.quoted {
            for cells in quoted_rows(&period.id, quoted, reader)? {
                table.row(&cells);
            }
        }
        for note in &period.notes {
            table.row(&row(&[("period", &period.id), ("kind", "note"), ("note", &reader.note(note))]));
        }
    }
    Ok(table.bytes())
}
