//! Reports: the paper made from a frozen review. Every number carries its observation; a re-issue is a new version
//! that lists the figures that changed.

pub mod changes;
pub mod compose;
pub mod content;
pub mod number;
pub mod paper;
pub mod passage;
mod screen;
pub mod store;
pub mod web;

#[cfg(test)]
mod compose_tests;
#[cfg(test)]
mod paper_tests;
#[cfg(test)]
mod passage_tests;

pub use content::Content;
