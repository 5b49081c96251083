//! What a verdict says.

use std::collections::HashMap;

use lt_kernel::quantity::Exact;
use lt_kernel::{Date, Interval, Said};
use serde::{Deserialize, Serialize};

use crate::measure::Measure;
use crate::observation::{Evidence, Observation, ObservationId};
use crate::scheme::Schemes;

/// Outcome of a target.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// Met, and by more than was asked.
    Exceeded,
    /// Met.
    Met,
    /// Not met: for good when settled, so far otherwise.
    NotMet,
    /// There are data, and they allow both answers.
    Undetermined,
    /// There are no data.
    Unknown,
    /// There was nothing to measure it on.
    NotApplicable,
}

impl Outcome {
    /// All of them, best first.
    pub const ALL: [Self; 6] =
        [Self::Exceeded, Self::Met, Self::NotMet, Self::Undetermined, Self::Unknown, Self::NotApplicable];

    /// The word used in addresses, files and keys of texts.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Exceeded => "exceeded",
            Self::Met => "met",
            Self::NotMet => "not-met",
            Self::Undetermined => "undetermined",
            Self::Unknown => "unknown",
            Self::NotApplicable => "not-applicable",
        }
    }

    /// The outcome of a code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.code() == code)
    }

    /// Whether the target counts as met.
    #[must_use]
    pub const fn is_met(self) -> bool {
        matches!(self, Self::Exceeded | Self::Met)
    }
}

/// Where a target stands in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Schedule {
    /// The term has not begun.
    NotBegun,
    /// The term runs, and nothing says it will be missed.
    OnTheWay,
    /// The term runs, and what is done lags behind the time that has passed.
    AtRisk,
    /// The term is over.
    Ended,
}

/// How far the observations behind a verdict are approved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Approval {
    /// There are none.
    #[default]
    None,
    /// At least one is only recorded.
    Recorded,
    /// A second person approved all of them.
    Approved,
}

/// By how much a target is exceeded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Excess {
    /// The figure: percent of the target, or points where the measure is a percentage.
    pub by: Exact,
    /// Points rather than percent.
    pub points: bool,
    /// Whether it may be more ("ít nhất").
    pub at_least: bool,
}

/// One line of the arithmetic.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// How deep it stands: 0 the target, 1 a reading, 2 a condition, 3 a period or unit.
    pub depth: u8,
    /// What was done.
    pub said: Said,
    /// The observations it used.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub used: Vec<ObservationId>,
}

/// The verdict on one target.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verdict {
    /// The value status.
    pub outcome: Outcome,
    /// Whether it can no longer change within the term.
    pub settled: bool,
    /// By how much it is exceeded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub excess: Option<Excess>,
    /// The evidence status: the weakest evidence among what was used.
    pub evidence: Evidence,
    /// The schedule status.
    pub schedule: Schedule,
    /// The approval status.
    pub approval: Approval,
    /// Share of the term that has passed, in percent.
    pub elapsed: Exact,
    /// Share of the target that is done, in percent, where that can be said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub progress: Option<Exact>,
    /// The least the value can be, in the measure's unit, where it is a number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub low: Option<Exact>,
    /// The most the value can be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub high: Option<Exact>,
    /// The value, written for people, in short.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<Said>,
    /// The arithmetic, in order.
    pub steps: Vec<Step>,
    /// What does not agree with itself.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub findings: Vec<Said>,
    /// What is missing for a better answer.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<Said>,
    /// The target's number solved from a claim; never entered as if it had been written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub implied: Option<Exact>,
    /// Version of the rules and policies.
    pub rules: String,
}

/// What a report says about a target of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Claim {
    /// Code of the target.
    pub target: String,
    /// Code of the sentence that says it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub sentence: String,
    /// What it says.
    pub outcome: Outcome,
    /// "vượt … %", as written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub excess: Option<Exact>,
    /// Decimals the excess was written with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub places: Option<u32>,
}

/// What the targets of another resolution came to, for a roll-up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(from = "Written", into = "Written")]
pub struct Rolled {
    /// Met or exceeded.
    pub met: u32,
    /// All to which something applies.
    pub all: u32,
    /// Undetermined or unknown: each may have been met or missed.
    pub open: u32,
}

/// A [`Rolled`] in a frozen set; the first version of the rules knew only met and all.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Written {
    Three(u32, u32, u32),
    Two(u32, u32),
}

impl From<Written> for Rolled {
    fn from(written: Written) -> Self {
        match written {
            Written::Three(met, all, open) => Self { met, all, open },
            Written::Two(met, all) => Self { met, all, open: 0 },
        }
    }
}

impl From<Rolled> for Written {
    fn from(rolled: Rolled) -> Self {
        match rolled {
            Rolled { met, all, open: 0 } => Self::Two(met, all),
            Rolled { met, all, open } => Self::Three(met, all, open),
        }
    }
}

/// Everything a verdict depends on besides the target itself.
#[derive(Debug, Clone, Copy)]
pub struct Inputs<'a> {
    /// Measures by code.
    pub measures: &'a HashMap<String, Measure>,
    /// Observations by measure, in the order they were recorded; withdrawn ones left out.
    pub observations: &'a HashMap<String, Vec<Observation>>,
    /// Claims about this target.
    pub claims: &'a [Claim],
    /// Schemes of grades and the signed crosswalks between them.
    pub schemes: &'a Schemes,
    /// The term of the resolution.
    pub term: Interval,
    /// The day for which the verdict is drawn: what lies after it is not yet due.
    pub at: Date,
    /// Policies.
    pub policy: &'a super::Policy,
    /// What the targets of other resolutions came to, by code, for roll-ups.
    pub rolled: &'a HashMap<String, Rolled>,
}
