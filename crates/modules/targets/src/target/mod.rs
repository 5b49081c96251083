//! Targets: what a sentence demands.

pub mod model;
pub use model::{Condition, Over, Reading, Target, Test};
