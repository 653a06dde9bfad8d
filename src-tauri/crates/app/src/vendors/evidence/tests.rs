//! The questions that an answer goes through, in their order, and what each can end with.

use super::*;
use crate::vendors::evidence::age;
use crate::whose::Whose;
use headroom_store::table::accounts::{Account, AccountId};

const AT: &str = "2026-11-21T10:00:00Z";

fn at(text: &str) -> Moment {
    text.parse().expect("a moment")
}

fn credits(text: &str) -> Credits {
    Credits::rounded(text.parse().expect("credits"))
}

/// A good answer of a user about a cycle that ends then.
fn says(user: &str, resets_at: Option<&str>) -> LimitsSnapshot {
    LimitsSnapshot {
        used: Some(credits("612.40")),
        allowance: Some(Allowance::Credits(credits("1000"))),
        resets_at: resets_at.map(at),
        user_id: Some(user.to_owned()),
        ..LimitsSnapshot::default()
    }
}

fn worth(limits: &LimitsSnapshot, clock_is_plausible: bool) -> &'static str {
    let account = whose::Account {
        name: "Kiro",
        whose: Whose::User("d-1234567890.ada"),
        stated_plan: None,
        of_others: &[],
        is_the_only_one: true,
        known: None,
    };
    match weigh(&account, Given { limits, at: at(AT), clock_is_plausible }) {
        Worth::Leads => "leads",
        Worth::LastWord(_) => "last word",
        Worth::Ahead(_) => "ahead",
        Worth::NotOurs(_) => "not ours",
        Worth::Odd(_) => "odd",
    }
}

const RUNNING: Option<&str> = Some("2026-12-01T00:00:00Z");
const ENDED: Option<&str> = Some("2026-11-21T10:00:00Z");
const AHEAD: Option<&str> = Some("2027-01-01T00:00:00Z");
const FAR: Option<&str> = Some("2126-12-01T00:00:00Z");

#[test]
fn whose_comes_before_which_cycle_and_what_can_not_be_before_both() {
    let odd = |limits: LimitsSnapshot| LimitsSnapshot { overage: Some(credits("700")), ..limits };
    for (limits, plausible, expected) in [
        (says("ada", RUNNING), true, "leads"),
        (says("ada", ENDED), true, "last word"),
        (says("ada", AHEAD), true, "ahead"),
        // A reset that can't be read: the cycle of the moment, if the clock can be right.
        (says("ada", FAR), true, "leads"),
        (says("ada", None), true, "leads"),
        (says("ada", FAR), false, "odd"),
        (says("ada", None), false, "odd"),
        (odd(says("ada", RUNNING)), true, "odd"),
        (odd(says("ada", ENDED)), true, "odd"),
        (says("bob", RUNNING), true, "not ours"),
        (says("bob", ENDED), true, "not ours"),
        (odd(says("bob", RUNNING)), false, "not ours"),
    ] {
        assert_eq!(worth(&limits, plausible), expected, "{limits:?}");
    }
}

#[test]
fn more_used_than_the_limit_is_not_odd_and_more_overage_than_used_is() {
    let of = |used: &str, overage: Option<&str>, allowance| LimitsSnapshot {
        used: Some(credits(used)),
        overage: overage.map(credits),
        allowance,
        ..says("ada", RUNNING)
    };
    let limit = |text: &str| Some(Allowance::Credits(credits(text)));
    for (limits, expected) in [
        (of("59", Some("9"), limit("50")), "leads"),
        (of("1001.40", Some("0"), limit("1000")), "leads"),
        (of("0", Some("0"), limit("0")), "leads"),
        (of("12", None, Some(Allowance::NoLimit)), "leads"),
        (of("1000000000", None, Some(Allowance::NoLimit)), "leads"),
        (of("1000000000.01", None, Some(Allowance::NoLimit)), "odd"),
        (of("12", None, limit("1000000000.01")), "odd"),
        (of("12", Some("12.01"), limit("50")), "odd"),
        (of("12", None, None), "odd"),
        (LimitsSnapshot { used: None, ..says("ada", RUNNING) }, "odd"),
        (LimitsSnapshot { doubts: vec![Doubt::NoCredits], ..says("ada", RUNNING) }, "odd"),
    ] {
        assert_eq!(worth(&limits, true), expected, "{limits:?}");
    }
}

#[test]
fn figures_are_too_old_after_a_day_and_say_how_newer_ones_are_had() {
    let account = Account {
        id: AccountId(7),
        kind: String::new(),
        name: "Work".to_owned(),
        sample: false,
        hidden: false,
        same_as: None,
    };
    for (figures, asked, expected) in [
        ("2026-11-21T09:59:59Z", true, None),
        ("2026-11-20T10:00:00Z", true, None),
        ("2026-11-20T09:59:59Z", true, Some("too-old-quoted")),
        ("2026-11-20T09:59:59Z", false, Some("too-old-read")),
        ("2026-11-10T10:00:00Z", true, Some("too-old-quoted")),
        // Said by a clock that was ahead.
        ("2026-12-10T10:00:00Z", true, None),
    ] {
        let said = age::too_old(&account, at(figures), asked, at(AT));
        assert_eq!(said.as_ref().map(Saying::code), expected, "{figures}");
    }
}
