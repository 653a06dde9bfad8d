//! What an organisation used, by its reports.

use super::month::missing_from;
use crate::answers::{Unit, WhyFrom, WhyView, text};
use crate::error::AppError;
use crate::identities::People;
use crate::reported;
use crate::usage::Used;
use crate::usage::pieces::Piece;
use chrono::NaiveDate;
use headroom_billing::pieces::Amount;
use headroom_exact::say;
use headroom_store::Store;
use headroom_store::table::accounts::AccountId;
use std::collections::BTreeSet;

/// On days, both included.
pub(super) fn pieces(
    store: &Store,
    id: AccountId,
    (from, to): (NaiveDate, NaiveDate),
) -> Result<Vec<Piece>, AppError> {
    let rows = reported::activity(store, id, from, to)?;
    let people = People::of(store, id)?;
    let unread = reported::unread::of(store, id, from, to)?;
    let unread = unread.into_iter().map(|(date, unknown)| Piece { date, unknown, ..Piece::default() });
    Ok(rows
        .into_iter()
        .map(|row| Piece {
            date: row.date,
            amount: row.credits.map(Amount::from),
            unknown: u32::from(row.credits.is_none()),
            user: Some(
                people
                    .name(&row.user)
                    .unwrap_or_else(|| row.email.as_deref().unwrap_or(&row.user).to_owned()),
            ),
            client: Some(row.client.to_string()).filter(|client| !client.is_empty()),
            ..Piece::default()
        })
        .chain(unread)
        .collect())
}

/// All of it, and who says it: the reports, up to their last day. Days without one aren't days without usage.
pub(super) fn used(
    store: &Store,
    id: AccountId,
    (from, to): (NaiveDate, NaiveDate),
) -> Result<Used, AppError> {
    let pieces = pieces(store, id, (from, to))?;
    let days: BTreeSet<_> =
        pieces.iter().filter(|piece| piece.user.is_some()).map(|piece| piece.date).collect();
    let last = days.last().copied();
    let said = WhyView { last_day: text(last), ..WhyView::new(WhyFrom::Reports) };
    let said = if pieces.is_empty() {
        said.says([say!("usage-without-reports")])
    } else {
        let missing = last.and_then(|last| missing_from(&days, (from, last)));
        said.says([say!("why-reports")]).says(missing.map(|day| say!("usage-days-without-reports", day)))
    };
    Ok(Used { is_part: pieces.is_empty(), ..Used::of(Unit::Credits, said, pieces) })
}
