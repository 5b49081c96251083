//! Organisations: the noun, its refusals, its pages.

pub mod contact;
pub mod model;
pub mod refused;
pub(crate) mod web;
