//! What was spent, as the first view of an account of Kilo's shows it.

use super::spending::{Spent, Untold, left_out_view, requests, sum, told};
use crate::answers::{SpendDay, SpendShare, SpendView, UntoldView, text};
use crate::days::DAYS_SHOWN;
use chrono::{Days, NaiveDate};
use headroom_billing::shares::{Share, shares};
use headroom_exact::{Moment, say};
use headroom_sources::observation::SpendRow;
use std::collections::BTreeMap;

fn shares_by<'r>(
    rows: &[&'r SpendRow],
    name: impl Fn(&'r SpendRow) -> Option<&'r String>,
) -> Vec<SpendShare> {
    let mut of: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for row in rows {
        of.entry(name(row)).or_default().push(*row);
    }
    let share = |share: Share<Option<&String>>| SpendShare {
        name: share.whose.cloned(),
        amount: text(of.get(&share.whose).and_then(|rows| told(rows.iter().copied()).known())),
        permille: share.permille,
        requests: of.get(&share.whose).and_then(|rows| requests(rows.iter().copied())),
    };
    shares(rows.iter().map(|row| (name(row), row.cost))).into_iter().map(share).collect()
}

impl Spent {
    /// By the days since the first that is shown.
    pub(super) fn view(&self, first_day: NaiveDate, now: Moment) -> SpendView {
        let today = now.date();
        let rows = &self.rows;
        let shown: Vec<_> = rows.iter().filter(|row| row.date >= first_day).collect();
        let this_month = self.this_month(now);
        // A day without a row is a day without spending only as far as the source reaches.
        let last_known = self.last_known();
        let first_row = rows.iter().map(|row| row.date).min();
        let day = |date: NaiveDate| {
            let of_day = || rows.iter().filter(|row| row.date == date);
            // An export says which days it tells of; anybody else tells from the first of its rows on.
            let is_told = self.whole.is_some() || first_row.is_some_and(|first| date >= first);
            let known = is_told
                && date <= last_known
                && (self.tells(date) || of_day().next().is_some())
                && of_day().all(|row| row.cost.is_some())
                && !self.left_out.is_part_on(date);
            SpendDay {
                date: date.to_string(),
                amount: known.then(|| sum(of_day()).to_string()),
                requests: known.then(|| requests(of_day())).flatten(),
            }
        };
        let dates = (0..DAYS_SHOWN).rev().filter_map(|back| today.checked_sub_days(Days::new(back)));
        let unknown = u32::try_from(rows.iter().filter(|row| row.cost.is_none()).count()).unwrap_or(u32::MAX);
        let unpriced = (unknown > 0).then(|| say!("spent-unpriced", count = unknown));
        let has_users = rows.iter().any(|row| row.user.is_some());
        SpendView {
            source: self.source,
            last_day: text(self.last_day),
            this_month: text(this_month.known()),
            this_month_at_least: this_month.is_at_least(),
            in_days: text(told(shown.iter().copied()).known()),
            days: dates.map(day).collect(),
            by_model: shares_by(&shown, |row| row.model.as_ref()),
            by_user: if has_users { shares_by(&shown, |row| row.user.as_ref()) } else { Vec::new() },
            cut: self.cut,
            told_since: text(self.told_since(now)),
            untold: self.untold_this_month(now).map(|Untold { first, last, days }| UntoldView {
                from: first.to_string(),
                to: last.to_string(),
                days,
            }),
            left_out: left_out_view(self.apart_this_month(now)),
            unknown,
            missing: unpriced.into_iter().chain(self.missing_this_month(now)).collect(),
        }
    }
}
