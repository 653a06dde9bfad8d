//! What reports say, on its way into the store and out of it again.

pub(crate) mod covered;
pub(crate) mod exported;
pub(crate) mod left_out;
pub(crate) mod machine;
mod rows;
pub(crate) mod unread;

use crate::error::AppError;
use chrono::NaiveDate;
use hashbrown::HashSet;
use headroom_exact::{Balance, Credits, Moment, StatedCredits, say};
use headroom_sources::kiro::activity_report::{ActivityRow, Quoted, settle};
use headroom_sources::kiro::user;
use headroom_sources::observation::SpendRow;
use headroom_sources::wire::json::differs;
use headroom_store::table::accounts::AccountId;
use headroom_store::table::reports::{Reported, Subject};
use headroom_store::{Store, StoreError, Writing};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::mem;
use std::sync::Arc;

/// An organisation's user activity reports.
pub(crate) const ACTIVITY: &str = "kiro-activity";
/// What Kilo's service says a team spent.
pub(crate) const KILO_EVERYONE: &str = "kilo-usage";
/// What it says somebody alone spent who may see no more.
pub(crate) const KILO_OWN: &str = "kilo-usage-own";
/// Kilo's service is asked for so many days of what was spent and for today: a month and the days that charts show.
pub(crate) const KILO_DAYS_ASKED: u64 = 31;
/// Of somebody's own spending its older form tells of so many whole ones.
pub(crate) const KILO_OWN_DAYS: u64 = 29;
/// Kilo's usage exports.
pub(crate) const KILO_EXPORT: &str = "kilo-usage-csv";
/// The requests of a machine.
pub(crate) const KILO_MACHINE: &str = "kilo-database";

/// A row of an activity report beside its day and its client, as [`rows::written`] writes it.
#[derive(Clone, PartialEq, Eq, Deserialize)]
struct ActivityBody<'b> {
    #[serde(borrow)]
    user: Cow<'b, str>,
    #[serde(borrow, default)]
    profile: Cow<'b, str>,
    #[serde(borrow)]
    tier: Option<Cow<'b, str>>,
    /// Hundredths, as an older version rounded them.
    credits: Option<i64>,
    /// Billionths; with no hundredths either they aren't said.
    billionths: Option<i64>,
    overage_enabled: Option<bool>,
    /// Billionths, as the three below.
    overage: Option<i64>,
    overage_cap: Option<i64>,
    usage_limit: Option<i64>,
    #[serde(borrow)]
    email: Option<Cow<'b, str>>,
}

/// A row of what was spent beside its day.
#[derive(Serialize, Deserialize)]
struct SpendBody<'b> {
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    user: Option<Cow<'b, str>>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    model: Option<Cow<'b, str>>,
    /// Millionths of a dollar.
    cost: Option<i64>,
    requests: Option<u64>,
    input_tokens: Option<u64>,
    output_tokens: Option<u64>,
    /// Whether a request that stands in the record several times was counted once, as older versions didn't.
    #[serde(default, skip_serializing_if = "is_false")]
    once: bool,
    /// In a row of its own: the requests of the day that the record of a machine holds, whether they count there or in
    /// another's. It is read where such a record is written.
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    held: Option<&'b RawValue>,
    /// In that row: requests to other providers, which Kilo doesn't bill, that no record before this one holds.
    #[serde(default, skip_serializing_if = "is_none")]
    elsewhere: u64,
    /// The same of requests of which nobody knows whose they are.
    #[serde(default, skip_serializing_if = "is_none")]
    unnamed: u64,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes it so")]
const fn is_none(count: &u64) -> bool {
    *count == 0
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes it so")]
const fn is_false(is: &bool) -> bool {
    !*is
}

fn body<'r, T: Deserialize<'r>>(reported: &'r Reported) -> Result<T, AppError> {
    serde_json::from_str(&reported.body).map_err(|error| {
        let reason = say!("reported-of", date = reported.subject.day, reason = differs(&error));
        StoreError::Damaged { table: "reported_usage", id: 0, reason }.into()
    })
}

fn kept(amount: i128) -> Result<i64, AppError> {
    i64::try_from(amount).map_err(|_| StoreError::TooLarge(amount).into())
}

/// The rows of an activity report of a day, a client and an export.
pub(crate) struct ActivityDay<'r> {
    subject: Subject,
    issued: &'r str,
    rows: Vec<&'r ActivityRow>,
}

/// The rows of reports by day, client and export, the older exports first.
pub(crate) fn activity_days(rows: &[ActivityRow]) -> Vec<ActivityDay<'_>> {
    let mut days: BTreeMap<(NaiveDate, &str, &str), Vec<&ActivityRow>> = BTreeMap::new();
    for row in rows {
        days.entry((row.date, &row.client, &row.issued)).or_default().push(row);
    }
    let day = |((day, client, issued), rows): ((NaiveDate, &str, _), _)| ActivityDay {
        subject: of_a_day(day, client),
        issued,
        rows,
    };
    days.into_iter().map(day).collect()
}

/// A row as it is kept.
fn activity_body(row: &ActivityRow) -> ActivityBody<'_> {
    let Quoted { overage_enabled, overage, overage_cap, usage_limit } = *row.quoted;
    let billionths = |credits: Option<StatedCredits>| credits.map(StatedCredits::billionths);
    ActivityBody {
        user: Cow::Borrowed(&*row.user),
        profile: Cow::Borrowed(&*row.profile),
        tier: row.tier.as_deref().map(Cow::Borrowed),
        credits: None,
        billionths: billionths(row.credits),
        overage_enabled,
        overage: billionths(overage),
        overage_cap: billionths(overage_cap),
        usage_limit: billionths(usage_limit),
        email: row.email.as_deref().map(Cow::Borrowed),
    }
}

/// A user and a profile.
type Key<'s> = (&'s str, &'s str);

/// What was said of each user and profile of a day and client, and the stamp of the export that said it; in their order.
type Last<'s> = Vec<(Key<'s>, (&'s str, &'s ActivityBody<'s>))>;

/// What statements about a day and a client say.
struct Said<'s>(Vec<(&'s str, Vec<ActivityBody<'s>>)>);

impl<'s> Said<'s> {
    fn of(statements: &'s [Reported]) -> Result<Self, AppError> {
        let said = statements.iter().map(|reported| Ok((reported.issued.as_str(), body(reported)?)));
        said.collect::<Result<_, AppError>>().map(Self)
    }

    /// An older version kept a user's id as the report wrote it.
    fn last(&self) -> Last<'_> {
        let rows = self.0.iter().flat_map(|(issued, rows)| rows.iter().map(|row| (*issued, row)));
        let mut last: Last<'_> =
            rows.map(|(issued, row)| ((user::key(&row.user), &*row.profile), (issued, row))).collect();
        // They are kept in this order: sorting finds as much and keeps the last of the same behind the others.
        last.sort_by_key(|(key, _)| *key);
        last.dedup_by(|next, kept| {
            let is_same = next.0 == kept.0;
            if is_same {
                mem::swap(next, kept);
            }
            is_same
        });
        last
    }
}

/// What became of rows of reports.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct AppendedRows {
    /// New ones with credits.
    pub added: u64,
    /// Known, or older than what is.
    pub known: u64,
    /// New ones that say something else than what is known, while nothing tells which is the later.
    pub untold: u64,
}

/// Appends what a day's rows say that isn't known yet. A new row without credits is neither added nor known.
pub(crate) fn append_activity(
    writing: &Writing<'_>,
    account: AccountId,
    day: &ActivityDay<'_>,
    now: Moment,
) -> Result<AppendedRows, AppError> {
    let statements = writing.statements_about(account, ACTIVITY, &day.subject)?;
    let said = Said::of(&statements)?;
    let last = said.last();
    let (mut new, mut untold) = (Vec::new(), 0_usize);
    for row in &day.rows {
        let key = (&*row.user, &*row.profile);
        let known = last.binary_search_by_key(&key, |(key, _)| *key).ok().and_then(|at| last.get(at));
        if known.is_none_or(|(_, (issued, known))| *issued <= day.issued && **known != activity_body(row)) {
            new.push(*row);
            // What an older version kept rounded comes again to be exact.
            let is_untold = known.is_some_and(|(_, (issued, known))| {
                issued.is_empty() && day.issued.is_empty() && known.credits.is_none()
            });
            untold = untold.saturating_add(is_untold.into());
        }
    }
    let all = u64::try_from(day.rows.len()).unwrap_or(u64::MAX);
    let appended = u64::try_from(new.len()).unwrap_or(u64::MAX);
    let with_credits = new.iter().filter(|row| row.credits.is_some()).count();
    if !new.is_empty() {
        let reported = Reported {
            subject: day.subject.clone(),
            issued: day.issued.to_owned(),
            body: rows::written(&new)?,
        };
        writing.append_reported(account, ACTIVITY, &reported, now)?;
    }
    let count = |rows: usize| u64::try_from(rows).unwrap_or(u64::MAX);
    let known = all.saturating_sub(appended);
    Ok(AppendedRows { added: count(with_credits), known, untold: count(untold) })
}

/// What many rows say, there once.
#[derive(Default)]
struct Once {
    texts: HashSet<Arc<str>>,
    quoted: Arc<Quoted>,
}

impl Once {
    fn text(&mut self, text: &str) -> Arc<str> {
        Arc::clone(self.texts.get_or_insert_with(text, |text| text.into()))
    }

    /// A text that mostly is the one of the row before: then it isn't looked for.
    fn as_before(&mut self, before: Option<&Arc<str>>, text: &str) -> Arc<str> {
        before.filter(|before| ***before == *text).map_or_else(|| self.text(text), Arc::clone)
    }

    /// What is quoted, where it isn't what the row before quotes.
    fn quoted(&mut self, quoted: Quoted) -> Arc<Quoted> {
        if *self.quoted != quoted {
            self.quoted = Arc::new(quoted);
        }
        Arc::clone(&self.quoted)
    }
}

/// The rows of an organisation's reports of these days, both included.
pub(crate) fn activity(
    store: &Store,
    account: AccountId,
    from: NaiveDate,
    to: NaiveDate,
) -> Result<Vec<ActivityRow>, AppError> {
    let statements = store.statements(account, ACTIVITY, from, to)?;
    let mut once = Once::default();
    let mut rows: Vec<ActivityRow> = Vec::new();
    for day in statements.chunk_by(|one, next| one.subject == next.subject) {
        let Some(Reported { subject, .. }) = day.first() else { continue };
        let said = Said::of(day)?;
        let client = once.text(&subject.client);
        for ((user, profile), (issued, row)) in said.last() {
            let of = |billionths: Option<i64>| billionths.map(StatedCredits::from_billionths);
            let rounded = row.credits.map(|hundredths| Credits::from_hundredths(hundredths.into()).into());
            let before = rows.last();
            rows.push(ActivityRow {
                date: subject.day,
                user: once.text(user),
                client: Arc::clone(&client),
                profile: once.as_before(before.map(|row| &row.profile), profile),
                tier: row
                    .tier
                    .as_deref()
                    .map(|tier| once.as_before(before.and_then(|row| row.tier.as_ref()), tier)),
                credits: of(row.billionths).or(rounded),
                is_rounded: row.billionths.is_none() && rounded.is_some(),
                quoted: once.quoted(Quoted {
                    overage_enabled: row.overage_enabled,
                    overage: of(row.overage),
                    overage_cap: of(row.overage_cap),
                    usage_limit: of(row.usage_limit),
                }),
                email: row.email.as_deref().map(|email| once.text(email)),
                issued: once.as_before(before.map(|row| &row.issued), issued),
            });
        }
    }
    settle(&mut rows);
    Ok(rows)
}

fn spend_body(row: &SpendRow) -> Result<SpendBody<'_>, AppError> {
    Ok(SpendBody {
        user: row.user.as_deref().map(Cow::Borrowed),
        model: row.model.as_deref().map(Cow::Borrowed),
        cost: row.cost.map(|cost| kept(cost.rounded_millionths())).transpose()?,
        requests: row.requests,
        input_tokens: row.input_tokens,
        output_tokens: row.output_tokens,
        once: false,
        held: None,
        elsewhere: 0,
        unnamed: 0,
    })
}

/// Rows as statements of their own, each about a user and a model: a later one replaces it alone.
pub(crate) fn of_each(rows: &[SpendRow], issued: &str) -> Result<Vec<Reported>, AppError> {
    let each = rows.iter().map(|row| {
        Ok(Reported {
            subject: Subject {
                day: row.date,
                user: row.user.clone().unwrap_or_default(),
                profile: String::new(),
                client: String::new(),
                model: row.model.clone().unwrap_or_default(),
            },
            issued: issued.to_owned(),
            body: serde_json::to_string(&[spend_body(row)?])?,
        })
    });
    each.collect()
}

/// Rows as one statement a day: a later one replaces the whole day, since it may tell apart what this one
/// doesn't. Rows are in the order of their days.
pub(crate) fn of_days(rows: &[SpendRow], client: &str, issued: &str) -> Result<Vec<Reported>, AppError> {
    let days =
        rows.chunk_by(|one, next| one.date == next.date).filter_map(|day| Some((day.first()?.date, day)));
    let days = days.map(|(date, day)| {
        let bodies = day.iter().map(spend_body).collect::<Result<Vec<_>, _>>()?;
        let subject = of_a_day(date, client);
        Ok(Reported { subject, issued: issued.to_owned(), body: serde_json::to_string(&bodies)? })
    });
    days.collect()
}

/// All of a day, as a client tells it.
fn of_a_day(day: NaiveDate, client: &str) -> Subject {
    Subject {
        day,
        user: String::new(),
        profile: String::new(),
        client: client.to_owned(),
        model: String::new(),
    }
}

/// The row of a day as it was kept; none where it says what a record holds, which may count in another.
fn spend_row(date: NaiveDate, spent: SpendBody<'_>) -> Option<SpendRow> {
    spent.held.is_none().then_some(SpendRow {
        date,
        user: spent.user.map(Cow::into_owned),
        model: spent.model.map(Cow::into_owned),
        cost: spent.cost.map(|millionths| Balance::of_millionths(millionths.into())),
        requests: spent.requests,
        input_tokens: spent.input_tokens,
        output_tokens: spent.output_tokens,
    })
}

/// What a source says was spent on these days, both included.
pub(crate) fn spend(
    store: &Store,
    account: AccountId,
    source: &str,
    from: NaiveDate,
    to: NaiveDate,
) -> Result<Vec<SpendRow>, AppError> {
    let mut rows = Vec::new();
    for reported in store.reported(account, source, from, to)? {
        let said = body::<Vec<SpendBody<'_>>>(&reported)?;
        rows.extend(said.into_iter().filter_map(|row| spend_row(reported.subject.day, row)));
    }
    Ok(rows)
}

#[cfg(test)]
mod tests;
