//! The window's TypeScript types are those of the Rust answers.

use crate::{files, same_or_update};
use acceptance::root;
use headroom_app::AppError;
use headroom_app::views::{
    ImportFrom, ImportView, Link, PlansView, ProgressView, ReceiptView, Standing, StartView, Theme, Vendor,
};
use std::collections::BTreeMap;
use ts_rs::{Config, TS};

#[test]
fn the_windows_types_are_the_answers_types() {
    let folder = tempfile::tempdir().expect("a folder");
    let config = Config::new().with_out_dir(folder.path());
    let export = |outcome: Result<(), ts_rs::ExportError>| outcome.expect("the type can be written");
    export(StartView::export_all(&config));
    export(Standing::export_all(&config));
    export(PlansView::export_all(&config));
    export(ReceiptView::export_all(&config));
    export(ImportView::export_all(&config));
    export(ImportFrom::export_all(&config));
    export(ProgressView::export_all(&config));
    export(Vendor::export_all(&config));
    export(AppError::export_all(&config));
    export(Link::export_all(&config));
    export(Theme::export_all(&config));
    let generated: BTreeMap<_, _> = files(folder.path());
    assert!(generated.len() > 20, "only {} types were written", generated.len());
    same_or_update(&root().join("ui/src/ipc/bindings"), &generated);
}
