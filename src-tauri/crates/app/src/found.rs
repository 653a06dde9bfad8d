//! What lies on this machine, of vendors and of what can be imported. Nothing of it is read for that.

use crate::answers::{Found, Vendor};
use crate::imports;
use crate::machine::paths::Paths;
use crate::vendors;

/// What was found, with the keys that were `pasted`.
pub(crate) fn on_this_machine(paths: &Paths, pasted: &[Vendor]) -> Found {
    let mut found = Found::default();
    for vendor in vendors::ALL {
        vendor.find(paths, pasted.contains(&vendor.name()), &mut found);
    }
    for import in imports::ALL {
        import.find(paths, &mut found);
    }
    found
}
