//! Each kind of account as its owner meets it in the window: an ordinary month, and the states that are not.
//!
//! The command line gathers the figures from the emulator or from files, and the window shows them. Days are reckoned
//! from the machine's clock, which the window reads.

use headroom_app::{Clock, SystemClock};
use headroom_exact::Month;
use serde_json::{Value, json};
use std::fs;
use std::time::Duration;
use tools::desktop::Desktop;
use tools::emulator::{Emulator, Fault, OwnKilo, Team, Which};
use tools::rig::Rig;
use tools::window::Window;

/// A rig for one state after another, each with records of its own.
pub(super) struct Met {
    pub(super) rig: Rig,
    desktop: Desktop,
}

impl Met {
    pub(super) fn beside(name: &str, emulator: Option<&Emulator>) -> Self {
        let rig = Rig::start_beside(name, emulator.map(Emulator::address));
        let desktop = Desktop::on(rig.bus());
        Self { rig, desktop }
    }

    /// Opens the window and looks at what it shows of a state.
    pub(super) async fn opens(&self, state: &str, headline: &str, says: &[&str]) -> Window {
        let window = self.rig.open(&[]).await;
        window.wait_for("html[data-painted=yes]").await;
        shows(&window, state, Some(headline), says).await;
        window
    }

    /// Closes the window.
    pub(super) async fn closes(&self, window: Window) {
        window.close().await;
        self.desktop.wait_until_left(&self.rig.data());
    }

    /// Closes the window and takes all records away.
    pub(super) async fn ends(&self, window: Window) {
        self.closes(window).await;
        fs::remove_dir_all(self.rig.data()).expect("nobody holds them");
    }
}

/// Waits for these sentences, then looks at the headline; a picture is kept.
async fn shows(window: &Window, state: &str, headline: Option<&str>, says: &[&str]) {
    for sentence in says {
        window.wait_for_text("main", sentence).await;
    }
    window.wait_until_gone("main [aria-busy=true]").await;
    window.picture(&format!("met-{state}")).await;
    if let Some(headline) = headline {
        assert_eq!(window.text("[data-testid=headline]").await, headline, "{state}");
    }
}

/// What Kiro says of somebody who used so much of a limit in the running month.
pub(super) fn kiro(title: &str, login: &str, used: f64, limit: f64) -> Value {
    let reset = Month::of(SystemClock.now()).plus(1).start().unix_seconds();
    json!({
        "nextDateReset": reset,
        "overageConfiguration": {"overageStatus": "DISABLED"},
        "subscriptionInfo": {"overageCapability": "OVERAGE_CAPABLE", "subscriptionTitle": title},
        "usageBreakdownList": [{"bonuses": [], "currency": "USD", "displayName": "Credit", "resourceType": "CREDIT",
            "currentOveragesWithPrecision": 0, "currentUsageWithPrecision": used, "usageLimitWithPrecision": limit,
            "overageCharges": 0, "overageRate": 0.04, "unit": "INVOCATIONS", "nextDateReset": reset}],
        "userInfo": {"userId": format!("d-1234567890.{login}"), "email": format!("{login}@example.com")}
    })
}

/// 130.25 beyond the limit, which two packs pay for: one is used up, the other ends a month after the reset.
fn with_packs() -> Value {
    let month = Month::of(SystemClock.now());
    let mut limits = kiro("KIRO PRO", "ada", 1130.25, 1000.0);
    let credits = &mut limits["usageBreakdownList"][0];
    credits["currentOveragesWithPrecision"] = json!(130.25);
    let pack = |used: f64, of: f64, end: i32| {
        let end = month.plus(end).start().unix_seconds();
        json!({"currentUsage": used, "usageLimit": of, "expiresAt": end, "source": "PURCHASE"})
    };
    credits["overageCredits"] = json!([pack(125.0, 125.0, 1), pack(5.25, 250.0, 2)]);
    limits
}

/// A trial of 500 beside Free, 106.11 of which are used.
fn with_a_trial() -> Value {
    let mut limits = kiro("KIRO FREE", "ada", 0.0, 50.0);
    let end = SystemClock.now().plus_days(10).to_string();
    limits["usageBreakdownList"][0]["freeTrialInfo"] = json!({"freeTrialStatus": "ACTIVE", "freeTrialExpiry": end,
        "currentUsageWithPrecision": 106.11, "usageLimitWithPrecision": 500});
    limits
}

/// 941 used of the month that is over.
fn of_last_month() -> Value {
    let mut limits = kiro("KIRO PRO", "ada", 941.0, 1000.0);
    let reset = Month::of(SystemClock.now()).start().unix_seconds();
    limits["nextDateReset"] = reset.into();
    limits["usageBreakdownList"][0]["nextDateReset"] = reset.into();
    limits
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_person_at_kiro_is_met() {
    let (emulator, first_paid) = Emulator::on_pro_for_months();
    let met = Met::beside("met-kiro", Some(&emulator));
    let pro: &[_] = &["facts", "--plan", "pro", "--first-paid", &first_paid, "--price-list", "kiro-2025-12"];
    let free: &[_] = &["facts", "--plan", "free"];
    let differs = "Kiro says this account is on KIRO FREE, your account details say Pro.";
    let over = "What is used of the new one isn't known yet.";
    let (ordinary, other_plan) =
        (kiro("KIRO PRO", "ada", 612.4, 1000.0), kiro("KIRO FREE", "ada", 12.0, 50.0));
    let packs = &["0 of 1,000 left", "all 125 used", "244.75 of 250 left", "$20.00"][..];
    let trial = &["50 of 50 left", "393.89 of 500 left", "Free costs nothing"];
    let last_month = &["Kiro still shows the cycle", over, "credits a month"];
    let states = [
        ("kiro-ordinary", pro, ordinary, "387.60", &["387.60 of 1,000 credits are left", "$20.00"][..]),
        ("kiro-packs", pro, with_packs(), "244.75", packs),
        ("kiro-trial", free, with_a_trial(), "443.89", trial),
        ("kiro-other-plan", pro, other_plan, "38", &[differs, "38 of 50 credits are left", "$20.00"]),
        ("kiro-last-month", pro, of_last_month(), "1,000", last_month),
    ];
    for (state, facts, limits, headline, says) in states {
        emulator.answers_to("made-up", &limits);
        met.rig.headroom(facts);
        met.rig.headroom(&["refresh"]);
        let window = met.opens(state, headline, says).await;
        met.ends(window).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_logins_none_leads_until_one_is_chosen() {
    let (emulator, first_paid) = Emulator::on_pro_for_months();
    let met = Met::beside("met-logins", Some(&emulator));
    let folder = met.rig.home.join("share/kiro-cli");
    fs::create_dir_all(&folder).expect("a folder");
    let database = rusqlite::Connection::open(folder.join("data.sqlite3")).expect("a database");
    let tables = "CREATE TABLE auth_kv (key TEXT, value TEXT); CREATE TABLE state (key TEXT, value TEXT)";
    database.execute_batch(tables).expect("tables");
    let token = r#"{"access_token":"another","expires_at":"2099-01-01T00:00:00Z"}"#;
    let row = "INSERT INTO auth_kv VALUES ('kirocli:social:token', ?1)";
    database.execute(row, [token]).expect("a row");
    emulator.answers_to("made-up", &kiro("KIRO PRO", "ada", 612.4, 1000.0));
    emulator.answers_to("another", &kiro("KIRO PRO", "bob", 20.5, 1000.0));
    met.rig.headroom(&[
        "facts",
        "--plan",
        "pro",
        "--first-paid",
        &first_paid,
        "--price-list",
        "kiro-2025-12",
    ]);
    let refused = met.rig.headroom_fails(&["refresh"]);
    assert!(refused.contains("Kiro is signed in to several accounts on this machine"), "{refused}");
    let window = met.rig.open(&[]).await;
    window.wait_for("html[data-painted=yes]").await;
    let both = ["What is left isn't known", "ada (KIRO PRO, 387.60 left)", "bob (KIRO PRO, 979.50 left)"];
    shows(&window, "kiro-two-logins", None, &both).await;
    let text = window.text("main").await;
    assert!(!text.contains("credits left") && !text.contains('$'), "no figure of either: {text}");
    window.click_button("Choose the login").await;
    let each = ["KIRO PRO, 387.60 credits left", "KIRO PRO, 979.50 credits left"];
    shows(&window, "kiro-choose-login", None, &each).await;
    window.click(".logins li:nth-child(2) button").await;
    window.wait_for_text("body", "The login is chosen.").await;
    window.click_button("Overview").await;
    shows(&window, "kiro-login-chosen", Some("979.50"), &["979.50 of 1,000 credits are left", "$20.00"])
        .await;
    met.ends(window).await;
}

/// What was bought and given, one by one.
const BLOCKS: Which = |line| line.contains("CreditBlocks");

impl Met {
    /// Adds what Kilo's login has, asks for its figures and opens the window; without an answer to one question if so
    /// told, which then is what isn't known.
    async fn asks_kilo(&self, emulator: &Emulator, state: &str, headline: &str, says: &[&str]) -> Window {
        self.rig.headroom(&["accounts", "add", "kilo"]);
        if state.ends_with("question-fails") {
            emulator.fail_at(BLOCKS, Fault::Server);
            let failed = self.rig.headroom_fails(&["refresh"]);
            assert!(failed.contains("Kilo answered in part. Not known: credits by purchase."), "{failed}");
            emulator.fail(None);
        } else {
            self.rig.headroom(&["refresh"]);
        }
        self.opens(state, headline, says).await
    }

    /// The login ends while the window is open: the last figures stay, with their age.
    async fn login_ends(&self, emulator: &Emulator, window: &Window, state: &str, headline: &str) {
        emulator.fail(Some(Fault::Unauthorized));
        let before = emulator.seen().len();
        let asking = tokio::time::timeout(Duration::from_mins(1), async {
            // Kilo was asked a moment ago, and isn't asked again so soon.
            while emulator.seen().len() == before {
                window.wait_until_gone("main button[aria-disabled=true]").await;
                window.click_button("Refresh").await;
                window.wait_for_text("header", "Refresh").await;
            }
        });
        assert!(asking.await.is_ok(), "Kilo isn't asked again");
        let says = ["Refresh failed", "Open Kilo to sign in again.", "You see the numbers from"];
        shows(window, state, Some(headline), &says).await;
        emulator.fail(None);
    }
}

/// A Kilo Pass whose month runs from the middle of the last days to the next ones.
fn with_a_pass(team: Team) -> Team {
    let (from, to) = (SystemClock.now().plus_seconds(-10 * 86_400), SystemClock.now().plus_days(20));
    let mut team = team.with_pass("active");
    team.credits[0]["agreement"]["paidThrough"] = to.to_string().into();
    team.credits[1]["currentWindow"] = json!({"startsAt": from.to_string(), "endsAt": to.to_string()});
    team
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_team_at_kilo_is_met() {
    let now = SystemClock.now().to_string();
    let (emulator, _) = Emulator::on_pro_for_months();
    let met = Met::beside("met-team", Some(&emulator));
    let team = || Team::of_three(&now);
    let mut spent = team();
    spent.scenario["model_rates"]["m"]["input_per_million"] = "100".into();
    let gift = Team { gift: Some((12_500_000, SystemClock.now().plus_days(10).to_string())), ..team() };
    let missing = "Kilo answered in part. Not known: credits by purchase.";
    let states = [
        ("team-ordinary", team(), "$62.50", &["From Kilo", "3 of 5 seats are unused"][..]),
        ("team-nothing-left", spent, "$0.00", &["No credits are left: requests wait for more."]),
        ("team-gift", gift, "$62.50", &["Gift that expires, spent first", "$12.50 until"]),
        ("team-question-fails", team(), "$62.50", &[missing, "5 seats paid, 2 taken."]),
        ("team-pass", with_a_pass(team()), "$62.50", &["3 passes, Kilo Pass Pro", "$37.50 of $147.00"]),
    ];
    for (state, team, headline, says) in states {
        emulator.team(team);
        let window = met.asks_kilo(&emulator, state, headline, says).await;
        if state == "team-pass" {
            met.login_ends(&emulator, &window, "team-login-ended", headline).await;
        }
        met.ends(window).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn somebodys_own_account_at_kilo_is_met() {
    let (emulator, _) = Emulator::on_pro_for_months();
    let met = Met::beside("met-own", Some(&emulator));
    let soon = SystemClock.now().plus_days(12).to_string();
    let mut pass = OwnKilo::of_ada().with_pass(&[("nextBillingAt", soon.clone().into())]);
    pass.blocks["creditBlocks"][1]["expiry_date"] = soon.into();
    let none = json!({"subscription": null, "isEligibleForFirstMonthPromo": true});
    let gift = OwnKilo { pass: none, ..pass.clone() };
    let mut ordinary = gift.clone();
    ordinary.balance = json!({"balance": 19.5, "isDepleted": false});
    ordinary.blocks["creditBlocks"].as_array_mut().expect("a list").remove(1);
    ordinary.blocks["totalBalance_mUsd"] = 19_500_000.into();
    let spent = OwnKilo {
        balance: json!({"balance": 0, "isDepleted": true}),
        blocks: json!({"creditBlocks": [], "totalBalance_mUsd": 0, "autoTopUpEnabled": false}),
        top_up: json!({"enabled": false, "amountCents": 5000, "paymentMethod": null}),
        ..ordinary.clone()
    };
    let missing = "Kilo answered in part. Not known: credits by purchase.";
    let states = [
        ("own-ordinary", ordinary, "$19.50", &["From Kilo", "Purchase that stays", "You have none."][..]),
        ("own-nothing-left", spent, "$0.00", &["No credits are left: requests wait for more."]),
        ("own-gift", gift, "$23.75", &["Gift that expires, spent first", "$4.25 until"]),
        ("own-question-fails", pass.clone(), "$23.75", &[missing, "Kilo Pass Pro is active.", "$51.45"]),
        (
            "own-pass",
            pass,
            "$23.75",
            &["Kilo Pass Pro is active.", "$7.35 once $17.80 more is spent", "$51.45"],
        ),
    ];
    for (state, own, headline, says) in states {
        emulator.own_kilo(own);
        let window = met.asks_kilo(&emulator, state, headline, says).await;
        if state == "own-gift" {
            let hero = window.text("section.hero").await;
            assert!(hero.find("$4.25 until") < hero.find("$23.75"), "what goes first comes first: {hero}");
        }
        if state == "own-pass" {
            met.login_ends(&emulator, &window, "own-login-ended", headline).await;
        }
        met.ends(window).await;
    }
}
