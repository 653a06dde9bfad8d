//! Files that somebody put behind each other in one, as `cat *.csv` does: each table begins with the names of its columns.

use super::issues::{billed, export, import, line, months};
use super::{NOW, write};
use acceptance::Desk;
use headroom_app::answers::ImportKind;

const FOCUS: &str = "BilledCost,BillingAccountId,BillingCurrency,BillingPeriodStart,ChargePeriodStart,ChargeCategory,ConsumedQuantity,ConsumedUnit,ResourceId,SubAccountId,x_ServiceCode,x_UsageType,x_Operation\n";

fn focus(user: &str, cost: &str) -> String {
    format!(
        "{cost},8,USD,2026-10-01T00:00:00Z,2026-10-01T00:00:00Z,Purchase,1,User-Month,{user},1,Kiro,USE1-KiroEnterprise-Pro,monthly-subscription\n"
    )
}

/// Found in November 2026: lines of FOCUS without a user counted again in a copy behind the first ($100.00 for $60.00), though
/// those with one didn't. Two files beside each other are one another's copies as well.
#[test]
fn a_copy_behind_a_bill_without_ids_adds_nothing() {
    let text = format!("{FOCUS}{}{}{}", focus("", "20"), focus("", "20"), focus("user/eva", "20"));
    for (name, of) in [("twice.csv", text.repeat(2)), ("mark.csv", format!("\u{feff}{text}\u{feff}{text}"))] {
        let desk = Desk::at(NOW);
        let report = import(&desk, &write(&desk, name, &of));
        assert_eq!(billed(&desk, report.account), months(&[("2026-10", "60.00")]), "{name}: {report:?}");
        assert_eq!((report.copies, report.bad), (3, 0), "{name}: it is said");
    }
}

/// Found in November 2026: of usage billed without a period, in another zone than UTC, the month was that of its day there.
#[test]
fn usage_of_another_zone_is_of_its_month_in_utc() {
    let of = |start: &str| {
        let text = export(&[line("a1", "8", "7", "2026-10-01", "eva", "Pro", "20.0")]);
        let text = text.replace("2026-10-01T00:00:00Z\n", &format!("{start}\n"));
        let without: String = text
            .lines()
            .map(|line| {
                line.split(',')
                    .enumerate()
                    .filter(|(column, _)| *column != 3)
                    .map(|(_, cell)| cell)
                    .collect::<Vec<_>>()
                    .join(",")
                    + "\n"
            })
            .collect();
        let desk = Desk::at(NOW);
        let report = import(&desk, &write(&desk, "cur.csv", &without));
        billed(&desk, report.account)
    };
    for (start, month) in [
        ("2026-10-31T19:00:00-05:00", "2026-11"),
        ("2026-11-01 05:29:59+0530", "2026-10"),
        ("2026-10-31T23:59:59.999Z", "2026-10"),
        ("2026-11-01T00:00:00Z", "2026-11"),
    ] {
        assert_eq!(of(start), months(&[(month, "20.00")]), "{start}");
    }
}

/// Found in November 2026: a bill behind another whose columns stand in another order was passed by without a word ($40.00 for $60.00), or read as what
/// its columns aren't.
#[test]
fn a_bill_behind_another_is_read_by_its_own_columns() {
    let of = |id: &str, user: &str, cost: &str| line(id, "8", "7", "2026-10-01", user, "Pro", cost);
    let first = export(&[of("a1", "eva", "20.0"), of("a2", "finn", "20.0")]);
    let second = export(&[of("a2", "finn", "20.0"), of("a3", "gül", "20.0")]);
    let turned = |text: &str| -> String {
        text.lines().map(|line| line.rsplit(',').collect::<Vec<_>>().join(",") + "\n").collect()
    };
    let wider = |text: &str| -> String {
        text.lines()
            .enumerate()
            .map(
                |(row, line)| {
                    if row == 0 { format!("{line},resource_tags\n") } else { format!("{line},more\n") }
                },
            )
            .collect()
    };
    for second in [second.clone(), turned(&second), wider(&second), wider(&turned(&second))] {
        let machines = of("x", "i-1", "9.0").replace(",Kiro,", ",AmazonEC2,").repeat(3);
        let desk = Desk::at(NOW);
        let report = import(&desk, &write(&desk, "all.csv", &format!("{first}{machines}{second}")));
        assert_eq!(billed(&desk, report.account), months(&[("2026-10", "60.00")]), "{second}: {report:?}");
        assert_eq!((report.copies, report.bad, report.read), (1, 0, 7), "{second}");
    }
}

/// Found in November 2026: a report with a column more, as Kiro counts messages by model, behind another was refused row by row.
#[test]
fn a_report_behind_another_is_read_by_its_own_columns() {
    const HEADER: &str =
        "Date,UserId,Client_Type,Credits_Used,Overage_Enabled,ProfileId,Subscription_Tier,Total_Messages";
    let row = |day: u32| format!("2026-10-{day:02},eva,KIRO_CLI,10,false,p/A,PRO,3");
    let text = format!(
        "{HEADER}\n{}\n{HEADER},auto_messages,claude_messages\n{},2,1\n\u{feff}{HEADER}\n{}\n",
        row(1),
        row(2),
        row(3)
    );
    let desk = Desk::at(NOW);
    let report =
        desk.import(ImportKind::KiroActivity, Some(&write(&desk, "all.csv", &text))).expect("imported");
    assert_eq!((report.added, report.bad), (3, 0), "{report:?}");
    let view = desk.organisation(report.account);
    assert_eq!((view.used.as_deref(), view.used_at_least), (Some("30.00"), false));
}

/// Found in November 2026: an export by model behind one by user was read as one by user, and the day's cost doubled ($8.00 for $4.00).
#[test]
fn an_export_of_kilos_behind_another_is_read_by_its_own_columns() {
    let of = |by: &str, rows: &[(&str, &str)]| {
        let header = format!("Date{by},Cost (USD),Requests,Input Tokens,Output Tokens\n");
        let row = |(name, cost): &(&str, &str)| format!("2026-11-20{name},{cost},2,10,10\n");
        header + &rows.iter().map(row).collect::<String>()
    };
    let by_user = of(",User", &[(",eva", "1.000000"), (",finn", "3.000000")]);
    let by_model = of(",Model", &[(",glm", "2.500000"), (",kimi", "1.500000")]);
    let alone = of("", &[("", "4.000000")]).replace(",2,10,10", ",4,20,20");
    for text in [[&by_user, &by_model], [&by_model, &by_user], [&by_user, &alone], [&alone, &by_model]] {
        let desk = Desk::at(NOW);
        let report = desk
            .import(ImportKind::KiloUsage, Some(&write(&desk, "all.csv", &text.map(String::as_str).concat())))
            .expect("imported");
        assert_eq!(report.bad, 0, "{text:?}: {report:?}");
        let amount = report.amount.as_ref().map(|amount| amount.value.as_str());
        assert_eq!(amount, Some("4.000000"), "{text:?}: {report:?}");
    }
}
