//! What a report says, free of any layout and language: screen, PDF and DOCX are drawn from this.

use std::collections::BTreeMap;

use lt_kernel::quantity::Exact;
use lt_kernel::{Date, Instant, Interval, Said};
use serde::{Deserialize, Serialize};

use super::changes::Changed;
use crate::file::format::Lane;
use crate::observation::{Evidence, ObservationId};
use crate::review::cause::Kind;
use crate::review::frozen::Proof;

/// Format of the stored text.
pub const FORMAT: &str = "lienthong-report/1";

/// A run of text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Run {
    /// Words a person wrote.
    Words {
        /// The words.
        text: String,
    },
    /// A figure with the observations it rests on.
    Figure(Figure),
}

/// A figure: never typed, always from observations.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figure {
    /// Value and qualifier.
    pub said: Said,
    /// Code of the target it belongs to; empty for a measure no target uses.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub target: String,
    /// The observations, latest first.
    pub rests: Vec<ObservationId>,
}

/// A paragraph.
pub type Paragraph = Vec<Run>;

/// What stands at the top and at the bottom.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// Party or State: two layouts, two ways to count.
    pub lane: Lane,
    /// Who issues it.
    pub issuer: String,
    /// The organisation above.
    pub superior: String,
    /// What stands behind the number: `BC/CB`, `BC-STTTT`.
    pub symbol: String,
    /// Where it is issued.
    pub place: String,
    /// What it is about, where a person wrote it; empty: said from period and resolution.
    pub about: String,
    /// On whose behalf it is signed.
    pub authority: String,
    /// Office of the signer; never a name.
    pub office: String,
    /// Who receives a copy.
    pub recipients: Vec<String>,
}

/// One target in the table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Its code.
    pub code: String,
    /// What it is about, in Vietnamese and in English.
    pub title: (String, String),
    /// Its rule in words.
    pub rule: Vec<Said>,
    /// The value at the cut-off day.
    pub value: Option<Figure>,
    /// The latest day of the observations it rests on.
    pub as_of: Option<Date>,
    /// Share of the term that has passed, in percent.
    pub elapsed: Exact,
    /// Key of the verdict's word.
    pub verdict: String,
    /// Key of the approval status when not everything is approved.
    pub unapproved: bool,
    /// The evidence status.
    pub evidence: Evidence,
    /// Who answers for it.
    pub owner: String,
    /// The owner's note on the latest observation.
    pub note: String,
    /// Directive from above: shown apart, not counted.
    pub directive: bool,
}

/// The targets of one sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// Code of the sentence.
    pub code: String,
    /// The sentence, and its translation.
    pub text: (String, String),
    /// Its targets.
    pub lines: Vec<Line>,
}

/// Why a target is missed or open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Why {
    /// Code of the target.
    pub code: String,
    /// Its title.
    pub title: (String, String),
    /// Key of the verdict's word.
    pub verdict: String,
    /// The kind of cause.
    pub kind: Option<Kind>,
    /// The cause.
    pub text: Paragraph,
    /// What is done about it.
    pub remedy: Paragraph,
}

/// A target that is behind the time that has passed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Risk {
    /// Code of the target.
    pub code: String,
    /// Its title.
    pub title: (String, String),
    /// Share that is done, in percent, where that can be said.
    pub progress: Option<Exact>,
    /// Share of the term that has passed, in percent.
    pub elapsed: Exact,
    /// Who answers for it.
    pub owner: String,
}

/// One observation in the annex, numbered by its place from 1.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shown {
    /// Which one.
    pub id: ObservationId,
    /// Name of the measure.
    pub measure: (String, String),
    /// A target that rests on it; empty when only a text does.
    pub target: String,
    /// The value with its qualifier.
    pub value: Said,
    /// The day it speaks of.
    pub as_of: Date,
    /// When it was recorded.
    pub recorded_at: Instant,
    /// Whether a second person approved it.
    pub approved: bool,
    /// What shows it.
    pub evidence: Vec<Proof>,
}

/// A whole report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// [`FORMAT`].
    pub format: String,
    /// Top and bottom.
    pub head: Head,
    /// Code of the resolution.
    pub resolution: String,
    /// Its title.
    pub title: (String, String),
    /// Its term.
    pub term: Interval,
    /// Code of the period.
    pub period: String,
    /// The last day whose figures count.
    pub cutoff: Date,
    /// Number and SHA-256 of the frozen set it is made from.
    pub frozen: (u32, String),
    /// Versions of rules and policies.
    pub rules: String,
    /// How many targets came to what.
    pub tally: BTreeMap<String, u32>,
    /// What people wrote, by section (1 to 9, `comments`).
    pub passages: BTreeMap<String, Vec<Paragraph>>,
    /// Section 6.
    pub table: Vec<Group>,
    /// Section 7.
    pub causes: Vec<Why>,
    /// Section 8.
    pub risks: Vec<Risk>,
    /// The annex: observations with their evidence.
    pub shown: Vec<Shown>,
    /// Figures that changed since the last version.
    pub changed: Vec<Changed>,
}

impl Content {
    /// Number of an observation in the annex, from 1.
    #[must_use]
    pub fn number(&self, id: ObservationId) -> Option<usize> {
        self.shown.iter().position(|one| one.id == id).map(|place| place + 1)
    }

    /// The text that is stored and hashed.
    #[must_use]
    pub fn text(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Met and all targets.
    #[must_use]
    pub fn met(&self) -> (u32, u32) {
        let count = |word: &str| self.tally.get(word).copied().unwrap_or_default();
        (count("exceeded") + count("met"), count("all"))
    }
}
