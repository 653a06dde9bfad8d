//! What Headroom remembers: one SQLite file.
