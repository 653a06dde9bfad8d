//! Every form in which Kilo's service tells of a team, and questions that it doesn't answer.

use super::NOW;
use super::kilo::{TOKEN, desk, emulator, facts};
use acceptance::Desk;
use headroom_app::answers::{AccountNumber, ChargedPeriod};
use headroom_app::words;
use tools::emulator::{Fault, Team, Which};

const CREDITS: Which = |line| line.contains("organizations.getCreditBlocks");

/// Credits by purchase as the service passes them on: a gift that ends then, and a purchase of that day.
fn blocks(ends: &str, bought_on: &str) -> String {
    format!(
        r#"{{"result":{{"data":{{"json":{{"creditBlocks":[
        {{"id":"a","effective_date":"2026-11-06 09:30:00.125+00","expiry_date":{ends},"balance_mUsd":12500000,"amount_mUsd":12500000,"is_free":true}},
        {{"id":"c","effective_date":{bought_on},"expiry_date":null,"balance_mUsd":50000000,"amount_mUsd":100000000,"is_free":false}}],
        "totalBalance_mUsd":62500000,"isFirstPurchase":false}}}}}}}}"#
    )
}

/// A desk with a team whose facts are known, whose credits by purchase are told so.
fn told(blocks: &str) -> (Desk, AccountNumber) {
    let emulator = emulator(Team::of_three(NOW));
    let (desk, account) = desk(&emulator, TOKEN);
    desk.headroom.save_team_facts(account, &facts(5)).expect("facts");
    emulator.fail_at(CREDITS, Fault::Says("200 OK", blocks.to_owned().leak()));
    desk.headroom.refresh(account, false, false).expect("a refresh");
    (desk, account)
}

fn running(desk: &Desk, account: AccountNumber) -> ChargedPeriod {
    desk.headroom.invoices(account).expect("invoices").periods.swap_remove(0)
}

/// The peers' sample: a purchase was missing from an invoice, and a gift lasted for ever.
#[test]
fn moments_as_a_database_writes_them_are_in_the_invoice_and_in_what_expires() {
    for (ends, bought_on) in [
        ("\"2026-12-10 00:00:00+00\"", "\"2026-11-07 00:00:00+00\""),
        ("\"2026-12-10T00:00:00.000Z\"", "\"2026-11-07T15:23:45Z\""),
        ("\"2026-12-10 01:00:00.000+01:00\"", "\"2026-11-07 15:23:45.458+0000\""),
        ("\"2026-12-10\"", "\"2026-11-07\""),
        ("1796860800", "1794009600000"),
    ] {
        let (desk, account) = told(&blocks(ends, bought_on));
        let team = desk.team(account);
        assert_eq!((team.refresh.failure, team.balance.as_deref()), (None, Some("62.500000")));
        assert_eq!(team.expiring.len(), 1, "{ends}");
        let expiring = &team.expiring[0];
        assert_eq!((expiring.left.as_str(), expiring.at.as_str()), ("12.500000", "2026-12-10T00:00:00Z"));
        // Five seats at 29 dollars and 100 dollars of credits, with 10 % tax.
        let period = running(&desk, account);
        assert_eq!((period.total.as_deref(), period.at_least), (Some("269.50"), false), "{bought_on}");
        let lines: usize = period.invoices.iter().map(|invoice| invoice.lines.len()).sum();
        assert_eq!(lines, 2, "{bought_on}");
    }
}

#[test]
fn a_moment_that_cant_be_read_is_never_never_and_takes_down_what_was_bought_alone() {
    let good = "\"2026-11-07 00:00:00+00\"";
    for (ends, bought_on, field) in [
        ("\"soon\"", good, "expiry_date"),
        ("\"2026-12-10 00:00:00\"", good, "expiry_date"),
        ("true", good, "expiry_date"),
        (good, "\"yesterday\"", "effective_date"),
        (good, "null", "effective_date"),
    ] {
        let (desk, account) = told(&blocks(ends, bought_on));
        let team = desk.team(account);
        let failure = team.refresh.failure.as_ref().map(words::say).unwrap_or_default();
        assert!(failure.starts_with("Kilo answered in part. Not known: credits by purchase."), "{failure}");
        assert!(failure.contains(field), "{failure}");
        assert_eq!((team.balance.as_deref(), team.expiring.len()), (Some("62.500000"), 0));
        assert_eq!(team.seats.map(|seats| (seats.paid, seats.taken)), Some((5, Some(2))));
        // What the purchases come to isn't known, and isn't nothing.
        let period = running(&desk, account);
        assert!(period.at_least, "{ends} {bought_on}: {:?}", period.total);
    }
}

/// The peers' sample: one of the lesser questions fails, and the rest is shown all the same.
#[test]
fn the_command_line_shows_what_was_answered_and_names_what_was_not() {
    let emulator = emulator(Team::of_three(NOW));
    let desk = Desk::at(NOW).with_kilo(emulator.address(), TOKEN);
    assert_eq!(desk.run(&["accounts", "add", "kilo"]).status, 0);
    emulator.fail_at(
        |line| line.contains("organizations.seats") || line.contains("usageAnalytics"),
        Fault::Says("500 Internal Server Error", r#"{"error":{"json":{"message":"Internal server error"}}}"#),
    );
    let refreshed = desk.run(&["refresh"]);
    assert_eq!(
        refreshed.output,
        format!("Kilo answered for Analytical Engines on {}.\n", words::moment(NOW))
    );
    let missing = "Kilo answered in part. Not known: seats, what was spent. Kilo failed with 500.";
    assert_eq!(refreshed.status, 1);
    assert!(refreshed.errors.contains(missing), "{}", refreshed.errors);
    let status = desk.run(&["status"]);
    for line in ["  Balance       $62.50, from Kilo just now", "  Seats         5 paid", missing] {
        assert!(status.output.contains(line), "{line}\n in\n{}", status.output);
    }
    assert!(!status.output.contains("0 taken"), "{}", status.output);
}

#[test]
fn a_login_of_kilos_that_ended_says_since_when() {
    for expires in ["1794391200000", "1794391200", "1.7943912e12", "\"2026-11-11T10:00:00Z\""] {
        let emulator = emulator(Team::of_three(NOW));
        let (desk, account) = desk(&emulator, TOKEN);
        let login = format!(r#"{{"kilo":{{"type":"oauth","access":"{TOKEN}","expires":{expires}}}}}"#);
        std::fs::write(desk.home().join("auth.json"), login).expect("written");
        let before = emulator.seen().len();
        let refreshed = desk.headroom.refresh(account, true, false).expect("no error");
        let said = refreshed.failure.as_ref().map(words::say).unwrap_or_default();
        let expected = "The login ended at 11 November 2026, 10:00 UTC: open Kilo to sign in again.";
        assert_eq!((said.as_str(), emulator.seen().len()), (expected, before), "{expires}");
    }
}
