//! What is said on the way back, and what is made of it.

use super::job::Job;
use super::said::{self, Failure, Said, believed};
use crate::files::reason::Reason;
use crate::files::table_file::{FileKind, Much, ReadError};
use headroom_exact::{Saying, say};
use std::io;
use std::path::Path;

#[test]
fn messages_come_as_they_were_sent_and_then_there_is_none() {
    let mut sent = Vec::new();
    said::write(&mut sent, &Said::Part("one")).expect("written");
    said::write(&mut sent, &Said::<()>::Done { rows: 2 }).expect("written");
    let mut sent = sent.as_slice();
    let part = said::read(&mut sent).expect("read").expect("a message");
    assert!(matches!(serde_json::from_slice(&part), Ok(Said::Part("one"))));
    let done = said::read(&mut sent).expect("read").expect("a message");
    assert!(matches!(serde_json::from_slice::<Said<()>>(&done), Ok(Said::Done { rows: 2 })));
    assert!(said::read(&mut sent).expect("read").is_none(), "the end");
}

#[test]
fn a_message_that_is_too_long_is_neither_sent_nor_read() {
    let long = "x".repeat(5 << 20);
    let mut sent = Vec::new();
    let error = said::write(&mut sent, &Said::Part(long)).expect_err("refused");
    assert_eq!((error.kind(), sent.len()), (io::ErrorKind::InvalidInput, 0));
    // Whoever says that it is so long is not believed: nothing of that size is made room for.
    let error = said::read(&mut [0xff; 8].as_slice()).expect_err("refused");
    assert_eq!(error.kind(), io::ErrorKind::InvalidData);
    let cut = [9, 0, 0, 0, b'"'];
    assert_eq!(said::read(&mut cut.as_slice()).expect_err("cut").kind(), io::ErrorKind::UnexpectedEof);
}

#[test]
fn why_a_file_is_not_read_is_the_same_on_this_side_but_for_its_length() {
    let path = Path::new("/somewhere/cost.parquet");
    let there = |error: ReadError| {
        let failure = serde_json::to_string(&Failure::from(error)).expect("JSON");
        let failure: Option<Failure> = serde_json::from_str(&failure).expect("the same");
        failure.map(|failure| format!("{:?}", failure.of(Job::CostParquet, path)))
    };
    for error in [
        ReadError::unreadable(path, say!("system-failed")),
        ReadError::Damaged { path: path.to_owned(), reason: say!("parquet-damaged").into() },
        ReadError::AnotherKind {
            path: path.to_owned(),
            what: FileKind::AwsCostExport,
            reason: Reason::lack(say!("no-column", column = "x")),
        },
        Job::CostParquet.takes_too_much(path, Much::Memory),
    ] {
        let told = format!("{error:?}");
        assert_eq!(there(error), Some(told));
    }
    assert_eq!(there(ReadError::Stopped), None, "nobody listens");
    let sense = say!("reading-makes-no-sense");
    let told = |reason: Saying| there(ReadError::Damaged { path: path.to_owned(), reason: reason.into() });
    let expected = format!("{:?}", ReadError::Damaged { path: path.to_owned(), reason: sense.into() });
    assert_eq!(told(say!("no-column", column = "two\nlines")).as_ref(), Some(&expected));
    assert_eq!(told(say!("no-column", column = vec!["long"; 200])).as_ref(), Some(&expected));
}

#[test]
fn what_is_wrong_with_a_row_is_believed_as_far_as_ours_go() {
    let longest = say!("not-a-date", field = "billing_period_start_date", text = "ä\n".repeat(10_000));
    assert_eq!(believed(longest.clone()), longest, "a reader shortens what it quotes");
    assert_eq!(believed(say!("no-column", column = vec!["long"; 200])), say!("reading-makes-no-sense"));
}
