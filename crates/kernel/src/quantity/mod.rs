//! Exact numbers, the words people put before them, and what both together allow to be said.
//!
//! A report says "gần 90% tin, bài (chỉ tiêu 60–70%)" or "hơn 4.600 tin bài". A program that stores
//! 90 and 4600 has already lied. Here the path is:
//!
//! 1. [`numbers`] reads the digits as Vietnamese (`4.600`, `66,67`) or English (`4,600`, `66.67`)
//!    write them; a shape that means two things is a fault that shows both readings, never a guess.
//! 2. [`Qualifier`] reads the word ("gần", "hơn", "tối thiểu"); [`Reported`] keeps word and number.
//! 3. [`Reported::span`] turns them into a [`Span`] of exact numbers under a visible [`NearPolicy`].
//! 4. A span compared with a threshold gives a [`Truth`]: yes, no, or *open* when the span straddles
//!    the threshold. Open is shown to people; it is never quietly a yes.
//! 5. [`relative`] computes "exceeds by 66.67 %" exactly, and finds the targets such a sentence implies.
//!
//! Nothing here uses floating point. [`Exact`] is a fraction of 128-bit integers; arithmetic that
//! does not fit is refused with [`TooLarge`].

mod exact;
mod near;
pub mod numbers;
mod qualifier;
pub mod relative;
mod reported;
mod span;
mod span_arithmetic;
mod truth;

#[cfg(test)]
mod laws;
#[cfg(test)]
mod vectors;

pub use exact::{Exact, NotCanonical, TooLarge, Undivided};
pub use near::{BadPolicy, NearPolicy, Scale};
pub use numbers::{Convention, NumberFault};
pub use qualifier::{Qualifier, UnknownQualifier};
pub use reported::{Reported, ReportedFault, SpanFault};
pub use span::{End, Span};
pub use truth::Truth;
