//! The first view of one person's account, written from how it stands.

mod pools;

use super::standing::Standing;
use super::unsettled::{assumptions, next_charge_unknown};
use super::{verdict, why};
use crate::answers::{
    EstimatedView, GoneBefore, GrantView, InvoiceView, Naming, OverageSwitch, OverageView, OverviewView,
    PaceView, PackOfferView, PacksAheadView, PlanChangeView, Provenance, QuotedAllowance, QuotedView,
    Remaining, TimeLeft, span, text,
};
use crate::kinds::kind::{self, Beside};
use crate::kinds::next_charge::LeftOut;
use crate::quoted::confirmation;
use crate::whose::Whose;
use headroom_billing::Pack;
use headroom_billing::advice::percent;
use headroom_billing::catalog::PackOffer;
use headroom_billing::person::{Counted, Outcome, Pace, PacksAhead};
use headroom_exact::away::about;
use headroom_exact::division::permille;
use headroom_exact::{Credits, Moment, Saying, say};
use headroom_sources::observation::{Allowance, GrantSnapshot};

/// What Kiro says, beside what is recorded here.
fn quoted(standing: &Standing, naming: &Naming) -> Option<QuotedView> {
    let Standing { loaded, current, .. } = standing;
    let quoted = loaded.quoted.as_ref()?;
    let limits = &quoted.limits;
    let of_this_cycle = quoted.is_of(current.cycle);
    let counted = limits.used.map(|by_vendor| Counted { by_vendor, recorded: loaded.recorded_by_then });
    let recorded_more = counted.map(Counted::recorded_more).filter(|_| of_this_cycle);
    Some(QuotedView {
        at: quoted.said_at,
        of_this_cycle,
        followed: loaded.followed_until.is_some(),
        plan_title: limits.plan_title.clone(),
        plan_change: standing.plan_change.as_ref().map(|changed| PlanChangeView {
            before: changed.before.clone(),
            until: changed.until.clone(),
            after: changed.after.clone(),
            since: changed.since.clone(),
        }),
        plan_differs: loaded.plan_named_otherwise(&standing.plan(naming)),
        used: text(limits.used),
        left: text(limits.left()),
        allowance: limits.allowance.map(|allowance| match allowance {
            Allowance::Credits(credits) => QuotedAllowance::Credits(credits),
            Allowance::NoLimit => QuotedAllowance::NoLimit,
        }),
        overage: text(limits.overage),
        overage_charges: text(limits.overage_charges),
        overage_enabled: limits.overage_enabled,
        resets_at: text(quoted.resets_at()),
        grants: limits.grants.iter().chain(&limits.packs).map(grant).collect(),
        gaps: quoted.gaps().into_iter().chain(renews_otherwise(standing)).collect(),
        recorded: loaded.recorded_by_then,
        recorded_percent: limits
            .used
            .filter(|_| of_this_cycle && loaded.elsewhere.is_positive())
            .map(|counted| percent(loaded.recorded_by_then, counted)),
        elsewhere: standing.elsewhere.as_ref().map(|elsewhere| elsewhere.credits.clone()),
        elsewhere_percent: standing.elsewhere.as_ref().map(|elsewhere| elsewhere.percent),
        elsewhere_bound: standing.elsewhere.as_ref().map(|elsewhere| elsewhere.bound),
        recorded_more: text(recorded_more.filter(|more| more.is_positive())),
    })
}

/// That Kiro's cycle ends at another moment than the calendar month, by which charges are computed.
fn renews_otherwise(standing: &Standing) -> Option<Saying> {
    let Standing { loaded, current, .. } = standing;
    let cycle = loaded.renews_otherwise(current)?;
    Some(say!("renews-otherwise", at = cycle.end, month_ends = current.cycle.end))
}

fn time_left(until: Moment, now: Moment) -> TimeLeft {
    TimeLeft { days: about(until, now, 86_400), hours: about(until, now, 3600) }
}

fn pace(pace: &Pace, now: Moment) -> PaceView {
    match pace.outcome {
        Outcome::LeftAtReset { credits, percent } => {
            PaceView::LeftAtReset { percent, credits: credits.to_string() }
        }
        Outcome::LimitAt(at) => PaceView::LimitAt { at: at.to_string(), time_left: time_left(at, now) },
        Outcome::AtLimit => PaceView::AtLimit,
        Outcome::NoLimit => PaceView::NoLimit,
    }
}

fn grant(grant: &GrantSnapshot) -> GrantView {
    GrantView {
        name: grant.name.clone(),
        used: text(grant.used),
        granted: text(grant.granted),
        expires_at: text(grant.expires_at),
    }
}

pub(super) fn offer_of(offer: &PackOffer) -> PackOfferView {
    PackOfferView {
        smallest: offer.smallest.to_string(),
        largest: offer.largest.to_string(),
        credits: text(offer.credits_for(offer.smallest)).unwrap_or_default(),
        unit_price: offer.unit_price.to_string(),
    }
}

fn packs_ahead(ahead: PacksAhead) -> PacksAheadView {
    PacksAheadView {
        from: ahead.from.to_string(),
        lasts_until: text(ahead.lasts_until),
        beyond: ahead.beyond.to_string(),
        to_the_end: ahead.to_the_end.to_string(),
    }
}

fn overage(standing: &Standing) -> OverageView {
    let Standing { loaded, ledger, current, pace, .. } = standing;
    let edition = loaded.timeline.edition();
    let paid = |id: &str| edition.plan_named(id).is_some_and(headroom_billing::Plan::is_paid);
    let has_overage = ledger.account.has_overage();
    let ahead = standing.overage_ahead();
    let packs = pace.as_ref().and_then(|pace| PacksAhead::at(pace, &ledger.account, standing.as_of()));
    OverageView {
        enabled: current.credits.overage.enabled,
        switch: if Whose::of(loaded.live.identity.as_deref()).is_a_user() {
            OverageSwitch::AtKiro
        } else {
            OverageSwitch::Recorded
        },
        request: loaded
            .live
            .overage_request
            .and_then(|request| confirmation(request, loaded.quoted.as_ref(), standing.as_of())),
        set_at: text(loaded.overage_set_at),
        available: has_overage,
        packs: ledger.account.offered_packs().filter(|_| !has_overage).map(|offer| offer_of(&offer)),
        packs_ahead: packs.filter(|_| !has_overage).map(packs_ahead),
        goes_off_with_plan: current.next_plan.is_some_and(|next| !paid(next)),
        unit_price: edition.overage_unit_price.to_string(),
        allowance: text(standing.allowance()),
        idle: current.credits.overage.idle,
        credits_at_this_pace: text(ahead.map(|ahead| ahead.credits)),
        charge_at_this_pace: ahead.map(|ahead| ahead.charge),
    }
}

fn provenance(standing: &Standing) -> Provenance {
    let Standing { loaded, ledger, totals, .. } = standing;
    let count = |tasks: usize| u32::try_from(tasks).unwrap_or(u32::MAX);
    Provenance {
        tasks: totals.tasks,
        unmetered: totals.unmetered,
        last_day: text(totals.last_day),
        while_paused: count(loaded.tasks_while_paused(ledger)),
        before_sign_up: count(loaded.tasks_before_sign_up),
    }
}

/// What is left, for whoever decides by it.
fn remaining(standing: &Standing) -> Remaining {
    if standing.is_unlimited() {
        return Remaining::NoLimit;
    }
    standing.left().map_or(Remaining::NotKnown, Remaining::Credits)
}

/// With what is to be known beside it.
pub(crate) fn overview(standing: Standing, beside: Beside) -> OverviewView {
    let now = standing.as_of();
    let naming = standing.loaded.naming();
    let current = &standing.current;
    let cycle = standing.cycle;
    let length = cycle.end.seconds_since(cycle.start);
    let gone = current.credits.gone_before(cycle.end);
    let next_charge_unknown = next_charge_unknown(&standing);
    let estimated = standing.estimated;
    let left_in = |left: Option<Credits>| text(left.filter(|_| standing.is_known()));
    let there = |pools: &[Pack]| !pools.is_empty();
    let cap = current.credits.overage.cap;
    let pools = pools::of(&standing);
    OverviewView {
        verdict: verdict::of(&standing, beside.refresh.too_old.as_ref()),
        as_of: now,
        plan: standing.plan(&naming),
        plan_unlisted: standing.loaded.plan_is_unlisted,
        next_plan: current.next_plan.map(|next| naming.plan(next)),
        cycle: span(cycle.start, cycle.end),
        left: text(standing.left()),
        remaining: remaining(&standing),
        unknown: standing.unknown(),
        gone_before: gone
            .into_iter()
            .filter(|_| standing.left().is_some())
            .map(|(credits, at)| GoneBefore { credits: credits.to_string(), at: at.to_string() })
            .collect(),
        left_at_most: standing.is_of_recorded_tasks_alone()
            && standing.left().is_some_and(Credits::is_positive),
        used_at_least: standing.is_of_recorded_tasks_alone(),
        unlimited: standing.is_unlimited(),
        plan_left: left_in(current.credits.plan.remaining),
        trial_left: left_in(current.credits.bonus.as_ref().map(|bonus| bonus.remaining)),
        bonuses_left: left_in(there(&current.credits.grants).then(|| current.credits.left_in_grants())),
        packs_left: left_in(
            current.credits.packs.as_deref().is_some_and(there).then(|| current.credits.left_in_packs()),
        ),
        overage_cap: text(cap.map(|cap| cap.credits)),
        overage_cap_left: cap.map(|cap| cap.left),
        overage_charge_at_most: text(cap.and_then(|cap| cap.charge_at_most)),
        used: text(standing.used()),
        used_permille: standing.is_known().then(|| current.credits.used_permille()),
        why: why::of(&standing, &pools),
        pools,
        paused: current.paused,
        reset_in: time_left(cycle.end, now),
        elapsed_permille: permille(now.seconds_since(cycle.start).into(), length.into()),
        pace: standing.pace.as_ref().map(|leads| pace(leads, now)),
        next_charge: current.next_charge.as_ref().filter(|_| next_charge_unknown.is_none()).map(|invoice| {
            let at_least = invoice.at_least || standing.charge_is_part;
            InvoiceView { at_least, ..naming.invoice(invoice) }
        }),
        next_charge_at_this_pace: text(
            standing.next_charge_at_this_pace().filter(|_| next_charge_unknown.is_none()),
        ),
        next_charge_left_out: kind::Standing::charged_next(&standing).left_out.map(LeftOut::view),
        next_charge_unknown,
        overage: overage(&standing),
        axis: standing.axis.view(),
        provenance: provenance(&standing),
        quoted: quoted(&standing, &naming),
        estimated: (estimated.tasks > 0)
            .then(|| EstimatedView { credits: estimated.credits.to_string(), tasks: estimated.tasks }),
        assumptions: assumptions(&standing),
        repriced: standing.repriced,
        account: standing.account,
        unreadable: beside.unreadable,
        refresh: beside.refresh,
    }
}
