//! Lines without an id are known by all that stands in their rows (rule F1), in whatever form and order of columns.

use super::*;
use crate::aws::tests::{HEADER, billed, counted, fee, folder, of_folder, read};
use crate::files::table_file::unwatched;
use crate::worker::Worker;
use parquet::data_type::{ByteArray, ByteArrayType, DoubleType};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;
use std::fs;
use std::path::Path;
use std::sync::Arc;

const COLUMNS: &str = "BilledCost,BillingAccountId,BillingCurrency,BillingPeriodStart,ChargePeriodStart,ChargePeriodEnd,ChargeCategory,ConsumedQuantity,ConsumedUnit,InvoiceId,ResourceId,SubAccountId,x_ServiceCode,x_UsageType,x_Operation,ListCost,Tags,ChargeDescription";

/// A row of eva's: what it costs, its kind, its list price, its tags and what it is for.
fn row(cost: &str, kind: &str, list: &str, tags: &str, text: &str) -> String {
    let tags = tags.replace('"', "\"\"");
    format!(
        "{cost},8,USD,2026-10-01T00:00:00Z,2026-10-01T00:00:00Z,2026-11-01T00:00:00Z,{kind},,,,user/eva,1,Kiro,USE1-KiroEnterprise-Pro,monthly-subscription,{list},\"{tags}\",{text}\n"
    )
}

/// $20 less three times $5: for two reasons, and by two teams.
fn rows() -> Vec<String> {
    vec![
        row("20", "Purchase", "20", "", "A month of Pro"),
        row("-5", "Credit", "0", r#"{"team":"a","place":"b"}"#, "Sorry for 3 November"),
        row("-5", "Credit", "0", r#"{"team":"b","place":"a"}"#, "Sorry for 3 November"),
        row("-5", "Credit", "0", r#"{"team":"b","place":"a"}"#, "Sorry for 4 November"),
    ]
}

fn table(rows: &[String]) -> String {
    format!("{COLUMNS}\n{}", rows.concat())
}

/// The same with its columns the other way round, and amounts and maps written otherwise.
fn turned(rows: &[String]) -> String {
    let text =
        table(rows).replace(",0,", ",0.000,").replace("-5,", "-5.00,").replace("T00:00:00Z", " 00:00:00");
    let text = text.replace(r#"{""team"":""a"",""place"":""b""}"#, r#"{""place"": ""b"", ""team"": ""a""}"#);
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    let mut writer = csv::Writer::from_writer(Vec::new());
    for record in reader.records() {
        let record = record.expect("a row");
        writer.write_record(record.iter().collect::<Vec<_>>().into_iter().rev()).expect("written");
    }
    String::from_utf8(writer.into_inner().expect("written")).expect("text")
}

/// The same in Parquet, whose tags are a map and whose list price is a number.
fn parquet(path: &Path, rows: &[String]) {
    let text = table(rows);
    let mut reader = csv::ReaderBuilder::new().from_reader(text.as_bytes());
    let header = reader.headers().expect("a header").clone();
    let records: Vec<_> = reader.records().map(|record| record.expect("a row")).collect();
    let field = |name: &str| {
        match name {
        "Tags" => "optional group Tags (MAP) { repeated group key_value { required binary key (UTF8); optional binary value (UTF8); } }".to_owned(),
        "ListCost" => "optional double ListCost;".to_owned(),
        name => format!("optional binary {name} (UTF8);"),
    }
    };
    let fields: String = header.iter().map(field).collect();
    let schema = Arc::new(parse_message_type(&format!("message export {{ {fields} }}")).expect("a schema"));
    let file = fs::File::create(path).expect("a file");
    let mut writer =
        SerializedFileWriter::new(file, schema, Arc::new(WriterProperties::new())).expect("a writer");
    for records in records.chunks(2) {
        let mut group = writer.next_row_group().expect("a group");
        for (index, name) in header.iter().enumerate() {
            let texts: Vec<_> = records.iter().map(|record| record[index].to_owned()).collect();
            let levels: Vec<i16> = texts.iter().map(|text| i16::from(!text.is_empty())).collect();
            let said = texts.iter().filter(|text| !text.is_empty());
            if name == "Tags" {
                let maps: Vec<BTreeMap<String, String>> =
                    texts.iter().map(|text| serde_json::from_str(text).unwrap_or_default()).collect();
                let repeated: Vec<i16> =
                    maps.iter().flat_map(|map| (0..map.len().max(1)).map(|at| i16::from(at > 0))).collect();
                let defined = |most: i16| {
                    let of = move |map: &BTreeMap<String, String>| {
                        vec![if map.is_empty() { 0 } else { most }; map.len().max(1)]
                    };
                    maps.iter().flat_map(of).collect::<Vec<i16>>()
                };
                for (most, part) in [(2, 0), (3, 1)] {
                    let values: Vec<ByteArray> = maps
                        .iter()
                        .flatten()
                        .map(
                            |(key, value)| {
                                if part == 0 { key.as_str().into() } else { value.as_str().into() }
                            },
                        )
                        .collect();
                    let mut column = group.next_column().expect("readable").expect("a column");
                    column
                        .typed::<ByteArrayType>()
                        .write_batch(&values, Some(&defined(most)), Some(&repeated))
                        .expect("written");
                    column.close().expect("closed");
                }
                continue;
            }
            let mut column = group.next_column().expect("readable").expect("a column");
            if name == "ListCost" {
                let values: Vec<f64> = said.map(|text| text.parse().expect("a number")).collect();
                column.typed::<DoubleType>().write_batch(&values, Some(&levels), None).expect("written");
            } else {
                let values: Vec<ByteArray> = said.map(|text| text.as_str().into()).collect();
                column.typed::<ByteArrayType>().write_batch(&values, Some(&levels), None).expect("written");
            }
            column.close().expect("closed");
        }
        group.close().expect("closed");
    }
    writer.close().expect("closed");
}

fn assert_comes_to(folder: &Path, sum: &str, copies: u64) {
    let export = read(&Worker::within_this_process(), folder, &unwatched).expect("exports");
    assert_eq!((counted(&export), export.bad.count), (vec![billed("2026-10-01", "8", sum)], 0));
    assert_eq!(export.copies, copies);
}

/// Found in November 2026: credits of one user that differ only in what they are for counted once, and the bill was so
/// much too high.
#[test]
fn credits_that_differ_in_any_column_count_each() {
    let files = folder(&[("focus.csv", &table(&rows()))]);
    assert_comes_to(files.path(), "5", 0);
    let packed = tempfile::tempdir().expect("a folder");
    parquet(&packed.path().join("focus.parquet"), &rows());
    assert_comes_to(packed.path(), "5", 0);
}

/// The same row counts once wherever a copy of it stands.
#[test]
fn a_copy_counts_once_in_whatever_form_and_order_of_columns() {
    let issue = "20261103T040000Z-run";
    let files = folder(&[
        (&format!("a/{issue}/focus-1.csv"), &table(&rows())),
        (&format!("b/{issue}/focus-1.csv"), &table(&rows())),
        (&format!("c/{issue}/focus-1.csv"), &turned(&rows())),
        (&format!("d/{issue}/focus-1.csv"), &table(&[rows(), rows()].concat())),
    ]);
    fs::create_dir_all(files.path().join("e").join(issue)).expect("made");
    parquet(&files.path().join("e").join(issue).join("focus-1.parquet"), &rows());
    assert_comes_to(files.path(), "5", 4 + 4 + 8 + 4);
}

/// The same of an export with ids in which some lines have none.
#[test]
fn a_line_without_an_id_among_those_that_have_one_is_known_by_all_its_columns() {
    let header = HEADER.replace(
        "line_item_product_code",
        "line_item_line_item_description,identity_line_item_id,identity_time_interval,line_item_product_code",
    );
    let of = |text: &str, id: &str, cost: &str| format!("{text},{id},2026-10,{}", fee("2026-10", cost));
    let lines =
        [of("a", "1", "20"), of("b", "1", "20"), of("a", "", "-3"), of("b", "", "-3"), of("b", "", "-3")];
    let sums = of_folder(&[("a.csv", &format!("{header}{}", lines.concat()))]);
    assert_eq!(sums, [billed("2026-10-01", "", "14")]);
}

#[test]
fn what_is_written_otherwise_is_the_same_and_what_is_something_else_is_not() {
    let name = name(" ListCost");
    let of = |text: &str| cell(name, text.as_bytes());
    for same in [
        ["20", "20.000", "20,0", "+20", " 2e1 "].as_slice(),
        &[
            "2026-10-01T00:00:00Z",
            "2026-10-01 00:00:00",
            "2026-10-01T00:00:00.000Z",
            "2026-10-01",
            "01.10.2026 00:00",
        ],
        &[r#"{"a":"1","b":"2"}"#, r#"{ "b": "2", "a": "1" }"#],
        &["", "  ", "{}"],
    ] {
        let first = of(same[0]);
        assert!(same.iter().all(|text| of(text) == first), "{same:?}");
    }
    let different = [
        "20",
        "20.01",
        "-20",
        "2026-10-01 refund",
        "2026-10-01",
        "2026-10-01T00:00:01Z",
        "2026-10-01T00:00:00Z/2026-10-02T00:00:00Z",
        "2026-10-01T00:00:00Z/2026-10-03T00:00:00Z",
        r#"{"a":"1"}"#,
        r#"{"a":"2"}"#,
        "{broken",
        "text",
        "Text",
    ];
    let numbers: std::collections::BTreeSet<_> = different.into_iter().map(of).collect();
    assert_eq!(numbers.len(), different.len());
    assert_ne!(of("20"), cell(super::name("EffectiveCost"), b"20"));
    assert_eq!(of("20"), cell(super::name("listcost"), b"20"));
}
