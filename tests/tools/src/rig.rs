//! Everything one test needs of its own: an X server, a session bus, a web driver, a home. All
//! of it ends with the rig, by process group.

use crate::programs::{binary, root};
use fantoccini::wd::Capabilities;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use std::future::Future;
use std::io::{BufRead, BufReader, Read};
use std::net::{SocketAddr, TcpListener};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;

/// No call to the driver takes longer; one that does is a failure, not a wait.
const PATIENCE: Duration = Duration::from_mins(3);

/// The surroundings of one window, and its folder.
pub struct Rig {
    children: Vec<Child>,
    /// The home folder that the app is given.
    pub home: PathBuf,
    display: String,
    bus: String,
    port: u16,
    emulator: Option<SocketAddr>,
}

impl Rig {
    /// Starts everything but the window. The name is that of its folder under `target/native`.
    pub fn start(name: &str) -> Self {
        Self::start_beside(name, None)
    }

    /// The same with logins of Kiro's and Kilo's, whose services are the emulator at that address.
    pub fn start_beside(name: &str, emulator: Option<SocketAddr>) -> Self {
        let home = root().join("target/native").join(format!("{name}-{}", std::process::id()));
        _ = std::fs::remove_dir_all(&home);
        std::fs::create_dir_all(&home).expect("a home");
        let home = home.canonicalize().expect("a path");
        let mut rig = Self {
            children: Vec::new(),
            home,
            display: String::new(),
            bus: String::new(),
            port: 0,
            emulator,
        };
        if emulator.is_some() {
            let cache = rig.home.join(".aws/sso/cache");
            std::fs::create_dir_all(&cache).expect("a folder");
            let login =
                r#"{"accessToken":"made-up","expiresAt":"2099-01-01T00:00:00Z","authMethod":"social"}"#;
            std::fs::write(cache.join("kiro-auth-token.json"), login).expect("written");
            let kilo = rig.home.join("share/kilo");
            std::fs::create_dir_all(&kilo).expect("a folder");
            let login = r#"{"kilo":{"type":"api","key":"made-up"}}"#;
            std::fs::write(kilo.join("auth.json"), login).expect("written");
        }

        // -displayfd: Xvfb picks a free display and names it when it is ready.
        let mut display = Command::new("Xvfb");
        display.args(["-displayfd", "1", "-screen", "0", "1280x800x24", "-nolisten", "tcp"]);
        rig.display = format!(":{}", rig.spawn_and_read_line(&mut display));
        let mut bus = Command::new("dbus-daemon");
        bus.args(["--session", "--nofork", "--nopidfile", "--print-address=1"]);
        rig.bus = rig.spawn_and_read_line(&mut bus);

        let free = TcpListener::bind("127.0.0.1:0").expect("a port");
        rig.port = free.local_addr().expect("an address").port();
        drop(free);
        let log = std::fs::File::create(rig.home.join("driver.log")).expect("a log");
        let mut driver = Command::new("WebKitWebDriver");
        driver.arg(format!("--port={}", rig.port)).env("TAURI_WEBVIEW_AUTOMATION", "true");
        rig.surround(&mut driver);
        driver.stdout(log.try_clone().expect("a log")).stderr(log).process_group(0);
        let driver = driver.spawn().expect("WebKitWebDriver (Debian package webkit2gtk-driver)");
        rig.children.push(driver);
        rig
    }

    fn spawn_and_read_line(&mut self, command: &mut Command) -> String {
        let mut child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .process_group(0)
            .spawn()
            .expect("Xvfb and dbus-daemon are installed");
        let mut line = String::new();
        let output = child.stdout.take().expect("its output");
        self.children.push(child);
        BufReader::new(output).read_line(&mut line).expect("a line");
        line.trim().to_owned()
    }

    /// Nothing of the machine's own user reaches the window, and nothing of the window reaches them.
    fn surround(&self, command: &mut Command) {
        command
            .env("DISPLAY", &self.display)
            .env("DBUS_SESSION_BUS_ADDRESS", &self.bus)
            .env("HOME", &self.home)
            .env("HEADROOM_DATA_DIR", self.data())
            .env("XDG_DATA_HOME", self.home.join("share"))
            .env("XDG_CONFIG_HOME", self.home.join("config"))
            .env("XDG_CACHE_HOME", self.home.join("cache"))
            .env("TZ", "UTC")
            .env("NO_AT_BRIDGE", "1")
            .env_remove("KIRO_TEST_SESSIONS_DIR")
            .env_remove("KILO_API_KEY")
            .env_remove("KILO_AUTH_CONTENT")
            .env_remove("KILO_DB")
            .env("HEADROOM_EMULATOR", self.emulator.map_or_else(String::new, |address| address.to_string()));
    }

    /// Where the app keeps its data.
    pub fn data(&self) -> PathBuf {
        self.home.join("data")
    }

    /// What the driver and the window wrote.
    pub fn log(&self) -> String {
        let mut text = String::new();
        let file = std::fs::File::open(self.home.join("driver.log"));
        file.expect("a log").read_to_string(&mut text).expect("text");
        text
    }

    /// The command line on this rig's data.
    pub fn headroom(&self, arguments: &[&str]) -> String {
        let mut command = Command::new(binary("headroom"));
        command.args(arguments);
        self.surround(&mut command);
        let output = command.output().expect("headroom runs");
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stdout).expect("text")
    }

    /// The session bus, for whoever plays the desktop.
    pub fn bus(&self) -> &str {
        &self.bus
    }

    /// A window manager, without which nobody can close a window.
    pub fn manage_windows(&mut self) {
        let mut manager = Command::new("openbox");
        self.surround(&mut manager);
        manager.stdout(Stdio::null()).stderr(Stdio::null()).process_group(0);
        self.children.push(manager.spawn().expect("openbox is installed"));
    }

    /// Runs xdotool, which does what hands do; whether it could.
    pub fn hands(&self, arguments: &[&str]) -> bool {
        let mut command = Command::new("timeout");
        command.args(["180", "xdotool"]).args(arguments).stdout(Stdio::null());
        self.surround(&mut command);
        command.status().expect("xdotool runs").success()
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

    /// Starts the app beside the open window and waits until it ends.
    pub fn run_to_end(&self) -> Output {
        let mut command = Command::new("timeout");
        command.arg("180").arg(binary("headroom-desktop"));
        self.surround(&mut command);
        command.output().expect("it runs")
    }

    /// The same where the desktop has no session bus.
    pub fn run_without_bus(&self) -> Output {
        let mut command = Command::new("timeout");
        command.arg("180").arg(binary("headroom-desktop"));
        self.surround(&mut command);
        command.env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent").output().expect("it runs")
    }

    /// Starts the app as the session does, with nobody at its page; its process.
    pub fn start_hidden(&mut self) -> u32 {
        let mut command = Command::new(binary("headroom-desktop"));
        command.arg("--hidden");
        self.surround(&mut command);
        let log = std::fs::File::create(self.home.join("hidden.log")).expect("a log");
        command.stdout(Stdio::null()).stderr(log).process_group(0);
        let child = command.spawn().expect("it starts");
        let process = child.id();
        self.children.push(child);
        process
    }

    /// Waits until what was started last has ended; whether it ended well.
    pub fn ended_well(&mut self) -> bool {
        let mut last = self.children.pop().expect("something was started");
        last.wait().expect("it ends").success()
    }

    /// Opens the window with these arguments.
    pub async fn open(&self, arguments: &[&str]) -> Window {
        let mut capabilities = Capabilities::new();
        let options = serde_json::json!({"binary": binary("headroom-desktop"), "args": arguments});
        capabilities.insert("webkitgtk:browserOptions".into(), options);
        let address = format!("http://127.0.0.1:{}", self.port);
        // The driver needs a moment until it listens.
        let connected = patiently(async {
            loop {
                let mut builder = ClientBuilder::new(HttpConnector::new());
                match builder.capabilities(capabilities.clone()).connect(&address).await {
                    Ok(client) => break client,
                    Err(fantoccini::error::NewSessionError::NotW3C(reply)) => panic!("{reply}"),
                    Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
                }
            }
        });
        Window { client: connected.await }
    }
}

impl Drop for Rig {
    fn drop(&mut self) {
        for child in self.children.iter_mut().rev() {
            _ = Command::new("kill").arg("--").arg(format!("-{}", child.id())).status();
            _ = child.wait();
        }
    }
}

async fn patiently<T>(work: impl Future<Output = T>) -> T {
    tokio::time::timeout(PATIENCE, work).await.expect("the window answers in time")
}

/// The open window.
pub struct Window {
    client: Client,
}

impl Window {
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

    /// Waits until the window is no longer on the screen.
    pub async fn wait_until_hidden(&self) {
        let script = "return document.visibilityState";
        patiently(async {
            while self.client.execute(script, vec![]).await.expect("a script") != "hidden" {
                tokio::time::sleep(Duration::from_millis(30)).await;
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

    /// Keeps a picture under target/screenshots.
    pub async fn picture(&self, name: &str) {
        // What the page says may not be drawn yet: two frames later it is.
        let drawn =
            "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => done(true)))";
        self.measure(drawn, vec![]).await;
        let png = patiently(self.client.screenshot()).await.expect("a picture");
        assert_eq!(&png[1..4], b"PNG");
        let folder = root().join("target/screenshots");
        std::fs::create_dir_all(&folder).expect("a folder");
        std::fs::write(folder.join(format!("{name}.png")), png).expect("a file");
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
