//! What is read within limits, and what of it is too much.

use super::*;
use std::io::Write;

fn file_of(bytes: &[u8], length: u64) -> (tempfile::TempDir, std::path::PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("file");
    let mut file = File::create(&path).expect("a file");
    file.write_all(bytes).and_then(|()| file.set_len(length)).expect("written");
    (folder, path)
}

#[test]
fn a_file_is_read_up_to_its_limit_and_not_beyond() {
    let (_folder, path) = file_of(b"12345", 5);
    assert_eq!(read(&path, 5).expect("read"), b"12345");
    assert_eq!(read(&path, 4).expect_err("too large").to_string(), "file-too-large(most: 4 B)");
    assert_eq!(read_text(&path, LARGEST_NOTE).expect("text"), "12345");
    let (_folder, path) = file_of(b"\xff", 1);
    assert_eq!(read_text(&path, 5).expect_err("bytes").to_string(), "not-text");
    // It says that it is empty, and is not.
    assert!(!cfg!(target_os = "linux") || read(Path::new("/proc/self/status"), 10).is_err());
}

#[test]
fn only_a_file_is_opened() {
    let folder = tempfile::tempdir().expect("a folder");
    assert_eq!(open(folder.path()).expect_err("a folder").to_string(), "is-a-folder");
    let nowhere = open(&folder.path().join("nowhere")).expect_err("nothing");
    assert!(matches!(nowhere, FileError::Unreadable(_)), "{nowhere}");
    #[cfg(unix)]
    {
        let socket = folder.path().join("socket");
        let _listening = std::os::unix::net::UnixListener::bind(&socket).expect("a socket");
        assert_eq!(open(&socket).expect_err("a socket").to_string(), "is-a-socket");
        let device = open(Path::new("/dev/zero")).expect_err("a device");
        assert_eq!(device.to_string(), "is-a-device");
    }
}

#[test]
fn a_line_that_is_too_long_is_passed_over_and_the_next_is_read() {
    let longest = usize::try_from(LONGEST_LINE).expect("small");
    let text = [&b"one\n\n"[..], &vec![b'x'; longest + 1], b"\n", &vec![b'y'; longest], b"\nlast"].concat();
    let mut lines = Lines::new(text.as_slice());
    let mut found = Vec::new();
    while lines.go_on().expect("read") {
        found.push((lines.number(), lines.text().map(<[u8]>::len)));
    }
    assert_eq!(found, [(1, Some(3)), (2, Some(0)), (3, None), (4, Some(longest)), (5, Some(4))]);
    assert_eq!(lines.bytes(), u64::try_from(text.len()).expect("small"));
    let mut needed = Lines::new(text.as_slice());
    let error = loop {
        match needed.next_needed() {
            Ok(line) => assert!(line.is_some(), "the end"),
            Err(error) => break error.to_string(),
        }
    };
    assert_eq!(error, "line-too-long(line: 3, most: 16 MiB)");
}

#[test]
fn of_a_long_file_the_last_whole_lines_are_read() {
    let (_folder, path) = file_of(b"aaaa\nbbbb\ncccc", 14);
    let of = |most: u64| {
        let mut lines = last_lines(&path, most).expect("opened");
        let mut found = String::new();
        while lines.go_on().expect("read") {
            found += std::str::from_utf8(lines.text().expect("short")).expect("text");
            found.push('|');
        }
        found
    };
    assert_eq!(of(14), "aaaa|bbbb|cccc|");
    assert_eq!(of(9), "bbbb|cccc|", "just where a line begins");
    assert_eq!(of(8), "cccc|", "in the middle of one");
    assert_eq!(of(5), "cccc|");
    assert_eq!(of(2), "");
}

#[test]
fn what_unpacks_to_far_more_than_any_table_is_refused() {
    let part = {
        let mut packing = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        packing.write_all(&vec![b'\n'; 1 << 20]).expect("packed");
        packing.finish().expect("packed")
    };
    let packed = part.repeat(300);
    let (_folder, path) = file_of(&packed, u64::try_from(packed.len()).expect("small"));
    let mut unpacked = Unpacked::new(open(&path).expect("opened"), &path).expect("a file");
    let error = io::copy(&mut unpacked, &mut io::sink()).expect_err("refused");
    assert_eq!(FileError::from(error).to_string(), "unpacks-to-too-much(most: 256 MiB)");
}

/// Found by the campaign of changed files: the last field took all rows after it, and nothing was said.
#[test]
fn a_quote_that_nobody_closed_takes_no_rows_with_it_silently() {
    let rows = |text: &str| {
        let mut table = Table::new(text.as_bytes());
        let header = table.header().map(|header| header.len()).map_err(|error| error.to_string());
        let mut said = vec![format!("{header:?}")];
        let mut row = csv::ByteRecord::new();
        while header.is_ok() {
            match table.next_row(&mut row).expect("read") {
                Row::Read => said.push(format!("{row:?}").replace("ByteRecord", "")),
                Row::Bad(reason) => said.push(reason.to_string()),
                Row::End => break,
            }
        }
        said
    };
    let open = "quote-not-closed(line: 3)";
    assert_eq!(rows("a,b\n1,2\n3,\"4\n5,6\n"), ["Ok(2)", r#"(["1", "2"])"#, open]);
    assert_eq!(rows("a;b\n1;2\n\"3;4\n5;6"), ["Ok(2)", r#"(["1", "2"])"#, open]);
    assert_eq!(
        rows("a;b\r\n1;2\r\n\"3;4\r\n5;6"),
        ["Ok(2)", r#"(["1", "2"])"#, open],
        "as Windows ends lines"
    );
    assert_eq!(rows("a,b\n1,2\n3,\"4"), ["Ok(2)", r#"(["1", "2"])"#, open], "cut off within a number");
    assert_eq!(rows("a,b\n1,\"2\n3\"\n"), ["Ok(2)", r#"(["1", "2\n3"])"#], "closed");
    assert_eq!(rows("a,b\n1,2\""), ["Ok(2)", r#"(["1", "2\""])"#], "no quote of a field");
    assert_eq!(rows("a,b"), ["Ok(2)"]);
    assert_eq!(rows("a,\"b\n1,2\n"), [r#"Err("quote-not-closed(line: 1)")"#]);
    assert_eq!(rows(""), ["Ok(0)"]);
}

/// Found in November 2026: in a file whose lines end as Windows ends them each row was said to be on the line before.
#[test]
fn a_row_is_on_its_line_however_lines_end() {
    for end in ["\n", "\r\n"] {
        for before in ["", "sep=,\n", "sep=,\r\n"] {
            let text = format!("{before}a,\"b{end}c\"{end}1,2{end}3,\"4{end}5\"{end}{end}6,7{end}8,9");
            let mut table = Table::new(text.as_bytes());
            table.header().expect("a header");
            let (mut row, mut lines) = (csv::ByteRecord::new(), Vec::new());
            while !matches!(table.next_row(&mut row).expect("read"), Row::End) {
                lines.push(table.row_line() - u64::from(!before.is_empty()));
            }
            // A line without anything in it belongs to the row after it.
            assert_eq!(lines, [3, 4, 6, 8], "{before:?} {end:?}");
        }
    }
}
