//! The first view of a team, written from how it stands.

use super::spending::{Spent, requests, sum};
use super::standing::{Dunning, Expiring, Machine, Seats, Standing};
use super::told::{RunningPass, TopUp};
use crate::answers::{
    BurnView, DunningView, ExpiringView, MachineView, MemberView, PassMonthView, PassView, SeatsView,
    SpendDay, SpendShare, SpendView, TeamView, TopUpView, TopUpsView, pass_name, text,
};
use crate::days::DAYS_SHOWN;
use crate::kinds::kind::Beside;
use chrono::{Days, NaiveDate};
use headroom_billing::shares::{Share, shares};
use headroom_billing::team::{Outlook, TopUps};
use headroom_exact::{Moment, Month};
use headroom_sources::observation::{SpendRow, TeamMember, TeamSnapshot};
use std::collections::BTreeMap;

fn shares_by<'r>(
    rows: &[&'r SpendRow],
    name: impl Fn(&'r SpendRow) -> Option<&'r String>,
) -> Vec<SpendShare> {
    let mut of: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for row in rows {
        of.entry(name(row)).or_default().push(*row);
    }
    let share = |share: Share<Option<&String>>| SpendShare {
        name: share.whose.cloned(),
        amount: share.amount.to_string(),
        permille: share.permille,
        requests: of.get(&share.whose).and_then(|rows| requests(rows.iter().copied())),
    };
    shares(rows.iter().map(|row| (name(row), row.cost))).into_iter().map(share).collect()
}

fn spend(spent: &Spent, first_day: NaiveDate, now: Moment) -> SpendView {
    let today = now.date();
    let rows = &spent.rows;
    let shown: Vec<_> = rows.iter().filter(|row| row.date >= first_day).collect();
    let month = Month::of(now).first_date();
    // A day without a row is a day without spending only as far as the source reaches.
    let last_known = spent.until.plus_seconds(-1).date();
    let first_known = rows.iter().map(|row| row.date).min();
    let day = |date: NaiveDate| {
        let of_day = || rows.iter().filter(|row| row.date == date);
        let known = first_known.is_some_and(|first| date >= first)
            && date <= last_known
            && of_day().all(|row| row.cost.is_some());
        SpendDay {
            date: date.to_string(),
            amount: known.then(|| sum(of_day()).to_string()),
            requests: known.then(|| requests(of_day())).flatten(),
        }
    };
    let dates = (0..DAYS_SHOWN).rev().filter_map(|back| today.checked_sub_days(Days::new(back)));
    let has_users = rows.iter().any(|row| row.user.is_some());
    SpendView {
        source: spent.source,
        last_day: text(spent.last_day),
        this_month: sum(rows.iter().filter(|row| row.date >= month)).to_string(),
        in_days: sum(shown.iter().copied()).to_string(),
        days: dates.map(day).collect(),
        by_model: shares_by(&shown, |row| row.model.as_ref()),
        by_user: if has_users { shares_by(&shown, |row| row.user.as_ref()) } else { Vec::new() },
        cut: spent.cut,
        unknown: u32::try_from(rows.iter().filter(|row| row.cost.is_none()).count()).unwrap_or(u32::MAX),
    }
}

fn burn(outlook: &Outlook) -> BurnView {
    BurnView {
        a_day: outlook.a_day.to_string(),
        days_seen: outlook.days_seen,
        run_out_at: text(outlook.run_out_at),
        days_left: outlook.days_left,
        top_up: text(outlook.top_up),
        automatic: outlook.automatic.as_ref().map(top_ups),
    }
}

fn top_ups(top_ups: &TopUps) -> TopUpsView {
    let TopUps { amount, charge, first_at, more, until, charges } = *top_ups;
    TopUpsView {
        amount: amount.to_string(),
        charge: charge.to_string(),
        first_at: first_at.to_string(),
        more,
        until: until.to_string(),
        charges: charges.to_string(),
    }
}

fn pass(pass: &RunningPass, team: &TeamSnapshot, seats: Option<&Seats>) -> PassView {
    let told = team.pass.as_ref();
    let agreement = told.and_then(|told| told.agreement.as_ref());
    PassView {
        name: pass_name(&pass.terms.tier),
        stated: agreement.is_none(),
        passes: agreement.map_or_else(|| seats.map(|seats| seats.paid), |agreement| agreement.passes),
        price: pass.terms.price.to_string(),
        ends: pass.ends,
        paid_through: text(agreement.and_then(|agreement| agreement.paid_through)),
        month: told.and_then(|told| told.month.as_ref()).map(|month| PassMonthView {
            ends_at: month.ends_at.to_string(),
            base: month.base.to_string(),
            bonus: month.bonus.to_string(),
            unlocked: month.unlocked.to_string(),
            spent: month.spent.to_string(),
            target: month.target.to_string(),
        }),
    }
}

fn top_up(top_up: TopUp, team: &TeamSnapshot) -> Option<TopUpView> {
    Some(TopUpView {
        amount: top_up.amount?.to_string(),
        threshold: top_up.threshold?.to_string(),
        stated: team.top_up_amount.is_none(),
    })
}

fn expiring(expiring: &Expiring) -> ExpiringView {
    let Expiring { left, at, free } = *expiring;
    ExpiringView { left: left.to_string(), at: at.to_string(), free }
}

fn seats(seats: &Seats) -> SeatsView {
    let Seats { paid, taken, unused, saves } = *seats;
    SeatsView { paid, taken, unused, saves: text(saves) }
}

fn member(member: TeamMember) -> MemberView {
    MemberView {
        name: member.name,
        role: member.role,
        invited: member.invited,
        daily_limit: text(member.daily_limit),
        spent_today: text(member.spent_today),
    }
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

fn machine(machine: &Machine) -> MachineView {
    MachineView { this_month: machine.this_month.to_string(), last_day: Some(machine.last_day.to_string()) }
}

/// With what is to be known beside it.
pub(super) fn team(standing: Standing, beside: Beside) -> TeamView {
    let now = standing.as_of;
    let charge = standing.next_charge.map(|next| (next.at.to_string(), next.naming.invoice(&next.invoice)));
    let (next_charge_at, next_charge) = charge.unzip();
    let team = standing.team;
    let top_up = top_up(standing.top_up, &team);
    let pass = standing.pass.as_ref().map(|running| pass(running, &team, standing.seats.as_ref()));
    TeamView {
        account: standing.account,
        unreadable: beside.unreadable,
        as_of: now.to_string(),
        plan: team.plan,
        balance: text(team.balance),
        balance_at: text(standing.said_at),
        expiring: standing.expiring.iter().map(expiring).collect(),
        auto_top_up: standing.top_up.on,
        top_up,
        pass,
        burn: standing.outlook.as_ref().map(burn),
        spend: standing.spent.as_ref().map(|spent| spend(spent, standing.first_day, now)),
        seats: standing.seats.as_ref().map(seats),
        members: team.members.into_iter().map(member).collect(),
        next_charge,
        next_charge_at,
        notes: standing.notes,
        dunning: standing.dunning.as_ref().map(dunning),
        machine: standing.machine.as_ref().map(machine),
        refresh: beside.refresh,
    }
}
