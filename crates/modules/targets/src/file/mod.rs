//! One resolution in one file: what a person writes, and what the program writes back without loss.

pub mod format;
pub mod value;

pub use format::{FileFault, ResolutionFile};
