//! The records of Kilo's programs on a machine that lie together: the newer program imports the older ones' requests, so what
//! they hold is one record (`interfaces-2026.md` §5.5). The legacy extension keeps its tasks in the settings of whichever
//! editor it runs in (`interfaces.md` §4.3).

use std::fs;
use std::path::{Component, Path, PathBuf};

/// Where the first program keeps its database, within the folder of programs' data.
const FIRST: [&str; 2] = ["kilo", "kilo.db"];
/// Where the newer one keeps a folder for each channel.
const NEWER: &str = "kilo2";
/// The newer one's database in each.
const NEWER_DATABASE: &str = "kilo2.db";
/// More channels than there are.
const MOST_CHANNELS: usize = 100;
/// The folder of programs' data in a home, on every system.
const DATA: [&str; 2] = [".local", "share"];
/// In which folders of a home editors keep their settings: Linux, macOS, Windows.
const SETTINGS: [&[&str]; 3] = [&[".config"], &["Library", "Application Support"], &["AppData", "Roaming"]];
/// Where an editor's settings hold the legacy extension's tasks, a folder each.
const EXTENSION: [&str; 4] = ["User", "globalStorage", "kilocode.kilo-code", "tasks"];
/// What a task's folder holds of its requests.
pub(crate) const TASK: &str = "ui_messages.json";
/// What was said to the model, beside what was shown.
pub(crate) const HISTORY: &str = "api_conversation_history.json";
/// More programs than a machine has, and more tasks than an extension keeps.
const MOST_PROGRAMS: usize = 2_000;
const MOST_TASKS: usize = 100_000;

/// The folder of programs' data that a database lies in, if it lies where Kilo's programs keep theirs.
fn data_of(path: &Path) -> Option<&Path> {
    let folder = path.parent()?;
    if folder.file_name()? == FIRST[0] && path.file_name()? == FIRST[1] {
        return folder.parent();
    }
    let channels = folder.parent()?;
    (path.file_name()? == NEWER_DATABASE && channels.file_name()? == NEWER).then(|| channels.parent())?
}

/// What is left of a path without these names at its end.
fn without<'p>(path: &'p Path, names: &[&str]) -> Option<&'p Path> {
    names.iter().rev().try_fold(path, |path, name| (path.file_name()? == *name).then(|| path.parent())?)
}

/// The home that a path belongs to, if it is of a database or an extension's task where those usually lie.
fn home_of(path: &Path) -> Option<&Path> {
    if let Some(data) = data_of(path) {
        return without(data, &DATA);
    }
    let editor = path.ancestors().find_map(|folder| without(folder, &EXTENSION[..2]))?;
    let settings = editor.parent()?;
    let of_server = || without(editor, &["data"]).filter(|server| is_server(server))?.parent();
    // As programs that come packed with all they need keep them.
    let of_packed = || without(without(settings, &["config"])?.parent()?, &[".var", "app"]);
    SETTINGS.iter().find_map(|place| without(settings, place)).or_else(of_server).or_else(of_packed)
}

/// Whether an editor's part for work from afar keeps its things in a folder.
fn is_server(folder: &Path) -> bool {
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    name.starts_with('.') && name.ends_with("-server")
}

fn within(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten().take(MOST_PROGRAMS);
    let mut entries: Vec<_> = entries.map(|entry| entry.path()).collect();
    entries.sort();
    entries
}

fn join(folder: &Path, names: &[&str]) -> PathBuf {
    names.iter().fold(folder.to_owned(), |path, name| path.join(name))
}

/// The legacy extension's tasks in every editor of a home.
fn tasks_of(home: &Path) -> Vec<PathBuf> {
    let local = SETTINGS.iter().flat_map(|place| within(&join(home, place)));
    let servers =
        within(home).into_iter().filter(|folder| is_server(folder)).map(|server| server.join("data"));
    let packed =
        within(&join(home, &[".var", "app"])).into_iter().flat_map(|app| within(&app.join("config")));
    local.chain(servers).chain(packed).flat_map(|editor| tasks_in(&join(&editor, &EXTENSION))).collect()
}

/// The tasks in a folder that holds one each, or in the folder of one.
fn tasks_in(folder: &Path) -> Vec<PathBuf> {
    let own = folder.join(TASK);
    if own.is_file() {
        return vec![own];
    }
    let entries = fs::read_dir(folder).into_iter().flatten().flatten().take(MOST_TASKS);
    let tasks = entries.map(|entry| entry.path().join(TASK)).filter(|task| task.is_file());
    let mut tasks: Vec<_> = tasks.collect();
    tasks.sort();
    tasks
}

/// The tasks of a folder, of the extension's, or of one above it.
fn tasks_at(folder: &Path) -> Vec<PathBuf> {
    let places = [folder.to_owned(), folder.join(EXTENSION[3]), join(folder, &EXTENSION[2..])];
    let above = [join(folder, &EXTENSION[1..]), join(folder, &EXTENSION)];
    let tasks = places.into_iter().chain(above).map(|place| tasks_in(&place));
    tasks.into_iter().find(|tasks| !tasks.is_empty()).unwrap_or_default()
}

/// The databases in a folder of programs' data.
fn databases_in(data: &Path) -> Vec<PathBuf> {
    let channels = within(&data.join(NEWER)).into_iter().take(MOST_CHANNELS);
    let newer = channels.map(|channel| channel.join(NEWER_DATABASE));
    [join(data, &FIRST)].into_iter().chain(newer).filter(|file| file.exists()).collect()
}

/// What is read where one of it is asked for: itself first, then what else Kilo's programs keep of the same person on this
/// machine. What lies elsewhere is read alone; of a folder, the tasks in it.
pub fn files(path: &Path) -> Vec<PathBuf> {
    let path = &plain(path);
    let home = home_of(path);
    let data = home.map(|home| join(home, &DATA));
    let data = data_of(path).map(Path::to_owned).or(data);
    let mut files = if path.is_dir() { tasks_at(path) } else { vec![path.clone()] };
    files.retain(|file| data.is_none() || file.exists());
    files.extend(data.iter().flat_map(|data| databases_in(data)));
    files.extend(home.into_iter().flat_map(tasks_of));
    // The one that was asked for stands in front.
    let mut known = std::collections::HashSet::new();
    files.retain(|file| known.insert(file.clone()));
    if files.is_empty() { vec![path.clone()] } else { files }
}

/// Whether a file is a task of the legacy extension's, by its name.
pub(crate) fn is_task(file: &Path) -> bool {
    file.file_name().is_some_and(|name| name == TASK)
}

/// Under which place requests are kept: those that are read together are one record, however one of them is named.
pub fn place(path: &Path) -> PathBuf {
    let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let data = data_of(&path).map(Path::to_owned).or_else(|| Some(join(home_of(&path)?, &DATA)));
    data.map_or_else(|| path.clone(), |data| join(&data, &FIRST))
}

/// Without `.` and what else says nothing.
fn plain(path: &Path) -> PathBuf {
    path.components().filter(|part| *part != Component::CurDir).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_home_is_told_by_where_kilos_programs_keep_their_things() {
        for (path, home) in [
            ("/home/ada/.local/share/kilo/kilo.db", Some("/home/ada")),
            ("/home/ada/.local/share/kilo2/interactive/kilo2.db", Some("/home/ada")),
            ("/srv/data/kilo/kilo.db", None),
            (
                "/home/ada/.config/Code/User/globalStorage/kilocode.kilo-code/tasks/7/ui_messages.json",
                Some("/home/ada"),
            ),
            ("/home/ada/.config/VSCodium/User/globalStorage/kilocode.kilo-code", Some("/home/ada")),
            (
                "/Users/ada/Library/Application Support/Cursor/User/globalStorage/kilocode.kilo-code/tasks",
                Some("/Users/ada"),
            ),
            (
                "/c/Users/ada/AppData/Roaming/Windsurf/User/globalStorage/kilocode.kilo-code",
                Some("/c/Users/ada"),
            ),
            ("/home/ada/.vscode-server/data/User/globalStorage/kilocode.kilo-code/tasks", Some("/home/ada")),
            (
                "/home/ada/.var/app/com.visualstudio.code/config/Code/User/globalStorage/kilocode.kilo-code/tasks",
                Some("/home/ada"),
            ),
            ("/backup/Code/User/globalStorage/kilocode.kilo-code/tasks", None),
            ("/home/ada/.config/Code/User/other", None),
        ] {
            assert_eq!(home_of(Path::new(path)), home.map(Path::new), "{path}");
        }
    }
}
