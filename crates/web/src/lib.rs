//! What every page shares: who looks, in which language, through which route, in which shell.

pub mod access;
pub mod viewer;

pub use access::{Access, Route, Routes};
pub use viewer::{Grant, Scope, Viewer};
