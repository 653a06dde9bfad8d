//! Work on a thread of its own.

use headroom_app::reports::guarded;

/// Does something beside the window. A mistake in it is reported, and told when the window asks what there is.
pub fn in_background(name: &'static str, work: impl FnOnce() + Send + 'static) {
    std::thread::spawn(move || _ = guarded("background", name, work));
}
