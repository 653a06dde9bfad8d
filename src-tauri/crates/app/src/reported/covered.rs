//! The days that Kilo's exports tell all of, an entry each export: on one of them without a row nothing was spent, of any other
//! without a row it isn't known.

use super::{KILO_EXPORT, body};
use crate::error::AppError;
use chrono::NaiveDate;
use headroom_exact::Moment;
use headroom_sources::kilo::usage_csv::Covered;
use headroom_store::table::accounts::AccountId;
use headroom_store::table::reports::{Reported, Subject};
use headroom_store::{Store, Writing};

/// Under which name they are kept.
const SOURCE: &str = "kilo-usage-csv-days";

/// The first day and the last of a stretch.
pub(crate) type Stretch = (NaiveDate, NaiveDate);

/// Keeps which days an export tells of.
pub(crate) fn append(
    writing: &Writing<'_>,
    account: AccountId,
    covered: &Covered,
    now: Moment,
) -> Result<(), AppError> {
    let subject = Subject {
        day: covered.first,
        user: String::new(),
        profile: String::new(),
        client: covered.issued.clone(),
        model: String::new(),
    };
    let body = serde_json::to_string(&covered.last)?;
    writing.append_reported(account, SOURCE, &Reported { subject, issued: String::new(), body }, now)?;
    Ok(())
}

/// The stretches that begin up to a day. Of exports that an older version read, each from the first of its days since `from` to
/// the last.
pub(crate) fn of(
    store: &Store,
    account: AccountId,
    (from, to): (NaiveDate, NaiveDate),
) -> Result<Vec<Stretch>, AppError> {
    let kept = store.statements(account, SOURCE, NaiveDate::default().min(from), to)?;
    let mut stretches = Vec::new();
    for reported in &kept {
        stretches.push((reported.subject.day, body::<NaiveDate>(reported)?));
    }
    let is_kept = |issued: &str| kept.iter().any(|reported| reported.subject.client == issued);
    for (issued, first, last) in store.reported_stamps(account, KILO_EXPORT, (from, to))? {
        // What has no stamp may be of several exports, or a part of a day.
        if !is_kept(&issued) && (!issued.is_empty() || kept.is_empty()) {
            stretches.push((first, last));
        }
    }
    Ok(stretches)
}
