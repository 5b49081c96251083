//! A value as it was reported, and what shows it.

use lt_kernel::calendar::Period;
use lt_kernel::quantity::Reported;
use lt_kernel::{Date, Instant, typed_id};
use serde::{Deserialize, Serialize};

typed_id!(
    /// One reported value of a measure.
    ObservationId
);
lt_store::stored_ids!(ObservationId);

/// How far something to be built has come; each stage includes those before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// Nothing has been decided.
    None,
    /// The project or plan is approved.
    Approved,
    /// A supplier is chosen.
    Procured,
    /// It is built.
    Built,
    /// It is accepted by those who ordered it.
    Accepted,
    /// People use it.
    InUse,
}

/// What a person chose for a narrative.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Judgement {
    /// What the sentence asks for was done.
    Done,
    /// It was not.
    NotDone,
    /// It was done in part.
    InPart,
}

impl Stage {
    /// All of them, earliest first.
    pub const ALL: [Self; 6] = [Self::None, Self::Approved, Self::Procured, Self::Built, Self::Accepted, Self::InUse];

    /// Key of its name.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::None => "targets-stage-none",
            Self::Approved => "targets-stage-approved",
            Self::Procured => "targets-stage-procured",
            Self::Built => "targets-stage-built",
            Self::Accepted => "targets-stage-accepted",
            Self::InUse => "targets-stage-in-use",
        }
    }
}

impl Judgement {
    /// Key of its name.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Done => "targets-judgement-done",
            Self::NotDone => "targets-judgement-not-done",
            Self::InPart => "targets-judgement-in-part",
        }
    }
}

/// A reported value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Value {
    /// A number with its qualifier.
    Number {
        /// The number, and the word before it.
        value: Reported,
    },
    /// The parts of a ratio; the ratio itself when it was told as well.
    Parts {
        /// Above the line.
        numerator: Reported,
        /// Below the line; or, with `rest`, what is missing to the whole.
        denominator: Reported,
        /// `denominator` is the remainder: whole = numerator + denominator.
        #[serde(default, skip_serializing_if = "crate::measure::model::is_default")]
        rest: bool,
        /// The ratio as told, in the measure's unit.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        told: Option<Reported>,
    },
    /// A grade of a scheme.
    Grade {
        /// Code of the scheme.
        scheme: String,
        /// Code of the grade.
        grade: String,
    },
    /// A published place; several may share it.
    Rank {
        /// The place as published; 1 is best.
        place: u32,
        /// Whether others share it ("5=").
        #[serde(default, skip_serializing_if = "crate::measure::model::is_default")]
        tied: bool,
    },
    /// How far it has come.
    Stage {
        /// The stage reached.
        stage: Stage,
    },
    /// Words, and what a person makes of them.
    Narrative {
        /// The words.
        text: String,
        /// What was chosen, if somebody chose.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        chosen: Option<Judgement>,
    },
    /// The source speaks of it and leaves the value open.
    Unknown {
        /// Why.
        why: String,
    },
    /// There was nothing it could be measured on.
    NotApplicable {
        /// Why.
        why: String,
    },
}

impl Value {
    /// Without how its numbers were written: for numbers that a program spelled, not a person.
    pub fn forget_writing(&mut self) {
        match self {
            Self::Number { value } => value.forget_writing(),
            Self::Parts { numerator, denominator, told, .. } => {
                [numerator, denominator].into_iter().chain(told.as_mut()).for_each(Reported::forget_writing);
            }
            _ => {}
        }
    }
}

/// One reported value, as the judge sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Observation {
    /// Which one.
    pub id: ObservationId,
    /// The value.
    pub value: Value,
    /// The day the value speaks of.
    pub as_of: Date,
    /// The period it covers, where the measure has periods.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<Period>,
    /// The unit (cell, commune, office…) it speaks of, where the measure has units.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// The kind of event it counts, where the measure tells kinds apart.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event: Option<String>,
    /// When it was recorded.
    pub recorded_at: Instant,
    /// Whether a second person approved it.
    #[serde(default)]
    pub approved: bool,
    /// The strongest evidence attached.
    #[serde(default)]
    pub evidence: Evidence,
}

/// How well an observation is shown; the stronger, the later.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Evidence {
    /// Nothing.
    #[default]
    None,
    /// Somebody says so: a report, a speech, a news item.
    Told,
    /// A file or a link to look at.
    File,
    /// Records of a live system, which can be listed.
    Record,
}
