//! What can be wrong with a number as somebody wrote it.

use crate::lang::Said;
use crate::quantity::exact::Exact;

/// Why a text is not taken as a number. Every fault quotes the text, at most 80 characters of it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NumberFault {
    /// Nothing is written, or only a sign.
    #[error("no number")]
    Empty,
    /// A character that belongs to no number.
    #[error("{text:?} holds {found:?}, which is not part of a number")]
    Unexpected {
        /// The text as it came.
        text: String,
        /// The first character that does not belong.
        found: char,
    },
    /// An ordinary space between digits: it may be two numbers.
    #[error("{text:?} has a space inside")]
    InnerSpace {
        /// The text as it came.
        text: String,
    },
    /// The thousands are not in groups of three: `12.34` or `1.23.4` where the dot groups.
    #[error("{text:?} groups its thousands wrongly")]
    WrongGroups {
        /// The text as it came.
        text: String,
        /// The mark taken as the grouping one; a space for every kind of space.
        mark: char,
    },
    /// More than one decimal mark.
    #[error("{text:?} has more than one decimal mark")]
    TwoDecimals {
        /// The text as it came.
        text: String,
        /// The decimal mark of the convention in force.
        mark: char,
    },
    /// No digit before or after the decimal mark: `,5` or `5,`.
    #[error("{text:?} lacks a digit beside its decimal mark")]
    BareMark {
        /// The text as it came.
        text: String,
    },
    /// Readable both ways with different values, and nothing says which is meant.
    #[error("{text:?} is {as_vi} in Vietnamese and {as_en} in English writing")]
    Ambiguous {
        /// The text as it came.
        text: String,
        /// Its value where the dot groups and the comma is decimal.
        as_vi: Exact,
        /// Its value where the comma groups and the dot is decimal.
        as_en: Exact,
    },
    /// More digits than an exact number can hold.
    #[error("{text:?} has too many digits")]
    TooLong {
        /// The beginning of the text.
        text: String,
    },
}

impl NumberFault {
    /// The fault for a reader.
    #[must_use]
    pub fn said(&self) -> Said {
        match self {
            Self::Empty => Said::new("kernel-number-empty"),
            Self::Unexpected { text, found } => {
                Said::new("kernel-number-unexpected").with("text", text).with("found", found)
            }
            Self::InnerSpace { text } => Said::new("kernel-number-inner-space").with("text", text),
            Self::WrongGroups { text, mark } => {
                let key = if *mark == ' ' { "kernel-number-wrong-space-groups" } else { "kernel-number-wrong-groups" };
                Said::new(key).with("text", text).with("mark", mark)
            }
            Self::TwoDecimals { text, mark } => {
                Said::new("kernel-number-two-decimals").with("text", text).with("mark", mark)
            }
            Self::BareMark { text } => Said::new("kernel-number-bare-mark").with("text", text),
            Self::Ambiguous { text, as_vi, as_en } => Said::new("kernel-number-ambiguous")
                .with("text", text)
                .number("as_vi", *as_vi, Exact::CANONICAL_PLACES)
                .number("as_en", *as_en, Exact::CANONICAL_PLACES),
            Self::TooLong { text } => Said::new("kernel-number-too-long").with("text", text),
        }
    }
}
