//! What is kept of a mistake of Headroom's own: a short report with a number, for whoever tells the project of it.
//!
//! A report says which version on which system did what kind of work, and where in the program it went wrong. It holds
//! nothing of the person: no value, no name, and of a path only the part that lies in the program's source. The newest
//! twenty lie in the data folder, for their owner only. Nobody is sent anything.

mod place;

use crate::documents::words;
use crate::machine::clock::{Clock as _, SystemClock};
use crate::machine::log::Line;
use crate::machine::process;
use headroom_exact::{Moment, say};
use std::cell::Cell;
use std::fmt::{self, Write as _};
use std::fs::{self, DirBuilder, File, OpenOptions};
use std::hash::{BuildHasher as _, RandomState};
use std::io::{self, Read as _, Write as _};
use std::panic::{self, AssertUnwindSafe, PanicHookInfo};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock};

/// So many reports are kept.
const MOST_REPORTS: usize = 20;
/// A report is no longer than this, in bytes.
const LONGEST: usize = 16 * 1024;
/// The endings of a report that nobody was told of yet, and of one that somebody was.
const UNTOLD: &str = "new";
const TOLD: &str = "txt";
/// A mistake that is made again and again gets one report; so many different ones are told apart in a run.
const MOST_KNOWN: usize = 64;

/// A report's number: six digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct ReportNumber(u32);

impl fmt::Display for ReportNumber {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:06}", self.0)
    }
}

impl ReportNumber {
    /// The number that somebody wrote.
    pub fn read(text: &str) -> Option<Self> {
        let digits = text.len() == 6 && text.bytes().all(|byte| byte.is_ascii_digit());
        text.parse().ok().filter(|_| digits).map(Self)
    }

    /// Another one, by chance: it says nothing, not even how many there were.
    fn any() -> Self {
        let chance = RandomState::new().hash_one(0_u8);
        Self(u32::try_from(chance % 900_000).unwrap_or_default() + 100_000)
    }
}

/// A report that is kept.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Report {
    /// Its number.
    pub number: ReportNumber,
    /// All that it says.
    pub text: String,
    /// Whether somebody was told of it.
    pub told: bool,
    path: PathBuf,
    /// When it was written.
    pub at: Moment,
}

impl Report {
    /// What its file is called once somebody was told of it.
    pub fn told_name(&self) -> String {
        format!("{}.{TOLD}", self.number)
    }
}

/// Where reports are kept, and by which program.
struct Keeping {
    folder: PathBuf,
    program: &'static str,
    /// What went wrong in this run already, with the report that it got.
    known: Mutex<Vec<(String, ReportNumber)>>,
}

static KEEPING: OnceLock<Keeping> = OnceLock::new();

thread_local! {
    /// The kind of work and its name in the source.
    static DOING: Cell<(&'static str, &'static str)> = const { Cell::new(("", "")) };
    static CAUGHT: Cell<Option<ReportNumber>> = const { Cell::new(None) };
}

/// Keeps a report of every panic of this process from now on. What somebody at a terminal would see of it otherwise, with
/// the values that stand in it, is written only where `RUST_BACKTRACE` asks for it.
pub fn start(folder: PathBuf, program: &'static str) {
    if KEEPING.set(Keeping { folder, program, known: Mutex::default() }).is_err() {
        return;
    }
    let usual = std::env::var_os("RUST_BACKTRACE").map(|_| panic::take_hook());
    panic::set_hook(Box::new(move |info| {
        CAUGHT.set(of_panic(info));
        if let Some(usual) = &usual {
            usual(info);
        }
    }));
}

/// A mistake of Headroom's own that was caught, with the report of it, if one could be kept.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[must_use = "a mistake that nobody tells of is told when the window opens"]
pub struct Mistake(Option<ReportNumber>);

impl Mistake {
    /// The report's number, for whoever tells of it now.
    pub fn told(self) -> Option<ReportNumber> {
        let number = self.0?;
        if let Some(keeping) = KEEPING.get() {
            told(&keeping.folder, &[number]);
        }
        Some(number)
    }
}

/// What is said of a mistake that ended the program, in a line: its number and where the report is.
pub fn say_ended(mistake: Mistake) -> String {
    words::say(&match mistake.told().zip(KEEPING.get()) {
        Some((report, keeping)) => {
            let path = keeping.folder.join(format!("{report}.{TOLD}"));
            say!("ended-by-mistake-reported", report = report.to_string(), path = &path)
        }
        None => say!("ended-by-mistake"),
    })
}

/// Does a piece of work of a kind. A panic in it ends the work and nothing else.
pub fn guarded<T>(kind: &'static str, name: &'static str, work: impl FnOnce() -> T) -> Result<T, Mistake> {
    let before = DOING.replace((kind, name));
    let done = panic::catch_unwind(AssertUnwindSafe(|| {
        process::planted(name);
        work()
    }));
    DOING.set(before);
    done.map_err(|_| Mistake(CAUGHT.take()))
}

/// Keeps a report of a mistake that was made in this place of the program, in another process.
pub(crate) fn of_worker(place: &str) -> Option<ReportNumber> {
    let number = keep(&place::of(place), None, "", &|| String::new())?;
    told(&KEEPING.get()?.folder, &[number]);
    Some(number)
}

fn of_panic(info: &PanicHookInfo<'_>) -> Option<ReportNumber> {
    let at = info.location().map(ToString::to_string).unwrap_or_default();
    // A text of the source says what went wrong; one that was put together may hold anything.
    let says = info.payload().downcast_ref::<&'static str>().copied();
    let thread = std::thread::current();
    let called_from = || place::called_from(&std::backtrace::Backtrace::force_capture().to_string());
    keep(&place::of(&at), says, thread.name().unwrap_or_default(), &called_from)
}

fn keep(
    at: &str,
    says: Option<&'static str>,
    thread: &str,
    called_from: &dyn Fn() -> String,
) -> Option<ReportNumber> {
    let keeping = KEEPING.get()?;
    let (kind, name) = DOING.get();
    let known_as = format!("{at} {kind} {name}");
    // Whoever else is here is in a panic too: nobody waits for them.
    let known = keeping
        .known
        .try_lock()
        .ok()
        .and_then(|known| known.iter().find(|(of, _)| *of == known_as).map(|(_, number)| *number));
    if let Some(number) = known.filter(|number| find(&keeping.folder, *number).is_ok()) {
        return Some(number);
    }
    let text = |number: ReportNumber| {
        let mut text = format!(
            "Headroom {}, report {number}\nAt: {}\nSystem: {}\nBuild: {}\nProgram: {}\n",
            env!("CARGO_PKG_VERSION"),
            SystemClock.now(),
            process::system(),
            if cfg!(debug_assertions) { "debug" } else { "release" },
            keeping.program,
        );
        let work = [kind, name].join(" ");
        for (title, said) in
            [("Doing", work.trim()), ("Thread", thread), ("Place", at), ("Says", says.unwrap_or_default())]
        {
            if !said.is_empty() {
                // Writing to a text never fails.
                _ = writeln!(text, "{title}: {said}");
            }
        }
        let called_from = called_from();
        if !called_from.is_empty() {
            text.push_str("Called from:\n");
            text.push_str(&called_from);
        }
        text.truncate(text.floor_char_boundary(LONGEST));
        text
    };
    let number = write(&keeping.folder, text).ok();
    if let (Some(number), Ok(mut known)) = (number, keeping.known.try_lock())
        && known.len() < MOST_KNOWN
    {
        known.push((known_as, number));
    }
    let line = Line::error("panicked").code("doing", if name.is_empty() { "something" } else { name });
    line.count("report", number.map_or(0, |number| number.0.into())).note();
    number
}

/// Writes a report under a number that is free; the oldest go.
fn write(folder: &Path, text: impl Fn(ReportNumber) -> String) -> io::Result<ReportNumber> {
    let mut own_folder = DirBuilder::new();
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
        own_folder.mode(0o700);
        options.mode(0o600);
    }
    own_folder.recursive(true).create(folder)?;
    let mut kept = list(folder);
    kept.reverse();
    let too_many = (kept.len() + 1).saturating_sub(MOST_REPORTS);
    for oldest in kept.iter().take(too_many) {
        fs::remove_file(&oldest.path)?;
    }
    loop {
        let number = ReportNumber::any();
        if kept.iter().any(|report| report.number == number) {
            continue;
        }
        let mut file =
            options.write(true).create_new(true).open(folder.join(format!("{number}.{UNTOLD}")))?;
        file.write_all(text(number).as_bytes())?;
        return Ok(number);
    }
}

/// The reports there are, the newest first. What can't be read is none.
pub(crate) fn list(folder: &Path) -> Vec<Report> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut reports: Vec<_> = entries.flatten().filter_map(|entry| report(&entry.path())).collect();
    reports.sort_by_key(|report| std::cmp::Reverse((report.at, report.number)));
    reports
}

fn report(path: &Path) -> Option<Report> {
    let number = ReportNumber::read(path.file_stem()?.to_str()?)?;
    let told = match path.extension()?.to_str()? {
        TOLD => true,
        UNTOLD => false,
        _ => return None,
    };
    let metadata = fs::symlink_metadata(path).ok().filter(fs::Metadata::is_file)?;
    let written = metadata.modified().ok()?.duration_since(std::time::UNIX_EPOCH).ok()?;
    let at = Moment::from_unix(i64::try_from(written.as_secs()).ok()?, written.subsec_nanos())?;
    let mut text = String::new();
    let most = u64::try_from(LONGEST).unwrap_or(u64::MAX);
    File::open(path).ok()?.take(most).read_to_string(&mut text).ok()?;
    Some(Report { number, text, told, path: path.to_owned(), at })
}

fn find(folder: &Path, number: ReportNumber) -> io::Result<PathBuf> {
    let places = [TOLD, UNTOLD].map(|ending| folder.join(format!("{number}.{ending}")));
    places.into_iter().find(|path| path.is_file()).ok_or_else(|| io::ErrorKind::NotFound.into())
}

/// Notes that somebody was told of these.
pub(crate) fn told(folder: &Path, numbers: &[ReportNumber]) {
    for number in numbers {
        let named = |ending| folder.join(format!("{number}.{ending}"));
        // Where that can't be noted, it is told again.
        _ = fs::rename(named(UNTOLD), named(TOLD));
    }
}

/// Removes a report. One that isn't there is removed already.
pub(crate) fn delete(folder: &Path, number: ReportNumber) -> io::Result<()> {
    match find(folder, number).and_then(fs::remove_file) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        Ok(()) | Err(_) => Ok(()),
    }
}

/// Removes all of them.
pub(crate) fn delete_all(folder: &Path) -> io::Result<()> {
    list(folder).into_iter().try_for_each(|report| delete(folder, report.number))
}

#[cfg(test)]
mod tests;
