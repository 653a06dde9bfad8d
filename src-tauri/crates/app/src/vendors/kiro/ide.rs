//! What Kiro's IDE showed or logged last: it may have asked when we could not.

use crate::error::AppError;
use crate::quoted::{IDE_LOG, IDE_STATE, Quoted};
use crate::vendors::asking::Around;
use crate::vendors::evidence::{self, Worth};
use crate::vendors::vendor::{About, snapshot, written};
use headroom_exact::Moment;
use headroom_sources::observation::LimitsSnapshot;
use headroom_sources::{kiro_client_log, kiro_ide_state};
use headroom_store::table::snapshots::Snapshot;

/// The newer of the two, if it is of this account and newer than what is known.
pub(super) fn shown(around: &Around<'_>, about: &About<'_>) -> Result<Option<Snapshot>, AppError> {
    let Some(places) = around.paths.kiro() else { return Ok(None) };
    let shown = kiro_ide_state::read(around.paths.worker(), &kiro_ide_state::file(&places.ide));
    let shown = shown.map(|shown| (IDE_STATE, shown.at, shown.limits));
    let logs = kiro_client_log::files(&places.ide);
    let logged = logs.iter().filter_map(|file| kiro_client_log::newest(file)).max_by_key(|logged| logged.at);
    let logged = logged.map(|logged| (IDE_LOG, logged.at, logged.limits));
    let now = around.now();
    let known = Quoted::newest(&around.store(), about.account.id, now, now)?.map(|quoted| quoted.said_at);
    let is_ours = |limits: &LimitsSnapshot| match (&limits.user_id, &about.state.identity) {
        (Some(user), Some(identity)) => user == identity,
        _ => about.is_the_only_one,
    };
    let is_sound = |at: Moment, limits: &LimitsSnapshot| {
        !matches!(evidence::of_limits(limits, at, about.clock_is_plausible), Worth::Odd(_))
    };
    let newer = shown.into_iter().chain(logged).filter(|(_, at, limits)| {
        *at <= now && known.is_none_or(|known| *at > known) && is_ours(limits) && is_sound(*at, limits)
    });
    let newest = newer.max_by_key(|(_, at, _)| *at);
    // What is too much to be kept is no figure: the failure that led here is said.
    Ok(newest.and_then(|(source, at, limits)| Some(snapshot(source, at, written("Kiro", &limits).ok()?))))
}
