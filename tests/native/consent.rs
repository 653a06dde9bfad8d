//! What costs money or can't be undone: the person is asked outside the page, which can neither answer nor leave it out.

use tools::emulator::Emulator;
use tools::rig::Rig;

/// What is pressed to leave everything as it is, and to have it done.
const LEAVES: &[&str] = &["Return"];
const DOES: &[&str] = &["Tab", "Return"];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn kiros_own_figures_show_and_its_switch_flips_and_confirms() {
    let (emulator, first_paid) = Emulator::on_pro_for_months();
    let rig = Rig::start_beside("live", Some(emulator.address()));
    rig.headroom(&[
        "facts",
        "--plan",
        "pro",
        "--first-paid",
        &first_paid,
        "--overage",
        "off",
        "--price-list",
        "kiro-2025-12",
    ]);

    let window = rig.open(&[]).await;
    window.wait_for("html[data-painted=yes]").await;
    assert!(emulator.seen().is_empty(), "nobody is asked before somebody agreed");
    window.click_button("Settings").await;
    window.wait_for_text("main", "Ask the vendors").await;
    window.click("section[aria-labelledby=live-heading] input").await;
    window.click_button("Overview").await;
    window.wait_for_text("[data-testid=headline]", "387.60").await;
    window.wait_for_text("main", "From Kiro").await;
    window.picture("native-live").await;

    // What runs in the page asks as often as it likes: one question is put, and it isn't the page that answers it.
    let script = "
        const [account, position] = arguments;
        window.answers = [];
        for (let time = 0; time < 50; time += 1)
          window.__TAURI_INTERNALS__.invoke('request_overage', { account, enabled: position })
            .then((answer) => window.answers.push(answer), (error) => window.answers.push(error.saying.code));
        arguments[2](true);";
    let answered = "const [wanted, done] = arguments;
        const look = () => window.answers.length === wanted ? done(window.answers) : setTimeout(look, 30);
        look();";
    window.measure(script, vec![1.into(), true.into()]).await;
    let asks = r"^Allow overage at Kiro for Kiro\?$";
    assert!(rig.hands(&["search", "--sync", "--onlyvisible", "--name", asks]), "the person is asked");
    assert_eq!(rig.on_screen(asks), 1, "once");
    assert_eq!(turned(&emulator), 0, "nothing is done meanwhile");
    // One that came after the answer would put a question of its own, which nobody answers.
    window.measure(answered, vec![49.into()]).await;
    rig.answer_question(asks, LEAVES).await;
    let answers = window.measure(answered, vec![50.into()]).await;
    let answers = answers.as_array().expect("a list").clone();
    let count = |wanted: &serde_json::Value| answers.iter().filter(|answer| *answer == wanted).count();
    assert_eq!((count(&false.into()), count(&"question-open".into())), (1, 49), "{answers:?}");
    assert_eq!(turned(&emulator), 0, "whoever didn't agree has asked nothing");

    window.click_button("Allow overage at $0.04 a credit").await;
    rig.answer_question(asks, DOES).await;
    window.wait_for_text("[data-testid=overage-request]", "Kiro shows overage on").await;
    assert!(window.text("[data-testid=overage-state]").await.starts_with("On"));
    window.picture("native-overage-confirmed").await;
    // Within the minute the page isn't even asked again.
    window.measure(script, vec![1.into(), false.into()]).await;
    let answers = window.measure(answered, vec![50.into()]).await;
    let all = answers.as_array().expect("a list");
    assert!(all.iter().all(|answer| answer == "switch-asked-just-now"), "{answers}");
    window.close().await;
    assert_eq!(turned(&emulator), 1, "asked once");
}

/// How often Kiro was asked to turn its switch.
fn turned(emulator: &Emulator) -> usize {
    emulator.seen().into_iter().filter(|seen| seen.line.starts_with("POST")).count()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn everything_is_deleted_only_if_the_person_agrees_outside_the_page() {
    let rig = Rig::start("consent");
    rig.headroom(&["facts", "--plan", "free", "--signed-up", "2026-01-05"]);
    let window = rig.open(&[]).await;
    window.wait_for("html[data-painted=yes]").await;
    window.click_button("Settings").await;
    window.wait_for_text("main", "Everything Headroom knows").await;
    let asks = r"^Delete everything Headroom knows\?$";
    window.click_button("Delete everything…").await;
    rig.answer_question(asks, LEAVES).await;
    window.click_button("Delete everything…").await;
    rig.answer_question(asks, &["Escape"]).await;
    window.click_button("Overview").await;
    window.wait_for("[data-testid=headline]").await;
    window.click_button("Settings").await;
    window.click_button("Delete everything…").await;
    rig.answer_question(asks, DOES).await;
    window.wait_for_text("body", "Everything is deleted.").await;
    window.close().await;
    assert!(rig.headroom(&["accounts"]).is_empty(), "nothing is left");
}
