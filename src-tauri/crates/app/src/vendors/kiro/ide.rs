//! What Kiro's IDE showed or logged last: it may have asked when we could not.

use crate::quoted::{IDE_LOG, IDE_STATE, PLAN_CHANGE, PlanChange};
use crate::vendors::asking::Around;
use crate::vendors::evidence::{self, Given, Worth};
use crate::vendors::vendor::{About, Shown, snapshot, written};
use crate::weighed::{Origin, Weighed};
use headroom_exact::Moment;
use headroom_sources::kiro::{client_log, ide_state};
use headroom_sources::observation::LimitsSnapshot;

/// What one of them has.
struct Of {
    source: &'static str,
    from: Origin,
    at: Moment,
    limits: LimitsSnapshot,
}

/// The newer of the two that is worth something, if it is newer than what is known; and what each was worth.
pub(super) fn shown(around: &Around<'_>, about: &About<'_>) -> Shown {
    let Some(places) = around.paths.kiro() else { return Shown::default() };
    let shown = ide_state::read(around.paths.worker(), &ide_state::file(&places.ide));
    let shown = shown.map(|shown| Of {
        source: IDE_STATE,
        from: Origin::IdeState { said_at: shown.at.to_string() },
        at: shown.at,
        limits: shown.limits,
    });
    let logs = client_log::files(&places.ide);
    let logged = logs.iter().filter_map(|file| client_log::newest(file)).max_by_key(|logged| logged.at);
    let logged = logged.map(|logged| Of {
        source: IDE_LOG,
        from: Origin::IdeLog { said_at: logged.at.to_string() },
        at: logged.at,
        limits: logged.limits,
    });
    let known = about.known.map(|quoted| quoted.said_at);
    let account = about.evidence();
    let is_newer = |of: &Of| of.at <= around.now() && known.is_none_or(|known| of.at > known);
    let mut weighed = Vec::new();
    let mut newest: Option<Of> = None;
    for of in shown.into_iter().chain(logged).filter(is_newer) {
        let given = Given { limits: &of.limits, at: of.at, clock_is_plausible: about.clock_is_plausible };
        let worth = evidence::weigh(&account, given);
        let leads = match worth {
            Worth::Leads | Worth::LastWord(_) | Worth::Ahead(_) => true,
            Worth::NotOurs(_) | Worth::Odd(_) => false,
        };
        let user = of.limits.user_id.clone();
        weighed.push(Weighed { from: of.from.clone(), user, verdict: worth.verdict("Kiro"), limits: None });
        if leads && newest.as_ref().is_none_or(|newest| newest.at <= of.at) {
            newest = Some(of);
        }
    }
    // What is too much to be kept is no figure: the failure that led here is said.
    let snapshots = newest.map(|of| {
        let changed = about.known.and_then(|known| PlanChange::between(known, &of.limits, of.at));
        let changed = changed.map(|changed| (PLAN_CHANGE, written("Kiro", &changed)));
        let kept = std::iter::once((of.source, written("Kiro", &of.limits))).chain(changed);
        kept.filter_map(|(source, body)| Some(snapshot(source, of.at, body.ok()?))).collect()
    });
    Shown { snapshots: snapshots.unwrap_or_default(), weighed }
}
