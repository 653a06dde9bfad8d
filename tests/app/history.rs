//! What was recorded and how each of it is taken back, what all accounts are charged next, and how large the window is.

use acceptance::Desk;
use headroom_app::answers::{
    AccountNumber, Choice, Detail, FactsChange, HistoryEntry, HistorySays, Kind, RecordNumber,
};

const NOW: &str = "2026-11-21T10:30:00Z";
/// By a list with overage, whose switch can be turned.
const PRO: &str = r#"{"plan": "pro", "first_paid_on": "2026-09-15", "country": "US", "overage_enabled": false,
    "price_list": "kiro-2025-12"}"#;

fn history(desk: &Desk, account: AccountNumber) -> Vec<HistoryEntry> {
    desk.headroom.history(account).expect("what was recorded")
}

fn undone(desk: &Desk, account: AccountNumber, record: Option<RecordNumber>) -> RecordNumber {
    desk.headroom.undo_record(account, record.expect("it can be taken back")).expect("taken back").record
}

fn plan(desk: &Desk, account: AccountNumber) -> String {
    desk.headroom.overview(account).expect("an overview").plan
}

#[test]
fn what_was_recorded_is_told_newest_first_and_each_is_taken_back_and_restored() {
    let desk = Desk::at(NOW);
    let account = desk.facts(PRO);
    let turned = desk.headroom.set_overage(account, true).expect("turned").expect("recorded");
    assert_eq!(
        desk.headroom.set_overage(account, true).expect("it is on"),
        None,
        "nothing is recorded twice"
    );
    let changed = desk.headroom.change_plan(account, "pro-plus").expect("changed");
    let tax: FactsChange = serde_json::from_str(r#"{"tax_percent": "8.25"}"#).expect("facts");
    desk.headroom.save_facts(Some(account), &tax).expect("saved");

    let entries = history(&desk, account);
    assert_eq!(entries.len(), 4);
    assert!(entries.iter().all(|entry| entry.counts));
    let HistorySays::Details { changes } = &entries[0].says else { panic!("{entries:?}") };
    assert_eq!(changes.iter().map(|change| change.detail).collect::<Vec<_>>(), [Detail::Tax], "and no other");
    assert_eq!(entries[1].says, HistorySays::PlanChange { plan: "Pro+".to_owned() });
    assert_eq!((entries[1].record, entries[1].undo), (changed.record, Some(changed.record)));
    assert_eq!(entries[2].says, HistorySays::OverageSwitch { on: true });
    assert_eq!(entries[2].undo, Some(turned.record));
    let HistorySays::Details { changes } = &entries[3].says else { panic!("{entries:?}") };
    assert!(changes.iter().any(|change| change.detail == Detail::FirstPaid), "{changes:?}");

    assert_eq!(plan(&desk, account), "Pro+");
    undone(&desk, account, entries[1].undo);
    assert_eq!(plan(&desk, account), "Pro");
    let entries = history(&desk, account);
    assert!(!entries[1].counts && entries.len() == 4, "taking back is no entry of its own: {entries:?}");
    assert_ne!(entries[1].undo, Some(changed.record), "what took it back is what is taken back now");
    undone(&desk, account, entries[1].undo);
    assert_eq!(plan(&desk, account), "Pro+");
    // And again: it always turns around.
    let again = history(&desk, account);
    assert!(again[1].counts);
    undone(&desk, account, again[1].undo);
    assert_eq!(plan(&desk, account), "Pro");
}

#[test]
fn details_without_which_nothing_could_be_computed_stay() {
    let desk = Desk::at(NOW);
    let account = desk.facts(PRO);
    assert_eq!(history(&desk, account)[0].undo, None);
    let country: FactsChange = serde_json::from_str(r#"{"country": "JP"}"#).expect("facts");
    desk.headroom.save_facts(Some(account), &country).expect("saved");
    let entries = history(&desk, account);
    assert!(entries.iter().all(|entry| entry.undo.is_some()), "of two either can go: {entries:?}");
    undone(&desk, account, entries[0].undo);
    let entries = history(&desk, account);
    assert_eq!((entries[0].counts, entries[1].undo), (false, None));
}

#[test]
fn an_account_that_was_removed_is_told_for_an_hour_and_the_samples_are_not() {
    let desk = Desk::at(NOW);
    let account = desk.facts(PRO);
    let sample = desk.headroom.open_sample(Kind::KiroIndividual).expect("a sample").id;
    desk.headroom.remove_account(account).expect("removed");
    desk.headroom.remove_account(sample).expect("removed");
    let removed = desk.headroom.start(None).expect("it starts").removed;
    let told: Vec<_> = removed.iter().map(|of| (of.id, of.billing, of.until.as_str())).collect();
    assert_eq!(told, [(account, Kind::KiroIndividual, "2026-11-21T11:30:00Z")]);
    desk.wait_until("2026-11-21T11:30:00Z");
    assert_eq!(desk.headroom.start(None).expect("it starts").removed, []);
}

#[test]
fn what_all_accounts_are_charged_next_is_at_least_what_is_known() {
    let desk = Desk::at(NOW);
    let first = desk.facts(PRO);
    let sample = desk.headroom.open_sample(Kind::KiroIndividual).expect("a sample").id;
    let charged = desk.headroom.charged_next().expect("charged");
    assert_eq!((charged.total.as_deref(), charged.at_least, charged.made_up), (Some("20.00"), false, false));
    assert_eq!(charged.accounts.iter().map(|of| of.account).collect::<Vec<_>>(), [first, sample]);
    assert_eq!(charged.accounts[0].at.as_deref(), Some("2026-12-01T00:00:00Z"));

    // Of a team nothing is known: the sum is the least it can be.
    let team = desk.headroom.add_account(Kind::KiloTeams, None).expect("added").id;
    let charged = desk.headroom.charged_next().expect("charged");
    assert_eq!((charged.total.as_deref(), charged.at_least), (Some("20.00"), true));
    let of_team = charged.accounts.iter().find(|of| of.account == team).expect("the team");
    assert_eq!((of_team.amount.as_deref(), of_team.at.as_deref()), (None, None), "unknown is not nothing");

    // What is hidden isn't shown, and what isn't shown isn't summed.
    desk.headroom.hide_account(team, true).expect("hidden");
    assert!(!desk.headroom.charged_next().expect("charged").at_least);
    desk.headroom.hide_account(first, true).expect("hidden");
    let charged = desk.headroom.charged_next().expect("charged");
    assert!(charged.made_up && charged.total.is_some(), "the sample is all there is: {charged:?}");
}

#[test]
fn free_is_charged_nothing_and_that_is_known() {
    let desk = Desk::at(NOW);
    desk.facts(r#"{"plan": "free", "country": "US"}"#);
    let charged = desk.headroom.charged_next().expect("charged");
    assert_eq!((charged.total.as_deref(), charged.at_least), (Some("0.00"), false));
    assert_eq!(charged.accounts[0].at, None);
}

#[test]
fn the_size_is_kept_within_its_bounds() {
    let desk = Desk::at(NOW);
    let size = |desk: &Desk| desk.headroom.start(None).expect("it starts").settings.zoom;
    assert_eq!(size(&desk), 100);
    desk.headroom.choose(&Choice::Zoom(150)).expect("chosen");
    let desk = desk.later("2026-11-21T10:31:00Z");
    assert_eq!(size(&desk), 150);
    for wrong in [79, 201, 0] {
        let refused = desk.headroom.choose(&Choice::Zoom(wrong)).expect_err("no such size");
        assert_eq!(refused.saying.code(), "zoom-wrong");
    }
    assert_eq!(size(&desk), 150);
}
