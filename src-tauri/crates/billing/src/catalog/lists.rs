//! Which price list a cycle goes by, and one order of the plans of all lists (N1, N2).

use super::{Catalog, CatalogError, Edition, PlanRank};
use headroom_exact::{Moment, Month, say};

/// What an account of Kiro is billed by: one list for all its cycles, or for each cycle the list that is in force at its
/// start (N1).
#[derive(Clone, Copy, Debug)]
pub enum Lists {
    /// One for all.
    Named(&'static Edition),
    /// Each cycle's own, of a catalogue.
    InForce(&'static Catalog),
}

impl Lists {
    /// How a scenario asks for each cycle's own.
    pub const IN_FORCE: &'static str = "in-force";

    /// The list of the cycle, a calendar month (K3), that a moment lies in.
    pub fn at(self, moment: Moment) -> &'static Edition {
        match self {
            Self::Named(edition) => edition,
            Self::InForce(catalog) => catalog.edition_in_force(Month::of(moment).start()),
        }
    }

    /// What names it in a scenario.
    pub fn id(self) -> &'static str {
        match self {
            Self::Named(edition) => &edition.list.id,
            Self::InForce(_) => Self::IN_FORCE,
        }
    }
}

/// Ranks the plans of all editions in one order, so that a plan is the same one in each list that has it, and checks that
/// the days in force go up and that nobody's plan ends with a list.
pub(super) fn put_in_order(editions: &mut [Edition]) -> Result<(), CatalogError> {
    let mut order: Vec<String> = Vec::new();
    for edition in editions.iter() {
        let mut next = 0_usize;
        for plan in &edition.plans {
            let known = order.iter().position(|id| *id == plan.id);
            if known.is_some_and(|place| place < next) {
                let place = format!("edition {}: {}", edition.list.id, plan.id);
                return Err(CatalogError::at(place, say!("catalog-plan-not-in-order")));
            }
            if known.is_none() {
                order.insert(next, plan.id.clone());
            }
            next = known.unwrap_or(next).saturating_add(1);
        }
    }
    for plan in editions.iter_mut().flat_map(|edition| &mut edition.plans) {
        let place = order.iter().position(|id| *id == plan.id).and_then(|place| u8::try_from(place).ok());
        let too_many = || CatalogError::at("editions", say!("catalog-too-many-plans"));
        plan.rank = PlanRank(place.ok_or_else(too_many)?);
    }
    let dated: Vec<_> = editions.iter().filter(|edition| edition.list.in_force_from.is_some()).collect();
    for pair in dated.windows(2) {
        let [before, after] = pair else { continue };
        let place = format!("edition {}", after.list.id);
        if after.list.in_force_from <= before.list.in_force_from {
            return Err(CatalogError::at(place + ": in_force_from", say!("catalog-not-after")));
        }
        if let Some(gone) = before.plans.iter().find(|plan| after.plan_named(&plan.id).is_none()) {
            return Err(CatalogError::at(place, say!("catalog-plan-gone", plan = &gone.id)));
        }
    }
    Ok(())
}
