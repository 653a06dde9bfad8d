//! One line an event on standard error, without time or colour: the journal adds both.

use tracing_subscriber::filter::LevelFilter;
use tracing_subscriber::fmt;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

pub fn start() {
    let lines = fmt::layer().with_writer(std::io::stderr).without_time().with_ansi(false).with_target(false);
    // A second logger in one process (tests) is no reason to fail.
    _ = tracing_subscriber::registry().with(LevelFilter::INFO).with(lines).try_init();
}
