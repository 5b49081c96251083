//! What goes over the wire. These structs live only here: the model may change without the interface.

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

/// Why a request was not answered as asked (RFC 9457).
#[derive(Debug, Serialize, ToSchema)]
pub struct Problem {
    /// Address of the kind of problem.
    pub r#type: String,
    /// Its name in the reader's language.
    pub title: String,
    /// HTTP status.
    pub status: u16,
    /// Code of the kind, stable.
    pub code: String,
    /// What happened, in the reader's language.
    pub detail: String,
    /// What is wrong with which field.
    pub faults: Option<Vec<Fault>>,
}

/// What is wrong with a field.
#[derive(Debug, Serialize, ToSchema)]
pub struct Fault {
    /// The field, or the place in a file.
    pub field: String,
    /// What is wrong and what to do.
    pub detail: String,
}

/// A resolution in a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct Resolution {
    /// Its code, unique in the installation.
    pub code: String,
    /// Who resolved it.
    pub org: Uuid,
    /// Its title in Vietnamese.
    pub title: String,
    /// Its title in English; may be empty.
    pub title_en: String,
    /// First day of its term, `yyyy-mm-dd`.
    pub from: String,
    /// Last day of its term.
    pub last: String,
    /// `draft`, `in-force` or `closed`.
    pub state: String,
    /// Whether it came with the sample.
    pub is_sample: bool,
}

/// A resolution with everything that stands in it, in the format of files.
#[derive(Debug, Serialize, ToSchema)]
pub struct Whole {
    /// The resolution.
    pub resolution: Resolution,
    /// Its sentences in order.
    pub sentences: Vec<Sentence>,
    /// Its measures in order.
    pub measures: Vec<Measure>,
    /// Its targets in order.
    pub targets: Vec<Target>,
}

/// A sentence.
#[derive(Debug, Serialize, ToSchema)]
pub struct Sentence {
    /// Its code within the resolution.
    pub code: String,
    /// `resolved`, `directive`, `reported` or `stated`.
    #[schema(value_type = String)]
    pub standing: Json,
    /// Its text, verbatim.
    pub text: String,
    /// A translation; may be empty.
    pub text_en: String,
}

/// A measure.
#[derive(Debug, Serialize, ToSchema)]
pub struct Measure {
    /// Its identifier.
    pub id: Uuid,
    /// Its code within the organisation.
    pub code: String,
    /// Its name in Vietnamese.
    pub name: String,
    /// What a value is: `percent`, `count`, `rate`, `grade`, `rank`, `stage` or `narrative`.
    #[schema(value_type = String)]
    pub unit: Json,
    /// Its whole definition as files write it.
    #[schema(value_type = Object)]
    pub definition: Json,
}

/// A target.
#[derive(Debug, Serialize, ToSchema)]
pub struct Target {
    /// Its identifier.
    pub id: Uuid,
    /// Its code within the resolution.
    pub code: String,
    /// Code of its sentence.
    pub sentence: String,
    /// What it is about.
    pub title: String,
    /// Who answers for it.
    pub owner: Uuid,
    /// Number of its definition, from 1.
    pub version: i64,
    /// Why it was dropped, if it was.
    pub dropped: Option<String>,
    /// Its whole definition as files write it.
    #[schema(value_type = Object)]
    pub definition: Json,
}

/// A scoreboard.
#[derive(Debug, Serialize, ToSchema)]
pub struct Board {
    /// Code of the resolution.
    pub resolution: String,
    /// The day the verdicts are drawn for.
    pub at: String,
    /// The day whose knowledge counts; absent: the present.
    pub known: Option<String>,
    /// How many came to what.
    pub tally: Tally,
    /// The targets in order.
    pub targets: Vec<Judged>,
}

/// How many targets came to what; directives and dropped targets are not counted.
#[derive(Debug, Serialize, ToSchema)]
pub struct Tally {
    /// All that count.
    pub all: u32,
    /// Met or exceeded.
    pub met: u32,
    /// Not met so far, nothing says it will be missed.
    pub on_the_way: u32,
    /// Behind the time that has passed.
    pub at_risk: u32,
    /// Not met, for good.
    pub not_met: u32,
    /// Data that allow both answers.
    pub undetermined: u32,
    /// No data.
    pub unknown: u32,
    /// Nothing to measure it on.
    pub not_applicable: u32,
}

/// A target with its verdict.
#[derive(Debug, Serialize, ToSchema)]
pub struct Judged {
    /// Code of the target.
    pub target: String,
    /// What it is about.
    pub title: String,
    /// Code of its sentence.
    pub sentence: String,
    /// Whether it counts in the tally.
    pub counts: bool,
    /// The verdict.
    pub verdict: Verdict,
}

/// A verdict with its arithmetic. Numbers are exact, written with a point, or as a fraction `a/b`.
#[derive(Debug, Serialize, ToSchema)]
pub struct Verdict {
    /// `exceeded`, `met`, `not-met`, `undetermined`, `unknown` or `not-applicable`.
    pub outcome: String,
    /// Whether it can no longer change within the term.
    pub settled: bool,
    /// `none`, `told`, `file` or `record`.
    #[schema(value_type = String)]
    pub evidence: Json,
    /// `not-begun`, `on-the-way`, `at-risk` or `ended`.
    #[schema(value_type = String)]
    pub schedule: Json,
    /// `none`, `recorded` or `approved`.
    #[schema(value_type = String)]
    pub approval: Json,
    /// Share of the term that has passed, in percent.
    pub elapsed: String,
    /// Share of the target that is done, in percent.
    pub progress: Option<String>,
    /// The least the value can be.
    pub low: Option<String>,
    /// The most the value can be.
    pub high: Option<String>,
    /// The value in words of the reader's language.
    pub value: Option<String>,
    /// The arithmetic in order.
    pub steps: Vec<Step>,
    /// What does not agree with itself.
    pub findings: Vec<String>,
    /// What is missing for a better answer.
    pub missing: Vec<String>,
    /// Version of the rules.
    pub rules: String,
}

/// A line of the arithmetic.
#[derive(Debug, Serialize, ToSchema)]
pub struct Step {
    /// How deep it stands, from 0.
    pub depth: u8,
    /// What was done.
    pub text: String,
    /// The observations it used.
    pub used: Vec<Uuid>,
}

/// A stored observation.
#[derive(Debug, Serialize, ToSchema)]
pub struct Observation {
    /// Its identifier.
    pub id: Uuid,
    /// Guards the next change.
    pub version: i64,
    /// Code of the measure.
    pub measure: String,
    /// What was found, as files write it: `value`, `numerator`, `grade`…
    #[schema(value_type = Object)]
    pub line: Json,
    /// When it was recorded, ISO 8601.
    pub recorded_at: String,
    /// By which account; absent: the program.
    pub recorded_by: Option<Uuid>,
    /// When a second person approved it.
    pub approved_at: Option<String>,
    /// When it was withdrawn.
    pub withdrawn_at: Option<String>,
    /// Why it was withdrawn.
    pub withdrawn_why: Option<String>,
    /// The observation it replaces.
    pub replaces: Option<Uuid>,
}

/// A page of observations.
#[derive(Debug, Serialize, ToSchema)]
pub struct Observations {
    /// The observations, oldest first.
    pub rows: Vec<Observation>,
    /// Where the next page starts, when there is one.
    pub next: Option<Uuid>,
}

/// A new observation: exactly one of `value`, `numerator`, `grade`, `rank`, `stage`, `narrative`, `unknown`,
/// `not_applicable` says what was found (`value` may stand beside `numerator`).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewObservation {
    /// Code of the measure.
    pub measure: String,
    /// Word and number in `convention`.
    pub value: Option<String>,
    /// Above the line.
    pub numerator: Option<String>,
    /// Below the line.
    pub denominator: Option<String>,
    /// What is missing to the whole, in place of `denominator`.
    pub rest: Option<String>,
    /// `scheme/grade`.
    pub grade: Option<String>,
    /// Published place; `5=` when shared.
    pub rank: Option<String>,
    /// Stage reached.
    #[schema(value_type = Option<String>)]
    pub stage: Option<crate::observation::Stage>,
    /// Words.
    pub narrative: Option<String>,
    /// What a person makes of the words.
    #[schema(value_type = Option<String>)]
    pub chosen: Option<crate::observation::Judgement>,
    /// Why the value is not known.
    pub unknown: Option<String>,
    /// Why there was nothing to measure.
    pub not_applicable: Option<String>,
    /// The day the value speaks of, `yyyy-mm-dd`.
    pub as_of: String,
    /// Code of the period.
    #[serde(default)]
    pub period: String,
    /// The unit.
    #[serde(default)]
    pub unit: String,
    /// The kind of event.
    #[serde(default)]
    pub event: String,
    /// Code of the sentence that tells it.
    #[serde(default)]
    pub sentence: String,
    /// Anything to know.
    #[serde(default)]
    pub note: String,
    /// `vi` (`1.234,5`) or `en` (`1,234.5`); without it, numbers that can be read two ways are refused.
    pub convention: Option<String>,
    /// Links and records that show it.
    #[serde(default)]
    pub evidence: Vec<Evidence>,
}

/// What shows an observation.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    /// What it is.
    pub title: String,
    /// `https://…`, or the page of a record within the program; absent: somebody only says so.
    #[serde(default)]
    pub href: String,
}

/// Takes an observation back.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Withdraw {
    /// The version that was read.
    pub version: i64,
    /// Why.
    pub why: String,
}

/// Approves an observation.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Approve {
    /// The version that was read.
    pub version: i64,
}

/// What was made.
#[derive(Debug, Serialize, ToSchema)]
pub struct Made {
    /// Its identifier.
    pub id: Uuid,
}

/// A grade of one scheme taken for a grade of another.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewCrosswalk {
    /// Scheme that was used.
    pub from_scheme: String,
    /// Grade that was given.
    pub from_grade: String,
    /// Scheme it is taken into.
    pub to_scheme: String,
    /// Grade it is taken for.
    pub to_grade: String,
    /// Who signed, and on what ground.
    pub signed: String,
}

/// Schemes of grades and crosswalks, as files write them.
#[derive(Debug, Serialize, ToSchema)]
pub struct Schemes {
    /// The schemes.
    #[schema(value_type = Vec<Object>)]
    pub schemes: Json,
    /// The crosswalks that were signed.
    #[schema(value_type = Vec<Object>)]
    pub crosswalks: Json,
}

/// An indicator of a module.
#[derive(Debug, Serialize, ToSchema)]
pub struct Indicator {
    /// Its code with the module in front.
    pub code: String,
    /// Its name in the reader's language.
    pub name: String,
    /// Unit of the figure.
    pub unit: String,
    /// What it can be narrowed by.
    pub dimensions: Vec<String>,
    /// Whether it has a denominator.
    pub is_ratio: bool,
}

/// A figure in whole counts.
#[derive(Debug, Serialize, ToSchema)]
pub struct Figure {
    /// Code of the indicator.
    pub code: String,
    /// The count, or the numerator.
    pub numerator: i64,
    /// The denominator of a ratio.
    pub denominator: Option<i64>,
}

/// The records behind a figure.
#[derive(Debug, Serialize, ToSchema)]
pub struct Records {
    /// The records.
    pub rows: Vec<Record>,
    /// Where the next page starts, when there is one.
    pub next: Option<String>,
}

/// A record behind a figure.
#[derive(Debug, Serialize, ToSchema)]
pub struct Record {
    /// Its identifier in its module.
    pub id: Uuid,
    /// What people read.
    pub title: String,
    /// Its page.
    pub href: String,
    /// Whether it counts in the numerator.
    pub in_numerator: bool,
}

/// The days a board is drawn for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Days {
    /// The day the verdicts are drawn for, `yyyy-mm-dd`; today without it.
    pub at: Option<String>,
    /// As it was known at the end of this day; the present without it.
    pub known: Option<String>,
}

/// Which observations.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Which {
    /// Code of a measure; all measures of the resolution without it.
    pub measure: Option<String>,
    /// Where the page starts: `next` of the one before.
    pub after: Option<Uuid>,
    /// Rows of a page, at most 1000; 200 without it.
    pub limit: Option<usize>,
}

/// What an indicator is asked.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Asked {
    /// The organisation, with all below it; the whole installation without it.
    pub org: Option<Uuid>,
    /// First day of the period, `yyyy-mm-dd`; the last one without it.
    pub from: Option<String>,
    /// Last day of the period; today without it.
    pub at: Option<String>,
    /// Where a page of records starts: `next` of the one before.
    pub cursor: Option<String>,
}
