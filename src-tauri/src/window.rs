//! The window: hidden until it has something to show, brought to the front by a second start.

use crate::backend::Backend;
use crate::background::in_background;
use crate::platform;
use headroom_app::commands::Question;
use headroom_app::log::Line;
use headroom_app::restarts::{Restart, Restarts};
use std::io::{Write as _, stderr};
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};
use tauri::webview::{NewWindowResponse, PageLoadEvent};
use tauri::{App, AppHandle, Manager, Runtime, Url, Webview, WebviewWindowBuilder};

const LABEL: &str = "main";
/// A page that never reports its first paint is shown after this all the same: something blank that
/// can be closed is better than a window that never comes.
const PATIENCE: Duration = Duration::from_secs(4);

/// Whether the page has painted.
pub struct FirstPaint {
    painted: Mutex<Option<Sender<()>>>,
    waiting: Mutex<Option<Receiver<()>>>,
}

impl Default for FirstPaint {
    fn default() -> Self {
        let (sender, receiver) = mpsc::channel();
        Self { painted: Mutex::new(Some(sender)), waiting: Mutex::new(Some(receiver)) }
    }
}

impl FirstPaint {
    /// The window is shown only when somebody asks for it.
    pub fn keep_hidden(&self) {
        self.note();
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner).take();
    }

    /// Notes the first paint. False for every later one.
    fn note(&self) -> bool {
        self.painted.lock().unwrap_or_else(PoisonError::into_inner).take().is_some()
    }
}

pub fn bring_to_front<R: Runtime>(app: &AppHandle<R>) {
    if let Some(window) = app.get_webview_window(LABEL) {
        let shown = window.show().and_then(|()| window.unminimize()).and_then(|()| window.set_focus());
        match shown {
            Ok(()) => Line::info("brought-to-the-front").note(),
            Err(_) => Line::warn("not-brought-to-the-front").note(),
        }
    }
}

/// Puts it out of sight; it stays as it is.
pub fn hide<R: Runtime>(app: &AppHandle<R>) {
    if let Some(window) = app.get_webview_window(LABEL)
        && window.hide().is_err()
    {
        Line::warn("window-not-hidden").note();
    }
}

/// The page has its first figures: now the window may be seen.
pub fn reveal<R: Runtime>(app: &AppHandle<R>) {
    if app.state::<FirstPaint>().note() {
        show(app);
    }
}

/// The figures, described by `summary`, are on the screen. Said on standard error for whoever waits for it: what is said
/// there may be kept by the desktop, so only made-up figures are in it.
pub fn painted<R: Runtime>(app: &AppHandle<R>, summary: &str) {
    let made_up = app.state::<Backend>().shows_sample();
    let summary = if made_up { summary.replace(char::is_control, " ") } else { "figures".to_owned() };
    // Nobody may be listening.
    _ = writeln!(stderr(), " INFO painted: {summary}");
    Line::info("painted").note();
}

/// Starts the page again when its process ends; on the main thread, before the page is loaded. The page's address says
/// which account and view it showed.
pub fn keep_page<R: Runtime>(app: &AppHandle<R>) -> tauri::Result<()> {
    let Some(window) = app.get_webview_window(LABEL) else { return Ok(()) };
    let (app, since) = (app.clone(), Instant::now());
    let mut restarts = Restarts::default();
    platform::when_page_ends(&window, move || {
        let restart = restarts.ended(since.elapsed());
        Line::error("page-ended")
            .code("then", if restart == Restart::No { "end" } else { "loaded-again" })
            .note();
        if restart == Restart::No {
            app.exit(1);
        }
        restart
    })
}

/// Makes the window as it is configured. It shows the page that this program brings and no other: whatever a page is led
/// to elsewhere, or opens beside it, is refused. A whole page without an address bar could pretend to be anybody's, and
/// an address can carry away what the page knows.
pub fn make<R: Runtime>(app: &App<R>) -> tauri::Result<()> {
    let configuration = app.config();
    let Some(window) = configuration.app.windows.iter().find(|window| window.label == LABEL) else {
        return Ok(());
    };
    let while_developed = configuration.build.dev_url.clone().filter(|_| tauri::is_dev());
    let is_own = move |address: &Url| {
        let is_own = platform::is_own(address)
            || while_developed.as_ref().is_some_and(|known| known.origin() == address.origin());
        if !is_own {
            Line::warn("led-elsewhere").note();
        }
        is_own
    };
    let window = WebviewWindowBuilder::from_config(app, window)?;
    window.on_navigation(is_own).on_new_window(|_, _| NewWindowResponse::Deny).build()?;
    Ok(())
}

/// Lets the window draw before it can be seen; on the main thread.
pub fn prepare<R: Runtime>(app: &AppHandle<R>) -> tauri::Result<()> {
    app.get_webview_window(LABEL).map_or(Ok(()), |window| platform::hang(&window))
}

/// Puts a question to the person and waits for the answer; without a window there is nobody to agree.
pub fn ask<R: Runtime>(app: &AppHandle<R>, question: Question) -> bool {
    app.get_webview_window(LABEL).is_some_and(|window| platform::ask(&window, question))
}

/// Draws everything in it so large, percent.
pub fn zoom<R: Runtime>(app: &AppHandle<R>, percent: u16) {
    if let Some(window) = app.get_webview_window(LABEL)
        && window.set_zoom(f64::from(percent) / 100.0).is_err()
    {
        Line::warn("window-not-zoomed").note();
    }
}

fn show<R: Runtime>(app: &AppHandle<R>) {
    if let Some(window) = app.get_webview_window(LABEL)
        && platform::lift(&window).is_err()
    {
        Line::error("window-not-shown").note();
    }
}

/// Starts the patience for the first paint when the page is there.
pub fn loaded<R: Runtime>(webview: &Webview<R>, event: PageLoadEvent) {
    if event != PageLoadEvent::Finished {
        return;
    }
    let app = webview.app_handle().clone();
    let receiver = app.state::<FirstPaint>().waiting.lock().unwrap_or_else(PoisonError::into_inner).take();
    if let Some(receiver) = receiver {
        in_background("first-paint", move || {
            if receiver.recv_timeout(PATIENCE) == Err(mpsc::RecvTimeoutError::Timeout) {
                Line::warn("no-first-paint").note();
                show(&app);
            }
        });
    }
}
