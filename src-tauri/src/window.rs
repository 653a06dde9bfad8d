//! The window: hidden until it has something to show, brought to the front by a second start.

use crate::platform;
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use tauri::webview::PageLoadEvent;
use tauri::{AppHandle, Manager, Runtime, Webview};

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
        if let Err(error) = shown {
            tracing::warn!("the window could not be brought to the front: {error}");
        }
        tracing::info!("brought to the front");
    }
}

/// Puts it out of sight; it stays as it is.
pub fn hide<R: Runtime>(app: &AppHandle<R>) {
    if let Some(window) = app.get_webview_window(LABEL)
        && let Err(error) = window.hide()
    {
        tracing::warn!("the window could not be hidden: {error}");
    }
}

/// The page has its first figures: now the window may be seen.
pub fn reveal<R: Runtime>(app: &AppHandle<R>) {
    if app.state::<FirstPaint>().note() {
        show(app);
    }
}

/// The figures, described by `summary`, are on the screen. Logged for whoever waits for it.
pub fn painted(summary: &str) {
    tracing::info!("painted: {}", summary.replace(char::is_control, " "));
}

/// Lets the window draw before it can be seen; on the main thread.
pub fn prepare<R: Runtime>(app: &AppHandle<R>) -> tauri::Result<()> {
    app.get_webview_window(LABEL).map_or(Ok(()), |window| platform::hang(&window))
}

fn show<R: Runtime>(app: &AppHandle<R>) {
    if let Some(window) = app.get_webview_window(LABEL)
        && let Err(error) = platform::lift(&window)
    {
        tracing::error!("the window could not be shown: {error}");
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
        std::thread::spawn(move || {
            if receiver.recv_timeout(PATIENCE) == Err(mpsc::RecvTimeoutError::Timeout) {
                tracing::warn!("the page did not report its first paint; showing it as it is");
                show(&app);
            }
        });
    }
}
