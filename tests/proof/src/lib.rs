//! An independent model of the rules, and random scenarios to compare it with the engine on.
