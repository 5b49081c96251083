//! Identity through its real router, on both engines, with a clock that stands.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests: a surprise should end them at once")]

mod oidc;
mod people;
mod provider;
mod second_factor;
mod sessions;
mod sights;
mod sign_in;
mod tokens;
mod world;
