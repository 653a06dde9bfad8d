//! `headroom`: the command line.

use std::process::ExitCode;

fn main() -> ExitCode {
    headroom_cli::main()
}
