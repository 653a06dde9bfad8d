//! What an organisation's account is called.

use crate::answers::Kind as Name;
use crate::kinds::kind::Called;
use headroom_billing::{AccountKind, organisation};
use headroom_exact::say;

pub(super) static CALLED: Called = Called {
    name: Name::KiroEnterprise,
    stored: organisation::Organisation::NAME,
    new: say!("new-organisation"),
    title: say!("kind-kiro-organisation"),
};
