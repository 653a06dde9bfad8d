//! What Headroom notes of its own work, for whoever looks for a fault.
//!
//! A line is a moment, what happened, and codes, counts and durations. Each of those is a type that can hold nothing else:
//! what happened and every code is a text of this program's source, so no token, name, path or amount can come into the
//! file, whoever writes the line. Two files of 256 KiB at most lie in the data folder, for their owner only; a thread of
//! its own writes them.

use crate::documents::words;
use crate::error::AppError;
use crate::machine::clock::{Clock as _, SystemClock};
use headroom_exact::Saying;
use headroom_exact::saying::Value as InSaying;
use std::fmt::Write as _;
use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::time::Duration;

/// A file is no longer than this, give or take a line.
const MOST_BYTES: u64 = 256 * 1024;
/// So many lines wait to be written; what comes beside them is counted and left out.
const MOST_WAITING: usize = 256;
/// So many codes of a saying and of the reasons in it are noted.
const MOST_CODES: usize = 6;

/// What may stand in a line.
#[derive(Clone, Copy, Debug)]
enum Value {
    Code(&'static str),
    Count(u64),
    Took(Duration),
}

/// How much it matters.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Level {
    Info,
    Warn,
    Error,
}

impl Level {
    const fn name(self) -> &'static str {
        match self {
            Self::Info => "INFO",
            Self::Warn => "WARN",
            Self::Error => "ERROR",
        }
    }
}

/// A line of the log before it is written.
#[derive(Clone, Debug)]
#[must_use = "a line is written by `note`"]
pub struct Line {
    level: Level,
    what: &'static str,
    values: Vec<(&'static str, Value)>,
}

impl Line {
    const fn new(level: Level, what: &'static str) -> Self {
        Self { level, what, values: Vec::new() }
    }

    /// That something was done.
    pub const fn info(what: &'static str) -> Self {
        Self::new(Level::Info, what)
    }

    /// That something went wrong which is told elsewhere, or that Headroom does without.
    pub const fn warn(what: &'static str) -> Self {
        Self::new(Level::Warn, what)
    }

    /// That something went wrong which should not.
    pub const fn error(what: &'static str) -> Self {
        Self::new(Level::Error, what)
    }

    fn with(mut self, name: &'static str, value: Value) -> Self {
        self.values.push((name, value));
        self
    }

    /// With a code: a text of this program.
    pub fn code(self, name: &'static str, code: &'static str) -> Self {
        self.with(name, Value::Code(code))
    }

    /// With how many.
    pub fn count(self, name: &'static str, count: u64) -> Self {
        self.with(name, Value::Count(count))
    }

    /// With how long it took.
    pub fn took(self, duration: Duration) -> Self {
        self.with("took", Value::Took(duration))
    }

    /// With why, by the codes of what is said: what stands in its places is left out.
    pub fn why(mut self, why: impl Into<Saying>) -> Self {
        let mut codes = Vec::new();
        codes_of(&why.into(), &mut codes);
        self.values.extend(codes.into_iter().map(|code| ("why", Value::Code(code))));
        self
    }

    /// With why, of an error that crosses to the window.
    pub fn because(self, error: &AppError) -> Self {
        self.why(error.saying.clone())
    }

    /// Has it written, soon. Never waits.
    pub fn note(self) {
        let Some(log) = LOG.get() else { return };
        if log.lines.try_send(Message::Line(self)).is_err() {
            log.lost.fetch_add(1, Ordering::Relaxed);
        }
    }

    fn written(&self) -> String {
        let mut text = format!("{} {}", self.level.name(), self.what);
        for (name, value) in &self.values {
            // Writing to a text never fails.
            _ = match value {
                Value::Code(code) => write!(text, " {name}={code}"),
                Value::Count(count) => write!(text, " {name}={count}"),
                Value::Took(duration) => write!(text, " {name}={}ms", duration.as_millis()),
            };
        }
        text
    }
}

/// The codes of a saying, and of those in it. A code that isn't among this program's sentences was read from somewhere.
fn codes_of(saying: &Saying, codes: &mut Vec<&'static str>) {
    if codes.len() < MOST_CODES {
        codes.push(words::code(saying.code()).unwrap_or("unknown"));
        for (_, value) in saying.values() {
            if let InSaying::Saying(inner) = value {
                codes_of(inner, codes);
            }
        }
    }
}

enum Message {
    Line(Line),
    /// Everything before it is written.
    Written(SyncSender<()>),
}

struct Log {
    lines: SyncSender<Message>,
    lost: AtomicU64,
}

static LOG: OnceLock<Log> = OnceLock::new();

/// Writes the log into this folder from now on; `program` says whose lines they are. With `aloud` they stand on standard
/// error too. Without the folder that it lies in nothing is written: a command that only reads makes none.
pub fn start(folder: PathBuf, program: &'static str, aloud: bool) {
    let (sender, lines) = sync_channel(MOST_WAITING);
    if LOG.set(Log { lines: sender, lost: AtomicU64::new(0) }).is_ok() {
        // Where no thread can be started there is no log: nothing else depends on it.
        _ = std::thread::Builder::new()
            .name("log".to_owned())
            .spawn(move || write_all(&lines, &folder, program, aloud));
    }
}

/// Waits until what was noted is written, a second at most: a program that ends calls it last.
pub fn finish() {
    let Some(log) = LOG.get() else { return };
    let (written, done) = sync_channel(1);
    if log.lines.try_send(Message::Written(written)).is_ok() {
        _ = done.recv_timeout(Duration::from_secs(1));
    }
}

fn write_all(lines: &Receiver<Message>, folder: &Path, program: &'static str, aloud: bool) {
    for message in lines {
        let line = match message {
            Message::Line(line) => line,
            Message::Written(done) => {
                // Whoever waited too long has gone.
                _ = done.try_send(());
                continue;
            }
        };
        let lost = LOG.get().map_or(0, |log| log.lost.swap(0, Ordering::Relaxed));
        let lost = (lost > 0).then(|| Line::warn("lines-left-out").count("count", lost));
        for line in lost.iter().chain([&line]) {
            let text = line.written();
            if aloud {
                // Nobody may be listening any more.
                _ = writeln!(io::stderr(), "{text}");
            }
            // A log that can't be written keeps nothing else from being done.
            _ = append(folder, &format!("{} {program} {text}\n", SystemClock.now()), MOST_BYTES);
        }
    }
}

/// The file that is written, and the one before it.
fn files(folder: &Path) -> [PathBuf; 2] {
    [folder.join("headroom.log"), folder.join("headroom.1.log")]
}

/// Adds a line. A file that is long enough takes the place of the older one first. Several programs may write at once: a
/// line is one write at the end, and who puts the file aside holds it locked.
fn append(folder: &Path, line: &str, most: u64) -> io::Result<()> {
    let [newest, older] = files(folder);
    let mut file = open(folder, &newest)?;
    if file.metadata()?.len() >= most && file.try_lock().is_ok() {
        // Another may have put it aside a moment ago.
        if fs::metadata(&newest)?.len() >= most {
            fs::rename(&newest, &older)?;
        }
        file = open(folder, &newest)?;
    }
    file.write_all(line.as_bytes())
}

fn open(folder: &Path, path: &Path) -> io::Result<File> {
    let mut own_folder = DirBuilder::new();
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
        own_folder.mode(0o700);
        // No link is followed, and nothing is waited for.
        options
            .mode(0o600)
            .custom_flags((rustix::fs::OFlags::NOFOLLOW | rustix::fs::OFlags::NONBLOCK).bits().cast_signed());
    }
    match own_folder.create(folder) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(error),
        Ok(()) | Err(_) => {}
    }
    let file = options.append(true).create(true).open(path)?;
    if file.metadata()?.is_file() { Ok(file) } else { Err(io::ErrorKind::InvalidInput.into()) }
}

/// Removes the log's files.
pub(crate) fn delete(folder: &Path) -> io::Result<()> {
    for file in files(folder) {
        match fs::remove_file(file) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            Ok(()) | Err(_) => {}
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use headroom_exact::say;

    #[test]
    fn a_line_holds_codes_counts_and_durations_and_nothing_of_what_was_said() {
        let home = "/home/ada/report.csv";
        let reason = say!("not-a-date", field = "ada@example.com", text = "sk-token-1234 $20.00");
        let why = say!("not-written", path = Path::new(home), reason);
        let line = Line::warn("import-failed").why(why).count("rows", 7).took(Duration::from_millis(1234));
        assert_eq!(
            line.code("lane", "File").written(),
            "WARN import-failed why=not-written why=not-a-date rows=7 took=1234ms lane=File"
        );
    }

    #[test]
    fn a_code_that_was_read_from_somewhere_is_not_written() {
        let read: Saying =
            serde_json::from_str(r#"{"code":"sk-token-1234","values":{}}"#).expect("a saying as it is kept");
        assert_eq!(Line::info("read").why(read).written(), "INFO read why=unknown");
    }

    #[test]
    fn two_files_of_a_bounded_size_for_their_owner_and_the_newest_lines_stay() {
        let home = tempfile::tempdir().expect("a folder");
        let folder = home.path().join("log");
        for number in 0..1000 {
            append(&folder, &format!("line {number:04}\n"), 1000).expect("written");
        }
        let [newest, older] = files(&folder);
        let read = |path: &Path| fs::read_to_string(path).expect("a log");
        assert_eq!(fs::read_dir(&folder).expect("a folder").count(), 2);
        for file in [&newest, &older] {
            assert!(read(file).len() <= 1010, "{} is bounded", file.display());
        }
        let all = read(&older) + &read(&newest);
        assert!(all.ends_with("line 0999\n") && all.lines().count() >= 100, "{all}");
        #[cfg(unix)]
        for path in [&folder, &newest, &older] {
            use std::os::unix::fs::PermissionsExt;
            let mode = fs::metadata(path).expect("there").permissions().mode() & 0o077;
            assert_eq!(mode, 0, "{} is its owner's", path.display());
        }
        delete(&folder).expect("removed");
        assert_eq!(fs::read_dir(&folder).expect("a folder").count(), 0);
    }

    #[test]
    fn without_the_data_folder_no_log_is_made() {
        let home = tempfile::tempdir().expect("a folder");
        append(&home.path().join("data/log"), "line\n", 1000).expect_err("there is no data folder");
        assert!(!home.path().join("data").exists());
    }

    #[test]
    #[cfg(unix)]
    fn a_link_in_the_logs_place_is_not_followed() {
        let home = tempfile::tempdir().expect("a folder");
        let folder = home.path().join("log");
        fs::create_dir(&folder).expect("made");
        let victim = home.path().join("victim");
        fs::write(&victim, "mine").expect("written");
        let [newest, _] = files(&folder);
        std::os::unix::fs::symlink(&victim, newest).expect("a link");
        append(&folder, "line\n", 1000).expect_err("a link is none of ours");
        assert_eq!(fs::read_to_string(&victim).expect("there"), "mine");
    }
}
