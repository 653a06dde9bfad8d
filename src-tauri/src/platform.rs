//! What is particular to one system. Nothing outside this file asks which one it is.
//!
//! **The veil** keeps the window out of sight until it has painted. A window that is not mapped doesn't draw at all with WebKitGTK: the time until its first frame would
//! begin only when it is shown. So on Linux the window is mapped at once, fully transparent, and draws
//! behind that veil; a desktop without a compositor shows it a little earlier instead. Elsewhere the
//! window is simply hidden.
//!
//! **Drawing:** WebKitGTK paints with the GPU. Where there is none, the GPU is played by software, which
//! compiles a shader for every kind of shape in the first frame; painting on the CPU at once is about
//! 100 ms sooner there.

use tauri::{Runtime, WebviewWindow};

/// Chooses how the page is painted; before any other thread and before the window. What the user set
/// stays.
pub fn choose_painting() {
    #[cfg(target_os = "linux")]
    if !has_gpu() {
        // Fails only for names that are no names.
        _ = gtk::glib::setenv("WEBKIT_SKIA_ENABLE_CPU_RENDERING", "1", false);
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
