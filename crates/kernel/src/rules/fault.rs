//! What can be wrong with a rule file.

use crate::clock::Date;
use crate::lang::Said;

/// Why a rule file is refused. Rules without a name are called by their number in the file (`#3`).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RuleFault {
    /// Not the TOML of a rule file: syntax, an unknown or a missing field.
    #[error("not a rule file: {detail}")]
    Syntax {
        /// What the reader of the file said, in English.
        detail: String,
    },
    /// A field that must hold text is empty.
    #[error("rule {name}: {field} is empty")]
    Empty {
        /// The rule.
        name: String,
        /// The field.
        field: &'static str,
    },
    /// The value is neither a whole number, a text, nor `{ exact = "…" }` in canonical form.
    #[error("rule {name}: unusable value {value}")]
    BadValue {
        /// The rule.
        name: String,
        /// The value as TOML.
        value: String,
    },
    /// A date is not a day of the calendar, or the end is not after the beginning.
    #[error("rule {name}: unusable date {value}")]
    BadDate {
        /// The rule.
        name: String,
        /// The date as it came.
        value: String,
    },
    /// The trust letter is not one of the known.
    #[error("rule {name}: unknown trust {letter:?}")]
    BadTrust {
        /// The rule.
        name: String,
        /// The letter as it came.
        letter: String,
    },
    /// Two versions of one rule hold on the same day.
    #[error("rule {name}: the version of {first_from} and that of {second_from} overlap")]
    Overlap {
        /// The rule.
        name: String,
        /// First day of the earlier version.
        first_from: Date,
        /// First day of the later version.
        second_from: Date,
    },
}

impl RuleFault {
    /// The refusal for a reader.
    #[must_use]
    pub fn said(&self) -> Said {
        match self {
            Self::Syntax { detail } => Said::new("kernel-rule-syntax").with("detail", detail),
            Self::Empty { name, field } => Said::new("kernel-rule-empty").with("name", name).with("field", field),
            Self::BadValue { name, value } => {
                Said::new("kernel-rule-bad-value").with("name", name).with("value", value)
            }
            Self::BadDate { name, value } => Said::new("kernel-rule-bad-date").with("name", name).with("value", value),
            Self::BadTrust { name, letter } => {
                Said::new("kernel-rule-bad-trust").with("name", name).with("letter", letter)
            }
            Self::Overlap { name, first_from, second_from } => Said::new("kernel-rule-overlap")
                .with("name", name)
                .date("first", *first_from)
                .date("second", *second_from),
        }
    }
}
