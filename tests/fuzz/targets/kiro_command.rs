//! libFuzzer on [`fuzz::kiro_command`].
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::kiro_command(bytes));
