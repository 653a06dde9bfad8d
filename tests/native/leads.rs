//! The window shows its own page and no other, whatever runs in it.

use std::io::Read;
use std::net::TcpListener;
use std::sync::{Arc, Mutex};
use std::thread;
use tools::rig::Rig;

/// A site elsewhere, which keeps what it hears.
struct Elsewhere {
    address: String,
    heard: Arc<Mutex<Vec<u8>>>,
}

impl Elsewhere {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("an address").to_string();
        let heard = Arc::new(Mutex::new(Vec::new()));
        let keep = Arc::clone(&heard);
        thread::spawn(move || {
            for mut connection in listener.incoming().flatten() {
                let keep = Arc::clone(&keep);
                thread::spawn(move || {
                    let mut bytes = [0; 4096];
                    while let Ok(length @ 1..) = connection.read(&mut bytes) {
                        keep.lock().expect("one at a time").extend_from_slice(&bytes[..length]);
                    }
                });
            }
        });
        Self { address, heard }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_page_is_led_nowhere_else_and_opens_no_window() {
    let elsewhere = Elsewhere::start();
    let rig = Rig::start("leads");
    let window = rig.open(&["--sample"]).await;
    window.wait_for("html[data-painted=yes]").await;
    let site = format!("http://{}/?told=", elsewhere.address);
    // What the page knows would be in the address.
    let knows = "const [site, done] = arguments;
        window.__TAURI_INTERNALS__.invoke('start', { account: null }).then(
          (start) => { window.site = site + encodeURIComponent(start.accounts[0].name); done(true); },
          (error) => done(String(error)));";
    assert_eq!(window.measure(knows, vec![site.into()]).await, true);
    let leads = [
        "location.href = window.site",
        "location.assign(window.site)",
        "location.replace(window.site)",
        "window.open(window.site)",
        "window.open(window.site, '_self')",
        "window.open(window.site, '_top')",
        "window.open('about:blank')",
        "Object.assign(document.createElement('a'), { href: window.site }).click()",
        "Object.assign(document.createElement('a'), { href: window.site, target: '_blank' }).click()",
        "Object.assign(document.createElement('a'), { href: window.site, download: 'x' }).click()",
        "location.href = 'file:///etc/passwd'",
        "location.href = 'data:text/html,<h1>Sign in</h1>'",
        "location.href = 'javascript:document.title=1'",
        "location.href = 'blob:' + window.site",
        "location.href = 'tauri://elsewhere/'",
        "location.href = 'about:blank'",
        "location.href = URL.createObjectURL(new Blob(['<h1>Sign in</h1>'], { type: 'text/html' }))",
        "document.head.append(Object.assign(document.createElement('meta'), { httpEquiv: 'refresh', content: '0;url=' + window.site }))",
        "const form = Object.assign(document.createElement('form'), { action: window.site, method: 'post' }); document.body.append(form); form.submit()",
        "document.body.append(Object.assign(document.createElement('iframe'), { src: window.site }))",
        "history.pushState(null, '', window.site)",
    ];
    for lead in leads {
        let tried = format!(
            "const done = arguments[0];
            try {{ {lead} }} catch {{ /* It is refused at once. */ }}
            // What is loaded elsewhere takes this page with it; frames and requests have gone out by then.
            requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => done(location.href), 100)));"
        );
        let address = window.measure(&tried, vec![]).await;
        let address = address.as_str().expect("an address");
        assert!(address.starts_with("tauri://localhost"), "{lead}: {address}");
    }
    // It is the same page as before, and it still works.
    let knows = "arguments[0](window.site.length > 30 && document.title)";
    assert_eq!(window.measure(knows, vec![]).await, "Headroom");
    window.click_button("Plans").await;
    window.wait_for_text("main", "Covers you?").await;
    assert_eq!(rig.on_screen("Headroom"), 1, "one window");
    window.close().await;
    // WebKit opens a connection ahead of its question whether to go there; nothing is said on it.
    let heard = String::from_utf8_lossy(&elsewhere.heard.lock().expect("one at a time")).into_owned();
    assert_eq!(heard, "", "nobody came");
    assert!(rig.log().contains("led-elsewhere"), "it is noted: {}", rig.log());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_emulator_that_is_set_is_said_in_every_view_and_on_standard_error() {
    let rig = Rig::start("emulator-set");
    let window = rig.open(&["--sample"]).await;
    window.wait_for("html[data-painted=yes]").await;
    for view in ["Usage", "Settings", "Overview"] {
        window.click_button(view).await;
        window.wait_for_text("[data-testid=emulator]", "HEADROOM_EMULATOR is set: 127.0.0.1:1").await;
    }
    window.picture("native-emulator").await;
    window.close().await;
    assert!(rig.log().contains("headroom-desktop: HEADROOM_EMULATOR is set"), "{}", rig.log());
}
