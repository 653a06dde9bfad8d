//! Writes years of tasks into a store, for `make bench`: `HEADROOM_DATA_DIR=… write-history RECORDS`. The tasks are
//! spread evenly over the 23 months before this one, on four models, in a session a day; this month has 600 more.

use headroom_app::{Clock, Headroom, Paths, SystemClock};
use headroom_exact::{Credits, Moment, Month};
use headroom_store::Store;
use headroom_store::table::accounts::AccountId;
use headroom_store::table::events::{EventKind, NewEvent};
use std::ops::Range;

const MODELS: [&str; 4] = ["auto", "claude-sonnet-4.5", "claude-haiku-4.5", "claude-opus-4.5"];
/// So many are of this month.
const THIS_MONTH: u64 = 600;
/// So many are written at once.
const BATCH: u64 = 200_000;

fn main() {
    let records: u64 =
        std::env::args().nth(1).and_then(|number| number.parse().ok()).expect("write-history RECORDS");
    let now = SystemClock.now();
    let first = Month::of(now).plus(-23);
    let paths = Paths::of_this_machine().expect("a data folder");
    let database = paths.database();
    let facts = serde_json::json!({"plan": "power", "first_paid_on": "2025-08-01",
        "country": "US", "overage_enabled": true, "price_list": "kiro-2025-12"});
    let account = {
        let headroom = Headroom::open(paths, Box::new(SystemClock)).expect("a store");
        let facts = serde_json::from_value(facts).expect("facts");
        headroom.save_facts(None, &facts).expect("saved").account.id
    };
    let mut store = Store::open(&database, now).to_write().expect("a store");
    let this_month = Month::of(now).start();
    spread(&mut store, account.into(), 0..records, (first.start(), this_month), now);
    spread(&mut store, account.into(), records..records + THIS_MONTH, (this_month, now), now);
}

/// Writes tasks evenly between two moments.
fn spread(
    store: &mut Store,
    account: AccountId,
    tasks: Range<u64>,
    (from, to): (Moment, Moment),
    now: Moment,
) {
    let seconds = u64::try_from(to.seconds_since(from)).expect("later");
    let many = tasks.end - tasks.start;
    for start in tasks.clone().step_by(usize::try_from(BATCH).expect("small")) {
        let written = store.write(|writing| {
            for number in start..tasks.end.min(start + BATCH) {
                let after = i64::try_from((number - tasks.start) * seconds / many).expect("two years");
                writing.append(account, &task(number, from.plus_seconds(after)), now)?;
            }
            Ok::<_, headroom_store::StoreError>(())
        });
        written.expect("room on the disk");
    }
}

fn task(number: u64, at: Moment) -> NewEvent {
    let model = MODELS[usize::try_from(number % 4).expect("small")];
    NewEvent {
        at,
        kind: EventKind::Usage,
        key: format!("bench:{number}"),
        credits: Some(Credits::from_hundredths(1 + i128::from(number % 5))),
        model: Some(model.to_owned()),
        session: Some(format!("session-{}", at.date())),
        source: "bench",
        body: "{}".to_owned(),
    }
}
