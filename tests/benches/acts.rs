//! The real window of an organisation of 10,000 users, measured from inside it: how long each act takes from the click until
//! what it changes is drawn, and the first look at a month.

use headroom_app::{Clock, SystemClock};
use headroom_exact::Month;
use serde_json::Value;
use std::fmt::Write as _;
use tools::rig::Rig;
use tools::window::Window;

const ROUNDS: usize = 11;
const USERS: usize = 10_000;
/// Reports of so many days of each month.
const DAYS: u32 = 16;

/// Acts on the first element that matches: a click, or that text typed into it. Milliseconds until the element that is
/// watched says something else, nothing in the view is waited for, and the next frame is drawn.
const ACT: &str = r#"
    const [selector, typed, watched, done] = arguments;
    const element = [...document.querySelectorAll(selector)].find((each) => !each.matches("[aria-disabled=true]"));
    const main = document.querySelector("main");
    const says = () => main.querySelector(watched)?.outerHTML;
    const before = says();
    const began = performance.now();
    const watch = new MutationObserver(() => {
        if (says() === before || main.querySelector("[aria-busy=true]")) return;
        watch.disconnect();
        requestAnimationFrame(() => setTimeout(() => done(performance.now() - began)));
    });
    watch.observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
    if (typed === null) element.click();
    else {
        element.value = typed;
        element.dispatchEvent(new Event("input", { bubbles: true }));
    }
"#;

/// What is done, on what, with what text, and what it changes.
struct Act {
    name: &'static str,
    on: &'static str,
    typed: [Option<&'static str>; 2],
    changes: &'static str,
}

const EARLIER: &str = "main [role=group] button:first-of-type";
const LATER: &str = "main [role=group] button:last-of-type";
const MONTH: &str = "[role=group] strong";

/// In the table of users; each twice, there and back.
const ACTS: [Act; 5] = [
    sort("sort by user", "main thead th:nth-of-type(1) button"),
    sort("sort by what was used", "main thead th:nth-of-type(3) button"),
    sort("sort by cost", "main thead th:nth-of-type(5) button"),
    Act {
        name: "search",
        on: "main input[type=search]",
        typed: [Some("user-77"), Some("")],
        changes: "table tbody",
    },
    Act {
        name: "choose all with something to do",
        on: "main .filter input[type=checkbox]",
        typed: [None; 2],
        // What is chosen is said; the rows that are drawn may have nothing to do.
        changes: "p[role=status] strong",
    },
];

const fn sort(name: &'static str, on: &'static str) -> Act {
    Act { name, on, typed: [None; 2], changes: "table thead" }
}

async fn acted(window: &Window, on: &str, typed: Option<&str>, changes: &str) -> f64 {
    let arguments: Vec<Value> = vec![on.into(), typed.into(), changes.into()];
    window.measure(ACT, arguments).await.as_f64().expect("milliseconds")
}

/// A month of reports in which every tenth user hardly used anything.
fn reports(month: Month) -> String {
    let mut text =
        String::from("Date,UserId,Client_Type,Credits_Used,Overage_Enabled,Subscription_Tier,User_Email\n");
    for day in 0..DAYS {
        let date = month.start().plus_seconds(i64::from(day) * 86_400).date();
        for user in 0..USERS {
            let (tier, credits) =
                (["PRO", "PRO_PLUS", "POWER"][user % 3], if user % 10 == 0 { 0 } else { user % 90 });
            writeln!(
                text,
                "{date},d-{user:05},KIRO_CLI,{credits}.25,false,{tier},user-{user:05}@example.com"
            )
            .expect("written");
        }
    }
    text
}

fn told(name: &str, mut times: Vec<f64>) {
    times.sort_by(f64::total_cmp);
    println!(
        "{name:<34} {:>5.0} ms, longest {:.0} ms (median of {})",
        times[times.len() / 2],
        times[times.len() - 1],
        times.len()
    );
}

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() {
    let rig = Rig::start("acts");
    let now = Month::of(SystemClock.now());
    for back in [1, 2, 3] {
        let file = rig.home.join(format!("reports-{back}.csv"));
        std::fs::write(&file, reports(now.plus(-back))).expect("written");
        rig.headroom(&["import", "kiro-activity", &file.display().to_string()]);
    }
    let window = rig.open(&[]).await;
    window.wait_for("html[data-painted=yes]").await;
    for view in ["Overview", "Usage", "Invoices", "Team"] {
        window.click_button(view).await;
        window.wait_for(&format!("main {MONTH}")).await;
        window.wait_until_gone("main [aria-busy=true]").await;
        let mut times = Vec::new();
        for round in 0..=ROUNDS {
            for step in [EARLIER, LATER] {
                let time = acted(&window, step, None, MONTH).await;
                if round > 0 {
                    times.push(time);
                }
            }
        }
        told(&format!("{view}: a month back and forth"), times);
    }
    for Act { name, on, typed, changes } in ACTS {
        let mut times = Vec::new();
        for _ in 0..ROUNDS {
            for typed in typed {
                times.push(acted(&window, on, typed, changes).await);
            }
        }
        told(name, times);
    }
    window.close().await;
}
