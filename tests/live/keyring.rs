//! The system's keyring where it doesn't answer, on the program as it is built.

use std::io::Write;
use std::os::unix::net::UnixListener;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

/// Five seconds are waited for it; what a busy machine may need is on top.
const SOON: Duration = Duration::from_secs(60);

fn keep_a_key(home: &Path, bus: &str) -> Output {
    let mut command = Command::new(tools::programs::built("measured-headroom"));
    command.args(["accounts", "key"]).env_clear().env("PATH", "/usr/bin:/bin").env("HOME", home);
    command.env("HEADROOM_DATA_DIR", home.join("data")).env("HEADROOM_EMULATOR", "127.0.0.1:1");
    command.env("DBUS_SESSION_BUS_ADDRESS", bus);
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it runs");
    child.stdin.take().expect("its input").write_all(b"a-pasted-key").expect("written");
    child.wait_with_output().expect("it ends")
}

#[test]
fn a_keyring_that_is_silent_or_not_there_is_told_in_words_of_our_own_and_nothing_is_kept_elsewhere() {
    let home = tempfile::tempdir().expect("a folder");
    // Whoever connects is let in and hears nothing.
    let socket = home.path().join("silent");
    let _silent = UnixListener::bind(&socket).expect("a socket");
    for (bus, expected) in [
        (format!("unix:path={}", socket.display()), "The system's keyring can't be used: it doesn't answer."),
        ("unix:path=/nonexistent".to_owned(), "The system's keyring can't be used: "),
    ] {
        let began = Instant::now();
        let told = keep_a_key(home.path(), &bus);
        let took = began.elapsed();
        println!("{bus}: {} ms", took.as_millis());
        let said = String::from_utf8(told.stderr).expect("text");
        assert!(!told.status.success() && said.contains(expected), "{bus}: {said}");
        assert!(!said.contains("store") && !said.contains("a-pasted-key"), "{said}");
        assert!(took < SOON, "{bus}: {took:?}");
    }
    for (path, bytes) in acceptance::files_in(&home.path().join("data")) {
        assert!(!bytes.windows(12).any(|window| window == b"a-pasted-key"), "{}", path.display());
    }
}
