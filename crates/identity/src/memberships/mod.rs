//! Memberships: a person holds a role in an organisation for a stretch of days.

pub mod model;
pub mod store;
pub(crate) mod verbs;
pub(crate) mod web;
