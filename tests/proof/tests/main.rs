//! The proof of the engine: properties, the independent model, bugs reported elsewhere.

mod properties;
mod reference;
