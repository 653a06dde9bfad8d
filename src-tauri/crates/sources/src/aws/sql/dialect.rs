//! How each engine writes what they write differently.

use headroom_exact::{Saying, say};
use std::fmt;
use std::str::FromStr;

/// Who runs a statement.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Engine {
    /// Amazon's own, over files in S3.
    Athena,
    /// Of which Athena is made.
    Trino,
    /// Apache's, also on EMR, Glue and Databricks.
    Spark,
    /// On one machine.
    DuckDb,
}

impl Engine {
    /// Each of them.
    pub const ALL: [Self; 4] = [Self::Athena, Self::Trino, Self::Spark, Self::DuckDb];

    /// As it is asked for.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Athena => "athena",
            Self::Trino => "trino",
            Self::Spark => "spark",
            Self::DuckDb => "duckdb",
        }
    }

    /// A name of a column or a table.
    pub(super) fn name_of(self, name: &str) -> String {
        match self {
            Self::Spark => format!("`{}`", name.replace('`', "``")),
            Self::Athena | Self::Trino | Self::DuckDb => format!("\"{}\"", name.replace('"', "\"\"")),
        }
    }

    /// A text.
    pub(super) fn text(self, text: &str) -> String {
        match self {
            // Two quotes side by side are two texts to it.
            Self::Spark => format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\'")),
            Self::Athena | Self::Trino | Self::DuckDb => format!("'{}'", text.replace('\'', "''")),
        }
    }

    /// The type of a text.
    pub(super) const fn type_of_text(self) -> &'static str {
        match self {
            Self::Spark => "string",
            Self::Athena | Self::Trino | Self::DuckDb => "varchar",
        }
    }

    /// What a call that replaces takes beside, so that it replaces everywhere.
    pub(super) const fn everywhere(self) -> &'static str {
        match self {
            Self::DuckDb => ", 'g'",
            Self::Athena | Self::Trino | Self::Spark => "",
        }
    }

    /// The file that a row stands in. Where moments are shown in the zone of a session, that has to be UTC: else the first
    /// hours of a month would be of the one before.
    pub(super) const fn path(self) -> &'static str {
        match self {
            Self::Athena | Self::Trino => "\"$path\"",
            Self::Spark => {
                "CASE WHEN current_timezone() IN ('UTC', 'Etc/UTC', 'GMT', 'Z', '+00:00') THEN url_decode(replace(input_file_name(), '+', '%2B')) ELSE raise_error('SET spark.sql.session.timeZone = UTC first: moments are shown in its zone') END"
            }
            Self::DuckDb => {
                "CASE WHEN current_setting('TimeZone') IN ('UTC', 'Etc/UTC', 'GMT') THEN replace(filename, '\\', '/') ELSE error('SET TimeZone = ''UTC'' first: moments are shown in its zone') END"
            }
        }
    }

    /// When the statement runs.
    pub(super) const fn now(self) -> &'static str {
        match self {
            Self::Athena | Self::Trino => "current_timestamp AT TIME ZONE 'UTC'",
            Self::Spark | Self::DuckDb => "current_timestamp",
        }
    }

    /// The most bytes of a statement that it takes; none where that isn't limited.
    pub(super) const fn most_bytes(self) -> Option<usize> {
        match self {
            Self::Athena => Some(262_144),
            Self::Trino | Self::Spark | Self::DuckDb => None,
        }
    }
}

impl fmt::Display for Engine {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

impl FromStr for Engine {
    type Err = Saying;

    fn from_str(text: &str) -> Result<Self, Saying> {
        let engine = Self::ALL.into_iter().find(|engine| engine.name() == text);
        engine.ok_or_else(|| say!("no-such-engine", text, known = Self::ALL.map(Self::name).to_vec()))
    }
}
