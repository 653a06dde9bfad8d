//! What Headroom costs while nobody looks: started into the tray with a login that is asked about by itself, it is left
//! alone. `idle [MINUTES]` prints the share of a core and the memory of all its processes, at first and in the end.

use headroom_app::answers::{Choice, Vendor};
use headroom_app::{Headroom, Paths, SystemClock};
use std::fs;
use std::time::Duration;
use tools::desktop::Desktop;
use tools::emulator::Emulator;
use tools::rig::Rig;

/// The kernel counts a process's time in hundredths of a second.
const TICKS: f64 = 100.0;

/// A process and everything it started: hundredths of a second on a core, and kilobytes that are its alone.
fn cost(process: u32) -> (u64, u64) {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    let fields: Vec<&str> = stat.rsplit(") ").next().unwrap_or_default().split(' ').collect();
    let field = |index: usize| fields.get(index).and_then(|field| field.parse::<u64>().ok()).unwrap_or(0);
    let rollup = fs::read_to_string(format!("/proc/{process}/smaps_rollup")).unwrap_or_default();
    let own = rollup.lines().filter(|line| line.starts_with("Private_"));
    let memory: u64 = own.filter_map(|line| line.split_whitespace().nth(1)?.parse::<u64>().ok()).sum();
    let children = fs::read_to_string(format!("/proc/{process}/task/{process}/children")).unwrap_or_default();
    let children = children.split_whitespace().filter_map(|child| child.parse().ok()).map(cost);
    children.fold((field(11) + field(12), memory), |(time, memory), child| (time + child.0, memory + child.1))
}

#[tokio::main]
async fn main() {
    let minutes: u64 = std::env::args().skip(1).find_map(|argument| argument.parse().ok()).unwrap_or(10);
    let (emulator, first_paid) = Emulator::on_pro_for_months();
    let mut rig = Rig::start_beside("idle", Some(emulator.address()));
    let desktop = Desktop::on(rig.bus());
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
    {
        let paths = Paths::new(rig.data(), None);
        let headroom = Headroom::open(paths, Box::new(SystemClock)).expect("a store");
        headroom.choose(&Choice::Ask { vendor: Vendor::Kiro, agreed: true }).expect("agreed");
    }
    let process = rig.start_hidden();
    desktop.wait_for_title("387.60 left");
    tokio::time::sleep(Duration::from_secs(30)).await;
    let (began, memory) = cost(process);
    tokio::time::sleep(Duration::from_secs(60 * minutes)).await;
    let (ended, memory_after) = cost(process);
    let seconds = f64::from(u32::try_from(ended - began).expect("little")) / TICKS;
    let share = seconds / f64::from(u32::try_from(60 * minutes).expect("few")) * 100.0;
    println!(
        "hidden for {minutes} minutes, asked {} times: {share:.2} % of a core, {} MiB at first, {} MiB in the end",
        emulator.seen().len(),
        memory / 1024,
        memory_after / 1024
    );
}
