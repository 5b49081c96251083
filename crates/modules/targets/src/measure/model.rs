//! A measure and its policies.

use lt_kernel::Said;
use lt_kernel::quantity::{Exact, Scale};
use serde::{Deserialize, Serialize};

/// What a value of the measure is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unit {
    /// Hundredths of a whole: 0–100, or above where the whole can be exceeded.
    Percent,
    /// Things counted.
    Count,
    /// So many per `factor` persons, households…
    Rate,
    /// A grade of a scheme.
    Grade,
    /// A published place in a peer group; 1 is best.
    Rank,
    /// How far something to be built has come.
    Stage,
    /// Words, judged by a person.
    Narrative,
}

impl Unit {
    /// Key of its name.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Percent => "targets-unit-percent",
            Self::Count => "targets-unit-count",
            Self::Rate => "targets-unit-rate",
            Self::Grade => "targets-unit-grade",
            Self::Rank => "targets-unit-rank",
            Self::Stage => "targets-unit-stage",
            Self::Narrative => "targets-unit-narrative",
        }
    }

    /// How qualifiers reach: points for percentages, a share of the number otherwise.
    #[must_use]
    pub const fn scale(self) -> Scale {
        match self {
            Self::Percent => Scale::Percent,
            _ => Scale::Amount,
        }
    }
}

/// What a number without a comparator means for this measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Bare {
    /// At least so much: the measure counts something good.
    #[default]
    Floor,
    /// At most so much: it counts something bad.
    Ceiling,
    /// Exactly so much.
    Exact,
}

/// The named parts of a ratio.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Parts {
    /// What is counted above the line.
    pub numerator: String,
    /// What is counted below the line.
    pub denominator: String,
    /// Times which the ratio is shown: 100 for a percentage or "per 100 persons".
    #[serde(default = "hundred")]
    pub factor: u32,
}

const fn hundred() -> u32 {
    100
}

/// How an event of a kind counts: 1 for "admitted", −1 for "not confirmed" where only the confirmed count.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Weight {
    /// The kind of event, as observations name it.
    pub event: String,
    /// What one of it adds.
    pub weight: i64,
}

/// Where observations come from.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(tag = "from", rename_all = "kebab-case")]
pub enum Feed {
    /// People enter them.
    #[default]
    Form,
    /// A module's indicator.
    Indicator {
        /// Its code, such as `portal.own-share`.
        code: String,
    },
}

/// What is counted, in which unit, from which parts, under which policies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Measure {
    /// Its code, unique within the organisation: lower-case letters, digits, hyphens.
    pub code: String,
    /// Its name, in Vietnamese.
    pub name: String,
    /// Its name in English.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name_en: String,
    /// What a value is.
    pub unit: Unit,
    /// Parts of a ratio.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parts: Option<Parts>,
    /// What a number without a comparator means.
    #[serde(default, skip_serializing_if = "is_default")]
    pub bare: Bare,
    /// How far below its number "gần" may lie, when the general policy does not fit; in the measure's unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub near: Option<Exact>,
    /// How kinds of events count; a kind not named counts 1.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub weights: Vec<Weight>,
    /// Where observations come from.
    #[serde(default, skip_serializing_if = "is_default")]
    pub feed: Feed,
    /// What the sources leave open, or how it is counted.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// Whether a value is the default one; it is then left out of files.
pub fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

impl Measure {
    /// A percentage without policies, for figures the program works out itself.
    #[must_use]
    pub fn percent(code: &str) -> Self {
        Self {
            code: code.to_owned(),
            name: code.to_owned(),
            name_en: String::new(),
            unit: Unit::Percent,
            parts: None,
            bare: Bare::Floor,
            near: None,
            weights: Vec::new(),
            feed: Feed::Form,
            note: String::new(),
        }
    }

    /// The text `key` about this measure, which it calls `measure`.
    #[must_use]
    pub fn said(&self, key: &str) -> Said {
        Said::new(key).both("measure", &self.name, &self.name_en)
    }

    /// What one event of `kind` adds; 1 for a kind without a rule, or without a kind.
    #[must_use]
    pub fn weight(&self, kind: Option<&str>) -> i64 {
        kind.and_then(|kind| self.weights.iter().find(|rule| rule.event == kind)).map_or(1, |rule| rule.weight)
    }

    /// Whether a sum over time can only grow, so that a floor once reached stays reached.
    #[must_use]
    pub fn only_grows(&self) -> bool {
        self.weights.iter().all(|rule| rule.weight >= 0)
    }
}
