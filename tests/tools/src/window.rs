//! The open window, as somebody at it sees it and what they do there.

use crate::programs::root;
use fantoccini::wd::WebDriverCompatibleCommand;
use fantoccini::{Client, Locator};
use http::Method;
use std::future::Future;
use std::time::Duration;
use url::{ParseError, Url};

/// No call to the driver takes longer; one that does is a failure, not a wait.
pub(crate) const PATIENCE: Duration = Duration::from_mins(3);

pub(crate) async fn patiently<T>(work: impl Future<Output = T>) -> T {
    tokio::time::timeout(PATIENCE, work).await.expect("the window answers in time")
}

/// A question about the accessibility tree, which the client has no words of its own for.
#[derive(Debug)]
struct Computed {
    what: &'static str,
    element: String,
}

impl WebDriverCompatibleCommand for Computed {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, ParseError> {
        let Self { what, element } = self;
        base.join(&format!("session/{}/element/{element}/{what}", session.unwrap_or_default()))
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        (Method::GET, None)
    }
}

/// The open window.
pub struct Window {
    client: Client,
    display: String,
}

impl Window {
    /// The window that a driver holds.
    pub(crate) const fn held_by(client: Client, display: String) -> Self {
        Self { client, display }
    }

    /// Waits until something matches.
    pub async fn wait_for(&self, selector: &str) {
        let wait = self.client.wait().at_most(PATIENCE);
        patiently(wait.for_element(Locator::Css(selector))).await.expect(selector);
    }

    /// The text of the first that matches.
    pub async fn text(&self, selector: &str) -> String {
        let found = patiently(self.client.find(Locator::Css(selector))).await.expect(selector);
        patiently(found.text()).await.expect("its text")
    }

    /// What the accessibility tree has of the first that matches: its role and its name.
    pub async fn spoken(&self, selector: &str) -> (String, String) {
        let found = patiently(self.client.find(Locator::Css(selector))).await.expect(selector);
        let of = async |what| {
            let asked = Computed { what, element: found.element_id().to_string() };
            let said = patiently(self.client.issue_cmd(asked)).await.expect("the accessibility tree");
            said.as_str().unwrap_or_default().to_owned()
        };
        (of("computedrole").await, of("computedlabel").await)
    }

    /// Waits until the text of the first that matches has `wanted` in it.
    pub async fn wait_for_text(&self, selector: &str, wanted: &str) {
        let script = "return document.querySelector(arguments[0])?.innerText ?? ''";
        let mut seen = String::new();
        let looking = tokio::time::timeout(PATIENCE, async {
            loop {
                let text = self.client.execute(script, vec![selector.into()]).await.expect("a script");
                text.as_str().unwrap_or_default().clone_into(&mut seen);
                if seen.contains(wanted) {
                    break;
                }
                tokio::time::sleep(Duration::from_millis(30)).await;
            }
        });
        assert!(looking.await.is_ok(), "\"{wanted}\" does not come in {selector}, which has:\n{seen}");
    }

    /// Waits until nothing matches any more.
    pub async fn wait_until_gone(&self, selector: &str) {
        let script = "return document.querySelector(arguments[0]) === null";
        patiently(async {
            while self.client.execute(script, vec![selector.into()]).await.expect("a script") != true {
                tokio::time::sleep(Duration::from_millis(30)).await;
            }
        })
        .await;
    }

    /// Clicks the button with that name.
    pub async fn click_button(&self, name: &str) {
        self.click_button_in("body", name).await;
    }

    /// The same in the open dialog; in the whole page where `place` is `body`.
    pub async fn click_button_in(&self, place: &str, name: &str) {
        let within = if place == "body" { "//body" } else { "//*[@role='alertdialog']" };
        let path = format!("{within}//button[normalize-space()=\"{name}\"]");
        let button = patiently(self.client.find(Locator::XPath(&path))).await.expect(name);
        patiently(button.click()).await.expect("a click");
    }

    /// Clicks the first that matches.
    pub async fn click(&self, selector: &str) {
        let found = patiently(self.client.find(Locator::Css(selector))).await.expect(selector);
        patiently(found.click()).await.expect("a click");
    }

    /// Ticks a box by its words.
    pub async fn check(&self, words: &str) {
        let path = format!("//label[normalize-space()=\"{words}\"]//input");
        let found = patiently(self.client.find(Locator::XPath(&path))).await.expect(words);
        patiently(found.click()).await.expect("a click");
    }

    /// Closes it by a key until it is no longer on the screen: one that is pressed while a busy desktop hasn't given it the
    /// keyboard yet is lost.
    pub async fn hide_by(&self, press: impl Fn() -> bool) {
        let script = "return document.visibilityState";
        patiently(async {
            loop {
                assert!(press(), "the key is pressed");
                for _ in 0..200 {
                    if self.client.execute(script, vec![]).await.expect("a script") == "hidden" {
                        return;
                    }
                    tokio::time::sleep(Duration::from_millis(30)).await;
                }
            }
        })
        .await;
    }

    /// Chooses an entry of a list by its value.
    pub async fn choose(&self, selector: &str, value: &str) {
        let found = patiently(self.client.find(Locator::Css(selector))).await.expect(selector);
        patiently(found.select_by_value(value)).await.expect(value);
    }

    /// What a script answers that says itself when it is done.
    pub async fn measure(&self, script: &str, arguments: Vec<serde_json::Value>) -> serde_json::Value {
        patiently(self.client.execute_async(script, arguments)).await.expect("a script")
    }

    /// The same of a script within a frame of the page.
    pub async fn measure_in(
        &self,
        frame: &str,
        script: &str,
        arguments: Vec<serde_json::Value>,
    ) -> serde_json::Value {
        let found = patiently(self.client.find(Locator::Css(frame))).await.expect(frame);
        patiently(found.enter_frame()).await.expect("it is entered");
        let said = self.measure(script, arguments).await;
        patiently(self.client.enter_parent_frame()).await.expect("it is left");
        said
    }

    /// Keeps a picture under target/screenshots.
    pub async fn picture(&self, name: &str) {
        // What the page says may not be drawn yet: two frames later it is.
        let drawn =
            "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => done(true)))";
        self.measure(drawn, vec![]).await;
        let folder = root().join("target/screenshots");
        std::fs::create_dir_all(&folder).expect("a folder");
        let mut taken = std::process::Command::new("import");
        // From the display, as somebody sees it: the driver waits for layers, and a page painted on the CPU has none.
        taken.args(["-silent", "-window", "Headroom"]).arg(folder.join(format!("{name}.png")));
        let taken =
            taken.env("DISPLAY", &self.display).output().expect("import (Debian package imagemagick)");
        assert!(taken.status.success(), "a picture: {}", String::from_utf8_lossy(&taken.stderr));
    }

    /// Lets go of a window that has ended by itself.
    pub async fn let_go(self) {
        // The driver finds nobody at the other end, which is what is to be expected.
        _ = patiently(self.client.close()).await;
    }

    /// Closes the window and ends the app.
    pub async fn close(self) {
        patiently(self.client.close()).await.expect("it closes");
    }
}
