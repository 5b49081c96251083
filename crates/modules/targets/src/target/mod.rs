//! Targets: what a sentence demands.

mod chart;
pub(crate) mod history;
pub mod model;
pub mod said;
mod seen;
pub mod web;
pub mod who;
pub use model::{Condition, Over, Reading, Target, Test};
