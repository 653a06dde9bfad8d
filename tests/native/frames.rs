//! Who isn't the window's own page: a frame in it, a page of another origin, and whoever guesses how commands are asked for. None
//! of them gets an answer, and nothing that they ask for is done.

use serde_json::{Value, json};
use tools::rig::Rig;
use tools::window::Window;

/// Everything that asks for a command, each with a mark of its own that shows on standard error if it is done: with `key`, the
/// secret that Tauri gave the page, and without.
const ASKS: &str = r"
    const [key, mark, done] = arguments;
    const tries = [];
    const asks = (name, work) => tries.push(Promise.race([
      new Promise((resolve) => resolve(work(`${mark}-${name}`))).then((said) => [name, String(said)], (error) => [name, `refused: ${error}`]),
      new Promise((resolve) => setTimeout(() => resolve([name, 'nobody answers']), 1500)),
    ]));
    const fetched = (headers) => (what) => fetch('ipc://localhost/painted', {
      method: 'POST', body: JSON.stringify({ summary: what }),
      headers: { 'Content-Type': 'application/json', 'Tauri-Callback': '1', 'Tauri-Error': '2', ...headers },
    }).then(async (answer) => `${answer.headers.get('Tauri-Response')}: ${await answer.text()}`);
    const posted = (secret) => (what) => window.webkit.messageHandlers.ipc.postMessage(JSON.stringify({
      cmd: 'painted', callback: 1, error: 2, payload: { summary: what }, ...secret }));
    asks('internals', (what) => window.__TAURI_INTERNALS__.invoke('painted', { summary: what }));
    asks('global', (what) => window.__TAURI__.core.invoke('painted', { summary: what }));
    asks('fetched', fetched({}));
    asks('fetched-guessing', fetched({ 'Tauri-Invoke-Key': 'x'.repeat(20) }));
    asks('fetched-as-the-page', fetched({ 'Tauri-Invoke-Key': 'x'.repeat(20), Origin: 'tauri://localhost' }));
    if (key !== null) asks('fetched-knowing', fetched({ 'Tauri-Invoke-Key': key }));
    asks('posted', posted({}));
    asks('posted-guessing', posted({ __TAURI_INVOKE_KEY__: 'x'.repeat(20) }));
    asks('posted-no-json', () => window.webkit.messageHandlers.ipc.postMessage('{'));
    asks('posted-deep', () => window.webkit.messageHandlers.ipc.postMessage('['.repeat(100000)));
    asks('posted-nothing', () => window.webkit.messageHandlers.ipc.postMessage(undefined));
    Promise.all(tries).then((all) => done(Object.fromEntries(all)));
";

/// What Tauri gives its own page alone, as a page finds it out that was taken over.
const KEY: &str = r"
    const [done] = arguments;
    const fetched = window.fetch;
    window.fetch = (address, options) => {
      window.fetch = fetched;
      done(options.headers.get('Tauri-Invoke-Key'));
      return fetched(address, options);
    };
    window.__TAURI_INTERNALS__.invoke('desktop', {});
";

async fn asks(window: &Window, key: &Value, mark: &str) -> Value {
    window.measure(ASKS, vec![key.clone(), mark.into()]).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_frame_and_a_page_of_another_origin_get_no_answer_and_nothing_is_done() {
    let rig = Rig::start("frames");
    let window = rig.open(&["--sample"]).await;
    window.wait_for("html[data-painted=yes]").await;
    let key = window.measure(KEY, vec![]).await;
    assert!(key.as_str().is_some_and(|key| key.len() >= 16), "{key}");

    // The page itself: what it asks in the way that it should is done, and guessing gets it nothing.
    let said = asks(&window, &key, "page").await;
    assert_eq!(said["internals"], "null", "{said}");
    let made = [
        "frame",
        "frame sandbox=allow-scripts",
        "frame sandbox=allow-scripts srcdoc=<p>hello</p>",
        "frame srcdoc=<p>hello</p>",
        "frame src=about:blank",
        "frame src=data:text/html,hello",
    ];
    let makes = "const [made, done] = arguments;
        for (const [index, attributes] of made.entries()) {
          const frame = document.createElement('iframe');
          frame.id = `frame-${index}`;
          for (const attribute of attributes.split(' ').slice(1)) {
            const [name, value] = attribute.split(/=(.*)/s);
            frame.setAttribute(name, value);
          }
          document.body.append(frame);
        }
        setTimeout(() => done(true), 300);";
    window.measure(makes, vec![json!(made)]).await;
    for (index, made) in made.iter().enumerate() {
        // One of the page's own origin that the page tells its secret is the page.
        let told = if made.contains("sandbox") { key.clone() } else { Value::Null };
        let mark = format!("frame-{index}");
        let said = window.measure_in(&format!("#{mark}"), ASKS, vec![told, mark.clone().into()]).await;
        println!("{made}: {said}");
        for (way, answer) in said.as_object().expect("answers") {
            let answer = answer.as_str().expect("a text");
            let is_none = answer.starts_with("refused")
                || answer == "nobody answers"
                || answer == "undefined"
                || answer.starts_with("null: ");
            assert!(is_none, "{made}, {way}: {answer}");
        }
    }
    window.close().await;
    let log = rig.log();
    for way in said.as_object().expect("answers").keys() {
        // The page that Tauri gave its secret is the one that may ask.
        let may = ["internals", "fetched-knowing"].contains(&way.as_str());
        assert_eq!(log.contains(&format!("painted: page-{way}\n")), may, "{way}: {log}");
    }
    assert!(!log.contains("painted: frame"), "{log}");
}
