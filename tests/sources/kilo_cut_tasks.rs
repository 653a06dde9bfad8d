//! Tasks of Kilo's legacy extension that are cut off: what stands before counts, and what came then is missing until a whole copy tells
//! it.

use super::kilo_older::{import, month};
use super::{NOW, write};
use acceptance::Desk;
use std::path::PathBuf;

const AT: i64 = 1_795_219_200_000; // 2026-11-21T00:00:00Z

/// A task with a request of $1.50 at each of these seconds.
fn task(seconds: &[i64]) -> String {
    let request = |second: &i64| {
        let said = r#"{\"cost\":1.5,\"inferenceProvider\":\"A\",\"tokensIn\":1}"#;
        format!(r#"{{"ts":{},"type":"say","say":"api_req_started","text":"{said}"}}"#, AT + second * 1000)
    };
    format!("[{}]", seconds.iter().map(request).collect::<Vec<_>>().join(","))
}

fn cut(text: &str) -> &str {
    &text[..text.len() - 30]
}

fn place(desk: &Desk, copy: &str, text: &str) -> PathBuf {
    write(desk, &format!("{copy}/tasks/7/ui_messages.json"), text);
    desk.home().join(copy).join("tasks")
}

/// Found in November 2026: such a task was refused when it was given alone, and its requests were lost.
#[test]
fn alone_it_is_read_as_far_as_it_goes() {
    let desk = Desk::at(NOW);
    let text = task(&[0, 60, 120]);
    let folder = place(&desk, "now", cut(&text));
    for path in [folder.clone(), folder.join("7/ui_messages.json")] {
        let view = import(&desk, &path);
        assert_eq!((view.files, view.read, view.skipped.len()), (1, 2, 1), "{view:?}");
        assert!(view.skipped[0].was_read && view.amount.as_ref().is_some_and(|amount| amount.at_least));
        assert_eq!(month(&desk, &view), (Some("3.000000".to_owned()), true));
    }
    let run = desk.run(&["import", folder.join("7/ui_messages.json").to_str().expect("a path")]);
    assert_eq!(run.status, 0, "{}", run.errors);
    assert!(run.errors.contains("it ends in the middle"), "{}", run.errors);
    place(&desk, "now", &text);
    assert_eq!(month(&desk, &import(&desk, &folder)), (Some("4.500000".to_owned()), false));
}

#[test]
fn beside_a_copy_that_is_whole_nothing_is_missing_in_whatever_order() {
    let text = task(&[0, 60, 120]);
    for order in [[("a", cut(&text)), ("b", &*text)], [("a", &*text), ("b", cut(&text))]] {
        let desk = Desk::at(NOW);
        let mut last = None;
        for (copy, text) in order.iter().chain(&order) {
            last = Some(import(&desk, &place(&desk, copy, text)));
        }
        let view = last.expect("an import");
        assert_eq!(month(&desk, &view), (Some("4.500000".to_owned()), false), "{order:?}");
    }
    // Two in one folder are one record.
    let desk = Desk::at(NOW);
    write(&desk, "tasks/1/ui_messages.json", cut(&text));
    write(&desk, "tasks/2/ui_messages.json", &text);
    let view = import(&desk, &desk.home().join("tasks"));
    assert!(!view.amount.as_ref().expect("an amount").at_least, "{view:?}");
    assert_eq!(month(&desk, &view), (Some("4.500000".to_owned()), false));
}

#[test]
fn a_copy_from_before_and_another_task_tell_nothing_of_what_is_missing() {
    let desk = Desk::at(NOW);
    let (text, earlier, another) = (task(&[0, 60, 120]), task(&[0]), task(&[9, 200]));
    import(&desk, &place(&desk, "now", cut(&text)));
    import(&desk, &place(&desk, "before", &earlier));
    let view = import(&desk, &place(&desk, "another", &another));
    assert_eq!(month(&desk, &view), (Some("6.000000".to_owned()), true));
}

/// Found in November 2026: a request that was read before its answer came stood as one of unknown cost for ever.
#[test]
fn a_request_that_goes_on_while_it_is_read_is_the_one_that_ended() {
    let desk = Desk::at(NOW);
    let ended = task(&[0]);
    let goes_on = format!(
        r#"[{{"ts":{AT},"type":"say","say":"api_req_started","text":"{{\"apiProtocol\":\"openai\"}}"}}]"#
    );
    let folder = place(&desk, "now", &goes_on);
    let view = import(&desk, &folder);
    assert_eq!((view.read, view.unmetered), (1, 1));
    place(&desk, "now", &ended);
    let view = import(&desk, &folder);
    assert_eq!(month(&desk, &view), (Some("1.500000".to_owned()), false));
}
