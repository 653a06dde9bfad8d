//! The first view of an organisation, written from how it stands.

use super::groups;
use super::month::LeftOut;
use super::standing::{Billed, Standing};
use super::users::User;
use crate::answers::{
    BillPartView, BillView, BilledTwice, IdleLicence, OrganisationSource, OrganisationUser, OrganisationView,
    UserRisk, span, text,
};
use crate::identities::People;
use crate::kinds::kind::Beside;
use headroom_billing::Total;
use headroom_billing::organisation::Risk;

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
        billed: text(user.billed),
        risk: user.risk.map(risk),
        runs_out_on: text(user.runs_out_on),
        cheaper_tier,
        saves: text(saves),
    }
}

fn bill(bill: Billed) -> BillView {
    let parts = bill.parts.into_iter();
    BillView {
        month: bill.month.format("%Y-%m").to_string(),
        total: bill.before_tax.to_string(),
        parts: parts.map(|(kind, amount)| BillPartView { kind, amount: amount.to_string() }).collect(),
        tax: bill.tax.to_string(),
        computed: text(bill.computed.known()),
        computed_at_least: bill.computed.is_at_least(),
        payers: bill.payers,
        difference: bill.difference,
        notes: bill.notes,
        users: count(bill.users),
    }
}

/// Of everything that its reports and bills say.
pub(super) fn organisation(standing: Standing, beside: Beside) -> OrganisationView {
    let reported = standing.reported.as_ref();
    let so_far = reported.map(|reported| reported.month_to_date);
    let used = reported.map(|reported| reported.used);
    let left_out = reported.map(|reported| &reported.left_out);
    let period = standing.month.period();
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
        as_of: standing.as_of.to_string(),
        month: span(period.start, period.end),
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
        groups: groups::groups(&standing.everybody.users, people),
        users: standing.everybody.users.into_iter().map(|of| user(of, people)).collect(),
        paid_twice: paid_twice.collect(),
        idle: idle.collect(),
        saves: text(standing.everybody.saves),
        bill: standing.bill.map(bill),
        account: standing.account,
        unreadable: beside.unreadable,
    }
}
