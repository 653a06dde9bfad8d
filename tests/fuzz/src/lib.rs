//! Readers of what comes from outside, each as a function of bytes alone: whatever they are, it comes to an end, says in few
//! words what is wrong, and what it read is kept as it was read.
//!
//! The tests run each of them on its seeds (`seeds/<name>`); `make fuzz` has libFuzzer look for bytes that break one.

mod files;
mod kilo;
mod kiro;
mod own;

pub use files::{anything, bill_csv, bill_gzip, bill_parquet, identities, kilo_export, kiro_activity};
pub use kilo::{kilo_answers, kilo_database, kilo_rows, kilo_task, kilo_team};
pub use kiro::{
    kiro_command, kiro_ide_session, kiro_ide_state, kiro_limits, kiro_log, kiro_models, kiro_report,
    kiro_session, logins,
};
pub use own::{price_list, scenario, store};

use headroom_app::words;
use headroom_exact::Saying;
use headroom_sources::wire::kept;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::fmt::Debug;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

/// Letters that are said of a file or an answer, at most: whatever stands in it, nobody has to read all of it.
const MOST_SAID: usize = 2_000;

thread_local! {
    /// Where files are written for readers that open them.
    static FOLDER: TempDir = tempfile::tempdir().expect("a folder");
}

/// Has a file of that name hold the bytes, and nothing else beside it.
fn as_file(name: &str, bytes: &[u8], read: impl FnOnce(&Path)) {
    FOLDER.with(|folder| {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(&path, bytes).expect("written");
        read(&path);
        fs::remove_file(&path).expect("removed");
    });
}

/// What is wrong can be said, shortly.
fn can_be_said(why: impl Into<Saying>) {
    let said = words::say(&why.into());
    assert!(!said.is_empty() && said.chars().count() <= MOST_SAID, "{said}");
}

/// What was read is the same after it was kept.
fn can_be_kept<T: Serialize + DeserializeOwned + PartialEq + Debug>(read: &T) {
    match kept::write(read) {
        Ok(text) => assert_eq!(kept::read::<T>(&text).as_ref(), Some(read), "{text}"),
        Err(why) => can_be_said(why),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;
    use std::path::PathBuf;

    type Target = fn(&[u8]);

    /// Every target, by its name.
    const TARGETS: [(&str, Target); 24] = [
        ("anything", anything),
        ("bill_csv", bill_csv),
        ("bill_gzip", bill_gzip),
        ("bill_parquet", bill_parquet),
        ("identities", identities),
        ("kilo_answers", kilo_answers),
        ("kilo_database", kilo_database),
        ("kilo_export", kilo_export),
        ("kilo_rows", kilo_rows),
        ("kilo_task", kilo_task),
        ("kilo_team", kilo_team),
        ("kiro_activity", kiro_activity),
        ("kiro_command", kiro_command),
        ("kiro_ide_session", kiro_ide_session),
        ("kiro_ide_state", kiro_ide_state),
        ("kiro_limits", kiro_limits),
        ("kiro_log", kiro_log),
        ("kiro_models", kiro_models),
        ("kiro_report", kiro_report),
        ("kiro_session", kiro_session),
        ("logins", logins),
        ("price_list", price_list),
        ("scenario", scenario),
        ("store", store),
    ];

    fn package() -> &'static Path {
        Path::new(env!("CARGO_MANIFEST_DIR"))
    }

    fn names_in(folder: &str, ending: &str) -> BTreeSet<String> {
        let entries = fs::read_dir(package().join(folder)).expect(folder);
        let names = entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned());
        names.map(|name| name.strip_suffix(ending).expect(folder).to_owned()).collect()
    }

    fn seeds(target: &str) -> Vec<PathBuf> {
        let entries = fs::read_dir(package().join("seeds").join(target)).expect(target);
        let mut seeds: Vec<_> = entries.map(|entry| entry.expect("an entry").path()).collect();
        seeds.sort();
        seeds
    }

    #[test]
    fn every_target_has_a_program_and_seeds() {
        let names: BTreeSet<_> = TARGETS.iter().map(|(name, _)| (*name).to_owned()).collect();
        assert_eq!(names.len(), TARGETS.len());
        assert_eq!(names_in("targets", ".rs"), names);
        assert_eq!(names_in("seeds", ""), names);
        for (name, _) in TARGETS {
            assert!(!seeds(name).is_empty(), "{name}");
            let program = fs::read_to_string(package().join("targets").join(format!("{name}.rs")));
            assert!(program.expect("a program").contains(&format!("fuzz::{name}(bytes)")), "{name}");
        }
    }

    #[test]
    fn no_seed_breaks_its_reader_nor_does_any_beginning_of_it() {
        for (name, target) in TARGETS {
            for seed in seeds(name) {
                let bytes = fs::read(&seed).expect("bytes");
                println!("{}: {} bytes", seed.display(), bytes.len());
                assert!(bytes.len() <= 64 << 10, "{}: a seed is small", seed.display());
                for sixteenth in 0..=16 {
                    target(&bytes[..bytes.len() * sixteenth / 16]);
                }
            }
        }
    }
}
