//! Verdicts: whether a target is met, told apart from whether that is known.
//!
//! Pure: the same target, observations, policies and day always give the same verdict.

mod combine;
pub mod model;
mod over;
mod part;
pub mod policy;
mod slots;
mod test;

#[cfg(test)]
mod tests;

pub use combine::{judge, part_exceeds_whole};
pub use model::{Approval, Excess, Inputs, Outcome, Rolled, Schedule, Step, Verdict};
pub use policy::Policy;
pub use test::disagreement;

/// Version of the rules in this folder. Raised whenever the same inputs could give another verdict.
///
/// * 1: the first.
/// * 2: a unit's yes or no is final only when it is settled in itself; one condition lost for good settles the
///   whole; roll-ups are settled by the end of the term and
///   leave open what is not known of a target; a sum that only grows is lost once it passes its ceiling
///   and is never safe below it; what is left open, or does not apply, is no number of a sum.
pub const RULES: &str = "2";
