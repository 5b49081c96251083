//! Accounts: what a person signs in with.

pub(crate) mod manage;
pub mod model;
pub mod store;
pub(crate) mod verbs;
pub(crate) mod web;
