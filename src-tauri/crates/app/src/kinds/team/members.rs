//! Everybody in a team with what they spent this month: who they are Kilo lists by name, what they spent by address.

use super::standing::KNOW_ALL;
use crate::answers::{MemberSeat, MemberView, SpendSource, text};
use crate::kinds::spending::Spent;
use chrono::NaiveDate;
use headroom_billing::Total;
use headroom_billing::shares::shares;
use headroom_exact::{Balance, Moment, Month};
use headroom_sources::observation::{SpendRow, TeamMember};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// By whom something was spent: an address in small letters; none where that isn't told.
type Spender = Option<String>;

/// Somebody in the team, or who spent of its credits without being in it.
pub(super) struct Person {
    member: Option<TeamMember>,
    spender: Spender,
    /// This month.
    spent: Total<Balance>,
    permille: u32,
    last_active: Option<NaiveDate>,
    /// Whether it is known who is in the team, by whom spending is told.
    is_sure: bool,
}

/// What the team spent lately, as it is joined with its members.
struct Lately<'r> {
    /// By who spent it, the rows of the days that are looked at.
    rows: BTreeMap<Spender, Vec<&'r SpendRow>>,
    /// Of what is known to be spent this month, in tenths of a percent.
    permille: BTreeMap<Spender, u32>,
    first_of_month: NaiveDate,
    /// Whether whoever isn't named spent nothing.
    tells_all: bool,
    /// Whether members' addresses were looked for in it.
    is_compared: bool,
    /// Whether more may have been spent than is told.
    is_part: bool,
}

impl<'r> Lately<'r> {
    fn of(spent: &'r Spent, now: Moment) -> Self {
        let month = Month::of(now);
        let mut rows: BTreeMap<Spender, Vec<&SpendRow>> = BTreeMap::new();
        for row in &spent.rows {
            rows.entry(row.user.as_deref().map(address)).or_default().push(row);
        }
        let of_month = spent.rows.iter().filter(|row| row.date >= month.first_date());
        let named: Vec<_> = of_month.map(|row| (row.user.as_deref().map(address), row.cost)).collect();
        let shares = shares(named.iter().map(|(spender, cost)| (spender, *cost)));
        Self {
            permille: shares.into_iter().map(|share| (share.whose.clone(), share.permille)).collect(),
            rows,
            first_of_month: month.first_date(),
            tells_all: KNOW_ALL.contains(&spent.source) && spent.until > month.start(),
            is_compared: spent.source == SpendSource::Everyone,
            is_part: spent.is_too_low(now) || spent.until < Moment::on(now.date(), 0),
        }
    }

    fn of_month(&self, spender: &Spender) -> impl Iterator<Item = &'r SpendRow> + use<'r> {
        let first = self.first_of_month;
        let rows = self.rows.get(spender).cloned().unwrap_or_default();
        rows.into_iter().filter(move |row| row.date >= first)
    }

    /// What somebody spent this month; not known of whom nothing is told, unless the source tells of everybody.
    fn spent(&self, spender: &Spender) -> Total<Balance> {
        let mut rows = self.of_month(spender).peekable();
        if rows.peek().is_none() && !self.tells_all {
            return Total::Unknown;
        }
        let known = Total::of_parts(rows.map(|row| row.cost));
        match known {
            Total::Whole(amount) => Total::of(amount, self.is_part),
            Total::AtLeast(_) | Total::Unknown => known,
        }
    }

    /// What whoever isn't named spent.
    fn nothing(&self) -> Total<Balance> {
        if self.tells_all { Total::of(Balance::ZERO, self.is_part) } else { Total::Unknown }
    }

    fn last_active(&self, spender: &Spender) -> Option<NaiveDate> {
        let rows = self.rows.get(spender)?;
        let asked = |row: &&&SpendRow| {
            row.requests.is_none_or(|requests| requests > 0) || row.cost.is_some_and(Balance::is_positive)
        };
        rows.iter().filter(asked).map(|row| row.date).max()
    }

    fn person(
        &self,
        member: Option<TeamMember>,
        spender: Spender,
        (is_sure, told_at): (bool, Option<Moment>),
    ) -> Person {
        // Whose address isn't known may have spent anything, unless it was looked for in vain.
        let is_told = member.is_none() || spender.is_some();
        let was_looked_for = self.is_compared && member.as_ref().is_some_and(|member| member.is_compared);
        let spent = if is_told {
            self.spent(&spender)
        } else if was_looked_for {
            self.nothing()
        } else {
            Total::Unknown
        };
        let of_a_day = member.as_ref().and_then(|member| member.spent_today);
        // Of an earlier month it says nothing of this one.
        let of_a_day =
            of_a_day.filter(|_| told_at.is_some_and(|told_at| told_at.date() >= self.first_of_month));
        let spent = at_least(spent, of_a_day);
        Person {
            permille: self.permille.get(&spender).copied().filter(|_| is_told).unwrap_or_default(),
            last_active: if is_told { self.last_active(&spender) } else { None },
            spent,
            // By nobody in particular is spent by nobody who isn't in the team.
            is_sure: is_sure && (member.is_some() || spender.is_some()),
            member,
            spender,
        }
    }
}

/// What is known to be spent in a month of which Kilo says elsewhere that so much was spent on one day: where that is more,
/// its two answers differ, and the month is that at least.
fn at_least(spent: Total<Balance>, of_a_day: Option<Balance>) -> Total<Balance> {
    match of_a_day.filter(|day| day.is_positive()) {
        Some(day) if spent.known().is_some_and(|month| day > month) => Total::AtLeast(day),
        _ => spent,
    }
}

/// An address as it is compared.
fn address(text: &str) -> String {
    text.trim().to_lowercase()
}

/// By what a member's spending is told: their address, which is their name where Kilo has no other.
fn spender(member: &TeamMember) -> Spender {
    let named = Some(&member.name).filter(|name| name.contains('@'));
    member.email.as_ref().or(named).map(|text| address(text))
}

/// Everybody, who spent the most first; of what isn't told nothing is known. The members are as told at a moment.
pub(super) fn everybody(
    (members, told_at): (&[TeamMember], Option<Moment>),
    spent: Option<&Spent>,
    now: Moment,
) -> Vec<Person> {
    let Some(lately) = spent.map(|spent| Lately::of(spent, now)) else {
        let unknown = |member: &TeamMember| Person {
            member: Some(member.clone()),
            spender: spender(member),
            spent: Total::Unknown,
            permille: 0,
            last_active: None,
            is_sure: false,
        };
        return members.iter().map(unknown).collect();
    };
    let is_known =
        |member: &TeamMember| spender(member).is_some() || member.is_compared && lately.is_compared;
    let is_sure = !members.is_empty() && members.iter().all(is_known);
    let person =
        |member: &TeamMember| lately.person(Some(member.clone()), spender(member), (is_sure, told_at));
    let mut people: Vec<_> = members.iter().map(person).collect();
    let is_member = |spender: &&Spender| {
        spender.is_some() && members.iter().any(|member| self::spender(member) == **spender)
    };
    let others = lately.rows.keys().filter(|spender| !is_member(spender));
    let others = others.filter(|spender| lately.of_month(spender).next().is_some());
    people.extend(others.map(|spender| lately.person(None, spender.clone(), (is_sure, told_at))));
    people.sort_by_key(|person| Reverse(person.spent.known()));
    people
}

impl Person {
    fn seat(&self) -> MemberSeat {
        let Some(member) = &self.member else {
            return if self.is_sure { MemberSeat::Left } else { MemberSeat::Unknown };
        };
        match member.role.as_str() {
            // Who looks after the bills takes no seat.
            "billing_manager" => MemberSeat::TakesNone,
            _ if member.invited => MemberSeat::Invited,
            _ => MemberSeat::Taken,
        }
    }

    /// Whether they sit on a seat and are known to have spent nothing this month.
    pub(super) fn is_idle(&self) -> bool {
        self.seat() == MemberSeat::Taken && self.spent == Total::Whole(Balance::ZERO)
    }

    /// As it is shown.
    pub(super) fn view(self) -> MemberView {
        let seat = self.seat();
        let Self { member, spender, spent, permille, last_active, is_sure: _ } = self;
        let of = member.as_ref();
        MemberView {
            name: of.map(|member| member.name.clone()).or(spender),
            email: of.and_then(|member| member.email.clone()),
            role: of.map(|member| member.role.clone()),
            seat,
            this_month: text(spent.known()),
            at_least: spent.is_at_least(),
            permille,
            last_active: text(last_active),
            daily_limit: text(of.and_then(|member| member.daily_limit)),
            spent_today: text(of.and_then(|member| member.spent_today)),
        }
    }
}
