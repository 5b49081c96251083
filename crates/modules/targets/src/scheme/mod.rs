//! Schemes of grades through time, and crosswalks between them.

pub mod model;
pub mod store;
pub mod web;
pub use model::{Crosswalk, Grade, Scheme, Schemes};
