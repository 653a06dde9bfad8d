//! A team as one of the ways of billing: which of its events does what.

use super::{Action, Current, Status, Team, Terms};
use crate::invoice::Invoice;
use crate::refusal::RefusalReason;
use crate::timeline::AccountKind;
use headroom_exact::{Moment, Period};

impl AccountKind for Team {
    const NAME: &'static str = "kilo-teams";
    const OPENING: Option<&'static str> = Some("start_team");
    type Terms = Terms;
    type Action<'a> = Action<'a>;
    type ClosedCycle = Period;
    type Current = Current;

    fn is_opening(action: &Action<'_>) -> bool {
        matches!(action, Action::StartTeam { .. })
    }

    fn usage_id<'e>(action: &'e Action<'_>) -> Option<&'e str> {
        match action {
            Action::Usage { id, .. } => id.as_deref(),
            Action::StartTeam { .. }
            | Action::AddSeats(_)
            | Action::RemoveSeats(_)
            | Action::AddMember(_)
            | Action::RemoveMember(_)
            | Action::BuyCredits(_)
            | Action::StartPass(_)
            | Action::CancelPass
            | Action::ResumePass
            | Action::SetAutoTopUp(_)
            | Action::PaymentFailed
            | Action::PaymentSucceeded => None,
        }
    }

    fn open(terms: Terms, at: Moment, first: &Action<'_>) -> Self {
        let Action::StartTeam { seats, seat_price, payment_method } = first else {
            // The fold lets nothing else be first.
            return Self::begin(terms, at, 1, terms.edition.default_seat(), None);
        };
        Self::begin(terms, at, *seats, seat_price, payment_method.as_deref())
    }

    fn cycle(&self) -> Period {
        self.running_cycle()
    }

    fn close_cycle(&mut self) -> (Period, Option<Invoice>) {
        self.close_billing_cycle()
    }

    fn is_closed_at(&self, at: Moment) -> bool {
        self.status_at(at) == Status::DataDeleted
    }

    fn judge(&mut self, action: &Action<'_>, at: Moment) -> Result<Option<Invoice>, RefusalReason> {
        let needs_service = matches!(
            action,
            Action::Usage { .. }
                | Action::BuyCredits(_)
                | Action::AddSeats(_)
                | Action::AddMember(_)
                | Action::StartPass(_)
                | Action::SetAutoTopUp(Some(_))
        );
        self.turn_to(at);
        if needs_service && self.status_at(at) == Status::Suspended {
            return Err(RefusalReason::Suspended);
        }
        match action {
            // The team begins with it, and the fold lets one through.
            Action::StartTeam { .. } => {}
            Action::AddSeats(count) => self.add_seats(*count, at),
            Action::RemoveSeats(count) => self.remove_seats(*count)?,
            Action::AddMember(member) => self.add_member(member)?,
            Action::RemoveMember(member) => self.remove_member(member)?,
            Action::BuyCredits(amount) => self.buy_credits(*amount, at)?,
            Action::Usage { rate, input_tokens, output_tokens, .. } => {
                self.serve(rate, (*input_tokens, *output_tokens), at)?;
            }
            Action::StartPass(terms) => self.start_pass(terms, at)?,
            Action::CancelPass => self.cancel_pass()?,
            Action::ResumePass => self.resume_pass()?,
            Action::SetAutoTopUp(amount) => self.set_auto_top_up(*amount, at)?,
            Action::PaymentFailed => self.payment_failed(at),
            Action::PaymentSucceeded => self.payment_succeeded(),
        }
        // Everything is charged when it happens and invoiced when the cycle ends (T4).
        Ok(None)
    }

    fn current(&self, moment: Moment) -> Current {
        self.standing(moment)
    }
}
