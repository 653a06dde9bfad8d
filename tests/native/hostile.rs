//! Names that mean harm, wherever a name stands, in the real window: none runs, none becomes a part of the page or is reported
//! against its policy, and none makes a view wider than the window.

use acceptance::hostile::{files, limits, names};
use headroom_app::{Clock, SystemClock};
use headroom_exact::Month;
use serde_json::{Value, json};
use tools::emulator::{Emulator, Team};
use tools::rig::Rig;
use tools::window::Window;

/// Notes every report against the page's policy from now on.
const LISTENS: &str = "
    window.reports = [];
    document.addEventListener('securitypolicyviolation', (report) => window.reports.push(report.violatedDirective));
    arguments[0](true);";

/// What names made of the page: whether one ran, what isn't ours, what was reported, and what stands out of the window to the
/// right where nothing cuts it off or lets it be scrolled.
const LOOKS: &str = r#"
    const foreign = 'iframe, object, embed, form[action], body script, body style, svg[onload], img[src="x"], a[href^="javascript"], [onerror], [srcdoc]';
    const cut = (element) => {
      for (let above = element.parentElement; above; above = above.parentElement)
        if (getComputedStyle(above).overflowX !== 'visible') return above !== document.documentElement && above !== document.body;
      return false;
    };
    const wide = [...document.body.querySelectorAll('*')]
      .filter((element) => element.getBoundingClientRect().right > window.innerWidth + 1 && !cut(element))
      .map((element) => `${element.tagName}.${element.className}: ${element.textContent.slice(0, 60)}`);
    const page = document.documentElement;
    arguments[0]({
      ran: window.ran === true,
      foreign: [...document.querySelectorAll(foreign)].map((element) => element.outerHTML.slice(0, 200)),
      reports: window.reports,
      wide: wide.slice(0, 3),
      wider: page.scrollWidth - page.clientWidth + document.body.scrollWidth - document.body.clientWidth,
    });"#;

async fn is_as_it_should_be(window: &Window, which: &str) {
    let looks = window.measure(LOOKS, vec![]).await;
    let fine = json!({"ran": false, "foreign": [], "reports": [], "wide": [], "wider": 0});
    assert_eq!(looks, fine, "{which}");
}

/// Opens an account and each of these views of it; all that can be read there.
async fn goes_through(window: &Window, account: u64, views: &[&str]) -> String {
    // The mark of the page that goes is taken off first: it would be found before the next page has begun.
    let again = "
        location.hash = arguments[0];
        document.documentElement.removeAttribute('data-painted');
        arguments[1](true);
        setTimeout(() => location.reload(), 0);";
    window.measure(again, vec![format!("#{account}/overview").into()]).await;
    window.wait_for("html[data-painted=yes]").await;
    window.measure(LISTENS, vec![]).await;
    let mut read = String::new();
    for view in views {
        window.click_button(view).await;
        window.wait_until_gone("main [aria-busy=true]").await;
        is_as_it_should_be(window, &format!("{view} of account {account}")).await;
        read.push_str(&window.text("body").await);
        window.picture(&format!("native-hostile-{account}-{}", view.to_lowercase())).await;
    }
    read
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_name_runs_becomes_a_part_of_the_page_or_stretches_a_view() {
    let now = SystemClock.now();
    let month = Month::of(now);
    let day = now.date().to_string();
    let (emulator, first_paid) = Emulator::on_pro_for_months();
    let all = names();
    let short = all.iter().filter(|name| name.chars().count() <= 300);
    let spent = short.map(|name| (day.clone(), name.clone(), name.clone(), 1_000_000)).collect();
    let script = "<img src=x onerror=\"window.ran = true\">";
    emulator.team(Team { name: script.to_owned(), spent, ..Team::of_three(&now.to_string()) });
    let resets = month.plus(1).start().unix_seconds();
    emulator.answers_to("made-up", &limits("<b>KIRO PRO</b>", "d-1.<i>ada</i>", resets));
    let rig = Rig::start_beside("hostile", Some(emulator.address()));
    let before = month.plus(-1).first_date().format("%Y-%m").to_string();
    rig.headroom(&["facts", "--plan", "pro", "--first-paid", &first_paid]);
    for (kind, path) in files(&rig.home.join("files"), &day, &before) {
        rig.headroom(&["import", kind, &path.display().to_string()]);
    }
    rig.headroom(&["accounts", "add", "kilo"]);
    let accounts: Value = serde_json::from_str(&rig.headroom(&["accounts", "--json"])).expect("JSON");
    let team = accounts.as_array().expect("accounts").last().expect("the team that came last");
    rig.headroom(&["refresh", "--account", &team["id"].to_string()]);

    let window = rig.open(&[]).await;
    window.wait_for("html[data-painted=yes]").await;
    window.click_button("Settings").await;
    window.wait_for_text("main", "Ask the vendors").await;
    window.click("section[aria-labelledby=live-heading] input").await;
    let mut read = String::new();
    for account in accounts.as_array().expect("accounts") {
        let views: &[&str] = match account["billing"].as_str() {
            Some("kiro-individual") => &["Overview", "Usage", "Plans", "Invoices", "Settings"],
            Some("kilo-personal") => &["Overview", "Usage", "Invoices", "Settings"],
            _ => &["Overview", "Usage", "Invoices", "Team", "Settings"],
        };
        read.push_str(&goes_through(&window, account["id"].as_u64().expect("a number"), views).await);
    }
    assert!(!emulator.seen().is_empty(), "the vendors were asked, too");
    // They stand there, in letters.
    for name in ["<script>window.ran = true</script>", "<img src=x onerror=", "__proto__", "WWWWWWWW"] {
        assert!(read.contains(name), "{name} can be read nowhere");
    }
    window.close().await;
}
