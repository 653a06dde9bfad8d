//! `headroom` itself, which writes down the most memory that it and a process it started ever held together: in KiB,
//! into the file that `HEADROOM_PEAK` names.

use nix::sys::resource::{UsageWho, getrusage};
use std::process::ExitCode;

fn main() -> ExitCode {
    let status = headroom_cli::main();
    let known = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = known.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB"));
    if let (Some(file), Some(peak)) = (std::env::var_os("HEADROOM_PEAK"), peak) {
        // It starts one after the other: of those the largest.
        let others = getrusage(UsageWho::RUSAGE_CHILDREN).expect("the system counts").max_rss();
        let own: i64 = peak.parse().expect("a number");
        std::fs::write(file, (own + others).to_string()).expect("the peak is written down");
    }
    status
}
