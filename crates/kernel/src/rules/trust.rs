//! [`Trust`]: how far a rule was checked against its text.

use crate::lang::Said;

/// The grade of a rule's source, one letter in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub enum Trust {
    /// The official text, read whole.
    A,
    /// A ministry's or province's regulation, or an issuer's own package, read whole.
    B,
    /// Third-party code, notes or a compilation.
    C,
    /// A web page or press article, in part.
    D,
    /// Recalled, not looked up.
    E,
    /// The rule's text, or an official answer quoting it, seen in part.
    V,
    /// A newspaper's or legal site's summary.
    N,
    /// A question bank.
    Q,
    /// Our own inference.
    I,
    /// Known from general background only; to be checked before use.
    U,
}

impl Trust {
    /// All of them.
    pub const ALL: [Self; 10] =
        [Self::A, Self::B, Self::C, Self::D, Self::E, Self::V, Self::N, Self::Q, Self::I, Self::U];

    /// Whether the rule's own text was seen: A, B and V.
    #[must_use]
    pub const fn is_verified(self) -> bool {
        matches!(self, Self::A | Self::B | Self::V)
    }

    /// Whether it may be relied on without a person confirming it: what is verified, and compilations (C).
    #[must_use]
    pub const fn is_relied_on(self) -> bool {
        self.is_verified() || matches!(self, Self::C)
    }

    /// The grade as its letter.
    #[must_use]
    pub const fn letter(self) -> char {
        match self {
            Self::A => 'A',
            Self::B => 'B',
            Self::C => 'C',
            Self::D => 'D',
            Self::E => 'E',
            Self::V => 'V',
            Self::N => 'N',
            Self::Q => 'Q',
            Self::I => 'I',
            Self::U => 'U',
        }
    }

    /// The grade of a letter.
    #[must_use]
    pub fn from_letter(letter: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|trust| letter.chars().eq([trust.letter()]))
    }

    /// The grade in words for a reader.
    #[must_use]
    pub fn said(self) -> Said {
        Said::new(match self {
            Self::A => "kernel-trust-a",
            Self::B => "kernel-trust-b",
            Self::C => "kernel-trust-c",
            Self::D => "kernel-trust-d",
            Self::E => "kernel-trust-e",
            Self::V => "kernel-trust-v",
            Self::N => "kernel-trust-n",
            Self::Q => "kernel-trust-q",
            Self::I => "kernel-trust-i",
            Self::U => "kernel-trust-u",
        })
    }
}
