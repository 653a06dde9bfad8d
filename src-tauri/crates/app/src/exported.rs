//! Charges as files: a PDF to keep, a CSV for spreadsheets, JSON for programs. The figures are the window's.

use crate::account::find;
use crate::answers::{AccountNumber, AccountSummary, ChargedPeriod, ExportForm};
use crate::charges::{Charged, Charges};
use crate::documents::export::csv;
use crate::documents::file::{Export, file_name};
use crate::documents::language::Reader;
use crate::documents::statement::{self, About};
use crate::error::AppError;
use crate::headroom::Headroom;
use crate::identities::People;
use crate::{invoices, kinds, settings};
use headroom_exact::say;
use serde::Serialize;

/// Charges as data.
#[derive(Serialize)]
struct Exported<'e> {
    account: &'e AccountSummary,
    as_of: String,
    periods: &'e [ChargedPeriod],
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

/// The same for the window's reader.
pub(crate) fn for_the_window(
    headroom: &Headroom,
    account: AccountNumber,
    period: Option<&str>,
    form: ExportForm,
    names: bool,
) -> Result<Export, AppError> {
    let reader = headroom.read(settings::reader)?;
    charges(headroom, account, period, Written { form, names, reader })
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
