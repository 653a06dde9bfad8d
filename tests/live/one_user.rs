//! One user's answer leads one account.

use super::whose::{left, of_plan, refreshed, says, with_two};
use headroom_app::answers::Kind;

/// Reported in November 2026: where there was one login and two accounts, both showed its figures as theirs.
#[test]
fn one_users_answer_leads_one_account_and_the_other_says_whose_it_is() {
    let ada = says(Some("ada"), "KIRO PRO", (300.0, 1000.0));
    for ide in [true, false] {
        let (_emulator, desk) = with_two(&ada, &ada);
        let first = of_plan(&desk, "pro");
        assert_eq!(refreshed(&desk, first).1.left.as_deref(), Some("700.00"));
        let second = desk.headroom.add_account(Kind::KiroIndividual, Some("Private")).expect("added").id;
        if ide {
            let facts =
                serde_json::from_str(r#"{"plan": "pro", "first_paid_on": "2026-08-15"}"#).expect("facts");
            desk.headroom.save_facts(Some(second), &facts).expect("stated");
        }
        let refresh = desk.headroom.refresh(second, true, false).expect("a refresh");
        let failure = refresh.failure.expect("it is another account's");
        assert_eq!(failure.code(), "login-of-account");
        assert_eq!(desk.headroom.start(None).expect("a start").doubled, []);
        assert_eq!(left(&desk, first).as_deref(), Some("700.00"));
        if ide {
            assert_eq!(left(&desk, second), None);
        }
        let page = desk.run(&["status"]).output;
        assert!(page.contains("which is Kiro already, and one login is one account"), "{page}");
    }
}
