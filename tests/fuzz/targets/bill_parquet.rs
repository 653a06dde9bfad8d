//! libFuzzer on [`fuzz::bill_parquet`].
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::bill_parquet(bytes));
