//! Whose an answer is, rule by rule, in every form in which logins and answers say it.

use super::*;
use headroom_exact::Credits;
use headroom_sources::observation::Allowance;

const AT: &str = "2026-11-21T10:00:00Z";

fn at(text: &str) -> Moment {
    text.parse().expect("a moment")
}

fn credits(text: &str) -> Credits {
    Credits::rounded(text.parse().expect("credits"))
}

/// What Kiro says of a user, their plan and what they used.
fn says(user: Option<&str>, plan: &str, count: &str) -> LimitsSnapshot {
    LimitsSnapshot {
        plan_title: (!plan.is_empty()).then(|| plan.to_owned()),
        used: Some(credits(count)),
        allowance: Some(Allowance::Credits(credits("1000.00"))),
        resets_at: Some(at("2026-12-01T00:00:00Z")),
        user_id: user.map(str::to_owned),
        ..LimitsSnapshot::default()
    }
}

fn account<'a>(identity: Option<&'a str>, stated_plan: Option<&'a str>) -> Account<'a> {
    Account {
        name: "Kiro",
        whose: Whose::of(identity),
        stated_plan,
        of_others: &[],
        is_the_only_one: true,
        known: None,
    }
}

fn picked(account: &Account<'_>, logins: &[LimitsSnapshot]) -> Pick {
    let places = ["ide", "cli", "cli#2", "cli#3"];
    let candidates: Vec<_> =
        places.iter().zip(logins).map(|(place, limits)| Candidate { place, limits }).collect();
    pick(account, &candidates)
}

const ARN: &str = "arn:aws:codewhisperer:us-east-1:111122223333:profile/ABC";

#[test]
fn one_login_is_the_accounts_whatever_its_plan() {
    for (identity, plan) in [(None, None), (None, Some("power")), (Some(ARN), Some("free"))] {
        let account = account(identity, plan);
        for user in [None, Some("ada")] {
            assert_eq!(picked(&account, &[says(user, "KIRO PRO", "1.00")]), Pick::One(0));
        }
    }
}

#[test]
fn the_known_users_login_leads_wherever_it_lies_and_however_the_id_is_written() {
    let logins = [
        says(Some("d-1234567890.bob"), "KIRO PRO", "1.00"),
        says(Some("d-1234567890.ada"), "KIRO FREE", "2.00"),
    ];
    for identity in ["d-1234567890.ada", "ada", "arn:aws:identitystore:::user/ada"] {
        // Also where the plan that was stated is the other's.
        assert_eq!(picked(&account(Some(identity), Some("pro")), &logins), Pick::One(1), "{identity}");
    }
    assert_eq!(picked(&account(Some("eve"), Some("pro")), &logins), Pick::None);
    // One that names nobody can be hers, two that say different things can't both be.
    let nobodys = [says(Some("bob"), "KIRO PRO", "1.00"), says(None, "KIRO PRO", "2.00")];
    assert_eq!(picked(&account(Some("ada"), None), &nobodys), Pick::One(1));
    let two = [says(None, "KIRO PRO", "1.00"), says(None, "KIRO PRO", "2.00")];
    assert_eq!(picked(&account(Some("ada"), None), &two), Pick::Several(vec![0, 1]));
}

#[test]
fn while_no_user_is_known_the_plan_that_was_stated_tells() {
    let both = |one: &str, other: &str| [says(Some("ada"), one, "1.00"), says(Some("bob"), other, "2.00")];
    for (stated, one, other, expected) in [
        (Some("pro-plus"), "KIRO FREE", "KIRO PRO+", Pick::One(1)),
        (Some("pro-plus"), "Kiro Pro Plus", "KIRO PRO", Pick::One(0)),
        (Some("pro-max"), "KIRO PRO+", "kiro pro max", Pick::One(1)),
        (Some("free"), "KIRO FREE", "KIRO PRO", Pick::One(0)),
        (Some("pro"), "KIRO PRO", "KIRO PRO", Pick::Several(vec![0, 1])),
        (Some("pro"), "KIRO FREE", "KIRO POWER", Pick::Several(vec![0, 1])),
        (Some("pro"), "KIRO STUDENT", "", Pick::Several(vec![0, 1])),
        (Some("pro"), "", "KIRO PRO", Pick::One(1)),
        (None, "KIRO FREE", "KIRO PRO", Pick::Several(vec![0, 1])),
    ] {
        for identity in [None, Some(ARN)] {
            let account = account(identity, stated);
            assert_eq!(picked(&account, &both(one, other)), expected, "{stated:?} of {one}, {other}");
        }
    }
}

#[test]
fn two_logins_of_one_account_are_one() {
    let pro = |user| says(user, "KIRO PRO", "5.00");
    for logins in [
        [pro(Some("d-1234567890.ada")), pro(Some("ada"))],
        [pro(None), pro(None)],
        [pro(Some("ada")), pro(None)],
    ] {
        assert_eq!(picked(&account(None, None), &logins), Pick::One(0), "{logins:?}");
    }
    assert_eq!(
        picked(&account(None, None), &[pro(None), pro(Some("ada"))]),
        Pick::One(1),
        "the one that says it"
    );
    let three = [pro(Some("ada")), pro(Some("bob")), pro(Some("d-1234567890.ada"))];
    assert_eq!(picked(&account(None, None), &three), Pick::Several(vec![0, 1]));
}

#[test]
fn what_is_another_accounts_is_left_to_it() {
    let others = [OtherUser { user: "d-1234567890.ada".to_owned(), account: "Work".to_owned() }];
    let second = |stated| Account { of_others: &others, is_the_only_one: false, ..account(None, stated) };
    let logins = [says(Some("ada"), "KIRO PRO", "1.00"), says(Some("bob"), "KIRO FREE", "2.00")];
    assert_eq!(picked(&second(Some("pro")), &logins), Pick::One(1));
    assert_eq!(picked(&second(None), &logins[..1]), Pick::None, "one user's answer leads one account");
    let nobodys = [says(Some("ada"), "KIRO PRO", "1.00"), says(None, "KIRO PRO", "2.00")];
    assert_eq!(picked(&second(None), &nobodys), Pick::One(1));
    // Wherever it was said, and whatever login was chosen while nobody was known.
    for identity in [None, Some("login:ide"), Some("ada")] {
        let second = Account { of_others: &others, is_the_only_one: false, ..account(identity, None) };
        let why = second.not_ours(&logins[0], at(AT)).expect("it is the other's");
        assert_eq!(why.code(), "login-of-account", "{identity:?}");
        assert_eq!(second.not_ours(&logins[1], at(AT)).is_some(), identity == Some("ada"), "{identity:?}");
    }
}

#[test]
fn a_login_that_was_chosen_leads_whoever_is_signed_in_there() {
    let logins = [says(None, "KIRO PRO", "1.00"), says(None, "KIRO PRO", "2.00")];
    assert_eq!(picked(&account(Some("login:cli"), Some("free")), &logins), Pick::One(1));
    assert_eq!(picked(&account(Some("login:elsewhere"), None), &logins), Pick::None);
}

/// What led before: that many credits, said then, of the month that ends then.
fn known(used: &str, said_at: &str) -> Quoted {
    let limits = LimitsSnapshot {
        resets_at: Some(Month::of(at(said_at)).plus(1).start()),
        ..says(None, "KIRO PRO", used)
    };
    Quoted::of((at(said_at), limits))
}

#[test]
fn a_count_that_fell_is_somebody_elses_unless_it_says_whose_it_is() {
    for (user, before, said_at, used, expected) in [
        (None, "612.40", "2026-11-20T10:00:00Z", "400.00", Some("count-fell")),
        (None, "0.02", "2026-11-01T00:00:00Z", "0.01", Some("count-fell")),
        (None, "612.40", "2026-11-20T10:00:00Z", "612.40", None),
        (None, "612.40", "2026-11-20T10:00:00Z", "613.00", None),
        // A new month begins at nothing.
        (None, "990.00", "2026-10-31T23:59:59Z", "3.00", None),
        (Some("ada"), "612.40", "2026-11-20T10:00:00Z", "400.00", None),
    ] {
        let before = known(before, said_at);
        let account = Account { known: Some(&before), ..account(None, None) };
        let why = account.not_ours(&says(user, "KIRO PRO", used), at(AT));
        assert_eq!(why.as_ref().map(Saying::code), expected, "{user:?} {used} after {before:?}");
    }
}

#[test]
fn an_answer_of_another_user_or_of_nobody_in_particular_is_not_taken() {
    let several = Account { is_the_only_one: false, ..account(Some("ada"), None) };
    let why = |account: &Account<'_>, user| {
        account.not_ours(&says(user, "KIRO PRO", "1.00"), at(AT)).map(|why| why.code().to_owned())
    };
    assert_eq!(why(&several, Some("d-1234567890.ada")), None);
    assert_eq!(why(&several, Some("bob")).as_deref(), Some("another-login"));
    assert_eq!(why(&several, None).as_deref(), Some("names-nobody"));
    assert_eq!(why(&account(Some("ada"), None), None), None);
    assert_eq!(why(&account(Some(ARN), None), Some("bob")), None, "a profile is nobody");
}
