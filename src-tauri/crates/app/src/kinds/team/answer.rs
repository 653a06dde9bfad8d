//! The first view of a team, written from how it stands.

use super::members::{Person, everybody};
use super::standing::{Dunning, KNOW_ALL, Seats, Standing};
use super::told::{RunningPass, TopUp};
use super::{told, verdict};
use crate::answers::{
    DunningView, PassMonthView, PassView, Remaining, SeatsView, SpentAxisView, TeamView, TopUpView, WhyFrom,
    WhyView, pass_name, text,
};
use crate::kinds::balance_why::Known;
use crate::kinds::kind::{self, Beside};
use crate::kinds::left::{Expiring, Machine, burn};
use crate::kinds::next_charge::LeftOut;
use crate::kinds::spent_axis::OnAxis;
use headroom_exact::{Balance, Moment, say};
use headroom_sources::observation::TeamSnapshot;

fn pass(pass: &RunningPass, team: &TeamSnapshot, seats: Option<&Seats>, now: Moment) -> PassView {
    let told = team.pass.as_ref();
    let agreement = told.and_then(|told| told.agreement.as_ref());
    PassView {
        name: pass_name(&pass.terms.tier),
        stated: agreement.is_none(),
        passes: agreement.map_or_else(|| seats.map(|seats| seats.paid), |agreement| agreement.passes),
        price: pass.terms.price.to_string(),
        ends: pass.ends,
        paid_through: text(agreement.and_then(|agreement| agreement.paid_through)),
        // Of a month that ended nothing is said of the running one (V2).
        month: told.and_then(|told| told.month.as_ref()).filter(|month| month.ends_at > now).map(|month| {
            PassMonthView {
                ends_at: month.ends_at.to_string(),
                base: month.base.to_string(),
                bonus: month.bonus.to_string(),
                unlocked: month.unlocked.to_string(),
                spent: month.spent.to_string(),
                target: month.target.to_string(),
            }
        }),
    }
}

fn top_up(top_up: TopUp, balance: Option<Balance>, team: &TeamSnapshot) -> Option<TopUpView> {
    let threshold = top_up.threshold?;
    Some(TopUpView {
        amount: top_up.amount?.to_string(),
        threshold: threshold.to_string(),
        due: balance.is_some_and(|left| left < Balance::of_money(threshold)),
        stated: team.top_up_amount.is_none(),
    })
}

fn seats(seats: &Seats) -> SeatsView {
    let Seats { paid, taken, unused, saves } = *seats;
    SeatsView { paid, taken, unused, saves: text(saves) }
}

/// Why the seats are what they are: who says it, and what those that nobody sits on cost.
fn seats_why(standing: &Standing) -> Option<WhyView> {
    let seats = standing.seats.as_ref()?;
    let is_told = told::paid_seats(&standing.team).is_some();
    let from = match (standing.account.sample, is_told) {
        (true, _) => WhyFrom::Sample,
        (false, true) => WhyFrom::Kilo,
        (false, false) => WhyFrom::Computed,
    };
    let at = standing.said_at.filter(|_| from == WhyFrom::Kilo);
    let mut why = WhyView { at: text(at), ..WhyView::new(from) }.line(say!("why-seats-paid"), seats.paid);
    if let Some(taken) = seats.taken {
        why = why.line(say!("why-seats-taken"), taken);
    }
    if let Some(saves) = seats.saves {
        why = why.line(say!("why-seats-saves", count = seats.unused), saves);
    }
    let stated = (from == WhyFrom::Computed).then(|| say!("why-seats-stated"));
    let sample = standing.account.sample.then(|| say!("why-sample"));
    Some(why.says(sample).says(stated).says(seats.saves.map(|_| say!("why-seats-rule"))))
}

fn dunning(dunning: &Dunning) -> DunningView {
    let Dunning { status, grace_ends_at, data_deleted_at, owed } = *dunning;
    DunningView {
        status,
        grace_ends_at: grace_ends_at.to_string(),
        data_deleted_at: data_deleted_at.to_string(),
        owed: text(owed),
    }
}

/// The running month by day.
fn axis(standing: &Standing) -> Option<SpentAxisView> {
    // Where the team isn't served nothing is spent.
    let is_served = standing.dunning.as_ref().is_none_or(|dunning| dunning.status.is_served());
    let renewals = standing.next_charge.iter().flat_map(|next| {
        let charge = next.invoice.total.to_string();
        [(next.since, None), (next.at, Some(charge))]
    });
    let on_axis = OnAxis {
        spent: standing.spent.as_ref(),
        before: &standing.before,
        goes_on: standing.spent.as_ref().and_then(|spent| spent.of_all(&KNOW_ALL)).filter(|_| is_served),
        outlook: standing.outlook.as_ref(),
        balance: standing.balance,
        is_topped_up: standing.is_topped_up,
        purchases: standing.team.purchases.as_deref().unwrap_or_default(),
        expiring: &standing.expiring,
        ended: &standing.ended,
        pass_ends: told::pass_ends(&standing.team),
        renewals: renewals.collect(),
        now: standing.as_of,
    };
    on_axis.view()
}

/// With what is to be known beside it.
pub(super) fn team(standing: Standing, beside: Beside) -> TeamView {
    let now = standing.as_of;
    let verdict = verdict::of(&standing, beside.refresh.too_old.as_ref());
    let people = everybody((&standing.team.members, standing.said_at), standing.spent.as_ref(), now);
    let seats_verdict = verdict::of_seats(&standing, &people);
    let seats_why = seats_why(&standing);
    let axis = axis(&standing);
    let known = Known {
        balance: standing.said_at.zip(standing.balance),
        outlook: standing.outlook.as_ref(),
        is_topped_up: standing.is_topped_up,
        is_charged: standing.next_charge.is_some(),
        is_sample: standing.account.sample,
        spent: standing.spent.as_ref(),
        now,
    };
    let why = known.why();
    let left_out = kind::Standing::charged_next(&standing).left_out.map(LeftOut::view);
    let charge = standing.next_charge.map(|next| (next.at.to_string(), next.naming.invoice(&next.invoice)));
    let (next_charge_at, next_charge) = charge.unzip();
    let team = standing.team;
    let top_up = top_up(standing.top_up, standing.balance, &team);
    let pass = standing.pass.as_ref().map(|running| pass(running, &team, standing.seats.as_ref(), now));
    TeamView {
        account: standing.account,
        verdict,
        seats_verdict,
        seats_why,
        unreadable: beside.unreadable,
        as_of: now,
        plan: team.plan,
        why,
        balance: text(standing.balance),
        remaining: standing.balance.map_or(Remaining::NotKnown, Remaining::Dollars),
        balance_at: standing.said_at,
        expiring: standing.expiring.iter().map(Expiring::view).collect(),
        auto_top_up: standing.top_up.on,
        top_up,
        pass,
        burn: standing.outlook.as_ref().map(|outlook| burn(outlook, standing.is_topped_up, now)),
        spend: standing.spent.as_ref().map(|spent| spent.view(standing.first_day, now)),
        axis,
        seats: standing.seats.as_ref().map(seats),
        members: people.into_iter().map(Person::view).collect(),
        next_charge,
        next_charge_left_out: left_out,
        next_charge_at,
        next_charge_none: standing.nothing_next,
        notes: standing.notes,
        dunning: standing.dunning.as_ref().map(dunning),
        machine: standing.machine.as_ref().map(Machine::view),
        refresh: beside.refresh,
    }
}
