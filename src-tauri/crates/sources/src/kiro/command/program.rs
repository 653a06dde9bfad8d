//! Which program is asked: one that not everybody on this machine could have put there.

use std::path::{Path, PathBuf};

/// What there is of the program.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Program {
    /// It can be asked.
    There(PathBuf),
    /// Everybody on this machine can write to it, or to a folder that leads to it: it is never started.
    Anybodys(PathBuf),
    /// It is in none of the folders.
    Missing,
}

/// Where the program is: the first `kiro-cli` in the folders where programs are, but for those that aren't to be trusted.
pub fn program(folders: &[PathBuf]) -> Program {
    let name = if cfg!(windows) { "kiro-cli.exe" } else { "kiro-cli" };
    let mut anybodys = None;
    // A folder that isn't absolute is wherever somebody happens to be.
    for folder in folders.iter().filter(|folder| folder.is_absolute()) {
        let path = folder.join(name);
        if !is_program(&path) {
            continue;
        }
        if !is_anybodys(&path) {
            return Program::There(path);
        }
        anybodys.get_or_insert(path);
    }
    anybodys.map_or(Program::Missing, Program::Anybodys)
}

#[cfg(unix)]
fn is_program(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    path.metadata().is_ok_and(|file| file.is_file() && file.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_program(path: &Path) -> bool {
    path.is_file()
}

/// Whether everybody can write to it, wherever links lead, or to a folder above it. In a folder as `/tmp` is, nobody can
/// replace what is another's.
#[cfg(unix)]
fn is_anybodys(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    const EVERYBODY_WRITES: u32 = 0o002;
    const ONLY_THEIR_OWN: u32 = 0o1000;
    let Ok(real) = path.canonicalize() else { return true };
    let places = path.ancestors().skip(1).chain(real.ancestors());
    places.into_iter().any(|place| {
        place.metadata().is_ok_and(|of| {
            let mode = of.permissions().mode();
            let kept_apart = of.is_dir() && mode & ONLY_THEIR_OWN != 0;
            mode & EVERYBODY_WRITES != 0 && !kept_apart
        })
    })
}

#[cfg(not(unix))]
fn is_anybodys(_: &Path) -> bool {
    false
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use super::*;
    use std::fs;
    use std::os::unix::fs::{PermissionsExt, symlink};

    fn set_mode(path: &Path, mode: u32) {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("set");
    }

    /// A folder with a program in it.
    fn with_program(of: &Path, name: &str) -> PathBuf {
        let folder = of.join(name);
        fs::create_dir_all(&folder).expect("a folder");
        fs::write(folder.join("kiro-cli"), "#!/bin/sh\n").expect("written");
        set_mode(&folder.join("kiro-cli"), 0o755);
        set_mode(&folder, 0o755);
        folder
    }

    #[test]
    fn a_program_that_anybody_could_have_put_there_is_never_the_one() {
        let home = tempfile::tempdir().expect("a folder");
        let good = with_program(home.path(), "good");
        let there = Program::There(good.join("kiro-cli"));
        assert_eq!(program(std::slice::from_ref(&good)), there);

        let writable = with_program(home.path(), "writable");
        set_mode(&writable.join("kiro-cli"), 0o757);
        let in_a_writable = with_program(home.path(), "in-a-writable");
        set_mode(&in_a_writable, 0o777);
        let below_a_writable = with_program(home.path(), "above/below");
        set_mode(&home.path().join("above"), 0o777);
        let linked = home.path().join("linked");
        fs::create_dir(&linked).expect("a folder");
        symlink(writable.join("kiro-cli"), linked.join("kiro-cli")).expect("a link");
        for folder in [writable, in_a_writable, below_a_writable, linked] {
            let found = program(std::slice::from_ref(&folder));
            assert_eq!(found, Program::Anybodys(folder.join("kiro-cli")));
            assert_eq!(program(&[folder.clone(), good.clone()]), there, "{}", folder.display());
        }
        // What somebody lays into a folder as /tmp is, nobody else replaces.
        let shared = with_program(home.path(), "shared");
        set_mode(&shared, 0o1777);
        assert_eq!(program(std::slice::from_ref(&shared)), Program::There(shared.join("kiro-cli")));
    }

    #[test]
    fn no_program_is_taken_from_wherever_somebody_is() {
        // The paths of PATH as '', ':x', 'x:', 'x::y', '.:x' and 'bin' give them.
        let home = tempfile::tempdir().expect("a folder");
        let good = with_program(home.path(), "good");
        for path in ["", ":", "::", ".", "./.", "..", "bin", ".:bin:"] {
            let folders: Vec<_> = std::env::split_paths(path).collect();
            assert_eq!(program(&folders), Program::Missing, "{path:?}");
            let then = std::env::split_paths(path).chain([good.clone()]).collect::<Vec<_>>();
            assert_eq!(program(&then), Program::There(good.join("kiro-cli")), "{path:?}");
        }
        let folder = home.path().join("folder");
        fs::create_dir_all(folder.join("kiro-cli")).expect("a folder");
        let text = with_program(home.path(), "text");
        set_mode(&text.join("kiro-cli"), 0o644);
        let dangling = home.path().join("dangling");
        fs::create_dir(&dangling).expect("a folder");
        symlink(home.path().join("nowhere"), dangling.join("kiro-cli")).expect("a link");
        assert_eq!(program(&[folder, text, dangling]), Program::Missing);
    }
}
