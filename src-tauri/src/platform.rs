//! What is particular to one system. Nothing outside this file asks which one it is.
//!
//! **The veil** keeps the window out of sight until it has painted. A window that is not mapped doesn't draw at all with WebKitGTK: the time until its first frame would
//! begin only when it is shown. So on Linux the window is mapped at once, fully transparent, and draws
//! behind that veil; a desktop without a compositor shows it a little earlier instead. Elsewhere the
//! window is simply hidden.
//!
//! **Drawing:** WebKitGTK paints with the GPU and has it put layers together. Where there is none, the GPU is played by
//! software, which has to be started in the page's process and compiles a shader for every kind of shape in the first
//! frame. Painting the page as one picture on the CPU does without all of it (`docs/performance.md`).

use headroom_app::commands::Question;
#[cfg(target_os = "linux")]
use headroom_app::reports::guarded;
use headroom_app::restarts::Restart;
#[cfg(target_os = "linux")]
use std::cell::RefCell;
use tauri::{Runtime, Url, WebviewWindow};

/// What is asked of a page that ended again and again; `ui/src/shell/address.ts` knows it too.
#[cfg(target_os = "linux")]
const PAGE_ENDED: &str = "page-ended";
/// Where Tauri serves the window's page from.
#[cfg(target_os = "linux")]
const OWN_ADDRESS: &str = "tauri://localhost/";

/// Whether an address is one of the page's own.
pub fn is_own(address: &Url) -> bool {
    if cfg!(any(windows, target_os = "android")) {
        ["http", "https"].contains(&address.scheme()) && address.host_str() == Some("tauri.localhost")
    } else {
        address.scheme() == "tauri" && address.host_str() == Some("localhost")
    }
}

/// Chooses how the page is painted; before any other thread and before the window. What the user set
/// stays.
pub fn choose_painting() {
    #[cfg(target_os = "linux")]
    if !has_gpu() {
        // The second for a WebKitGTK that puts layers together all the same.
        for name in ["WEBKIT_DISABLE_COMPOSITING_MODE", "WEBKIT_SKIA_ENABLE_CPU_RENDERING"] {
            // Fails only for names that are no names.
            _ = gtk::glib::setenv(name, "1", false);
        }
    }
}

/// Whether the kernel offers a device to render with.
#[cfg(target_os = "linux")]
fn has_gpu() -> bool {
    let Ok(devices) = std::fs::read_dir("/dev/dri") else { return false };
    devices.flatten().any(|device| device.file_name().to_string_lossy().starts_with("renderD"))
}

/// Hangs the veil; on the main thread, before anything is drawn.
#[cfg(target_os = "linux")]
pub fn hang<R: Runtime>(window: &WebviewWindow<R>) -> tauri::Result<()> {
    use gtk::prelude::WidgetExt;
    window.gtk_window()?.set_opacity(0.0);
    window.show()
}

/// Lifts it; from any thread.
#[cfg(target_os = "linux")]
pub fn lift<R: Runtime>(window: &WebviewWindow<R>) -> tauri::Result<()> {
    use gtk::prelude::WidgetExt;
    let veiled = window.clone();
    window.run_on_main_thread(move || {
        if let Ok(window) = veiled.gtk_window() {
            window.set_opacity(1.0);
        }
    })
}

/// Asks `what_then` whenever the page's process has ended, and loads the page again as that says; on the main thread.
#[cfg(target_os = "linux")]
pub fn when_page_ends<R: Runtime>(
    window: &WebviewWindow<R>,
    what_then: impl FnMut() -> Restart + Send + 'static,
) -> tauri::Result<()> {
    use webkit2gtk::WebViewExt;
    window.with_webview(move |webview| {
        let what_then = RefCell::new(what_then);
        webview.inner().connect_web_process_terminated(move |page, _| {
            let restart = what_then.try_borrow_mut().map_or(Restart::No, |mut what_then| what_then());
            let page = page.clone();
            // When the signal is over: until then the page still takes itself for loaded.
            gtk::glib::idle_add_local_once(move || {
                _ = guarded("window", "page-again", || load_again(&page, restart));
            });
        });
    })
}

#[cfg(target_os = "linux")]
fn load_again(page: &webkit2gtk::WebView, restart: Restart) {
    use webkit2gtk::WebViewExt;
    match restart {
        Restart::AsItWas => page.reload(),
        Restart::ToSaySo => {
            // A page that ended has no address any more.
            let address = page.uri().filter(|address| !address.is_empty());
            let address = address.as_deref().unwrap_or(OWN_ADDRESS);
            let address = address.split(['#', '?']).next().unwrap_or_default();
            // Another address: what differs behind the # alone is taken for the page that was there.
            page.load_uri(&format!("{address}?{PAGE_ENDED}"));
        }
        Restart::No => {}
    }
}

/// The system's own view of the page looks after it.
#[cfg(not(target_os = "linux"))]
pub fn when_page_ends<R: Runtime>(
    _window: &WebviewWindow<R>,
    _what_then: impl FnMut() -> Restart + Send + 'static,
) -> tauri::Result<()> {
    Ok(())
}

/// Puts a question to the person, over the window, which takes no click meanwhile; true if it is agreed to. Return and
/// Escape leave everything as it is. Waits for the answer, on any thread but the main one.
#[cfg(target_os = "linux")]
pub fn ask<R: Runtime>(window: &WebviewWindow<R>, question: Question) -> bool {
    use gtk::prelude::{DialogExt, GtkWindowExt, MessageDialogExt, WidgetExt};
    use gtk::{ButtonsType, DialogFlags, MessageDialog, MessageType, ResponseType};
    let (answered, answer) = std::sync::mpsc::channel();
    let asked_over = window.clone();
    let asked = window.run_on_main_thread(move || {
        let Ok(over) = asked_over.gtk_window() else { return };
        let (flags, kind) = (DialogFlags::MODAL | DialogFlags::DESTROY_WITH_PARENT, MessageType::Question);
        let dialog = MessageDialog::new(Some(&over), flags, kind, ButtonsType::None, &question.asks);
        dialog.set_title(&question.asks);
        dialog.set_secondary_text(Some(&question.means));
        dialog.add_button(&question.leaves, ResponseType::Cancel);
        dialog.add_button(&question.does, ResponseType::Accept);
        dialog.set_default_response(ResponseType::Cancel);
        // Closed in any other way, the sender goes with the dialog: that is no agreement either.
        dialog.connect_response(move |dialog, response| {
            _ = answered.send(response == ResponseType::Accept);
            dialog.close();
        });
        dialog.show_all();
    });
    asked.is_ok() && answer.recv().unwrap_or(false)
}

/// The same in the system's own dialog.
#[cfg(not(target_os = "linux"))]
pub fn ask<R: Runtime>(window: &WebviewWindow<R>, question: Question) -> bool {
    use tauri_plugin_dialog::{DialogExt, MessageDialogButtons, MessageDialogKind};
    let buttons = MessageDialogButtons::OkCancelCustom(question.does, question.leaves);
    let dialog =
        window.dialog().message(question.means).title(question.asks).kind(MessageDialogKind::Warning);
    dialog.buttons(buttons).parent(window).blocking_show()
}

/// The window is hidden by its configuration.
#[cfg(not(target_os = "linux"))]
pub fn hang<R: Runtime>(_window: &WebviewWindow<R>) -> tauri::Result<()> {
    Ok(())
}

/// Shows the window; from any thread.
#[cfg(not(target_os = "linux"))]
pub fn lift<R: Runtime>(window: &WebviewWindow<R>) -> tauri::Result<()> {
    window.show()
}
