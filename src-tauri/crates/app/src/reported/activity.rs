//! Rows of an organisation's activity reports, on their way into the store and out of it again.

use super::{ACTIVITY, body, of_a_day, rows};
use crate::error::AppError;
use chrono::NaiveDate;
use hashbrown::HashSet;
use headroom_exact::{Credits, Moment, StatedCredits};
use headroom_sources::kiro::activity_report::{ActivityRow, Quoted, Weight, client, settle};
use headroom_sources::kiro::user;
use headroom_store::table::accounts::AccountId;
use headroom_store::table::reports::{Reported, Subject};
use headroom_store::{Store, Writing};
use serde::Deserialize;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::mem;
use std::sync::Arc;

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

impl ActivityBody<'_> {
    fn quoted(&self) -> Quoted {
        let of = |billionths: Option<i64>| billionths.map(StatedCredits::from_billionths);
        Quoted {
            overage_enabled: self.overage_enabled,
            overage: of(self.overage),
            overage_cap: of(self.overage_cap),
            usage_limit: of(self.usage_limit),
        }
    }

    /// Whether it takes the place of one of the same export, or of none that is known: by what they say, so that it is the same in
    /// whatever order they come. What an older version kept rounded comes again to be exact.
    fn outweighs(&self, known: &Self) -> bool {
        let credits = |of: &Self| of.billionths.map(StatedCredits::from_billionths);
        let (here, there) = (self.quoted(), known.quoted());
        let weight = Weight::of(credits(self), &here, self.tier.as_deref(), self.email.as_deref());
        let of_known = Weight::of(credits(known), &there, known.tier.as_deref(), known.email.as_deref());
        known.credits.is_some() || weight > of_known
    }
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
type Key<'s> = (Cow<'s, str>, &'s str);

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
        last.sort_by(|(one, _), (other, _)| one.cmp(other));
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
    /// Those that say something else than what is known, while nothing tells which is the later.
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
        let key = (Cow::Borrowed(&*row.user), &*row.profile);
        let known = last.binary_search_by(|(known, _)| known.cmp(&key)).ok().and_then(|at| last.get(at));
        let Some((_, (issued, known))) = known else {
            new.push(*row);
            continue;
        };
        let here = activity_body(row);
        if **known == here {
            continue;
        }
        let is_of_it = *issued == day.issued;
        if *issued < day.issued || (is_of_it && here.outweighs(known)) {
            new.push(*row);
        }
        untold = untold.saturating_add((is_of_it && known.credits.is_none()).into());
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
        // An older version kept it as the report wrote it.
        let client = once.text(&client(&subject.client));
        for ((user, profile), (issued, row)) in said.last() {
            let exact = row.billionths.map(StatedCredits::from_billionths);
            let rounded = row.credits.map(|hundredths| Credits::from_hundredths(hundredths.into()).into());
            let before = rows.last();
            rows.push(ActivityRow {
                date: subject.day,
                user: once.text(&user),
                client: Arc::clone(&client),
                profile: once.as_before(before.map(|row| &row.profile), profile),
                tier: row
                    .tier
                    .as_deref()
                    .map(|tier| once.as_before(before.and_then(|row| row.tier.as_ref()), tier)),
                credits: exact.or(rounded),
                is_rounded: row.billionths.is_none() && rounded.is_some(),
                quoted: once.quoted(row.quoted()),
                email: row.email.as_deref().map(|email| once.text(email)),
                issued: once.as_before(before.map(|row| &row.issued), issued),
            });
        }
    }
    settle(&mut rows);
    Ok(rows)
}

#[cfg(test)]
mod tests;
