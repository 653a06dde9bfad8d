//! The sample of somebody's own account at Kilo: two months of a made-up person's spending, Kilo Pass, and what Kilo said of
//! them. Seeded: the same day gives the same records.

use crate::error::{AppError, ErrorCode};
use crate::kinds::sample::{self, Chance, Sample, works};
use crate::quoted::own::{BALANCE, BLOCKS, PASS, TOP_UP};
use crate::reported::KILO_OWN;
use chrono::{Days, NaiveDate};
use headroom_exact::calendar::Anniversary;
use headroom_exact::{Balance, Moment, Month, Period, Saying, calendar, say};
use headroom_sources::observation::{
    CreditBlock, CreditPurchase, OwnBalance, OwnBlocks, OwnPass, OwnTopUp, PassSubscription, SpendRow,
};
use headroom_sources::wire::kept;
use headroom_store::Writing;
use headroom_store::table::accounts::AccountId;
use headroom_store::table::snapshots::Snapshot;
use serde::Serialize;

pub(super) const SAMPLE: Sample = Sample { name: say!("sample-personal"), write };

/// Days of spending, as far back as Kilo is asked for them twice over.
const DAYS: u64 = 62;
/// Whole months since it began.
const MONTHS: i32 = 3;
/// Kilo Pass renews on this day of a month.
const PASS_DAY: u64 = 9;
const MODELS: [&str; 3] = ["anthropic/claude-sonnet-4.5", "openai/gpt-5", "anthropic/claude-haiku-4.5"];
/// Millionths of a dollar: with a model on a working day twice that at most, what Kilo Pass brings in a month, and what else
/// was bought, is left of it and was given.
const A_DAY: u64 = 520_000;
const PASS_BRINGS: u64 = 49_000_000;
const BOUGHT: u64 = 20_000_000;
const BOUGHT_LEFT: u64 = 7_250_000;
const GIVEN: u64 = 2_500_000;
/// What was left of another gift that ended on a day of this month.
const ENDED: u64 = 1_500_000;
const ENDED_DAY: u32 = 4;
/// What Kilo Pass brings once what it brought is spent.
const BONUS: u64 = 9_800_000;

fn millionths(of: u64) -> Balance {
    Balance::of_millionths(of.into())
}

/// What was spent on a day with a model.
struct Spent {
    date: NaiveDate,
    model: &'static str,
    millionths: u64,
    requests: u64,
}

/// Until today.
fn spent(now: Moment) -> Vec<Spent> {
    let today = now.date();
    let first = today.checked_sub_days(Days::new(DAYS)).unwrap_or(today);
    let mut chance = Chance(0x0000_0A0A_5A3D_4007);
    let mut spent = Vec::new();
    for date in calendar::days_between(first, today) {
        if !works(date, &mut chance) {
            continue;
        }
        for model in MODELS.iter().filter(|_| chance.below(3) > 0).copied().collect::<Vec<_>>() {
            let millionths = 20_000 + chance.below(A_DAY) + chance.below(A_DAY);
            spent.push(Spent { date, model, millionths, requests: 3 + chance.below(40) });
        }
    }
    spent
}

fn row(of: &Spent) -> SpendRow {
    SpendRow {
        date: of.date,
        user: None,
        model: Some(of.model.to_owned()),
        cost: Some(millionths(of.millionths)),
        requests: Some(of.requests),
        input_tokens: None,
        output_tokens: None,
    }
}

/// The months of Kilo Pass up to now, the running one last.
fn cycles(now: Moment) -> Vec<Period> {
    let first = Month::of(now).plus(-MONTHS).first_date();
    let pass = Anniversary::new(first.checked_add_days(Days::new(PASS_DAY - 1)).unwrap_or(first), 1);
    (0..=MONTHS.unsigned_abs())
        .map(|number| pass.cycle(number))
        .take_while(|cycle| cycle.start <= now)
        .collect()
}

/// What was bought: Kilo Pass brings credits each month, and once more were bought.
fn purchases(cycles: &[Period]) -> Vec<CreditPurchase> {
    let renewed = cycles.iter().zip(1_u32..).map(|(cycle, number)| CreditPurchase {
        id: format!("sample-pass-{number}"),
        at: cycle.start,
        amount: millionths(PASS_BRINGS),
    });
    let bought = cycles.get(1).map(|cycle| CreditPurchase {
        id: "sample-bought".to_owned(),
        at: cycle.start.plus_days(12),
        amount: millionths(BOUGHT),
    });
    renewed.chain(bought).collect()
}

/// What Kilo listed of them by a moment, and a gift.
fn listed(at: Moment, purchases: &[CreditPurchase], pass_left: u64, gift: (u64, Moment)) -> OwnBlocks {
    let block = |left: u64, expires_at, free| CreditBlock { left: millionths(left), expires_at, free };
    let left =
        [block(pass_left, None, false), block(BOUGHT_LEFT, None, false), block(gift.0, Some(gift.1), true)];
    OwnBlocks {
        total: Some(millionths(pass_left + BOUGHT_LEFT + gift.0)),
        left: left.into(),
        purchases: purchases.iter().filter(|bought| bought.at <= at).cloned().collect(),
        auto_top_up: Some(false),
    }
}

/// Kilo Pass as it stands in its running month.
fn pass(cycles: &[Period], used: u64) -> OwnPass {
    let subscription = PassSubscription {
        tier: "tier_49".to_owned(),
        status: "active".to_owned(),
        cadence: Some("monthly".to_owned()),
        provider: Some("stripe".to_owned()),
        ends: Some(false),
        streak: u64::try_from(cycles.len()).ok(),
        started_at: cycles.first().map(|cycle| cycle.start),
        next_billing_at: cycles.last().map(|cycle| cycle.end),
        base: Some(millionths(PASS_BRINGS)),
        used: Some(millionths(used)),
        bonus_ahead: Some(millionths(BONUS)),
        next_bonus: Some(millionths(BONUS)),
        unlocked: Some(false),
        ..PassSubscription::default()
    };
    OwnPass { subscription: Some(subscription) }
}

fn keep(
    writing: &Writing<'_>,
    id: AccountId,
    (at, source): (Moment, &str),
    told: &impl Serialize,
) -> Result<(), AppError> {
    let body = kept::write(told).map_err(|error| AppError::new(ErrorCode::Outside, Saying::from(&error)))?;
    writing.append_snapshot(id, &Snapshot { fetched_at: at, source: source.to_owned(), body })?;
    Ok(())
}

fn write(writing: &Writing<'_>, id: AccountId, now: Moment) -> Result<(), AppError> {
    let spent = spent(now);
    let rows: Vec<_> = spent.iter().map(row).collect();
    sample::spent(writing, id, (KILO_OWN, &rows), now)?;
    let cycles = cycles(now);
    let purchases = purchases(&cycles);
    // From the first of its months on and at the end of each, so that it is known what each of them charged.
    let first = Month::of(now).plus(-MONTHS);
    let ends = (0..MONTHS).map(|month| first.plus(month).period().end.plus_seconds(-3600));
    let ended = (ENDED, Month::of(now).start().plus_days(ENDED_DAY - 1));
    for at in std::iter::once(first.start()).chain(ends) {
        keep(writing, id, (at, BLOCKS), &listed(at, &purchases, 0, ended))?;
    }
    let since = cycles.last().map_or(now, |cycle| cycle.start).date();
    let used: u64 = spent.iter().filter(|of| of.date >= since).map(|of| of.millionths).sum();
    let used = used.min(PASS_BRINGS);
    let blocks = listed(now, &purchases, PASS_BRINGS - used, (GIVEN, now.plus_days(9)));
    if let Some(left) = blocks.total {
        keep(writing, id, (now, BALANCE), &OwnBalance { left })?;
    }
    keep(writing, id, (now, BLOCKS), &blocks)?;
    keep(writing, id, (now, PASS), &pass(&cycles, used))?;
    keep(writing, id, (now, TOP_UP), &OwnTopUp { enabled: Some(false), amount: None })?;
    Ok(())
}
