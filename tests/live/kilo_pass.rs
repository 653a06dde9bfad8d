//! A team's Kilo Pass and automatic top-up against the emulator.

use super::NOW;
use super::kilo::{TOKEN, desk, emulator, facts};
use headroom_app::answers::TeamFacts;
use headroom_app::words;
use serde_json::json;
use tools::emulator::Team;

fn with_pass(state: &str) -> Team {
    Team::of_three(NOW).with_pass(state)
}

#[test]
fn kilo_pass_and_top_ups_are_quoted_and_in_the_next_charge() {
    let emulator = emulator(with_pass("active"));
    let (desk, account) = desk(&emulator, TOKEN);
    let stated = TeamFacts { price_list: Some("kilo-2026".to_owned()), tax_percent: None, ..facts(5) };
    desk.headroom.save_team_facts(account, &stated).expect("facts");
    desk.headroom.refresh(account, false, false).expect("a refresh");
    let team = desk.team(account);
    let pass = team.pass.expect("Kilo Pass");
    assert_eq!((pass.name.as_str(), pass.passes, pass.stated), ("Kilo Pass Pro", Some(3), false));
    let month = pass.month.expect("a month");
    assert_eq!((month.unlocked.as_str(), month.bonus.as_str()), ("0.000000", "36.000000"));
    // Five seats are there, three of them are paid: a pass for each paid seat.
    let next = team.next_charge.expect("a charge");
    let lines: Vec<_> =
        next.lines.iter().map(|line| (words::line_title(line), line.amount.as_str())).collect();
    let expected = [("Seats", "54.00"), ("Kilo Pass Pro", "147.00"), ("Service fee", "7.35")];
    assert_eq!(lines, expected.map(|(title, amount)| (title.to_owned(), amount)));
    assert_eq!(next.total, "208.35");
    // 62.50 are left at 8.49 a day: below 50 after a day and eleven hours, and then not again before 5 December.
    let top_up = team.top_up.expect("a top-up");
    assert_eq!(
        (top_up.amount.as_str(), top_up.threshold.as_str(), top_up.stated),
        ("500.00", "50.00", false)
    );
    let automatic = team.burn.expect("a pace").automatic.expect("top-ups");
    assert_eq!((automatic.first_at.as_str(), automatic.more), ("2026-11-22T21:20:00Z", 0));
    assert_eq!((automatic.charge.as_str(), automatic.charges.as_str()), ("525.00", "525.00"));
    let notes: Vec<_> = team.notes.iter().map(words::note).collect();
    assert!(
        notes.iter().any(|note| note.contains("(A20)")) && notes.iter().any(|note| note.contains("(A26)"))
    );
    // Since when there is Kilo Pass is stated by nobody: this cycle's invoice says that it isn't counted.
    let invoices = desk.headroom.invoices(account).expect("invoices");
    let running = &invoices.periods[0];
    assert!(running.at_least && running.notes.iter().any(|note| words::note(note).contains("start date")));
    let since = TeamFacts {
        pass: Some("pro".to_owned()),
        pass_since: Some("2026-08-05".parse().expect("a day")),
        ..stated
    };
    desk.headroom.save_team_facts(account, &since).expect("facts");
    let invoices = desk.headroom.invoices(account).expect("invoices");
    let running = &invoices.periods[0];
    assert_eq!((running.total.as_deref(), running.at_least), (Some("208.35"), false));
    let notes: Vec<_> = invoices.upcoming_notes.iter().map(words::note).collect();
    assert!(notes.iter().any(|note| note.contains("(A20)")), "what comes next rests on it too: {notes:?}");
    assert_eq!(invoices.upcoming.expect("a charge").total, "208.35");
}

#[test]
fn a_pass_that_ends_is_not_in_the_next_charge_and_one_that_cant_be_read_is_not_known() {
    let stated = TeamFacts { price_list: Some("kilo-2026".to_owned()), tax_percent: None, ..facts(3) };
    let next_total = |team: Team| {
        let emulator = emulator(team);
        let (desk, account) = desk(&emulator, TOKEN);
        desk.headroom.save_team_facts(account, &stated).expect("facts");
        desk.headroom.refresh(account, false, false).expect("a refresh");
        let team = desk.team(account);
        (team.next_charge.expect("a charge").total, team.pass.map(|pass| pass.ends))
    };
    assert_eq!(next_total(with_pass("cancel_at_period_end")), ("54.00".to_owned(), Some(true)));
    assert_eq!(next_total(with_pass("ended")), ("90.00".to_owned(), None));
    let mut odd = with_pass("active");
    odd.credits[0]["agreement"]["terms"]["pricePerPassUsd"] = json!("much");
    assert_eq!(next_total(odd), ("90.00".to_owned(), None), "what it costs isn't known, so there is none");
}

#[test]
fn what_is_stated_of_kilo_pass_and_top_ups_is_checked() {
    let emulator = emulator(Team::of_three(NOW));
    let (desk, account) = desk(&emulator, TOKEN);
    let list = |id: &str| TeamFacts { price_list: Some(id.to_owned()), ..facts(2) };
    let pass = |tier: &str, since: Option<&str>| TeamFacts {
        pass: Some(tier.to_owned()),
        pass_since: since.map(|day| day.parse().expect("a day")),
        ..list("kilo-2026")
    };
    for (facts, said) in [
        (TeamFacts { pass: Some("pro".to_owned()), ..list("kilo-2025") }, "this price list has none"),
        (pass("gold", Some("2026-09-05")), "\"gold\" is no tier. Use starter, pro, expert"),
        (pass("pro", None), "enter the day it began"),
        (pass("pro", Some("2026-08-04")), "is not between the first day"),
        (pass("pro", Some("2027-01-01")), "is not between the first day"),
        (TeamFacts { top_up: Some("250".to_owned()), ..list("kilo-2026") }, "is no amount that Kilo offers"),
        (TeamFacts { top_up: Some("500".to_owned()), ..list("kilo-2025") }, "this price list has none"),
    ] {
        let error = desk.headroom.save_team_facts(account, &facts).expect_err("refused");
        let text = words::say(&error.saying);
        assert!(text.contains(said), "{text}");
    }
    let stated = TeamFacts { top_up: Some("500".to_owned()), ..pass("pro", Some("2026-08-05")) };
    desk.headroom.save_team_facts(account, &stated).expect("facts");
    let team = desk.team(account);
    assert_eq!(team.next_charge.expect("a charge").lines.len(), 3);
    assert!(team.pass.expect("Kilo Pass").stated && team.top_up.expect("a top-up").stated);
    // Two seats at 18 and two passes at 49, and no fee for an exempt team; 10 % tax.
    let exempt = TeamFacts { fee_exempt: true, ..stated };
    desk.headroom.save_team_facts(account, &exempt).expect("facts");
    assert_eq!(desk.team(account).next_charge.expect("a charge").total, "147.40");
}

/// Found in November 2026: of a pass that is blocked, or whose cost isn't told, the next charge was the seats alone, and whole.
#[test]
fn what_kilo_pass_may_charge_makes_the_next_charge_the_least() {
    let stated = TeamFacts { price_list: Some("kilo-2026".to_owned()), tax_percent: None, ..facts(3) };
    let mut untold = with_pass("active");
    untold.credits[0]["agreement"] = json!(null);
    for (team, is_least) in [
        (with_pass("blocked"), true),
        (with_pass("failed"), true),
        (untold, true),
        (with_pass("ended"), false),
        (with_pass("pending_payment"), false),
        (Team::of_three(NOW), false),
    ] {
        let about = team.credits[0].to_string();
        let emulator = emulator(team);
        let (desk, account) = desk(&emulator, TOKEN);
        desk.headroom.save_team_facts(account, &stated).expect("facts");
        desk.headroom.refresh(account, false, false).expect("a refresh");
        let view = desk.team(account);
        let next = view.next_charge.expect("a charge");
        assert_eq!((next.total.as_str(), next.at_least), ("90.00", is_least), "{about}");
        // The first sentence said "$90.00" where it is at least that.
        let reasons: Vec<_> = view.verdict.reasons.iter().map(words::say).collect();
        let least = if is_least { "at least " } else { "" };
        // It isn't the next charge where credits are bought by themselves before.
        let bought = view.auto_top_up == Some(true);
        let (next, beside) =
            if bought { ("Next renewal", ", without automatic top-ups") } else { ("Next charge", "") };
        let charged = format!("{next}: {least}$90.00 on 5 December{beside}.");
        assert!(reasons.contains(&charged), "{about}: {charged}: {reasons:?}");
        let upcoming = desk.headroom.invoices(account).expect("invoices").upcoming.expect("a charge");
        assert_eq!((upcoming.total.as_str(), upcoming.at_least), ("90.00", is_least), "{about}");
        let said = if is_least { "at least $90.00 on" } else { "  $90.00 on" };
        let status = desk.run(&["status"]).output;
        assert!(status.contains(said), "{about}: {status}");
        // And why, wherever it stands.
        let why = "Kilo doesn't say whether the team's Kilo Pass is charged";
        for output in [status, desk.run(&["invoices"]).output] {
            assert_eq!(output.contains(why), is_least, "{about}: {output}");
        }
        // What is stated of it is counted.
        let pass_since = Some("2026-08-05".parse().expect("a day"));
        let with_pass = TeamFacts { pass: Some("pro".to_owned()), pass_since, ..stated.clone() };
        desk.headroom.save_team_facts(account, &with_pass).expect("facts");
        assert!(!desk.team(account).next_charge.expect("a charge").at_least, "{about}");
    }
}
