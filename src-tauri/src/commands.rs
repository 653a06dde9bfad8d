//! What the window can ask for. One line each: the work is `headroom_app`'s.
//!
//! All of them run off the thread that draws.

#![expect(clippy::needless_pass_by_value, reason = "Tauri hands arguments over by value")]

use crate::backend::Backend;
use crate::desktop::{self, Desktop};
use crate::{dialogs, window};
use headroom_app::views::{
    AccountNumber, AccountSummary, AlertKey, AlertView, Choice, ExportForm, FactsChange, FactsSaved,
    ImportFrom, ImportKind, ImportView, InvoicesView, Kind, Link, Offers, PlansView, ProgressView,
    ReceiptView, RefreshView, SeatChange, SeatReceipt, Standing, StartView, TeamFacts, TrayChoice, TrayWords,
    UsageQuery, UsageRows, UsageStep, UsageView, WhatIf, WhatIfView,
};
use headroom_app::{AppError, ErrorCode};
use tauri::ipc::{Channel, Invoke};
use tauri::{AppHandle, Manager, State, Wry};
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
        usage,
        usage_rows,
        what_if,
        save_what_if,
        forget_what_if,
        export_what_if,
        open_what_if,
        seat_receipt,
        set_overage,
        request_overage,
        refresh,
        choose,
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
        restore_account,
        import,
        stop_import,
        open_link,
        show_data_folder,
        back_up,
        export_all,
        delete_all,
        alerts,
        tell,
        desktop,
        set_autostart,
        set_tray,
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
fn painted(app: AppHandle, summary: &str) {
    window::painted(summary);
    // Nothing of the desktop delays the first figures.
    std::thread::spawn(move || app.state::<Desktop>().find_tray(&app));
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
fn usage(backend: State<'_, Backend>, account: AccountNumber, step: UsageStep) -> Answer<UsageView> {
    backend.headroom()?.usage(account, step)
}

#[tauri::command(async)]
fn usage_rows(backend: State<'_, Backend>, account: AccountNumber, query: UsageQuery) -> Answer<UsageRows> {
    backend.headroom()?.usage_rows(account, &query)
}

#[tauri::command(async)]
fn what_if(backend: State<'_, Backend>, account: AccountNumber, question: WhatIf) -> Answer<WhatIfView> {
    backend.headroom()?.what_if(account, &question)
}

#[tauri::command(async)]
fn save_what_if(
    backend: State<'_, Backend>,
    account: AccountNumber,
    name: &str,
    question: WhatIf,
) -> Answer<()> {
    backend.headroom()?.save_what_if(account, name, &question)
}

#[tauri::command(async)]
fn forget_what_if(backend: State<'_, Backend>, account: AccountNumber, name: &str) -> Answer<()> {
    backend.headroom()?.forget_what_if(account, name)
}

/// Saves a question as a scenario where a dialog says; the path, or none when it is cancelled.
#[tauri::command(async)]
fn export_what_if(
    app: AppHandle,
    backend: State<'_, Backend>,
    account: AccountNumber,
    question: WhatIf,
) -> Answer<Option<String>> {
    dialogs::save(&app, &backend.headroom()?.export_what_if(account, &question)?)
}

/// Opens a scenario that a dialog names; false when it is cancelled.
#[tauri::command(async)]
fn open_what_if(app: AppHandle, backend: State<'_, Backend>) -> Answer<bool> {
    let headroom = backend.headroom()?;
    let Some(path) = dialogs::pick(&app, ImportFrom::File)? else { return Ok(false) };
    headroom.open_what_if(&path).map(|()| true)
}

#[tauri::command(async)]
fn seat_receipt(
    backend: State<'_, Backend>,
    account: AccountNumber,
    change: SeatChange,
) -> Answer<SeatReceipt> {
    backend.headroom()?.seat_receipt(account, change)
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
fn choose(backend: State<'_, Backend>, desktop: State<'_, Desktop>, choice: Choice) -> Answer<()> {
    backend.headroom()?.choose(&choice)?;
    if let Choice::CloseToTray(stays) = choice {
        desktop.stay_in_tray(stays);
    }
    Ok(())
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
    change: FactsChange,
) -> Answer<FactsSaved> {
    backend.headroom()?.save_facts(account, &change)
}

#[tauri::command(async)]
fn open_sample(backend: State<'_, Backend>) -> Answer<AccountSummary> {
    backend.headroom()?.open_sample()
}

#[tauri::command(async)]
fn remove_account(backend: State<'_, Backend>, account: AccountNumber) -> Answer<()> {
    backend.headroom()?.remove_account(account)
}

#[tauri::command(async)]
fn restore_account(backend: State<'_, Backend>, account: AccountNumber) -> Answer<()> {
    backend.headroom()?.restore_account(account)
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
fn open_link(app: AppHandle, link: Link) -> Answer<()> {
    let unknown = || AppError::input("There is no such page.");
    let address = headroom_app::links::address(&link).ok_or_else(unknown)?;
    let failed = |error| AppError::new(ErrorCode::Outside, format!("{address} could not be opened: {error}"));
    app.opener().open_url(address, None::<&str>).map_err(failed)
}

#[tauri::command(async)]
fn show_data_folder(app: AppHandle, backend: State<'_, Backend>) -> Answer<()> {
    let folder = backend.data_folder().display().to_string();
    let failed = |error| AppError::new(ErrorCode::Outside, format!("{folder} could not be opened: {error}"));
    app.opener().open_path(&folder, None::<&str>).map_err(failed)
}

/// Copies the database where a dialog says; the path, or none when it is cancelled.
#[tauri::command(async)]
fn back_up(app: AppHandle, backend: State<'_, Backend>) -> Answer<Option<String>> {
    let headroom = backend.headroom()?;
    let Some(path) = dialogs::place(&app, &headroom.data_file_name("db"))? else { return Ok(None) };
    headroom.back_up(&path)?;
    Ok(Some(path.display().to_string()))
}

/// Writes every record as text where a dialog says; the path, or none when it is cancelled.
#[tauri::command(async)]
fn export_all(app: AppHandle, backend: State<'_, Backend>) -> Answer<Option<String>> {
    let headroom = backend.headroom()?;
    let Some(path) = dialogs::place(&app, &headroom.data_file_name("jsonl"))? else { return Ok(None) };
    headroom.export_all(&path)?;
    Ok(Some(path.display().to_string()))
}

#[tauri::command(async)]
fn delete_all(backend: State<'_, Backend>) -> Answer<()> {
    backend.headroom()?.delete_all()
}

#[tauri::command(async)]
fn alerts(backend: State<'_, Backend>) -> Answer<Vec<AlertView>> {
    backend.headroom()?.alerts()
}

/// Tells an alert once, in the window's words.
#[tauri::command(async)]
fn tell(app: AppHandle, backend: State<'_, Backend>, key: AlertKey, title: &str, body: &str) -> Answer<()> {
    if backend.headroom()?.remember_alert(&key)? {
        desktop::notify(&app, title, body);
    }
    Ok(())
}

/// What this desktop offers.
#[tauri::command(async)]
fn desktop(app: AppHandle, desktop: State<'_, Desktop>) -> Offers {
    desktop.offers(&app)
}

#[tauri::command(async)]
fn set_autostart(app: AppHandle, on: bool) -> Answer<()> {
    desktop::set_autostart(&app, on)
}

/// Writes the tray's words; what is chosen there comes through `chosen`.
#[tauri::command(async)]
fn set_tray(desktop: State<'_, Desktop>, words: TrayWords, chosen: Channel<TrayChoice>) {
    desktop.write_tray(words, chosen);
}
