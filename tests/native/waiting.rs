//! Whatever Headroom waits for, what it knows itself is answered: with more calls that hang than the machine has cores.

use acceptance::session;
use rusqlite::Connection;
use serde_json::{Value, json};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex};
use std::thread;
use std::time::Duration;
use tools::rig::Rig;
use tools::window::Window;

/// Whoever doesn't come by then doesn't come.
const PATIENCE: Duration = Duration::from_secs(30);

/// The heading of the dialog for a copy of the data.
const DIALOG: &str = r"^headroom-.*\.db$";

/// So many calls hang.
fn hanging() -> usize {
    thread::available_parallelism().expect("cores").get() + 1
}

#[derive(Default)]
struct Held {
    connections: Vec<TcpStream>,
    let_go: bool,
}

/// A service that takes every question and answers none.
struct SilentVendor {
    address: SocketAddr,
    held: Arc<(Mutex<Held>, Condvar)>,
}

impl SilentVendor {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("an address");
        let held = Arc::new((Mutex::new(Held::default()), Condvar::new()));
        let keep = Arc::clone(&held);
        thread::spawn(move || {
            for connection in listener.incoming().flatten() {
                let mut held = keep.0.lock().expect("one at a time");
                if held.let_go {
                    _ = connection.shutdown(Shutdown::Both);
                } else {
                    held.connections.push(connection);
                    keep.1.notify_all();
                }
            }
        });
        Self { address, held }
    }

    /// Waits until so many questions hang here.
    fn wait_for(&self, questions: usize) {
        let (held, noticed) = &*self.held;
        let held = held.lock().expect("one at a time");
        let too_few = |held: &mut Held| held.connections.len() < questions;
        let (held, outcome) = noticed.wait_timeout_while(held, PATIENCE, too_few).expect("one at a time");
        assert!(!outcome.timed_out(), "{} of {questions} questions came", held.connections.len());
    }

    /// Ends every question, now and from now on.
    fn let_go(&self) {
        let mut held = self.held.0.lock().expect("one at a time");
        held.let_go = true;
        for connection in &held.connections {
            _ = connection.shutdown(Shutdown::Both);
        }
    }
}

async fn ask(window: &Window, command: &str, arguments: Value) -> Value {
    let script = "const [command, given, done] = arguments;
        window.__TAURI_INTERNALS__.invoke(command, given).then(done, (error) => done({ error }));";
    let answer = window.measure(script, vec![command.into(), arguments]).await;
    assert!(answer.get("error").is_none(), "{command}: {answer}");
    answer
}

/// Asks for all of these at once, and waits for none.
async fn begin(window: &Window, calls: Vec<(&str, Value)>) {
    let script = "const [calls, done] = arguments;
        window.ended = 0;
        for (const [command, given] of calls) {
          window.__TAURI_INTERNALS__.invoke(command, given).catch(() => {}).then(() => { window.ended += 1; });
        }
        done(true);";
    window.measure(script, vec![json!(calls)]).await;
}

/// Figures that are known come within so many milliseconds, whatever else is waited for.
const SOON: f64 = 100.0;

/// The sample's figures come while none of what was begun has ended, and soon. The quickest of several answers tells: on a machine
/// that does something else too any one can take longer, but none of what has to wait comes before what it waits for.
async fn overview_comes_meanwhile(window: &Window, sample: &Value, beside: &str) {
    let mut quickest = f64::INFINITY;
    for _ in 0..9 {
        quickest = quickest.min(overview_took(window, sample).await);
    }
    println!("overview beside {beside}: {quickest:.1} ms");
    assert!(quickest <= SOON, "{quickest} ms beside {beside}");
}

/// How long the sample's figures took, in milliseconds.
async fn overview_took(window: &Window, sample: &Value) -> f64 {
    let script = "const [account, done] = arguments;
        const asked = performance.now();
        window.__TAURI_INTERNALS__.invoke('overview', { account }).then(
          (answer) => done({ kind: answer.kind, ended: window.ended, took: performance.now() - asked }),
          (error) => done({ error }));";
    let seen = window.measure(script, vec![sample.clone()]).await;
    assert_eq!(seen["kind"], "kiro-individual", "the sample's figures: {seen}");
    assert_eq!(seen["ended"], 0, "everything else still waits: {seen}");
    seen["took"].as_f64().expect("a time")
}

/// Waits until so many of what was begun have ended.
async fn ended(window: &Window, calls: usize) {
    let script = "const [calls, done] = arguments;
        const look = () => (window.ended >= calls ? done(true) : setTimeout(look, 10));
        look();";
    window.measure(script, vec![json!(calls)]).await;
}

/// Cancels whatever dialog is open, until so many of them have ended.
async fn cancel_all(rig: &Rig, window: &Window, dialogs: usize) {
    let cancelling = tokio::time::timeout(PATIENCE, async {
        while window.measure("arguments[0](window.ended)", vec![]).await != dialogs {
            // One that is just closing can't be met any more; the next look tells.
            _ = rig.hands(&["search", "--onlyvisible", "--name", DIALOG, "windowfocus", "key", "Escape"]);
        }
    });
    assert!(cancelling.await.is_ok(), "the dialogs don't close");
}

async fn open(rig: &Rig) -> (Window, Value) {
    let window = rig.open(&["--sample"]).await;
    window.wait_for("html[data-painted=yes]").await;
    let sample = ask(&window, "open_sample", json!({"kind": "kiro-individual"})).await["id"].clone();
    (window, sample)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn figures_come_while_more_refreshes_hang_than_there_are_cores() {
    let vendor = SilentVendor::start();
    let rig = Rig::start_beside("refreshes-hang", Some(vendor.address));
    let (window, sample) = open(&rig).await;
    let mut calls = Vec::new();
    for _ in 0..hanging() {
        let account = ask(&window, "add_account", json!({"billing": "kiro-individual"})).await;
        calls.push(("refresh", json!({"account": account["id"], "byHand": true, "hidden": false})));
    }
    let questions = calls.len().min(16);
    begin(&window, calls).await;
    vendor.wait_for(questions);
    overview_comes_meanwhile(&window, &sample, &format!("{questions} hanging refreshes")).await;
    vendor.let_go();
    ended(&window, hanging()).await;
    window.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn figures_come_while_more_dialogs_are_open_than_there_are_cores() {
    let rig = Rig::start("dialogs-open");
    let (window, sample) = open(&rig).await;
    // So many open; more would wait for their turn.
    let dialogs = hanging().min(8);
    begin(&window, vec![("back_up", json!({})); dialogs]).await;
    let opening = tokio::time::timeout(PATIENCE, async {
        while rig.on_screen(DIALOG) < dialogs {
            tokio::task::yield_now().await;
        }
    });
    assert!(opening.await.is_ok(), "{} of {dialogs} dialogs opened", rig.on_screen(DIALOG));
    overview_comes_meanwhile(&window, &sample, &format!("{dialogs} open dialogs")).await;
    cancel_all(&rig, &window, dialogs).await;
    window.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn figures_come_while_an_import_and_a_refresh_hang() {
    let vendor = SilentVendor::start();
    let rig = Rig::start_beside("import-hangs", Some(vendor.address));
    let sessions = rig.home.join(".kiro/sessions/cli");
    std::fs::create_dir_all(&sessions).expect("a folder");
    let one = session("one", &[("2026-06-01T00:00:00Z", "1")]);
    std::fs::write(sessions.join("one.json"), one).expect("written");
    let (window, sample) = open(&rig).await;
    let mut calls = Vec::new();
    for _ in 1..hanging() {
        let account = ask(&window, "add_account", json!({"billing": "kiro-individual"})).await;
        calls.push(("refresh", json!({"account": account["id"], "byHand": true, "hidden": false})));
    }
    let questions = calls.len().min(16);
    begin(&window, calls).await;
    vendor.wait_for(questions);
    // Somebody else writes: the import waits until they have finished.
    let writer = Connection::open(rig.data().join("headroom.db")).expect("the records");
    writer.execute_batch("BEGIN IMMEDIATE").expect("nobody else writes");
    let import =
        json!({"kind": "kiro-sessions", "from": "usual", "account": null, "progress": "__CHANNEL__:0"});
    begin(&window, vec![("import", import)]).await;
    let beside = format!("a hanging import and {questions} hanging refreshes");
    overview_comes_meanwhile(&window, &sample, &beside).await;
    writer.execute_batch("ROLLBACK").expect("finished");
    vendor.let_go();
    ended(&window, hanging()).await;
    window.close().await;
}
