//! People: who works with the program.

pub(crate) mod edit;
pub mod model;
pub mod store;
pub(crate) mod web;
