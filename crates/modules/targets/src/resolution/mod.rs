//! Resolutions: what was resolved, its sentences, its term.

pub mod define;
pub mod door;
pub mod model;
pub mod place;
pub mod sentence;
pub mod source;
pub mod store;
pub mod transfer;
pub mod write;

pub use model::{Refused, ResolutionId, State, TargetId};
