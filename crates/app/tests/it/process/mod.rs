//! The binary itself, as a process of its own.

mod doctor;
mod kill;
mod oidc;
mod server;
mod start;
