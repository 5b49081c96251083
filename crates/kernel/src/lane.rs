//! Party and State.

use serde::{Deserialize, Serialize};

/// Whose lane something belongs to; the two are kept apart by permission.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Lane {
    /// The Party's.
    #[default]
    Party,
    /// The State's.
    State,
}

impl Lane {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Party, Self::State];

    /// The word in the database and in files.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Party => "party",
            Self::State => "state",
        }
    }

    /// The lane of a word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|lane| lane.word() == word)
    }
}
