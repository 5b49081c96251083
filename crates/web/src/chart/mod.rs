//! Charts drawn by the server as SVG: title, description and a table with the same figures.
//!
//! Floats appear here only: they place ink on a screen. What is written beside it is text the caller
//! made from exact numbers, and nothing is judged by a float.

mod bars;
mod line;
mod scale;
mod share;
mod spark;

pub use bars::Bars;
pub use line::{Line, Point};
pub use share::Share;
pub use spark::Spark;
