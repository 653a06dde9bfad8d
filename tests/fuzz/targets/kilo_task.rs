//! libFuzzer on [`fuzz::kilo_task`].
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::kilo_task(bytes));
