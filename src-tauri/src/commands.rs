//! What the window can ask for. One line each: the work is `headroom_app`'s.
//!
//! All of them run off the thread that draws.

#![expect(clippy::needless_pass_by_value, reason = "Tauri hands arguments over by value")]

use crate::backend::Backend;
use crate::{dialogs, links, window};
use headroom_app::views::{
    AccountNumber, AccountSummary, ExportForm, Facts, ImportFrom, ImportKind, ImportView, InvoicesView, Kind,
    Link, PlansView, ProgressView, ReceiptView, RefreshView, Standing, StartView, TeamFacts, Theme, Vendor,
};
use headroom_app::{AppError, ErrorCode};
use tauri::ipc::{Channel, Invoke};
use tauri::{AppHandle, State, Wry};
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
        invoices,
        save_invoices,
        set_overage,
        request_overage,
        refresh,
        set_ask,
        set_pause_on_battery,
        connect_kilo,
        set_kilo_key,
        add_account,
        rename_account,
        hide_account,
        save_team_facts,
        change_plan,
        save_facts,
        open_sample,
        remove_account,
        import,
        stop_import,
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
fn overview(backend: State<'_, Backend>, account: AccountNumber) -> Answer<Standing> {
    backend.headroom()?.standing(account)
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
fn invoices(backend: State<'_, Backend>, account: AccountNumber) -> Answer<InvoicesView> {
    backend.headroom()?.invoices(account)
}

/// Saves charges where a dialog says; the path, or none when it is cancelled.
#[tauri::command(async)]
fn save_invoices(
    app: AppHandle,
    backend: State<'_, Backend>,
    account: AccountNumber,
    period: Option<&str>,
    form: ExportForm,
) -> Answer<Option<String>> {
    let export = backend.headroom()?.export(account, period, form)?;
    dialogs::save(&app, &export)
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
fn set_ask(backend: State<'_, Backend>, vendor: Vendor, agreed: bool) -> Answer<()> {
    backend.headroom()?.set_ask(vendor, agreed)
}

#[tauri::command(async)]
fn set_pause_on_battery(backend: State<'_, Backend>, pause: bool) -> Answer<()> {
    backend.headroom()?.set_pause_on_battery(pause)
}

#[tauri::command(async)]
fn connect_kilo(backend: State<'_, Backend>) -> Answer<Vec<AccountSummary>> {
    backend.headroom()?.connect_kilo()
}

/// Keeps a pasted key in the system's keyring; none forgets it.
#[tauri::command(async)]
fn set_kilo_key(backend: State<'_, Backend>, key: Option<&str>) -> Answer<()> {
    backend.headroom()?.set_kilo_key(key)
}

#[tauri::command(async)]
fn add_account(backend: State<'_, Backend>, billing: Kind) -> Answer<AccountSummary> {
    backend.headroom()?.add_account(billing, None)
}

#[tauri::command(async)]
fn rename_account(backend: State<'_, Backend>, account: AccountNumber, name: &str) -> Answer<()> {
    backend.headroom()?.rename_account(account, name)
}

#[tauri::command(async)]
fn hide_account(backend: State<'_, Backend>, account: AccountNumber, hidden: bool) -> Answer<()> {
    backend.headroom()?.hide_account(account, hidden)
}

#[tauri::command(async)]
fn save_team_facts(
    backend: State<'_, Backend>,
    account: AccountNumber,
    facts: TeamFacts,
) -> Answer<AccountSummary> {
    backend.headroom()?.save_team_facts(account, &facts)
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

/// Imports; none when the dialog is cancelled. How far it is goes through `progress`.
#[tauri::command(async)]
fn import(
    app: AppHandle,
    backend: State<'_, Backend>,
    kind: ImportKind,
    from: ImportFrom,
    account: Option<AccountNumber>,
    progress: Channel<ProgressView>,
) -> Answer<Option<ImportView>> {
    let headroom = backend.headroom()?;
    let path = match from {
        ImportFrom::Usual => None,
        ImportFrom::Folder | ImportFrom::File => match dialogs::pick(&app, from)? {
            None => return Ok(None),
            chosen => chosen,
        },
    };
    // A window that is gone needs to hear nothing more.
    let told = |how_far| _ = progress.send(how_far);
    headroom.import(kind, path.as_deref(), account, &told).map(Some)
}

#[tauri::command(async)]
fn stop_import(backend: State<'_, Backend>) -> Answer<()> {
    backend.headroom()?.stop_import();
    Ok(())
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
