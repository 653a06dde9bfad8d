//! What the window's tests are fed: answers of the real engine at a fixed moment.

mod counted;
mod kilo;

use crate::logged_in;
use crate::same_or_update;
use acceptance::{Desk, fixture, root};
use counted::{counted, projects};
use headroom_app::answers::{
    AccountNumber, Choice, ChoiceAsked, Course, ImportKind, Kind, SeatChange, UsageAsked, UsageBy,
    UsageQuery, UsageRange, UsageSort, Vendor, WhatIf, WhatIfView,
};
use kilo::{own_kilo, team, with_kilo_pass};
use serde::Serialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use tools::emulator::{Emulator, Fault};

fn value(answer: impl Serialize) -> Value {
    serde_json::to_value(answer).expect("an answer is JSON")
}

/// Every answer about one account, in the form the window's stand-in for the backend reads.
fn answers(desk: &Desk, account: Option<AccountNumber>) -> Value {
    let mut answers = views(desk, account);
    answers["charged"] = value(desk.headroom.charged_next().expect("what is charged next"));
    if let Some(account) = account {
        answers["history"] = value(desk.headroom.history(account).expect("what was recorded"));
    }
    answers
}

/// Where data lies differs from machine to machine.
fn in_the_home_of_ada(start: &mut Value) {
    start["about"]["database"] = json!("/home/ada/.local/share/headroom/headroom.db");
    if !start["found"]["kiro_login"].is_null() {
        start["found"]["kiro_login"] = json!("/home/ada/.aws/sso/cache/kiro-auth-token.json");
    }
    if !start["found"]["kiro_sessions"].is_null() {
        start["found"]["kiro_sessions"]["folder"] = json!("/home/ada/.kiro/sessions/cli");
    }
    if !start["found"]["kiro_ide_sessions"].is_null() {
        start["found"]["kiro_ide_sessions"]["folder"] = json!("/home/ada/.kiro/sessions");
    }
    if !start["found"]["kilo_login"].is_null() {
        start["found"]["kilo_login"] = json!({"text": "/home/ada/.local/share/kilo/auth.json"});
    }
}

/// What its views ask for.
fn views(desk: &Desk, account: Option<AccountNumber>) -> Value {
    let headroom = &desk.headroom;
    let mut start = value(headroom.start(account).expect("it starts"));
    in_the_home_of_ada(&mut start);
    let beside = headroom.accounts().expect("accounts").into_iter();
    let others = beside.filter(|other| other.ready && Some(other.id) != account);
    let stands = |id| value(headroom.standing(id).expect("it stands"));
    let others: BTreeMap<_, _> = others.map(|other| (other.id.0.to_string(), stands(other.id))).collect();
    let Some(account) = account.filter(|_| !start["overview"].is_null()) else {
        return json!({ "start": start });
    };
    let ranges = [
        UsageRange::Running,
        UsageRange::Days { days: 30 },
        UsageRange::Month { month: "2026-10".to_owned() },
    ];
    let usage = ranges.map(|range| {
        let asked = UsageAsked { range, split: Some(UsageBy::Model), only: Vec::new() };
        value(headroom.usage(account, &asked).expect("usage"))
    });
    let query = UsageQuery {
        range: UsageRange::Running,
        only: Vec::new(),
        search: String::new(),
        sort: UsageSort::Time,
        descending: true,
        page: 0,
    };
    let rows = value(headroom.usage_rows(account, &query).expect("rows"));
    let invoices = value(headroom.invoices(account).expect("invoices"));
    let more = json!({ "usage": usage, "rows": rows, "invoices": invoices });
    if start["overview"]["kind"] == "kilo-teams" {
        let seats = |change| headroom.seat_receipt(account, change).ok().map(value);
        let seats = json!({ "add": seats(SeatChange::Add(1)), "remove": seats(SeatChange::Remove(1)) });
        let usual = headroom.top_up_receipt(account, None).expect("a receipt");
        let of = |amount: &String| headroom.top_up_receipt(account, Some(amount)).expect("a receipt");
        let top_ups: Vec<_> = [usual.clone()].into_iter().chain(usual.choices.iter().map(of)).collect();
        return json!({ "start": start, "more": more, "seats": seats, "topUps": top_ups });
    }
    if start["overview"]["kind"] == "kiro-enterprise" {
        let months = start["overview"]["months"].as_array().expect("a list").iter();
        let months = months.map(|month| month.as_str().expect("a month"));
        let stood = |month| value(headroom.standing_in(account, month).expect("it stood somehow"));
        let months: BTreeMap<_, _> = months.map(|month| (month.to_owned(), stood(month))).collect();
        return json!({ "start": start, "more": more, "others": others, "months": months });
    }
    if start["overview"]["kind"] != "kiro-individual" {
        return json!({ "start": start, "more": more, "others": others });
    }
    if start["overview"]["plan_unlisted"] == true {
        // With a plan that no price list has, none is compared.
        let logins = logins(desk, account);
        return json!({ "start": start, "more": more, "logins": logins });
    }
    let plans = headroom.plans(account).expect("plans");
    let what_if = |question: &WhatIf| headroom.what_if(account, question).expect("what if");
    let at_the_pace = what_if(&WhatIf::default());
    let receipts = receipts(&at_the_pace, what_if);
    let faster = WhatIf { a_day: Some("80".to_owned()), ..WhatIf::default() };
    let faster = value(what_if(&faster));
    let what_if = value(at_the_pace);
    let pools = value(headroom.pools(account).expect("pools"));
    let mut about = json!({ "start": start, "plans": value(plans), "receipts": receipts, "pools": pools });
    if let Some(logins) = logins(desk, account) {
        about["logins"] = logins;
    }
    let Value::Object(mut about) = about else { return about };
    about.extend([("more".to_owned(), more), ("whatIf".to_owned(), what_if), ("faster".to_owned(), faster)]);
    Value::Object(about)
}

/// The receipt of each choice.
fn receipts(compared: &WhatIfView, what_if: impl Fn(&WhatIf) -> WhatIfView) -> Vec<Value> {
    let receipt = |of: &Course| {
        let choice = ChoiceAsked { plan: of.plan.clone(), overage: of.overage, packs: of.packs };
        let question = WhatIf { choice: Some(choice.clone()), ..WhatIf::default() };
        json!({ "choice": choice, "receipt": what_if(&question).receipt })
    };
    compared.choices.iter().map(|choice| receipt(&choice.course)).collect()
}

/// The logins of an account that has any, where they usually lie.
fn logins(desk: &Desk, account: AccountNumber) -> Option<Value> {
    let mut view = value(desk.headroom.logins(account).ok().filter(|view| !view.logins.is_empty())?);
    for login in view["logins"].as_array_mut().expect("a list") {
        let of_ide = login["found_in"].as_str().is_some_and(|file| file.contains("kiro-auth-token"));
        login["found_in"] = json!(if of_ide {
            "/home/ada/.aws/sso/cache/kiro-auth-token.json"
        } else {
            "/home/ada/.local/share/kiro-cli/data.sqlite3"
        });
    }
    Some(view)
}

const ACTIVITY_HEADER: &str =
    "Date,UserId,Client_Type,Credits_Used,Overage_Enabled,ProfileId,Subscription_Tier,User_Email\n";

/// Activity reports of a November: one person in two profiles, one beyond the limit, one on too large a tier.
fn activity() -> String {
    let mut text = ACTIVITY_HEADER.to_owned();
    let people = [
        ("ada-1", "PRO_PLUS", "110.75", "ONE"),
        ("bob-2", "PRO", "42.30", "ONE"),
        ("cem-3", "POWER", "31.05", "ONE"),
        ("dee-4", "PRO", "12.60", "ONE"),
        ("eli-5", "PRO_PLUS", "88.80", "TWO"),
        ("ada-1", "PRO", "3.10", "TWO"),
    ];
    for day in 1..=20 {
        for (user, tier, credits, profile) in people {
            _ = writeln!(
                text,
                "2026-11-{day:02},{user},KIRO_IDE,{credits},true,arn:aws:codewhisperer:us-east-1:111:profile/{profile},{tier},{user}@example.com"
            );
        }
    }
    text
}

/// The states of accounts that are not one person's.
fn several_kinds(now: &str, states: &mut BTreeMap<&'static str, Value>) {
    // A team with a month of spending, as its owner sees it; and before Kilo was ever asked.
    let emulator = Emulator::of(
        json!({"account": "kiro-individual", "events": [
        {"at": "2026-08-01T00:00:00Z", "type": "sign_up", "trial": false}]}),
        now,
        0,
    );
    emulator.team(team(now));
    let desk = Desk::at(now).with_kilo(emulator.address(), "made-up");
    states.insert("kilo-found", answers(&desk, None));
    let account = desk.headroom.connect_kilo().expect("a team")[0].id;
    states.insert("team-empty", answers(&desk, Some(account)));
    let facts =
        json!({"started_on": "2026-08-05", "seat_price": "monthly", "seats": 5, "tax_percent": "8.25"});
    desk.headroom.save_team_facts(account, &serde_json::from_value(facts).expect("facts")).expect("saved");
    desk.headroom.refresh(account, false, false).expect("a refresh");
    states.insert("team", answers(&desk, Some(account)));
    // A payment failed and the grace is over.
    let facts = json!({"started_on": "2026-08-05", "seat_price": "monthly", "seats": 5,
        "payment_failed_on": "2026-11-05"});
    desk.headroom.save_team_facts(account, &serde_json::from_value(facts).expect("facts")).expect("saved");
    states.insert("suspended", answers(&desk, Some(account)));
    states.insert("team-pass", with_kilo_pass(now));
    own_kilo(now, states);

    // An organisation: nothing imported yet, then its reports and a bill; another account beside it.
    let desk = Desk::at(now);
    let organisation = desk.headroom.add_account(Kind::KiroEnterprise, None).expect("added").id;
    states.insert("organisation-empty", answers(&desk, Some(organisation)));
    let reports = desk.home().join("report.csv");
    std::fs::write(&reports, activity()).expect("written");
    desk.import(ImportKind::KiroActivity, Some(&reports)).expect("an import");
    desk.import(ImportKind::AwsCost, Some(&fixture("aws-cost/cur2.csv"))).expect("an import");
    desk.headroom
        .save_facts(
            None,
            &serde_json::from_value(json!({"plan": "free", "country": "US",
        "overage_enabled": false}))
            .expect("facts"),
        )
        .expect("saved");
    states.insert("organisation", answers(&desk, Some(organisation)));

    // Reports that don't say everything.
    let desk = Desk::at(now);
    let partial = desk.headroom.add_account(Kind::KiroEnterprise, None).expect("added").id;
    let reports = desk.home().join("report.csv");
    let rows = "2026-11-03,ada-1,KIRO_IDE,410.50,true,ONE,PRO,ada@example.com\n\
        2026-11-03,bob-2,KIRO_IDE,,true,ONE,PRO,bob@example.com\n\
        2026-11-04,cem-3,KIRO_IDE,12.25,true,ONE,PRO_ULTRA,cem@example.com\n";
    std::fs::write(&reports, format!("{ACTIVITY_HEADER}{rows}")).expect("written");
    desk.import(ImportKind::KiroActivity, Some(&reports)).expect("an import");
    states.insert("partial", answers(&desk, Some(partial)));
}

/// Before anything is recorded.
fn beginnings(now: &str, states: &mut BTreeMap<&'static str, Value>) {
    let desk = Desk::at(now).with_sessions("sessions");
    let ide = desk.home().join("sessions");
    std::fs::create_dir_all(ide.join("bucket/one")).expect("made");
    std::fs::write(ide.join("bucket/one/messages.jsonl"), "").expect("written");
    let desk = desk.opened_with(|paths| paths.with_ide_sessions(ide));
    states.insert("first-run", answers(&desk, None));

    let desk = Desk::at(now);
    states.insert("nothing-found", answers(&desk, None));
    for (name, kind) in [
        ("sample", Kind::KiroIndividual),
        ("sample-organisation", Kind::KiroEnterprise),
        ("sample-team", Kind::KiloTeams),
        ("sample-personal", Kind::KiloPersonal),
    ] {
        let desk = Desk::at(now);
        let sample = desk.headroom.open_sample(kind).expect("a sample").id;
        states.insert(name, answers(&desk, Some(sample)));
    }
}

/// One person's accounts, by what was recorded.
fn recorded(now: &str, states: &mut BTreeMap<&'static str, Value>) {
    // A fresh account that nothing is recorded of.
    let desk = Desk::at(now);
    let empty = desk.facts(
        r#"{"plan": "pro", "first_paid_on": "2026-09-15", "country": "DE", "overage_enabled": false}"#,
    );
    states.insert("empty", answers(&desk, Some(empty)));

    // Free with a bonus about to expire, in Japan.
    let desk = Desk::at(now);
    let free = desk.facts(
        r#"{"plan": "free", "signed_up_on": "2026-11-02", "country": "JP", "overage_enabled": false}"#,
    );
    desk.usage(&[("2026-11-05T09:00:00Z", "212.40"), ("2026-11-20T15:00:00Z", "96.15")]);
    states.insert("free-bonus", answers(&desk, Some(free)));

    // The first paid month: the receipt by days, with both ways of counting them.
    let desk = Desk::at(now);
    let first = desk.facts(
        r#"{"plan": "pro", "first_paid_on": "2026-11-15", "country": "JP", "overage_enabled": false}"#,
    );
    desk.usage(&[("2026-11-16T09:00:00Z", "310.25"), ("2026-11-19T12:00:00Z", "402.50")]);
    states.insert("first-paid-month", answers(&desk, Some(first)));

    // At the limit with overage off: requests pause, and one task ran all the same.
    let desk = Desk::at(now);
    let paused = desk.facts(
        r#"{"plan": "pro", "first_paid_on": "2026-03-02", "country": "US", "overage_enabled": false}"#,
    );
    desk.usage(&[
        ("2026-11-10T09:00:00Z", "995.00"),
        ("2026-11-18T09:00:00Z", "7.25"),
        ("2026-11-19T09:00:00Z", "3.00"),
    ]);
    states.insert("paused", answers(&desk, Some(paused)));

    // Over the plan with overage on, and a downgrade scheduled.
    let desk = Desk::at(now);
    let over = desk
        .facts(r#"{"plan": "pro", "first_paid_on": "2026-03-02", "country": "US", "overage_enabled": true}"#);
    desk.usage(&[("2026-11-10T09:00:00Z", "980.00"), ("2026-11-18T09:00:00Z", "152.75")]);
    desk.headroom.change_plan(over, "free").expect("a downgrade");
    states.insert("over", answers(&desk, Some(over)));

    // The price list of 2026: Pro Max between Pro+ and Power, add-on packs instead of overage. The credits end before the
    // month does.
    let desk = Desk::at(now);
    let packs = desk.facts(
        r#"{"plan": "pro-max", "first_paid_on": "2026-08-02", "country": "US", "price_list": "kiro-2026-07"}"#,
    );
    desk.usage(&[
        ("2026-10-14T09:00:00Z", "5120.00"),
        ("2026-11-10T09:00:00Z", "3980.00"),
        ("2026-11-18T09:00:00Z", "152.75"),
    ]);
    states.insert("packs", answers(&desk, Some(packs)));
    in_force(now, states);
}

/// Accounts by the price list in force each month: with packs, grants, a tax and a limit of their own, beyond the plan;
/// shortly before the reset; before the first payment; and one whose past months changed.
fn in_force(now: &str, states: &mut BTreeMap<&'static str, Value>) {
    let desk = Desk::at(now);
    let account = desk.facts(
        r#"{"plan": "pro", "first_paid_on": "2026-05-12", "signed_up_on": "2026-05-09", "country": "US", "price_list": null,
            "tax_percent": "8.25", "own_limit": "1200"}"#,
    );
    let state = |json: Value| {
        let pool = serde_json::from_value(json).expect("a pool");
        desk.headroom.state_pool(account, &pool).expect("stated");
    };
    state(json!({"what": "pack", "amount": "10", "on": "2026-11-16", "ends_on": "2026-12-31"}));
    state(json!({"what": "pack", "credits": "125", "on": "2026-11-20"}));
    state(
        json!({"what": "grant", "name": "Hackathon", "credits": "80", "on": "2026-11-02", "ends_on": "2026-12-01"}),
    );
    desk.usage(&[("2026-11-10T09:00:00Z", "980.00"), ("2026-11-18T09:00:00Z", "352.75")]);
    states.insert("stated", answers(&desk, Some(account)));

    let desk = Desk::at("2026-10-31T23:48:00Z");
    let late =
        desk.facts(r#"{"plan": "pro", "first_paid_on": "2026-06-02", "country": "US", "price_list": null}"#);
    desk.usage(&[("2026-10-15T10:00:00Z", "960.00")]);
    states.insert("month-end", answers(&desk, Some(late)));

    let desk = Desk::at(now);
    let new = desk.facts(r#"{"plan": "free", "country": "US", "price_list": null}"#);
    desk.usage(&[("2026-11-10T09:00:00Z", "31.00")]);
    states.insert("free", answers(&desk, Some(new)));

    let desk = Desk::at(now);
    let older = desk.facts_of_an_older_version();
    desk.usage(&[
        ("2026-08-10T09:00:00Z", "980.00"),
        ("2026-08-18T09:00:00Z", "152.75"),
        ("2026-11-05T09:00:00Z", "200"),
    ]);
    states.insert("repriced", answers(&desk, Some(older)));
}

/// Kiro's own figures: fresh, with usage from elsewhere; then outdated, after a fault.
fn quoted(now: &str, states: &mut BTreeMap<&'static str, Value>) {
    let scenario = json!({"account": "kiro-individual", "events": [
        {"at": "2026-08-01T00:00:00Z", "type": "sign_up", "trial": false},
        {"at": "2026-08-15T09:00:00Z", "type": "change_plan", "plan": "pro"},
        {"at": "2026-11-04T10:00:00Z", "type": "usage", "credits": "612.40"}]});
    let emulator = Emulator::of(scenario, now, 0);
    let desk = Desk::at(now).with_kiro(emulator.address(), "made-up", "2026-11-22T00:00:00Z");
    let live = desk.facts(
        r#"{"plan": "pro", "first_paid_on": "2026-08-15", "country": "US", "overage_enabled": false}"#,
    );
    desk.usage(&[("2026-11-10T09:00:00Z", "240.00"), ("2026-11-19T09:00:00Z", "358.11")]);
    desk.headroom.choose(&Choice::Ask { vendor: Vendor::Kiro, agreed: true }).expect("agreed");
    desk.headroom.refresh(live, false, false).expect("a refresh");
    states.insert("live", answers(&desk, Some(live)));
    desk.headroom.request_overage(live, true).expect("asked");
    states.insert("requested", answers(&desk, Some(live)));
    emulator.fail(Some(Fault::Refuse));
    let desk = desk.later("2026-11-21T11:40:00Z");
    desk.headroom.refresh(live, false, false).expect("a failure is no error");
    states.insert("offline", answers(&desk, Some(live)));
    emulator.fail(Some(Fault::Unauthorized));
    let desk = desk.later("2026-11-21T13:40:00Z");
    desk.headroom.refresh(live, false, false).expect("a failure is no error");
    states.insert("outdated", answers(&desk, Some(live)));
}

#[test]
fn the_windows_fixtures_are_the_engines_answers() {
    let now = "2026-11-21T10:30:00Z";
    let mut states = BTreeMap::new();
    beginnings(now, &mut states);
    recorded(now, &mut states);
    quoted(now, &mut states);
    counted(now, &mut states);
    projects(now, &mut states);
    logged_in::states(now, answers, &mut states);
    several_kinds(now, &mut states);
    let generated: BTreeMap<_, _> = states
        .into_iter()
        .map(|(name, state)| {
            let text = serde_json::to_string_pretty(&state).expect("JSON");
            (format!("{name}.json"), format!("{text}\n"))
        })
        .collect();
    same_or_update(&root().join("ui/src/ipc/fixtures"), &generated);
}
