//! libFuzzer on [`fuzz::kiro_ide_session`].
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::kiro_ide_session(bytes));
