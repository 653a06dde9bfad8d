//! A team as Kilo's service tells it: whole, in part, and more than any.

use super::*;
use crate::wire::missing::Missing;

const TEAM: &str = r#"{"id":"o-1","name":"Analytical Engines","microdollars_used":137500000,
    "total_microdollars_acquired":"250000000","next_credit_expiration_at":null,"auto_top_up_enabled":false,
    "seat_count":5,"require_seats":true,"plan":"teams","free_trial_end_at":null,"settings":{},
    "members":[{"id":"u-1","name":"Ada","email":"ada@example.com","role":"owner","status":"active",
      "inviteDate":null,"dailyUsageLimitUsd":null,"currentDailyUsageUsd":1.25},
     {"email":"new@example.com","role":"member","status":"invited","dailyUsageLimitUsd":25}]}"#;

fn kept(parts: &[(&str, &str)]) -> String {
    let parts: Vec<_> = parts.iter().map(|(name, json)| format!("\"{name}\":{json}")).collect();
    format!("{{{}}}", parts.join(","))
}

#[test]
fn the_teams_own_books_lead() {
    let body = kept(&[
        ("with_members", TEAM),
        ("seats", r#"{"totalSeats":6,"usedSeats":2}"#),
        (
            "credit_blocks",
            r#"{"creditBlocks":[
            {"id":"b","effective_date":"2026-09-01T00:00:00Z","expiry_date":null,"balance_mUsd":100000000,"amount_mUsd":250000000,"is_free":false},
            {"id":"g","effective_date":"2026-09-01T00:00:00Z","expiry_date":"2026-12-01T00:00:00.000Z","balance_mUsd":12500000,"amount_mUsd":20000000,"is_free":true},
            {"id":"x","expiry_date":null,"balance_mUsd":0,"is_free":true}],"totalBalance_mUsd":112500000}"#,
        ),
        ("balance", r#"{"balance":25.0,"isDepleted":false}"#),
    ]);
    let team = parse(&body).expect("a team");
    assert_eq!(team.balance.map(|balance| balance.to_string()).as_deref(), Some("112.500000"));
    assert_eq!((team.seats, team.seats_taken, team.auto_top_up), (Some(6), Some(2), Some(false)));
    let blocks = team.blocks.expect("blocks");
    assert_eq!(blocks.len(), 2, "what is used up is no block");
    assert_eq!(blocks[1].expires_at.map(|at| at.to_string()).as_deref(), Some("2026-12-01T00:00:00Z"));
    assert!(blocks[1].free);
    let names: Vec<_> = team.members.iter().map(|member| (member.name.as_str(), member.invited)).collect();
    assert_eq!(names, [("Ada", false), ("new@example.com", true)]);
}

#[test]
fn what_is_not_said_is_none_and_never_zero() {
    let team = parse(&kept(&[("with_members", r#"{"name":"T","unheard":[1]}"#)])).expect("a team");
    assert_eq!((team.balance, team.seats, team.seats_taken, team.blocks), (None, None, None, None));
    let body = kept(&[("with_members", r#"{"name":"T"}"#), ("balance", r#"{"balance":-0.25}"#)]);
    let team = parse(&body).expect("a team");
    assert_eq!(team.balance.map(|balance| balance.to_string()).as_deref(), Some("-0.250000"));
    assert!(parse("{}").is_err() && parse(r#"{"with_members":[]}"#).is_err());
}

#[test]
fn what_cant_be_read_takes_down_only_what_it_alone_says() {
    let whole = [
        ("with_members", TEAM),
        ("seats", r#"{"totalSeats":6,"usedSeats":2}"#),
        (
            "credit_blocks",
            r#"{"creditBlocks":[{"id":"b","effective_date":"2026-09-01 00:00:00+00","expiry_date":null,"balance_mUsd":112500000,"amount_mUsd":250000000,"is_free":false}],"totalBalance_mUsd":112500000}"#,
        ),
        ("balance", r#"{"balance":25.0}"#),
    ];
    let good = parse(&kept(&whole)).expect("a team");
    assert_eq!(good.missing, []);
    let with = |index: usize, (from, to): (&str, &str)| {
        let changed = whole[index].1.replacen(from, to, 1);
        assert_ne!(changed, whole[index].1, "{from}");
        let mut parts = whole;
        parts[index].1 = &changed;
        parse(&kept(&parts)).expect("a team")
    };
    let parts = |team: &TeamSnapshot| team.missing.iter().map(|missing| missing.part).collect::<Vec<_>>();

    let seats = with(1, (":2", ":\"many\""));
    assert_eq!((parts(&seats), seats.seats, seats.seats_taken), (vec![TeamPart::Seats], Some(5), None));
    let blocks = with(2, ("null", "\"soon\""));
    assert_eq!((parts(&blocks), &blocks.blocks, &blocks.purchases), (vec![TeamPart::Credits], &None, &None));
    assert_eq!((blocks.balance, blocks.seats), (good.balance, good.seats));
    let books = with(0, ("137500000", "\"much\""));
    assert_eq!((parts(&books), books.balance), (vec![TeamPart::Balance], None), "a member's share is not it");
    let count = with(0, ("\"seat_count\":5", "\"seat_count\":5.5"));
    assert_eq!((parts(&count), count.seats), (vec![TeamPart::Seats], Some(6)));
    let member = with(0, ("\"dailyUsageLimitUsd\":25", "\"dailyUsageLimitUsd\":\"none\""));
    assert_eq!((parts(&member), member.members[1].daily_limit), (vec![TeamPart::Members], None));
    // The service's own balance is looked at where nothing else says it.
    assert_eq!(parts(&with(3, ("25.0", "\"25\""))), []);
    let alone = kept(&[("with_members", r#"{"name":"T"}"#), ("balance", r#"{"balance":"25"}"#)]);
    let alone = parse(&alone).expect("a team");
    assert_eq!((parts(&alone), alone.balance), (vec![TeamPart::Balance], None));
    let in_blocks = with(0, ("\"microdollars_used\":137500000,", ""));
    assert_eq!((parts(&in_blocks), in_blocks.balance), (vec![], good.balance), "what the purchases come to");
}

#[test]
fn more_than_any_team_has_is_refused_and_not_cut() {
    let list = |entry: &str, count: usize| format!("[{}]", vec![entry; count].join(","));
    let refused = |parts: &[(&str, &str)]| parse(&kept(parts)).expect_err("refused").to_string();
    let members = format!(r#"{{"name":"T","members":{}}}"#, list("{}", 10_001));
    assert_eq!(refused(&[("with_members", &members)]), "too-many-entries(most: 10000)");
    let blocks = format!(r#"{{"creditBlocks":{}}}"#, list("{}", 10_001));
    let team = parse(&kept(&[("with_members", r#"{"name":"T"}"#), ("credit_blocks", &blocks)]));
    let team = team.expect("a team whose purchases aren't known");
    let why = unreadable(say!("too-many-entries", most = 10_000_u64));
    let missing = Missing::because(TeamPart::Credits, &why);
    assert_eq!((team.blocks, team.purchases, team.missing), (None, None, vec![missing]));
    let long = "n".repeat(301);
    for team in [
        format!(r#"{{"name":"{long}"}}"#),
        format!(r#"{{"name":"T","plan":"{long}"}}"#),
        format!(r#"{{"name":"T","members":[{{"email":"{long}"}}]}}"#),
    ] {
        assert_eq!(refused(&[("with_members", &team)]), "name-too-long(most: 300)");
    }
    let refused = |body: &str| differs(&parse_profile(body).expect_err("refused")).to_string();
    let teams = format!(r#"{{"organizations":{}}}"#, list(r#"{"id":"o","name":"T"}"#, 201));
    assert_eq!(refused(&teams), "too-many-entries(most: 200)");
    let named = format!(r#"{{"organizations":[{{"id":"o","name":"{long}"}}]}}"#);
    assert_eq!(refused(&named), "name-too-long(most: 300)");
    assert_eq!(parse_profile(r#"{"organizations":null}"#).expect("nobody's"), []);
}

#[test]
fn a_procedures_result_comes_in_two_forms() {
    for body in [r#"{"result":{"data":[1]}}"#, r#"{"result":{"data":{"json":[1],"meta":{}}}}"#] {
        assert_eq!(result::<Vec<u8>>(body).ok(), Some(vec![1]), "{body}");
    }
    assert!(result::<Vec<u8>>(r#"{"error":{"message":"no"}}"#).is_err());
}
