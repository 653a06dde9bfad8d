//! The receipt of a choice: what it charges today and with the next bill, beside how things stand. Today's part is the
//! engine's preview; what is still to come follows from the use that is supposed.

use super::base::Base;
use crate::answers::{
    AssumptionView, BreakEvenStanding, ChargeRangeView, Comparison, NetView, NextCycleView, ReceiptView,
    Waiting, text,
};
use crate::kinds::person::plans::refusal;
use headroom_billing::assumption::About;
use headroom_billing::person::course::{Choice, Compared, Supposed, chosen_later};
use headroom_billing::person::{self, Current, MovingUp, Preview};
use headroom_billing::{AccountKind, Assumption, Edition, Invoice, Total};
use headroom_exact::{Moment, Money};
use std::cmp::Ordering;

fn break_even(moving_up: MovingUp, use_is_known: bool) -> BreakEvenStanding {
    BreakEvenStanding {
        credits: moving_up.pays_off_at.to_string(),
        so_far: use_is_known.then(|| moving_up.so_far.to_string()),
        at_this_pace: text(moving_up.at_this_pace),
    }
}

/// The receipt of a choice beside how things stand.
pub(super) fn receipt(
    base: &Base,
    supposed: &Supposed,
    choice: &Choice,
    standing: &Choice,
) -> Option<ReceiptView> {
    let (ledger, at) = (&base.ledger, base.at);
    let edition = base.timeline.edition();
    let asked = edition.plan_named(choice.plan)?;
    let own = ledger.account.plan();
    let now = ledger.account.current(at);
    let end = now.cycle.end;
    let plan_stays = choice.plan == standing.plan;
    let preview = (!plan_stays).then(|| Preview::on(ledger, asked, at));
    let charge_now = preview.as_ref().and_then(|preview| preview.charge_now.as_ref());
    let left = |of: &Current| text(of.credits.left().filter(|_| base.use_is_known));
    let range = preview.as_ref().and_then(|preview| preview.charge_range);
    let switch = now.credits.overage.enabled;
    let turns = ledger.account.can_have_overage(asked) && choice.overage != switch;
    let moving_up = MovingUp::to(asked, &ledger.account, at, base.grounds.pace.as_ref());
    let refused = preview.as_ref().and_then(|preview| preview.refused);
    // What is settled for the cycle's end takes effect then.
    let settled = (plan_stays && asked.rank != own.rank).then_some(end);
    let effective_at = preview.as_ref().and_then(|preview| preview.effective_at).or(settled);
    let waits = charge_now.and_then(|_| waited(base, supposed, choice, end));
    let last = preview.as_ref().and_then(|_| person::Waiting::on(ledger, asked, at));
    Some(ReceiptView {
        at: at.to_string(),
        from: own.name.clone(),
        to: asked.name.clone(),
        plan: asked.id.clone(),
        plan_stays,
        turns: turns.then_some(choice.overage),
        refused: refused.map(|reason| refusal(reason, base.timeline.terms.country, asked)),
        at_once: effective_at == Some(at),
        effective_at: text(effective_at),
        charge_now: charge_now.map(|charge| base.naming.invoice(charge)),
        charge_range: range
            .filter(|range| range.low != range.high)
            .map(|range| ChargeRangeView { low: range.low.to_string(), high: range.high.to_string() }),
        bill_at: end.to_string(),
        bill_before: base.charge_at(&standing.course, end),
        bill_after: base.charge_at(&choice.course, end),
        net: net(base, choice, standing, end),
        left_before: left(&now),
        left_after: left(preview.as_ref().map_or(&now, |preview| &preview.after)),
        overage_avoided: text(
            preview.as_ref().and_then(|preview| preview.overage_avoided).filter(|_| base.use_is_known),
        ),
        break_even: moving_up.map(|moving_up| break_even(moving_up, base.use_is_known)),
        waiting: last.as_ref().map(waiting),
        next_cycle: waits,
        assumptions: assumptions(preview.as_ref(), &now, edition, at),
    })
}

/// Everything up to the next bill with the choice, beside how things stand; none where nothing is charged either way.
fn net(base: &Base, choice: &Choice, standing: &Choice, end: Moment) -> Option<NetView> {
    let compared = Compared::by(&choice.course, &standing.course, end);
    let nothing = Total::Whole(Money::ZERO);
    if compared.this == nothing && compared.other == nothing {
        return None;
    }
    let after = base.total(&choice.course, compared.this);
    let before = base.total(&standing.course, compared.other);
    let is_whole = !base.lacks(&choice.course) && !base.lacks(&standing.course);
    let known = |amount: Option<_>| text(amount.filter(|_| is_whole));
    Some(NetView { more: known(compared.more()), less: known(compared.less()), after, before })
}

/// The choice now, and when the running cycle has ended.
fn waited(base: &Base, supposed: &Supposed, choice: &Choice, end: Moment) -> Option<NextCycleView> {
    let later = chosen_later(&base.start(), supposed, choice)?;
    let compared = Compared::by(&choice.course, &later, end);
    let is_whole = !base.lacks(&choice.course) && !base.lacks(&later);
    let known = |amount: Option<_>| text(amount.filter(|_| is_whole));
    let pauses = later.run_out.filter(|out| out.pauses && out.day < end.date());
    Some(NextCycleView {
        begins_at: end.to_string(),
        taken_now: base.total(&choice.course, compared.this),
        taken_then: base.total(&later, compared.other),
        waiting_saves: known(compared.more()),
        waiting_costs: known(compared.less()),
        pauses_on: text(pauses.map(|out| out.day)),
    })
}

/// What no source settles of a change's figures.
fn assumptions(
    preview: Option<&Preview>,
    now: &Current,
    edition: &Edition,
    at: Moment,
) -> Vec<AssumptionView> {
    let of_change = preview.map(|preview| preview.assumptions.as_slice()).unwrap_or_default();
    let rests = of_change.iter().chain(&now.assumptions);
    let view = |assumption: &Assumption| match assumption.about() {
        About::FirstPayment => Some({
            let offer = edition.first_payment_credit.filter(|credit| credit.is_given_at(at));
            let charged = preview.and_then(|preview| preview.charge_now.as_ref());
            let stated = charged.is_some_and(Invoice::has_first_payment_credit);
            AssumptionView::A1 { most: text(offer.map(|credit| credit.amount)).unwrap_or_default(), stated }
        }),
        About::Packs => preview.map(|preview| AssumptionView::A2 {
            back: preview.after.credits.left_in_packs().to_string(),
            kept: preview.before.credits.left_in_packs().to_string(),
        }),
        About::Overage(_) => AssumptionView::of_overage(*assumption),
        About::Kilo => None,
    };
    rests.filter_map(view).collect()
}

fn waiting(wait: &person::Waiting) -> Waiting {
    Waiting {
        last_day: wait.last_moment.date().to_string(),
        total_then: wait.then.to_string(),
        then: match wait.then.cmp(&wait.now) {
            Ordering::Less => Comparison::Lower,
            Ordering::Equal => Comparison::Same,
            Ordering::Greater => Comparison::Higher,
        },
    }
}
