//! API tokens: a program acts for an account.

pub mod model;
pub mod store;
pub(crate) mod web;
