//! Which alerts were sent: one per account, kind, threshold and cycle.

use super::accounts::AccountId;
use crate::{Result, Store, Writing};
use headroom_exact::Moment;
use rusqlite::params;

/// An alert.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Alert {
    /// Whose.
    pub account: AccountId,
    /// What for, such as `plan-used`.
    pub kind: String,
    /// At what, such as 80 (percent) or 1000 (cents).
    pub threshold: i64,
    /// In which cycle.
    pub cycle_start: Moment,
}

impl Store {
    /// Whether an alert was sent.
    pub fn alert_is_sent(&self, alert: &Alert) -> Result<bool> {
        let mut statement = self.connection.prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM alerts_sent
             WHERE account_id = ?1 AND kind = ?2 AND threshold = ?3 AND cycle_start = ?4)",
        )?;
        let start = alert.cycle_start.unix_seconds();
        let key = params![alert.account.0, alert.kind, alert.threshold, start];
        Ok(statement.query_row(key, |row| row.get(0))?)
    }
}

impl Writing<'_> {
    /// Remembers that an alert is sent. False when it was sent before: then it is not sent again.
    pub fn remember_alert(&self, alert: &Alert, now: Moment) -> Result<bool> {
        let added = self.transaction.execute(
            "INSERT INTO alerts_sent (account_id, kind, threshold, cycle_start, sent_at)
             VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING",
            params![
                alert.account.0,
                alert.kind,
                alert.threshold,
                alert.cycle_start.unix_seconds(),
                now.unix_seconds()
            ],
        )?;
        Ok(added > 0)
    }
}
