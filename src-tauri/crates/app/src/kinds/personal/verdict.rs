//! What somebody's own account at Kilo comes to, in a sentence: until when its credits last, and what is charged next.

use super::standing::Standing;
use crate::answers::{Act, Judgement, VerdictView};
use crate::kinds::kind;
use crate::kinds::left::{not_known, until};
use headroom_billing::personal::{NextCharge, PassState};
use headroom_exact::{Saying, say};

pub(super) fn of(standing: &Standing, too_old: Option<&Saying>) -> VerdictView {
    lasts(standing, too_old).because(next(standing))
}

fn lasts(standing: &Standing, too_old: Option<&Saying>) -> VerdictView {
    if standing.pass_state() == Some(PassState::Fails) {
        let failed = VerdictView::new(Judgement::Bad, say!("verdict-pass-fails"));
        return failed.doing(Act::OpenVendor, say!("act-pay-kilo"));
    }
    let Some((_, balance)) = standing.balance else {
        return not_known(standing.quoted.left().is_some());
    };
    if let Some(why) = too_old {
        return VerdictView::new(Judgement::Unknown, say!("verdict-too-old")).because([why.clone()]);
    }
    let is_topped_up = standing.is_topped_up == Some(true);
    let not_known = (say!("own-spending-unknown"), standing.as_of);
    until((balance, &standing.notes), standing.outlook.as_ref(), is_topped_up, not_known)
}

/// What Kilo Pass charges next, where that is known.
fn next(standing: &Standing) -> Option<Saying> {
    match &standing.next_charge {
        NextCharge::Charge { .. } | NextCharge::AmountUnknown(_) => {
            kind::Standing::charged_next(standing).said()
        }
        NextCharge::Nothing | NextCharge::Unknown => None,
    }
}
