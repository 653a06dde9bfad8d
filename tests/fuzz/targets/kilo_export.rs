//! libFuzzer on [`fuzz::kilo_export`].
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::kilo_export(bytes));
