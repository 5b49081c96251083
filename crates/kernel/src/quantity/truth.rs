//! [`Truth`]: yes, no, or open, combined by Kleene's strong tables.

use std::ops::Not;

/// What can be said of a statement about a number that is not known exactly.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Truth {
    /// True for every number it may be.
    Yes,
    /// False for every number it may be.
    No,
    /// True for some, false for others: undetermined, and shown as such.
    Open,
}

impl Truth {
    /// Both.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::No, _) | (_, Self::No) => Self::No,
            (Self::Yes, Self::Yes) => Self::Yes,
            _ => Self::Open,
        }
    }

    /// At least one.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::Yes, _) | (_, Self::Yes) => Self::Yes,
            (Self::No, Self::No) => Self::No,
            _ => Self::Open,
        }
    }

    /// All of them. Yes for none: whoever judges "100 % of nothing" must look at the count first (G17).
    #[must_use]
    pub fn all(truths: impl IntoIterator<Item = Self>) -> Self {
        truths.into_iter().fold(Self::Yes, Self::and)
    }

    /// At least one of them. No for none.
    #[must_use]
    pub fn any(truths: impl IntoIterator<Item = Self>) -> Self {
        truths.into_iter().fold(Self::No, Self::or)
    }

    /// Whether it is [`Truth::Yes`].
    #[must_use]
    pub const fn is_yes(self) -> bool {
        matches!(self, Self::Yes)
    }

    /// Whether it is [`Truth::No`].
    #[must_use]
    pub const fn is_no(self) -> bool {
        matches!(self, Self::No)
    }

    /// Whether it is [`Truth::Open`].
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Open)
    }
}

impl Not for Truth {
    type Output = Self;

    fn not(self) -> Self {
        match self {
            Self::Yes => Self::No,
            Self::No => Self::Yes,
            Self::Open => Self::Open,
        }
    }
}

impl From<bool> for Truth {
    fn from(known: bool) -> Self {
        if known { Self::Yes } else { Self::No }
    }
}

#[cfg(test)]
mod tests {
    use super::Truth::{self, No, Open, Yes};

    #[test]
    fn kleene_tables_in_full() {
        let and = [(Yes, [Yes, No, Open]), (No, [No, No, No]), (Open, [Open, No, Open])];
        let or = [(Yes, [Yes, Yes, Yes]), (No, [Yes, No, Open]), (Open, [Yes, Open, Open])];
        for (left, row) in and {
            assert_eq!([Yes, No, Open].map(|right| left.and(right)), row, "{left:?} and");
        }
        for (left, row) in or {
            assert_eq!([Yes, No, Open].map(|right| left.or(right)), row, "{left:?} or");
        }
        assert_eq!([Yes, No, Open].map(|truth| !truth), [No, Yes, Open]);
    }

    #[test]
    fn g12_one_yes_settles_any_and_g13_one_no_settles_all() {
        assert_eq!(Truth::any([No, No, Yes, Open, Open]), Yes);
        assert_eq!(Truth::all([Yes, No, Open]), No);
    }

    #[test]
    fn g14_one_unknown_year_leaves_all_open() {
        assert_eq!(Truth::all([Open, Yes, Yes, Yes, Yes]), Open);
        assert_eq!(Truth::all([]), Yes);
        assert_eq!(Truth::any([]), No);
    }
}
