//! The real window, measured from inside it: how long a view takes from the click until its figures are drawn, and how many
//! frames a second Plans draws while its slider is dragged. `window [DATA-FOLDER]`: the sample without one.

use tools::rig::Rig;
use tools::window::Window;

const ROUNDS: usize = 11;
const VIEWS: [&str; 5] = ["Overview", "Usage", "Plans", "Invoices", "Settings"];

/// From the click until the view is there with its figures and the next frame is drawn; milliseconds.
const SWITCH: &str = r#"
    const [name, done] = arguments;
    const button = [...document.querySelectorAll("aside nav button")].find((each) => each.innerText.trim() === name);
    const began = performance.now();
    // A task that is queued in a frame runs when that frame is drawn.
    const finished = () => requestAnimationFrame(() => setTimeout(() => done(performance.now() - began)));
    const main = document.querySelector("main");
    const there = () =>
        button.getAttribute("aria-current") === "page" && main.querySelector("h1") && !main.querySelector("[aria-busy=true]");
    const watch = new MutationObserver(() => {
        if (!there()) return;
        watch.disconnect();
        finished();
    });
    watch.observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
    button.click();
"#;

/// Drags the slider of the daily burn for two seconds, one step a frame; frames and the milliseconds they took, the
/// longest frame last.
const DRAG: &str = r#"
    const done = arguments[0];
    const slider = document.getElementById("a-month");
    const stamps = [];
    const step = (stamp) => {
        stamps.push(stamp);
        const share = 0.5 + 0.4 * Math.sin(stamps.length / 12);
        slider.value = String(Math.round(Number(slider.max) * share));
        slider.dispatchEvent(new Event("input", { bubbles: true }));
        if (stamp - stamps[0] < 2000) requestAnimationFrame(step);
        else {
            const gaps = stamps.slice(1).map((each, index) => each - stamps[index]);
            done([stamps.length - 1, stamp - stamps[0], Math.max(...gaps)]);
        }
    };
    requestAnimationFrame(step);
"#;

/// How many frames a second the machine draws where nothing changes but one number.
const PLAIN: &str = r#"
    const done = arguments[0];
    const place = document.createElement("p");
    place.style = "position: fixed; inset-block-end: 0; inset-inline-end: 0";
    document.body.append(place);
    const stamps = [];
    const step = (stamp) => {
        stamps.push(stamp);
        place.textContent = String(stamps.length);
        if (stamp - stamps[0] < 1000) requestAnimationFrame(step);
        else {
            place.remove();
            done((stamps.length - 1) * 1000 / (stamp - stamps[0]));
        }
    };
    requestAnimationFrame(step);
"#;

async fn switched(window: &Window, view: &str) -> f64 {
    window.measure(SWITCH, vec![view.into()]).await.as_f64().expect("milliseconds")
}

fn middle(mut times: Vec<f64>) -> (f64, f64) {
    times.sort_by(f64::total_cmp);
    (times[times.len() / 2], times[times.len() - 1])
}

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() {
    let data = std::env::args().skip(1).find(|argument| !argument.starts_with("--"));
    let rig = Rig::start("bench");
    if let Some(data) = &data {
        std::fs::create_dir_all(rig.data()).expect("a folder");
        std::fs::rename(format!("{data}/headroom.db"), rig.data().join("headroom.db")).expect("moved");
    }
    let arguments: &[&str] = if data.is_some() { &[] } else { &["--sample"] };
    let window = rig.open(arguments).await;
    window.wait_for("html[data-painted=yes]").await;
    let mut times = vec![Vec::new(); VIEWS.len()];
    let mut first = Vec::new();
    for round in 0..=ROUNDS {
        for (index, view) in VIEWS.iter().enumerate().skip(1).chain([(0, &VIEWS[0])]) {
            let time = switched(&window, view).await;
            if round == 0 {
                first.push(format!("{view} {time:.0}"));
            } else {
                times[index].push(time);
            }
        }
    }
    println!("first time, ms: {}", first.join(", "));
    for (view, times) in VIEWS.iter().zip(times) {
        let (middle, longest) = middle(times);
        println!("{view:<10} {middle:>5.0} ms, longest {longest:.0} ms (median of {ROUNDS})");
    }
    switched(&window, "Plans").await;
    let plain = window.measure(PLAIN, vec![]).await;
    println!("one number changing: {:.0} frames a second", plain.as_f64().expect("a number"));
    let drag = window.measure(DRAG, vec![]).await;
    let number = |index: usize| drag[index].as_f64().expect("a number");
    println!(
        "dragging in Plans: {:.0} frames a second, the longest {:.0} ms",
        number(0) * 1000.0 / number(1),
        number(2)
    );
    window.close().await;
}
