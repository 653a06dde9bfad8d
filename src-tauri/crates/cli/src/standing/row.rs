//! One row of the human form.

use crate::Console;

/// One row of the human form.
pub(super) fn row(console: &mut Console<'_>, name: &str, value: &str) -> std::io::Result<()> {
    writeln!(console.output, "  {name:<12}  {value}")
}
