//! The proof of the engine: properties, the independent model, bugs reported elsewhere.

mod advice;
mod amounts;
mod catalogue;
mod charges;
mod course;
mod every_kind;
mod packs;
mod properties;
mod reference;
mod reported_bugs;
