//! Which assumptions the figures of a team rest on (`docs/assumptions.md`).

use super::Terms;
use crate::assumption::Assumption;
use crate::catalog::SeatPrice;
use crate::invoice::{Invoice, Line, LineKind};
use std::collections::BTreeSet;

impl Terms {
    /// What lines charge rests on, in order.
    pub fn assumptions(&self, seat_price: &SeatPrice, lines: &[&Line]) -> BTreeSet<Assumption> {
        let lines = || lines.iter().copied();
        let has = |kind: LineKind| lines().any(|line| line.kind == kind);
        let passes = || lines().filter(|line| line.kind == LineKind::Pass);
        let is_disputed = |line: &Line| {
            let offer = self.edition.pass.as_ref();
            line.charged_at.zip(offer).is_some_and(|(at, offer)| offer.is_fee_disputed_at(at))
        };
        [
            (has(LineKind::Fee), Assumption::FeeUnlessExempt),
            (has(LineKind::Seats) && seat_price.unconfirmed, Assumption::EnterpriseSeat),
            (!self.fee_exempt && passes().any(is_disputed), Assumption::PassFeeFrom),
            (passes().any(|line| line.time_share.is_some()), Assumption::PassForPartOfACycle),
            (passes().next().is_some() && seat_price.months > 1, Assumption::PassByTheYear),
            (lines().any(|line| line.automatic), Assumption::AutomaticTopUp),
        ]
        .into_iter()
        .filter_map(|(rests, assumption)| rests.then_some(assumption))
        .collect()
    }
}

/// What the figures of a team rest on: its invoices, whether it has a pass, and whether it buys credits by itself.
pub(super) fn of_team(
    (terms, seat_price): (&Terms, &SeatPrice),
    (has_pass, tops_up): (bool, bool),
    invoices: &[Option<&Invoice>],
) -> Vec<Assumption> {
    let lines: Vec<_> = invoices.iter().flatten().flat_map(|invoice| &invoice.lines).collect();
    let mut assumptions = terms.assumptions(seat_price, &lines);
    if has_pass {
        assumptions.insert(Assumption::PassCredits);
    }
    if tops_up {
        assumptions.insert(Assumption::AutomaticTopUp);
    }
    assumptions.into_iter().collect()
}
