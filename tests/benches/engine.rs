//! Criterion benches: reading a scenario, the fold, a preview, an import.

use acceptance::{Desk, scenario_json, session};
use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use headroom_billing::individual::Ledger;
use headroom_billing::{Preview, Scenario};
use std::hint::black_box;

const EVENTS: usize = 100_000;

fn engine(criterion: &mut Criterion) {
    let json = scenario_json(EVENTS);
    let Scenario::Individual(scenario) = Scenario::parse(json.as_bytes()).expect("a scenario");
    let mut group = criterion.benchmark_group("engine");
    group.throughput(Throughput::Elements(EVENTS as u64));
    group.bench_function("read a scenario", |bencher| {
        bencher.iter(|| Scenario::parse(black_box(json.as_bytes())).expect("a scenario"));
    });
    group.bench_function("parse the same file into typed structs", |bencher| {
        bencher.iter(|| acceptance::typed::parse(black_box(json.as_bytes())));
    });
    group.bench_function("fold", |bencher| {
        bencher.iter(|| Ledger::fold(black_box(&scenario), scenario.as_of).expect("a ledger"));
    });
    group.finish();

    let ledger = Ledger::fold(&scenario, scenario.as_of).expect("a ledger");
    let power = scenario.terms.edition.plan_named("power").expect("a plan");
    criterion.bench_function("preview on a folded account", |bencher| {
        bencher.iter(|| Preview::on(black_box(&ledger), power, scenario.as_of));
    });
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
            |desk| desk.headroom.import_kiro_sessions(Some(&file)).map(|_| desk),
            BatchSize::PerIteration,
        );
    });
    let desk = Desk::at("2026-11-21T10:00:00Z");
    desk.headroom.import_kiro_sessions(Some(&file)).expect("an import");
    group.bench_function("the same session again", |bencher| {
        bencher.iter(|| desk.headroom.import_kiro_sessions(Some(&file)));
    });
    group.finish();
}

criterion_group!(benches, engine, import);
criterion_main!(benches);
