//! libFuzzer on [`fuzz::anything`].
#![no_main]

libfuzzer_sys::fuzz_target!(
    // The library for Parquet panics at some files, and the reader refuses these: only what nobody catches is a find.
    init: std::panic::set_hook(Box::new(|panic| eprintln!("{panic}"))),
    |bytes: &[u8]| fuzz::anything(bytes)
);
