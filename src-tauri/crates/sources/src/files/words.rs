//! Names of columns by their letters alone: programs write the words of one apart in their own ways, `UserId`, `user_id`, `User ID`.

use csv::ByteRecord;
use headroom_exact::{Saying, say};

/// The letters and digits of a name, small.
pub(crate) fn letters(text: &[u8]) -> String {
    let text = String::from_utf8_lossy(text).to_lowercase();
    text.chars().filter(|letter| letter.is_alphanumeric()).collect()
}

/// Where a column stands, whatever the order, the case and what stands between words.
pub(crate) fn column(header: &ByteRecord, name: &str) -> Option<usize> {
    let name = letters(name.as_bytes());
    header.iter().position(|column| letters(column) == name)
}

/// That a column which is read stands there twice ([`super::table_file::twice`]).
pub(crate) fn twice<'n>(header: &ByteRecord, names: impl IntoIterator<Item = &'n str>) -> Option<Saying> {
    twice_as(header, names, |name, column| letters(column) == letters(name.as_bytes()))
}

/// That one of these columns stands there twice, told by their names in this way.
pub(crate) fn twice_as<'n>(
    header: &ByteRecord,
    names: impl IntoIterator<Item = &'n str>,
    is: impl Fn(&str, &[u8]) -> bool,
) -> Option<Saying> {
    let is_twice = |name: &&str| header.iter().filter(|column| is(name, column)).count() > 1;
    names.into_iter().find(is_twice).map(|column| say!("column-twice", column))
}

/// A row that may name columns once more, as where somebody put files behind each other: without the mark that a file begins with,
/// and without the quotes that don't end its first field behind that.
pub(crate) fn without_mark(row: &ByteRecord) -> ByteRecord {
    let first = row.get(0).unwrap_or_default();
    let Some(name) = first.strip_prefix("\u{feff}".as_bytes()) else { return row.clone() };
    let unquoted = name.strip_prefix(b"\"").and_then(|name| name.strip_suffix(b"\""));
    [unquoted.unwrap_or(name)].into_iter().chain(row.iter().skip(1)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_is_known_by_its_letters() {
        let header = ByteRecord::from(vec!["Date", "user_id", "Credits Used", "profile-id"]);
        let places =
            ["Date", "UserId", "Credits_Used", "ProfileId", "User"].map(|name| column(&header, name));
        assert_eq!(places, [Some(0), Some(1), Some(2), Some(3), None]);
        assert!(twice(&header, ["UserId"]).is_none());
        let both = ByteRecord::from(vec!["UserId", "user_id"]);
        assert_eq!(twice(&both, ["UserId"]), Some(say!("column-twice", column = "UserId")));
    }
}
