//! The second factor: codes by time (RFC 6238), codes to recover with, and the picture to scan.

pub mod qr;
pub mod recovery;
pub mod totp;
pub(crate) mod web;
