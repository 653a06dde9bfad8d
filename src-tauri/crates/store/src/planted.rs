//! Faults that are planted to see whether the campaigns find them (`tests/campaigns/planted.rs`): each is named by the
//! environment, and there is none unless the crate is built for that.

/// A fault that can be planted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Fault {
    /// A write is said to be done before it is.
    AcknowledgedBeforeCommit,
    /// Nothing is asked to be on the disk.
    NotSynchronous,
    /// A write looks first and takes the writer's place later.
    DeferredWrite,
    /// A restore takes a copy as it lies there.
    UncheckedRestore,
    /// A copy is kept without a proof.
    UnprovedCopy,
}

impl Fault {
    /// Whether this one is planted.
    #[cfg(feature = "planted")]
    pub fn is_planted(self) -> bool {
        let name = match self {
            Self::AcknowledgedBeforeCommit => "acknowledged-before-commit",
            Self::NotSynchronous => "not-synchronous",
            Self::DeferredWrite => "deferred-write",
            Self::UncheckedRestore => "unchecked-restore",
            Self::UnprovedCopy => "unproved-copy",
        };
        let planted = std::env::var("HEADROOM_PLANTED").unwrap_or_default();
        // In those alone who are tried, and not in whoever tries them.
        match planted.strip_prefix("worker:") {
            Some(planted) => planted == name && std::env::args().nth(1).is_some_and(|word| word == "worker"),
            None => planted == name,
        }
    }

    /// None is, in what anybody uses.
    #[cfg(not(feature = "planted"))]
    #[expect(clippy::unused_self, reason = "built for the campaigns' own tests it is asked which")]
    pub const fn is_planted(self) -> bool {
        false
    }
}
