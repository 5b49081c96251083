//! Finding out how a column of numbers is written, before any of it is read.

use super::parse::{Convention, readings};

/// A text of the column and where it stood (0 is the first text given).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sample {
    /// Position among the texts given.
    pub at: usize,
    /// The text.
    pub text: String,
}

/// What a column says about its own convention.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Detected {
    /// At least one text can be read one way only, and none contradicts it.
    Consistent(Convention),
    /// Some texts are plainly Vietnamese, others plainly English: a person must look.
    Mixed {
        /// The first plainly Vietnamese one.
        first_vi: Sample,
        /// The first plainly English one.
        first_en: Sample,
    },
    /// Nothing tells: every text reads the same both ways, is ambiguous, or is no number.
    Silent,
}

impl Detected {
    /// The convention to read the column by; a mixed or silent column is read text by text.
    #[must_use]
    pub const fn convention(&self) -> Convention {
        match self {
            Self::Consistent(convention) => *convention,
            Self::Mixed { .. } | Self::Silent => Convention::Unknown,
        }
    }
}

/// Looks through a column. Per cent signs are ignored; texts that are no numbers say nothing.
pub fn detect<'a>(texts: impl IntoIterator<Item = &'a str>) -> Detected {
    let (mut first_vi, mut first_en) = (None, None);
    for (at, text) in texts.into_iter().enumerate() {
        let bare = text.trim();
        let sample = || Sample { at, text: bare.to_owned() };
        match readings(bare.strip_suffix('%').unwrap_or(bare)) {
            (Some(_), None) => first_vi = first_vi.or_else(|| Some(sample())),
            (None, Some(_)) => first_en = first_en.or_else(|| Some(sample())),
            _ => {}
        }
    }
    match (first_vi, first_en) {
        (Some(first_vi), Some(first_en)) => Detected::Mixed { first_vi, first_en },
        (Some(_), None) => Detected::Consistent(Convention::Vi),
        (None, Some(_)) => Detected::Consistent(Convention::En),
        (None, None) => Detected::Silent,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_witness_settles_a_column() {
        assert_eq!(detect(["1.234", "x", "66,67%"]), Detected::Consistent(Convention::Vi));
        assert_eq!(detect(["1.234", "1,234.5"]), Detected::Consistent(Convention::En));
        assert_eq!(detect(["1.234", "1,234", "5", ""]), Detected::Silent);
        assert_eq!(detect([]).convention(), Convention::Unknown);
    }

    #[test]
    fn contradiction_names_both_witnesses() {
        let sample = |at, text: &str| Sample { at, text: text.to_owned() };
        assert_eq!(
            detect(["5", "66,67", "1.234.567", "66.6", "7.5"]),
            Detected::Mixed { first_vi: sample(1, "66,67"), first_en: sample(3, "66.6") }
        );
    }
}
