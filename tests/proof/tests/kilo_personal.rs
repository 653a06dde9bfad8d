//! Somebody's own account at Kilo: engine and model.

use headroom_billing::personal::charges::{Listed, Purchases, by_month};
use headroom_billing::personal::{NextCharge, PassState, ToldPass};
use headroom_billing::team::charges::Purchase;
use headroom_billing::{Catalog, Total};
use headroom_exact::{Balance, Moment};
use proof::model::kilo_personal::{Told, month, next_charge, unlocks_after};
use proof::{cases, prove, same};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::{Strategy, any, prop_oneof};
use proptest::sample::select;
use serde_json::{Value, json};

const EACH: u32 = 4_000;
const SEED: u64 = 33;
/// 26 November 2026.
const TODAY: i64 = 20_783;
const DAY: i64 = 86_400;

fn at(day: i64) -> Moment {
    Moment::from_unix(day * DAY, 0).expect("a moment")
}

/// The ends of November 2026, of February and of April 2027.
const ENDS_OF_SHORT_MONTHS: [i64; 3] = [20_787, 20_877, 20_938];
/// 29, 30 and 31 January, 31 August and 31 October 2026.
const DAYS_THAT_OTHERS_LACK: [i64; 5] = [20_482, 20_483, 20_484, 20_696, 20_757];

fn told() -> impl Strategy<Value = Told> {
    let days = || {
        let all = TODAY - 100..TODAY + 400;
        option::weighted(0.9, prop_oneof![3 => all, 1 => select(ENDS_OF_SHORT_MONTHS.to_vec())])
    };
    let began = prop_oneof![1 => TODAY - 500..TODAY, 1 => select(DAYS_THAT_OTHERS_LACK.to_vec())];
    let named = (
        select(vec!["tier_19", "tier_49", "tier_199", "tier_7"]),
        select(vec![
            "active",
            "active",
            "active",
            "trialing",
            "past_due",
            "unpaid",
            "paused",
            "incomplete",
            "canceled",
            "incomplete_expired",
            "ended",
            "asleep",
        ]),
        option::of(any::<bool>()),
        option::weighted(0.9, select(vec!["monthly", "monthly", "yearly", "weekly"])),
        option::weighted(0.8, select(vec!["stripe", "stripe", "app_store", "google_play"])),
    );
    let amounts = || option::weighted(0.9, 0..200_000_000_i128);
    (
        named,
        days(),
        (option::weighted(0.4, TODAY - 40..TODAY + 40), option::weighted(0.8, began)),
        (amounts(), amounts()),
        option::of(any::<bool>()),
    )
        .prop_map(
            |((tier, status, ends, cadence, provider), billing, (issue, started), amounts, unlocked)| Told {
                tier,
                status,
                ends,
                cadence,
                provider,
                started,
                billing,
                issue,
                amounts,
                unlocked,
            },
        )
}

fn engines(told: &Told) -> ToldPass<'_> {
    ToldPass {
        tier: told.tier,
        state: PassState::told(told.status, told.ends),
        cadence: told.cadence,
        provider: told.provider,
        started_at: told.started.map(at),
        next_billing_at: told.billing.map(at),
        next_issue_at: told.issue.map(at),
        base: told.amounts.0.map(Balance::of_millionths),
        used: told.amounts.1.map(Balance::of_millionths),
        unlocked: told.unlocked,
    }
}

#[test]
fn a_kilo_pass_charges_next_what_the_model_says() {
    let edition = Catalog::built_in().team_edition("kilo-2026").expect("a price list");
    prove(&told(), cases(EACH), SEED, |told| {
        let pass = engines(&told);
        let engine = match pass.next_charge(edition, at(TODAY)) {
            NextCharge::Nothing => json!("nothing"),
            NextCharge::Unknown => json!("unknown"),
            NextCharge::AmountUnknown(moment) => json!({"day": moment.unix_seconds() / DAY}),
            NextCharge::Charge { charge, assumptions } => {
                let lines: Vec<_> = charge.invoice.lines.iter().map(|line| line.amount.to_string()).collect();
                let until = charge.invoice.lines.first().and_then(|line| line.period).expect("a period").end;
                json!({"day": charge.invoice.issued_at.unix_seconds() / DAY, "until": until.unix_seconds() / DAY,
                    "lines": lines,
                    "at_least": charge.at_least, "assumptions": assumptions})
            }
        };
        let question = json!(format!("{told:?}"));
        same(&next_charge(&told, TODAY), &engine, &question)?;
        let unlocks = pass.unlocks_after(at(TODAY)).map(|left| left.rounded_millionths().to_string());
        same(&unlocks_after(&told, TODAY), &unlocks.map_or(Value::Null, Value::from), &question)
    });
}

/// The first and the last day of the months from August to November 2026.
const MONTHS: [(i64, i64); 4] = [(20_666, 20_696), (20_697, 20_726), (20_727, 20_757), (20_758, 20_787)];

#[test]
fn a_months_purchases_come_to_what_the_model_says() {
    let edition = Catalog::built_in().team_edition("kilo-2026").expect("a price list");
    let amount = select(vec![20_000_000_i128, 50_000_000, 33_330_000, 19_000_000, 12_345_678, 10_000]);
    let asked = (vec((MONTHS[0].0..TODAY, amount), 0..8), MONTHS[0].0..=TODAY);
    prove(&asked, cases(EACH), SEED, |(bought, first_listed)| {
        let ids: Vec<_> = (0..bought.len()).map(|number| number.to_string()).collect();
        let purchases: Purchases<'_> = ids
            .iter()
            .zip(&bought)
            .map(|(id, (day, amount))| {
                (id.as_str(), Purchase { id, at: at(*day), amount: Balance::of_millionths(*amount) })
            })
            .collect();
        let listed = Listed { first: at(first_listed), last: at(TODAY) };
        let months = by_month(&purchases, listed, edition, at(TODAY));
        let begins = bought.iter().map(|(day, _)| *day).chain([first_listed]).min().unwrap_or(first_listed);
        let expected: Vec<_> = MONTHS.iter().filter(|(_, last)| *last >= begins).collect();
        same(&json!(expected.len()), &json!(months.len()), &json!([bought.len(), first_listed]))?;
        for (engine, (first, last)) in months.iter().zip(expected) {
            let charged = &engine.charged;
            let (total, at_least) = match charged.total() {
                Total::Whole(total) => (total.to_string(), false),
                Total::AtLeast(total) => (total.to_string(), true),
                // At least nothing says nothing.
                Total::Unknown => ("0.00".to_owned(), true),
            };
            let model = month(&bought, *first, *last);
            let is_least = *first < first_listed || model["odd"] == json!(true);
            let question = json!([format!("{bought:?}"), first_listed, first]);
            same(&json!([model["total"], is_least]), &json!([total, at_least]), &question)?;
        }
        Ok(())
    });
}
