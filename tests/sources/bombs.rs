//! Files made to hurt: each is told in one line that names it, at the cost of little memory, and nothing of it is
//! kept. The limits are the real ones; the files are sparse, highly packed, or no files at all.

use crate::caged::Home;
use flate2::Compression;
use flate2::write::GzEncoder;
use parquet::data_type::ByteArray;
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use tools::parquet_cost::write_cost;

const MIB: u64 = 1 << 20;
const GIB: u64 = 1 << 30;

const COST: &str = "bill_billing_period_start_date,bill_payer_account_id,line_item_currency_code,line_item_line_item_type,\
    line_item_operation,line_item_product_code,line_item_resource_id,line_item_unblended_cost,\
    line_item_usage_account_id,line_item_usage_amount,line_item_usage_type";
const ACTIVITY: &str = "Date,UserId,Client_Type,Credits_Used";
const KILO: &str = "Date,User,Cost (USD),Requests,Input Tokens,Output Tokens";

#[test]
fn a_table_without_an_end_of_line_is_refused() {
    for (kind, name) in
        [("aws-cost", "cost.csv"), ("kiro-activity", "report.csv"), ("kilo-usage", "usage.csv")]
    {
        let home = Home::new();
        let file = home.sparse(name, "", 3 * GIB);
        home.refuses_import(kind, &file, "line 1 is longer than 16 MiB");
    }
}

#[test]
fn a_field_without_an_end_is_refused() {
    for (kind, header, row) in [
        ("aws-cost", COST, "2026-10-01,1,USD,Usage,Credits,Kiro,"),
        ("kiro-activity", ACTIVITY, "2026-10-01,"),
        ("kilo-usage", KILO, "2026-10-01,"),
    ] {
        let home = Home::new();
        let file = home.sparse("table.csv", &format!("{header}\n{row}"), 2 * GIB);
        home.refuses_import(kind, &file, "line 2 is longer than 16 MiB");
    }
}

#[test]
fn a_quote_that_is_never_closed_is_refused() {
    for (kind, header) in [("aws-cost", COST), ("kiro-activity", ACTIVITY), ("kilo-usage", KILO)] {
        let home = Home::new();
        let file = home.write("table.csv", &format!("{header}\n\""));
        let mut more = File::options().append(true).open(&file).expect("opened");
        for _ in 0..40 {
            more.write_all(&b"2026-10-01,me\n".repeat(80_000)).expect("written");
        }
        home.refuses_import(kind, &file, "line 2 is longer than 16 MiB");
    }
}

#[test]
fn a_line_of_nothing_but_fields_is_refused() {
    let home = Home::new();
    let file = home.write("table.csv", &format!("{KILO}\n{}", ",".repeat(40 << 20)));
    home.refuses_import("kilo-usage", &file, "line 2 has more than 4,000,000 fields");
}

#[test]
fn a_row_with_too_long_a_field_is_a_bad_row_and_the_others_count() {
    let home = Home::new();
    let long = "x".repeat(2 << 20);
    let file = home.write(
        "usage.csv",
        &format!("{KILO}\n2026-10-01,me,1,1,1,1\n2026-10-01,{long},1,1,1,1\n2026-10-02,{long}\n2026-10-02,me,2,1,1,1\n"),
    );
    let told = home.run(&["import", "kilo-usage", &file.to_string_lossy()]);
    assert_eq!(told.status, Some(0), "{told:?}");
    assert!(told.output.contains("$3.00 in all"), "{told:?}");
    assert!(told.output.len() + told.errors.len() < 2_000, "no megabytes are repeated");
    for line in [3, 4] {
        let reason = format!("line {line}: a field is longer than 1 MiB");
        assert!(told.output.contains(&reason) || told.errors.contains(&reason), "{told:?}");
    }
}

/// Parts that unpack to this, so often.
fn packed(path: &Path, begins: &str, part: &[u8], times: u64) {
    let pack = |bytes: &[u8]| {
        let mut packing = GzEncoder::new(Vec::new(), Compression::best());
        packing.write_all(bytes).expect("packed");
        packing.finish().expect("packed")
    };
    let mut file = BufWriter::new(File::create(path).expect("a file"));
    file.write_all(&pack(begins.as_bytes())).expect("written");
    let part = pack(part);
    for _ in 0..times {
        file.write_all(&part).expect("written");
    }
    file.flush().expect("written");
}

#[test]
fn a_small_packed_file_with_a_giant_field_is_refused() {
    let home = Home::new();
    let file = home.place("cost.csv.gz");
    packed(&file, &format!("{COST}\n2026-10-01,1,USD,Usage,Credits,Kiro,"), &vec![b'x'; 1 << 20], 2_048);
    assert!(fs::metadata(&file).expect("there").len() < 4 * MIB);
    home.refuses_import("aws-cost", &file, "line 2 is longer than 16 MiB");
}

/// So many rows of Kiro's, each with a user whose name is so long.
fn parquet(file: &Path, rows: u64, longest: usize) {
    let giant = ByteArray::from(vec![b'x'; longest]);
    let fields =
        ["Kiro", "2026-10-01", "1", "", "USE1-Credits", "Credits", "Usage", "1", "1", "USD", "", "1"];
    write_cost(file, &[rows], |_| {
        let mut row = fields.map(ByteArray::from);
        row[3] = giant.clone();
        row
    });
}

/// A dictionary has a text once, and each row names it: a few bytes a row that each become a megabyte.
#[test]
fn a_small_parquet_file_with_giant_texts_is_refused() {
    let home = Home::new();
    let file = home.place("cost.parquet");
    for (rows, longest) in [(600, 1 << 20), (1, 200 << 20)] {
        parquet(&file, rows, longest);
        assert!(fs::metadata(&file).expect("there").len() < 16 * MIB);
        home.refuses_import("aws-cost", &file, "Download it again, or export it as CSV");
    }
}

#[test]
fn a_damaged_packing_is_told_without_the_words_of_a_library() {
    let home = Home::new();
    let file = home.place("cost.csv.gz");
    packed(&file, &format!("{COST}\n"), b"", 0);
    let mut bytes = fs::read(&file).expect("read");
    bytes.truncate(bytes.len() - 12);
    fs::write(&file, bytes).expect("written");
    home.refuses_import("aws-cost", &file, "its packing is damaged: download or copy it again");
    fs::write(&file, "no packing at all").expect("written");
    home.refuses_import("aws-cost", &file, "it is a text, and no table");
}

#[test]
fn more_users_than_can_be_kept_are_refused() {
    let home = Home::new();
    let file = home.place("cost.csv");
    let mut rows = BufWriter::new(File::create(&file).expect("a file"));
    writeln!(rows, "{COST}").expect("written");
    for user in 0..400_000 {
        writeln!(
            rows,
            "2026-10-01,1,USD,Usage,Credits,Kiro,arn:aws:kiro:us-east-1:1:user/d-90676.{user:036},1,1,1,USE1-Credits"
        )
        .expect("written");
    }
    rows.flush().expect("written");
    home.refuses_import("aws-cost", &file, "import it in parts, such as a month at a time");
}

/// What a process of its own sums and what is kept of it here have one limit together.
#[test]
fn more_users_than_can_be_kept_are_refused_from_a_packed_file_too() {
    let home = Home::new();
    let file = home.place("cost.csv.gz");
    let mut rows = GzEncoder::new(File::create(&file).expect("a file"), Compression::fast());
    writeln!(rows, "{COST}").expect("written");
    let name = "u".repeat(1_000);
    for user in 0..80_000 {
        writeln!(rows, "2026-10-01,1,USD,Usage,Credits,Kiro,user/{name}{user},1,1,1,USE1-Credits")
            .expect("written");
    }
    rows.finish().expect("written");
    home.refuses_import("aws-cost", &file, "import it in parts, such as a month at a time");
}

#[test]
fn days_and_users_without_end_are_refused() {
    let home = Home::new();
    let file = home.place("usage.csv");
    let mut rows = BufWriter::new(File::create(&file).expect("a file"));
    writeln!(rows, "{KILO}").expect("written");
    let name = "u".repeat(100_000);
    for user in 0..4_000 {
        writeln!(rows, "2026-10-01,{user}{name},1,1,1,1").expect("written");
    }
    rows.flush().expect("written");
    home.refuses_import("kilo-usage", &file, "import it in parts, such as a month at a time");
    fs::write(
        &file,
        fs::read_to_string(&file).expect("read").replacen(KILO, "Date,UserId,Credits_Used,a,b,c", 1),
    )
    .expect("written");
    home.refuses_import("kiro-activity", &file, "import it in parts, such as a month at a time");
}

#[test]
fn sessions_without_an_end_are_told_and_the_others_count() {
    let home = Home::new();
    let good = r#"{"timestamp":"2026-07-01T02:17:07Z","payload":{"type":"usage_summary","executionId":"e","promptTurnSummaries":[{"unit":"credit","usage":2.5}]}}"#;
    home.write("sessions/a/messages.jsonl", &format!("{good}\n"));
    home.sparse("sessions/a/session.json", "{\"modelId\":\"", 3 * GIB);
    let file = home.sparse("sessions/b/messages.jsonl", "{}\n", GIB);
    let told = home.run(&["import", "kiro-ide-sessions", &home.place("sessions").to_string_lossy()]);
    assert_eq!(told.status, Some(0), "{told:?}");
    assert!(told.output.contains("2.50 credits"), "{told:?}");
    let said = format!("{}{}", told.output, told.errors);
    assert!(said.contains(&*file.to_string_lossy()), "{told:?}");
    assert!(said.contains("line 2: is longer than 16 MiB"), "{told:?}");
}

#[test]
fn a_message_without_an_end_is_refused() {
    let home = Home::new();
    let endless = home.sparse("endless/messages.jsonl", "{}\n", 3 * GIB);
    home.refuses_import("kiro-ide-sessions", &endless, "line 2 is longer than 1 GiB");
}

#[test]
fn a_session_that_is_too_large_is_refused() {
    let home = Home::new();
    let file = home.sparse("session.json", "{\"session_id\":\"", GIB);
    home.refuses_import("kiro-sessions", &file, "is larger than 64 MiB");
}

#[test]
fn a_session_of_empty_entries_costs_no_more_than_its_file() {
    let home = Home::new();
    let around = |turns: &str| {
        format!(
            r#"{{"session_id":"s","session_state":{{"conversation_metadata":{{"user_turn_metadatas":[{turns}]}}}}}}"#
        )
    };
    let many = "{},".repeat(15_000_000) + "{}";
    let file = home.write("session.json", &around(&many));
    home.refuses_import("kiro-sessions", &file, "a list in it has more than 100,000 entries");
    let values = format!(r#"{{"end_timestamp":"2026-07-01T02:17:07Z","metering_usage":[{many}]}}"#);
    home.write("session.json", &around(&values));
    let told = home.run(&["import", "kiro-sessions", &file.to_string_lossy()]);
    assert_eq!(told.status, Some(0), "the turn is there and its use unknown: {told:?}");
}

#[test]
fn a_session_nested_without_end_is_refused() {
    let home = Home::new();
    let turns = "[".repeat(1_000_000);
    let file = home.write(
        "session.json",
        &format!(
            r#"{{"session_id":"s","session_state":{{"conversation_metadata":{{"user_turn_metadatas":[{turns}"#
        ),
    );
    home.refuses_import("kiro-sessions", &file, "is cut off: the file ends before the session does");
}

#[test]
fn logins_without_an_end_are_passed_by() {
    let home = Home::new();
    home.sparse(".aws/sso/cache/kiro-auth-token.json", "{\"accessToken\":\"", 3 * GIB);
    home.sparse(".local/share/kilo/auth.json", "{\"kilo\":{\"key\":\"", 3 * GIB);
    home.database(
        ".local/share/kiro-cli/data.sqlite3",
        "CREATE VIEW auth_kv AS WITH RECURSIVE n(key) AS (SELECT 'a' UNION ALL SELECT key || 'a' FROM n) SELECT key, key AS value FROM n",
    );
    home.database(
        ".config/Kiro/User/globalStorage/state.vscdb",
        "CREATE VIEW ItemTable AS WITH RECURSIVE n(key) AS (SELECT 1 UNION ALL SELECT key + 1 FROM n) SELECT key, key AS value FROM n",
    );
    let told = home.run(&["doctor"]);
    assert_eq!(told.status, Some(0), "{told:?}");
}

#[test]
fn pipes_are_no_files() {
    let home = Home::new();
    for (kind, name) in [
        ("kiro-sessions", "session.json"),
        ("kiro-ide-sessions", "messages.jsonl"),
        ("kiro-activity", "report.csv"),
        ("aws-cost", "cost.csv"),
        ("aws-cost", "cost.csv.gz"),
        ("aws-cost", "cost.parquet"),
        ("kilo-usage", "usage.csv"),
        ("kilo-database", "kilo.db"),
    ] {
        let file = home.pipe(&format!("{kind}/{name}"));
        home.refuses_import(kind, &file, "it is a pipe, not a file");
    }
    for name in ["scenario.json", "beside.jsonl"] {
        home.pipe(name);
    }
    home.refuses(&["simulate", "scenario.json"], Path::new("scenario.json"), "it is a pipe, not a file");
    home.pipe(".aws/sso/cache/kiro-auth-token.json");
    home.pipe(".local/share/kilo/auth.json");
    home.pipe(".local/share/kiro-cli/data.sqlite3");
    home.pipe(".config/Kiro/User/globalStorage/state.vscdb");
    let told = home.run(&["doctor"]);
    assert_eq!(told.status, Some(0), "{told:?}");
}

#[test]
fn a_store_that_is_a_pipe_is_refused() {
    let home = Home::new();
    let file = home.pipe("data/headroom.db");
    fs::set_permissions(file.with_file_name(""), fs::Permissions::from_mode(0o700)).expect("private");
    let told = home.run(&["accounts"]);
    assert_eq!(told.status, Some(1), "{told:?}");
    let refused =
        format!("can't keep its data in {}: it is not a file. It was left untouched", file.display());
    assert!(told.errors.contains(&refused), "{told:?}");
    assert_eq!(told.errors.lines().count(), 1, "{told:?}");
}

#[test]
fn a_database_is_read_as_it_is_kept_and_computes_nothing() {
    let endless = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n)";
    let large = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n LIMIT 100)";
    for sql in [
        format!("CREATE VIEW message AS {endless} SELECT x AS time_created, '{{}}' AS data FROM n"),
        format!("CREATE VIEW message AS {endless} SELECT x AS time_created, '' AS data FROM n WHERE x < 0"),
        format!(
            "CREATE VIEW message AS {large} SELECT x AS time_created, hex(zeroblob(400000000)) AS data FROM n"
        ),
    ] {
        let home = Home::new();
        let file = home.database("kilo.db", &sql);
        home.refuses_import("kilo-database", &file, "it is another program's database");
    }
}

/// A column of a table can be computed too, by one call that nobody can interrupt.
#[test]
fn a_column_that_is_computed_is_ended_where_it_takes_too_much() {
    // Whoever makes one doesn't wait for it: a table's description is a text.
    let message = |data: &str| {
        let table =
            |data: &str| format!("CREATE TABLE message (time_created INTEGER, data TEXT AS ({data}))");
        format!(
            "{}; INSERT INTO message VALUES (1); PRAGMA writable_schema = ON;
             UPDATE sqlite_schema SET sql = '{}' WHERE name = 'message'",
            table("1"),
            table(data).replace('\'', "''")
        )
    };
    let texts: Vec<_> =
        (0..60).map(|text| format!("hex(zeroblob(8000000 - time_created - {text}))")).collect();
    let home = Home::new();
    let file = home.database("memory/kilo.db", &message(&format!("max({})", texts.join(", "))));
    home.refuses_import("kilo-database", &file, "Import Kilo's usage export instead");
    let file = home.database(
        "time/kilo.db",
        &message("replace(hex(zeroblob(8000000)), hex(zeroblob(2000000)) || time_created, '')"),
    );
    home.refuses_import("kilo-database", &file, "Import Kilo's usage export instead");
}

#[test]
fn a_message_that_is_too_large_is_counted_and_the_others_are_read() {
    let home = Home::new();
    let good = r#"{"role":"assistant","providerID":"kilo","modelID":"m","cost":1.5,"time":{"created":1790000000000}}"#;
    // Another request: one of the same time, model and tokens is a copy (F6).
    let another = good.replace("0000}", "0001}");
    let file = home.database(
        "kilo.db",
        &format!(
            "CREATE TABLE message (time_created INTEGER, data TEXT, more TEXT AS (replace(hex(zeroblob(100000000)), '0', 'long')));
             INSERT INTO message VALUES (1, '{good}'), (2, hex(zeroblob(60000000))), (3, '{another}')"
        ),
    );
    let told = home.run(&["import", "kilo-database", &file.to_string_lossy()]);
    assert_eq!(told.status, Some(0), "{told:?}");
    assert!(told.output.contains("$3.00 in all"), "{told:?}");
    assert!(format!("{}{}", told.output, told.errors).contains('1'), "{told:?}");
}

#[test]
fn events_without_an_end_are_refused() {
    let home = Home::new();
    let scenario = fs::read_to_string(acceptance::fixture("scenarios/person.json")).expect("a scenario");
    let mut scenario: serde_json::Value = serde_json::from_str(&scenario).expect("JSON");
    scenario["events"] = serde_json::json!([]);
    let simulate = |events: &Path, reason: &str| {
        scenario_from(&home, &scenario, events);
        home.refuses(&["simulate", "scenario.json"], events, reason);
    };
    simulate(Path::new("/dev/zero"), "it is a device, not a file");
    simulate(&home.pipe("events"), "it is a pipe, not a file");
    simulate(&home.sparse("zeros", "", 3 * GIB), "line 1 is longer than 16 MiB");
    let file = home.sparse("large.json", "{", 3 * GIB);
    home.refuses(&["simulate", &file.to_string_lossy()], &file, "which events_from names");
}

fn scenario_from(home: &Home, scenario: &serde_json::Value, events: &Path) {
    let mut scenario = scenario.clone();
    scenario["events_from"] = events.to_string_lossy().into_owned().into();
    home.write("scenario.json", &scenario.to_string());
}
