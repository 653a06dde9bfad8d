//! libFuzzer on [`fuzz::price_list`].
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::price_list(bytes));
