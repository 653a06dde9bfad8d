//! Faults of files of text.

use acceptance::chance::Chance;

/// What no program would take for part of a number or a name.
const STRANGE: [&[u8]; 12] =
    [b"x", b"\"", b",", b";", b"\t", b"|", b"\n", b"\0", b"\xff", b"(", b"\xe2\x82\xac", b"%"];

/// The text with one fault. A digit that became another is another file, not a fault; so nothing takes one away alone.
pub fn damaged(text: &str, chance: &mut Chance) -> Vec<u8> {
    let mut bytes = text.as_bytes().to_vec();
    let header = text.find('\n').expect("a header");
    match chance.below(5) {
        // Something strange stands in it.
        0 | 1 => {
            let at = chance.below(bytes.len());
            bytes.splice(at..at, chance.of(&STRANGE).iter().copied());
        }
        // A mark between fields or rows is gone.
        2 => {
            let marks: Vec<_> =
                (0..bytes.len() - 1).filter(|at| matches!(bytes[*at], b',' | b'\n')).collect();
            bytes.remove(chance.of(&marks));
        }
        // It breaks off within a row, before its last field.
        3 => loop {
            let at = header + 1 + chance.below(bytes.len() - header - 1);
            let row = text[..at].rfind('\n').expect("a row") + 1;
            let end = text[at..].find('\n').map_or(text.len(), |end| at + end);
            if at > row && text[at..end].contains(',') {
                bytes.truncate(at);
                break;
            }
        },
        // A row is there with a field of another.
        _ => {
            let rows: Vec<_> = text.lines().collect();
            let row = rows[1 + chance.below(rows.len() - 1)];
            let cut = row.rfind(',').expect("fields");
            bytes.extend_from_slice(format!("{}\n", &row[..cut]).as_bytes());
        }
    }
    bytes
}

/// The bytes with up to three changes of any kind, digits too.
pub fn changed(whole: &[u8], chance: &mut Chance) -> Vec<u8> {
    let mut bytes = whole.to_vec();
    for _ in 0..=chance.below(3) {
        let place = chance.below(bytes.len());
        match chance.below(5) {
            0 => bytes[place] = u8::try_from(chance.below(256)).expect("a byte"),
            1 => _ = bytes.remove(place),
            2 => bytes.insert(place, chance.of(b",\"\n;0-9Zx")),
            3 => bytes.truncate(bytes.len() - chance.below(bytes.len().min(400))),
            // A row that stands there twice, or not at all.
            _ => {
                let rows: Vec<_> = bytes.split_inclusive(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect();
                let row = chance.below(rows.len());
                let times = if chance.below(2) == 0 { 0 } else { 2 };
                let kept = rows.iter().enumerate();
                bytes = kept
                    .flat_map(|(place, text)| text.repeat(if place == row { times } else { 1 }))
                    .collect();
            }
        }
        if bytes.is_empty() {
            return bytes;
        }
    }
    bytes
}
