use super::*;
use crate::chances::Chances;
use crate::files::table_file::unwatched;

fn read_text(name: &str, text: &str) -> Result<UsageExport, ReadError> {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join(name);
    std::fs::write(&file, text).expect("written");
    read(&Worker::within_this_process(), &file, &unwatched)
}

fn rows(export: &UsageExport) -> impl Iterator<Item = &SpendRow> {
    export.days.iter().flat_map(|day| &day.rows)
}

fn cost(export: &UsageExport) -> Option<String> {
    rows(export).map(|row| row.cost).sum::<Option<Balance>>().map(|cost| cost.to_string())
}

#[test]
fn the_present_generation_is_summed_by_day_user_and_model() {
    let export = read_text(
        "usage-30d-by-user-model-2026-11-21.csv",
        "Hour,User,Model,Project,Cost (USD),Requests,Input Tokens,Output Tokens\n\
         2026-11-20T09:00:00Z,ada@example.com,m1,p,1.234567,2,100,20\n\
         2026-11-20T10:00:00Z,ada@example.com,m1,q,0.000001,1,50,10\n\
         2026-11-20T10:00:00Z,bob@example.com,,q,3,1,,1\n",
    )
    .expect("an export");
    let rows: Vec<_> = rows(&export)
        .map(|row| {
            let cost = row.cost.map(|cost| cost.to_string());
            (row.user.as_deref(), row.model.as_deref(), cost, row.requests, row.input_tokens)
        })
        .collect();
    assert_eq!(
        rows,
        [
            (Some("ada@example.com"), Some("m1"), Some("1.234568".to_owned()), Some(3), Some(150)),
            (Some("bob@example.com"), None, Some("3.000000".to_owned()), Some(1), None),
        ]
    );
    assert_eq!((export.days[0].issued.as_str(), export.read), ("2026-11-21", 3));
}

#[test]
fn the_first_generation_is_read_and_what_it_rounds_is_unknown() {
    let export = read_text(
        "usage.csv",
        "Date,User Name,User Email,Model,Cost,Requests,Input Tokens,Output Tokens,Total Tokens\n\
         \"Feb 3, 2026\",Ada,ada@example.com,m1,\"$1,234.500001\",\"1,234\",1.2 million,\"10,001\",1.2 million\n",
    )
    .expect("an export");
    let row = &export.days[0].rows[0];
    assert_eq!(row.date.to_string(), "2026-02-03");
    assert_eq!(row.cost.map(|cost| cost.to_string()).as_deref(), Some("1234.500001"));
    assert_eq!((row.requests, row.input_tokens, row.output_tokens), (Some(1234), None, Some(10_001)));
}

#[test]
fn bad_rows_are_listed_with_their_lines_and_are_in_no_sum() {
    let export = read_text(
        "usage.csv",
        "Date,Cost (USD),Requests,Input Tokens,Output Tokens\n2026-11-20,1,1,1,1\n20 Nov,1,1,1,1\n2026-11-20,-x,1,1,1\n2026-11-20,,1,1,1\n2026-11-20,1.2.3,1,1,1\n",
    )
    .expect("an export");
    let lines: Vec<_> = export.bad.listed.into_iter().map(|row| (row.line, row.reason)).collect();
    let not_dollars = |text: &str| say!("not-dollars", field = "Cost", text);
    assert_eq!(
        lines,
        [
            (3, say!("not-a-date", field = "Date", text = "20 Nov")),
            (4, not_dollars("-x")),
            (5, not_dollars("")),
            (6, not_dollars("1.2.3")),
        ]
    );
    assert_eq!(export.days[0].rows[0].cost.map(|cost| cost.to_string()).as_deref(), Some("1.000000"));
}

#[test]
fn another_file_is_refused_in_one_line() {
    let refused = |text: &str| read_text("x.csv", text).expect_err("refused").to_string();
    assert!(refused("a,b\n1,2\n").contains("reason: no-column(column: Date), what: kilo-usage-export"));
    assert!(refused("Week,Cost (USD),Requests,Input Tokens,Output Tokens\n").contains("weekly-or-monthly"));
    assert!(refused("").contains("is-empty"));
    assert!(
        read(&Worker::within_this_process(), Path::new("/nowhere/x.csv"), &unwatched)
            .expect_err("refused")
            .to_string()
            .starts_with("file-unreadable")
    );
}

#[test]
fn a_later_export_counts_for_the_whole_of_its_days() {
    let folder = tempfile::tempdir().expect("a folder");
    let header = "Date,User,Cost (USD),Requests,Input Tokens,Output Tokens\n";
    for (name, rows) in [
        (
            "usage-7d-2026-11-20.csv",
            "2026-11-19,ada,5,1,1,1\n2026-11-20,ada,1,1,1,1\n2026-11-20,bob,1,1,1,1\n",
        ),
        ("usage-7d-2026-11-21.csv", "2026-11-20,ada,2,2,2,2\n"),
    ] {
        std::fs::write(folder.path().join(name), format!("{header}{rows}")).expect("written");
    }
    std::fs::write(folder.path().join("other.csv"), "a,b\n").expect("written");
    let export = read(&Worker::within_this_process(), folder.path(), &unwatched).expect("exports");
    let rows: Vec<_> = rows(&export).map(|row| (row.date.to_string(), row.cost)).collect();
    let dollars = |count: i128| Some(Balance::of_millionths(count * 1_000_000));
    assert_eq!(rows, [("2026-11-19".to_owned(), dollars(5)), ("2026-11-20".to_owned(), dollars(2))]);
    assert_eq!((export.files, export.other_files.len()), (2, 1));
}

#[test]
fn whoever_watches_can_stop_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("usage.csv");
    std::fs::write(&file, "Date,Cost (USD),Requests,Input Tokens,Output Tokens\n").expect("written");
    assert!(matches!(read(&Worker::within_this_process(), &file, &|_| false), Err(ReadError::Stopped)));
}

/// Found in November 2026: "4,25" became $425.00.
#[test]
fn a_decimal_comma_is_no_hundredfold() {
    let header = "Date,User,Model,Cost (USD),Requests,Input Tokens,Output Tokens\n";
    for (written, expected) in [
        ("\"4,25\"", "4.250000"),
        ("\"0,5\"", "0.500000"),
        ("\"1,234.5\"", "1234.500000"),
        ("\"$1,234\"", "1234.000000"),
        ("\"-3,75\"", "-3.750000"),
        ("-$0.50", "-0.500000"),
        ("-1.25", "-1.250000"),
        ("\"7,5 $\"", "7.500000"),
        ("2.5e-1", "0.250000"),
        ("$-0.50", "-0.500000"),
        ("−$0.50", "-0.500000"),
        ("($0.50)", "-0.500000"),
        ("$(1.25)", "-1.250000"),
        ("\"(1,234.50)\"", "-1234.500000"),
        ("US$ 2.00", "2.000000"),
        ("\"−3,75 USD\"", "-3.750000"),
        ("+0.5", "0.500000"),
    ] {
        let export = read_text("usage.csv", &format!("{header}2026-11-20,a,m,{written},4,40,4\n"));
        let export = export.expect("an export");
        assert_eq!((cost(&export).as_deref(), export.bad.count), (Some(expected), 0), "{written}");
    }
    for written in ["--0.5", "(-0.5)", "-+0.5", "0.5-", "()", "$", "€ 0.5", "0.5 EUR"] {
        let export = read_text("usage.csv", &format!("{header}2026-11-20,a,m,{written},4,40,4\n"));
        let export = export.expect("an export");
        // Of that day something was spent that nobody knows.
        assert_eq!((cost(&export).as_deref(), export.bad.count), (None, 1), "{written}");
    }
    // Without quotes it is a field too many: nobody knows where the cost ends.
    let export = read_text("usage.csv", &format!("{header}2026-11-20,a,m,4,25,4,40,4\n")).expect("an export");
    let reason = export.bad.listed[0].reason.to_string();
    assert_eq!((export.days.len(), reason.as_str()), (0, "row-of-another-width(columns: 7, fields: 8)"));
}

/// What a row costs can be below zero: Kilo gave something back. It was left out.
#[test]
fn what_was_given_back_is_taken_off() {
    let export = read_text(
        "usage.csv",
        "Date,Provider,Mode,Cost (USD),Requests,Input Tokens,Output Tokens\n2026-11-20,p,code,5,1,1,1\n2026-11-20,q,ask,-1.5,1,1,1\n",
    )
    .expect("an export");
    assert_eq!((cost(&export).as_deref(), export.bad.count), (Some("3.500000"), 0));
}

/// Found in November 2026: the browser's second download of a day was older than the first.
#[test]
fn a_later_download_of_the_same_day_counts() {
    let folder = tempfile::tempdir().expect("a folder");
    let header = "Date,User,Cost (USD),Requests,Input Tokens,Output Tokens\n";
    for (name, amount) in [
        ("usage-7d-2026-11-20 (2).csv", "7"),
        ("usage-7d-2026-11-20.csv", "1"),
        ("usage-7d-2026-11-20 (10).csv", "9"),
    ] {
        let text = format!("{header}2026-11-20,ada,{amount},1,1,1\n");
        std::fs::write(folder.path().join(name), text).expect("written");
    }
    assert_eq!(
        cost(&read(&Worker::within_this_process(), folder.path(), &unwatched).expect("exports")).as_deref(),
        Some("9.000000")
    );
}

#[test]
fn as_a_spreadsheet_saves_it_it_reads_the_same() {
    let plain = "Date,User,Model,Cost (USD),Requests,Input Tokens,Output Tokens\n2026-11-20,Jürgen,m,1234.125,1234,10,1\n2026-11-19,ada,m,4.5,1,1,1\n";
    let expected = read_text("usage.csv", plain).expect("an export").days;
    let semicolons = "Date;User;Model;Cost (USD);Requests;Input Tokens;Output Tokens\r\n20.11.2026;Jürgen;m;1234,125;1.234;10;1\r\n19.11.2026;ada;m;4,50;1;1;1\r\n;;;;;;\r\n";
    let tabs = semicolons.replace(';', "\t");
    let utf16 = |text: &str| {
        let units = format!("\u{feff}{text}");
        units.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>()
    };
    for (form, bytes) in [
        ("mark", format!("\u{feff}{plain}").into_bytes()),
        ("semicolons", semicolons.as_bytes().to_vec()),
        ("says so", format!("sep=;\r\n{semicolons}").into_bytes()),
        ("UTF-16", utf16(&tabs)),
        ("quotes", plain.replace("ada", "\"ada\"").replace('\n', "\r\n").into_bytes()),
    ] {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("usage.csv");
        std::fs::write(&file, bytes).expect("written");
        let export = read(&Worker::within_this_process(), &file, &unwatched).expect("an export");
        assert_eq!((export.days, export.bad.count), (expected.clone(), 0), "{form}");
    }
    // A comma before three digits, where nothing tells what it separates.
    let unclear = tabs.replace("1234,125", "234,125");
    let export = read_text("usage.csv", &unclear).expect("an export");
    assert_eq!(export.bad.listed[0].reason.code(), "number-of-two-readings");
}

#[test]
fn what_isnt_read_is_refused_in_the_users_terms() {
    let refused = |text: &str| read_text("x.csv", text).expect_err("refused").to_string();
    assert!(refused("Date|User|Cost\n1|2|3\n").contains("one-column(text: Date|User|Cost)"));
    let market = "Date,Estimated Market Cost (USD),Requests,Input Tokens,Output Tokens\n";
    assert!(refused(market).contains("market-cost"));
}

/// What is written plainly is read from its bytes: it says what the reading of every form says.
#[test]
fn dollars_are_read_as_in_any_form_whatever_they_are() {
    let mut chances = Chances(4);
    let pieces = ["0", "1", "4", "5", "9", "00", "999", "49", ".", ".", "$", "-", "e", ",", " ", "(", ")"];
    for _ in 0..20_000 {
        let text = format!("{}{}", chances.of(&["", "", "$", "$$", "-$"]), chances.text(8, &pieces));
        for commas in
            [written::Comma::Thousands, written::Comma::Decimals, written::Comma::Unclear].map(Commas::from)
        {
            let expected = dollars::dollars_in_any_form(text.as_bytes(), &commas);
            assert_eq!(dollars(text.as_bytes(), &commas), expected, "{text}");
        }
    }
    for (text, expected) in
        [("5.", "5.000000"), (".5", "0.500000"), ("$.5", "0.500000"), ("$0.0000005", "0.000001")]
    {
        let read = dollars(text.as_bytes(), &written::Comma::Thousands.into()).map(|read| read.to_string());
        assert_eq!(read, Ok(expected.to_owned()), "{text}");
    }
}

/// Found in November 2026: two exports put behind each other came to "at least" the sum of both, also on days that both tell of.
#[test]
fn exports_behind_each_other_are_read_as_two() {
    let header = "Date,User,Model,Cost (USD),Requests,Input Tokens,Output Tokens";
    let early = format!("{header}\n2026-11-19,ada,m,1.25,1,1,1\n2026-11-20,ada,m,2,2,1,1\n");
    let late = format!("{header}\n2026-11-20,ada,m,2.5,3,1,1\n2026-11-21,ada,m,4,1,1,1\n");
    for (text, expected) in [
        (format!("{early}{early}"), "3.250000"),
        (format!("{early}{late}"), "7.750000"),
        (format!("{late}\u{feff}{early}"), "7.750000"),
    ] {
        let export = read_text("all.csv", &text).expect("an export");
        assert_eq!((cost(&export).as_deref(), export.bad.count), (Some(expected), 0), "{text}");
    }
}
