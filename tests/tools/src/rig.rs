//! Everything one test needs of its own: an X server, a session bus, a web driver, a home. All
//! of it ends with the rig, by process group.

use crate::opened;
use crate::programs::{binary, root};
use crate::window::{PATIENCE, Window, patiently};
use fantoccini::ClientBuilder;
use fantoccini::wd::Capabilities;
use hyper_util::client::legacy::connect::HttpConnector;
use std::io::{BufRead, BufReader, Read};
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener};
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;

/// Where the window asks where nobody plays the vendors: nobody listens there, and no other machine is reached.
const NOBODY: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 1);

/// The surroundings of one window, and its folder.
pub struct Rig {
    children: Vec<Child>,
    /// The home folder that the app is given.
    pub home: PathBuf,
    pub(crate) display: String,
    bus: String,
    port: u16,
    emulator: Option<SocketAddr>,
    planted: &'static str,
}

impl Rig {
    /// Starts everything but the window. The name is that of its folder under `target/native`.
    pub fn start(name: &str) -> Self {
        Self::start_beside(name, None)
    }

    /// The same with a mistake planted in a place of the program.
    pub fn start_with_mistake(name: &str, planted: &'static str) -> Self {
        Self::start_in(name, None, planted)
    }

    /// The same with logins of Kiro's and Kilo's, whose services are the emulator at that address.
    pub fn start_beside(name: &str, emulator: Option<SocketAddr>) -> Self {
        Self::start_in(name, emulator, "")
    }

    fn start_in(name: &str, emulator: Option<SocketAddr>, planted: &'static str) -> Self {
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
            planted,
        };
        opened::plant(&rig.home);
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

    /// What the system was told to open.
    pub fn opened(&self) -> Vec<String> {
        opened::noted(&self.home)
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
    pub(crate) fn surround(&self, command: &mut Command) {
        let first = [self.home.join(opened::FIRST)];
        let path = std::env::var_os("PATH").unwrap_or_default();
        let path = std::env::join_paths(first.into_iter().chain(std::env::split_paths(&path)));
        command
            .env("PATH", path.expect("folders without a colon"))
            .env("DISPLAY", &self.display)
            .env("DBUS_SESSION_BUS_ADDRESS", &self.bus)
            .env("HOME", &self.home)
            .env("HEADROOM_DATA_DIR", self.data())
            .env("XDG_DATA_HOME", self.home.join("share"))
            .env("XDG_CONFIG_HOME", self.home.join("config"))
            .env("XDG_CACHE_HOME", self.home.join("cache"))
            .env("TZ", "UTC")
            .env("HEADROOM_PLANTED", self.planted)
            .env("NO_AT_BRIDGE", "1")
            .env_remove("KIRO_TEST_SESSIONS_DIR")
            .env_remove("KILO_API_KEY")
            .env_remove("KILO_AUTH_CONTENT")
            .env_remove("KILO_DB")
            .env("HEADROOM_EMULATOR", self.emulator.unwrap_or(NOBODY).to_string());
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
        let output = self.run(arguments);
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stdout).expect("text")
    }

    /// The same where something is to go wrong; what is said of it.
    pub fn headroom_fails(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert!(!output.status.success(), "{output:?}");
        String::from_utf8(output.stderr).expect("text")
    }

    fn run(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(binary("headroom"));
        command.args(arguments);
        self.surround(&mut command);
        command.output().expect("headroom runs")
    }

    /// Waits until a choice of the window's is kept, by its key.
    pub async fn wait_until_kept(&self, key: &str) {
        let database = rusqlite::Connection::open(self.data().join("headroom.db")).expect("the data");
        let count = || {
            let sql = "SELECT COUNT(*) FROM settings WHERE key = ?1";
            database.query_row(sql, [key], |row| row.get::<_, u32>(0)).expect("a count")
        };
        patiently(async {
            while count() == 0 {
                tokio::time::sleep(Duration::from_millis(30)).await;
            }
        })
        .await;
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

    /// Waits until a program of this rig's runs.
    pub async fn wait_for_process(&self, program: &str) {
        patiently(async {
            while self.processes(program).is_empty() {
                tokio::time::sleep(Duration::from_millis(30)).await;
            }
        })
        .await;
    }

    /// Starts the app beside the open window and waits until it ends.
    pub fn run_to_end(&self) -> Output {
        let mut command = Command::new("timeout");
        command.arg("180").arg(binary("headroom-desktop"));
        self.surround(&mut command);
        command.output().expect("it runs")
    }

    /// The same where the desktop has no session bus, in a language.
    pub fn run_without_bus(&self, language: &str) -> Output {
        let mut command = Command::new("timeout");
        command.arg("180").arg(binary("headroom-desktop"));
        self.surround(&mut command);
        command
            .env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent")
            .env("LC_ALL", language)
            .output()
            .expect("it runs")
    }

    /// The processes of this rig's window: those of a program that were given this rig's data.
    pub fn processes(&self, program: &str) -> Vec<u32> {
        let given = format!("HEADROOM_DATA_DIR={}", self.data().display());
        let processes = std::fs::read_dir("/proc").expect("processes").flatten();
        let processes = processes.filter_map(|entry| entry.file_name().to_str()?.parse().ok());
        let is_ours = |process: &u32| {
            let read = |of| std::fs::read(format!("/proc/{process}/{of}")).unwrap_or_default();
            // The kernel keeps fifteen letters of a name.
            let named =
                read("comm").strip_suffix(b"\n").is_some_and(|name| program.as_bytes().starts_with(name));
            named && read("environ").split(|byte| *byte == 0).any(|variable| variable == given.as_bytes())
        };
        processes.filter(is_ours).collect()
    }

    /// Waits until the window has painted its first screen so many times, page by page; what that says.
    pub async fn painted(&self, times: usize) -> String {
        patiently(async {
            loop {
                let log = self.log();
                if let Some((_, said)) =
                    log.lines().filter_map(|line| line.split_once("painted: ")).nth(times - 1)
                {
                    break said.to_owned();
                }
                tokio::time::sleep(Duration::from_millis(30)).await;
            }
        })
        .await
    }

    /// Ends processes at once, as a crash does.
    pub fn crash(&self, processes: &[u32]) {
        let processes: Vec<_> = processes.iter().map(ToString::to_string).collect();
        assert!(Command::new("kill").arg("-KILL").args(processes).status().expect("kill runs").success());
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
        // By itself the driver gives a script thirty seconds, which a busy machine may need.
        capabilities.insert("timeouts".into(), serde_json::json!({"script": PATIENCE.as_millis()}));
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
        Window::held_by(connected.await, self.display.clone())
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
