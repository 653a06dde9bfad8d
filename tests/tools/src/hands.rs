//! What somebody at the screen does: their hands on the keyboard and the mouse, what they see and what they paste.

use crate::dragging::drop_onto;
use crate::rig::Rig;
use crate::window::patiently;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

impl Rig {
    /// Runs xdotool, which does what hands do; whether it could.
    pub fn hands(&self, arguments: &[&str]) -> bool {
        let mut command = Command::new("timeout");
        command.args(["180", "xdotool"]).args(arguments).stdout(Stdio::null());
        self.surround(&mut command);
        command.status().expect("xdotool runs").success()
    }

    /// Drags files onto the window with that title and lets go of them there, as somebody with a file manager does.
    pub async fn drop_files(&self, title: &'static str, paths: &[PathBuf]) {
        let (display, paths) = (self.display.clone(), paths.to_vec());
        let hand = tokio::task::spawn_blocking(move || drop_onto(&display, title, &paths));
        patiently(hand).await.expect("they are dropped");
    }

    /// The windows on the screen that have a title, each by its number.
    pub fn windows(&self) -> Vec<String> {
        let mut command = Command::new("xdotool");
        command.args(["search", "--onlyvisible", "--name", "."]).stderr(Stdio::null());
        self.surround(&mut command);
        let output = command.output().expect("xdotool runs").stdout;
        String::from_utf8(output).expect("numbers").lines().map(str::to_owned).collect()
    }

    /// How many windows on the screen have such a title.
    pub fn on_screen(&self, title: &str) -> usize {
        let mut command = Command::new("xdotool");
        command.args(["search", "--onlyvisible", "--name", title]).stderr(Stdio::null());
        self.surround(&mut command);
        command.output().expect("xdotool runs").stdout.split(|byte| *byte == b'\n').count() - 1
    }

    /// Answers the desktop's own dialog for saving, as somebody at the keyboard would: the name is chosen without
    /// its ending, and typing replaces it.
    pub fn answer_dialog(&self, title: &str, path: &Path) {
        let path = path.with_extension("");
        let path = path.to_str().expect("a path that can be typed");
        let found = ["search", "--sync", "--onlyvisible", "--name", title, "windowfocus", "--sync"];
        assert!(
            self.hands(&[&found[..], &["type", "--delay", "8", path]].concat()),
            "\"{title}\" takes the path"
        );
        assert!(self.hands(&["key", "Return"]));
    }

    /// Answers a question that the program puts over its window, as somebody at the keyboard would, and waits until it is
    /// gone: Return and Escape leave everything as it is, the button beside does what is asked.
    pub async fn answer_question(&self, asks: &str, keys: &[&str]) {
        // What was there before may still be going, and looking at a window that goes fails.
        let found = ["search", "--sync", "--onlyvisible", "--name", asks, "windowfocus", "--sync"];
        patiently(async {
            while !self.hands(&found) {
                tokio::time::sleep(Duration::from_millis(30)).await;
            }
        })
        .await;
        let keys: Vec<_> = keys.iter().flat_map(|key| ["key", key]).collect();
        assert!(self.hands(&keys), "\"{asks}\" is answered");
        patiently(async {
            while self.on_screen(asks) > 0 {
                tokio::time::sleep(Duration::from_millis(30)).await;
            }
        })
        .await;
    }

    /// Closes whatever stands over these windows, as somebody does who wants none of it, for as long as this is waited for.
    pub async fn cancel_whatever_comes(&self, own: &[String]) {
        loop {
            for open in self.windows().iter().filter(|open| !own.contains(open)) {
                // One that is just closing can't be met any more.
                _ = self.hands(&["windowfocus", open, "key", "Escape"]);
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// What the clipboard holds as that; nothing where it holds no such thing.
    pub fn pasted(&self, kind: &str) -> Vec<u8> {
        let mut command = Command::new("timeout");
        command.args(["180", "xclip", "-selection", "clipboard", "-target", kind, "-out"]);
        self.surround(&mut command);
        command.stderr(Stdio::null()).output().expect("xclip runs").stdout
    }
}
