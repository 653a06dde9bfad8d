//! Which files are read, and which of them are one issue.

use super::form::WHAT;
use super::label::{Label, Name};
use super::left_out::LeftOut;
use super::manifest::{self, Manifest, Said};
use crate::files::bounded::Packing;
use crate::files::given::{self, Files};
use crate::files::reason::Reason;
use crate::files::table_file::{Counter, ReadError};
use crate::worker::Worker;
use headroom_exact::say;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

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
    /// How many parts a manifest names of its issue; 0 where none does.
    pub listed: u32,
    /// Whether somebody gave it and nothing else.
    pub alone: bool,
    /// Whether nothing could be read of it: of its issue a part is missing.
    pub lost: bool,
}

/// What is read of a place.
#[derive(Default)]
pub(super) struct Plan {
    /// Each issue with its files.
    pub issues: Vec<Vec<Source>>,
    /// What is left out, and why.
    pub skipped: Vec<LeftOut>,
}

/// No Parquet has fewer bytes.
const SHORTEST: u64 = 12;

/// A table, if what was found is one as far as its first bytes tell; `alone` where nothing else lies in its ZIP.
fn source(found: &given::Source, alone: bool) -> Result<Source, ReadError> {
    let given::Source { file, named, packing, holder, .. } = found;
    let mut packing = *packing;
    // One that was cut off so early that nothing tells what it is.
    let is_cut = fs::metadata(file).is_ok_and(|metadata| metadata.len() < SHORTEST);
    if packing == Packing::Plain && is_cut && file.extension().is_some_and(|ending| ending == "parquet") {
        packing = Packing::Parquet;
    }
    let another = |reason: Reason| ReadError::AnotherKind { path: named.clone(), what: WHAT, reason };
    match packing {
        Packing::Other(form) => Err(another(say!("packed-otherwise", form).into())),
        Packing::Workbook => Err(another(say!("is-a-workbook").into())),
        Packing::Plain | Packing::Gzip | Packing::Parquet | Packing::Zip => {
            let is_only_one = packing == Packing::Zip && alone;
            let label = if is_only_one { Label::of_the_only_one(holder, named) } else { Label::of(named) };
            let is_all = found.alone;
            Ok(Source {
                file: file.clone(),
                named: named.clone(),
                packing,
                label,
                current: None,
                listed: 0,
                alone: is_all,
                lost: false,
            })
        }
    }
}

/// Whether it is a manifest by its name: one that was given alone is meant as a table.
fn is_manifest(found: &given::Source) -> bool {
    found.named.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("json"))
}

impl Plan {
    /// What was found: tables, and manifests beside them.
    pub fn of(worker: &Worker, files: &Files, counter: &mut Counter<'_>) -> Result<Self, ReadError> {
        let is_single = files.sources.len() == 1;
        let (manifests, tables): (Vec<_>, Vec<_>) =
            files.sources.iter().partition(|found| !is_single && is_manifest(found));
        let mut read = Vec::new();
        for found in manifests {
            read.extend(Manifest::read(worker, found, counter)?);
        }
        let read = manifest::that_speak(read);
        let mut plan = Self::default();
        let mut groups: BTreeMap<String, Vec<Source>> = BTreeMap::new();
        for found in &tables {
            let alone = tables.iter().filter(|other| other.file == found.file).count() == 1;
            let mut source = match source(found, alone) {
                Ok(source) => source,
                Err(ReadError::AnotherKind { path, reason, .. }) if !found.alone => {
                    plan.skipped.push(LeftOut::unread(path, reason));
                    continue;
                }
                Err(error) => return Err(error),
            };
            let (said, listed) = manifest::say(&read, &source.named, &mut source.label);
            source.listed = listed;
            match said {
                Said::LeftOut => {
                    plan.skipped.push(LeftOut::read(source.named, say!("not-in-the-manifest")));
                    continue;
                }
                Said::Named(current) => source.current = current,
                Said::Nothing => {}
            }
            groups.entry(source.label.same.clone()).or_default().push(source);
        }
        // What a manifest lists of an issue that is read, and isn't there.
        let sources: Vec<_> =
            groups.values().flatten().map(|source| (source.named.as_path(), &source.label)).collect();
        let missing: BTreeSet<_> = read.iter().flat_map(|manifest| manifest.missing(&sources)).collect();
        plan.skipped.extend(missing.into_iter().map(|file| LeftOut::read(file, say!("part-is-missing"))));
        let newer: BTreeSet<_> = read.iter().flat_map(|manifest| manifest.newer(&sources)).collect();
        plan.skipped
            .extend(newer.into_iter().map(|file| LeftOut::read(file, say!("newer-issue-is-missing"))));
        plan.issues = groups.into_values().flat_map(issues).collect();
        Ok(plan)
    }
}

/// The issues of a group. Where a path names the issue, copies in it are of that issue. Where none does, the same part may
/// have been downloaded at two times: each copy is then an issue of its own, with the parts that it lacks.
fn issues(mut group: Vec<Source>) -> Vec<Vec<Source>> {
    let is_named = group.iter().all(|source| source.label.is_named);
    if !is_named && group.iter().any(|source| source.label.name.part.is_none()) {
        // Beside a file without a number the numbers count downloads: `bill.csv`, `bill-2.csv`.
        for Name { part, copy, .. } in group.iter_mut().map(|source| &mut source.label.name) {
            if let Some(number) = part.take() {
                *copy = format!("{copy}-{number}");
            }
        }
    }
    let mut parts: BTreeMap<Option<u32>, Vec<&Source>> = BTreeMap::new();
    for source in &group {
        parts.entry(source.label.name.part).or_default().push(source);
    }
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
