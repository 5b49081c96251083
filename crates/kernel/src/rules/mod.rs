//! Dated rules: figures of law and practice as data, each with its source and how far it is verified.
//!
//! A deadline of fifteen days, a quorum of two thirds, a grade list: none of it stands in code. It is a
//! TOML file in the module that uses it, and the program asks for the rule in force *on a date*:
//!
//! ```toml
//! [[rule]]
//! name = "hand-over-cut-off-hour"
//! value = 15                                  # a whole number
//! unit = "hour of day"
//! valid_from = 2018-06-21
//! source = "Decree 61/2018 Art. 18"
//! trust = "A"
//!
//! [[rule]]
//! name = "fee-share-of-salary"
//! value = { exact = "1/100" }                 # an exact number, in canonical text
//! valid_from = 2011-04-01
//! valid_to = 2026-01-01                       # first day on which it no longer holds
//! source = "QĐ 342-QĐ/TW"
//! trust = "V"
//!
//! [[rule]]
//! name = "old-title"
//! value = "trong sạch vững mạnh"              # a text
//! valid_from = 2008-01-01
//! source = "recalled, to be checked"
//! trust = "U"
//! ```
//!
//! Two rules of one name never hold on the same day: such a file is refused whole, as is one with an
//! unknown field, a missing source or a floating-point value. A gap is allowed, and then
//! [`Rules::at`] answers `None`: "no rule known for that day" is an answer, not a reason to take another's.

mod fault;
mod file;
mod trust;

use crate::clock::{Date, Interval};
use crate::quantity::Exact;

pub use fault::RuleFault;
pub use trust::Trust;

/// The value of a rule.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RuleValue {
    /// A whole number: days, hours, seats.
    Integer(i64),
    /// An exact number: a share, a rate.
    Exact(Exact),
    /// A word or a list code.
    Text(String),
}

/// One rule, in force for a stretch of days.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Rule {
    /// What it governs, the same through all its versions.
    pub name: String,
    /// Its value.
    pub value: RuleValue,
    /// Unit of the value, such as "working days".
    pub unit: Option<String>,
    /// When it holds; the end is the first day on which it no longer does.
    pub valid: Interval,
    /// Where it is written, article and paragraph included.
    pub source: String,
    /// How far that was verified.
    pub trust: Trust,
}

impl Rule {
    /// The value as a whole number, when it is one.
    #[must_use]
    pub fn integer(&self) -> Option<i64> {
        match &self.value {
            RuleValue::Integer(value) => Some(*value),
            RuleValue::Exact(value) => value.to_whole(),
            RuleValue::Text(_) => None,
        }
    }

    /// The value as an exact number, when it is a number.
    #[must_use]
    pub fn exact(&self) -> Option<Exact> {
        match &self.value {
            RuleValue::Integer(value) => Some(Exact::whole(*value)),
            RuleValue::Exact(value) => Some(*value),
            RuleValue::Text(_) => None,
        }
    }

    /// The value as text, when it is one.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match &self.value {
            RuleValue::Text(value) => Some(value),
            RuleValue::Integer(_) | RuleValue::Exact(_) => None,
        }
    }

    /// Whether a person must see that nobody has checked this rule against its text.
    #[must_use]
    pub const fn needs_mark(&self) -> bool {
        !self.trust.is_verified()
    }

    /// The name under which a verdict remembers this rule: `name@valid_from`.
    #[must_use]
    pub fn version(&self) -> String {
        format!("{}@{}", self.name, self.valid.from)
    }
}

/// A set of rules without overlaps.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rules {
    /// By name, then by first day.
    rules: Vec<Rule>,
}

impl Rules {
    /// Reads a rule file (see the module's description).
    ///
    /// # Errors
    /// A [`RuleFault`] that names the rule at fault; nothing of the file is taken then.
    pub fn parse(toml: &str) -> Result<Self, RuleFault> {
        Self::new(file::read(toml)?)
    }

    /// Several files as one set.
    ///
    /// # Errors
    /// [`RuleFault::Overlap`] when two sets hold the same name on the same day.
    pub fn merged(sets: impl IntoIterator<Item = Self>) -> Result<Self, RuleFault> {
        Self::new(sets.into_iter().flat_map(|set| set.rules).collect())
    }

    fn new(mut rules: Vec<Rule>) -> Result<Self, RuleFault> {
        rules.sort_by(|a, b| (&a.name, a.valid.from).cmp(&(&b.name, b.valid.from)));
        for pair in rules.windows(2) {
            if let [earlier, later] = pair
                && earlier.name == later.name
                && earlier.valid.meets(&later.valid)
            {
                return Err(RuleFault::Overlap {
                    name: later.name.clone(),
                    first_from: earlier.valid.from,
                    second_from: later.valid.from,
                });
            }
        }
        Ok(Self { rules })
    }

    /// The rule `name` in force on `date`; `None` when none is known for that day.
    #[must_use]
    pub fn at(&self, name: &str, date: Date) -> Option<&Rule> {
        self.versions(name).find(|rule| rule.valid.holds(date))
    }

    /// All versions of `name`, oldest first.
    pub fn versions<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a Rule> + use<'a> {
        let begin = self.rules.partition_point(|rule| rule.name.as_str() < name);
        let end = self.rules.partition_point(|rule| rule.name.as_str() <= name);
        self.rules.get(begin..end).unwrap_or_default().iter()
    }

    /// Every rule, by name and first day.
    pub fn iter(&self) -> impl Iterator<Item = &Rule> {
        self.rules.iter()
    }

    /// How the whole set stood on `date`: the versions of all rules then in force, one a line.
    #[must_use]
    pub fn version_at(&self, date: Date) -> String {
        let lines: Vec<String> = self.rules.iter().filter(|rule| rule.valid.holds(date)).map(Rule::version).collect();
        lines.join("\n")
    }
}

#[cfg(test)]
mod tests;
