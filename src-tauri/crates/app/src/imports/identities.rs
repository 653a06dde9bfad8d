//! Who an organisation's users are.

use crate::answers::{ImportKind, ImportView, Kind};
use crate::error::AppError;
use crate::imports::import::{Content, Destination, Import, Read, Reading};
use crate::imports::report::{count, of_read, outside};
use headroom_exact::say;
use headroom_sources::files::table_file::FileKind;
use headroom_sources::kiro::identities::{self, Person};
use headroom_store::table::identities::Identity;
use std::collections::{BTreeMap, BTreeSet};

pub(crate) struct Identities;

impl Import for Identities {
    fn kind(&self) -> ImportKind {
        ImportKind::Identities
    }

    fn belongs_to(&self) -> &'static [Kind] {
        &[Kind::KiroEnterprise]
    }

    fn file(&self) -> FileKind {
        FileKind::Identities
    }

    fn read(&self, reading: &Reading<'_>) -> Result<Read, AppError> {
        let Reading { worker, told, files, .. } = *reading;
        let read = identities::read_files(worker, files, told).map_err(|error| outside(&error))?;
        let view = of_read(self.kind(), files, read.files, read.read);
        Ok(Read {
            view: view.with_bad(read.bad).with_others(read.other_files, read.damaged),
            content: Box::new(People { people: read.people, differing: read.differing }),
        })
    }
}

struct People {
    people: BTreeMap<String, Person>,
    /// Of whom rows say different names or addresses.
    differing: BTreeSet<String>,
}

impl Content for People {
    fn write(self: Box<Self>, to: &Destination<'_>, view: &mut ImportView) -> Result<(), AppError> {
        if let Some(id) = self.differing.first() {
            view.notes.push(say!("identities-differ", count = count(self.differing.len()), id));
        }
        let known = to.writing.identities(to.account)?;
        let known: BTreeMap<_, _> = known.into_iter().map(|known| (known.user.clone(), known)).collect();
        for (user, Person { name, email, groups }) in self.people {
            let identity = Identity { user, name, email, groups: groups.into_iter().collect() };
            let is_known = known.get(&identity.user) == Some(&identity);
            if !is_known {
                to.writing.save_identity(to.account, &identity)?;
            }
            view.count(!is_known);
        }
        Ok(())
    }
}
