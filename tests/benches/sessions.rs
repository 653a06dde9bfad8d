//! Sessions of Kiro's newer layout: reading a million lines, and importing ten thousand files that didn't change.

use acceptance::Desk;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use headroom_app::answers::ImportKind;
use headroom_sources::files::table_file::{Room, unwatched};
use headroom_sources::kiro::lineage::Names;
use headroom_sources::kiro::session_folders::{Merged, read_all};
use headroom_sources::kiro::session_stores;
use std::hint::black_box;
use tools::large::session_folders;

const LINES: usize = 1_000_000;
const FILES: usize = 10_000;

fn reading(criterion: &mut Criterion) {
    let home = tempfile::tempdir().expect("a folder");
    session_folders(home.path(), 100, LINES / 100).expect("written");
    let mut group = criterion.benchmark_group("sessions");
    group.sample_size(10);
    group.throughput(Throughput::Elements(LINES as u64));
    group.bench_function("a million lines", |bencher| {
        bencher.iter(|| {
            let files = session_stores::find(black_box(home.path())).expect("sessions");
            let files: Vec<_> = files.into_iter().map(|file| file.path).collect();
            let read = read_all(&files, Names::LeftOut, &mut Room::default(), &unwatched).expect("sessions");
            Merged::of(read.read.into_iter().map(|read| read.session).collect())
        });
    });
    group.finish();
}

fn again(criterion: &mut Criterion) {
    // A clock that is far enough ahead of the files: they are settled.
    let desk = Desk::at("2126-11-26T12:00:00Z");
    session_folders(&desk.home().join("sessions"), FILES, 31).expect("written");
    let folder = desk.home().join("sessions");
    let import = || desk.import(ImportKind::KiroSessions, Some(&folder)).expect("an import");
    import();
    let mut group = criterion.benchmark_group("sessions");
    group.sample_size(10);
    group.bench_function("ten thousand files that didn't change", |bencher| bencher.iter(import));
    group.finish();
}

criterion_group!(benches, reading, again);
criterion_main!(benches);
