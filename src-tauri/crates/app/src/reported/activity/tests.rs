use super::*;
use headroom_exact::StatedCredits;

fn row(of: u32) -> ActivityRow {
    let credits = |number: i64| Some(StatedCredits::from_billionths(number));
    let is = |bit: u32| of & (1 << bit) != 0;
    ActivityRow {
        date: NaiveDate::default(),
        user: format!("{}{of}", ["user-é\u{7f}", "\"", "\\", "\u{1f}", "\n"][of as usize % 5]).into(),
        client: "KIRO_CLI".into(),
        profile: if is(0) { r"arn:aws:\codewhisperer" } else { "" }.into(),
        tier: is(1).then(|| "pro-\"max\"".into()),
        credits: is(2).then(|| StatedCredits::from_billionths(of.into())),
        is_rounded: false,
        quoted: Arc::new(Quoted {
            overage_enabled: is(3).then_some(is(0)),
            overage: credits(0).filter(|_| is(4)),
            overage_cap: credits(2_500_000_000_000).filter(|_| is(5)),
            usage_limit: credits(i64::MAX).filter(|_| is(6)),
        }),
        email: is(7).then(|| format!("{of}@example.com").into()),
        issued: "202607110200".into(),
    }
}

/// What rows say alike is written once and repeated: each is read as if it had been written for itself.
#[test]
fn rows_that_are_written_together_are_read_as_they_were() {
    let rows: Vec<_> = (0..512).map(row).collect();
    for rows in [&rows[..], &rows[..1], &rows[255..256], &[]] {
        let written = rows::written(&rows.iter().collect::<Vec<_>>()).expect("written");
        let read: Vec<ActivityBody<'_>> = serde_json::from_str(&written).expect("read");
        let expected: Vec<_> = rows.iter().map(activity_body).collect();
        assert!(read == expected, "{written}");
    }
}
