//! The system's dialogs for files. They are opened here, so that the window names no path. Each waits for the person,
//! on the thread of the command that asks.

use headroom_app::AppError;
use headroom_app::answers::ImportFrom;
use headroom_app::commands::HostError;
use std::path::PathBuf;
use tauri::AppHandle;
use tauri_plugin_dialog::{DialogExt, FilePath};

fn path(chosen: FilePath) -> Result<PathBuf, AppError> {
    Ok(chosen.into_path().map_err(|_| HostError::NoPath)?)
}

/// Asks for a file or a folder to read; none when it is cancelled.
pub fn pick(app: &AppHandle, from: ImportFrom) -> Result<Option<PathBuf>, AppError> {
    let dialog = app.dialog().file().set_title("Headroom");
    let chosen = match from {
        ImportFrom::Folder => dialog.blocking_pick_folder(),
        ImportFrom::Usual | ImportFrom::File => dialog.blocking_pick_file(),
    };
    chosen.map(path).transpose()
}

/// Asks where a new file of that name is to be; none when it is cancelled.
pub fn place(app: &AppHandle, name: &str) -> Result<Option<PathBuf>, AppError> {
    let ending = name.rsplit('.').next().unwrap_or_default();
    // The name says what is saved, in any language.
    let dialog = app.dialog().file().set_title(name).set_file_name(name);
    let chosen = dialog.add_filter(ending.to_uppercase(), &[ending]).blocking_save_file();
    chosen.map(path).transpose()
}
