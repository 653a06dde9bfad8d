//! Sums of what was used: a write adds up what it changes of them and writes each row once.

use super::{NOW, Place, moment, usage, with_account};
use headroom_exact::Credits;
use headroom_store::StoreError;
use headroom_store::table::breakdown::Apart;
use headroom_store::table::events::NewEvent;

#[test]
fn a_write_that_changes_more_sums_than_are_kept_at_once_loses_none() {
    const SESSIONS: usize = 33_000;
    let place = Place::new();
    let (mut store, account) = with_account(&place);
    for added in [SESSIONS, 0] {
        let written = store.write(|writing| {
            let mut appending = writing.appending()?;
            let mut new = 0;
            for number in 0..SESSIONS {
                let session = Some(format!("s{number}"));
                let task = usage(&format!("k{number}"), NOW, 125, Some("auto"));
                let task = NewEvent { session, ..task };
                new += usize::from(appending.append(account, &task, moment(NOW))?);
            }
            Ok::<_, StoreError>(new)
        });
        assert_eq!(written.expect("written"), added, "what is known counts once");
    }
    let day = moment(NOW).date();
    let used = store.used_by(account, day, day.succ_opt().expect("a day"), Apart::Session).expect("sums");
    assert_eq!(used.len(), SESSIONS);
    assert!(used.iter().all(|one| (one.tasks, one.metered) == (1, Credits::from_hundredths(125))));
    let days = store.days(account, day, day).expect("days");
    let [only] = days.as_slice() else { panic!("one day: {days:?}") };
    assert_eq!((only.tasks, only.credits), (33_000, Credits::from_hundredths(33_000 * 125)));
}

#[test]
fn what_is_taken_back_in_the_write_that_brought_it_leaves_no_sum() {
    let place = Place::new();
    let (mut store, account) = with_account(&place);
    let written = store.write(|writing| {
        for key in ["a", "b"] {
            writing.append(account, &usage(key, NOW, 125, Some(key)), moment(NOW))?;
        }
        let recorded = writing.recorded(account, "a")?.expect("it was appended");
        writing.supersede(account, &recorded, None, moment(NOW))
    });
    written.expect("written");
    let day = moment(NOW).date();
    let used = store.used_by(account, day, day.succ_opt().expect("a day"), Apart::Model).expect("sums");
    let names: Vec<_> = used.iter().map(|one| (one.name.as_deref(), one.metered.to_string())).collect();
    assert_eq!(names, [(Some("b"), "1.25".to_owned())]);
}
