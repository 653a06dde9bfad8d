//! Writes large files to import, for `make bench`: `write-imports KIND ROWS PATH`.

use parquet::data_type::ByteArray;
use rusqlite::Connection;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;
use tools::large::{older_sessions, session_folders};
use tools::parquet_cost::write_cost;

const MODELS: [&str; 4] =
    ["anthropic/claude-sonnet-4.5", "openai/gpt-5", "anthropic/claude-haiku-4.5", "google/gemini-2.5-pro"];

fn main() {
    let mut arguments = std::env::args().skip(1);
    let mut next = || arguments.next().expect("write-imports KIND ROWS PATH");
    let (kind, rows, path) = (next(), next().parse::<u64>().expect("a number"), next());
    if kind == "kilo-database" {
        return kilo_database(i64::try_from(rows).expect("fewer"), &path);
    }
    if kind == "aws-cost-bucket" {
        return tools::bucket::write(rows, Path::new(&path)).expect("room on the disk");
    }
    if kind == "aws-cost-parquet" {
        return cost_in_parquet(rows, Path::new(&path));
    }
    // 40 turns, or as many executions of 31 lines, a session.
    if let "kiro-sessions" | "kiro-sessions-older" = kind.as_str() {
        let sessions = usize::try_from(rows / 40).expect("fewer");
        let written = match kind.as_str() {
            "kiro-sessions" => session_folders(Path::new(&path), sessions, 40 * 31),
            _ => older_sessions(Path::new(&path), sessions, 40),
        };
        return written.expect("room on the disk");
    }
    let mut file = BufWriter::with_capacity(1 << 20, File::create(&path).expect("a file"));
    let written = match kind.as_str() {
        "kilo-usage" => kilo_usage(rows, &mut file),
        "kiro-activity" => activity(rows, &mut file),
        "aws-cost" => cost(rows, &mut file),
        other => panic!("no such kind: {other}"),
    };
    written.and_then(|()| file.flush()).expect("room on the disk");
}

/// An hour of a user, a model and a project a row, over 300 days.
fn kilo_usage(rows: u64, file: &mut impl Write) -> std::io::Result<()> {
    writeln!(file, "Hour,User,Model,Project,Cost (USD),Requests,Input Tokens,Output Tokens")?;
    for row in 0..rows {
        let day = row * 300 / rows;
        let (month, date, hour) = (1 + day / 28, 1 + day % 28, row % 24);
        let model = MODELS[usize::try_from(row % 4).expect("small")];
        let user = row % 50;
        writeln!(
            file,
            "2026-{month:02}-{date:02}T{hour:02}:00:00.000Z,user-{user}@example.com,{model},project-{},{}.{:06},{},{},{}",
            row % 17,
            row % 9,
            row * 7_919 % 1_000_000,
            1 + row % 40,
            row * 31 % 90_000,
            row * 17 % 9_000
        )?;
    }
    Ok(())
}

/// A user, a day and a client a row, 10,000 users a day.
fn activity(rows: u64, file: &mut impl Write) -> std::io::Result<()> {
    writeln!(
        file,
        "Date,UserId,Client_Type,Chat_Conversations,Credits_Used,Overage_Cap,Overage_Credits_Used,Overage_Enabled,ProfileId,Subscription_Tier,Total_Messages,New_User,User_Email,Usage_Limit,auto_messages"
    )?;
    for row in 0..rows {
        let day = row / 10_000;
        let (month, date) = (1 + day / 28 % 12, 1 + day % 28);
        let user = row % 10_000;
        writeln!(
            file,
            "2026-{month:02}-{date:02},\"215bb5b0-0000-4000-8000-{user:012}\",KIRO_CLI,8,{}.{:014},2500.0,0.0,false,\"arn:aws:codewhisperer:us-east-1:369434902231:profile/UV4C4VUDDGRU\",PRO_MAX,131,false,\"user-{user}@example.com\",5000,123",
            row % 100,
            row * 7_919_317
        )?;
    }
    Ok(())
}

/// The product, operation, usage type and kind of a row: one in a hundred is Kiro's.
const fn charge(row: u64) -> (&'static str, &'static str, &'static str, &'static str) {
    match row % 200 {
        0 => ("Kiro", "monthly-subscription", "USE1-KiroEnterprise-Pro", "FlatRateSubscription"),
        100 => ("Kiro", "Credits", "USE1-KiroEnterprise-Credits", "Usage"),
        other if other % 2 == 0 => ("AmazonEC2", "RunInstances", "USE1-BoxUsage:t3.micro", "Usage"),
        _ => ("AmazonS3", "GetObject", "USE1-Requests-Tier2", "Usage"),
    }
}

/// The same rows in Parquet, half a million in a group.
fn cost_in_parquet(rows: u64, path: &Path) {
    const GROUP: u64 = 500_000;
    let groups: Vec<_> = (0..rows.div_ceil(GROUP)).map(|group| GROUP.min(rows - group * GROUP)).collect();
    write_cost(path, &groups, |row| {
        let (product, operation, usage_type, kind) = charge(row);
        let user = format!("arn:aws:identitystore:::user/215bb5b0-0000-4000-8000-{:012}", row / 4 % 10_000);
        let amount = format!("{}.{:04}", row % 3, row % 10_000);
        let cost = format!("0.{:010}", row * 7_919 % 10_000_000_000);
        let fixed = |text: &'static str| ByteArray::from(text);
        [
            fixed(product),
            fixed("2026-10-01T00:00:00Z"),
            fixed("111122223333"),
            ByteArray::from(user.as_str()),
            fixed(usage_type),
            fixed(operation),
            fixed(kind),
            ByteArray::from(amount.as_str()),
            ByteArray::from(cost.as_str()),
            fixed("USD"),
            fixed("Credits"),
            fixed("111122223333"),
        ]
    });
}

/// A day of a user a row, 10,000 users.
fn cost(rows: u64, file: &mut impl Write) -> std::io::Result<()> {
    writeln!(
        file,
        "bill_bill_type,bill_billing_period_end_date,bill_billing_period_start_date,bill_payer_account_id,identity_line_item_id,line_item_currency_code,line_item_line_item_type,line_item_operation,line_item_product_code,line_item_resource_id,line_item_unblended_cost,line_item_usage_account_id,line_item_usage_amount,line_item_usage_end_date,line_item_usage_start_date,line_item_usage_type,pricing_unit"
    )?;
    for row in 0..rows {
        let (product, operation, usage_type, kind) = charge(row);
        let date = 1 + row * 28 / rows;
        writeln!(
            file,
            "Anniversary,2026-11-01T00:00:00Z,2026-10-01T00:00:00Z,111122223333,id{row:032},USD,{kind},{operation},{product},arn:aws:identitystore:::user/215bb5b0-0000-4000-8000-{:012},0.{:010},111122223333,{}.{:04},2026-10-{date:02}T01:00:00Z,2026-10-{date:02}T00:00:00Z,{usage_type},Credits",
            row / 4 % 10_000,
            row * 7_919 % 10_000_000_000,
            row % 3,
            row % 10_000
        )?;
    }
    Ok(())
}

/// A request a message, as Kilo's command line writes them.
fn kilo_database(rows: i64, path: &str) {
    _ = std::fs::remove_file(path);
    let mut connection = Connection::open(path).expect("a database");
    connection
        .execute_batch(
            "PRAGMA journal_mode = WAL;
             CREATE TABLE session (id TEXT PRIMARY KEY, project_id TEXT, directory TEXT, title TEXT, time_created INTEGER);
             CREATE TABLE message (id TEXT PRIMARY KEY, session_id TEXT, time_created INTEGER, time_updated INTEGER, data TEXT);",
        )
        .expect("tables");
    let transaction = connection.transaction().expect("a transaction");
    {
        let mut insert = transaction.prepare("INSERT INTO message VALUES (?1, ?2, ?3, ?3, ?4)").expect("SQL");
        for row in 0..rows {
            let at = 1_780_000_000_000 + row * 15_000;
            let data = format!(
                r#"{{"role":"assistant","time":{{"created":{at},"completed":{}}},"parentID":"msg_{}","modelID":"{}","providerID":"kilo","mode":"code","agent":"code","path":{{"cwd":"/home/ada/work","root":"/home/ada/work"}},"cost":0.{:07},"tokens":{{"input":{},"output":{},"reasoning":{},"cache":{{"read":{},"write":0}}}},"finish":"stop"}}"#,
                at + 9_000,
                (row - 1).max(0),
                MODELS[usize::try_from(row % 4).expect("small")],
                row * 7_919 % 1_000_000,
                row % 30_000,
                row % 3_000,
                row % 100,
                row % 80_000
            );
            insert.execute((format!("msg_{row}"), format!("ses_{}", row / 50), at, data)).expect("a row");
        }
    }
    transaction.commit().expect("written");
    connection.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)").expect("written");
}
