//! The sample account: four months of a made-up but realistic developer, so that everything can be
//! seen without a login. Seeded: the same day gives the same ledger.

use crate::answers::Facts;
use crate::error::AppError;
use crate::kinds::sample::{Chance, Sample, event};
use chrono::{Datelike, Days, NaiveDate, Weekday};
use headroom_exact::{Credits, Moment, Month, say};
use headroom_store::Writing;
use headroom_store::table::accounts::AccountId;
use headroom_store::table::events::{EventKind, NewEvent};

pub(super) const SAMPLE: Sample = Sample { name: say!("sample-account"), write };

const MODELS: [&str; 4] = ["auto", "auto", "claude-sonnet-4.5", "claude-haiku-4.5"];

/// Tasks of a day: many on a working day, few on a weekend, none on some.
fn tasks(date: NaiveDate, chance: &mut Chance) -> u64 {
    match date.weekday() {
        Weekday::Sat | Weekday::Sun if chance.below(3) > 0 => 0,
        Weekday::Sat | Weekday::Sun => 1 + chance.below(5),
        Weekday::Mon | Weekday::Tue | Weekday::Wed | Weekday::Thu | Weekday::Fri if chance.below(12) == 0 => {
            0
        }
        Weekday::Mon | Weekday::Tue | Weekday::Wed | Weekday::Thu | Weekday::Fri => 7 + chance.below(13),
    }
}

/// The whole ledger up to `now`: on Pro since the middle of the first month, overage on since the
/// month after, usage that grows.
fn events(now: Moment) -> Vec<NewEvent> {
    let first_month = Month::of(now).plus(-3);
    let first_day = first_month.first_date();
    let on = |date: NaiveDate, hour: u32| Moment::on(date, hour);
    let day = |month: Month, number: u64| {
        month.first_date().checked_add_days(Days::new(number - 1)).unwrap_or(month.first_date())
    };
    let facts = Facts {
        plan: Some("pro".to_owned()),
        first_paid_on: Some(day(first_month, 15)),
        signed_up_on: Some(day(first_month, 3)),
        country: "US".to_owned(),
        overage_enabled: Some(false),
        // It shows the overage switch, which lists in force since July 2026 have no more.
        price_list: Some("kiro-2025-12".to_owned()),
        ..Facts::default()
    };
    let overage_at = on(day(first_month.plus(1), 18), 14);
    let mut events = vec![
        event(
            on(day(first_month, 15), 12),
            EventKind::Facts,
            "sample:facts".to_owned(),
            serde_json::to_string(&facts).unwrap_or_default(),
        ),
        event(
            overage_at,
            EventKind::SetOverage,
            "sample:overage".to_owned(),
            r#"{"enabled":true}"#.to_owned(),
        ),
    ];
    let mut chance = Chance(0x005E_ED0F_4EAD_4007);
    let mut date = day(first_month, 3);
    while date <= now.date() {
        let months = u64::from(date.month0() + 12 * date.year().unsigned_abs());
        let grown =
            months.saturating_sub(u64::from(first_day.month0() + 12 * first_day.year().unsigned_abs()));
        for task in 0..tasks(date, &mut chance) {
            let minute = chance.below(10 * 60);
            let hundredths = 20 + chance.below(300) + chance.below(160) * (1 + grown) / 2;
            let at = on(date, 8).plus_seconds(i64::try_from(minute * 60 + chance.below(60)).unwrap_or(0));
            let model = MODELS[usize::try_from(chance.below(4)).unwrap_or(0)];
            if at > now {
                continue;
            }
            let mut usage = event(at, EventKind::Usage, format!("sample:{date}:{task}"), "{}".to_owned());
            usage.credits = Some(Credits::from_hundredths(hundredths.into()));
            usage.model = Some(model.to_owned());
            usage.session = Some(format!("sample-{date}"));
            events.push(usage);
        }
        date = date.checked_add_days(Days::new(1)).unwrap_or(NaiveDate::MAX);
    }
    events
}

fn write(writing: &Writing<'_>, id: AccountId, now: Moment) -> Result<(), AppError> {
    for event in events(now) {
        writing.append(id, &event, now)?;
    }
    Ok(())
}
