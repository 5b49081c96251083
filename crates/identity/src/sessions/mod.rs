//! Sessions: signed-in browsers.

pub mod model;
pub mod store;
