//! Sessions that Kiro's programs write while the window is open: they show without anybody doing anything.

use acceptance::session;
use headroom_app::{Clock, SystemClock};
use std::fs;
use std::time::{Duration, Instant};
use tools::rig::Rig;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_session_that_is_written_while_the_window_is_open_shows_within_a_minute() {
    let rig = Rig::start("sessions");
    let store = rig.home.join(".kiro/sessions");
    fs::create_dir_all(store.join("cli")).expect("a folder");
    let now = SystemClock.now().to_string();
    fs::write(store.join("cli/one.json"), session("one", &[(&now, "12.5")])).expect("written");
    rig.headroom(&["import", "kiro-sessions"]);
    rig.headroom(&["facts", "--plan", "pro", "--first-paid", "2025-01-01", "--price-list", "kiro-2025-12"]);
    let left = || rig.headroom(&["status", "--json"]);
    let window = rig.open(&[]).await;
    window.wait_for("html[data-painted=yes]").await;
    window.wait_for_text("[data-testid=headline]", "987.50").await;
    let folder = store.join("bucket/sess_2");
    fs::create_dir_all(&folder).expect("made");
    let row = format!(
        r#"{{"id":"x-usage","timestamp":"{now}","payload":{{"type":"usage_summary","executionId":"x","promptTurnSummaries":[{{"unit":"credit","usage":87.25}}]}}}}"#
    );
    let written = Instant::now();
    fs::write(folder.join("messages.jsonl"), row).expect("written");
    window.wait_for_text("[data-testid=headline]", "900.25").await;
    assert!(written.elapsed() < Duration::from_mins(1), "it took {:?}", written.elapsed());
    assert!(left().contains("\"left\": \"900.25\""), "the command line says the same: {}", left());
    window.close().await;
}
