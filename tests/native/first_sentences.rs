//! Each view opens with a sentence that decides: asked of the accessibility tree, as whoever can't see the window hears it.

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
        ("Usage", &["credits used", "No usage on these days"]),
        ("Plans", &["Pro", "month"]),
        ("Invoices", &["charged"]),
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
    open_sample(&window, "Kilo for Teams").await;
    window.wait_for_text("main", "Sample team").await;
    let team: [(&str, Says); 5] = [
        ("Overview", &["last until", "run out"]),
        ("Usage", &["spent"]),
        ("Invoices", &["charged"]),
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
