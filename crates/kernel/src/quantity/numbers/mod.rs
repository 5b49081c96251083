//! Numbers as people write them: Vietnamese `1.234,5`, English `1,234.5`.
//!
//! | | thousands | decimals | minus |
//! |---|---|---|---|
//! | Vietnamese | `.` or NBSP / thin space | `,` | `-` or `−` |
//! | English | `,` or NBSP / thin space | `.` | `-` or `−` |
//!
//! Where the language is known (a form field, a sentence of a Vietnamese report) [`parse`] applies it
//! strictly: groups have three digits, and `12.34` in a Vietnamese text is a fault, not 12 hundredths.
//! Where it is not known (a column of a foreign file) use [`Convention::Unknown`]: `1.234,5` says by
//! itself what it is, `1.234` does not and comes back as [`NumberFault::Ambiguous`] with both readings.
//! [`detect`] looks at a whole column first; one plain witness settles it for its neighbours.

pub(crate) mod decimal;
mod detect;
mod fault;
mod parse;
mod write;

pub use detect::{Detected, Sample, detect};
pub use fault::NumberFault;
pub use parse::{Convention, parse, parse_in, parse_percent};
pub use write::{write, write_all, write_exact, write_fixed, write_percent, write_spaced};
