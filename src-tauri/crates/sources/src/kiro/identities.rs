//! Who the users of an organisation are: a table with their ids and names, as an identity centre or a directory exports it.
//!
//! Columns are known by their letters alone, whatever stands between them. The id is the one that reports and bills have,
//! with its directory in front or without. Lists of AWS's command line are read as they are ([`list`]). Somebody in several groups has a row for each, or names them in one cell.

mod list;
mod people;

pub(crate) use list::is_list;
pub use people::{Identities, Person};

use super::user;
use crate::files::bounded::{self, FileError, LARGEST_WHOLE, Packing, Row, plain_text, read_some};
use crate::files::given::{Files, Source};
use crate::files::packed_table::{self, Opened};
use crate::files::reason::{Reason, lacks};
use crate::files::table_file::{self, Counter, FileKind, ReadError, Watching};
use crate::files::words::letters;
use crate::worker::{Job, Worker};
use csv::ByteRecord;
use headroom_exact::{Saying, say};
use people::told;
use std::collections::BTreeSet;

const WHAT: FileKind = FileKind::Identities;
/// Reads tables. Who is in several is called as the last one has it, and in all their groups. One that was found and is of
/// another kind is left out.
pub fn read_files(worker: &Worker, files: &Files, watching: Watching<'_>) -> Result<Identities, ReadError> {
    let mut identities = Identities::default();
    let mut counter = Counter::new(&files.on_the_disk(), watching);
    let mut groups = list::Groups::default();
    for source in &files.sources {
        match read_file(worker, source, &mut counter, &mut identities, &mut groups) {
            Ok(()) => identities.files = identities.files.saturating_add(1),
            Err(ReadError::AnotherKind { path, reason, .. }) if !source.alone => {
                identities.other_files.push((path, reason));
            }
            Err(ReadError::Damaged { path, reason }) if !source.alone => {
                identities.damaged.push((path, reason));
            }
            Err(error) => return Err(error),
        }
    }
    if identities.files == 0 {
        return Err(packed_table::nothing(files.first(), WHAT, identities.other_files, identities.damaged));
    }
    identities.read = counter.count();
    identities.goes_on = groups.goes_on();
    identities.tells_groups |= groups.tell();
    groups.join(&mut identities);
    Ok(identities)
}

/// Where the columns are.
struct Columns {
    id: usize,
    /// What somebody can be called, the best first.
    names: Vec<usize>,
    given_and_family: Option<(usize, usize)>,
    emails: Vec<usize>,
    groups: Vec<usize>,
}

fn columns(header: &ByteRecord) -> Result<Columns, Reason> {
    let named: Vec<_> = header.iter().map(letters).collect();
    let find = |names: &[&str]| {
        let places = names.iter().filter_map(|name| named.iter().position(|column| column == name));
        places.collect::<Vec<_>>()
    };
    let ids = find(&["userid", "identitystoreuserid", "identityid", "principalid", "kirouserid", "id"]);
    let id = *ids.first().ok_or_else(|| Reason::lack(say!("no-column", column = "UserId")))?;
    let columns = Columns {
        id,
        names: find(&["displayname", "fullname", "name", "nameformatted", "username", "login"]),
        given_and_family: find(&["givenname", "firstname", "namegivenname"])
            .first()
            .copied()
            .zip(find(&["familyname", "lastname", "surname", "namefamilyname"]).first().copied()),
        emails: find(&[
            "email",
            "emailaddress",
            "useremail",
            "primaryemail",
            "workemail",
            "mail",
            "emails",
            "emailsvalue",
            "userprincipalname",
            "username",
        ]),
        groups: find(&[
            "group",
            "groups",
            "groupname",
            "groupnames",
            "groupdisplayname",
            "team",
            "department",
        ]),
    };
    let says_nothing = columns.names.is_empty()
        && columns.given_and_family.is_none()
        && columns.emails.is_empty()
        && columns.groups.is_empty();
    // Reports of activity have ids and addresses too.
    let is_report = named.iter().any(|column| column == "creditsused");
    if is_report {
        return Err(Reason::lack(say!("is-of-another-kind")));
    }
    if says_nothing { Err(Reason::lack(say!("no-column", column = "DisplayName"))) } else { Ok(columns) }
}

/// That there are two columns of ids: which of them reports have, nothing tells.
fn ids_twice(header: &ByteRecord, columns: &Columns) -> Option<Saying> {
    let called = header.get(columns.id).and_then(|name| std::str::from_utf8(name).ok());
    table_file::twice(header, called.map(str::trim))
}

/// Whether a table nobody asked for as such says who users are: an `id` alone could be anything's.
pub(crate) fn is_header(header: &ByteRecord) -> bool {
    columns(header).is_ok_and(|columns| {
        let id = header.get(columns.id).map(letters);
        id.is_some_and(|id| id != "id") || !columns.emails.is_empty()
    })
}

/// All of a file that is JSON; none where it is anything else.
fn json(worker: &Worker, source: &Source, counter: &mut Counter<'_>) -> Result<Option<Vec<u8>>, ReadError> {
    const LOOKED_AT: u64 = 64;
    let job = Job::IdentitiesPacked;
    let mut first = Vec::new();
    match source.packing {
        Packing::Plain => {
            let broken = |error: FileError| ReadError::broken(&source.named, &error);
            let mut opened = bounded::open(&source.file).map_err(broken)?;
            read_some(&mut opened, LOOKED_AT, &mut first).map_err(broken)?;
        }
        Packing::Gzip | Packing::Zip => first = source.beginning(worker, job, LOOKED_AT, counter)?,
        Packing::Parquet | Packing::Workbook | Packing::Other(_) => {}
    }
    let first = plain_text(&first);
    if !matches!(first.trim_ascii_start().first(), Some(b'{' | b'[')) {
        return Ok(None);
    }
    source.bytes(worker, job, LARGEST_WHOLE, counter).map(Some)
}

fn read_file(
    worker: &Worker,
    source: &Source,
    counter: &mut Counter<'_>,
    to: &mut Identities,
    groups: &mut list::Groups,
) -> Result<(), ReadError> {
    let file = &*source.named;
    if let Some(text) = json(worker, source, counter)? {
        let reason = Reason::json(say!("json-without-users"));
        let another = || ReadError::AnotherKind { path: file.to_owned(), what: WHAT, reason };
        let (entries, bytes) = list::add(&plain_text(&text), to, groups).ok_or_else(another)?;
        counter.keeps(file, bytes)?;
        counter.rows(entries, 0)?;
        return counter.file(&source.file);
    }
    let broken = |error| ReadError::broken(file, &error);
    let Opened { mut table, held } = packed_table::open(worker, Job::IdentitiesPacked, source, counter)?;
    let header = table.header().map_err(|error| ReadError::no_header(file, WHAT, &error))?;
    let another = |reason: Reason| ReadError::AnotherKind { path: file.to_owned(), what: WHAT, reason };
    let columns = columns(&header).map_err(|reason| another(lacks(&header, reason)))?;
    to.tells_groups |= !columns.groups.is_empty();
    if let Some(reason) = ids_twice(&header, &columns) {
        return Err(another(reason.into()));
    }
    let mut record = ByteRecord::new();
    loop {
        match table.next_row(&mut record).map_err(broken)? {
            Row::End => break,
            Row::Read => match add(&record, &columns, to) {
                Ok(more) => counter.keeps(file, more)?,
                Err(reason) => to.bad.add(file, table.row_line(), reason),
            },
            Row::Bad(reason) => to.bad.add(file, table.row_line(), reason),
        }
        counter.rows(1, table.bytes())?;
    }
    counter.releases(held);
    counter.file(&source.file)?;
    Ok(())
}

/// Adds a row to what is known of somebody; how many bytes it takes.
fn add(record: &ByteRecord, columns: &Columns, to: &mut Identities) -> Result<usize, Saying> {
    let at = |column: usize| {
        let text = std::str::from_utf8(record.get(column).unwrap_or_default());
        text.map(str::trim).map_err(|_| say!("not-text"))
    };
    let id = user::key(at(columns.id)?);
    if id.is_empty() {
        return Err(say!("identity-without-id"));
    }
    let mut name = None;
    for column in &columns.names {
        name = name.or(Some(at(*column)?).filter(|name| !name.is_empty()).map(str::to_owned));
    }
    if let Some((given, family)) = columns.given_and_family {
        let both = format!("{} {}", at(given)?, at(family)?).trim().to_owned();
        // A login is less of a name than that.
        let is_login = columns.names.first().is_none_or(|column| {
            matches!(at(*column), Ok("")) || name.as_ref().is_some_and(|name| name.contains('@'))
        });
        name = if both.is_empty() || (name.is_some() && !is_login) { name } else { Some(both) };
    }
    let mut email = None;
    for column in &columns.emails {
        let first = at(*column)?.split([';', ',', ' ']).next().unwrap_or_default();
        email = email.or(Some(first).filter(|text| text.contains('@')).map(str::to_owned));
    }
    let mut groups = BTreeSet::new();
    for column in &columns.groups {
        let each = at(*column)?.split([';', '|', '\n']).map(str::trim).filter(|group| !group.is_empty());
        groups.extend(each.map(str::to_owned));
    }
    Ok(told(to, id.into_owned(), Person { name, email, groups }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    fn read_rows(rows: &[&[&str]]) -> BTreeMap<String, Person> {
        let mut rows = rows.iter().map(|row| ByteRecord::from(row.to_vec()));
        let columns = columns(&rows.next().expect("a header")).expect("columns");
        let mut read = Identities::default();
        for row in rows {
            add(&row, &columns, &mut read).expect("a row");
        }
        read.people
    }

    fn person(name: &str, email: &str, groups: &[&str]) -> Person {
        let told = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        Person {
            name: told(name),
            email: told(email),
            groups: groups.iter().map(|group| (*group).to_owned()).collect(),
        }
    }

    #[test]
    fn headers_are_known_as_identity_centres_write_them() {
        for header in [
            ["UserId", "Display name", "Email", "Group"],
            ["user_id", "displayName", "Primary email", "Group name"],
            ["ID", "Name", "E-mail", "Groups"],
            ["Identity Store User ID", "Full Name", "Email address", "Team"],
        ] {
            let people =
                read_rows(&[&header, &["d-9067642ac7.1-a", "Ada Lovelace", "ada@x.org", "Core; Docs"]]);
            assert_eq!(people["1-a"], person("Ada Lovelace", "ada@x.org", &["Core", "Docs"]), "{header:?}");
        }
    }

    /// Found in November 2026: of two columns of ids the first was read without a word.
    #[test]
    fn a_column_of_ids_that_stands_there_twice_is_refused() {
        let refused = |names: &[&str]| {
            let header = ByteRecord::from(names.to_vec());
            ids_twice(&header, &columns(&header).expect("columns")).map(|why| why.to_string())
        };
        let twice = refused(&["UserId", "Name", "userid "]);
        assert_eq!(twice.as_deref(), Some("column-twice(column: UserId)"));
        assert_eq!(refused(&["UserId", "Id", "Group", "Group"]), None, "somebody is in two groups");
    }

    #[test]
    fn a_login_is_a_name_and_an_address_where_nothing_better_is_there() {
        let people = read_rows(&[&["userName", "UserId"], &["ada@x.org", "1"]]);
        assert_eq!(people["1"], person("ada@x.org", "ada@x.org", &[]));
        let header: &[&str] = &["UserId", "UserName", "Given name", "Family name"];
        assert_eq!(
            read_rows(&[header, &["1", "ada@x.org", "Ada", "Lovelace"]])["1"],
            person("Ada Lovelace", "ada@x.org", &[])
        );
    }

    #[test]
    fn a_row_for_each_group_is_one_person() {
        let header: &[&str] = &["UserId", "Name", "Group"];
        let people = read_rows(&[header, &["1", "Ada", "Core"], &["d-1.1", "", "Docs"]]);
        assert_eq!(people["1"], person("Ada", "", &["Core", "Docs"]));
    }

    #[test]
    fn a_table_of_something_else_is_none() {
        for header in [&["Date", "Cost"][..], &["UserId", "Count"], &["UserId", "Credits_Used", "User_Email"]]
        {
            assert!(columns(&ByteRecord::from(header.to_vec())).is_err(), "{header:?}");
        }
    }
}
