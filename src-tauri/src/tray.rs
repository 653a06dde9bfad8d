//! The tray: the desktops' own protocol (`StatusNotifierItem`), spoken over the session bus. A desktop without one answers
//! that it has none; nothing has to be installed, and nothing can be missing.

use headroom_app::answers::TrayChoice;
#[cfg(not(target_os = "linux"))]
use headroom_app::answers::TrayWords;

/// Is told what is chosen in the menu.
pub type Tell = Box<dyn Fn(TrayChoice) + Send + Sync>;

#[cfg(target_os = "linux")]
pub use linux::{Tray, find};

#[cfg(target_os = "linux")]
mod linux {
    use super::{Tell, TrayChoice};
    use crate::window;
    use headroom_app::answers::TrayWords;
    use headroom_app::instance;
    use ksni::blocking::TrayMethods;
    use ksni::menu::{MenuItem, StandardItem};
    use ksni::{Icon, ToolTip};
    use std::sync::mpsc::{Sender, channel};
    use std::thread;
    use tauri::AppHandle;

    /// A tray that is shown. Its words go to a thread of its own: whoever writes them may be on one of an async
    /// runtime, on which the protocol's library refuses to wait.
    pub struct Tray(Sender<TrayWords>);

    struct Item {
        app: AppHandle,
        tell: Tell,
        words: TrayWords,
        icon: Vec<Icon>,
    }

    /// Puts Headroom into the tray; none where there is none.
    pub fn find(app: &AppHandle, tell: Tell) -> Option<Tray> {
        let words = instance::tray_words();
        let item = Item { app: app.clone(), tell, words, icon: icon(app).into_iter().collect() };
        match item.spawn() {
            Ok(handle) => {
                let (write, written) = channel();
                thread::spawn(move || {
                    for words in written {
                        handle.update(|item: &mut Item| item.words = words);
                    }
                });
                Some(Tray(write))
            }
            Err(_) => None,
        }
    }

    impl Tray {
        /// Writes other words into it.
        pub fn write(&self, words: TrayWords) {
            // The thread ends with the process only.
            _ = self.0.send(words);
        }
    }

    /// The window's icon with its colours in the protocol's order.
    fn icon(app: &AppHandle) -> Option<Icon> {
        let image = app.default_window_icon()?;
        let data = image.rgba().chunks_exact(4).flat_map(|pixel| match pixel {
            [red, green, blue, alpha] => [*alpha, *red, *green, *blue],
            _ => [0; 4],
        });
        Some(Icon {
            width: i32::try_from(image.width()).ok()?,
            height: i32::try_from(image.height()).ok()?,
            data: data.collect(),
        })
    }

    /// A text as it is, where the protocol takes markup.
    fn plain(text: &str) -> String {
        text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
    }

    fn entry(label: String, activate: impl Fn(&mut Item) + Send + Sync + 'static) -> MenuItem<Item> {
        StandardItem { label, activate: Box::new(activate), ..StandardItem::default() }.into()
    }

    impl ksni::Tray for Item {
        fn id(&self) -> String {
            "headroom".to_owned()
        }

        fn title(&self) -> String {
            self.words.title.clone()
        }

        fn icon_pixmap(&self) -> Vec<Icon> {
            self.icon.clone()
        }

        fn tool_tip(&self) -> ToolTip {
            let TrayWords { title, verdict, reasons, .. } = &self.words;
            let heading = if verdict.is_empty() { title } else { verdict };
            ToolTip { title: heading.clone(), description: plain(reasons), ..ToolTip::default() }
        }

        fn activate(&mut self, _x: i32, _y: i32) {
            window::bring_to_front(&self.app);
        }

        fn menu(&self) -> Vec<MenuItem<Self>> {
            let mut menu: Vec<_> = self
                .words
                .accounts
                .iter()
                .map(|account| {
                    let id = account.id;
                    entry(account.label.clone(), move |item| {
                        (item.tell)(TrayChoice::Account(id));
                        window::bring_to_front(&item.app);
                    })
                })
                .collect();
            if !menu.is_empty() {
                menu.push(MenuItem::Separator);
            }
            menu.push(entry(self.words.open.clone(), |item| window::bring_to_front(&item.app)));
            if !self.words.refresh.is_empty() {
                menu.push(entry(self.words.refresh.clone(), |item| (item.tell)(TrayChoice::Refresh)));
            }
            menu.push(MenuItem::Separator);
            menu.push(entry(self.words.quit.clone(), |item| item.app.exit(0)));
            menu
        }
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        /// An account may be called anything.
        #[test]
        fn a_tooltip_has_no_markup_of_ours() {
            assert_eq!(plain("<b>R&D</b> is fine"), "&lt;b&gt;R&amp;D&lt;/b&gt; is fine");
        }
    }
}

/// Nowhere else is there a tray of ours yet.
#[cfg(not(target_os = "linux"))]
pub struct Tray;

#[cfg(not(target_os = "linux"))]
impl Tray {
    /// Writes other words into it.
    pub fn write(&self, _words: TrayWords) {}
}

/// Nowhere else is there a tray of ours yet.
#[cfg(not(target_os = "linux"))]
pub fn find(_app: &tauri::AppHandle, _tell: Tell) -> Option<Tray> {
    None
}
