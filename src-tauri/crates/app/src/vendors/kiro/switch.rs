//! Kiro's overage switch.

use super::ask::identity;
use crate::error::{AppError, ErrorCode};
use crate::machine::log::Line;
use crate::vendors::asking::{Around, outside};
use headroom_exact::say;
use headroom_sources::{FetchError, kiro_limits, kiro_preference, kiro_token};
use headroom_store::table::accounts::Account;
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
    let Some(identity_known) = &state.identity else {
        return Err(AppError::new(ErrorCode::Refused, say!("refresh-first")));
    };
    let now = around.now();
    let logins = around.paths.kiro().map(|places| kiro_token::logins(places, now)).unwrap_or_default();
    let http = around.way_out.http()?;
    for login in logins.iter().filter(|login| login.is_good_at(now)) {
        // Whose login it is has to be seen first: a switch is never turned on a guess.
        let limits = kiro_limits::fetch(http, login).map_err(outside)?;
        if identity(login, &limits).as_ref() != Some(identity_known) {
            continue;
        }
        let request = OverageRequest { enabled, at: now };
        // Written before it is asked: if this process ends meanwhile, it is known what was asked.
        around.store().write(|writing| writing.set_overage_request(id, request).map_err(AppError::from))?;
        Line::info("overage-requested").note();
        return kiro_preference::set_overage(http, login, enabled).map_err(outside);
    }
    Err(outside(FetchError::SignInAgain("Kiro")))
}
