//! How an account's questions to its vendor have gone, and what was asked of its switch: one row an account.
//! Each writer has columns of its own, so that none overwrites what another wrote meanwhile.

use super::accounts::AccountId;
use crate::{Result, Store, StoreError, Writing};
use headroom_exact::{Heard, Moment, Wait, say};
use rusqlite::{OptionalExtension, params};

/// An attempt that failed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Failure {
    /// When.
    pub at: Heard,
    /// Why, as the app writes it.
    pub reason: String,
    /// How many in a row, this one included.
    pub count: u32,
}

/// The switch as it was asked of the vendor.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct OverageRequest {
    /// On or off.
    pub enabled: bool,
    /// When.
    pub at: Heard,
}

/// How it stands between us and the vendor.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct LiveState {
    /// Whose account it is by the vendor's own id, once it was seen.
    pub identity: Option<String>,
    /// The last attempt, if it failed.
    pub failure: Option<Failure>,
    /// How long the account is to be left alone, whoever is asked about it.
    pub wait: Option<Wait>,
    /// The host that was last asked about it.
    pub host: Option<String>,
    /// What was last asked of the overage switch.
    pub overage_request: Option<OverageRequest>,
}

type Row = (
    Option<String>,
    Option<i64>,
    Option<String>,
    u32,
    Option<i64>,
    Option<bool>,
    Option<i64>,
    Option<String>,
);

impl Store {
    /// How it stands; the default while nothing was ever asked.
    pub fn live_state(&self, account: AccountId) -> Result<LiveState> {
        let mut statement = self.connection.prepare_cached(
            "SELECT COALESCE(accounts.identity, first.identity), failed_at, failure, COALESCE(failures, 0), retry_at,
                    overage_requested, overage_requested_at, host
             FROM accounts LEFT JOIN live_state ON account_id = accounts.id
             LEFT JOIN accounts AS first ON first.id = accounts.same_as
             WHERE accounts.id = ?1",
        )?;
        let row: Option<Row> = statement
            .query_row([account.0], |row| {
                Ok((
                    row.get(0)?,
                    row.get(1)?,
                    row.get(2)?,
                    row.get(3)?,
                    row.get(4)?,
                    row.get(5)?,
                    row.get(6)?,
                    row.get(7)?,
                ))
            })
            .optional()?;
        let Some((identity, failed_at, failure, count, retry_at, requested, requested_at, host)) = row else {
            return Ok(LiveState::default());
        };
        let moment = |seconds: Option<i64>| {
            let off = |seconds: i64| StoreError::Damaged {
                table: "live_state",
                id: account.0,
                reason: say!("no-moment", text = seconds.to_string()),
            };
            seconds.map(|seconds| Moment::from_unix(seconds, 0).ok_or_else(|| off(seconds))).transpose()
        };
        let failed_at = moment(failed_at)?.map(Heard::at);
        let retry_at = moment(retry_at)?;
        Ok(LiveState {
            identity,
            failure: failed_at.zip(failure).map(|(at, reason)| Failure { at, reason, count }),
            wait: failed_at.zip(retry_at).map(|(since, end)| Wait::kept(since, end)),
            host,
            overage_request: moment(requested_at)?
                .zip(requested)
                .map(|(at, enabled)| OverageRequest { enabled, at: Heard::at(at) }),
        })
    }
}

impl Writing<'_> {
    /// Says how the last question went: why it failed, if it did, and until when the account is to be left alone then. What
    /// was asked of the switch is not touched: that may have been written while the answer was on its way.
    pub fn set_answer(
        &self,
        account: AccountId,
        identity: Option<&str>,
        failure: Option<&Failure>,
        wait: Option<Wait>,
    ) -> Result<()> {
        self.transaction.execute(
            "INSERT INTO live_state
                 (account_id, failed_at, failure, failures, retry_at)
             VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (account_id) DO UPDATE SET
                 failed_at = excluded.failed_at, failure = excluded.failure, failures = excluded.failures,
                 retry_at = excluded.retry_at",
            params![
                account.0,
                failure.map(|failure| failure.at.as_kept().unix_seconds()),
                failure.map(|failure| &failure.reason),
                failure.map_or(0, |failure| failure.count),
                wait.map(|wait| wait.end_as_kept().unix_seconds()),
            ],
        )?;
        match identity {
            Some(identity) => self.set_identity(account, identity),
            None => Ok(()),
        }
    }

    /// Says which host was asked about the account, and nothing else.
    pub fn set_host(&self, account: AccountId, host: &str) -> Result<()> {
        self.transaction.execute(
            "INSERT INTO live_state (account_id, failures, host) VALUES (?1, 0, ?2)
             ON CONFLICT (account_id) DO UPDATE SET host = excluded.host",
            params![account.0, host],
        )?;
        Ok(())
    }

    /// Says what was asked of the overage switch, and nothing else.
    pub fn set_overage_request(&self, account: AccountId, request: OverageRequest) -> Result<()> {
        self.transaction.execute(
            "INSERT INTO live_state (account_id, failures, overage_requested, overage_requested_at)
             VALUES (?1, 0, ?2, ?3)
             ON CONFLICT (account_id) DO UPDATE SET overage_requested = excluded.overage_requested,
                 overage_requested_at = excluded.overage_requested_at",
            params![account.0, request.enabled, request.at.as_kept().unix_seconds()],
        )?;
        Ok(())
    }
}
