//! libFuzzer on [`fuzz::kilo_rows`].
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::kilo_rows(bytes));
