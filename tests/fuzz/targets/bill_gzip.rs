//! libFuzzer on [`fuzz::bill_gzip`].
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::bill_gzip(bytes));
