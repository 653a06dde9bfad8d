use super::*;
use crate::files::table_file::{BadRow, unwatched};

const HEADER: &str = "Date,UserId,Client_Type,Chat_Conversations,Credits_Used,Overage_Cap,Overage_Credits_Used,Overage_Enabled,ProfileId,Subscription_Tier,Total_Messages,New_User,User_Email,Usage_Limit,auto_messages";

fn try_text(text: &str) -> Result<ActivityReport, ReadError> {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("report.csv");
    std::fs::write(&file, text).expect("written");
    read(&Worker::within_this_process(), &file, &unwatched)
}

fn credits(row: &ActivityRow) -> Option<String> {
    row.credits.map(|credits| credits.rounded().to_string())
}

fn read_text(text: &str) -> (Vec<ActivityRow>, Vec<BadRow>) {
    let report = try_text(text).expect("a report");
    (report.rows, report.bad.listed)
}

#[test]
fn two_profiles_are_two_rows_and_a_profile_takes_the_place_of_none() {
    let header = "Date,UserId,Client_Type,ProfileId,Credits_Used";
    let (rows, _) = read_text(&format!(
        "{header}\n2026-07-10,u,CLI,p1,1\n2026-07-10,u,CLI,p2,2\n2026-07-10,u,CLI,,3\n2026-07-10,u,CLI,p1,4\n"
    ));
    let kept: Vec<_> = rows.iter().map(|row| (row.profile.as_ref(), credits(row))).collect();
    assert_eq!(kept, [("p1", Some("4.00".to_owned())), ("p2", Some("2.00".to_owned()))]);
}

#[test]
fn the_recorded_row_is_read_by_its_columns_names() {
    let row = r#"2026-07-10,"215bb5b0-1",KIRO_CLI,8,114.45787414391377,2500.0,0.0,false,"arn:aws:codewhisperer:us-east-1:369434902231:profile/UV4C4VUDDGRU",PRO_MAX,131,false,"x@y",8,123"#;
    let (rows, bad) = read_text(&format!("{HEADER}\n{row}\n"));
    assert_eq!((rows.len(), bad.len()), (1, 0));
    assert_eq!(credits(&rows[0]).as_deref(), Some("114.46"));
    assert_eq!(rows[0].credits.map(StatedCredits::billionths), Some(114_457_874_144), "kept to a billionth");
    assert_eq!((rows[0].tier.as_deref(), rows[0].quoted.overage_enabled), (Some("pro-max"), Some(false)));
    assert!(rows[0].profile.ends_with("profile/UV4C4VUDDGRU"));
    // Fewer columns in another order and case: an early file.
    let (rows, _) = read_text("credits_used,DATE,userid\n0.5,2026-02-01,d-1.u\n");
    assert_eq!(
        (rows[0].user.as_ref(), rows[0].tier.as_deref(), rows[0].quoted.overage_enabled),
        ("u", None, None)
    );
}

#[test]
fn bad_rows_are_counted_with_their_lines_and_nothing_becomes_zero() {
    let text = "Date,UserId,Credits_Used\n2026-07-10,a,1\n10/07/2026,b,1\n2026-07-10,,1\n2026-07-10,c,many\n2026-07-10,d,-1\n2026-07-10,e,\n";
    let (rows, bad) = read_text(text);
    let lines: Vec<_> = bad.into_iter().map(|row| (row.line, row.reason)).collect();
    let not_credits = |text: &str| say!("not-credits", field = "Credits_Used", text);
    assert_eq!(
        lines,
        [
            (3, say!("not-a-date", field = "Date", text = "10/07/2026")),
            (4, say!("field-empty", field = "UserId")),
            (5, not_credits("many")),
            (6, not_credits("-1")),
        ]
    );
    assert_eq!(
        rows.iter().map(|row| row.credits.is_some()).collect::<Vec<_>>(),
        [true, false, false, false],
        "neither what can't be read nor what isn't said is zero"
    );
}

#[test]
fn another_file_is_refused_by_what_it_lacks() {
    let refused = |text: &str| try_text(text).err().map(|error| error.to_string()).unwrap_or_default();
    assert!(refused("a,b\n1,2\n").contains("reason: no-column(column: Date), what: kiro-activity-report"));
    assert!(
        refused("UserId,Date,Chat_AICodeLines\n\"u\",\"01-31-2026\",\"3\"\n")
            .contains("older-activity-report")
    );
    assert!(refused("").contains("is-empty"));
}

/// Reads a folder of reports: by day, user, client, profile and credits.
fn read_files(files: &[(&str, &str)]) -> (Vec<String>, u64) {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in files {
        std::fs::write(folder.path().join(name), text).expect("written");
    }
    let report = read(&Worker::within_this_process(), folder.path(), &unwatched).expect("reports");
    assert_eq!(report.bad.count, 0, "{:?}", report.bad.listed);
    let row = |row: &ActivityRow| {
        let used = credits(row).unwrap_or_default();
        format!("{} {} {} {} {used}", row.date, row.user, row.client, row.profile)
    };
    (report.rows.iter().map(row).collect(), report.settled.replaced)
}

/// Found in November 2026: a user exported early with the bare id and later with the directory in front was two.
#[test]
fn a_user_is_one_with_and_without_the_directory_in_front() {
    let early = "Date,UserId,Client_Type,Credits_Used,ProfileId\n2026-08-03,77aa-1,KIRO_CLI,41.5,P\n";
    let late = "\u{feff}Date,UserId,Client_Type,Credits_Used,ProfileId,User_Email,Usage_Limit\r\n2026-08-03,\"d-90.77aa-1\",KIRO_CLI,\"42.25\",\"P\",x@y,2000\r\n";
    let (rows, replaced) = read_files(&[
        ("KIRO_CLI_1_user_report_202608050200.csv", late),
        ("KIRO_CLI_1_user_report_202608040000.csv", early),
    ]);
    assert_eq!((rows, replaced), (vec!["2026-08-03 77aa-1 KIRO_CLI P 42.25".to_owned()], 1));
}

/// A second download was older than the first, since a blank sorts before a point.
#[test]
fn a_browsers_second_download_is_the_later() {
    let report = |credits: &str| format!("Date,UserId,Credits_Used\n2026-08-03,u,{credits}\n");
    let (rows, _) = read_files(&[
        ("KIRO_IDE_1_user_report_202608040200 (2).csv", &report("30")),
        ("KIRO_IDE_1_user_report_202608040200.csv", &report("10")),
        ("KIRO_IDE_1_user_report_202608040200(1).csv", &report("20")),
    ]);
    assert_eq!(rows, ["2026-08-03 u   30.00"]);
}

#[test]
fn an_empty_profile_beside_one_that_is_named_is_that_one() {
    let report = |rows: &str| format!("Date,UserId,Client_Type,ProfileId,Credits_Used\n{rows}");
    // Whatever the client; and then the later export of the same row counts.
    let (rows, replaced) = read_files(&[
        ("a_202608040200.csv", &report("2026-08-03,u,IDE,,5\n2026-08-03,u,CLI,P,7\n2026-08-04,u,IDE,,1\n")),
        ("b_202608050200.csv", &report("2026-08-03,u,IDE,P,6\n")),
        ("c_202608060200.csv", &report("2026-08-03,u,CLI,,8\n")),
    ]);
    assert_eq!(rows, ["2026-08-03 u CLI P 8.00", "2026-08-03 u IDE P 6.00", "2026-08-04 u IDE  1.00"]);
    assert_eq!(replaced, 2);
    // Beside two nobody knows whose it is: it is told, unless a later export tells them apart.
    let (rows, _) = read_files(&[
        ("a_202608040200.csv", &report("2026-08-03,u,IDE,P,5\n2026-08-03,u,CLI,Q,7\n2026-08-03,v,IDE,,9\n")),
        ("b_202608050200.csv", &report("2026-08-03,u,IDE,,4\n2026-08-03,v,IDE,P,1\n2026-08-03,v,IDE,Q,2\n")),
    ]);
    assert_eq!(
        rows,
        [
            "2026-08-03 u CLI Q 7.00",
            "2026-08-03 u IDE  4.00",
            "2026-08-03 u IDE P 5.00",
            "2026-08-03 v IDE P 1.00",
            "2026-08-03 v IDE Q 2.00"
        ]
    );
}

#[test]
fn what_a_report_says_of_overage_and_limits_is_quoted() {
    let row = "2026-07-10,u,KIRO_CLI,8,1200.5,2500.0,200.5,TRUE,P,PRO_MAX,131,false,x@y,1500,123";
    let (rows, _) = read_text(&format!("{HEADER}\n{row}\n"));
    let billion = |credits: i64| Some(StatedCredits::from_billionths(credits * 1_000_000_000));
    let quoted = Quoted {
        overage_enabled: Some(true),
        overage: Some(StatedCredits::from_billionths(200_500_000_000)),
        overage_cap: billion(2_500),
        usage_limit: billion(1_500),
    };
    assert_eq!(*rows[0].quoted, quoted);
    let (_, bad) = read_text(&format!("{HEADER}\n{}\n", row.replace("TRUE", "perhaps")));
    assert_eq!(bad[0].reason, say!("not-a-switch", field = "Overage_Enabled", text = "perhaps"));
}

#[test]
fn as_a_spreadsheet_saves_it_it_reads_the_same() {
    let plain = "Date,UserId,Credits_Used,Overage_Cap,Overage_Enabled,Subscription_Tier\n2026-07-10,jürgen,100.5,2500.0,true,PRO\n2026-07-11,u2,114.457,,false,PRO\n";
    let semicolons = "\u{feff}Date;UserId;Credits_Used;Overage_Cap;Overage_Enabled;Subscription_Tier\r\n10.07.2026;jürgen;100,5;2500,0;WAHR;PRO\r\n11.07.2026;u2;114,457;;FALSCH;PRO\r\n;;;;;\r\n";
    let (expected, _) = read_text(plain);
    assert_eq!(read_text(semicolons), (expected.clone(), Vec::new()));
    let units = semicolons.replace(';', "\t").replace("114,457", "114,4570");
    let bytes: Vec<u8> = units.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("report.csv");
    std::fs::write(&file, bytes).expect("written");
    assert_eq!(read(&Worker::within_this_process(), &file, &unwatched).expect("a report").rows, expected);
    // A decimal comma without quotes is a field too many, and in no sum.
    let (rows, bad) = read_text("Date,UserId,Credits_Used,Overage_Cap\n2026-07-10,u,100,5,0\n");
    assert_eq!((rows.len(), bad[0].line, bad[0].reason.code()), (0, 2, "row-of-another-width"));
    let refused = try_text("Date|UserId|Credits_Used\n").expect_err("refused").to_string();
    assert!(refused.contains("one-column(text: Date|UserId|Credits_Used)"), "{refused}");
}

/// Found in November 2026: without its profile somebody with two was charged for one.
#[test]
fn columns_are_known_however_their_words_stand_apart() {
    let row = "2026-07-10,u,CLI,2,true,p1,PRO";
    for header in [
        "date,user_id,client_type,credits_used,overage_enabled,profile_id,subscription_tier",
        "Date,User ID,Client Type,Credits Used,Overage Enabled,Profile ID,Subscription Tier",
        "Date,UserId,ClientType,CreditsUsed,OverageEnabled,ProfileId,SubscriptionTier",
    ] {
        let (rows, bad) = read_text(&format!("{header}\n{row}\n"));
        assert_eq!((rows.len(), bad.len()), (1, 0), "{header}");
        let of = &rows[0];
        assert_eq!((&*of.client, &*of.profile, of.tier.as_deref()), ("CLI", "p1", Some("pro")), "{header}");
        assert_eq!(of.quoted.overage_enabled, Some(true), "{header}");
    }
}

/// Found in November 2026: reports put behind each other had a row that couldn't be read, so that no sum of the month was whole.
#[test]
fn the_names_of_the_columns_once_more_are_no_row() {
    let header = "Date,UserId,Credits_Used";
    for again in [header.to_owned(), format!("\u{feff}{header}")] {
        let report = try_text(&format!("{header}\n2026-07-10,u,1\n{again}\n2026-07-11,u,2\n")).expect("read");
        assert_eq!((report.rows.len(), report.bad.count), (2, 0));
        assert!(report.unread.iter().all(|unread| unread.rows == 0), "{:?}", report.unread);
    }
    // In another order what stands behind it is read by that.
    let text = "Date,UserId,Credits_Used,Overage_Cap\n2026-07-10,u,1,500\nDate,UserId,Overage_Cap,Credits_Used\n2026-07-11,u,500,2\n";
    let (rows, bad) = read_text(text);
    let used: Vec<_> = rows.iter().filter_map(credits).collect();
    assert_eq!((used, bad.len()), (vec!["1.00".to_owned(), "2.00".to_owned()], 0));
}

/// Found in November 2026: "1.234", which German programs write for more than a thousand, was 1.23 credits between "20,25" and "7,5".
#[test]
fn a_point_before_three_digits_is_refused_where_it_can_separate_thousands() {
    let header = "Date;UserId;Credits_Used";
    for (amounts, expected) in [
        (["1.234", "20,25"], Err("points-of-two-kinds")),
        (["1.234", "1.234.567"], Err("points-of-two-kinds")),
        (["1.234", "1.234,5"], Err("points-of-two-kinds")),
        (["1.234", "12"], Err("points-of-two-kinds")),
        (["1.234", "20.25"], Ok(["1.23", "20.25"])),
        (["0.125", "12"], Ok(["0.13", "12.00"])),
        (["1.234,5", "20,125"], Ok(["1234.50", "20.13"])),
        (["1.234.567", "12,5"], Ok(["1234567.00", "12.50"])),
    ] {
        let [one, other] = amounts;
        let text = format!("{header}\n2026-07-10;a;{one}\n2026-07-10;b;{other}\n");
        let read = try_text(&text).map(|report| report.rows.iter().filter_map(credits).collect::<Vec<_>>());
        match (read, expected) {
            (Ok(read), Ok(expected)) => assert_eq!(read, expected, "{amounts:?}"),
            (Err(error), Err(code)) => assert!(Saying::from(&error).to_string().contains(code), "{error:?}"),
            (read, _) => panic!("{amounts:?}: {read:?}"),
        }
    }
    // Between commas points are decimals', as services write them, unless somebody's commas are.
    let (rows, _) = read_text("Date,UserId,Credits_Used\n2026-07-10,a,1.234\n");
    assert_eq!(credits(&rows[0]).as_deref(), Some("1.23"));
    assert!(try_text("Date,UserId,Credits_Used\n2026-07-10,a,1.234\n2026-07-10,b,\"20,25\"\n").is_err());
}
