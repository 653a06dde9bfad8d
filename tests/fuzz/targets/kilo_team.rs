//! libFuzzer on [`fuzz::kilo_team`].
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::kilo_team(bytes));
