//! One resolution in one file: what a person writes, and what the program writes back without loss.

pub mod check;
pub mod export;
pub mod format;
pub mod import;
pub mod recorded;
pub mod value;

pub use format::{FileFault, ResolutionFile};
