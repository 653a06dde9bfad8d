//! A table that the window shows, as CSV. What it holds was answered before: here it is written, and nothing is computed.

use super::file::{Export, file_name};
use super::table::Table;
use crate::answers::ShownTable;
use crate::error::AppError;
use headroom_exact::say;

/// No view shows more: what is larger was made up by no view.
const MOST_ROWS: usize = 100_000;
const MOST_COLUMNS: usize = 64;
const LONGEST_CELL: usize = 1_000;

/// As a file.
///
/// # Errors
///
/// One that no view can have shown: too large, or with rows of another width than its head.
pub(crate) fn written(shown: &ShownTable) -> Result<Export, AppError> {
    let ShownTable { title, columns, rows } = shown;
    let is_short = |cell: &String| cell.len() <= LONGEST_CELL;
    let is_sound = (1..=MOST_COLUMNS).contains(&columns.len())
        && rows.len() <= MOST_ROWS
        && [title].into_iter().chain(columns).all(is_short)
        && rows.iter().all(|row| row.len() == columns.len() && row.iter().flatten().all(is_short));
    if !is_sound {
        return Err(AppError::input(say!("no-such-table")));
    }
    let mut table = Table::of(&columns.iter().map(String::as_str).collect::<Vec<_>>());
    for row in rows {
        table.row(&row.iter().map(|cell| cell.as_deref().unwrap_or_default()).collect::<Vec<_>>());
    }
    Ok(Export { name: file_name(title, None, "csv"), bytes: table.bytes() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(columns: &[&str], rows: &[&[Option<&str>]]) -> ShownTable {
        let row = |row: &&[Option<&str>]| row.iter().map(|cell| cell.map(str::to_owned)).collect();
        ShownTable {
            title: "By tier".to_owned(),
            columns: columns.iter().map(|column| (*column).to_owned()).collect(),
            rows: rows.iter().map(row).collect(),
        }
    }

    #[test]
    fn what_is_not_known_is_an_empty_cell_and_no_name_is_a_formula() {
        let table = shown(&["Tier", "Cost"], &[&[Some("Pro+"), Some("39.00")], &[Some("=1+1"), None]]);
        let export = written(&table).expect("a file");
        assert_eq!(export.name, "headroom-by-tier.csv");
        assert_eq!(String::from_utf8(export.bytes).expect("text"), "Tier,Cost\nPro+,39.00\n'=1+1,\n");
    }

    #[test]
    fn a_table_that_no_view_shows_is_refused() {
        let long = "x".repeat(LONGEST_CELL + 1);
        for table in [
            shown(&[], &[]),
            shown(&["a", "b"], &[&[Some("1")]]),
            shown(&["a"], &[&[Some(&long)]]),
            shown(&[&long], &[]),
            shown(&["a"; MOST_COLUMNS + 1], &[]),
        ] {
            written(&table).expect_err("no view shows that");
        }
    }
}
