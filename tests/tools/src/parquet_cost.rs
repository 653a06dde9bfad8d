//! AWS cost exports in Parquet, as exports write them: a column a field, packed with snappy.

use parquet::basic::Compression;
use parquet::data_type::{ByteArray, ByteArrayType};
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;
use std::fs::File;
use std::path::Path;
use std::sync::Arc;

/// The columns that a reader needs.
pub const COLUMNS: [&str; 12] = [
    "line_item_product_code",
    "bill_billing_period_start_date",
    "line_item_usage_account_id",
    "line_item_resource_id",
    "line_item_usage_type",
    "line_item_operation",
    "line_item_line_item_type",
    "line_item_usage_amount",
    "line_item_unblended_cost",
    "line_item_currency_code",
    "pricing_unit",
    "bill_payer_account_id",
];

/// Writes `groups` of rows, each of which is asked for by its number; `row` gives a row's fields by their order.
///
/// # Panics
///
/// Where the file can't be written.
pub fn write_cost(path: &Path, groups: &[u64], mut row: impl FnMut(u64) -> [ByteArray; 12]) {
    let fields = COLUMNS.map(|name| format!("required binary {name} (UTF8);")).join("\n");
    let schema = Arc::new(parse_message_type(&format!("message export {{ {fields} }}")).expect("a schema"));
    let properties = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .set_statistics_enabled(EnabledStatistics::None)
        .set_dictionary_page_size_limit(4 << 20)
        .build();
    let file = File::create(path).expect("a file");
    let mut writer = SerializedFileWriter::new(file, schema, Arc::new(properties)).expect("a writer");
    let mut number = 0;
    for rows in groups {
        let mut columns: [Vec<ByteArray>; 12] = Default::default();
        for _ in 0..*rows {
            for (column, field) in columns.iter_mut().zip(row(number)) {
                column.push(field);
            }
            number += 1;
        }
        let mut group = writer.next_row_group().expect("a group");
        for values in columns {
            let mut column = group.next_column().expect("readable").expect("a column");
            column.typed::<ByteArrayType>().write_batch(&values, None, None).expect("written");
            column.close().expect("closed");
        }
        group.close().expect("closed");
    }
    writer.close().expect("closed");
}
