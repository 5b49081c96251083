//! What the tests of every crate share. Never a dependency of the program itself.

pub mod db;
pub mod paper;
pub mod postgres;
