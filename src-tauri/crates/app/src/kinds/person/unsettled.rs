//! What isn't known, or no source settles, of how one person's account stands.

use super::standing::Standing;
use crate::answers::AssumptionView;
use headroom_exact::{Saying, say};

/// Why it isn't known what is charged next; none where it is.
pub(super) fn next_charge_unknown(standing: &Standing) -> Option<Saying> {
    let undecided = standing.loaded.undecided.then(|| say!("left-undecided"));
    undecided.or_else(|| standing.loaded.price_unknown())
}

/// What no source settles of how the account stands: what went back to packs, and of its overage.
pub(super) fn assumptions(standing: &Standing) -> Vec<AssumptionView> {
    let gone_back = standing.ledger.account.gone_back_to_packs();
    let back = standing.current.credits.left_in_packs();
    let kept = standing.current.credits.left_in_packs_if_kept(gone_back);
    let rests = gone_back.is_positive() && standing.left().is_some();
    let packs = rests.then(|| AssumptionView::A2 { back: back.to_string(), kept: kept.to_string() });
    let of_overage = standing.current.assumptions.iter().copied().filter_map(AssumptionView::of_overage);
    packs.into_iter().chain(of_overage).collect()
}
