//! libFuzzer on [`fuzz::anything`].
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::anything(bytes));
