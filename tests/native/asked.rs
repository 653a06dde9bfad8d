//! Every command as the page of the real window asks it, with whatever a page that was taken over would give: each question is
//! answered, nothing breaks off, and what costs money or can't be undone isn't done, since nobody at the screen agrees.

use acceptance::chance::Chance;
use acceptance::spoilt::Asker;
use headroom_app::answers::AccountNumber;
use headroom_app::commands::{Signature, signatures};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use tools::emulator::Emulator;
use tools::rig::Rig;
use tools::window::Window;
use ts_rs::Config;

/// So many questions are on their way at once.
const AT_ONCE: usize = 25;
/// What nobody may do without agreeing to it outside the page.
const AGREED: [&str; 5] = ["request_overage", "remove_account", "set_kilo_key", "delete_all", "restore_data"];
/// How many things [`ASK`] makes that are no JSON.
const MADE_IN_THE_PAGE: u64 = 23;

/// Asks everything it is given at once, and says of each answer whether it came, whether it is one, and how it begins.
const ASK: &str = r"
    const [questions, done] = arguments;
    const deep = (levels) => { let all = []; for (let level = 0; level < levels; level += 1) all = [all]; return all; };
    const round = {}; round.round = round;
    const made = [
      undefined, NaN, Infinity, -Infinity, -0, 2 ** 63, -(2 ** 63), 2n ** 63n, '\ud800', Symbol('a'), () => 1,
      new Date(NaN), new Date(0), new Map([['account', 1]]), new Set([1]), new Uint8Array(70000), new ArrayBuffer(8),
      Array(10000), { deep: deep(5000) }, round,
      { toJSON() { throw new Error('no'); } },
      { __TAURI_TO_IPC_KEY__: () => ({ account: 1 }) },
      new Proxy({}, { ownKeys() { throw new Error('no'); } }),
    ];
    const revived = (value) => {
      if (Array.isArray(value)) return value.map(revived);
      if (value === null || typeof value !== 'object') return value;
      if ('made-in-the-page' in value) return made[value['made-in-the-page']];
      return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, revived(part)]));
    };
    const late = () => new Promise((resolve) => setTimeout(() => resolve(['late', '']), 120000));
    const asked = ([name, given]) => window.__TAURI_INTERNALS__.invoke(name, revived(given)).then(
      (answer) => ['answered', (JSON.stringify(answer) ?? '').slice(0, 100)],
      (error) => ['refused', error?.saying?.code ?? String(error).slice(0, 300)]);
    Promise.all(questions.map((question) => Promise.race([asked(question), late()]))).then(done);
";

/// How many questions are asked with each command: few in every run of the tests, or as many as `HEADROOM_PAYLOADS` says.
fn payloads() -> usize {
    std::env::var("HEADROOM_PAYLOADS").map_or(8, |asked| asked.parse().expect("a number"))
}

/// How many commands were asked before, by a run that was ended: `HEADROOM_COMMANDS_BEFORE`.
fn before() -> usize {
    std::env::var("HEADROOM_COMMANDS_BEFORE").map_or(0, |asked| asked.parse().expect("a number"))
}

/// What is wrong with an answer.
fn fault(name: &str, given: &Value, mine: AccountNumber, answer: &Value) -> Option<&'static str> {
    let said = answer[1].as_str().expect("a text");
    if answer[0] == "late" {
        return Some("isn't answered");
    }
    if said.starts_with("broke-off") {
        return Some("broke off");
    }
    // The sample can be opened again, of an account that was only just added nothing is lost, and to forget a key costs nothing.
    let is_free = (name == "remove_account" && given["account"] != mine.0)
        || (name == "set_kilo_key" && given.get("key").is_none_or(|key| !key.is_string()));
    let is_undone = answer[0] == "refused" || ["false", "null"].contains(&said);
    (AGREED.contains(&name) && !is_free && !is_undone).then_some("was done")
}

/// How many questions were taken as they were, and to how many of those the person said no.
#[derive(Default)]
struct Taken {
    all: usize,
    declined: usize,
}

/// Asks a command so often.
async fn ask(
    window: &Window,
    command: &Signature,
    asker: &Asker<'_>,
    chance: &mut Chance,
    taken: &mut Taken,
) {
    let questions: Vec<_> =
        (0..payloads()).map(|_| json!([command.name, asker.gives(command, chance)])).collect();
    for questions in questions.chunks(AT_ONCE) {
        let answers = window.measure(ASK, vec![json!(questions)]).await;
        let answers = answers.as_array().expect("a list");
        assert_eq!(answers.len(), questions.len(), "{}", command.name);
        for (question, answer) in questions.iter().zip(answers) {
            taken.all += usize::from(answer[0] == "answered");
            taken.declined += usize::from(answer[1] == "false" && AGREED.contains(&command.name));
            let fault = fault(command.name, &question[1], asker.accounts[0], answer);
            let given: String = question.to_string().chars().take(300).collect();
            assert!(fault.is_none(), "{given} {}: {answer}", fault.unwrap_or_default());
        }
    }
}

async fn answer_to(window: &Window, command: &str, given: Value) -> Value {
    let script = "const [command, given, done] = arguments;
        window.__TAURI_INTERNALS__.invoke(command, given).then(done, (error) => done({ error }));";
    window.measure(script, vec![command.into(), given]).await
}

/// Files of Headroom's below a folder that no dialog was agreed to for.
fn saved(folder: &Path, data: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        let name = entry.file_name().to_string_lossy().into_owned();
        if path.is_dir() && path != *data {
            found.extend(saved(&path, data));
        } else if name.starts_with("headroom-")
            || path.extension().is_some_and(|of| of == "csv" || of == "jsonl")
        {
            found.push(name);
        }
    }
    found
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whatever_the_page_asks_is_answered_and_nothing_is_done_that_nobody_agreed_to() {
    let (emulator, first_paid) = Emulator::on_pro_for_months();
    let rig = Rig::start_beside("asked", Some(emulator.address()));
    rig.headroom(&["facts", "--plan", "pro", "--first-paid", &first_paid, "--overage", "off"]);
    let mine = AccountNumber(1);
    let window = rig.open(&[]).await;
    window.wait_for("html[data-painted=yes]").await;
    answer_to(
        &window,
        "choose",
        json!({"choice": {"what": "ask", "to": {"vendor": "kiro", "agreed": true}}}),
    )
    .await;
    let own = rig.windows();
    let besides: Vec<_> = (0..MADE_IN_THE_PAGE).map(|made| json!({"made-in-the-page": made})).collect();
    let commands = signatures(&Config::new());
    let mut taken = Taken::default();
    let asking = async {
        for (command, seed) in commands.iter().zip(1..).skip(before()) {
            // Each command is asked the same whatever was asked before.
            let mut chance = Chance::new(seed);
            // Which may have been removed by then: it can be opened again.
            let sample = answer_to(&window, "open_sample", json!({"kind": "kiro-individual"})).await;
            let sample = AccountNumber(serde_json::from_value(sample["id"].clone()).expect("a number"));
            let asker = Asker { accounts: [mine, sample], told: "__CHANNEL__:7", besides: &besides };
            ask(&window, command, &asker, &mut chance, &mut taken).await;
            let turned = emulator.seen().iter().any(|seen| seen.line.starts_with("POST"));
            assert!(!turned, "{}: Kiro's switch was turned", command.name);
        }
    };
    tokio::select! {
        () = asking => {}
        () = rig.cancel_whatever_comes(&own) => unreachable!("it goes on"),
    }
    println!(
        "{} commands, {} questions with each, {} taken as they were, {} that the person said no to",
        commands.len() - before(),
        payloads(),
        taken.all,
        taken.declined
    );
    assert!(taken.declined > 0, "some are asked of the person");
    // It is the same page, and Headroom has nothing to report of itself.
    assert_eq!(answer_to(&window, "reports", json!({})).await, json!([]));
    assert_eq!(answer_to(&window, "overview", json!({"account": mine})).await["kind"], "kiro-individual");
    window.close().await;
    assert_eq!(saved(&rig.home, &rig.data()), Vec::<String>::new(), "nobody said where");
    for opened in rig.opened() {
        let is_known = opened.starts_with("https:") || opened == rig.data().display().to_string();
        assert!(is_known, "{opened} was opened");
    }
}

/// Commands of Tauri's and of its plugins, and names that are no command's.
const NOT_OURS: [&str; 22] = [
    "plugin:fs|read_text_file",
    "plugin:dialog|open",
    "plugin:dialog|save",
    "plugin:dialog|message",
    "plugin:notification|notify",
    "plugin:opener|open_url",
    "plugin:opener|open_path",
    "plugin:autostart|enable",
    "plugin:window-state|save_window_state",
    "plugin:shell|execute",
    "plugin:event|listen",
    "plugin:event|emit",
    "plugin:window|create",
    "plugin:window|close",
    "plugin:webview|create_webview_window",
    "plugin:app|version",
    "plugin:path|resolve_directory",
    "plugin:resources|close",
    "plugin:",
    "__proto__",
    "../start",
    "start\0",
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_no_command_of_ours_is_refused_and_giants_and_crowds_are_answered() {
    let rig = Rig::start("not-ours");
    let window = rig.open(&["--sample"]).await;
    window.wait_for("html[data-painted=yes]").await;
    let long = "x".repeat(70_000);
    let given = json!({"path": "/etc/passwd", "url": "https:example.com", "event": "x", "payload": 1});
    let questions: Vec<_> =
        NOT_OURS.into_iter().chain([long.as_str(), ""]).map(|name| json!([name, given])).collect();
    let answers = window.measure(ASK, vec![json!(questions)]).await;
    for (question, answer) in questions.iter().zip(answers.as_array().expect("a list")) {
        let name: String = question[0].as_str().expect("a name").chars().take(60).collect();
        assert_eq!(answer[0], "refused", "{name}: {answer}");
    }
    let giants = "const done = arguments[0];
        const asks = (letters) => window.__TAURI_INTERNALS__.invoke('rename_account', { account: 1, name: 'x'.repeat(letters) });
        const refused = (letters) => asks(letters).then(() => 'renamed', (error) => error.saying.code);
        Promise.all([refused(10 << 20), refused(64 << 20)]).then(done);";
    let codes = window.measure(giants, vec![]).await;
    assert!(codes[0] == codes[1] && codes[0] != "renamed", "{codes}");
    let crowd = "const done = arguments[0];
        const one = () => window.__TAURI_INTERNALS__.invoke('pools', { account: 1 });
        Promise.all(Array.from({ length: 2000 }, one)).then((all) => done(all.length), done);";
    assert_eq!(window.measure(crowd, vec![]).await, 2000);
    assert_eq!(answer_to(&window, "reports", json!({})).await, json!([]));
    window.close().await;
    assert_eq!(rig.opened(), Vec::<String>::new());
}
