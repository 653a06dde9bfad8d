//! The first view of an organisation, written from how it stands.

use super::groups;
use super::left_out::LeftOut;
use super::standing::{Before, Billed, Standing};
use super::users::{OnBill, Pause, User};
use super::{axis, verdict, why};
use crate::answers::{
    BillPartView, BillView, BilledTwice, ByTheEndView, IdleLicence, MonthBeforeView, OrganisationSource,
    OrganisationUser, OrganisationView, UserRisk, span, text,
};
use crate::difference::agree;
use crate::identities::People;
use crate::kinds::kind::Beside;
use headroom_billing::Total;
use headroom_billing::organisation::{ByTheEnd, Risk};
use headroom_billing::total::known_sum;
use headroom_exact::Money;
use std::collections::BTreeSet;

fn count(rows: usize) -> u32 {
    u32::try_from(rows).unwrap_or(u32::MAX)
}

const fn risk(risk: Risk) -> UserRisk {
    match risk {
        Risk::NearLimit => UserRisk::NearLimit,
        Risk::AtLimit => UserRisk::AtLimit,
        Risk::InOverage => UserRisk::InOverage,
    }
}

fn user(user: User, people: &People) -> OrganisationUser {
    let leaving_saves = text(user.leaving_saves());
    let pauses = user.pause() == Some(Pause::Now);
    let (cheaper_tier, saves) = user.cheaper.unzip();
    OrganisationUser {
        used: text(user.used.known()),
        used_at_least: user.used.is_at_least(),
        allowance: text(user.allowance),
        used_permille: user.used_permille,
        overage: text(user.overage.known()),
        name: people.name(&user.id),
        groups: people.groups(&user.id).to_vec(),
        email: user.email.or_else(|| people.email(&user.id)),
        id: user.id,
        profile: user.profile,
        tier: user.tier,
        unknown_rows: user.unknown_rows,
        overage_enabled: user.overage_enabled,
        overage_cap: text(user.overage_cap),
        limited: user.limited,
        cost: text(user.cost),
        billed: text(user.billed.here()),
        billed_elsewhere: user.billed == OnBill::Elsewhere,
        risk: user.risk.map(risk),
        pauses,
        runs_out_on: text(user.runs_out_on),
        used_up_on: text(user.used_up_on),
        by_the_end: user.by_the_end.map(|of| by_the_end(of, false)),
        cheaper_tier,
        saves: text(saves),
        is_smaller: user.cheaper_is_smaller,
        is_idle: user.is_idle,
        leaving_saves,
    }
}

fn by_the_end(of: ByTheEnd, at_least: bool) -> ByTheEndView {
    let ByTheEnd { even, low, high } = of;
    ByTheEndView { even: even.to_string(), low: low.to_string(), high: high.to_string(), at_least }
}

fn before(of: &Before) -> MonthBeforeView {
    MonthBeforeView {
        month: of.month.to_string(),
        cost: text(of.computed.known()),
        at_least: of.computed.is_at_least(),
        billed: text(of.billed),
    }
}

fn bill(bill: Billed) -> BillView {
    let parts = bill.parts.into_iter();
    BillView {
        month: bill.month.format("%Y-%m").to_string(),
        total: text(bill.before_tax),
        in_dollars: bill.is_in_dollars,
        parts: parts.map(|(kind, amount)| BillPartView { kind, amount: amount.to_string() }).collect(),
        tax: bill.tax.to_string(),
        computed: text(bill.computed.known()),
        computed_at_least: bill.computed.is_at_least(),
        agrees: bill.difference.is_none() && agree(bill.before_tax, bill.computed, bill.is_in_dollars),
        payers: bill.payers,
        difference: bill.difference,
        notes: bill.notes,
        users: count(bill.users),
    }
}

/// Of everything that its reports and bills say.
pub(super) fn organisation(standing: Standing, beside: Beside) -> OrganisationView {
    let verdict = verdict::of(&standing);
    let why = why::of(&standing);
    let axis = axis::of(&standing);
    let reported = standing.reported.as_ref();
    let so_far = reported.map(|reported| reported.month_to_date);
    let used = reported.map(|reported| reported.used);
    let left_out = reported.map(|reported| &reported.left_out);
    let period = standing.month.period();
    let users = &standing.everybody.users;
    let several = users.iter().map(|user| &user.profile).collect::<BTreeSet<_>>().len() > 1;
    let leaving = known_sum(users.iter().chain(&standing.everybody.not_reported).map(User::leaving_saves));
    let people = &standing.people;
    let named = |id: &str, email: Option<String>| (people.name(id), email.or_else(|| people.email(id)));
    let paid_twice = standing.everybody.paid_twice.into_iter().map(|of| {
        let (name, email) = named(&of.id, of.email.clone());
        BilledTwice { name, email, ..of }
    });
    let idle = standing.idle.into_iter().map(|of| {
        let (name, email) = named(&of.id, of.email.clone());
        IdleLicence { name, email, ..of }
    });
    OrganisationView {
        verdict,
        why,
        as_of: standing.as_of.to_string(),
        month: span(period.start, period.end),
        months: standing.months.iter().map(ToString::to_string).collect(),
        closed: standing.closed,
        month_to_date: text(so_far.and_then(Total::known)),
        at_least: so_far.is_some_and(Total::is_at_least),
        used: text(used.and_then(Total::known)),
        used_at_least: used.is_some_and(Total::is_at_least),
        rows_at_least: left_out.is_some_and(LeftOut::is_anything),
        overage: text(reported.and_then(|reported| reported.overage.known())),
        notes: reported.map(|reported| reported.notes.clone()).unwrap_or_default(),
        source: OrganisationSource {
            rows: count(standing.rows),
            unknown_credits: count(standing.unknown_credits),
            unknown_tier: left_out.map_or(0, LeftOut::without_tier),
            beyond_limit: left_out.map_or(0, LeftOut::beyond_limit),
            last_day: text(standing.last_day),
        },
        by_the_end: reported
            .and_then(|reported| reported.by_the_end)
            .map(|(of, is_part)| by_the_end(of, is_part)),
        axis,
        before: standing.before.as_ref().map(before),
        tiers: if reported.is_some() { groups::by(users, |user| &user.tier) } else { Vec::new() },
        profiles: if several { groups::by(users, |user| &user.profile) } else { Vec::new() },
        groups: groups::groups(users, people),
        leaving_saves: text(Some(leaving).filter(|leaving: &Money| leaving.is_positive())),
        changes_from: standing.changes_from.to_string(),
        not_reported: standing.everybody.not_reported.into_iter().map(|of| user(of, people)).collect(),
        users: standing.everybody.users.into_iter().map(|of| user(of, people)).collect(),
        paid_twice: paid_twice.collect(),
        idle: idle.collect(),
        idle_by: standing.idle_by,
        saves: text(standing.everybody.saves.and_then(Total::known)),
        saves_at_least: standing.everybody.saves.is_some_and(Total::is_at_least),
        bill: standing.bill.map(bill),
        account: standing.account,
        unreadable: beside.unreadable,
    }
}
