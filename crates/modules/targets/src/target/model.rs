//! A target: readings made of conditions, each one test of one measure over the term.

use lt_kernel::calendar::PeriodKind;
use lt_kernel::quantity::Exact;
use serde::{Deserialize, Serialize};

use crate::measure::model::is_default;
use crate::observation::Stage;

/// A test of one value (party-and-targets §1.5).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Test {
    /// At least `at`; with `strict`, more than `at`.
    Floor {
        /// The threshold, in the measure's unit.
        at: Exact,
        /// "trên": reaching it is not enough.
        #[serde(default, skip_serializing_if = "is_default")]
        strict: bool,
    },
    /// A number without a comparator; the measure says what that means.
    Bare {
        /// The number, in the measure's unit.
        at: Exact,
    },
    /// At most `at`; with `strict`, less than `at`.
    Ceiling {
        /// The threshold, in the measure's unit.
        at: Exact,
        /// "dưới": reaching it is too much.
        #[serde(default, skip_serializing_if = "is_default")]
        strict: bool,
    },
    /// Exactly `at`.
    Exact {
        /// The number, in the measure's unit.
        at: Exact,
    },
    /// A planning band: `low` is acceptable, `high` is full, above `high` is better still, never a miss.
    Band {
        /// Lower end.
        low: Exact,
        /// Upper end; at least `low`.
        high: Exact,
    },
    /// The grade or a better one.
    Grade {
        /// Code of the scheme the grade belongs to.
        scheme: String,
        /// Code of the grade.
        at_least: String,
    },
    /// Among the first `at_most` of a peer group.
    Rank {
        /// The last place that is good enough.
        at_most: u32,
        /// The group, in words.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        peers: String,
    },
    /// The stage or a later one.
    Stage {
        /// The stage.
        at_least: Stage,
    },
    /// A person judges a narrative.
    Judged,
    /// The sentence does not write the number; it is solved from what a report claims.
    Implied,
    /// Share of another resolution's targets that are met.
    MetShare {
        /// Code of that resolution.
        resolution: String,
        /// At least so many percent.
        at_least: Exact,
    },
}

/// A quantifier over time or units, outermost first. With none, the latest value counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Over {
    /// Everything within the term (or within the period of the quantifier around it) is added up.
    Sum,
    /// Each period must hold.
    EveryPeriod {
        /// Which periods.
        of: PeriodKind,
        /// The periods meant, by code; empty: those whose last day lies within the term.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        periods: Vec<String>,
    },
    /// At least `k` periods must hold.
    AtLeastPeriods {
        /// How many.
        k: u32,
        /// Which periods.
        of: PeriodKind,
        /// The periods meant, by code; empty: those whose last day lies within the term.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        periods: Vec<String>,
    },
    /// Each unit must hold.
    EveryUnit {
        /// The units, by the name observations use.
        units: Vec<String>,
    },
    /// At least `k` units must hold.
    AtLeastUnits {
        /// How many.
        k: u32,
        /// The units, by the name observations use.
        units: Vec<String>,
    },
}

/// One test of one measure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    /// Code of the measure.
    pub measure: String,
    /// The test.
    pub test: Test,
    /// Quantifiers, outermost first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub over: Vec<Over>,
    /// Decimals to round an exact value to before it is tested; none: never rounded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub round: Option<u32>,
}

/// One way to understand the sentence; all its conditions must hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reading {
    /// How the sentence is understood; empty when there is only one way.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub label: String,
    /// What must hold, all of it.
    #[serde(rename = "condition")]
    pub conditions: Vec<Condition>,
}

/// What a sentence demands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Target {
    /// Its code, unique within the resolution.
    pub code: String,
    /// Code of the sentence it stands on.
    pub sentence: String,
    /// What it is about, in a few words.
    pub title: String,
    /// The same in English.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub title_en: String,
    /// Key of the organisation that answers for it; empty: the resolution's own.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub owner: String,
    /// Keys of the organisations that work with it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub collaborators: Vec<String>,
    /// Whom or what it is measured on, and on which day.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub base: String,
    /// Code of the target whose part this is ("trong đó").
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub of_which: String,
    /// What the sentence leaves open.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub open: String,
    /// Ways to understand it, at least one.
    #[serde(rename = "reading")]
    pub readings: Vec<Reading>,
}

impl Target {
    /// Codes of the measures its conditions test, some perhaps more than once. A roll-up of another resolution tests
    /// none.
    pub fn measures(&self) -> impl Iterator<Item = &str> {
        let conditions = self.readings.iter().flat_map(|reading| &reading.conditions);
        conditions
            .filter(|condition| !matches!(condition.test, Test::MetShare { .. }))
            .map(|condition| condition.measure.as_str())
    }
}
