//! From the start of the program to its end.

use crate::backend::Backend;
use crate::background::in_background;
use crate::desktop::{self, Desktop};
use crate::sessions::Sessions;
use crate::{commands, window};
use headroom_app::instance::{self, InstanceLock};
use headroom_app::log::Line;
use headroom_app::reports::{self, guarded};
use headroom_app::{Paths, log, process};
use std::io::{Write as _, stderr};
use std::process::ExitCode;
use std::sync::mpsc;
use std::time::Duration;
use tauri::{App, AppHandle, Manager, RunEvent};
use tauri_plugin_window_state::StateFlags;

/// Opens on the sample account, made if it isn't there: for a look without any account.
const SAMPLE_FLAG: &str = "--sample";
/// A session bus that doesn't answer is none.
const PATIENCE_WITH_THE_BUS: Duration = Duration::from_secs(10);

fn has_flag(flag: &str) -> bool {
    std::env::args().skip(1).any(|argument| argument == flag)
}

/// Says something to whoever started the program.
fn tell(text: &str) {
    // Nobody may be listening.
    _ = writeln!(stderr(), "headroom-desktop: {text}");
}

/// Runs until the window closes.
pub fn run() -> ExitCode {
    process::guard();
    if let Some(status) = headroom_app::works() {
        return status;
    }
    crate::platform::choose_painting();
    let paths = match Paths::of_this_machine() {
        Ok(paths) => paths,
        Err(error) => {
            tell(&error.to_string());
            return ExitCode::FAILURE;
        }
    };
    if let Some(saying) = paths.emulator_in_use() {
        tell(&headroom_app::words::say(&saying));
    }
    log::start(paths.log(), "window", true);
    reports::start(paths.reports(), "window");
    if let Some(problem) = headroom_app::catalog::open_once(&paths) {
        Line::warn("catalogue-not-used").why(problem).note();
    }
    let status = guarded("window", "start", || start(paths)).unwrap_or_else(|mistake| {
        tell(&reports::say_ended(mistake));
        ExitCode::FAILURE
    });
    log::finish();
    status
}

fn start(paths: Paths) -> ExitCode {
    // The guard where the desktop has no session bus.
    let lock = match instance::lock(&paths) {
        Ok(lock) => lock,
        Err(error) => {
            tell(&instance::no_lock(&paths, error));
            return ExitCode::FAILURE;
        }
    };
    let first = lock.is_some();
    if !first {
        give_up_in(PATIENCE_WITH_THE_BUS);
    }
    // A second start ends in here, if the first one can be told of it.
    let app = match build(paths, lock) {
        Ok(app) => app,
        Err(error) => {
            Line::error("window-not-built").note();
            tell(&error.to_string());
            return ExitCode::FAILURE;
        }
    };
    if !first {
        tell(&instance::open_already());
        return ExitCode::FAILURE;
    }
    app.run(|app, event| {
        if let RunEvent::Exit = event {
            app.state::<Sessions>().end();
            log::finish();
        }
    });
    ExitCode::SUCCESS
}

/// Ends a second start that waits for a bus which doesn't answer.
fn give_up_in(patience: Duration) {
    std::thread::spawn(move || {
        let (_nobody, nothing) = mpsc::channel::<()>();
        _ = nothing.recv_timeout(patience);
        tell(&instance::open_already());
        log::finish();
        std::process::exit(1);
    });
}

fn build(paths: Paths, lock: Option<InstanceLock>) -> tauri::Result<App> {
    let hidden = has_flag(desktop::HIDDEN_FLAG);
    tauri::Builder::default()
        // First, so that a second start ends before it does anything.
        .plugin(tauri_plugin_single_instance::init(|app, _, _| {
            // What goes wrong here is reported, and the window stays.
            _ = guarded("window", "second-start", || window::bring_to_front(app));
        }))
        .plugin(
            tauri_plugin_window_state::Builder::new()
                .with_state_flags(StateFlags::SIZE | StateFlags::POSITION | StateFlags::MAXIMIZED)
                .build(),
        )
        .plugin(tauri_plugin_dialog::init())
        .plugin(tauri_plugin_notification::init())
        .plugin(tauri_plugin_autostart::Builder::new().arg(desktop::HIDDEN_FLAG).build())
        .plugin(tauri_plugin_opener::Builder::new().open_js_links_on_click(false).build())
        .manage(lock)
        .manage(Backend::new(paths, has_flag(SAMPLE_FLAG)))
        .manage(window::FirstPaint::default())
        .manage(Desktop::default())
        .manage(Sessions::default())
        .on_window_event(|window, event| {
            _ = guarded("window", "window-event", || desktop::on_window_event(window.app_handle(), event));
        })
        .invoke_handler(commands::handler())
        .on_page_load(|webview, payload| {
            _ = guarded("window", "page-load", || window::loaded(webview, payload.event()));
        })
        .setup(move |app| {
            window::make(app)?;
            let handle = app.handle().clone();
            // The page takes longer to load than the store to open: both at once.
            in_background("preparation", move || prepare(&handle, hidden));
            Sessions::begin(app.handle());
            window::keep_page(app.handle())?;
            if hidden {
                app.state::<window::FirstPaint>().keep_hidden();
            } else {
                window::prepare(app.handle())?;
            }
            Ok(())
        })
        .build(tauri::generate_context!())
}

fn prepare(app: &AppHandle, hidden: bool) {
    let backend = app.state::<Backend>();
    backend.prepare();
    let desktop = app.state::<Desktop>();
    desktop.stay_in_tray(backend.headroom().is_ok_and(|headroom| headroom.closes_to_tray()));
    if hidden {
        desktop.find_tray(app);
        if !desktop.has_tray() {
            // Without a tray there would be no way to it.
            window::bring_to_front(app);
        }
    }
}
