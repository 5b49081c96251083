//! Measures: what is counted, in which unit, from which parts, under which policies.

pub mod model;
pub mod web;
pub use model::{Bare, Feed, Measure, Parts, Unit, Weight};
