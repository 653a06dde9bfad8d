//! Which teams a login of Kilo's is in: each becomes an account.

use super::logins::{self, KEY, NoLogin};
use crate::answers::{Choice, Kind, Vendor};
use crate::error::AppError;
use crate::settings;
use crate::vendors::asking::{Around, outside};
use headroom_exact::say;
use headroom_sources::kilo_team;
use headroom_store::table::accounts::{AccountId, Wanted};

/// Keeps a key of Kilo's that somebody pasted, or forgets it.
pub(crate) fn set_key(around: &Around<'_>, key: Option<&str>) -> Result<(), AppError> {
    KEY.set(around, key)
}

/// Asks Kilo which teams the login on this machine is in, adds an account for each that isn't there yet,
/// and agrees to ask for their figures. All of the login's teams that are known then.
pub(crate) fn connect(around: &Around<'_>) -> Result<Vec<AccountId>, AppError> {
    let now = around.now();
    let logins = logins::all(around)?;
    let login = logins::good(&logins, now).map_err(|none| match none {
        NoLogin::Nobody(saying) => outside(saying),
        NoLogin::Expired(error) => outside(error),
    })?;
    let http = around.errand()?;
    let teams = kilo_team::organisations(&http, &login.token);
    around.note_hosts(&http, None)?;
    let teams = teams.map_err(outside)?;
    if teams.is_empty() {
        return Err(outside(say!("no-team")));
    }
    let mut store = around.store();
    let ids = store.write(|writing| {
        let mut ids = Vec::new();
        for team in &teams {
            let wanted = Wanted::Known(&team.id);
            ids.push(writing.account(Kind::KiloTeams.name(), wanted, &team.name, now)?.0);
        }
        Ok::<_, AppError>(ids)
    })?;
    settings::choose(&mut store, &Choice::Ask { vendor: Vendor::Kilo, agreed: true })?;
    Ok(ids)
}
