//! Charges as files: a PDF to keep, a CSV for spreadsheets, JSON for programs. The figures are the window's.

use super::language::Reader;
use super::statement::{self, About};
use super::table::Table;
use crate::account::find;
use crate::answers::{
    AccountNumber, AccountSummary, ChargedPeriod, DifferenceRest, ExportForm, InvoiceView, LineView,
    QuotedCharge, text,
};
use crate::charges::{Charged, Charges};
use crate::error::AppError;
use crate::identities::People;
use crate::{Headroom, invoices, kinds};
use headroom_exact::say;
use serde::Serialize;

/// A file to be written.
#[derive(Debug)]
pub struct Export {
    /// What it would be called.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// Charges as data.
#[derive(Serialize)]
struct Exported<'e> {
    account: &'e AccountSummary,
    as_of: String,
    periods: &'e [ChargedPeriod],
}

/// A name's letters and digits, in small letters and with hyphens between.
pub(crate) fn file_name(account: &str, period: Option<&str>, ending: &str) -> String {
    let letters = account.to_lowercase();
    let words: Vec<_> = letters
        .split(|character: char| !character.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    let parts = ["headroom"].into_iter().chain(words).chain(period);
    format!("{}.{ending}", parts.collect::<Vec<_>>().join("-"))
}

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
fn csv(periods: &[ChargedPeriod], reader: Reader) -> Result<Vec<u8>, AppError> {
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

/// Which of the periods: the one named by its first day or its month, or all of them.
fn chosen(charges: &Charges, period: Option<&str>, whole: bool) -> Result<Vec<ChargedPeriod>, AppError> {
    let views = |period: &str| {
        let of = charges.periods.iter().filter(|charged| charged.id().starts_with(period));
        of.map(|charged| charged.view(&charges.naming, whole)).collect::<Vec<_>>()
    };
    let Some(wanted) = period else { return Ok(views("")) };
    let found = views(wanted);
    if wanted.len() < "2026-10".len() || found.is_empty() {
        let known: Vec<_> = charges.periods.iter().map(Charged::id).collect();
        return Err(AppError::input(if known.is_empty() {
            say!("no-periods", text = wanted)
        } else {
            say!("no-such-period", text = wanted, known)
        }));
    }
    Ok(found)
}

/// How charges are written to a file.
#[derive(Clone, Copy)]
pub(crate) struct Written {
    pub form: ExportForm,
    /// Users by their names where they are known, else by their ids.
    pub names: bool,
    pub reader: Reader,
}

/// Charges as a file: of one period (its first day, or its month), or of all. A PDF is of one.
pub(crate) fn charges(
    headroom: &Headroom,
    account: AccountNumber,
    period: Option<&str>,
    written: Written,
) -> Result<Export, AppError> {
    let now = headroom.now();
    let (charges, account) = invoices::charges(headroom, account, now)?;
    let mut periods = chosen(&charges, period, true)?;
    if written.names {
        let people = headroom.read(|store| People::of(store, account.id.into()))?;
        for period in &mut periods {
            // A page has the address beside the name.
            if written.form == ExportForm::Pdf {
                people.name_differences(period);
            } else {
                people.name_period(period);
            }
        }
    }
    let (ending, bytes) = match written.form {
        ExportForm::Pdf => {
            let by_tier = chosen(&charges, period, false)?;
            let ([period], [by_tier]) = (periods.as_slice(), by_tier.as_slice()) else {
                return Err(AppError::input(say!("pdf-of-one-period")));
            };
            ("pdf", page(headroom, &account, period, by_tier, written)?)
        }
        ExportForm::Csv => ("csv", csv(&periods, written.reader)?),
        ExportForm::Json => {
            let exported = Exported { account: &account, as_of: now.to_string(), periods: &periods };
            ("json", serde_json::to_vec_pretty(&exported)?)
        }
    };
    Ok(Export { name: file_name(&account.name, period, ending), bytes })
}

/// A period as a PDF.
fn page(
    headroom: &Headroom,
    account: &AccountSummary,
    period: &ChargedPeriod,
    by_tier: &ChargedPeriod,
    written: Written,
) -> Result<Vec<u8>, AppError> {
    let (now, kind) = (headroom.now(), kinds::of(account.billing));
    let summary = headroom.read(|store| {
        let account = find(store, account.id.into())?;
        kind.summary(store, &account, period, written.names, now)
    })?;
    let about = About {
        account: &account.name,
        kind: &kind.called().title,
        period: kind.period_title(period),
        sample: account.sample,
        made_at: &now.to_string(),
        summary: summary.as_ref(),
        reader: written.reader,
    };
    statement::pdf(period, by_tier, &about)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_named_after_its_account_and_period() {
        let name = |account, period| file_name(account, period, "pdf");
        assert_eq!(name("Kiro", Some("2026-10-01")), "headroom-kiro-2026-10-01.pdf");
        assert_eq!(name("../Ada's team / 1", None), "headroom-ada-s-team-1.pdf", "no path in it");
        assert_eq!(name("日本", None), "headroom-日本.pdf");
    }
}
