//! libFuzzer on [`fuzz::kilo_database`].
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::kilo_database(bytes));
