//! libFuzzer on [`fuzz::kiro_log`].
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::kiro_log(bytes));
