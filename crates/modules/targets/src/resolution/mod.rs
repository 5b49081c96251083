//! Resolutions: what was resolved, its sentences, its term.

pub mod door;
pub mod model;
pub mod store;

pub use model::{Refused, ResolutionId, State, TargetId};
