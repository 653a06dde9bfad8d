//! The window's TypeScript types are those of the Rust answers.

use crate::{files, same_or_update};
use acceptance::root;
use headroom_app::AppError;
use headroom_app::views::{
    AlertView, Choice, ExportForm, FactsChange, FactsSaved, ImportFrom, ImportView, InvoicesView, Link,
    Offers, PlansView, ProgressView, ReceiptView, SeatChange, SeatReceipt, Standing, StartView, TrayChoice,
    TrayWords, UsageQuery, UsageRows, UsageView, WhatIf, WhatIfView,
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
    export(InvoicesView::export_all(&config));
    export(ExportForm::export_all(&config));
    export(UsageView::export_all(&config));
    export(UsageQuery::export_all(&config));
    export(UsageRows::export_all(&config));
    export(WhatIf::export_all(&config));
    export(WhatIfView::export_all(&config));
    export(SeatChange::export_all(&config));
    export(SeatReceipt::export_all(&config));
    export(FactsChange::export_all(&config));
    export(FactsSaved::export_all(&config));
    export(Choice::export_all(&config));
    export(AlertView::export_all(&config));
    export(Offers::export_all(&config));
    export(TrayWords::export_all(&config));
    export(TrayChoice::export_all(&config));
    export(AppError::export_all(&config));
    export(Link::export_all(&config));
    let generated: BTreeMap<_, _> = files(folder.path());
    assert!(generated.len() > 20, "only {} types were written", generated.len());
    same_or_update(&root().join("ui/src/ipc/bindings"), &generated);
}
