//! libFuzzer on [`fuzz::kiro_models`].
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::kiro_models(bytes));
