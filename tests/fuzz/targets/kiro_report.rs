//! libFuzzer on [`fuzz::kiro_report`].
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::kiro_report(bytes));
