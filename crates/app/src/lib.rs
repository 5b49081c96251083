//! The program put together: configuration, composition, commands. See `ARCHITECTURE.md` for the map.

pub mod commands;
pub mod config;
pub mod machine;
pub mod pages;
pub mod program;
pub mod sample;
pub mod tree;

pub use program::{Ground, Program};
