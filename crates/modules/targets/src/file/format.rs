//! The file: TOML, one resolution with its sentences, measures, targets, observations and claims.

pub use lt_kernel::Lane;
use lt_kernel::{Date, Said};
use serde::{Deserialize, Serialize};

use crate::measure::Measure;
use crate::measure::model::is_default;
use crate::observation::{Evidence, Judgement, Stage};
use crate::target::Target;
use crate::verdict::model::Claim;

/// The first line of every such file.
pub const FORMAT: &str = "lienthong-resolution/1";

/// What a sentence is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// Resolved: targets on it count.
    #[default]
    Resolved,
    /// Said by the level above: targets on it are shown apart and do not count.
    Directive,
    /// A result that was told.
    Reported,
    /// A fact: a count of members, a date, an office.
    Stated,
}

/// The days of a term, both inside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// First day.
    pub from: Date,
    /// Last day.
    pub last: Date,
    /// The source names only years, so that the days are the years' ends.
    #[serde(default, skip_serializing_if = "is_default")]
    pub years_only: bool,
}

/// The congress that resolved it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Congress {
    /// Its number, as written ("IV").
    pub ordinal: String,
    /// The day it was held, when the source says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub held: Option<Date>,
    /// Its theme.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub theme: String,
}

/// Where the content comes from.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// What it is, in words.
    pub title: String,
    /// Name of the file, without a path.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub file: String,
    /// The day it was published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<Date>,
    /// What to know about it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// The resolution itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Header {
    /// Its code, unique in the installation: letters, digits, hyphens.
    pub code: String,
    /// Key of the organisation that resolved it (its `local` code).
    pub issuer: String,
    /// Its title, in Vietnamese.
    pub title: String,
    /// Its title in English.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub title_en: String,
    /// Whose lane it belongs to: its issuer's, or it is refused.
    #[serde(default)]
    pub lane: Lane,
    /// The day it was adopted, when known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub adopted: Option<Date>,
    /// Its term.
    pub term: Term,
    /// The congress.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub congress: Option<Congress>,
    /// Resolutions it carries out, in words, nearest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub implements: Vec<String>,
    /// Where the content comes from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
}

/// Where a sentence stands in the attached source file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Anchor {
    /// Name of the file, without a path.
    pub file: String,
    /// SHA-256 of the file, in hexadecimal.
    pub sha256: String,
    /// First byte.
    pub from: u64,
    /// First byte after it.
    pub to: u64,
}

/// A sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sentence {
    /// Its code, unique within the resolution.
    pub code: String,
    /// What it is.
    #[serde(default, skip_serializing_if = "is_default")]
    pub standing: Standing,
    /// Its text, kept as it was entered.
    pub text: String,
    /// A translation, for readers; never judged.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text_en: String,
    /// Code of the sentence it belongs under.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub parent: String,
    /// Office of whoever said a directive; never a name.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub speaker: String,
    /// Its place in the attached source file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub anchor: Option<Anchor>,
}

/// What shows an observation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EvidenceLine {
    /// How strong it is.
    pub kind: Evidence,
    /// What it is, in words.
    pub title: String,
    /// Where to find it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub href: String,
}

/// An observation as a person writes it: exactly one of `value`, `numerator`, `grade`, `rank`, `stage`,
/// `narrative`, `unknown`, `not_applicable` says what was found (`value` may stand beside `numerator`).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ObservationLine {
    /// Code of the measure.
    pub measure: String,
    /// Word and number, in Vietnamese writing: `"gần 90"`, `"4.600"`, `"66,67"`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// Above the line, word and number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub numerator: Option<String>,
    /// Below the line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub denominator: Option<String>,
    /// What is missing to the whole, in place of `denominator`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rest: Option<String>,
    /// `scheme/grade`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grade: Option<String>,
    /// Published place; `"5="` when shared.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rank: Option<String>,
    /// Stage reached.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stage: Option<Stage>,
    /// Words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub narrative: Option<String>,
    /// What a person makes of the words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chosen: Option<Judgement>,
    /// Why the value is not known though the source speaks of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unknown: Option<String>,
    /// Why there was nothing to measure.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub not_applicable: Option<String>,
    /// The day the value speaks of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub as_of: Option<Date>,
    /// Code of the period it covers: `2019`, `2020-Q1`, `2019-03`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub period: String,
    /// The unit it speaks of.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub unit: String,
    /// The kind of event.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub event: String,
    /// Code of the sentence that tells it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub sentence: String,
    /// Anything to know.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// What shows it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<EvidenceLine>,
}

/// A whole file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ResolutionFile {
    /// [`FORMAT`].
    pub format: String,
    /// The resolution.
    pub resolution: Header,
    /// Sentences, in their order.
    #[serde(default, rename = "sentence", skip_serializing_if = "Vec::is_empty")]
    pub sentences: Vec<Sentence>,
    /// Measures.
    #[serde(default, rename = "measure", skip_serializing_if = "Vec::is_empty")]
    pub measures: Vec<Measure>,
    /// Targets, in the order of the board.
    #[serde(default, rename = "target", skip_serializing_if = "Vec::is_empty")]
    pub targets: Vec<Target>,
    /// Observations, in the order they were recorded.
    #[serde(default, rename = "observation", skip_serializing_if = "Vec::is_empty")]
    pub observations: Vec<ObservationLine>,
    /// Claims.
    #[serde(default, rename = "claim", skip_serializing_if = "Vec::is_empty")]
    pub claims: Vec<Claim>,
}

/// What is wrong with a file, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileFault {
    /// The place: `target T3`, `observation 4`, `line 12`.
    pub place: Said,
    /// What is wrong and what to do.
    pub said: Said,
}

impl FileFault {
    /// A fault at the `number`-th thing of a kind, or at the thing of a code.
    #[must_use]
    pub fn at(kind: &str, which: impl std::fmt::Display, said: Said) -> Self {
        Self { place: Said::new(format!("targets-file-place-{kind}")).with("which", which), said }
    }
}

impl ResolutionFile {
    /// Reads a file. The text is brought to NFC first.
    ///
    /// # Errors
    /// One fault naming the line when it is not TOML of this shape or of another format.
    pub fn read(text: &str) -> Result<Self, FileFault> {
        let text = lt_kernel::text::nfc(text);
        let file: Self = toml::from_str(&text).map_err(|fault| {
            let before = fault.span().map_or("", |span| text.get(..span.start).unwrap_or(""));
            let line = before.matches('\n').count() + 1;
            FileFault::at("line", line, Said::new("targets-file-not-read").with("why", fault.message()))
        })?;
        if file.format != FORMAT {
            let said = Said::new("targets-file-other-format").with("found", &file.format).with("wanted", FORMAT);
            return Err(FileFault::at("line", 1, said));
        }
        Ok(file)
    }

    /// Writes a file. Reading it gives the same value; writing that gives the same bytes.
    ///
    /// # Errors
    /// A fault when a value cannot be written as TOML.
    pub fn write(&self) -> Result<String, FileFault> {
        toml::to_string_pretty(self)
            .map_err(|why| FileFault::at("line", 0, Said::new("targets-file-not-written").with("why", why)))
    }
}
