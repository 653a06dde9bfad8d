//! Whom an organisation is told to move to another tier, and whose requests pause: as far as its reports tell.

use acceptance::Desk;
use headroom_app::answers::{AccountNumber, ImportKind, Kind};
use std::fmt::Write as _;

const NOW: &str = "2026-11-21T10:30:00Z";
const REPORT: &str = "Date,UserId,Client_Type,Credits_Used,Overage_Cap,Overage_Credits_Used,Overage_Enabled,ProfileId,Subscription_Tier,Usage_Limit\n";

/// An organisation with that report.
fn organisation(report: &str) -> (Desk, AccountNumber) {
    let desk = Desk::at(NOW);
    let account = desk.headroom.add_account(Kind::KiroEnterprise, None).expect("added").id;
    let file = desk.home().join("r.csv");
    std::fs::write(&file, report).expect("written");
    desk.import(ImportKind::KiroActivity, Some(&file)).expect("imported");
    (desk, account)
}

/// Found in November 2026: by reports that began on the 14th somebody was told that a smaller tier would do, as if nothing had been
/// used before.
#[test]
fn by_reports_that_begin_late_in_the_month_nobodys_tier_is_too_large() {
    // August began on a Saturday.
    for (month, first, is_told) in
        [("2026-09", 1, true), ("2026-09", 14, false), ("2026-08", 3, true), ("2026-08", 4, false)]
    {
        let rows = (first..=28).fold(REPORT.to_owned(), |mut rows, day| {
            _ = writeln!(rows, "{month}-{day:02},ann,IDE,10,,,false,p/A,POWER,");
            rows
        });
        let (desk, account) = organisation(&rows);
        let view = desk.organisation(account);
        let told: Vec<_> = view.users.iter().map(|user| user.cheaper_tier.as_deref()).collect();
        assert_eq!(told, [is_told.then_some("Pro")], "{month}-{first}");
        let verdict = serde_json::to_string(&view.verdict).expect("JSON");
        let code = if is_told { "verdict-tiers-too-large" } else { "verdict-tiers-fit-as-known" };
        assert!(verdict.contains(&format!("\"{code}\"")), "{month}-{first}: {verdict}");
    }
}

/// Found in November 2026: by two days that were imported of a month somebody was told that a smaller tier would do, as if nothing
/// had been used on the others.
#[test]
fn by_too_few_days_nobodys_tier_is_too_large() {
    let every = |_: u32| true;
    let not_on_a_holiday = |day: u32| day != 7;
    let some = |day: u32| matches!(day, 1 | 2 | 28);
    let not_of_a_week = |day: u32| !(7..=14).contains(&day);
    for (until, is_reported, said) in [
        (28, &every as &dyn Fn(u32) -> bool, "verdict-tiers-too-large"),
        (28, &not_on_a_holiday, "verdict-tiers-too-large"),
        (28, &some, "verdict-tiers-fit-as-known"),
        (28, &not_of_a_week, "verdict-tiers-fit-as-known"),
        (3, &every, "verdict-tiers-fit-as-known"),
        (7, &every, "verdict-tiers-too-large"),
    ] {
        let rows = (1..=until).filter(|day| is_reported(*day)).fold(REPORT.to_owned(), |mut rows, day| {
            _ = writeln!(rows, "2026-09-{day:02},ann,IDE,10,,,false,p/A,POWER,");
            rows
        });
        let (desk, account) = organisation(&rows);
        let view = desk.organisation(account);
        let is_told = view.users[0].cheaper_tier.is_some();
        assert_eq!(is_told, said == "verdict-tiers-too-large", "{rows}");
        let verdict = serde_json::to_string(&view.verdict).expect("JSON");
        assert!(verdict.contains(&format!("\"{said}\"")), "{rows}: {verdict}");
    }
    // While the month runs it is too early.
    let rows = (2..=4).fold(REPORT.to_owned(), |mut rows, day| {
        _ = writeln!(rows, "2026-11-{day:02},ann,IDE,10,,,false,p/A,POWER,");
        rows
    });
    let (desk, account) = organisation(&rows);
    let verdict = serde_json::to_string(&desk.organisation(account).verdict).expect("JSON");
    assert!(verdict.contains("\"verdict-tiers-early\""), "{verdict}");
}

/// Found in November 2026: whose overage is off, or has a cap, was told that a larger tier would save what isn't charged, and whose
/// overage is off that a smaller one would do on which their requests pause.
#[test]
fn a_tier_is_cheaper_by_what_the_reports_say_happens_beyond_it() {
    for (tier, a_day, reported, is_told) in [
        // Of 28 days of September: 3,000 by its end.
        ("PRO", "100", "true,10000,", Some("Pro+")),
        ("PRO", "100", "true,500,", None),
        ("PRO", "100", "false,0,", None),
        ("PRO", "100", ",,", None),
        // 1,200 by its end.
        ("PRO_PLUS", "40", "true,10000,", Some("Pro")),
        ("PRO_PLUS", "40", "false,0,", None),
        // An administrator lets them use so much.
        ("POWER", "100", "true,10000,900", Some("Pro")),
        ("PRO", "100", "true,10000,3000", None),
    ] {
        let columns = "Date,UserId,Client_Type,Credits_Used,ProfileId,Subscription_Tier,Overage_Enabled,Overage_Cap,Usage_Limit\n";
        let rows = (1..=28).fold(columns.to_owned(), |mut rows, day| {
            _ = writeln!(rows, "2026-09-{day:02},ann,IDE,{a_day},p/A,{tier},{reported}");
            rows
        });
        let (desk, account) = organisation(&rows);
        let view = desk.organisation(account);
        let told: Vec<_> = view.users.iter().map(|user| user.cheaper_tier.as_deref()).collect();
        assert_eq!(told, [is_told], "{a_day} on {tier}, {reported}");
    }
}

/// Found in November 2026: "everybody is on the cheapest tier for what they use" was said where people's requests paused.
#[test]
fn whose_requests_pause_comes_before_that_every_tier_fits() {
    for (month, a_day, reported, judgement, said) in [
        // 1,000 by the 20th.
        ("2026-11", "50", "false,", "bad", "verdict-people-pause"),
        // 700 by the 20th.
        ("2026-11", "35", "false,", "warn", "verdict-people-will-pause"),
        ("2026-11", "20", "false,", "good", "verdict-tiers-fit"),
        // On Pro with overage up to 100 credits and up to more.
        ("2026-11", "55", "true,100", "bad", "verdict-people-pause"),
        ("2026-11", "51", "true,100", "good", "verdict-tiers-fit"),
        // Nobody says whether they pause.
        ("2026-11", "50", ",", "unknown", "verdict-tiers-fit-as-known"),
        ("2026-11", "20", ",", "good", "verdict-tiers-fit"),
        ("2026-09", "50", "false,", "good", "verdict-tiers-fit"),
    ] {
        let columns =
            "Date,UserId,Client_Type,Credits_Used,ProfileId,Subscription_Tier,Overage_Enabled,Overage_Cap\n";
        let rows = (1..=20).fold(columns.to_owned(), |mut rows, day| {
            _ = writeln!(rows, "{month}-{day:02},ann,IDE,{a_day},p/A,PRO,{reported}");
            rows
        });
        let (desk, account) = organisation(&rows);
        let verdict = serde_json::to_value(&desk.organisation(account).verdict).expect("JSON");
        let told = (&verdict["judgement"], &verdict["sentence"]["code"]);
        assert_eq!(told, (&judgement.into(), &said.into()), "{month}, {a_day} a day, {reported}: {verdict}");
        let paused = verdict.to_string().contains("verdict-people-paused");
        assert_eq!(paused, month == "2026-09", "{verdict}");
    }
}

/// Found in November 2026: of a month that had ended, who would have run out at the pace of its reports was said to have.
#[test]
fn of_a_month_that_has_ended_nobody_pauses_who_had_not_by_its_last_report() {
    let rows = (1..=20).fold(REPORT.to_owned(), |mut rows, day| {
        _ = writeln!(rows, "2026-09-{day:02},ann,IDE,35,,,false,p/A,PRO,");
        _ = writeln!(rows, "2026-09-{day:02},bob,IDE,1,,,false,p/A,POWER,");
        rows
    });
    let (desk, account) = organisation(&rows);
    let view = desk.organisation(account);
    assert_eq!(view.saves.as_deref(), Some("180.00"), "somebody can be moved");
    let verdict = serde_json::to_string(&view.verdict).expect("JSON");
    assert!(!verdict.contains("paused"), "{verdict}");
}

/// Found in November 2026: what was saved at least by the first sentence was saved in all by what stood beside it.
#[test]
fn what_other_tiers_save_is_at_least_that_wherever_it_stands() {
    for (is_on, days, at_least) in [
        ("true", 1, false),
        // Nobody says whether what bob uses beyond the tier is charged; days are missing.
        ("", 1, true),
        ("true", 2, true),
    ] {
        let rows = (1..=30).step_by(days).fold(REPORT.to_owned(), |mut rows, day| {
            _ = writeln!(rows, "2026-09-{day:02},ann,IDE,160,10000,,true,p/A,PRO,");
            _ = writeln!(rows, "2026-09-{day:02},bob,IDE,160,,,{is_on},p/A,PRO_PLUS,");
            rows
        });
        let (desk, account) = organisation(&rows);
        let view = desk.organisation(account);
        assert_eq!((view.saves.is_some(), view.saves_at_least), (true, at_least), "{rows}");
        let (verdict, why) = (format!("{:?}", view.verdict), format!("{:?}", view.why.saves));
        assert_eq!(verdict.contains("at-least"), at_least, "{verdict}");
        assert_eq!(why.contains("at-least"), at_least, "{why}");
        let status = desk.run(&["status"]).output;
        let row = status.lines().find(|line| line.contains("Cheaper")).expect("a row");
        assert_eq!(row.contains("at least"), at_least, "{status}");
    }
}
