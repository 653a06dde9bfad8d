//! The shell: a Tauri window around `headroom_app`. It decides nothing about money.

mod backend;
mod commands;
mod desktop;
mod dialogs;
mod logging;
mod platform;
mod tray;
mod window;

use backend::Backend;
use desktop::Desktop;
use headroom_app::{Paths, instance};
use std::process::ExitCode;
use tauri::Manager;
use tauri_plugin_window_state::StateFlags;

/// Opens on the sample account, made if it isn't there: for a look without any account.
const SAMPLE_FLAG: &str = "--sample";

/// Runs until the window closes.
pub fn run() -> ExitCode {
    if let Some(status) = headroom_app::works() {
        return status;
    }
    headroom_app::keep_files_private();
    platform::choose_painting();
    logging::start();
    let paths = match Paths::of_this_machine() {
        Ok(paths) => paths,
        Err(error) => {
            tracing::error!("{error}");
            return ExitCode::FAILURE;
        }
    };
    if let Some(problem) = headroom_app::catalog::open_once(&paths) {
        tracing::warn!("{}", headroom_app::words::say(&problem));
    }
    let has_flag = |flag: &str| std::env::args().skip(1).any(|argument| argument == flag);
    let open_sample = has_flag(SAMPLE_FLAG);
    let hidden = has_flag(desktop::HIDDEN_FLAG);
    let lock_paths = paths.clone();
    let app = tauri::Builder::default()
        // First, so that a second start ends before it does anything.
        .plugin(tauri_plugin_single_instance::init(|app, _, _| window::bring_to_front(app)))
        .plugin(
            tauri_plugin_window_state::Builder::new()
                .with_state_flags(StateFlags::SIZE | StateFlags::POSITION | StateFlags::MAXIMIZED)
                .build(),
        )
        .plugin(tauri_plugin_dialog::init())
        .plugin(tauri_plugin_notification::init())
        .plugin(tauri_plugin_autostart::Builder::new().arg(desktop::HIDDEN_FLAG).build())
        .plugin(tauri_plugin_opener::Builder::new().open_js_links_on_click(false).build())
        .manage(Backend::new(paths, open_sample))
        .manage(window::FirstPaint::default())
        .manage(Desktop::default())
        .on_window_event(|window, event| desktop::on_window_event(window.app_handle(), event))
        .invoke_handler(commands::handler())
        .on_page_load(|webview, payload| window::loaded(webview, payload.event()))
        .setup(move |app| {
            // The guard where the desktop has no session bus.
            let Some(lock) = instance::lock(&lock_paths)? else {
                return Err("Headroom is open already with this data folder.".into());
            };
            app.manage(lock);
            // The page takes longer to load than the store to open: both at once.
            let handle = app.handle().clone();
            std::thread::spawn(move || {
                let backend = handle.state::<Backend>();
                backend.prepare();
                let desktop = handle.state::<Desktop>();
                desktop.stay_in_tray(backend.headroom().is_ok_and(|headroom| headroom.closes_to_tray()));
                if hidden {
                    desktop.find_tray(&handle);
                    if !desktop.has_tray() {
                        // Without a tray there would be no way to it.
                        window::bring_to_front(&handle);
                    }
                }
            });
            if hidden {
                app.state::<window::FirstPaint>().keep_hidden();
            } else {
                window::prepare(app.handle())?;
            }
            Ok(())
        })
        .build(tauri::generate_context!());
    match app {
        Ok(app) => {
            app.run(|_, _| {});
            ExitCode::SUCCESS
        }
        Err(error) => {
            tracing::error!("{error}");
            ExitCode::FAILURE
        }
    }
}
