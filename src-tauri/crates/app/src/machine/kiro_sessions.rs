//! Where Kiro's programs keep their sessions (`interfaces-2026.md` §1.2).

use std::fs;
use std::path::{Path, PathBuf};

/// Where sessions lie in what stands for the home: its `.kiro`, or it is that itself.
fn store_in(home: &Path) -> PathBuf {
    let usual = home.join(".kiro").join("sessions");
    let itself = home.join("sessions");
    if !usual.is_dir() && itself.is_dir() { itself } else { usual }
}

/// The store of this machine, and further ones: of the homes that variables name, else of the user's own; under Windows'
/// Linux also of those on Windows' side, which its programs write.
pub(super) fn stores(
    named: impl IntoIterator<Item = Option<PathBuf>>,
    home: Option<&Path>,
) -> (Option<PathBuf>, Vec<PathBuf>) {
    let mut stores: Vec<_> = named.into_iter().flatten().map(|home| store_in(&home)).collect();
    if stores.is_empty() {
        stores.extend(home.map(|home| home.join(".kiro").join("sessions")));
    }
    let under_windows = std::env::var_os("WSL_DISTRO_NAME").is_some_and(|name| !name.is_empty());
    if cfg!(target_os = "linux") && under_windows {
        stores.extend(of_windows(Path::new("/mnt/c/Users")));
    }
    let mut stores = stores.into_iter();
    (stores.next(), stores.collect())
}

/// The stores in the homes of Windows' users, of those that may be looked into.
fn of_windows(users: &Path) -> Vec<PathBuf> {
    let homes = fs::read_dir(users).into_iter().flatten().flatten();
    let mut stores: Vec<_> = homes.map(|home| home.path().join(".kiro").join("sessions")).collect();
    stores.retain(|store| store.is_dir());
    stores.sort();
    stores
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_variable_names_the_home_or_the_folder_within_it() {
        let home = tempfile::tempdir().expect("a folder");
        let (own, other) = (home.path().join("own"), home.path().join("other"));
        let store =
            |named: [Option<&Path>; 2]| stores(named.map(|path| path.map(Path::to_owned)), Some(&own));
        assert_eq!(store([None, None]), (Some(own.join(".kiro/sessions")), Vec::new()));
        assert_eq!(store([Some(&other), None]), (Some(other.join(".kiro/sessions")), Vec::new()));
        fs::create_dir_all(other.join("sessions")).expect("made");
        assert_eq!(store([Some(&other), None]), (Some(other.join("sessions")), Vec::new()));
        fs::create_dir_all(other.join(".kiro/sessions")).expect("made");
        let both = store([Some(&other), Some(&own)]);
        assert_eq!(both, (Some(other.join(".kiro/sessions")), vec![own.join(".kiro/sessions")]));
    }

    #[test]
    fn under_windows_linux_the_homes_of_windows_count_too() {
        let users = tempfile::tempdir().expect("a folder");
        let store = users.path().join("ada").join(".kiro").join("sessions");
        fs::create_dir_all(&store).expect("made");
        fs::create_dir_all(users.path().join("Public")).expect("made");
        assert_eq!(of_windows(users.path()), [store]);
        assert_eq!(of_windows(&users.path().join("gone")), Vec::<PathBuf>::new());
    }
}
