//! Copies of the data that are made by themselves and proved ([`proof`]): before a migration, an import or a removal, and
//! once a day at the first write. They lie in `copies/` beside the data, each under its moment and its reason, and are
//! kept by number and by bytes ([`keep`]).

mod proof;

pub(crate) use proof::is_sound;

use crate::case::{Case, NotWritable, of_sqlite, why_not};
use crate::files::{beside, not_writable, sync_folder};
use crate::trust::trust_nothing;
use crate::{Result, Store, StoreError, Writing, migrations};
use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime};
use headroom_exact::Moment;
use rusqlite::{Connection, OpenFlags};
use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

/// How many are kept of the newest day, of days and of weeks that have any.
const OF_A_DAY: usize = 3;
const DAYS: usize = 7;
const WEEKS: usize = 4;
/// All of them together have at most so many bytes; the newest one stays whatever it has.
const MOST_BYTES: u64 = 512 << 20;

const BEGINNING: &str = "headroom-";
const ENDING: &str = ".db";
/// How a copy is called until it is proved.
const UNPROVED: &str = ".unproved";
const LOCK: &str = "lock";
const TIME: &str = "%Y%m%dT%H%M%SZ";

/// What a copy was made before.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Before {
    /// A newer version brought the data up to date.
    Migration,
    /// Something was imported.
    Import,
    /// Something was removed.
    Removal,
    /// The day's first write.
    Day,
    /// Nothing: somebody asked for it.
    Asked,
}

impl Before {
    const ALL: [Self; 5] = [Self::Migration, Self::Import, Self::Removal, Self::Day, Self::Asked];

    /// Its word in a copy's name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Migration => "migration",
            Self::Import => "import",
            Self::Removal => "removal",
            Self::Day => "day",
            Self::Asked => "asked",
        }
    }
}

/// A copy that was proved when it was made.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Copy {
    /// Where it lies.
    pub path: PathBuf,
    /// When it was made.
    pub made_at: Moment,
    /// Of those of one second, which.
    number: u32,
    /// What it was made before.
    pub before: Before,
    /// How large it is.
    pub bytes: u64,
}

impl Copy {
    fn read(path: PathBuf, bytes: u64) -> Option<Self> {
        let name = path.file_name()?.to_str()?.strip_prefix(BEGINNING)?.strip_suffix(ENDING)?;
        let (time, rest) = name.split_once('-')?;
        let (before, number) = rest.split_once('-').unwrap_or((rest, "1"));
        let time = NaiveDateTime::parse_from_str(time, TIME).ok()?.and_utc();
        Some(Self {
            made_at: Moment::from_unix(time.timestamp(), 0)?,
            number: number.parse().ok()?,
            before: Before::ALL.into_iter().find(|reason| reason.name() == before)?,
            path,
            bytes,
        })
    }

    fn date(&self) -> NaiveDate {
        self.made_at.date()
    }
}

/// A copy's name: its moment and its reason; of those of one second the number too.
fn name(now: Moment, before: Before, number: u32) -> String {
    let time = DateTime::from_timestamp(now.unix_seconds(), 0).unwrap_or_default().format(TIME);
    let number = if number == 1 { String::new() } else { format!("-{number}") };
    format!("{BEGINNING}{time}-{}{number}{ENDING}", before.name())
}

/// The folder of the copies of a database.
pub fn folder(database: &Path) -> PathBuf {
    database.with_file_name("copies")
}

/// Whether there is any copy.
pub(crate) fn any(database: &Path) -> bool {
    list(database).is_ok_and(|copies| !copies.is_empty())
}

/// All copies, the newest first. Other files in the folder are none of ours.
pub fn list(database: &Path) -> io::Result<Vec<Copy>> {
    let entries = match fs::read_dir(folder(database)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    let mut copies = Vec::new();
    for entry in entries {
        let entry = entry?;
        let metadata = entry.metadata()?;
        if metadata.is_file() {
            copies.extend(Copy::read(entry.path(), metadata.len()));
        }
    }
    copies.sort_by_key(|copy| Reverse((copy.made_at, copy.number)));
    Ok(copies)
}

/// When a copy was made, by its name.
pub(crate) fn made_at(path: &Path) -> Option<Moment> {
    Copy::read(path.to_owned(), 0).map(|copy| copy.made_at)
}

/// Of copies, the newest first, those that are kept: the three newest of the newest day, the newest of each of the seven
/// newest days and of each of the four newest weeks, as long as all of them together aren't too large. Days and weeks
/// are counted by the copies there are, so that a clock that runs wrong removes none.
pub fn keep(copies: &[Copy], most_bytes: u64) -> Vec<bool> {
    let (mut days, mut weeks) = (BTreeSet::new(), BTreeSet::new());
    let mut bytes = 0_u64;
    let newest_day = copies.first().map(Copy::date);
    let mut of_a_day = 0;
    copies
        .iter()
        .enumerate()
        .map(|(index, copy)| {
            let (day, week) = (copy.date(), copy.date().iso_week());
            let of_newest_day = Some(day) == newest_day;
            of_a_day += usize::from(of_newest_day);
            let wanted = of_newest_day && of_a_day <= OF_A_DAY
                || days.len() < DAYS && !days.contains(&day)
                || weeks.len() < WEEKS && !weeks.contains(&(week.year(), week.week()));
            days.insert(day);
            weeks.insert((week.year(), week.week()));
            let fits = index == 0 || bytes.saturating_add(copy.bytes) <= most_bytes;
            if wanted && fits {
                bytes = bytes.saturating_add(copy.bytes);
            }
            wanted && fits
        })
        .collect()
}

/// Who makes copies: one at a time, so that what somebody left unproved can be told from what somebody is at.
struct Making<'d> {
    database: &'d Path,
    folder: PathBuf,
    _lock: Option<File>,
}

impl<'d> Making<'d> {
    fn begin(database: &'d Path) -> io::Result<Self> {
        let folder = folder(database);
        let mut builder = fs::DirBuilder::new();
        let mut options = fs::OpenOptions::new();
        #[cfg(unix)]
        {
            use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
            builder.mode(0o700);
            options.mode(0o600);
        }
        builder.recursive(true).create(&folder)?;
        let lock = options.write(true).create(true).truncate(false).open(folder.join(LOCK))?;
        // A file system without locks: then two make theirs at once, under names of their own.
        let lock = lock.lock().is_ok().then_some(lock);
        let making = Self { database, folder, _lock: lock };
        making.sweep()?;
        Ok(making)
    }

    /// Removes what was left unproved.
    fn sweep(&self) -> io::Result<()> {
        for entry in fs::read_dir(&self.folder)? {
            let path = entry?.path();
            if path.to_string_lossy().contains(UNPROVED) {
                fs::remove_file(path)?;
            }
        }
        Ok(())
    }

    fn make(
        &self,
        source: &Connection,
        now: Moment,
        before: Before,
    ) -> std::result::Result<Copy, proof::Failed> {
        let unproved = self.folder.join(format!("{}{UNPROVED}", std::process::id()));
        let made = proof::copy(source, &unproved);
        if let Err(failed) = made {
            _ = fs::remove_file(&unproved);
            return Err(failed);
        }
        let free = (1..).map(|number| self.folder.join(name(now, before, number)));
        let path = free.into_iter().find(|path| !path.exists()).ok_or(io::ErrorKind::AlreadyExists)?;
        fs::rename(&unproved, &path)?;
        sync_folder(&self.folder)?;
        let bytes = fs::metadata(&path)?.len();
        self.thin(&path)?;
        Copy::read(path, bytes).ok_or_else(|| io::Error::from(io::ErrorKind::InvalidFilename).into())
    }

    /// Removes those that aren't kept any more; the one that was just made is.
    fn thin(&self, made: &Path) -> io::Result<()> {
        let copies = list(self.database)?;
        for (copy, kept) in copies.iter().zip(keep(&copies, MOST_BYTES)) {
            if !kept && copy.path != made {
                fs::remove_file(&copy.path)?;
            }
        }
        Ok(())
    }
}

/// A failure to make a copy, told with its place.
pub(crate) fn told(failed: proof::Failed, database: &Path, place: &Path) -> StoreError {
    let not_made = |why| StoreError::CopyNotMade { path: place.to_owned(), why };
    match failed {
        proof::Failed::Source(error) => error.into(),
        proof::Failed::Unsound => StoreError::Unsound { path: database.to_owned() },
        proof::Failed::Place(error) => not_made(why_not(&error)),
        proof::Failed::Written(error) => not_made(match of_sqlite(&error) {
            Case::Full => Some(NotWritable::Full),
            Case::NoRight => Some(NotWritable::NoRight),
            Case::Busy | Case::Newer { .. } | Case::Foreign(_) | Case::Behind(_) | Case::Damaged(_) => {
                not_writable(place)
            }
        }),
    }
}

fn make(source: &Connection, database: &Path, now: Moment, before: Before) -> Result<Copy> {
    let place = folder(database);
    let made =
        Making::begin(database).map_err(Into::into).and_then(|making| making.make(source, now, before));
    made.map_err(|failed| told(failed, database, &place))
}

impl Writing<'_> {
    /// Makes a proved copy of the data as it was before this write. Nobody else writes meanwhile; where it fails, nothing is
    /// written either.
    pub fn keep_copy_from_before(&self, before: Before, now: Moment) -> Result<Copy> {
        of_committed(self.path, before, now)
    }
}

/// A copy while the writer's place is held: through a connection of its own, which reads what was there before.
pub(crate) fn of_committed(database: &Path, before: Before, now: Moment) -> Result<Copy> {
    let source = Connection::open_with_flags(
        database,
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )?;
    trust_nothing(&source)?;
    source.pragma_update(None, "query_only", "ON")?;
    make(&source, database, now, before)
}

impl Store {
    /// Makes a copy beside the data and proves it; one that isn't sound isn't kept, and says so.
    pub fn keep_copy(&self, before: Before, now: Moment) -> Result<Copy> {
        self.refuse_unless_writable()?;
        make(&self.connection, &self.path, now, before)
    }

    /// The day's copy, if there is none yet of the day of `now` and anything is recorded.
    pub fn keep_copy_of_the_day(&self, now: Moment) -> Result<Option<Copy>> {
        let copies = list(&self.path).map_err(|error| told(error.into(), &self.path, &folder(&self.path)))?;
        if copies.iter().any(|copy| copy.date() == now.date()) || !self.holds_anything()? {
            return Ok(None);
        }
        self.keep_copy(Before::Day, now).map(Some)
    }

    /// Whether anything is recorded.
    pub fn holds_anything(&self) -> Result<bool> {
        let any = "SELECT EXISTS (SELECT 1 FROM accounts)";
        Ok(self.connection.query_row(any, [], |row| row.get(0))?)
    }

    /// Writes a proved copy of the data, as of now, to a place where nothing is or a file that is replaced.
    pub fn copy_to(&self, path: &Path) -> Result<()> {
        let unproved = beside(path, &format!("{UNPROVED}-{}", std::process::id()));
        let made = proof::copy(&self.connection, &unproved).and_then(|_| {
            fs::rename(&unproved, path)?;
            let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
            sync_folder(folder.unwrap_or(Path::new(".")))?;
            Ok(())
        });
        made.map_err(|failed| {
            _ = fs::remove_file(&unproved);
            told(failed, &self.path, path)
        })
    }
}

/// The format since which answers are kept by what was read of them; before it they were kept as they came.
const ANSWERS_AS_READ: i64 = 6;

/// Brings copies of older formats up to date and rewrites what they hold, as the data itself was: what isn't kept there
/// any more isn't kept in a copy either.
pub fn rewrite_older(database: &Path, rewrite: impl Fn(&mut Store) -> Result<()>) -> Result<()> {
    let place = folder(database);
    let io = |error: io::Error| told(error.into(), database, &place);
    let mut older = Vec::new();
    for copy in list(database).map_err(io)? {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let format =
            Connection::open_with_flags(&copy.path, flags).and_then(|copy| migrations::format(&copy));
        if format.is_ok_and(|format| format < ANSWERS_AS_READ) {
            older.push(copy);
        }
    }
    if older.is_empty() {
        return Ok(());
    }
    let making = Making::begin(database).map_err(io)?;
    for copy in older {
        let unproved = making.folder.join(format!("{}{UNPROVED}", std::process::id()));
        fs::copy(&copy.path, &unproved).map_err(io)?;
        let mut store = Store::over(migrations::up_to_date(&unproved)?, &unproved, None);
        rewrite(&mut store)?;
        store.connection.execute_batch("VACUUM")?;
        if !is_sound(&store.connection)? {
            return Err(StoreError::Unsound { path: copy.path });
        }
        drop(store);
        File::open(&unproved).and_then(|file| file.sync_all()).map_err(io)?;
        fs::rename(&unproved, &copy.path).map_err(io)?;
    }
    sync_folder(&making.folder).map_err(io)
}

/// Removes every copy, for whoever deletes all records.
pub(crate) fn delete_all(database: &Path) -> Result<()> {
    let place = folder(database);
    let delete = || {
        if place.exists() {
            let making = Making::begin(database)?;
            list(database)?.into_iter().try_for_each(|copy| fs::remove_file(copy.path))?;
            drop(making);
            _ = fs::remove_file(place.join(LOCK));
            // What isn't ours in it stays, and so does the folder.
            _ = fs::remove_dir(&place);
        }
        Ok(())
    };
    delete().map_err(|error: io::Error| told(error.into(), database, &place))
}
