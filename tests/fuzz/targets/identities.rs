//! libFuzzer on [`fuzz::identities`].
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::identities(bytes));
