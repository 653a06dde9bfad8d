//! Plans compared by days and changes that are only supposed. What is asked about stays loaded between two questions.

mod answer;
mod base;
mod receipt;
mod scenario_file;

pub(crate) use base::Base;

use crate::answers::AccountNumber;
use crate::error::AppError;
use crate::machine::locked::locked;
use headroom_exact::{Moment, say};
use headroom_store::{Revision, Store};
use std::path::Path;
use std::sync::{Arc, Mutex};

/// While somebody drags, the account is not loaded anew for every question.
const FRESH: i64 = 30;

/// What is kept between two questions.
#[derive(Default)]
pub(crate) struct Supposing {
    known: Mutex<Option<(i64, Revision, Arc<Base>)>>,
    opened: Mutex<Option<Arc<Base>>>,
}

impl Supposing {
    pub(crate) fn base_of(
        &self,
        store: &Store,
        account: AccountNumber,
        now: Moment,
    ) -> Result<Arc<Base>, AppError> {
        let revision = store.revision()?;
        let mut known = locked(&self.known);
        if let Some((id, of, base)) = &*known
            && *id == account.0
            && *of == revision
            && (0..FRESH).contains(&now.seconds_since(base.at))
            && base.at.date() == now.date()
        {
            return Ok(Arc::clone(base));
        }
        let base = Arc::new(Base::load(store, account.into(), now)?);
        *known = Some((account.0, revision, Arc::clone(&base)));
        Ok(base)
    }

    /// What was opened last from a file.
    pub(crate) fn opened(&self) -> Result<Arc<Base>, AppError> {
        let open = locked(&self.opened).clone();
        open.ok_or_else(|| AppError::input(say!("scenario-closed")))
    }

    /// Opens a scenario file of one person, to suppose things of it as of its own moment.
    pub(crate) fn open(&self, path: &Path) -> Result<(), AppError> {
        *locked(&self.opened) = Some(Arc::new(scenario_file::read(path)?));
        Ok(())
    }
}
