//! Each view opens with a sentence that decides: asked of the accessibility tree, as whoever can't see the window hears it.

use tools::emulator::Emulator;
use tools::rig::Rig;
use tools::window::Window;

/// What stands in a view's first sentence, whatever the day.
type Says = &'static [&'static str];

/// The first thing that a view says beside its heading, as the accessibility tree has it.
async fn first_sentence(window: &Window, view: &str) -> String {
    window.click_button(view).await;
    window.wait_until_gone("main [aria-busy=true]").await;
    window.wait_for("main [data-testid=verdict]").await;
    let (role, sentence) = window.spoken("main [data-testid=verdict]").await;
    assert_eq!(role, "group", "{view}");
    // It is what stands there, before anything else but the heading.
    assert!(!sentence.is_empty() && window.text("main").await.contains(&sentence), "{view}: {sentence}");
    let comes_first = "
        const verdict = document.querySelector('main [data-testid=verdict]');
        const card = document.querySelector('main .card');
        const follows = card && verdict.compareDocumentPosition(card) & Node.DOCUMENT_POSITION_FOLLOWING;
        arguments[0](card === null || Boolean(follows));";
    assert_eq!(window.measure(comes_first, vec![]).await, true, "{view}: {sentence}");
    sentence
}

async fn each_says(window: &Window, views: &[(&str, Says)]) {
    for (view, says) in views {
        let sentence = first_sentence(window, view).await;
        assert!(says.iter().any(|said| sentence.contains(said)), "{view}: {sentence}");
        assert!(sentence.ends_with('.'), "{view}: {sentence}");
    }
}

/// Opens a sample from Settings, behind its one link.
async fn open_sample(window: &Window, of: &str) {
    window.click_button("Settings").await;
    window.click_button("Open a sample").await;
    window.click_button(of).await;
    window.wait_for_text("main", "Every number here is made up").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_view_opens_with_a_sentence_that_decides() {
    let rig = Rig::start("first-sentences");
    let window = rig.open(&["--sample"]).await;
    window.wait_for("html[data-painted=yes]").await;
    let person: [(&str, Says); 5] = [
        ("Overview", &["credits", "run out", "month"]),
        ("Usage", &["credits used", "What was used on these days isn't known"]),
        ("Plans", &["Pro", "month"]),
        ("Invoices", &["Next charge: $"]),
        ("Settings", &["No account is set up yet"]),
    ];
    each_says(&window, &person).await;
    open_sample(&window, "Kiro, for an organisation").await;
    window.wait_for_text("main", "Sample organisation").await;
    let organisation: [(&str, Says); 5] = [
        ("Overview", &["tier"]),
        ("Usage", &["credits used"]),
        ("Invoices", &["lower than calculated", "higher than calculated"]),
        ("Team", &["tier"]),
        ("Settings", &["No account is set up yet"]),
    ];
    each_says(&window, &organisation).await;
    window.picture("native-sample-organisation").await;
    crate::walk(&window, "sample-organisation", &[("Team", "Select all suggestions")]).await;
    open_sample(&window, "Kilo for Teams").await;
    window.wait_for_text("main", "Sample team").await;
    let team: [(&str, Says); 5] = [
        ("Overview", &["lasts until", "runs out"]),
        ("Usage", &["spent"]),
        ("Invoices", &["Next charge: $", "Next renewal: $"]),
        ("Team", &["3 of 12 seats are unused: without them, the bill of"]),
        ("Settings", &["No account is set up yet"]),
    ];
    each_says(&window, &team).await;
    window.picture("native-sample-team").await;
    // Each goes as it came: the one that is looked at, then the first that is left.
    for name in ["Sample team", "Sample account", "Sample organisation"] {
        window.click_button("Remove the sample").await;
        window.wait_for_text("body", &format!("{name} is removed.")).await;
    }
    window.wait_for("input[name=kind]").await;
    window.close().await;
}

/// A question that somebody opens the window with, where its answer stands, and what of it stands there whatever the day.
struct Asked {
    question: &'static str,
    /// The view that is opened for it; none is the one that is there.
    opens: Option<&'static str>,
    /// What is read there, first to last.
    place: &'static str,
    says: Says,
}

/// The sentence that a view opens with.
const VERDICT: &str = "main [data-testid=verdict]";
/// What stands under it.
const REASONS: &str = "main [data-testid=verdict] .soft";
/// The card of what goes on past the plan's credits: a switch, or packs where Kiro sells those.
const SWITCH: &str = "main section[aria-labelledby=overage-heading]";
const LEFT: &str = "How much is left?";
const UNTIL: &str = "Until when, do I run out?";
const CHARGED: &str = "What is charged next?";
const CHANGE: &str = "What would a plan change do?";
const FLIP: &str = "What would the switch do?";

/// Each question is answered after so many clicks at most, of which some led to the window as it is.
async fn each_is_answered(window: &Window, clicks: u32, most: u32, asked: &[Asked]) {
    for Asked { question, opens, place, says } in asked {
        window.click_button("Overview").await;
        window.wait_for(VERDICT).await;
        let needed = clicks + u32::from(opens.is_some());
        assert!(needed <= most, "{question}: {needed} clicks");
        if let Some(view) = opens {
            window.click_button(view).await;
        }
        window.wait_until_gone("main [aria-busy=true]").await;
        window.wait_for(place).await;
        // Of the verdict it is the first sentence alone, as whoever can't see the window hears it.
        let (role, heard) = window.spoken(place).await;
        let answer = if *place == VERDICT { heard } else { window.text(place).await };
        assert!(*place != VERDICT || role == "group", "{question}: {role}");
        assert!(says.iter().any(|said| answer.contains(said)), "{question}: {answer}");
    }
}

fn asked(question: &'static str, opens: Option<&'static str>, place: &'static str, says: Says) -> Asked {
    Asked { question, opens, place, says }
}

/// "How good" of the window: five questions by name, of a person, an organisation and a team, as far as each has them. An
/// organisation has credits by user alone, so whoever runs out is a row of its table; neither it nor a team has a switch.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn first_sentences_answer_the_five_questions_within_a_click() {
    let rig = Rig::start("five-questions");
    let window = rig.open(&["--sample"]).await;
    window.wait_for("html[data-painted=yes]").await;
    let person = [
        asked(LEFT, None, VERDICT, &["credits are left", "credits are used up"]),
        asked(
            UNTIL,
            None,
            VERDICT,
            &["last until", "run out on", "run out at", "used up", "pause until", "too early"],
        ),
        asked(CHARGED, Some("Invoices"), VERDICT, &["Next charge: $"]),
        asked(CHANGE, Some("Plans"), VERDICT, &["Stay on Pro:", "Move to Pro", "would cost"]),
        asked(
            FLIP,
            None,
            SWITCH,
            &["Work goes on past 1,000 credits at $0.04 each.", "Requests pause at 1,000 credits."],
        ),
    ];
    each_is_answered(&window, 0, 1, &person).await;
    open_sample(&window, "Kiro, for an organisation").await;
    window.wait_for_text("main", "Sample organisation").await;
    let organisation = [
        asked(UNTIL, Some("Team"), "main section[aria-labelledby=users-heading] thead", &["Runs out"]),
        asked(CHARGED, None, REASONS, &["so far: $", "so far: at least $"]),
        asked(CHANGE, None, VERDICT, &["would cost less on another tier:", "on too large a tier:"]),
    ];
    each_is_answered(&window, 0, 1, &organisation).await;
    open_sample(&window, "Kilo for Teams").await;
    window.wait_for_text("main", "Sample team").await;
    let team = [
        asked(LEFT, None, VERDICT, &["in credits is left"]),
        asked(UNTIL, None, VERDICT, &["lasts until", "runs out"]),
        asked(CHARGED, Some("Invoices"), VERDICT, &["Next charge: $", "Next renewal: $"]),
        asked(CHANGE, Some("Team"), VERDICT, &["seats are unused: without them, the bill of"]),
    ];
    each_is_answered(&window, 0, 1, &team).await;
    window.close().await;
}

/// From an empty home with a login: one click more.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn first_sentences_answer_the_five_questions_within_two_clicks_of_a_login() {
    let (emulator, _) = Emulator::on_pro_for_months();
    let rig = Rig::start_beside("five-questions-login", Some(emulator.address()));
    let window = rig.open(&[]).await;
    window.wait_for("html[data-painted=yes]").await;
    window.click_button("Show my credits").await;
    window.wait_for_text("[data-testid=headline]", "387.60").await;
    let person = [
        asked(LEFT, None, VERDICT, &["387.60 of 1,000 credits are left: ", "387.60 credits are left: "]),
        asked(UNTIL, None, VERDICT, &["last until", "run out on", "run out at", "too early"]),
        asked(CHARGED, Some("Invoices"), VERDICT, &["Next charge: $20.00 on "]),
        asked(CHANGE, Some("Plans"), VERDICT, &["Stay on Pro:", "Move to Pro", "would cost"]),
        asked(FLIP, None, SWITCH, &["Requests pause at", "Work goes on past", "you buy packs ahead"]),
    ];
    each_is_answered(&window, 1, 2, &person).await;
    window.close().await;
}
