//! Observations: one reported value of a measure, its qualifier, its day, its evidence.

pub mod model;
pub mod store;
pub use model::{Evidence, Observation, ObservationId, Judgement, Stage, Value};
