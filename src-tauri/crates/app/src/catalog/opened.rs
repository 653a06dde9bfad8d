//! The price lists that this process computes by, which are opened once.

use headroom_billing::Catalog;
use headroom_exact::Saying;
use std::sync::OnceLock;

/// What this process computes by; none where nothing was imported. Then the build's own is read when it is first needed:
/// what asks for no price needs none.
static OPENED: OnceLock<Option<Opened>> = OnceLock::new();

/// A catalogue that is in use.
#[derive(Clone, Debug)]
pub struct Opened {
    /// Its lists.
    pub catalog: &'static Catalog,
    /// Whether it was imported; else the build carries it.
    pub imported: bool,
    /// Why the imported one isn't used; none where it is, or there is none.
    pub problem: Option<Saying>,
}

impl Opened {
    pub(super) fn built_in(problem: Option<Saying>) -> Self {
        Self { catalog: Catalog::built_in(), imported: false, problem }
    }
}

/// Opens it, unless it is open.
pub(super) fn once(open: impl FnOnce() -> Option<Opened>) -> Option<&'static Opened> {
    OPENED.get_or_init(open).as_ref()
}

/// The price lists of this process.
pub fn in_use() -> &'static Catalog {
    OPENED.get().and_then(Option::as_ref).map_or_else(Catalog::built_in, |opened| opened.catalog)
}

/// The same with where they are from.
pub(crate) fn opened() -> Opened {
    OPENED.get().cloned().flatten().unwrap_or_else(|| Opened::built_in(None))
}
