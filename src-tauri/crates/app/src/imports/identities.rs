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
        let mut view = of_read(self.kind(), files, read.files, read.read);
        view.notes.extend(read.goes_on.then(|| say!("identities-go-on")));
        Ok(Read {
            view: view.with_bad(read.bad).with_others(read.other_files, read.damaged),
            content: Box::new(Directory {
                people: read.people,
                differing: read.differing,
                tells_groups: read.tells_groups,
            }),
        })
    }
}

struct Directory {
    people: BTreeMap<String, Person>,
    /// Of whom rows say different names or addresses.
    differing: BTreeSet<String>,
    /// Whether anything of it tells of groups.
    tells_groups: bool,
}

impl Content for Directory {
    fn write(self: Box<Self>, to: &Destination<'_>, view: &mut ImportView) -> Result<(), AppError> {
        if let Some(id) = self.differing.first() {
            view.notes.push(say!("identities-differ", count = count(self.differing.len()), id));
        }
        let known = to.writing.identities(to.account)?;
        let known: BTreeMap<_, _> = known.into_iter().map(|known| (known.user.clone(), known)).collect();
        for (user, Person { name, email, groups }) in self.people {
            let before = known.get(&user);
            // What a table doesn't tell it takes from nobody: one of groups alone leaves names as they are.
            let identity = Identity {
                name: name.or_else(|| before?.name.clone()),
                email: email.or_else(|| before?.email.clone()),
                groups: match before {
                    Some(before) if !self.tells_groups => before.groups.clone(),
                    Some(_) | None => groups.into_iter().collect(),
                },
                user,
            };
            let is_known = before == Some(&identity);
            if !is_known {
                to.writing.save_identity(to.account, &identity)?;
            }
            view.count(!is_known);
        }
        Ok(())
    }
}
