//! Which files are read, and which of them are one issue.

use super::form::WHAT;
use super::label::Label;
use super::manifest::{self, Manifest, Said};
use crate::files::bounded::{self, Packing, files_in_zip};
use crate::files::table_file::{self, ReadError};
use headroom_exact::{Saying, say};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// A table to read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Source {
    /// The file on the disk.
    pub file: PathBuf,
    /// The same, or what it is called within the ZIP that the file is.
    pub named: PathBuf,
    pub packing: Packing,
    pub label: Label,
    pub current: Option<bool>,
}

/// What is read of a place.
#[derive(Default)]
pub(super) struct Plan {
    /// Each issue with its files.
    pub issues: Vec<Vec<Source>>,
    /// What is left out, and why.
    pub skipped: Vec<(PathBuf, Saying)>,
}

/// Whether a name is one of a table, packed or not.
fn is_table(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let ends = [".gz", ".zip", ".parquet"].iter().any(|ending| name.ends_with(ending));
    ends || name.contains(".csv")
}

/// No Parquet has fewer bytes.
const SHORTEST: u64 = 12;

/// The files of a ZIP that can be tables; a single one is meant whatever its name is.
fn in_zip(file: &Path) -> Result<Vec<PathBuf>, ReadError> {
    let broken = |error| ReadError::broken(file, &error);
    let mut files = files_in_zip(&mut bounded::open(file).map_err(broken)?).map_err(broken)?;
    files.retain(|packed| !packed.name.starts_with("__MACOSX/"));
    if files.len() > 1 {
        files.retain(|packed| is_table(&packed.name));
    }
    Ok(files.into_iter().map(|packed| file.join(packed.name)).collect())
}

/// The tables in a file.
fn sources(file: &Path) -> Result<Vec<Source>, ReadError> {
    let broken = |error| ReadError::broken(file, &error);
    let mut opened = bounded::open(file).map_err(broken)?;
    let mut packing = Packing::of_file(&mut opened).map_err(broken)?;
    // One that was cut off so early that nothing tells what it is.
    let is_cut = opened.metadata().is_ok_and(|metadata| metadata.len() < SHORTEST);
    if packing == Packing::Plain && is_cut && file.extension().is_some_and(|ending| ending == "parquet") {
        packing = Packing::Parquet;
    }
    let source = |named: &Path, labelled: &Path| Source {
        file: file.to_owned(),
        named: named.to_owned(),
        packing,
        label: Label::of(labelled),
        current: None,
    };
    let another = |reason: Saying| ReadError::AnotherKind { path: file.to_owned(), what: WHAT, reason };
    match packing {
        Packing::Zip => match in_zip(file)?.as_slice() {
            [] => Err(ReadError::Nothing { path: file.to_owned(), what: WHAT }),
            [one] => Ok(vec![source(one, file)]),
            several => Ok(several.iter().map(|named| source(named, named)).collect()),
        },
        Packing::Other(form) => Err(another(say!("packed-otherwise", form))),
        Packing::Workbook => Err(another(say!("is-a-workbook"))),
        Packing::Plain | Packing::Gzip | Packing::Parquet => Ok(vec![source(file, file)]),
    }
}

impl Plan {
    /// What lies at a path: a file, or a folder and the folders in it.
    pub fn of(path: &Path) -> Result<Self, ReadError> {
        let is_file = path.is_file();
        let found = table_file::files_where(path, WHAT, |name| {
            is_table(name) || name.to_ascii_lowercase().contains("manifest")
        })?;
        let is_manifest = |file: &PathBuf| {
            !is_file && file.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("json"))
        };
        let (manifests, files): (Vec<_>, Vec<_>) = found.into_iter().partition(is_manifest);
        let manifests: Vec<_> = manifests.iter().filter_map(|file| Manifest::read(file)).collect();
        let mut plan = Self::default();
        let mut groups: BTreeMap<String, Vec<Source>> = BTreeMap::new();
        for file in files {
            let sources = match sources(&file) {
                Ok(sources) => sources,
                Err(ReadError::AnotherKind { path, reason, .. }) if !is_file => {
                    plan.skipped.push((path, reason));
                    continue;
                }
                Err(ReadError::Nothing { path, .. }) if !is_file => {
                    plan.skipped.push((path, say!("is-of-another-kind")));
                    continue;
                }
                Err(error) => return Err(error),
            };
            for mut source in sources {
                match manifest::say(&manifests, &source.named, &mut source.label) {
                    Said::LeftOut => {
                        plan.skipped.push((source.named, say!("not-in-the-manifest")));
                        continue;
                    }
                    Said::Named(current) => source.current = current,
                    Said::Nothing => {}
                }
                groups.entry(source.label.same.clone()).or_default().push(source);
            }
        }
        plan.issues = groups.into_values().flat_map(issues).collect();
        Ok(plan)
    }
}

/// The issues of a group. Where a path names the issue, copies in it are of that issue. Where none does, the same part may
/// have been downloaded at two times: each copy is then an issue of its own, with the parts that it lacks.
fn issues(group: Vec<Source>) -> Vec<Vec<Source>> {
    let mut parts: BTreeMap<Option<u32>, Vec<&Source>> = BTreeMap::new();
    for source in &group {
        parts.entry(source.label.name.part).or_default().push(source);
    }
    let is_named = group.iter().all(|source| source.label.is_named);
    if is_named || parts.values().all(|copies| copies.len() == 1) {
        return vec![group];
    }
    let copies: BTreeSet<_> = group.iter().map(|source| source.label.name.copy.as_str()).collect();
    let of_copy = |copy: &str| {
        let files = parts.values().filter_map(|files| {
            files.iter().find(|file| file.label.name.copy == copy).or_else(|| files.first())
        });
        files.map(|file| (*file).clone()).collect::<Vec<_>>()
    };
    copies
        .into_iter()
        .map(|copy| {
            let mut files = of_copy(copy);
            // It is named by what is its own.
            if let Some(own) = files.iter().find(|file| file.label.name.copy == copy) {
                let from = own.label.from.clone();
                for file in &mut files {
                    file.label.from.clone_from(&from);
                }
            }
            files
        })
        .collect()
}
