//! What modules say to each other: changes (events), questions (traits) and the data they carry.
//!
//! Data and traits only; one file per module that speaks.

pub mod change;
pub mod indicator;
pub mod question;

pub use change::{Actor, Change};
