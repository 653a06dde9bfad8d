//! Criterion benches: reading a scenario, the fold, a preview, an import.

use acceptance::{Desk, session};
use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use headroom_app::answers::ImportKind;
use headroom_billing::organisation::{self, Seat};
use headroom_billing::{AccountKind, Ledger, Scenario, Timeline, person, team};
use headroom_exact::Moment;
use std::hint::black_box;
use tools::large::{organisation_json, scenario_json, team_json};

const EVENTS: usize = 100_000;

/// Reads a scenario of one kind, or stops.
macro_rules! timeline {
    ($json:expr, $kind:ident) => {
        match Scenario::parse($json.as_bytes()) {
            Ok(Scenario::$kind(sourced)) => sourced.timeline,
            _ => panic!("a scenario of that kind"),
        }
    };
}

fn fold<K: AccountKind>(criterion: &mut Criterion, name: &str, timeline: &Timeline<'_, K>) {
    let mut group = criterion.benchmark_group("fold");
    group.throughput(Throughput::Elements(EVENTS as u64));
    group.bench_function(name, |bencher| {
        bencher.iter(|| Ledger::fold(black_box(timeline), timeline.as_of).expect("a ledger"));
    });
    group.finish();
}

fn engine(criterion: &mut Criterion) {
    let json = scenario_json(EVENTS);
    let mut group = criterion.benchmark_group("read");
    group.throughput(Throughput::Elements(EVENTS as u64));
    group.bench_function("a scenario", |bencher| {
        bencher.iter(|| Scenario::parse(black_box(json.as_bytes())).is_ok());
    });
    group.bench_function("the same file into typed structs", |bencher| {
        bencher.iter(|| tools::typed::parse(black_box(json.as_bytes())));
    });
    group.finish();

    let person = timeline!(json, Individual);
    fold(criterion, "one person", &person);
    let json = organisation_json(EVENTS, 100);
    let organisation = timeline!(json, Organisation);
    fold(criterion, "an organisation, 83 tasks a user and month", &organisation);
    let json = team_json(EVENTS);
    let team = timeline!(json, Team);
    fold(criterion, "a team", &team);

    let mut group = criterion.benchmark_group("preview on a folded account");
    let at: Moment = person.as_of;
    let ledger = Ledger::fold(&person, at).expect("a ledger");
    let power = person.edition().plan_named("power").expect("a plan");
    group.bench_function("one person", |bencher| {
        bencher.iter(|| person::Preview::on(black_box(&ledger), power, at));
    });
    let ledger = Ledger::fold(&organisation, at).expect("a ledger");
    let seat = Seat { profile: "us-east-1/A".into(), user: "user-00000050".into() };
    let request = organisation::Request { seat, group: "", plan: Some(power) };
    group.bench_function("a user of an organisation", |bencher| {
        bencher.iter(|| organisation::Preview::on(black_box(&ledger), &request, at));
    });
    let ledger = Ledger::fold(&team, at).expect("a ledger");
    group.bench_function("a team", |bencher| {
        bencher.iter(|| team::Preview::on(black_box(&ledger), &team::Request::AddSeats(3), at));
    });
    group.finish();
}

fn import(criterion: &mut Criterion) {
    const TURNS: usize = 2_000;
    let turns: Vec<_> = (0..TURNS)
        .map(|turn| (format!("2026-11-{:02}T{:02}:{:02}:00Z", 1 + turn % 20, turn % 24, turn % 60), "1.25"))
        .collect();
    let turns: Vec<_> = turns.iter().map(|(at, credits)| (at.as_str(), *credits)).collect();
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("session.json");
    std::fs::write(&file, session("bench", &turns)).expect("written");
    let mut group = criterion.benchmark_group("import");
    group.throughput(Throughput::Elements(TURNS as u64)).sample_size(20);
    group.bench_function("a session into an empty store", |bencher| {
        bencher.iter_batched(
            || Desk::at("2026-11-21T10:00:00Z"),
            |desk| desk.import(ImportKind::KiroSessions, Some(&file)).map(|_| desk),
            BatchSize::PerIteration,
        );
    });
    let desk = Desk::at("2026-11-21T10:00:00Z");
    desk.import(ImportKind::KiroSessions, Some(&file)).expect("an import");
    group.bench_function("the same session again", |bencher| {
        bencher.iter(|| desk.import(ImportKind::KiroSessions, Some(&file)));
    });
    group.finish();
}

criterion_group!(benches, engine, import);
criterion_main!(benches);
