//! What manifests list and isn't there is missing from the bill, and that is said.

use super::NOW;
use super::issues::{billed, export, import, line, months, write_bytes};
use acceptance::Desk;
use headroom_app::answers::{AccountNumber, ChargeNote};

fn part(number: u32) -> String {
    let id = format!("a{number}");
    export(&[line(&id, "8", "700000000001", "2026-10-01", &format!("user-{number}"), "Pro", "20.0")])
}

fn missing(desk: &Desk, account: AccountNumber) -> Option<u32> {
    let periods = desk.headroom.invoices(account).expect("invoices").periods;
    let of = |note: &ChargeNote| {
        if let ChargeNote::BillPartsMissing { parts } = note { Some(*parts) } else { None }
    };
    periods.iter().flat_map(|period| &period.notes).find_map(of)
}

/// Found in November 2026: a bill of which only the first of three files had been downloaded was shown as the whole bill.
#[test]
fn a_file_that_the_manifest_lists_and_that_isnt_there_is_said_until_it_comes() {
    let assembly = "5d2c0000-0000-4000-8000-000000000000";
    for (files, manifest, key) in [
        ("kiro/data/BILLING_PERIOD=2026-10", "kiro/metadata/BILLING_PERIOD=2026-10", "dataFiles"),
        (
            "kiro/data/BILLING_PERIOD=2026-10/2026-11-03T040000Z-b",
            "kiro/metadata/BILLING_PERIOD=2026-10/2026-11-03T040000Z-b",
            "dataFiles",
        ),
        (&format!("kiro/20261001-20261101/{assembly}"), "kiro/20261001-20261101", "reportKeys"),
    ] {
        let desk = Desk::at(NOW);
        let listed: Vec<_> = (1..=3).map(|part| format!("\"b/{files}/kiro-0000{part}.csv.gz\"")).collect();
        let manifest_text = format!(r#"{{"{key}":[{}]}}"#, listed.join(","));
        write_bytes(&desk, &format!("in/{manifest}/kiro-Manifest.json"), manifest_text.as_bytes());
        let come = |number| {
            write_bytes(&desk, &format!("in/{files}/kiro-0000{number}.csv"), part(number).as_bytes())
        };
        come(1);
        let place = desk.home().join("in");
        let report = import(&desk, &place);
        let without = serde_json::to_string(&report.amount.expect("an amount").without).expect("JSON");
        assert!(without.contains("without-files"), "{files}: {without}");
        let skipped: Vec<_> = report.skipped.iter().map(|file| file.reason.to_string()).collect();
        assert_eq!(skipped, ["part-is-missing", "part-is-missing"], "{files}");
        assert_eq!(missing(&desk, report.account), Some(2), "{files}");
        let status = desk.run(&["status"]).output;
        assert!(status.contains("2 files of AWS's bill are missing that its manifest lists"), "{status}");
        // Alone or with the others: a part that comes is missing no more.
        import(&desk, &come(2));
        assert_eq!(missing(&desk, report.account), Some(1), "{files}");
        come(3);
        let report = import(&desk, &place);
        assert_eq!((report.skipped, missing(&desk, report.account)), (Vec::new(), None), "{files}");
        assert_eq!(billed(&desk, report.account), months(&[("2026-10", "60.00")]), "{files}");
    }
}
