//! Parses a scenario file into typed structs and does nothing else: the yardstick beside which
//! `headroom simulate` is measured (`make bench`).

fn main() {
    let file = std::env::args().nth(1).expect("usage: parse-typed FILE");
    let json = std::fs::read(file).expect("a readable file");
    println!("{} events", tools::typed::parse(&json));
}
