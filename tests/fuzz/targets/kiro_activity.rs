//! libFuzzer on [`fuzz::kiro_activity`].
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::kiro_activity(bytes));
