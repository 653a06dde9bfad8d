//! A team: what Kilo says it has, how fast it is spent, what its seats cost next.

use crate::Headroom;
use crate::account::summary_of;
use crate::days::DAYS_SHOWN;
use crate::error::{AppError, ErrorCode};
use crate::quoted::{self, QuotedTeam, TOLD, Told};
use crate::reported::{self, KILO_EVERYONE, KILO_EXPORT, KILO_MACHINE, KILO_OWN};
use crate::team_facts::TeamFacts;
use crate::unreadable;
use crate::vendors::refresh;
use crate::views::{
    AccountNumber, BurnView, ChargeRangeView, DunningView, ExpiringView, MachineView, MemberView, SeatChange,
    SeatReceipt, SeatRefusal, SeatsView, SpendDay, SpendShare, SpendSource, SpendView, TeamView, text,
};
use chrono::{Days, NaiveDate};
use headroom_billing::advice::Part;
use headroom_billing::catalog::TeamEdition;
use headroom_billing::shares::{Share, shares};
use headroom_billing::team::{
    Action, Event, Ledger, Outlook, Preview, Request, Spending, ToldBalance, UnusedSeats, unused_seats,
};
use headroom_billing::total::known_sum;
use headroom_billing::{AccountKind, Catalog, RefusalReason, Total};
use headroom_exact::{Balance, Moment, Month};
use headroom_sources::observation::{SpendRow, TeamSnapshot};
use headroom_store::Store;
use headroom_store::table::accounts::AccountId;
use std::collections::BTreeMap;

/// What was spent, by the source that knows most of it.
struct Spent {
    source: SpendSource,
    rows: Vec<SpendRow>,
    last_day: Option<NaiveDate>,
    /// Up to when the source knows: what came later is not known, and not nothing.
    until: Moment,
    cut: bool,
}

/// The service knows the whole team, if it tells; an export is of the time it was made; this machine is a part.
fn spent(store: &Store, id: AccountId, from: NaiveDate, to: NaiveDate) -> Result<Option<Spent>, AppError> {
    let told = quoted::newest::<Told>(store, id, TOLD, None)?.readable;
    let read = |source, name, until: Option<Moment>, cut| {
        let last_day = store.last_reported_day(id, name)?;
        let end_of_day = |day| Moment::on(day, 0).plus_days(1);
        let Some(until) = until.or(last_day.filter(|day| *day >= from).map(end_of_day)) else {
            return Ok(None);
        };
        let rows = reported::spend(store, id, name, from, to)?;
        Ok::<_, AppError>(Some(Spent { source, rows, last_day, until, cut }))
    };
    // What the login's role may not see any more isn't renewed, and is no source.
    if let Some((at, Told { everyone: true, cut })) = &told {
        return read(SpendSource::Everyone, KILO_EVERYONE, Some(*at), *cut);
    }
    if let Some(export) = read(SpendSource::Export, KILO_EXPORT, None, false)? {
        return Ok(Some(export));
    }
    match told {
        Some((at, _)) => read(SpendSource::OwnOnly, KILO_OWN, Some(at), false),
        None => read(SpendSource::Machine, KILO_MACHINE, None, false),
    }
}

/// The rows of what was spent on these days, by the source that knows most of it.
pub(crate) fn spent_rows(
    store: &Store,
    id: AccountId,
    from: NaiveDate,
    to: NaiveDate,
) -> Result<Option<(SpendSource, Vec<SpendRow>)>, AppError> {
    Ok(spent(store, id, from, to)?.map(|spent| (spent.source, spent.rows)))
}

fn sum<'r>(rows: impl Iterator<Item = &'r SpendRow>) -> Balance {
    known_sum(rows.map(|row| row.cost))
}

/// Both counts, unless one is unknown.
fn requests<'r>(mut rows: impl Iterator<Item = &'r SpendRow>) -> Option<u64> {
    rows.try_fold(0_u64, |sum, row| sum.checked_add(row.requests?))
}

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

fn spend_view(spent: &Spent, first_day: NaiveDate, now: Moment) -> SpendView {
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

/// What the whole team spent from the first day shown that anything is known of. One's own part says nothing of the
/// team's balance, nor do sums that something is missing in.
fn spending(spent: &Spent) -> Option<Spending> {
    let whole_team = matches!(spent.source, SpendSource::Everyone | SpendSource::Export);
    let first_day = spent.rows.iter().map(|row| row.date).min()?;
    let sum = Total::of_parts(spent.rows.iter().map(|row| row.cost));
    (whole_team && !spent.cut).then_some(Spending { spent: sum, first_day, until: spent.until })
}

fn told_balance(quoted: &QuotedTeam) -> Option<ToldBalance> {
    let blocks = quoted.team.blocks.iter().flatten();
    let parts = blocks.map(|block| Part { left: block.left, expires_at: block.expires_at }).collect();
    Some(ToldBalance { at: quoted.at, balance: quoted.team.balance?, parts })
}

fn burn_view(
    spent: &Spent,
    quoted: Option<&QuotedTeam>,
    edition: &TeamEdition,
    now: Moment,
) -> Option<BurnView> {
    let told = quoted.and_then(told_balance);
    let outlook = Outlook::on(&spending(spent)?, told.as_ref(), &edition.credits, now)?;
    Some(BurnView {
        a_day: outlook.a_day.to_string(),
        days_seen: outlook.days_seen,
        run_out_at: text(outlook.run_out_at),
        days_left: outlook.days_left,
        top_up: text(outlook.top_up),
    })
}

fn seats(team: &TeamSnapshot, facts: Option<&TeamFacts>) -> Result<Option<SeatsView>, AppError> {
    let Some(paid) = team.seats.or(facts.map(|facts| facts.seats)) else { return Ok(None) };
    let unused = team.seats_taken.map_or(0, |taken| unused_seats(paid, taken));
    let price = facts.map(TeamFacts::seat).transpose()?;
    let saves = price.and_then(|price| UnusedSeats::of(unused, price)).map(|unused| unused.saves);
    Ok(Some(SeatsView { paid, taken: team.seats_taken, unused, saves: text(saves) }))
}

/// A team that nothing was ever said of.
const fn nothing_told() -> TeamSnapshot {
    TeamSnapshot {
        name: String::new(),
        plan: None,
        balance: None,
        seats: None,
        seats_taken: None,
        auto_top_up: None,
        blocks: None,
        purchases: None,
        members: Vec::new(),
    }
}

/// The team by its facts, with the seats that Kilo says.
fn ledger(facts: &TeamFacts, team: &TeamSnapshot, now: Moment) -> Result<Ledger, AppError> {
    facts.ledger(team.seats.unwrap_or(facts.seats), team.seats_taken.unwrap_or(0), now)
}

/// What a payment that failed leads to (T5).
fn dunning(ledger: &Ledger, now: Moment) -> Option<DunningView> {
    let current = ledger.account.current(now);
    let (grace_ends_at, data_deleted_at) = current.grace_ends_at.zip(current.data_deleted_at)?;
    Some(DunningView {
        status: current.status,
        grace_ends_at: grace_ends_at.to_string(),
        data_deleted_at: data_deleted_at.to_string(),
    })
}

const fn seat_refusal(reason: RefusalReason) -> SeatRefusal {
    match reason {
        RefusalReason::MembersStillAssigned => SeatRefusal::MembersStillAssigned,
        RefusalReason::LastSeat => SeatRefusal::LastSeat,
        RefusalReason::Suspended => SeatRefusal::Suspended,
        RefusalReason::DataDeleted => SeatRefusal::DataDeleted,
        _ => SeatRefusal::Other,
    }
}

fn machine(store: &Store, id: AccountId, now: Moment) -> Result<Option<MachineView>, AppError> {
    let last_day = store.last_reported_day(id, KILO_MACHINE)?;
    let rows = reported::spend(store, id, KILO_MACHINE, Month::of(now).first_date(), now.date())?;
    Ok(last_day
        .map(|day| MachineView { this_month: sum(rows.iter()).to_string(), last_day: Some(day.to_string()) }))
}

impl Headroom {
    /// How a team stands now.
    pub(crate) fn team_of(store: &Store, number: AccountNumber, now: Moment) -> Result<TeamView, AppError> {
        let id = AccountId::from(number);
        let account = Self::account(store, id)?;
        let facts = Self::team_facts(store, id)?;
        let quoted = QuotedTeam::newest(store, id, None)?.0;
        let nothing = nothing_told();
        let team = quoted.as_ref().map_or(&nothing, |quoted| &quoted.team);
        let today = now.date();
        let first_day = today.checked_sub_days(Days::new(DAYS_SHOWN.saturating_sub(1))).unwrap_or(today);
        // The month's first day can be earlier than the days shown by one.
        let from = first_day.min(Month::of(now).first_date());
        let spent = spent(store, id, from, today)?;
        let edition = facts.as_ref().map(TeamFacts::edition).transpose()?;
        let edition = edition.unwrap_or_else(|| Catalog::built_in().default_team_edition());
        let ledger = facts.as_ref().map(|facts| ledger(facts, team, now)).transpose()?;
        let charge = facts.as_ref().zip(ledger.as_ref()).and_then(|(facts, ledger)| {
            let invoice = ledger.account.next_invoice()?;
            Some((ledger.account.current(now).cycle.end, facts.naming().invoice(&invoice)))
        });
        let mut expiring: Vec<_> = team
            .blocks
            .iter()
            .flatten()
            .filter_map(|block| Some((block.expires_at.filter(|end| *end > now)?, block)))
            .collect();
        expiring.sort_by_key(|(end, _)| *end);
        let (next_charge_at, next_charge) = charge.unzip();
        Ok(TeamView {
            account: summary_of(store, &account, now)?,
            unreadable: unreadable::of(store, &account)?,
            as_of: now.to_string(),
            plan: team.plan.clone(),
            balance: text(team.balance),
            balance_at: text(quoted.as_ref().map(|quoted| quoted.at)),
            expiring: expiring
                .into_iter()
                .map(|(end, block)| ExpiringView {
                    left: block.left.to_string(),
                    at: end.to_string(),
                    free: block.free,
                })
                .collect(),
            auto_top_up: team.auto_top_up,
            burn: spent.as_ref().and_then(|spent| burn_view(spent, quoted.as_ref(), edition, now)),
            spend: spent.as_ref().map(|spent| spend_view(spent, first_day, now)),
            seats: seats(team, facts.as_ref())?,
            members: team
                .members
                .iter()
                .map(|member| MemberView {
                    name: member.name.clone(),
                    role: member.role.clone(),
                    invited: member.invited,
                    daily_limit: text(member.daily_limit),
                    spent_today: text(member.spent_today),
                })
                .collect(),
            next_charge,
            next_charge_at: text(next_charge_at),
            dunning: ledger.as_ref().and_then(|ledger| dunning(ledger, now)),
            machine: machine(store, id, now)?,
            refresh: refresh::view(store, id, now, false)?,
        })
    }

    /// What adding or removing seats would do now: the same preview as the contract's.
    pub fn seat_receipt(&self, account: AccountNumber, change: SeatChange) -> Result<SeatReceipt, AppError> {
        let now = self.now();
        let id = AccountId::from(account);
        let missing =
            || AppError::new(ErrorCode::FactsMissing, "Say when the team began and what a seat costs.");
        let (facts, quoted) =
            self.read(|store| Ok((Self::team_facts(store, id)?, QuotedTeam::newest(store, id, None)?.0)))?;
        let facts = facts.ok_or_else(missing)?;
        let team = quoted.map_or_else(nothing_told, |quoted| quoted.team);
        let ledger = ledger(&facts, &team, now)?;
        let (request, action) = match change {
            SeatChange::Add(0) | SeatChange::Remove(0) => {
                return Err(AppError::input("Seats: say how many, one at least."));
            }
            SeatChange::Add(count) => (Request::AddSeats(count), Action::AddSeats(count)),
            SeatChange::Remove(count) => (Request::RemoveSeats(count), Action::RemoveSeats(count)),
        };
        let preview = Preview::on(&ledger, request, now);
        let mut after = ledger.clone();
        after.apply(&Event { at: now, position: 0, action });
        let naming = facts.naming();
        let range = preview.charge_range.filter(|range| range.low != range.high);
        let next = |ledger: &Ledger| ledger.account.next_invoice().map(|invoice| naming.invoice(&invoice));
        Ok(SeatReceipt {
            at: now.to_string(),
            refused: preview.refused.map(seat_refusal),
            effective_at: text(preview.effective_at),
            charge_now: preview.charge_now.as_ref().map(|invoice| naming.invoice(invoice)),
            charge_range: range
                .map(|range| ChargeRangeView { low: range.low.to_string(), high: range.high.to_string() }),
            seats_before: preview.before.seats.next_cycle,
            seats_after: preview.after.seats.next_cycle,
            next_before: next(&ledger),
            next_after: next(&after),
        })
    }
}
