//! The form about a team: what it offers.

use crate::answers::{SeatChoice, TeamForm, TeamPriceListChoice};
use crate::catalog;
use headroom_exact::Moment;

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
    });
    TeamForm { price_lists: price_lists.collect(), today: now.date().to_string() }
}
