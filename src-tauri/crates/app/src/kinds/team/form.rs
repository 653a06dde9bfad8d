//! The form about a team: what it offers.

use crate::answers::{PassChoice, SeatChoice, TeamForm, TeamPriceListChoice};
use crate::catalog;
use headroom_billing::catalog::TopUpOffer;
use headroom_exact::{Decimal, Moment};

/// Everything it offers.
pub(crate) fn form(now: Moment) -> TeamForm {
    let price_lists = catalog::in_use().team_editions().iter().map(|edition| TeamPriceListChoice {
        id: edition.list.id.clone(),
        title: edition.list.title.clone(),
        seats: edition
            .seats()
            .iter()
            .map(|seat| SeatChoice {
                id: seat.id.clone(),
                name: seat.name.clone(),
                price: seat.price.to_string(),
                months: seat.months,
            })
            .collect(),
        passes: edition
            .pass
            .iter()
            .flat_map(|offer| &offer.tiers)
            .map(|tier| PassChoice {
                id: tier.id.clone(),
                name: tier.name.clone(),
                price: tier.terms.price.to_string(),
                bonus: tier.terms.bonus.to_string(),
            })
            .collect(),
        top_ups: edition.top_up.iter().flat_map(TopUpOffer::amounts).map(ToString::to_string).collect(),
        has_fee: edition.credits.fee != Decimal::ZERO,
    });
    TeamForm { price_lists: price_lists.collect(), today: now.date().to_string() }
}
