//! The system's dialogs for files. They are opened here, so that the window names no path. Each waits for the person,
//! on the thread of the command that asks.

use headroom_app::AppError;
use headroom_app::commands::HostError;
use std::path::PathBuf;
use tauri::AppHandle;
use tauri_plugin_dialog::{DialogExt, FilePath};

fn path(chosen: FilePath) -> Result<PathBuf, AppError> {
    Ok(chosen.into_path().map_err(|_| HostError::NoPath)?)
}

/// Asks for a file to read; none when it is cancelled.
pub fn pick(app: &AppHandle) -> Result<Option<PathBuf>, AppError> {
    app.dialog().file().set_title("Headroom").blocking_pick_file().map(path).transpose()
}

/// Asks for files to read; none when it is cancelled.
pub fn pick_files(app: &AppHandle) -> Result<Vec<PathBuf>, AppError> {
    let chosen = app.dialog().file().set_title("Headroom").blocking_pick_files();
    chosen.unwrap_or_default().into_iter().map(path).collect()
}

/// Asks for folders to read; none when it is cancelled.
pub fn pick_folders(app: &AppHandle) -> Result<Vec<PathBuf>, AppError> {
    let chosen = app.dialog().file().set_title("Headroom").blocking_pick_folders();
    chosen.unwrap_or_default().into_iter().map(path).collect()
}

/// Asks where a new file of that name is to be; none when it is cancelled.
pub fn place(app: &AppHandle, name: &str) -> Result<Option<PathBuf>, AppError> {
    let ending = name.rsplit('.').next().unwrap_or_default();
    // The name says what is saved, in any language.
    let dialog = app.dialog().file().set_title(name).set_file_name(name);
    let chosen = dialog.add_filter(ending.to_uppercase(), &[ending]).blocking_save_file();
    chosen.map(path).transpose()
}
