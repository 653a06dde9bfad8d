//! Kiro's overage switch.

use crate::error::{AppError, ErrorCode};
use crate::machine::log::Line;
use crate::vendors::asking::{Around, outside};
use crate::whose::{Whose, is_same_user};
use headroom_exact::{Heard, say};
use headroom_sources::kiro::{limits, preference, token};
use headroom_sources::{FetchError, Http};
use headroom_store::table::accounts::{Account, AccountId};
use headroom_store::table::live::{LiveState, OverageRequest};

/// Asks Kiro to turn it, with the login that is seen to be of this account.
pub(super) fn turn(
    around: &Around<'_>,
    account: &Account,
    state: &LiveState,
    enabled: bool,
) -> Result<(), AppError> {
    let id = account.id;
    if account.sample {
        return Err(AppError::new(ErrorCode::Refused, say!("sample-has-no-switch")));
    }
    // Whose login it is has to be known by Kiro's own word: a switch is never turned on a guess.
    let Whose::User(user) = Whose::of(state.identity.as_deref()) else {
        return Err(AppError::new(ErrorCode::Refused, say!("refresh-first")));
    };
    let http = around.errand()?;
    let turned = ask(around, &http, (id, user), enabled);
    around.note_hosts(&http, Some(id))?;
    turned
}

/// The same, on an errand: with the first login that is of the account.
fn ask(
    around: &Around<'_>,
    http: &Http,
    (id, user): (AccountId, &str),
    enabled: bool,
) -> Result<(), AppError> {
    let now = around.now();
    let logins = around.paths.kiro().map(|places| token::logins(places, now)).unwrap_or_default();
    for login in logins.iter().filter(|login| login.is_good_at(now)) {
        // Whose login it is has to be seen first. One that has ended meanwhile isn't the only one.
        let limits = match limits::fetch(http, login) {
            Err(FetchError::SignInAgain(_) | FetchError::LoginEnded { .. }) => continue,
            limits => limits.map_err(outside)?,
        };
        if !limits.user_id.as_deref().is_some_and(|named| is_same_user(user, named)) {
            continue;
        }
        let request = OverageRequest { enabled, at: Heard::at(now) };
        // Written before it is asked: if this process ends meanwhile, it is known what was asked.
        around.store().write(|writing| writing.set_overage_request(id, request).map_err(AppError::from))?;
        Line::info("overage-requested").note();
        return preference::set_overage(http, login, enabled).map_err(outside);
    }
    Err(outside(FetchError::SignInAgain("Kiro")))
}
