//! What a login of Kilo's has: each team that it is in becomes an account, and somebody's own.

use super::Kilo;
use super::logins::{self, KEY, NoLogin};
use crate::answers::Kind;
use crate::choices;
use crate::chosen::told_name;
use crate::error::AppError;
use crate::language;
use crate::vendors::asking::{Around, outside};
use crate::vendors::vendor::Vendor as _;
use headroom_exact::{Saying, say};
use headroom_sources::kilo::personal;
use headroom_store::Store;
use headroom_store::table::accounts::{AccountId, Wanted};

/// Keeps a key of Kilo's that somebody pasted, or forgets it.
pub(crate) fn set_key(around: &Around<'_>, key: Option<&str>) -> Result<(), AppError> {
    KEY.set(around, key)
}

/// Asks Kilo which teams the login on this machine is in and whether it has an account of its own, adds each that isn't
/// there yet, and agrees to ask for their figures. All of the login's accounts that are known then, teams first. A team
/// without a name that can be shown is called as new ones are.
pub(crate) fn connect(around: &Around<'_>, new_team: &Saying) -> Result<Vec<AccountId>, AppError> {
    let now = around.now();
    let logins = logins::all(around)?;
    let login = logins::good(&logins, now).map_err(|none| match none {
        NoLogin::Nobody(saying) => outside(saying),
        NoLogin::Expired(error) => outside(error),
    })?;
    let http = around.errand()?;
    let profile = personal::profile(&http, &login.token);
    around.note_hosts(&http, None)?;
    let profile = profile.map_err(outside)?;
    // Where it isn't told, whoever is in no team has nothing else.
    let has_own = profile.has_own.unwrap_or(profile.teams.is_empty());
    if profile.teams.is_empty() && !has_own {
        return Err(outside(say!("no-team")));
    }
    let mut store = around.store();
    let nameless = nameless(&store)?;
    let ids = store.write(|writing| {
        let mut ids = Vec::new();
        for team in &profile.teams {
            let wanted = Wanted::Known(&team.id);
            let called = match told_name(&team.name) {
                Some(name) => name,
                None => language::name(writing, new_team)?,
            };
            ids.push(writing.account(Kind::KiloTeams.name(), wanted, &called, now)?.0);
        }
        if has_own {
            // One that was added by hand is whoever is signed in.
            if let Some(id) = nameless {
                writing.set_identity(id, &profile.user)?;
            }
            let wanted = Wanted::Known(&profile.user);
            ids.push(writing.account(Kind::KiloPersonal.name(), wanted, OWN, now)?.0);
        }
        Ok::<_, AppError>(ids)
    })?;
    choices::agree(&mut store, Kilo.setting())?;
    Ok(ids)
}

/// What somebody's own account is called until they name it.
const OWN: &str = "Kilo";

/// The only account of somebody's own, where Kilo never said whose it is.
fn nameless(store: &Store) -> Result<Option<AccountId>, AppError> {
    let (accounts, stored) = (store.accounts()?, Kind::KiloPersonal.name());
    let own = accounts.iter().filter(|account| account.kind == stored && !account.sample);
    match own.collect::<Vec<_>>().as_slice() {
        [account] if store.live_state(account.id)?.identity.is_none() => Ok(Some(account.id)),
        _ => Ok(None),
    }
}
