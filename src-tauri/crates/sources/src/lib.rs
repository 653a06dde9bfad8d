//! Readers of the files and services where the vendors leave usage.
