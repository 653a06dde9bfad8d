//! `sql`: a statement that sums Kiro's lines of a bill too large to fetch, where it lies.

use crate::{Console, Failure, input};
use clap::{Args, ValueEnum};
use headroom_app::words;
use headroom_exact::Month;
use headroom_sources::aws::Layout;
use headroom_sources::aws::sql::{self, Asked, Engine, Partition};
use std::path::PathBuf;

#[derive(Args)]
pub(crate) struct Arguments {
    /// Who runs it: athena, trino, spark or duckdb.
    #[arg(long, value_parser = input::given::<Engine>)]
    engine: Engine,
    /// Where the bills lie: a table as database.table; for duckdb also files, such as 'exports/**/*.csv.gz', for spark
    /// also Parquet files.
    #[arg(default_value = "cur")]
    place: String,
    /// The first month: 2026-01.
    #[arg(long, value_name = "MONTH")]
    from: Option<String>,
    /// How the columns are named there.
    #[arg(long, value_enum, default_value_t = Columns::Cur2)]
    layout: Columns,
    /// A column that isn't there; repeat it for others.
    #[arg(long, value_name = "COLUMN")]
    lacks: Vec<String>,
    /// How the place is divided by month: with --from, older parts aren't read.
    #[arg(long, value_enum)]
    partition: Option<Divided>,
    /// Manifests of the exports, fetched into a folder: they say which issue is the current one, and which files are none's.
    #[arg(long, value_name = "FOLDER")]
    manifests: Option<PathBuf>,
}

/// How the columns are named.
#[derive(Clone, Copy, ValueEnum)]
enum Columns {
    /// As CUR 2.0 does, and as the legacy report in Parquet and its tables do: `line_item_usage_type`.
    Cur2,
    /// As the legacy report does in text: `lineItem/UsageType`.
    Legacy,
    /// As FOCUS does, with AWS's own columns: `x_UsageType`.
    Focus,
}

/// How a place is divided.
#[derive(Clone, Copy, ValueEnum)]
enum Divided {
    /// By a column `billing_period`, such as 2026-11.
    BillingPeriod,
    /// By the columns `year` and `month`.
    YearMonth,
}

/// The first day of a month that an option names.
pub(crate) fn month(option: &str, text: &str) -> Result<Month, Failure> {
    text.parse().map_err(|_| Failure::bad_input(format!("{option}: \"{text}\" is no month such as 2026-01")))
}

pub(crate) fn run(arguments: &Arguments, console: &mut Console<'_>) -> Result<(), Failure> {
    let statement = sql::statement(&Asked {
        engine: arguments.engine,
        place: &arguments.place,
        layout: match arguments.layout {
            Columns::Cur2 => Layout::Underscores,
            Columns::Legacy => Layout::Slashes,
            Columns::Focus => Layout::Focus,
        },
        from: arguments
            .from
            .as_deref()
            .map(|text| month("--from", text).map(Month::first_date))
            .transpose()?,
        lacks: &arguments.lacks,
        partition: arguments.partition.map(|divided| match divided {
            Divided::BillingPeriod => Partition::BillingPeriod,
            Divided::YearMonth => Partition::YearAndMonth,
        }),
        manifests: arguments.manifests.as_deref(),
    });
    let statement = statement.map_err(|said| Failure::bad_input(words::say(&said)))?;
    Ok(console.output.write_all(statement.as_bytes())?)
}
