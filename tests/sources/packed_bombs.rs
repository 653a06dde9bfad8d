//! Packed files and folders made to hurt, and files of the other programs' that go on without an end.

use crate::caged::Home;
use crate::zipped::zip;
use flate2::Compression;
use flate2::write::GzEncoder;
use std::fs::{self, File};
use std::io::Write as _;

const MIB: usize = 1 << 20;
const GIB: u64 = 1 << 30;
const KILO: &str = "Date,User,Cost (USD),Requests,Input Tokens,Output Tokens";

/// Packs so many times a mebibyte of a letter after what it begins with.
fn packed(begins: &str, letter: u8, mebibytes: usize) -> Vec<u8> {
    let mut packing = GzEncoder::new(Vec::new(), Compression::fast());
    packing.write_all(begins.as_bytes()).expect("packed");
    let part = vec![letter; MIB];
    for _ in 0..mebibytes {
        packing.write_all(&part).expect("packed");
    }
    packing.finish().expect("packed")
}

#[test]
fn empty_lines_without_an_end_that_were_packed_small_are_refused() {
    let home = Home::new();
    let file = home.place("cost.csv.gz");
    fs::write(&file, packed("Date\n", b'\n', 3_000)).expect("written");
    assert!(fs::metadata(&file).expect("there").len() < 16 * 1024 * 1024);
    let told = home.run(&["import", "aws-cost", &file.to_string_lossy()]);
    assert_eq!(told.status, Some(2), "{told:?}");
    assert!(told.errors.lines().count() == 1 && told.errors.len() < 500, "{told:?}");
}

#[test]
fn a_zip_with_a_giant_in_it_is_refused() {
    let giant = vec![b'x'; 600 * MIB];
    for (kind, name, begins) in [
        ("aws-cost", "cost.csv", ""),
        ("kilo-usage", "usage.csv", KILO),
        ("kiro-sessions", "session.json", "{\"session_id\":\""),
    ] {
        let home = Home::new();
        let file = home.place("given.zip");
        fs::write(&file, zip(&[(name, &[begins.as_bytes(), &giant].concat())])).expect("written");
        let told = home.run(&["import", kind, &file.to_string_lossy()]);
        assert_ne!(told.status, Some(0), "{told:?}");
        let lines = told.errors.lines().count();
        assert!((1..=2).contains(&lines) && told.errors.len() < 800, "{told:?}");
    }
}

#[test]
fn a_zip_whose_list_says_more_than_there_is_is_refused() {
    let home = Home::new();
    let file = home.place("given.zip");
    let mut bytes = zip(&[("usage.csv", KILO.as_bytes())]);
    let end = bytes.len() - 22;
    for (count, size, at) in
        [(u16::MAX - 1, 1 << 31, 0), (9_999, 1, 0), (1, 46, u32::MAX - 1), (u16::MAX, u32::MAX, u32::MAX)]
    {
        bytes[end + 8..end + 10].copy_from_slice(&count.to_le_bytes());
        bytes[end + 10..end + 12].copy_from_slice(&count.to_le_bytes());
        bytes[end + 12..end + 16].copy_from_slice(&u32::to_le_bytes(size));
        bytes[end + 16..end + 20].copy_from_slice(&u32::to_le_bytes(at));
        fs::write(&file, &bytes).expect("written");
        let told = home.run(&["import", "kilo-usage", &file.to_string_lossy()]);
        assert_eq!(told.status, Some(2), "{told:?}");
        assert!(told.errors.lines().count() == 1 && told.errors.len() < 500, "{told:?}");
    }
}

#[test]
fn a_folder_of_more_files_than_anybody_has_is_refused() {
    let home = Home::new();
    let folder = home.place("sessions/one").with_file_name("");
    for file in 0..100_001 {
        File::create(folder.join(format!("{file}.json"))).expect("a file");
    }
    let told = home.run(&["import", "kiro-sessions", &folder.to_string_lossy()]);
    assert_eq!(told.status, Some(2), "{told:?}");
    // It said that the system couldn't read it.
    assert!(
        told.errors.ends_with("there are more than 100,000 files: choose a smaller folder.\n"),
        "{told:?}"
    );
    assert_eq!(told.errors.lines().count(), 1, "{told:?}");
}

#[test]
fn a_list_of_identities_without_an_end_is_refused() {
    let home = Home::new();
    let file = home.sparse("users.csv", "UserId,UserName,DisplayName,Emails\na,", 3 * GIB);
    home.refuses_import("identities", &file, "line 2 is longer than 16 MiB");
}

#[test]
fn what_lies_in_kilos_and_kiros_folders_without_an_end_is_passed_by() {
    let home = Home::new();
    let tasks = ".config/Code/User/globalStorage/kilocode.kilo-code/tasks/1";
    home.sparse(&format!("{tasks}/ui_messages.json"), "[{\"ts\":1,\"type\":\"say\",\"text\":\"", 3 * GIB);
    home.sparse(&format!("{tasks}/api_conversation_history.json"), "[{\"role\":\"", 3 * GIB);
    let log = ".config/Kiro/logs/20261101T000000/window1/exthost/kiro.kiroAgent/q-client.log";
    home.sparse(log, "2026-11-01 00:00:00.000 [info] {", 3 * GIB);
    home.database(
        ".local/share/kiro-cli/data.sqlite3",
        "CREATE VIEW conversations_v2 AS WITH RECURSIVE n(key) AS (SELECT 'a' UNION ALL SELECT key || 'a' FROM n)
         SELECT key, key AS conversation_id, key AS value, 1 AS created_at, 1 AS updated_at FROM n",
    );
    home.run(&["facts", "--plan", "pro", "--first-paid", "2026-01-05"]);
    for arguments in [
        &["doctor"][..],
        &["refresh"],
        &["import", "kilo-database"],
        &["import", "kiro-sessions"],
        &["status"],
    ] {
        let told = home.run(arguments);
        assert!(told.status.is_some(), "it ends by itself: {told:?}");
        assert!(told.errors.lines().count() <= 4 && told.errors.len() < 2_000, "{told:?}");
    }
}

#[test]
fn a_million_rows_of_others_in_kilos_database_cost_no_memory() {
    let home = Home::new();
    let good = r#"{"role":"assistant","providerID":"kilo","modelID":"m","cost":1.5,"time":{"created":1790000000000}}"#;
    let file = home.database(
        "kilo.db",
        &format!(
            "CREATE TABLE message (time_created INTEGER, data TEXT);
             INSERT INTO message VALUES (1, '{good}');
             WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n LIMIT 1000000) INSERT INTO message SELECT x, '{{\"role\":\"user\"}}' FROM n"
        ),
    );
    let told = home.run(&["import", "kilo-database", &file.to_string_lossy()]);
    assert_eq!(told.status, Some(0), "{told:?}");
    assert!(told.output.contains("$1.50 in all"), "{told:?}");
}
