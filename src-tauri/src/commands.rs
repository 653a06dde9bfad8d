//! What the window can ask for. One line each: the work is `headroom_app`'s.
//!
//! All of them run off the thread that draws.

#![expect(clippy::needless_pass_by_value, reason = "Tauri hands arguments over by value")]

use crate::backend::Backend;
use crate::{links, window};
use headroom_app::views::{
    AccountNumber, AccountSummary, Facts, ImportView, Link, OverviewView, PlansView, ReceiptView,
    RefreshView, StartView, Theme,
};
use headroom_app::{AppError, ErrorCode};
use tauri::ipc::Invoke;
use tauri::{AppHandle, State, Wry};
use tauri_plugin_dialog::DialogExt;
use tauri_plugin_opener::OpenerExt;

type Answer<T> = Result<T, AppError>;

/// All commands; build.rs and tauri.conf.json name the same ones.
pub fn handler() -> impl Fn(Invoke<Wry>) -> bool + Send + Sync + 'static {
    tauri::generate_handler![
        start,
        reveal,
        painted,
        overview,
        plans,
        receipt,
        set_overage,
        request_overage,
        refresh,
        set_ask_kiro,
        change_plan,
        save_facts,
        open_sample,
        remove_account,
        import_kiro_sessions,
        set_theme,
        open_link,
        show_data_folder,
    ]
}

#[tauri::command(async)]
fn start(backend: State<'_, Backend>) -> Answer<StartView> {
    backend.headroom()?.start(backend.first_account()?)
}

#[tauri::command(async)]
fn reveal(app: AppHandle) {
    window::reveal(&app);
}

#[tauri::command(async)]
fn painted(summary: &str) {
    window::painted(summary);
}

#[tauri::command(async)]
fn overview(backend: State<'_, Backend>, account: AccountNumber) -> Answer<OverviewView> {
    backend.headroom()?.overview(account)
}

#[tauri::command(async)]
fn plans(backend: State<'_, Backend>, account: AccountNumber) -> Answer<PlansView> {
    backend.headroom()?.plans(account)
}

#[tauri::command(async)]
fn receipt(backend: State<'_, Backend>, account: AccountNumber, plan: &str) -> Answer<ReceiptView> {
    backend.headroom()?.receipt(account, plan)
}

#[tauri::command(async)]
fn set_overage(backend: State<'_, Backend>, account: AccountNumber, enabled: bool) -> Answer<()> {
    backend.headroom()?.set_overage(account, enabled)
}

#[tauri::command(async)]
fn request_overage(backend: State<'_, Backend>, account: AccountNumber, enabled: bool) -> Answer<()> {
    backend.headroom()?.request_overage(account, enabled)
}

#[tauri::command(async)]
fn refresh(
    backend: State<'_, Backend>,
    account: AccountNumber,
    by_hand: bool,
    hidden: bool,
) -> Answer<RefreshView> {
    backend.headroom()?.refresh(account, by_hand, hidden)
}

#[tauri::command(async)]
fn set_ask_kiro(backend: State<'_, Backend>, agreed: bool) -> Answer<()> {
    backend.headroom()?.set_ask_kiro(agreed)
}

#[tauri::command(async)]
fn change_plan(backend: State<'_, Backend>, account: AccountNumber, plan: &str) -> Answer<()> {
    backend.headroom()?.change_plan(account, plan)
}

#[tauri::command(async)]
fn save_facts(
    backend: State<'_, Backend>,
    account: Option<AccountNumber>,
    facts: Facts,
) -> Answer<AccountSummary> {
    backend.headroom()?.save_facts(account, &facts)
}

#[tauri::command(async)]
fn open_sample(backend: State<'_, Backend>) -> Answer<AccountSummary> {
    backend.headroom()?.open_sample()
}

#[tauri::command(async)]
fn remove_account(backend: State<'_, Backend>, account: AccountNumber) -> Answer<()> {
    backend.headroom()?.remove_account(account)
}

/// Imports from where the sessions usually are, or from a folder chosen in a dialog of the system's;
/// none when the dialog is cancelled.
#[tauri::command(async)]
fn import_kiro_sessions(
    app: AppHandle,
    backend: State<'_, Backend>,
    choose: bool,
) -> Answer<Option<ImportView>> {
    let headroom = backend.headroom()?;
    if !choose {
        return headroom.import_kiro_sessions(None).map(Some);
    }
    let chosen = app.dialog().file().set_title("Folder of Kiro CLI sessions").blocking_pick_folder();
    let Some(folder) = chosen else { return Ok(None) };
    let folder = folder.into_path().map_err(|error| AppError::new(ErrorCode::Outside, error))?;
    headroom.import_kiro_sessions(Some(&folder)).map(Some)
}

#[tauri::command(async)]
fn set_theme(backend: State<'_, Backend>, theme: Theme) -> Answer<()> {
    backend.headroom()?.set_theme(theme)
}

#[tauri::command(async)]
fn open_link(app: AppHandle, link: Link) -> Answer<()> {
    let unknown = || AppError::input("There is no such page.");
    let address = links::address(&link).ok_or_else(unknown)?;
    let failed = |error| AppError::new(ErrorCode::Outside, format!("{address} could not be opened: {error}"));
    app.opener().open_url(address, None::<&str>).map_err(failed)
}

#[tauri::command(async)]
fn show_data_folder(app: AppHandle, backend: State<'_, Backend>) -> Answer<()> {
    let folder = backend.data_folder().display().to_string();
    let failed = |error| AppError::new(ErrorCode::Outside, format!("{folder} could not be opened: {error}"));
    app.opener().open_path(&folder, None::<&str>).map_err(failed)
}
