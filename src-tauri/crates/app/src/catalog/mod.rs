//! The price lists that this process computes by: those that the build carries, or newer ones that were imported.
//!
//! An imported catalogue is kept as it came, signature and all, beside the data, and checked anew whenever it is opened:
//! whoever can change the file still can't change a price. The build's own is the floor: an older one, and one that can't
//! be used, gives way to it.
//!
//! A process opens its catalogue once, at its start, and keeps it: no answer is computed half by one and half by another.

mod opened;
pub mod signed;

pub(crate) use opened::opened;
pub use opened::{Opened, in_use};

use crate::answers::{CatalogCheck, CatalogList, CatalogView};
use crate::documents::words;
use crate::error::{AppError, ErrorCode};
use crate::machine::paths::Paths;
use crate::machine::save::save;
use headroom_billing::catalog::{CatalogError, PriceList};
use headroom_billing::{Catalog, Edition, Plan};
use headroom_exact::{Saying, say};
use headroom_sources::files::bounded::{self, FileError};
use signed::Key;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// The largest file, in bytes: several times what every list there ever was comes to.
const LARGEST: u64 = bounded::LARGEST_NOTE;

/// Opens this process's catalogue; `main` begins with it. The first call counts. What is to be said of it, if anything.
pub fn open_once(paths: &Paths) -> Option<Saying> {
    let open = || {
        let shelf = Shelf::of(paths);
        shelf.holds_any().then(|| shelf.open())
    };
    opened::once(open)?.problem.clone()
}

/// The plan that a vendor calls so, such as "KIRO PRO+" or "Kiro Pro Plus": letters alone count. Of the newest list that
/// has it; none for a plan that is in no list.
pub fn plan_titled(title: &str) -> Option<&'static Plan> {
    let wanted = of_kiro(title);
    let plans = in_use().editions().iter().rev().flat_map(Edition::plans);
    plans.into_iter().find(|plan| letters(&plan.name) == wanted || letters(&plan.id) == wanted)
}

/// What a plan of that id is called; the id itself where no list has it.
pub(crate) fn plan_name(id: &str) -> &str {
    plan_titled(id).map_or(id, |plan| plan.name.as_str())
}

/// Whether two names are of one plan, whether or not its vendor stands before it.
pub(crate) fn is_one_plan(one: &str, other: &str) -> bool {
    of_kiro(one) == of_kiro(other)
}

fn of_kiro(title: &str) -> String {
    let wanted = letters(title);
    wanted.strip_prefix("kiro").map(str::to_owned).unwrap_or(wanted)
}

/// A plan's name by its letters, a `+` as it is read.
fn letters(name: &str) -> String {
    let name = name.to_lowercase().replace('+', "plus");
    name.chars().filter(|letter| letter.is_alphanumeric()).collect()
}

/// Where an imported catalogue is kept, and by what its signature is checked.
#[derive(Clone, Debug)]
pub struct Shelf {
    kept: PathBuf,
    key: Option<Key>,
}

fn refused(path: &Path, reason: impl Into<Saying>) -> AppError {
    AppError::new(ErrorCode::Outside, say!("file-because", path, reason = reason.into()))
}

fn malformed(error: &CatalogError) -> Saying {
    say!("catalog-not-taken", reason = Saying::from(error))
}

impl Shelf {
    /// Beside the data, with the key of this build.
    pub fn of(paths: &Paths) -> Self {
        Self { kept: paths.catalog(), key: Key::of_this_build() }
    }

    /// The same with another key, or with none; for tests.
    #[must_use]
    pub fn with_key(self, key: Option<Key>) -> Self {
        Self { key, ..self }
    }

    /// Whether one was imported, or anything else lies there.
    fn holds_any(&self) -> bool {
        self.kept.symlink_metadata().map_or_else(|error| error.kind() != ErrorKind::NotFound, |_| true)
    }

    /// The imported catalogue if there is one that can be used, else the build's own.
    pub fn open(&self) -> Opened {
        let file = match bounded::read(&self.kept, LARGEST) {
            Ok(file) => file,
            Err(error) if error.is_missing() => return Opened::built_in(None),
            Err(error) => return Self::instead(error.into()),
        };
        let Some(key) = self.key else { return Self::instead(say!("catalog-no-key")) };
        let text = match signed::text(&file, key) {
            Ok(text) => text,
            Err(error) => return Self::instead(error.into()),
        };
        let catalog = match Catalog::parse(text) {
            Ok(catalog) => catalog,
            Err(error) => return Self::instead(malformed(&error)),
        };
        let built_in = Catalog::built_in();
        if catalog.serial <= built_in.serial {
            // A newer Headroom knows what it says, and more.
            return Opened::built_in(None);
        }
        match catalog.renews(built_in) {
            // It lives as long as the process, which opens one.
            Ok(()) => Opened { catalog: Box::leak(Box::new(catalog)), imported: true, problem: None },
            Err(error) => Self::instead(malformed(&error)),
        }
    }

    /// The build's own, because of something.
    fn instead(reason: Saying) -> Opened {
        let built_in = Catalog::built_in();
        let problem = say!("catalog-not-used", reason, serial = built_in.serial, date = built_in.issued_on);
        Opened::built_in(Some(problem))
    }

    /// Which catalogue is in use.
    pub fn view(&self) -> CatalogView {
        view(&self.open(), self.key.is_some())
    }

    /// What a file would bring, and whether it would be taken.
    ///
    /// # Errors
    ///
    /// Why it wouldn't: it can't be read, is too large, wrongly signed, malformed or not newer.
    pub fn check(&self, path: &Path) -> Result<CatalogCheck, AppError> {
        self.taken(path).map(|(_, check)| check)
    }

    /// Takes a file, from the next start on.
    ///
    /// # Errors
    ///
    /// The same, and where it can't be kept.
    pub fn import(&self, path: &Path) -> Result<CatalogCheck, AppError> {
        let (file, check) = self.taken(path)?;
        let folder = self.kept.parent().unwrap_or(Path::new("."));
        std::fs::create_dir_all(folder).map_err(|error| {
            AppError::new(
                ErrorCode::Outside,
                say!("not-written", path = folder, reason = Saying::from(error)),
            )
        })?;
        save(&self.kept, &file)?;
        Ok(check)
    }

    /// The file's bytes, which are those that were checked, and what it brings.
    fn taken(&self, path: &Path) -> Result<(Vec<u8>, CatalogCheck), AppError> {
        let key = self.key.ok_or_else(|| AppError::new(ErrorCode::Outside, say!("catalog-no-key")))?;
        let file = bounded::read(path, LARGEST).map_err(|error: FileError| refused(path, error))?;
        let text = signed::text(&file, key).map_err(|error| refused(path, error))?;
        let catalog = Catalog::parse(text).map_err(|error| refused(path, malformed(&error)))?;
        let current = self.open().catalog;
        catalog.renews(current).map_err(|error| refused(path, malformed(&error)))?;
        let is_new = |list: &&PriceList| current.price_lists().all(|known| known.id != list.id);
        let check = CatalogCheck {
            serial: catalog.serial,
            issued_on: catalog.issued_on.to_string(),
            instead_of: current.serial,
            instead_of_day: current.issued_on.to_string(),
            adds: catalog.price_lists().filter(is_new).map(list).collect(),
        };
        Ok((file, check))
    }
}

fn list(list: &PriceList) -> CatalogList {
    CatalogList {
        id: list.id.clone(),
        title: words::say(&list.title),
        in_force_from: list.in_force_from.map(|day| day.to_string()),
        checked_on: list.checked_on.to_string(),
    }
}

fn view(opened: &Opened, can_import: bool) -> CatalogView {
    CatalogView {
        serial: opened.catalog.serial,
        issued_on: opened.catalog.issued_on.to_string(),
        imported: opened.imported,
        problem: opened.problem.as_ref().map(words::say),
        can_import,
        lists: opened.catalog.price_lists().map(list).collect(),
    }
}

#[cfg(test)]
mod tests;
