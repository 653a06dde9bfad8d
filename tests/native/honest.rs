//! What the window said that was wrong or contradicted itself, one person's and a team's (`ui.md` has each by its number; an
//! organisation's are in `organisation`, the first in `main`).

use super::met::{Met, kiro};
use headroom_app::answers::{Choice, FactsChange, Vendor};
use headroom_app::{Clock, Headroom, Paths, SystemClock};
use headroom_exact::{Moment, Month};
use headroom_sources::kiro::token::KiroPlaces;
use std::fs;
use tools::emulator::{Emulator, Team};
use tools::rig::Rig;

/// Since so many months on that plan, under the list that has overage.
fn on(rig: &Rig, plan: &str) {
    let first_paid = Month::of(SystemClock.now()).plus(-3).first_date().to_string();
    let paid: &[_] = &["--first-paid", &first_paid, "--overage", "off", "--price-list", "kiro-2025-12"];
    let paid = if plan == "free" { &[][..] } else { paid };
    rig.headroom(&[&["facts", "--plan", plan], paid].concat());
}

/// Records tasks of the command line: when, and how many credits.
fn record(rig: &Rig, turns: &[(Moment, &str)]) {
    let sessions = rig.home.join(".kiro/sessions/cli");
    fs::create_dir_all(&sessions).expect("a folder");
    let turns: Vec<_> = turns.iter().map(|(at, credits)| (at.to_string(), *credits)).collect();
    let turns: Vec<_> = turns.iter().map(|(at, credits)| (at.as_str(), *credits)).collect();
    fs::write(sessions.join("one.json"), acceptance::session("one", &turns)).expect("a session");
    rig.headroom(&["import", "kiro-sessions"]);
}

fn this_month() -> Moment {
    Month::of(SystemClock.now()).start()
}

/// D2: saving details that nobody had changed undid a recorded change of plan.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn saving_unchanged_details_leaves_a_recorded_change_of_plan() {
    let met = Met::beside("unchanged", None);
    on(&met.rig, "pro");
    record(&met.rig, &[(this_month(), "12.50")]);
    let today = SystemClock.now().date().to_string();
    met.rig.headroom(&["facts", "--plan", "pro-plus", "--plan-since", &today]);
    let window = met.opens("unchanged", "1,987.50", &["Pro+", "$40.00"]).await;
    window.click_button("Settings").await;
    window.wait_for_text("main", "Everything Headroom knows").await;
    window.click_button("Save the details").await;
    window.wait_for_text("main", "Nothing has changed, so nothing is saved.").await;
    window.click_button("Overview").await;
    window.wait_for_text("main h1 + span", "Pro+").await;
    window.wait_for_text("main", "$40.00").await;
    met.ends(window).await;
}

/// D3: a balance was made up of somebody of whom no usage was recorded.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_usage_what_another_pace_leaves_is_not_known() {
    let met = Met::beside("invents", None);
    on(&met.rig, "pro");
    let window = met.rig.open(&[]).await;
    window.wait_for("html[data-painted=yes]").await;
    window.wait_for_text("main", "How long your credits last isn't known.").await;
    window.click_button("Plans").await;
    // What is folded is drawn after the first figures.
    window.wait_for("main details summary").await;
    window.click("main details summary").await;
    window.wait_for_text("[data-testid=what-if-left]", "is not known").await;
    let text = window.text("main").await;
    assert!(!text.contains("credits left on") && !text.contains("yes, "), "{text}");
    window.picture("native-invents").await;
    met.ends(window).await;
}

/// D4: "least charged" stood on the same choice in every case, and none said why it was none.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_choice_that_doesnt_fit_says_why_and_one_is_the_cheapest() {
    let met = Met::beside("choices", None);
    on(&met.rig, "pro");
    record(&met.rig, &[(this_month(), "999.00")]);
    let window = met.opens("choices", "1", &["at most"]).await;
    window.click_button("Plans").await;
    window.wait_for_text("main", "no: pauses on").await;
    let text = window.text("main").await;
    assert_eq!(text.matches("cheapest that covers you").count(), 1, "{text}");
    window.picture("native-choices").await;
    met.ends(window).await;
}

/// D5: what rests on tasks of the command line alone was "left", to two decimals.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_rests_on_recorded_tasks_alone_is_at_most_so_much() {
    let met = Met::beside("recorded", None);
    on(&met.rig, "free");
    record(&met.rig, &[(this_month(), "31.25")]);
    let window = met.rig.open(&[]).await;
    window.wait_for("html[data-painted=yes]").await;
    window.wait_for_text("[data-testid=headline]", "18.75").await;
    window.wait_for_text("section.hero [data-testid=chip]", "only what is on this computer").await;
    let hero = window.text("section.hero").await.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(hero.contains("at most 18.75 credits left"), "{hero}");
    met.ends(window).await;
}

/// A clock that stands in the past.
struct Stopped(Moment);

impl Clock for Stopped {
    fn now(&self) -> Moment {
        self.0
    }
}

/// D6: past months counted recorded tasks alone, also where Kiro itself had told more.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn past_months_count_what_kiro_counted_and_say_how_much_of_it_is_recorded() {
    let (emulator, first_paid) = Emulator::on_pro_for_months();
    let met = Met::beside("past-months", Some(&emulator));
    let mut told = kiro("KIRO PRO", "ada", 700.0, 1000.0);
    told["nextDateReset"] = this_month().unix_seconds().into();
    told["usageBreakdownList"][0]["nextDateReset"] = told["nextDateReset"].clone();
    emulator.answers_to("made-up", &told);
    {
        // As it was asked in the last hour of that month.
        let home = &met.rig.home;
        let places = KiroPlaces {
            ide_token: home.join(".aws/sso/cache/kiro-auth-token.json"),
            ide: home.join("config/Kiro"),
            cli_database: home.join("share/kiro-cli/data.sqlite3"),
        };
        let paths = Paths::new(met.rig.data(), None).with_kiro(places, emulator.address());
        let then = Stopped(this_month().plus_seconds(-1_800));
        let headroom = Headroom::open(paths, Box::new(then)).expect("it opens");
        let facts: FactsChange = serde_json::from_value(serde_json::json!({"plan": "pro",
            "first_paid_on": first_paid, "country": "US", "overage_enabled": false, "price_list": "kiro-2025-12"}))
        .expect("facts");
        let account = headroom.save_facts(None, &facts).expect("they can be true").account.id;
        headroom.choose(&Choice::Ask { vendor: Vendor::Kiro, agreed: true }).expect("agreed");
        let refreshed = headroom.refresh(account, true, false).expect("a refresh");
        assert_eq!(refreshed.failure, None);
    }
    emulator.answers_to("made-up", &kiro("KIRO PRO", "ada", 10.0, 1000.0));
    record(&met.rig, &[(Month::of(SystemClock.now()).plus(-1).start(), "70.00")]);
    met.rig.headroom(&["refresh"]);
    let window = met.opens("past-months", "990", &["From Kiro"]).await;
    window.click_button("Plans").await;
    window.wait_for_text("main", "from Kiro; 10% of it on this computer").await;
    window.picture("native-past-months").await;
    met.ends(window).await;
}

/// D9: a suspended team lasted "about 26 days"; D11: "Charge today $8.70, then between $8.70 and $9.67".
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_suspended_team_says_so_first_and_a_charge_that_isnt_sure_is_a_range() {
    let now = SystemClock.now();
    let (emulator, _) = Emulator::on_pro_for_months();
    let met = Met::beside("suspended", Some(&emulator));
    let mut team = Team::of_three(&now.to_string());
    let day = |back: i64| now.plus_seconds(-86_400 * back).date().to_string();
    let spent = |back, cost| (day(back), "ada@example.com".to_owned(), "openai/gpt-5".to_owned(), cost);
    team.spent = vec![spent(4, 2_000_000), spent(1, 3_000_000)];
    emulator.team(team);
    met.rig.headroom(&["accounts", "add", "kilo"]);
    met.rig.headroom(&["refresh"]);
    let (began, failed) = (day(70), day(5));
    let team = ["team-facts", "--account", "Analytical Engines", "--started", &began, "--seats", "5"];
    met.rig.headroom(&team);
    let window = met.opens("team-range", "$62.50", &["in credits is left: it lasts until"]).await;
    window.click_button("Team").await;
    window.wait_for_text("main", "Charge today").await;
    let receipt = window.text("section[aria-labelledby=seat-receipt-heading] .total").await;
    let receipt = receipt.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(receipt.starts_with("Charge today") && receipt.contains(" to $"), "{receipt}");
    window.picture("native-range").await;
    met.closes(window).await;
    met.rig.headroom(&[&team[..], &["--payment-failed", &failed]].concat());
    let window = met.opens("team-suspended", "$62.50", &["Suspended"]).await;
    let sentence = window.text("[data-testid=verdict] .sentence").await;
    assert!(sentence.starts_with("Suspended"), "{sentence}");
    let text = window.text("main").await;
    assert!(!text.contains("last until") && !text.contains("smallest purchase"), "{text}");
    met.ends(window).await;
}

/// D10: the sidebar's dots were green, whatever the account.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_sidebars_dots_are_of_the_colour_of_each_accounts_row() {
    let met = Met::beside("dots", None);
    on(&met.rig, "pro");
    record(&met.rig, &[(this_month(), "1000.00")]);
    met.rig.headroom(&["accounts", "add", "kiro", "Other"]);
    met.rig.headroom(&["facts", "--account", "Other", "--plan", "free"]);
    let window = met.opens("dots", "0", &["Requests pause"]).await;
    window.wait_for_text("aside", "Other").await;
    window.click_button("All accounts").await;
    window.wait_for_text("main", "Other").await;
    let script = "
        const done = arguments[0];
        const of = (place) => [...document.querySelectorAll(place + ' .dot')]
          .map((dot) => getComputedStyle(dot).backgroundColor).sort();
        done({ dots: of('aside'), rows: of('main') });";
    let colours = window.measure(script, vec![]).await;
    let (dots, rows) = (colours["dots"].as_array(), colours["rows"].as_array());
    let (dots, rows) = (dots.expect("dots"), rows.expect("rows"));
    assert_eq!((dots.len(), dots), (2, rows), "each as its row");
    assert_ne!(dots[0], dots[1], "one is paused, of the other nothing is known");
    met.ends(window).await;
}
