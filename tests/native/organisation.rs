//! An organisation as its owner meets it in the window, its reports and its bill imported on the command line.

use super::met::Met;
use chrono::{Days, NaiveDate};
use headroom_app::{Clock, SystemClock};
use headroom_exact::Month;
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

/// A user: name, tier and the credits used in a month.
type User = (&'static str, &'static str, &'static str);

/// A row of a bill: payer, user, plan, its cost, the cost of credits beyond it, and what a discount takes off.
type Billed = (&'static str, &'static str, &'static str, &'static str, &'static str, &'static str);

const ONE: &str = "111111111111";

/// The month so many months ago.
fn month(back: i32) -> Month {
    Month::of(SystemClock.now()).plus(-back)
}

/// What a view calls it.
fn called(month: Month) -> String {
    month.first_date().format("%B %Y").to_string()
}

/// Reports of last month up to a day; what was used was used on its first day.
fn reports(met: &Met, users: &[User], last: NaiveDate) -> PathBuf {
    let mut text =
        "Date,UserId,Client_Type,Credits_Used,Overage_Enabled,ProfileId,Subscription_Tier\n".to_owned();
    let first = month(1).first_date();
    for day in first.iter_days().take_while(|day| *day <= last) {
        for (user, tier, used) in users {
            let used = if day == first { used } else { "0" };
            let profile = "arn:aws:codewhisperer:us-east-1:111122223333:profile/AAAA";
            _ = writeln!(text, "{day},{user},KIRO_IDE,{used},true,{profile},{tier}");
        }
    }
    let path = met.rig.home.join("report.csv");
    fs::write(&path, text).expect("written");
    path
}

/// A bill of the month so many months ago.
fn bill(met: &Met, rows: &[Billed], back: i32) -> PathBuf {
    let month = month(back).start();
    let mut text = "bill_payer_account_id,bill_billing_period_start_date,identity_line_item_id,line_item_usage_account_id,\
        line_item_line_item_type,line_item_product_code,line_item_usage_type,line_item_operation,line_item_resource_id,\
        line_item_usage_amount,pricing_unit,line_item_unblended_cost,line_item_currency_code\n"
        .to_owned();
    for (payer, user, plan, fee, beyond, off) in rows {
        let mut row = |kind, usage, operation, amount, unit, cost| {
            _ = writeln!(
                text,
                "{payer},{month},{kind}-{operation}-{user},{payer},{kind},Kiro,USE1-KiroEnterprise-{usage},{operation},\
                arn:aws:identitystore:::user/{user},{amount},{unit},{cost},USD"
            );
        };
        row("FlatRateSubscription", *plan, "monthly-subscription", "1.0", "User-Month", *fee);
        if *beyond != "0" {
            row("Usage", "Credits", "Credits", "250.0", "Credits", *beyond);
        }
        if *off != "0" {
            row("EdpDiscount", *plan, "monthly-subscription", "1.0", "User-Month", *off);
        }
    }
    let path = met.rig.home.join("bill.csv");
    fs::write(&path, text).expect("written");
    path
}

/// Imports both.
fn imported(met: &Met, users: &[User], last: NaiveDate, billed: &[Billed], back: i32) {
    let (reports, bill) = (reports(met, users, last), bill(met, billed, back));
    met.rig.headroom(&["import", "kiro-activity", &reports.display().to_string()]);
    let said = met.rig.headroom(&["import", "aws-cost", &bill.display().to_string()]);
    assert!(billed.iter().all(|(payer, ..)| said.contains(&format!("payer {payer}"))), "{said}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_organisation_is_met() {
    let met = Met::beside("met-organisation", None);
    let (ann, bob) = (("ann", "PRO", "400.00"), ("bob", "PRO_PLUS", "900.00"));
    let (ann_beyond, bob_of_no_tier) = (("ann", "PRO", "1250.00"), ("bob", "PRO_ULTRA", "900.00"));
    let (ann_pays, bob_pays) =
        ((ONE, "ann", "Pro", "20.0", "0", "0"), (ONE, "bob", "ProPlus", "40.0", "0", "0"));
    let (ann_pays_more, bob_pays_more) =
        ((ONE, "ann", "Pro", "20.0", "10.0", "0"), (ONE, "bob", "ProPlus", "40.0", "10.0", "0"));
    let (cem_pays, bob_pays_elsewhere) =
        ((ONE, "cem", "Pro", "20.0", "0", "0"), ("333333333333", "bob", "ProPlus", "40.0", "0", "0"));
    let overage = &["2,150 credits used, 250 of them overage.", "Overage credits"][..];
    let idle = &["Paid for and not used", "cem", "$80.00", "$20.00 more than Headroom's calculation."];
    let no_tier = &["a tier that the price list doesn't have (pro-ultra)", "1,300 credits used"];
    let differs = &["$70.00", "$10.00 more than Headroom's calculation."];
    let states = [
        (
            "ordinary",
            [ann, bob],
            vec![ann_pays, bob_pays],
            "$60.00",
            &["2 subscriptions, 1,300 credits used."][..],
        ),
        ("overage", [ann_beyond, bob], vec![ann_pays_more, bob_pays], "$70.00", overage),
        ("idle", [ann, bob], vec![ann_pays, bob_pays, cem_pays], "$60.00", idle),
        ("unknown-tier", [ann, bob_of_no_tier], vec![ann_pays, bob_pays], "at least $20.00", no_tier),
        ("bill-differs", [ann, bob], vec![ann_pays, bob_pays_more], "$60.00", differs),
        ("two-payers", [ann, bob], vec![ann_pays, bob_pays_elsewhere], "$60.00", &["before tax, 2 users"]),
    ];
    for (state, users, billed, headline, says) in states {
        imported(&met, &users, month(1).last_date(), &billed, 1);
        let window = met.opens(&format!("organisation-{state}"), headline, says).await;
        met.ends(window).await;
    }
}

/// D8 of the window's defects: figures that differ stood beside each other without a word.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn invoices_say_what_a_bill_differs_by_and_why() {
    let met = Met::beside("differs", None);
    let users = [("ann", "PRO", "400.00"), ("bob", "POWER", "900.00")];
    let discount = "is your AWS discount (Enterprise Discount Program). Nothing is unexplained.";
    let states = [
        (
            "discount",
            [(ONE, "ann", "Pro", "20.0", "0", "-1.00"), (ONE, "bob", "Power", "200.0", "0", "-10.55")],
            format!("$11.55 less than Headroom's calculation. −$11.55 {discount}"),
        ),
        (
            "agrees",
            [(ONE, "ann", "Pro", "20.0", "0", "0"), (ONE, "bob", "Power", "200.0", "0", "0")],
            "The two agree.".to_owned(),
        ),
        (
            "unexplained",
            [(ONE, "ann", "Pro", "20.0", "0", "0"), (ONE, "bob", "Power", "207.3", "0", "0")],
            "$7.30 more than Headroom's calculation. $7.30 isn't explained".to_owned(),
        ),
    ];
    for (state, billed, says) in states {
        imported(&met, &users, month(1).last_date(), &billed, 1);
        let window = met.opens(&format!("differs-{state}"), "$220.00", &[&says]).await;
        window.click_button("Invoices").await;
        window.wait_for_text("main", "Beside the vendor's numbers").await;
        window.wait_for_text("main .beside", &says).await;
        window.picture(&format!("native-differs-{state}")).await;
        met.ends(window).await;
    }
}

/// D7: two months stood in adjacent columns without their names.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_table_of_users_names_the_month_of_each_column() {
    let met = Met::beside("columns", None);
    let users = [("ann", "PRO", "400.00")];
    imported(&met, &users, month(1).last_date(), &[(ONE, "ann", "Pro", "20.0", "2.50", "0")], 2);
    let window = met.opens("columns", "$20.00", &["Billed by AWS"]).await;
    window.click_button("Team").await;
    window.wait_for_text("main", &format!("Cost in {}", called(month(1)))).await;
    window.wait_for_text("main", &format!("Billed for {}", called(month(2)))).await;
    window.picture("native-columns").await;
    window.wait_for_text("main", "$20.00").await;
    window.wait_for_text("main", "$22.50").await;
    // The month before has a bill and no reports: it is gone to, and says what is missing, in every view.
    window.click(".months .button").await;
    let missing = format!("No activity report of {} is imported.", called(month(2)));
    window.wait_for_text("main", &format!("What {} cost isn't known", called(month(2)))).await;
    window.click_button("Overview").await;
    window.wait_for_text("main", &missing).await;
    window.click_button("Invoices").await;
    window.wait_for_text("#period-heading", &called(month(2))).await;
    met.ends(window).await;
}

/// D12: whoever had used three quarters was at risk, whatever the day.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_user_is_at_risk_by_the_day_on_which_credits_run_out() {
    let met = Met::beside("risk", None);
    let pays = [(ONE, "ann", "Pro", "20.0", "0", "0"), (ONE, "bob", "Pro", "20.0", "0", "0")];
    let fifth = month(1).first_date() + Days::new(4);
    for (state, last, used, is_at_risk) in
        [("early", fifth, "740.00", true), ("late", month(1).last_date(), "760.00", false)]
    {
        imported(&met, &[("ann", "PRO", used), ("bob", "PRO", "20.00")], last, &pays, 1);
        let headline = if is_at_risk { "at least $40.00" } else { "$40.00" };
        let window = met.opens(&format!("risk-{state}"), headline, &["2 subscriptions"]).await;
        window.click_button("Team").await;
        window.wait_for_text("main", "To do").await;
        // The driver's own text leaves out cells that may be cut.
        let text = window.measure("arguments[0](document.querySelector('main').innerText);", vec![]).await;
        let text = text.as_str().expect("a text");
        assert_eq!(text.contains("at that pace"), is_at_risk, "{text}");
        assert_eq!(text.contains("at the limit, or near it"), is_at_risk, "{text}");
        window.picture(&format!("native-risk-{state}")).await;
        met.ends(window).await;
    }
}

/// Whom to move was 60 rows to read and no list to take away: ticked rows add up, and are saved where a dialog says.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_is_chosen_is_saved_as_a_list() {
    let met = Met::beside("moves", None);
    let users = [("ann", "POWER", "400.00"), ("bob", "PRO", "400.00")];
    let pays = [(ONE, "ann", "Power", "200.0", "0", "0"), (ONE, "bob", "Pro", "20.0", "0", "0")];
    imported(&met, &users, month(1).last_date(), &pays, 1);
    let window = met.opens("moves", "$220.00", &["1 person is on too large a tier"]).await;
    window.click_button("Team").await;
    window.click("tbody input[type=checkbox]").await;
    window.wait_for_text("main", "1 chosen: −$180.00 a month").await;
    window.picture("native-moves").await;
    for (button, ending, says) in
        [("Save CSV", "csv", "ann,,,AAAA,Power,Pro,180.00,"), ("Save PDF by name", "pdf", "%PDF")]
    {
        window.click_button(button).await;
        let saved = met.rig.home.join(format!("moves.{ending}"));
        met.rig.answer_dialog(&format!(r"\.{ending}$"), &saved);
        window.wait_for_text("body", &format!("Saved as {}.", saved.display())).await;
        let bytes = fs::read(&saved).expect("a file");
        let text = String::from_utf8_lossy(&bytes);
        assert!(text.contains(says) && !text.contains("bob"), "{text}");
    }
    met.ends(window).await;
}
