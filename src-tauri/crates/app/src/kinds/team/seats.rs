//! The receipt of a change of seats, from the engine's preview.

use super::charges::assumed;
use super::facts;
use crate::answers::{AccountNumber, ChargeRangeView, SeatChange, SeatReceipt, SeatRefusal, text};
use crate::error::{AppError, ErrorCode};
use crate::quoted::QuotedTeam;
use headroom_billing::RefusalReason;
use headroom_billing::team::{Event, Ledger, Preview, Request};
use headroom_exact::{Moment, say};
use headroom_store::Store;
use headroom_store::table::accounts::AccountId;

pub(super) const fn refusal(reason: RefusalReason) -> SeatRefusal {
    match reason {
        RefusalReason::MembersStillAssigned => SeatRefusal::MembersStillAssigned,
        RefusalReason::LastSeat => SeatRefusal::LastSeat,
        RefusalReason::Suspended => SeatRefusal::Suspended,
        RefusalReason::DataDeleted => SeatRefusal::DataDeleted,
        RefusalReason::Duplicate
        | RefusalReason::NotSubscribed
        | RefusalReason::PausedAtLimit
        | RefusalReason::InsufficientCredits
        | RefusalReason::AmountNotOffered
        | RefusalReason::OverageNotAvailable
        | RefusalReason::PacksNotAvailable
        | RefusalReason::AlreadyPaid
        | RefusalReason::AlreadyGranted
        | RefusalReason::PlanNotOffered
        | RefusalReason::AlreadyOnPlan
        | RefusalReason::CountryNotSupported
        | RefusalReason::NotAssigned
        | RefusalReason::AlreadyAMember
        | RefusalReason::NoFreeSeat
        | RefusalReason::PassAlreadyActive
        | RefusalReason::NoPass
        | RefusalReason::NotAMember => SeatRefusal::Other,
    }
}

/// What adding or removing seats would do now: the same preview as the contract's.
pub(crate) fn receipt(
    store: &Store,
    account: AccountNumber,
    change: SeatChange,
    now: Moment,
) -> Result<SeatReceipt, AppError> {
    let id = AccountId::from(account);
    let missing = || AppError::new(ErrorCode::FactsMissing, say!("team-facts-missing"));
    let (facts, _) = facts::newest(store, id)?.ok_or_else(missing)?;
    let team = QuotedTeam::leading(store, id, now)?.map_or_else(facts::nothing_told, |quoted| quoted.team);
    let ledger = facts.ledger_now(&team, now)?;
    let request = match change {
        SeatChange::Add(0) | SeatChange::Remove(0) => {
            return Err(AppError::input(say!("no-seats")));
        }
        SeatChange::Add(count) => Request::AddSeats(count),
        SeatChange::Remove(count) => Request::RemoveSeats(count),
    };
    let preview = Preview::on(&ledger, &request, now);
    let mut after = ledger.clone();
    after.apply(&Event { at: now, position: 0, action: request.action() });
    let next_lines = after.account.next_invoice().map(|invoice| invoice.lines).unwrap_or_default();
    let lines: Vec<_> =
        preview.charge_now.iter().flat_map(|charge| &charge.lines).chain(&next_lines).collect();
    let naming = facts.naming();
    let range = preview.charge_range.filter(|range| range.low != range.high);
    let next = |ledger: &Ledger| ledger.account.next_invoice().map(|invoice| naming.invoice(&invoice));
    Ok(SeatReceipt {
        at: now.to_string(),
        refused: preview.refused.map(refusal),
        effective_at: text(preview.effective_at),
        charge_now: preview.charge_now.as_ref().map(|invoice| naming.invoice(invoice)),
        charge_range: range
            .map(|range| ChargeRangeView { low: range.low.to_string(), high: range.high.to_string() }),
        seats_before: preview.before.seats.next_cycle,
        seats_after: preview.after.seats.next_cycle,
        next_before: next(&ledger),
        next_after: next(&after),
        notes: assumed(&facts.subscription()?, &lines),
    })
}
