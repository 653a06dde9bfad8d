//! What several threads share.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// It, for this thread alone.
pub(crate) fn locked<T>(shared: &Mutex<T>) -> MutexGuard<'_, T> {
    // A panic elsewhere can't leave the store half written: writes are transactions.
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}
