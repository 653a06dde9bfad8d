//! The vendors: whoever can be asked about an account.
//!
//! What a vendor has to answer is [`vendor::Vendor`]; who they are is the one list below, and nobody else tells them
//! apart. [`schedule`] says when it is time,
//! [`refresh`] asks then and keeps what was read, [`switch`] turns the overage switch; a folder a
//! vendor knows how to ask it. Vendors and kinds of accounts meet in stored rows alone ([`crate::quoted`]).
//!
//! An answer goes from [`vendor::Vendor::ask`] through [`evidence`], which judges what it is worth (rules V), and
//! [`refresh`] into the store, and no other way.

pub(crate) mod asking;
pub(crate) mod evidence;
pub(crate) mod kilo;
pub(crate) mod kiro;
pub(crate) mod login;
pub(crate) mod pasted_key;
pub(crate) mod refresh;
pub(crate) mod schedule;
pub(crate) mod switch;
pub(crate) mod vendor;

use crate::account::kind_of;
use crate::answers::{Kind, Vendor as Name};
use crate::error::AppError;
use crate::vendors::asking::Around;
use crate::vendors::kilo::Kilo;
use crate::vendors::kiro::Kiro;
use crate::vendors::vendor::{Ask, Source, Vendor};
use headroom_store::Store;
use headroom_store::table::accounts::Account;

one_list! {
    /// Every vendor.
    ALL: dyn Vendor, by Name in named {
        Kiro => Kiro,
        Kilo => Kilo,
    }
}

/// Who is asked about accounts of a kind, and how.
pub(crate) fn asked(kind: Kind) -> Option<(&'static dyn Vendor, Ask)> {
    let of = |vendor: &&'static dyn Vendor| {
        let (_, ask) = vendor.asked_about().iter().find(|(of, _)| *of == kind)?;
        Some((*vendor, *ask))
    };
    ALL.iter().find_map(of)
}

/// Who is asked about an account; nobody about one whose figures are imported.
pub(crate) fn of(account: &Account) -> Result<Option<&'static dyn Vendor>, AppError> {
    Ok(asked(kind_of(account)?).map(|(vendor, _)| vendor))
}

/// What is kept under a name, if it is a vendor's.
pub(crate) fn source(name: &str) -> Option<&'static Source> {
    ALL.iter().flat_map(|vendor| vendor.sources()).find(|source| source.name == name)
}

/// The vendors for which a key was pasted.
pub(crate) fn with_pasted_key(store: &Store) -> Result<Vec<Name>, AppError> {
    let mut pasted = Vec::new();
    for vendor in ALL {
        if let Some(key) = vendor.pasted_key()
            && key.is_kept(store)?
        {
            pasted.push(vendor.name());
        }
    }
    Ok(pasted)
}

/// Forgets every key that was pasted, in the system's keyring too.
pub(crate) fn forget_keys(around: &Around<'_>) -> Result<(), AppError> {
    for key in ALL.iter().filter_map(|vendor| vendor.pasted_key()) {
        let kept = key.is_kept(&around.store())?;
        if kept {
            key.set(around, None)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use headroom_store::table::accounts::AccountId;
    use std::collections::BTreeSet;

    #[test]
    fn a_vendor_is_found_by_its_own_name() {
        for vendor in ALL {
            assert_eq!(named(vendor.name()).called(), vendor.called());
        }
    }

    #[test]
    fn no_two_vendors_share_what_is_theirs() {
        let settings: BTreeSet<_> = ALL.iter().map(|vendor| vendor.setting()).collect();
        assert_eq!(settings.len(), ALL.len(), "each is agreed to by itself");
        let sources: Vec<_> =
            ALL.iter().flat_map(|vendor| vendor.sources()).map(|source| source.name).collect();
        assert_eq!(
            sources.iter().collect::<BTreeSet<_>>().len(),
            sources.len(),
            "what is kept has one reader"
        );
        for kind in [Kind::KiroIndividual, Kind::KiroEnterprise, Kind::KiloTeams, Kind::KiloPersonal] {
            let asked =
                ALL.iter().filter(|vendor| vendor.asked_about().iter().any(|(of, _)| *of == kind)).count();
            assert!(asked <= 1, "{kind:?} is asked of one vendor at most");
        }
        let pages: BTreeSet<_> = ALL.iter().map(|vendor| vendor.account_page()).collect();
        assert_eq!(pages.len(), ALL.len(), "a link leads to its own vendor: {pages:?}");
    }

    #[test]
    fn whoever_is_not_in_the_list_is_not_asked_as_somebody_else() {
        let of_kind = |kind: &str| Account {
            id: AccountId(1),
            kind: kind.to_owned(),
            name: String::new(),
            sample: false,
            hidden: false,
            same_as: None,
        };
        let asked = |kind: Kind| of(&of_kind(kind.name())).expect("a kind").map(Vendor::name);
        assert_eq!(asked(Kind::KiroIndividual), Some(Name::Kiro));
        assert_eq!(asked(Kind::KiloTeams), Some(Name::Kilo));
        assert_eq!(asked(Kind::KiloPersonal), Some(Name::Kilo));
        assert_eq!(asked(Kind::KiroEnterprise), None, "its figures are imported");
        assert!(of(&of_kind("somebody-else")).is_err(), "nobody knows how that is billed");
    }

    #[test]
    fn each_vendor_that_is_asked_keeps_its_answers() {
        for vendor in ALL {
            assert!(vendor.sources().iter().any(|source| source.is_answer), "{}", vendor.called());
        }
    }
}
