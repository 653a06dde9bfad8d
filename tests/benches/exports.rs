//! How fast a large export of Kilo's is read: megabytes a second, on one core. Prints the best of some runs, for every
//! generation; `EXPORT_MEGABYTES` sets the size.

use headroom_sources::Worker;
use headroom_sources::kilo::usage_csv;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::time::Instant;

/// Megabytes that are written where nobody says how many.
const MEGABYTES: u64 = 256;
/// How often each is read.
const TIMES: usize = 3;

fn write(path: &Path, header: &str, row: impl Fn(u64) -> String, bytes: u64) -> std::io::Result<u64> {
    let mut file = BufWriter::new(File::create(path)?);
    let mut written = u64::try_from(header.len()).unwrap_or(u64::MAX);
    file.write_all(header.as_bytes())?;
    for number in 0.. {
        let row = row(number);
        file.write_all(row.as_bytes())?;
        written = written.saturating_add(u64::try_from(row.len()).unwrap_or(u64::MAX));
        if written >= bytes {
            break;
        }
    }
    file.flush()?;
    Ok(written)
}

/// One of many numbers that don't repeat soon.
fn mixed(number: u64) -> u64 {
    number.wrapping_mul(6_364_136_223_846_793_005) >> 33
}

fn by_user_and_model(number: u64) -> String {
    let mixed = mixed(number);
    let (day, user, model) = (1 + number / 50_000 % 28, mixed % 400, mixed % 12);
    format!(
        "2026-10-{day:02},user{user}@members.example,anthropic/claude-sonnet-{model},{}.{:06},{},{},{}\n",
        mixed % 40,
        mixed % 1_000_000,
        mixed % 90,
        mixed % 900_000,
        mixed % 40_000
    )
}

fn first_generation(number: u64) -> String {
    let mixed = mixed(number);
    let (day, user) = (1 + number / 50_000 % 28, mixed % 400);
    format!(
        "\"Feb {day}, 2026\",User {user},user{user}@members.example,openai/gpt-{},$0.{:06},{},\"{},{:03}\",{},{}\n",
        mixed % 12,
        mixed % 1_000_000,
        mixed % 90,
        1 + mixed % 900,
        mixed % 1000,
        mixed % 900,
        mixed % 900
    )
}

fn measure(name: &str, header: &str, row: fn(u64) -> String, bytes: u64) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("usage-1y-by-user-model-2026-11-20.csv");
    let written = write(&path, header, row, bytes).expect("written");
    let worker = Worker::of_this_program();
    let mut best = f64::MAX;
    let mut rows = 0;
    for _ in 0..TIMES {
        let began = Instant::now();
        let export = usage_csv::read(&worker, &path, &|_| true).expect("an export");
        best = best.min(began.elapsed().as_secs_f64());
        rows = export.read;
        assert_eq!(export.bad.count, 0, "every row is one");
    }
    let megabytes = f64::from(u32::try_from(written / 1_000_000).unwrap_or(u32::MAX));
    println!("{name}: {megabytes} MB, {rows} rows in {best:.2} s: {:.0} MB/s", megabytes / best);
}

fn main() {
    let megabytes = std::env::var("EXPORT_MEGABYTES").ok().and_then(|text| text.parse().ok());
    let bytes = megabytes.unwrap_or(MEGABYTES).saturating_mul(1_000_000);
    let present = "Date,User,Model,Cost (USD),Requests,Input Tokens,Output Tokens\n";
    measure("today's export", present, by_user_and_model, bytes);
    let first = "Date,User Name,User Email,Model,Cost,Requests,Input Tokens,Output Tokens,Total Tokens\n";
    measure("the first generation's", first, first_generation, bytes);
}
