//! What stands beside an export's files: which of them an issue has, and which issue is the current one.

use super::label::{Label, Name, is_period, moment_in, own};
use crate::files::bounded::{LARGEST_NOTE, plain_text};
use crate::files::given;
use crate::files::names::is_uuid;
use crate::files::table_file::{Counter, ReadError};
use crate::worker::{Job, Worker};
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// What is read of one: 2.0's names and the legacy report's.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Written {
    #[serde(alias = "reportName")]
    export_name: Option<String>,
    #[serde(alias = "reportKeys", default)]
    data_files: Vec<Value>,
}

/// A manifest.
#[derive(Debug)]
pub(super) struct Manifest {
    /// The folder it lies in.
    folder: PathBuf,
    export: Option<String>,
    /// The files of its issue, as they lie in the bucket.
    files: Vec<PathBuf>,
}

/// A file that a manifest names, by what is known of it wherever it lies.
pub(super) struct Listed {
    /// The folder's own name, in small letters.
    pub folder: String,
    /// The file's without its endings, and without the number of its part, too.
    pub base: String,
    pub stem: String,
    /// The month of which the manifest names the current issue, as its folder is called.
    pub month: Option<String>,
}

/// What manifests say of a file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Said {
    /// Nothing.
    Nothing,
    /// It belongs to an issue, and whether that is the current one, as far as one says so.
    Named(Option<bool>),
    /// One tells of its issue and doesn't name it: it was left there, or isn't finished.
    LeftOut,
}

/// One of the files, however it is written.
fn file(value: &Value) -> Option<PathBuf> {
    let text = match value {
        Value::String(text) => Some(text.as_str()),
        Value::Object(object) => ["path", "uri", "key"].iter().find_map(|name| object.get(*name)?.as_str()),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) => None,
    };
    text.map(PathBuf::from)
}

impl Manifest {
    /// Reads one; none where it is another program's, or can't be read.
    pub fn read(
        worker: &Worker,
        found: &given::Source,
        counter: &mut Counter<'_>,
    ) -> Result<Option<Self>, ReadError> {
        match found.bytes(worker, Job::CostUnpacked, LARGEST_NOTE, counter) {
            Ok(bytes) => Ok(Self::of(&bytes, &found.named)),
            Err(ReadError::Stopped) => Err(ReadError::Stopped),
            Err(_) => Ok(None),
        }
    }

    /// What one says that lies there.
    pub fn of(bytes: &[u8], path: &Path) -> Option<Self> {
        let Written { export_name, data_files } = serde_json::from_slice(&plain_text(bytes)).ok()?;
        let files: Vec<_> = data_files.iter().filter_map(file).collect();
        let folder = path.parent().unwrap_or(path).to_owned();
        (!files.is_empty()).then_some(Self { folder, export: export_name, files })
    }

    /// The files that it names.
    pub fn listed(&self) -> impl Iterator<Item = Listed> + '_ {
        let month = self.names_the_current().then(|| own(Some(&self.folder)));
        self.files.iter().map(move |file| {
            let name = own(Some(file));
            let (base, _) = Name::without_endings(&name);
            let folder = own(file.parent()).to_ascii_lowercase();
            Listed { folder, base, stem: Name::of(&name).stem, month: month.clone() }
        })
    }

    /// Whether it is the one beside a month's issues, which names the current of them.
    fn names_the_current(&self) -> bool {
        is_period(&own(Some(&self.folder)))
    }

    /// The files that it names beside those that are read, and that aren't there.
    pub fn missing(&self, read: &[(&Path, &Label)]) -> BTreeSet<PathBuf> {
        let mut missing = BTreeSet::new();
        for (path, label) in read {
            let (_, Some(listed)) = self.says_of(path, label) else { continue };
            let is_there = |file: &PathBuf| {
                let part = Name::of(&own(Some(file))).part;
                read.iter().any(|(_, other)| other.same == label.same && other.name.part == part)
            };
            missing.extend(self.of_the_issue(label, listed).filter(|file| !is_there(file)).cloned());
        }
        missing
    }

    /// The files of the current issue where of its month only earlier ones are read.
    pub fn newer(&self, read: &[(&Path, &Label)]) -> BTreeSet<PathBuf> {
        let mut newer = BTreeSet::new();
        for (path, label) in read {
            let (Said::Named(Some(false)), _) = self.says_of(path, label) else { continue };
            let current =
                || self.files.iter().filter(|file| Name::of(&own(Some(file))).stem == label.name.stem);
            let is_read = |file: &PathBuf| {
                let same = Label::of(file).same;
                read.iter().any(|(_, other)| other.same == same)
            };
            if !current().any(is_read) {
                newer.extend(current().cloned());
            }
        }
        newer
    }

    /// Whether another tells of the same files, and of what they hold now. A report that overwrites itself leaves a manifest of each
    /// issue in an assembly's folder: they list what the month's own files were then.
    fn is_outdated_by(&self, other: &Self) -> bool {
        let month = other.folder.as_path();
        other.names_the_current()
            && is_uuid(&own(Some(&self.folder)))
            && self.folder.parent() == Some(month)
            && self.files.iter().all(|file| own(file.parent()) == own(Some(month)))
    }

    /// What it names of the issue that a file is of: those with a number.
    fn of_the_issue<'m>(&'m self, label: &'m Label, listed: &Path) -> impl Iterator<Item = &'m PathBuf> {
        let folder = own(listed.parent());
        self.files.iter().filter(move |file| {
            let name = Name::of(&own(Some(file)));
            own(file.parent()).eq_ignore_ascii_case(&folder)
                && name.stem == label.name.stem
                && name.part.is_some()
        })
    }

    /// How many parts it names of the issue that a file is of.
    fn parts(&self, label: &Label, listed: &Path) -> u32 {
        let parts: BTreeSet<_> =
            self.of_the_issue(label, listed).filter_map(|file| Name::of(&own(Some(file))).part).collect();
        u32::try_from(parts.len()).unwrap_or(u32::MAX)
    }

    /// What it says of a file.
    fn says_of(&self, path: &Path, label: &Label) -> (Said, Option<&Path>) {
        let folder = path.parent();
        let beside = folder == Some(self.folder.as_path());
        let in_folder = |listed: &Path| own(listed.parent()).eq_ignore_ascii_case(&own(folder));
        let of_export = |listed: &Path| Name::of(&own(Some(listed))).stem == label.name.stem;
        let is_it = |listed: &Path| Name::of(&own(Some(listed))).part == label.name.part;
        let about =
            |listed: &&PathBuf| of_export(listed) && (in_folder(listed) || (beside && !label.is_named));
        let mut covered = false;
        for listed in self.files.iter().filter(about) {
            covered = true;
            if is_it(listed) {
                return (Said::Named(self.names_the_current().then_some(true)), Some(listed));
            }
        }
        let is_elder = self.names_the_current()
            && label.is_named
            && folder.and_then(Path::parent) == Some(self.folder.as_path())
            && self.files.iter().any(|listed| of_export(listed));
        match (covered, is_elder) {
            (true, _) => (Said::LeftOut, None),
            (false, true) => (Said::Named(Some(false)), None),
            (false, false) => (Said::Nothing, None),
        }
    }
}

/// Those that tell of what lies there now.
pub(super) fn that_speak(read: Vec<Manifest>) -> Vec<Manifest> {
    let speaks: Vec<_> = read.iter().map(|one| !read.iter().any(|other| one.is_outdated_by(other))).collect();
    read.into_iter().zip(speaks).filter_map(|(manifest, speaks)| speaks.then_some(manifest)).collect()
}

/// Whether a text in JSON that lies there is a manifest.
pub(crate) fn is_manifest(text: &[u8], path: &Path) -> bool {
    Manifest::of(text, path).is_some()
}

/// What all of them say of a file, which is labelled by it, and how many parts they name of its issue; 0 where none does.
pub(super) fn say(manifests: &[Manifest], path: &Path, label: &mut Label) -> (Said, u32) {
    let mut said = Said::Nothing;
    let mut parts = 0;
    for manifest in manifests {
        let (of_this, listed) = manifest.says_of(path, label);
        if let Said::Named(_) = of_this {
            label.export = label.export.take().or_else(|| manifest.export.clone());
        }
        parts = parts.max(listed.map_or(0, |listed| manifest.parts(label, listed)));
        // One that lies beside the file tells which issue it is, where the path doesn't.
        if let Some(folder) = listed.and_then(Path::parent).filter(|_| !label.is_named) {
            let folder = own(Some(folder));
            if let Some((at, _)) = moment_in(&folder) {
                label.at = Some(at);
                label.same = format!("time {} {}", folder.to_ascii_lowercase(), label.name.stem);
                label.is_named = true;
            }
        }
        said = match (said, of_this) {
            (Said::Named(one), Said::Named(other)) => Said::Named(one.max(other)),
            (Said::Named(current), _) | (_, Said::Named(current)) => Said::Named(current),
            (Said::LeftOut, _) | (_, Said::LeftOut) => Said::LeftOut,
            (Said::Nothing, Said::Nothing) => Said::Nothing,
        };
    }
    (said, parts)
}
