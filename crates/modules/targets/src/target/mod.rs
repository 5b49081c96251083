//! Targets: what a sentence demands.

mod chart;
pub mod define;
pub mod draft;
mod dropping;
pub(crate) mod history;
pub mod model;
pub mod said;
mod seen;
pub mod store;
#[cfg(test)]
mod store_tests;
pub mod web;
pub mod who;
pub use model::{Condition, Over, Reading, Target, Test};
