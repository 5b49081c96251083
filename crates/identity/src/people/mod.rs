//! People: who works with the program.

pub mod model;
pub mod store;
pub(crate) mod edit;
pub(crate) mod web;
