//! libFuzzer on [`fuzz::scenario`].
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::scenario(bytes));
