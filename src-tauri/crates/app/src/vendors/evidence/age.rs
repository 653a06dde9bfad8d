//! How old what leads is, by the moment it is asked for (rule V8).

use headroom_exact::{Moment, Saying, say};
use headroom_store::table::accounts::Account;

/// Figures are too old for a gate after so many seconds: a day.
const TOO_OLD: i64 = 86_400;

/// That figures of a moment are too old to open a gate on, and how newer ones are had; none where they aren't. `asked`
/// tells whether a vendor is asked for them, else they are imported.
pub(crate) fn too_old(account: &Account, figures_at: Moment, asked: bool, now: Moment) -> Option<Saying> {
    let seconds = now.seconds_since(figures_at);
    if seconds <= TOO_OLD {
        return None;
    }
    let days = u64::try_from(seconds / TOO_OLD).unwrap_or(u64::MAX);
    Some(if asked {
        let number = account.id.0.to_string();
        say!("too-old-quoted", count = days, account = &account.name, at = figures_at, number)
    } else {
        say!("too-old-read", count = days, account = &account.name, at = figures_at)
    })
}
