//! Verdicts: whether a target is met, told apart from whether that is known.
//!
//! Pure: the same target, observations, policies and day always give the same verdict.

mod combine;
pub mod model;
mod over;
mod part;
pub mod policy;
mod test;

#[cfg(test)]
mod vectors;

pub use combine::{judge, part_exceeds_whole};
pub use model::{Approval, Excess, Inputs, Outcome, Schedule, Step, Verdict};
pub use policy::Policy;
pub use test::disagreement;

/// Version of the rules in this folder. Raised whenever the same inputs could give another verdict.
pub const RULES: &str = "1";
