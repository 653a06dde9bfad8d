//! libFuzzer on [`fuzz::bill_csv`].
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::bill_csv(bytes));
