//! The kernel: the nouns every other room of the house needs, and no input or output at all.
//!
//! Nothing here reads a clock, draws a random number, opens a file or speaks to a database.
//! Time and randomness arrive as parameters.

pub mod calendar;
pub mod clock;
pub mod id;
pub mod lane;
pub mod lang;
pub mod quantity;
pub mod rules;
pub mod text;
pub mod words;

pub use clock::{Clock, Date, Instant, Interval};
pub use lane::Lane;
pub use lang::{Lang, Said};
