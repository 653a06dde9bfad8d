//! A bucket of cost exports as companies have them: two payers, two months, of one a month that was issued twice, parts, some
//! packed, a part copied elsewhere. One row in a hundred is Kiro's. The same number of rows gives the same bytes.

use flate2::Compression;
use flate2::write::GzEncoder;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;

/// A file: where it lies, whose and of which issue it is, and which rows of its month.
struct Part {
    path: &'static str,
    payer: &'static str,
    month: u8,
    /// Ids hold within an issue only; one that isn't final has no invoices and other costs.
    issue: &'static str,
    is_final: bool,
    /// In twentieths of all rows.
    from: u64,
    to: u64,
}

const ONE: &str = "111122223333";
const TWO: &str = "444455556666";

const fn part(
    path: &'static str,
    payer: &'static str,
    month: u8,
    issue: &'static str,
    is_final: bool,
    rows: [u64; 2],
) -> Part {
    let [from, to] = rows;
    Part { path, payer, month, issue, is_final, from, to }
}

const PARTS: [Part; 8] = [
    part(
        "one/kiro-one/data/BILLING_PERIOD=2026-09/20261003T040000Z-aaaa/kiro-one-00001.csv",
        ONE,
        9,
        "a",
        true,
        [0, 2],
    ),
    part(
        "one/kiro-one/data/BILLING_PERIOD=2026-10/2026-10-20T040000Z-bbbb/kiro-one-00001.csv",
        ONE,
        10,
        "b",
        false,
        [0, 4],
    ),
    part(
        "one/kiro-one/data/BILLING_PERIOD=2026-10/20261103T040000Z-cccc/kiro-one-00001.csv",
        ONE,
        10,
        "c",
        true,
        [0, 4],
    ),
    part(
        "one/kiro-one/data/BILLING_PERIOD=2026-10/20261103T040000Z-cccc/kiro-one-00002.csv.gz",
        ONE,
        10,
        "c",
        true,
        [4, 7],
    ),
    part("copies/20261103T040000Z-cccc/kiro-one-00002.csv", ONE, 10, "c", true, [4, 7]),
    part("two/kiro-two/data/BILLING_PERIOD=2026-09/kiro-two-00001.csv.gz", TWO, 9, "d", true, [0, 1]),
    part("two/kiro-two/data/BILLING_PERIOD=2026-10/kiro-two-00001.csv", TWO, 10, "e", false, [0, 2]),
    part("two/kiro-two/data/BILLING_PERIOD=2026-10/kiro-two-00002.csv", TWO, 10, "e", false, [2, 3]),
];

const HEADER: &str = "bill_bill_type,bill_billing_period_start_date,bill_invoice_id,bill_payer_account_id,identity_line_item_id,identity_time_interval,line_item_currency_code,line_item_line_item_type,line_item_operation,line_item_product_code,line_item_resource_id,line_item_unblended_cost,line_item_usage_account_id,line_item_usage_amount,line_item_usage_end_date,line_item_usage_start_date,line_item_usage_type,pricing_unit";

/// Writes a bucket of so many rows.
///
/// # Errors
///
/// Where it can't be written.
pub fn write(rows: u64, folder: &Path) -> io::Result<()> {
    for part in &PARTS {
        let path = folder.join(part.path);
        fs::create_dir_all(path.parent().unwrap_or(folder))?;
        let mut file = BufWriter::with_capacity(1 << 20, File::create(&path)?);
        if path.extension().is_some_and(|ending| ending == "gz") {
            let mut packed = GzEncoder::new(&mut file, Compression::fast());
            lines(part, rows, &mut packed)?;
            packed.finish()?;
        } else {
            lines(part, rows, &mut file)?;
        }
        file.flush()?;
    }
    Ok(())
}

fn lines(part: &Part, rows: u64, to: &mut impl Write) -> io::Result<()> {
    writeln!(to, "{HEADER}")?;
    for row in rows * part.from / 20..rows * part.to / 20 {
        if row % 100 == 0 { of_kiro(part, row / 100, to)? } else { of_another(part, row, to)? }
    }
    Ok(())
}

/// The beginning of a row, up to its id.
fn begin(part: &Part, to: &mut impl Write) -> io::Result<()> {
    let invoice = if part.is_final { "EUINGB26-1" } else { "" };
    write!(to, "Anniversary,2026-{:02}-01T00:00:00.000Z,{invoice},{}", part.month, part.payer)
}

fn of_another(part: &Part, row: u64, to: &mut impl Write) -> io::Result<()> {
    begin(part, to)?;
    let (day, hour) = (1 + row % 28, row % 24);
    let (month, account) = (part.month, 700_000_000_000 + row % 40);
    let at = format!("2026-{month:02}-{day:02}T{hour:02}:00:00Z");
    let end = format!("2026-{month:02}-{day:02}T{hour:02}:59:59Z");
    let (product, operation, usage_type) = if row.is_multiple_of(2) {
        ("AmazonEC2", "RunInstances", "USE1-BoxUsage:t3.micro")
    } else {
        ("AmazonS3", "GetObject", "USE1-Requests-Tier2")
    };
    writeln!(
        to,
        ",{}{row:030},{at}/{end},USD,Usage,{operation},{product},arn:aws:ec2:us-east-1:{account}:instance/i-{row:017x},0.{:010},{account},1.0,{end},{at},{usage_type},Hrs",
        part.issue,
        row * 7_919 % 10_000_000_000
    )
}

/// What a line of Kiro's says: its kind, operation, usage type, unit, amount and cost, and whether it has a user and an id.
struct Line {
    kind: &'static str,
    operation: &'static str,
    usage_type: &'static str,
    unit: &'static str,
    amount: String,
    cost: String,
    has_user: bool,
    has_id: bool,
    currency: &'static str,
}

const FEE: &str = "monthly-subscription";

fn line(number: u64, is_final: bool) -> Line {
    let of = |kind, operation, usage_type, unit, amount: &str, cost: &str| Line {
        kind,
        operation,
        usage_type,
        unit,
        amount: amount.to_owned(),
        cost: cost.to_owned(),
        has_user: true,
        has_id: true,
        currency: "USD",
    };
    let flat = "FlatRateSubscription";
    let credits = format!("{}.{:06}", number % 900, number * 7_919 % 1_000_000);
    let beyond =
        format!("{}.{:010}", number % 3, number * (if is_final { 7_919 } else { 7_907 }) % 10_000_000_000);
    match number % 12 {
        0 => of(flat, FEE, "USE1-KiroEnterprise-Pro", "Months", "1.0", "20.0000000000"),
        1 => of(flat, FEE, "EUC1-KiroEnterprise-ProPlus", "Months", "0.685", "27.4000000000"),
        2 => of("Usage", "Credits", "USE1-KiroEnterprise-Credits", "Credits", &credits, "0.0"),
        3 => of("Usage", "Credits", "USE1-KiroEnterprise-Credits", "Credits", &credits, &beyond),
        4 => of("Usage", "Credits", "USE1-KiroEnterprise-Credits", "Invocations", &credits, "0"),
        5 => {
            let discount = of("EdpDiscount", "", "USE1-KiroEnterprise-Pro", "", "0", "-0.4140000001");
            Line { has_user: false, ..discount }
        }
        6 => of("Refund", FEE, "USE1-KiroEnterprise-Pro", "Months", "0", "-1.370000000"),
        7 => Line { has_user: false, ..of("Tax", "", "", "", "1", "0.0333333333") },
        8 => of("Usage", "q-developer-snapshot", "USE1-Q-Snapshot", "Users", "1", "99.0"),
        // Of two people whom nothing tells apart.
        9 => {
            let fee = of(flat, FEE, "USE1-KiroEnterprise-Power", "Months", "1", "200.0");
            Line { has_user: false, has_id: false, ..fee }
        }
        10 => of(flat, FEE, "USE1-KiroEnterprise-Power", "Months", "1.0", "200"),
        _ => Line { currency: "EUR", ..of(flat, FEE, "EUC1-KiroEnterprise-Pro", "Months", "1", "18.50") },
    }
}

fn of_kiro(part: &Part, row: u64, to: &mut impl Write) -> io::Result<()> {
    // Now and then a line stands there a second time.
    let row = if row % 50 == 49 { row - 24 } else { row };
    let Line { kind, operation, usage_type, unit, amount, cost, has_user, has_id, currency } =
        line(row, part.is_final);
    begin(part, to)?;
    let (month, number) = (part.month, row / 12 % 700);
    let day = if has_id { 1 + row % 28 } else { 1 };
    let (at, end) =
        (format!("2026-{month:02}-{day:02}T00:00:00Z"), format!("2026-{month:02}-{day:02}T23:59:59Z"));
    let product = match row {
        _ if row.is_multiple_of(7) => "AmazonQ",
        _ if row.is_multiple_of(11) => "kiro",
        _ => "Kiro",
    };
    let directory = if row.is_multiple_of(2) { "d-9067642ac7." } else { "" };
    let user = if has_user {
        format!("arn:aws:identitystore:::user/{directory}215bb5b0-0000-4000-8000-{number:012}")
    } else {
        String::new()
    };
    let id = if has_id { format!("{}k{row:029}", part.issue) } else { String::new() };
    let account = 700_000_000_000 + number % 3;
    writeln!(
        to,
        ",{id},{at}/{end},{currency},{kind},{operation},{product},{user},{cost},{account},{amount},{end},{at},{usage_type},{unit}"
    )
}
