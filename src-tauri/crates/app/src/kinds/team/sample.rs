//! The sample team: two months of a made-up team's spending, and what Kilo said of it. Seeded: the same day gives the same
//! records.

use crate::answers::TeamFacts;
use crate::error::{AppError, ErrorCode};
use crate::kinds::sample::{self, Chance, Sample, event, works};
use crate::kinds::spending::sum;
use crate::quoted::TEAM;
use crate::reported::KILO_EVERYONE;
use chrono::Days;
use headroom_exact::{Balance, Moment, Money, Month, Saying, calendar, say};
use headroom_sources::observation::{CreditBlock, CreditPurchase, SpendRow, TeamMember, TeamSnapshot};
use headroom_sources::wire::kept;
use headroom_store::Writing;
use headroom_store::table::accounts::AccountId;
use headroom_store::table::events::EventKind;
use headroom_store::table::snapshots::Snapshot;
use serde::Deserialize;

pub(super) const SAMPLE: Sample = Sample { name: say!("sample-team"), write };

/// Who the people are.
const PEOPLE: &str = include_str!("../../../data/sample-team.json");
/// Days of spending, as far back as Kilo is asked for them twice over.
const DAYS: u64 = 62;
/// Months since it began.
const MONTHS: i32 = 4;
const SEATS: u64 = 12;
const MODELS: [&str; 3] = ["anthropic/claude-sonnet-4.5", "openai/gpt-5", "anthropic/claude-haiku-4.5"];
/// Cents left of what was bought, and of a gift.
const BOUGHT: i128 = 13_142;
const GIVEN: i128 = 1_250;

/// The made-up team.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Everybody {
    /// Nine sit on a seat, and two of those spend nothing; the one who pays the bills takes none.
    people: Vec<Somebody>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Somebody {
    name: String,
    role: String,
    /// Millionths of a dollar with a model on a working day, more or less; none of whoever spends nothing.
    a_day: u64,
    /// Cents a day at most.
    limit: i64,
}

fn email(name: &str) -> String {
    format!("{}@orbit.example", name.to_lowercase().replace(' ', "."))
}

/// Until today.
fn rows(people: &[Somebody], now: Moment) -> Vec<SpendRow> {
    let today = now.date();
    let first = today.checked_sub_days(Days::new(DAYS)).unwrap_or(today);
    let mut chance = Chance(0x0000_7EA3_5A3D_4007);
    let mut rows = Vec::new();
    for date in calendar::days_between(first, today) {
        for somebody in people.iter().filter(|somebody| somebody.a_day > 0) {
            if !works(date, &mut chance) {
                continue;
            }
            for model in MODELS.iter().filter(|_| chance.below(3) > 0).copied().collect::<Vec<_>>() {
                let millionths = 20_000 + chance.below(somebody.a_day) + chance.below(somebody.a_day);
                rows.push(SpendRow {
                    date,
                    user: Some(email(&somebody.name)),
                    model: Some(model.to_owned()),
                    cost: Some(Balance::of_millionths(millionths.into())),
                    requests: Some(3 + chance.below(40)),
                    input_tokens: None,
                    output_tokens: None,
                });
            }
        }
    }
    rows
}

fn facts(now: Moment) -> TeamFacts {
    let first = Month::of(now).plus(-MONTHS).first_date();
    TeamFacts {
        started_on: first.checked_add_days(Days::new(4)).unwrap_or(first),
        seat_price: "monthly".to_owned(),
        seats: SEATS,
        tax_percent: None,
        price_list: Some("kilo-2026".to_owned()),
        payment_failed_on: None,
        pass: None,
        pass_since: None,
        top_up: None,
        fee_exempt: false,
    }
}

fn cents(cents: i128) -> Balance {
    Balance::of_money(Money::from_hundredths(cents))
}

/// What Kilo said at a moment; the gift is of today.
fn told(
    people: &[Somebody],
    (at, now): (Moment, Moment),
    rows: &[SpendRow],
    purchases: &[CreditPurchase],
) -> TeamSnapshot {
    let today = at.date();
    let member = |somebody: &Somebody| {
        let email = email(&somebody.name);
        let of_today = rows.iter().filter(|row| row.date == today && row.user.as_ref() == Some(&email));
        TeamMember {
            name: somebody.name.clone(),
            role: somebody.role.clone(),
            invited: false,
            daily_limit: Some(cents(somebody.limit.into())),
            spent_today: Some(sum(of_today)),
            email: Some(email),
            is_compared: true,
        }
    };
    let gift = CreditBlock { left: cents(GIVEN), expires_at: Some(at.plus_days(9)), free: true };
    let gift = Some(gift).filter(|_| at == now);
    let bought = CreditBlock { left: cents(BOUGHT), expires_at: None, free: false };
    let takes_none = |somebody: &&Somebody| somebody.role == "billing_manager";
    let seats_taken = people.iter().filter(|somebody| !takes_none(somebody)).count();
    TeamSnapshot {
        id: None,
        name: "Orbit".to_owned(),
        plan: Some("teams".to_owned()),
        balance: Some(cents(BOUGHT + gift.as_ref().map_or(0, |_| GIVEN))),
        seats: Some(SEATS),
        seats_taken: u64::try_from(seats_taken).ok(),
        seats_paid: None,
        seats_next: None,
        seats_paid_next: None,
        subscription: None,
        auto_top_up: Some(false),
        top_up_amount: None,
        pass: None,
        blocks: Some(gift.into_iter().chain([bought]).collect()),
        purchases: Some(purchases.iter().filter(|bought| bought.at <= at).cloned().collect()),
        members: people.iter().map(member).collect(),
        missing: Vec::new(),
    }
}

fn written(told: &TeamSnapshot) -> Result<String, AppError> {
    kept::write(told).map_err(|error| AppError::new(ErrorCode::Outside, Saying::from(&error)))
}

fn write(writing: &Writing<'_>, id: AccountId, now: Moment) -> Result<(), AppError> {
    let facts = facts(now);
    let body = serde_json::to_string(&facts)?;
    writing.append(id, &event(now, EventKind::Facts, "sample:facts".to_owned(), body), now)?;
    let Everybody { people } = serde_json::from_str(PEOPLE)?;
    let rows = rows(&people, now);
    sample::spent(writing, id, (KILO_EVERYONE, &rows), now)?;
    let cycles: Vec<_> = facts.subscription()?.cycles(now).collect();
    let bought = cycles.iter().zip(1_u32..).map(|(cycle, number)| CreditPurchase {
        id: format!("sample-{number}"),
        at: cycle.start.plus_days(2),
        amount: cents(if number == 1 { 50_000 } else { 25_000 }),
    });
    let bought: Vec<_> = bought.collect();
    // Twice a cycle, so that it is known what each of them charged; and now.
    let moments =
        cycles.iter().flat_map(|cycle| [cycle.start.plus_seconds(3600), cycle.end.plus_seconds(-3600)]);
    for at in moments.filter(|at| *at < now).chain([now]) {
        let body = written(&told(&people, (at, now), &rows, &bought))?;
        writing.append_snapshot(id, &Snapshot { fetched_at: at, source: TEAM.to_owned(), body })?;
    }
    Ok(())
}
