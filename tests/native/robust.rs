//! What goes wrong in the window ends nothing else: a mistake in a command or on the thread that draws, the page's
//! process, a disk that can only be read.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};
use tools::rig::Rig;

/// A page whose process ended is back by then.
const BACK_WITHIN: Duration = Duration::from_secs(5);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_mistake_in_a_command_is_told_with_a_number_and_the_window_goes_on() {
    let rig = Rig::start_with_mistake("mistake", "usage");
    let window = rig.open(&["--sample"]).await;
    window.wait_for("html[data-painted=yes]").await;
    window.click_button("Usage").await;
    window.wait_for_text("main", "Headroom made a mistake in \"usage\"").await;
    let told = window.text("main").await;
    let (_, rest) = told.split_once("(report ").expect("a number");
    let number = rest.split_once(')').expect("its end").0.to_owned();
    window.picture("native-mistake").await;
    window.click_button("Try again").await;
    window.wait_for_text("main", &number).await;

    // Everything else is there as ever, and so is the report.
    window.click_button("Plans").await;
    window.wait_for_text("main", "Covers you?").await;
    window.click_button("Settings").await;
    window.wait_for_text("main", &format!("Report {number}")).await;
    window.close().await;
    let report = fs::read_to_string(rig.data().join(format!("reports/{number}.txt"))).expect("the report");
    assert!(report.contains("Program: window\nDoing: command usage\nThread: Answer\n"), "{report}");
    assert!(!report.contains(&*rig.home.to_string_lossy()), "{report}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_mistake_on_the_thread_that_draws_is_reported_and_said_where_the_window_begins() {
    let rig = Rig::start_with_mistake("mistake-drawing", "page-load");
    let window = rig.open(&["--sample"]).await;
    window.wait_for("html[data-painted=yes]").await;
    window.wait_for_text("main", "Headroom made 1 mistake (report ").await;
    window.click_button("Settings").await;
    window.wait_for_text("main", "Report a problem").await;
    window.click_button("Overview").await;
    window.wait_for("[data-testid=headline]").await;
    window.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_window_leaves_no_memory_behind() {
    let rig = Rig::start("core");
    let window = rig.open(&["--sample"]).await;
    window.wait_for("html[data-painted=yes]").await;
    let processes = [rig.processes("headroom-desktop"), rig.processes("WebKitWebProcess")].concat();
    assert!(processes.len() >= 2, "the program and its page: {processes:?}");
    for process in processes {
        let limits = fs::read_to_string(format!("/proc/{process}/limits")).expect("its limits");
        let line = limits.lines().find(|line| line.starts_with("Max core file size")).expect("the limit");
        let values: Vec<_> = line.split_whitespace().skip(4).take(2).collect();
        assert_eq!(values, ["0", "0"], "{process}");
    }
    window.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_page_whose_process_ends_is_back_with_the_same_view_and_after_a_few_times_says_so() {
    let rig = Rig::start("page-ends");
    let window = rig.open(&["--sample"]).await;
    window.wait_for("html[data-painted=yes]").await;
    window.click_button("Invoices").await;
    window.wait_for_text("main", "These aren't the vendor's invoices").await;
    // From the first crash on the driver holds a page that is gone: what the window says is on its standard error.
    for turn in 1..=3 {
        rig.crash(&rig.processes("WebKitWebProcess"));
        let ended = Instant::now();
        let said = rig.painted(turn + 1).await;
        let took = ended.elapsed();
        println!("back the {turn}. time: {} ms", took.as_millis());
        assert!(
            said.starts_with("Invoices, Sample account (sample)"),
            "the same view of the same account: {said}"
        );
        assert!(took <= BACK_WITHIN, "{took:?}");
    }
    rig.crash(&rig.processes("WebKitWebProcess"));
    let said = rig.painted(5).await;
    assert!(said.contains("ended several times within a minute"), "{said}");
}

/// A folder in which nothing can be written, until this goes: by the system, or for whoever may mount by a mount.
struct ReadOnly {
    folder: PathBuf,
    mounted: bool,
}

impl ReadOnly {
    fn new(folder: &Path) -> Self {
        let mount = |arguments: &[&str]| {
            let mounted =
                Command::new("mount").args(arguments).args([folder, folder]).output().expect("mount runs");
            mounted.status.success()
        };
        let mounted = mount(&["--bind"]);
        if mounted {
            let again = Command::new("mount").args(["-o", "remount,bind,ro"]).arg(folder).status();
            assert!(again.expect("mount runs").success(), "it can only be read");
        } else {
            fs::set_permissions(folder, fs::Permissions::from_mode(0o500)).expect("it can only be read");
        }
        fs::write(folder.join("probe"), "").expect_err("nothing can be written");
        Self { folder: folder.to_owned(), mounted }
    }
}

impl Drop for ReadOnly {
    fn drop(&mut self) {
        if self.mounted {
            _ = Command::new("umount").arg("--lazy").arg(&self.folder).status();
        } else {
            _ = fs::set_permissions(&self.folder, fs::Permissions::from_mode(0o700));
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn on_a_disk_that_can_only_be_read_figures_are_shown_and_changes_cant_be_made_until_it_can_be_written()
{
    let rig = Rig::start("read-only");
    // A list with overage: its switch is what can be changed here.
    let facts = ["facts", "--plan", "pro", "--first-paid", "2026-01-05", "--price-list", "kiro-2025-12"];
    rig.headroom(&facts);
    let read_only = ReadOnly::new(&rig.data());
    let window = rig.open(&[]).await;
    window.wait_for("html[data-painted=yes]").await;
    window.wait_for_text("main", "Nothing can be saved").await;
    window.wait_for("fieldset:disabled button").await;
    window.picture("native-read-only").await;
    drop(read_only);
    // Whoever comes back to the window asks anew.
    window.click_button("Settings").await;
    window.measure("window.dispatchEvent(new Event('blur')); window.dispatchEvent(new Event('focus')); arguments[0](true)", vec![]).await;
    window.wait_until_gone("#nothing-can-be-saved").await;
    window.wait_until_gone("fieldset:disabled").await;
    window.close().await;
}

/// The sockets that anybody on the machine or beyond could connect to, by the numbers that the kernel gave them.
fn listening() -> Vec<String> {
    let tables = ["tcp", "tcp6", "udp", "udp6"].map(|name| fs::read_to_string(format!("/proc/net/{name}")));
    let lines = tables.iter().flatten().flat_map(|table| table.lines().skip(1));
    // Of each its state is the fourth, its number the tenth: waiting for others, or bound to nobody.
    let of = lines.map(|line| line.split_whitespace().collect::<Vec<_>>());
    of.filter(|line| ["0A", "07"].contains(&line[3])).map(|line| format!("socket:[{}]", line[9])).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_can_connect_to_the_window() {
    let mut rig = Rig::start("listens");
    rig.start_hidden();
    rig.wait_for_process("WebKitWebProcess").await;
    let programs = ["headroom-desktop", "WebKitWebProcess", "WebKitNetworkProcess"];
    let processes: Vec<_> = programs.iter().flat_map(|program| rig.processes(program)).collect();
    assert!(processes.len() >= 2, "the program and its page: {processes:?}");
    let listening = listening();
    for process in processes {
        let open = fs::read_dir(format!("/proc/{process}/fd")).expect("what it has open").flatten();
        let open = open.filter_map(|entry| fs::read_link(entry.path()).ok());
        let sockets: Vec<_> = open
            .map(|socket| socket.display().to_string())
            .filter(|socket| listening.contains(socket))
            .collect();
        assert_eq!(sockets, Vec::<String>::new(), "process {process}");
    }
}
