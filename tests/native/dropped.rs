//! Files that somebody drags onto the window. Where they lie comes from the system alone.

use acceptance::fixture;
use std::fs;
use tools::rig::Rig;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_dropped_onto_the_window_is_recognised_and_imported_and_the_page_names_no_path() {
    let rig = Rig::start("dropped");
    let folder = rig.home.join("bills of ours, ü");
    fs::create_dir_all(&folder).expect("a folder");
    let bill = folder.join("cur 100%.csv");
    fs::copy(fixture("aws-cost/cur2.csv"), &bill).expect("copied");
    let window = rig.open(&[]).await;
    window.wait_for("html[data-painted=yes]").await;

    // What the page says of a path is heard by nobody: nothing was dropped.
    let script = "
        const [path, done] = arguments;
        const asked = { from: 'dropped', account: null, path, paths: [path], progress: '__CHANNEL__:0' };
        window.__TAURI_INTERNALS__.invoke('look', asked)
          .then((view) => done(view === null ? 'nothing' : 'looked'), (error) => done(String(error?.saying?.code ?? error)));";
    let heard = window.measure(script, vec![bill.to_str().expect("text").into()]).await;
    assert_eq!(heard, "nothing");

    rig.drop_files("Headroom", std::slice::from_ref(&bill)).await;
    window.wait_for_text("dialog", "$263.77").await;
    window.picture("native-dropped").await;
    window.click("dialog section .button").await;
    window.wait_for_text("dialog", "Done").await;
    window.close().await;
    let status = rig.headroom(&["status"]);
    assert!(status.contains("$263.77 for October 2026"), "{status}");
}
