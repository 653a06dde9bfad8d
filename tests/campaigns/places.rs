//! Places where data can lie, and what can be there instead: in memory, under a limit, read-only, another user's, under
//! long names and names that are no text; pipes, sockets, devices, folders and links where files are expected.

use crate::work::{self, Work};
use crate::{Found, made};
use acceptance::chance::Chance;
use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, symlink};
use std::os::unix::net::UnixListener;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A user who owns nothing.
const NOBODY: &str = "65534";

/// A kind of place: whether this machine lets it be, and what is tried there.
struct Place {
    name: &'static str,
    is_here: fn() -> bool,
    tries: fn(&mut Chance) -> Result<(), String>,
}

const PLACES: [Place; 8] = [
    Place { name: "in memory", is_here: || Path::new("/dev/shm").is_dir(), tries: in_memory },
    Place { name: "under a limit on the size of files", is_here: || true, tries: under_a_limit },
    Place { name: "in a folder that can only be read", is_here: is_root, tries: in_a_folder_to_read },
    Place { name: "on a disk that can only be read", is_here: can_mount, tries: on_a_disk_to_read },
    Place { name: "in another user's folder", is_here: is_root, tries: of_another_user },
    Place { name: "under a long name", is_here: || true, tries: under_a_long_name },
    Place { name: "under a name that is no text", is_here: || true, tries: under_a_name_that_is_no_text },
    Place { name: "with something else in a file's place", is_here: || true, tries: something_else },
];

pub fn run(chance: &mut Chance, count: u64) -> Found {
    let mut found = Found::default();
    let (here, missing): (Vec<_>, Vec<_>) = PLACES.iter().partition(|place| (place.is_here)());
    for Place { name, tries, .. } in here.into_iter().cycle().take(usize::try_from(count).expect("few")) {
        found.tried(tries(chance).map_err(|failure| format!("{name}: {failure}")));
    }
    if !missing.is_empty() {
        let missing: Vec<_> = missing.into_iter().map(|place| place.name).collect();
        found.notes.push(format!("not tried, since this machine doesn't let it be: {missing:?}"));
    }
    found
}

fn worker(does: &str, folder: &Path) -> Command {
    let mut command = Command::new(std::env::current_exe().expect("this program"));
    command.args(["worker", does]).arg(folder);
    command
}

/// The same, started by another program.
fn worker_by(program: &str, arguments: &[&str], does: &str, folder: &Path) -> Command {
    let worker = worker(does, folder);
    let mut command = Command::new(program);
    command.args(arguments).arg(worker.get_program()).args(worker.get_args());
    command
}

fn is_root() -> bool {
    fs::metadata("/proc/self").is_ok_and(|metadata| metadata.uid() == 0)
}

fn any_work(chance: &mut Chance) -> &'static Work {
    &work::ALL[chance.below(work::ALL.len())]
}

/// Every piece of work succeeds there.
fn succeeds(work: &Work, folder: &Path) -> Result<(), String> {
    (work.before)(folder);
    let ended = work::finished(&worker(work.does, folder))?;
    if !ended.success {
        return Err(format!("{} failed: {}", work.name, ended.said.trim()));
    }
    work::as_it_should_be(work, &ended, folder).map_err(|failure| format!("{}: {failure}", work.name))
}

fn in_memory(chance: &mut Chance) -> Result<(), String> {
    let folder = tempfile::tempdir_in("/dev/shm").expect("a folder");
    succeeds(any_work(chance), folder.path())
}

fn under_a_limit(chance: &mut Chance) -> Result<(), String> {
    let work = any_work(chance);
    let folder = tempfile::tempdir().expect("a folder");
    (work.before)(folder.path());
    // In blocks of 512 bytes: from nothing to more than it needs. Whoever writes more is told instead of ended.
    let limit = format!("trap '' XFSZ; ulimit -f {}; exec \"$@\"", chance.below(400));
    let command = worker_by("sh", &["-c", &limit, "sh"], work.does, folder.path());
    work::finished(&command)
        .and_then(|ended| work::as_it_should_be(work, &ended, folder.path()))
        .map_err(|failure| format!("{} with {limit}: {failure}", work.name))
}

/// `status` answers, whoever wants to write is told, and not a byte differs.
fn only_to_read(command: impl Fn(&str) -> Command, folder: &Path) -> Result<(), String> {
    let before = made::everything(folder);
    for (does, succeeds) in [("status", true), ("facts,--plan,free", false), ("import,kiro-sessions", false)]
    {
        let ended = work::finished(&command(does))?;
        if ended.success != succeeds {
            return Err(format!("{does}: done: {}: {}", ended.success, ended.said.trim()));
        }
        if !ended.said.contains("Nothing can be saved") {
            return Err(format!("{does} doesn't say that nothing can be recorded: {}", ended.said.trim()));
        }
    }
    if made::everything(folder) == before { Ok(()) } else { Err("something was written".to_owned()) }
}

fn as_nobody(does: &str, folder: &Path) -> Command {
    let user = [&format!("--reuid={NOBODY}"), &format!("--regid={NOBODY}"), "--clear-groups", "--"];
    worker_by("setpriv", &user.map(AsRef::as_ref), does, folder)
}

fn give_rights(path: &Path, of_files: u32, of_folders: u32) {
    for (path, _) in made::everything(path).into_iter().chain([(path.to_owned(), Vec::new())]) {
        let rights = if path.is_dir() { of_folders } else { of_files };
        fs::set_permissions(path, fs::Permissions::from_mode(rights)).expect("rights");
    }
}

/// A folder that others get into, with this program in it: where it was built they may not look.
fn for_others() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).expect("rights");
    let program = folder.path().join("campaign");
    let this = std::env::current_exe().expect("this program");
    fs::hard_link(&this, &program).or_else(|_| fs::copy(&this, &program).map(drop)).expect("linked");
    (folder, program)
}

fn nobody_runs(program: &Path, does: &str, folder: &Path) -> Command {
    let command = as_nobody(does, folder);
    let mut other = Command::new(command.get_program());
    let arguments: Vec<_> = command.get_args().map(OsStr::to_owned).collect();
    let this = std::env::current_exe().expect("this program");
    other.args(
        arguments
            .into_iter()
            .map(|word| if word == this.as_os_str() { program.as_os_str().to_owned() } else { word }),
    );
    other
}

fn in_a_folder_to_read(_: &mut Chance) -> Result<(), String> {
    let (outside, program) = for_others();
    let folder = outside.path().join("data");
    fs::create_dir(&folder).expect("a folder");
    made::with_a_copy(&folder);
    made::sessions(&folder);
    give_rights(&folder, 0o644, 0o755);
    only_to_read(|does| nobody_runs(&program, does, &folder), &folder)
}

/// In a view of the file system of its own, the folder that is named first can only be read.
const READ_ONLY: [&str; 4] =
    ["--mount", "sh", "-c", "mount --bind \"$0\" \"$0\" && mount -o remount,bind,ro \"$0\" && exec \"$@\""];

fn can_mount() -> bool {
    let folder = tempfile::tempdir().expect("a folder");
    let mounts = Command::new("unshare").args(READ_ONLY).arg(folder.path()).arg("true").output();
    mounts.is_ok_and(|output| output.status.success())
}

fn on_a_disk_to_read(_: &mut Chance) -> Result<(), String> {
    let folder = tempfile::tempdir().expect("a folder");
    made::with_a_copy(folder.path());
    made::sessions(folder.path());
    let place = folder.path().to_owned();
    let command = |does: &str| {
        let worker = worker(does, &place);
        let mut command = Command::new("unshare");
        command.args(READ_ONLY).arg(&place).arg(worker.get_program()).args(worker.get_args());
        command
    };
    only_to_read(command, folder.path())
}

fn of_another_user(_: &mut Chance) -> Result<(), String> {
    let (outside, program) = for_others();
    let folder = outside.path().join("data");
    fs::create_dir(&folder).expect("a folder");
    made::with_a_copy(&folder);
    give_rights(&folder, 0o600, 0o700);
    let before = made::everything(&folder);
    let tried = ["status", "facts,--plan,free", "restore"].into_iter().try_for_each(|does| {
        let ended = work::finished(&nobody_runs(&program, does, &folder))?;
        // A command says it in words; the restore that is tried here, by its code.
        let told = ended.said.contains("no right") || ended.said.contains("store-not-allowed");
        if ended.success || !told {
            return Err(format!("{does}: done: {}: {}", ended.success, ended.said.trim()));
        }
        Ok(())
    });
    let same = made::everything(&folder) == before;
    tried.and(if same { Ok(()) } else { Err("something was written".to_owned()) })
}

fn under_a_long_name(chance: &mut Chance) -> Result<(), String> {
    let folder = tempfile::tempdir().expect("a folder");
    let mut place = folder.path().to_owned();
    for _ in 0..=chance.below(14) {
        place.push("n".repeat(1 + chance.below(250)));
    }
    fs::create_dir_all(&place).expect("folders");
    let length = made::database(&place).as_os_str().len();
    if length <= 440 {
        return succeeds(any_work(chance), &place).map_err(|failure| format!("{length} bytes: {failure}"));
    }
    let before = made::everything(folder.path());
    let ended = work::finished(&worker("facts,--plan,free", &place))?;
    let told = !ended.success && ended.said.contains("its path is too long");
    let same = made::everything(folder.path()) == before;
    if told && same {
        Ok(())
    } else {
        Err(format!("{length} bytes, unchanged {same}: {}", ended.said.trim()))
    }
}

fn under_a_name_that_is_no_text(chance: &mut Chance) -> Result<(), String> {
    let folder = tempfile::tempdir().expect("a folder");
    let mut name = vec![b'd'];
    for _ in 0..=chance.below(20) {
        name.push(chance.of(&[0xff, 0xc3, 0x28, b' ', b'%', b'?', b'#', b'\'', b'"', b'\n', b'&', b'=']));
    }
    let place = folder.path().join(OsStr::from_bytes(&name));
    fs::create_dir(&place).expect("a folder");
    succeeds(any_work(chance), &place).map_err(|failure| format!("{}: {failure}", place.display()))
}

/// Puts something there.
type Put = fn(&Path);

/// What can be where a file is expected.
const OTHERS: [(&str, Put); 7] = [
    ("a folder", |path| fs::create_dir(path).expect("a folder")),
    ("a folder with something in it", |path| {
        fs::create_dir(path).expect("a folder");
        fs::write(path.join("inside"), "x").expect("written");
    }),
    ("a pipe", |path| {
        let made = Command::new("mkfifo").arg(path).status().expect("mkfifo runs");
        assert!(made.success(), "a pipe");
    }),
    ("a socket", |path| drop(UnixListener::bind(path).expect("a socket"))),
    ("a device", |path| symlink("/dev/zero", path).expect("a link")),
    ("a link to nowhere", |path| symlink("/nowhere/at/all", path).expect("a link")),
    ("a link to itself", |path| symlink(path, path).expect("a link")),
];

/// What there can be of ours in the folder, by name.
pub const OURS: [&str; 8] = [
    "headroom.db",
    "headroom.db-wal",
    "headroom.db-shm",
    "headroom.db-journal",
    "headroom.db-restored",
    "headroom.db-unproved",
    "headroom.lock",
    "copies",
];

/// Nobody hangs, nobody writes into it, and whoever is refused is told why; without it everything is there as before.
fn something_else(chance: &mut Chance) -> Result<(), String> {
    let (what, put) = chance.of(&OTHERS);
    let name = chance.of(&OURS);
    let folder = tempfile::tempdir().expect("a folder");
    let place = folder.path().join(name);
    let kept = folder.path().with_extension("kept");
    let whole = name != "headroom.db";
    if whole {
        made::with_a_copy(folder.path());
    }
    if place.exists() {
        fs::rename(&place, &kept).expect("moved");
    }
    put(&place);
    let does = chance.of(&["status", "open", "facts,--plan,free", "copy", "restore"]);
    let outcome = work::finished(&worker(does, folder.path())).and_then(|ended| {
        let copies = work::ALL.iter().find(|work| work.does == "copy").expect("there is one");
        // Everything it was is there again once the place is free.
        if fs::symlink_metadata(&place).is_ok_and(|metadata| !metadata.is_file() || metadata.is_symlink()) {
            if place.is_dir() && !place.is_symlink() {
                fs::remove_dir_all(&place).expect("removed");
            } else {
                fs::remove_file(&place).expect("removed");
            }
        }
        if kept.exists() && !place.exists() {
            fs::rename(&kept, &place).expect("moved");
        }
        if whole {
            work::as_it_should_be(copies, &ended, folder.path())
        } else if ended.success || ended.said.trim().is_empty() {
            Err(format!("it wasn't refused: {}", ended.said.trim()))
        } else {
            Ok(())
        }
    });
    _ = fs::remove_dir_all(&kept);
    _ = fs::remove_file(&kept);
    outcome.map_err(|failure| format!("{what} as {name}, {does}: {failure}"))
}
