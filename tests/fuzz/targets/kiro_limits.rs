//! libFuzzer on [`fuzz::kiro_limits`].
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::kiro_limits(bytes));
