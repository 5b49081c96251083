//! The program put together: configuration, composition, commands. See `ARCHITECTURE.md` for the map.

pub mod commands;
pub mod config;
pub mod listen;
pub mod machine;
pub mod pages;
pub mod program;
pub mod sample;
pub mod tree;

pub use program::{Ground, Program};

/// A page is many small texts made and dropped by several threads at once, which the system's allocator serves with
/// locks and returns to the kernel in between: a third of the time of a long page.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;
