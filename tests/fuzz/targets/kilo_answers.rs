//! libFuzzer on [`fuzz::kilo_answers`].
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::kilo_answers(bytes));
