//! A file of another kind than was asked for: what it is, and how that is imported.

use crate::answers::{ImportKind, ImportView, shown};
use crate::error::{AppError, ErrorCode, Refused};
use crate::imports;
use crate::imports::import::Import;
use crate::imports::running::Importing;
use crate::imports::wanted::{Wanted, watching};
use crate::machine::paths::Paths;
use headroom_exact::{Saying, say};
use headroom_sources::Worker;
use headroom_sources::files::given::{Files, Source};
use headroom_sources::files::left_out::none_of;
use headroom_sources::files::reason::{Reason, Tells};
use headroom_sources::files::table_file::{FileKind, unwatched};
use headroom_sources::recognised::{What, recognise};
use std::path::{Path, PathBuf};

/// A kind of file, as it is called after "is".
pub(crate) fn called(kind: FileKind) -> Saying {
    match kind {
        FileKind::AwsCostExport => say!("an-aws-bill"),
        FileKind::KiroActivityReport => say!("an-activity-report"),
        FileKind::KiroSession => say!("a-kiro-session"),
        FileKind::KiroIdeSession => say!("a-kiro-ide-session"),
        FileKind::KiroIdeState => say!("is-kiro-ides-state"),
        FileKind::Identities => say!("a-table-of-users"),
        FileKind::KiloUsageExport => say!("a-kilo-export"),
        FileKind::KiloRequests => say!("a-kilo-database"),
    }
}

/// The kind of import that reads such files, the first of them; none where nothing does.
pub(crate) fn import_of(kind: FileKind) -> Option<ImportKind> {
    imports::ALL.iter().find(|import| import.reads(kind)).map(|import| import.kind())
}

/// What is said where an import failed: of something that is another kind than was asked for, which; of something that
/// is nothing that is imported, what it is. Any other failure stays as it is.
pub(super) fn said(error: AppError, wanted: &Wanted<'_>, paths: &Paths, importing: &Importing) -> AppError {
    let Some(refused) = &error.refused else { return error };
    let Ok(files) = Files::all(wanted.given) else { return error };
    let Ok(recognised) = recognise(paths.worker(), &files, &watching(importing, &|_| {})) else {
        return error;
    };
    let asked = imports::named(wanted.kind);
    if wanted.given.len() > 1 || recognised.len() > 1 {
        return each(error, wanted, asked, &recognised);
    }
    let of_wanted = asked.file();
    let other = recognised.iter().find_map(|(source, what)| match what {
        What::Of(kind) if !asked.reads(*kind) => Some((source, *kind)),
        What::Of(_) | What::Beside(_) | What::Other(_) => None,
    });
    if let Some((source, kind)) = other
        && let Some(import) = import_of(kind)
    {
        let holder = wanted.given.iter().find(|given| source.file.starts_with(&given.path));
        let path = holder.map_or(&*source.file, |given| &*given.path);
        let is_named = holder.is_none_or(|given| given.called.is_none());
        let place = PathBuf::from(if is_named { quoted(path) } else { "-".to_owned() });
        let (is, isnt) = (called(kind), called(of_wanted));
        let saying = say!(
            "file-is-another-kind",
            path = &source.named,
            is,
            isnt,
            kind = import.name(),
            place = &place
        );
        return AppError::new(ErrorCode::Outside, saying);
    }
    match recognised.as_slice() {
        [(source, What::Other(reason))] if says_less(refused, reason) => {
            let saying = say!("file-unreadable-as", path = &source.named, reason = Saying::from(reason));
            AppError::new(ErrorCode::Outside, saying)
        }
        _ => error,
    }
}

/// What is said of several files of which none could be read: of each that was named its own reason, the reader's or what it is
/// instead; of those that a folder holds, of each that is of the kind and couldn't be read all the same.
fn each(error: AppError, wanted: &Wanted<'_>, asked: &dyn Import, recognised: &[(Source, What)]) -> AppError {
    let of = |source: &Source| {
        let is_it = |(named, _): &&(PathBuf, Reason)| shown(named) == shown(&source.named);
        error.left_out().iter().find(is_it).map(|(_, reason)| reason.clone())
    };
    let reason = |source: &Source, what: &What| match what {
        What::Of(kind) if !asked.reads(*kind) => {
            source.asked.then(|| say!("is-of-this-kind", is = called(*kind)).into())
        }
        What::Other(is) => {
            let told = of(source).filter(|reason| reason.tells != Tells::Lack);
            source.asked.then(|| told.unwrap_or_else(|| is.clone()))
        }
        What::Of(_) | What::Beside(_) => of(source),
    };
    let named = recognised.iter();
    let named = named.filter_map(|(source, what)| Some((source.named.clone(), reason(source, what)?)));
    let named: Vec<_> = named.collect();
    let first =
        wanted.given.first().map(|given| given.called.as_ref().map_or(given.path.clone(), PathBuf::from));
    // Of folders in which none is of the kind that is said, and no more.
    match first {
        Some(first) if !named.is_empty() || !error.left_out().is_empty() => {
            let saying = none_of(&first, Saying::from(asked.file()), &named);
            let refused = Some(Refused::Nothing(named));
            AppError { refused, ..AppError::new(ErrorCode::Outside, saying) }
        }
        Some(_) | None => error,
    }
}

/// Whether what a reader said is less than what the file is: of JSON it says what it lacks, and of a line without an end
/// where.
fn says_less(refused: &Refused, is: &Reason) -> bool {
    let is_json = is.tells == Tells::Json;
    match refused {
        Refused::AnotherKind(reason) => match reason.tells {
            Tells::Fault | Tells::Lack => true,
            Tells::Endless => false,
            Tells::Json => !is_json,
        },
        Refused::NoSession => !is_json,
        Refused::Nothing(_) => true,
    }
}

/// Says of files that were left out what they are, as far as that is told.
pub(super) fn name_skipped(view: &mut ImportView, files: &Files, import: &dyn Import, worker: &Worker) {
    /// So many of them.
    const MOST: usize = 100;
    for skipped in view.skipped.iter_mut().take(MOST).filter(|skipped| skipped.tells == Tells::Lack) {
        let source = files.sources.iter().find(|source| shown(&source.named) == skipped.path);
        let Some(source) = source else { continue };
        let alone = files.only(vec![source.clone()]);
        let Ok(recognised) = recognise(worker, &alone, &unwatched) else { continue };
        match recognised.as_slice() {
            [(_, What::Of(other))] if !import.reads(*other) => {
                (skipped.reason, skipped.tells) =
                    (say!("is-of-this-kind", is = called(*other)), Tells::Fault);
            }
            [(_, What::Other(is))] => (skipped.reason, skipped.tells) = (is.saying.clone(), is.tells),
            _ => {}
        }
    }
}

/// A path as a shell takes it for one word.
pub(crate) fn quoted(path: &Path) -> String {
    let plain = |letter: char| letter.is_ascii_alphanumeric() || "/._-+:@%,=".contains(letter);
    match path.to_str() {
        Some(text) if !text.is_empty() && text.chars().all(plain) => text.to_owned(),
        Some(text) if !text.contains(char::is_control) => format!("'{}'", text.replace('\'', r"'\''")),
        _ => {
            let bytes = path.as_os_str().as_encoded_bytes().iter();
            let escaped = bytes.map(|byte| match byte {
                b'\'' | b'\\' => format!("\\{}", char::from(*byte)),
                b' '..=b'~' => char::from(*byte).to_string(),
                _ => format!("\\x{byte:02x}"),
            });
            format!("$'{}'", escaped.collect::<String>())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_one_word_of_a_shell() {
        for (path, word) in [
            ("/bills/cur-00001.csv", "/bills/cur-00001.csv"),
            ("my bill (1).csv", "'my bill (1).csv'"),
            ("ada's.csv", r"'ada'\''s.csv'"),
            ("a\nb", r"$'a\x0ab'"),
            ("", "''"),
        ] {
            assert_eq!(quoted(Path::new(path)), word);
        }
    }
}
