//! The frozen set: everything a report's verdicts depend on, as one JSON with its SHA-256.
//!
//! Anybody who holds the text can judge again ([`Frozen::judge`]) and must come to the same verdicts.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use lt_kernel::id::{AccountId, OrgId, Uuid};
use lt_kernel::{Date, Instant, Interval};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::book::{Board, Judged, Plan, Tally};
use crate::file::format::{Header, Sentence, Standing};
use crate::measure::Measure;
use crate::observation::{Evidence, Observation, ObservationId};
use crate::resolution::model::{MeasureId, ResolutionId, State, TargetId};
use crate::resolution::store::{Held, Listed, Whole};
use crate::scheme::Schemes;
use crate::target::Target;
use crate::verdict::model::Claim;
use crate::verdict::{Inputs, Outcome, Policy, Rolled, Schedule, Verdict, judge};

/// Format of the text.
pub const FORMAT: &str = "lienthong-frozen/1";

/// What shows an observation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proof {
    /// Which one.
    pub id: Uuid,
    /// How strong it is.
    pub kind: Evidence,
    /// What it is, in words.
    pub title: String,
    /// Where to find it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub href: String,
    /// SHA-256 of a stored file, in hexadecimal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sha256: Option<String>,
}

/// An observation with what people see of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// Code of its measure.
    pub measure: String,
    /// The observation: value with qualifier, days, whether a second person approved it.
    pub seen: Observation,
    /// Code of the sentence that tells it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub sentence: String,
    /// Anything to know.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// Who recorded it; none: the program.
    pub recorded_by: Option<AccountId>,
    /// The observation it replaces.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<ObservationId>,
    /// What shows it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<Proof>,
}

/// A target with the version of its definition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Defined {
    /// Which one.
    pub id: TargetId,
    /// Who answers for it.
    pub owner: OrgId,
    /// What that organisation was called on the cut-off day.
    pub owner_name: String,
    /// Number of its definition.
    pub version: i64,
    /// Why it was dropped, if it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dropped: Option<String>,
    /// The definition.
    pub target: Target,
}

/// Everything the verdicts of a review depend on, and the verdicts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Frozen {
    /// [`FORMAT`].
    pub format: String,
    /// Code of the period.
    pub period: String,
    /// The last day whose figures count; the verdicts are drawn for it.
    pub cutoff: Date,
    /// The instant whose knowledge counts.
    pub known: Instant,
    /// Version of the rules.
    pub rules: String,
    /// Policies.
    pub policy: Policy,
    /// The resolution.
    pub id: ResolutionId,
    /// Who resolved it.
    pub org: OrgId,
    /// What the issuer was called on the cut-off day.
    pub issuer: String,
    /// What the organisation above it was called.
    pub superior: String,
    /// The head of the resolution.
    pub header: Header,
    /// Its sentences.
    pub sentences: Vec<Sentence>,
    /// Its measures.
    pub measures: Vec<(MeasureId, Measure)>,
    /// Its targets.
    pub targets: Vec<Defined>,
    /// What its reports claim.
    pub claims: Vec<Claim>,
    /// The schemes of grades, and the signed crosswalks between them.
    pub schemes: Schemes,
    /// What the targets of the resolutions it rolls up came to.
    pub rolled: BTreeMap<String, Rolled>,
    /// Observations up to the cut-off day that were not withdrawn, by measure and in the order they were recorded.
    pub observations: Vec<Seen>,
    /// A verdict for each target, in order.
    pub verdicts: Vec<Verdict>,
    /// How many came to what.
    pub tally: BTreeMap<String, u32>,
}

/// What is wrong with a stored set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Broken {
    /// The text does not have the stored hash.
    #[error("the frozen figures do not have their SHA-256")]
    Hash,
    /// The text is not such a set, or not written the one way it is written.
    #[error("the frozen figures cannot be read")]
    Text,
    /// Judging again gives other verdicts.
    #[error("judging the frozen figures again gives other verdicts")]
    Verdicts,
}

/// SHA-256 of a text, in hexadecimal.
#[must_use]
pub fn sha256(text: &str) -> String {
    hex::encode(Sha256::digest(text.as_bytes()))
}

impl Frozen {
    /// The text: JSON without blanks, fields in the order of the types, maps by key.
    #[must_use]
    pub fn text(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Reads a stored text and makes sure that it is what was stored, and that its verdicts follow from it.
    ///
    /// # Errors
    /// [`Broken`].
    pub fn read(text: &str, hash: &str) -> Result<Self, Broken> {
        if sha256(text) != hash {
            return Err(Broken::Hash);
        }
        let frozen: Self = serde_json::from_str(text).map_err(|_| Broken::Text)?;
        if frozen.format != FORMAT || frozen.text() != text {
            return Err(Broken::Text);
        }
        let (verdicts, tally) = frozen.judge();
        // A later version of the rules may come to something else; that is no fault of the stored figures.
        let same_rules = frozen.rules == crate::verdict::RULES;
        if same_rules && (verdicts != frozen.verdicts || tally != frozen.tally) {
            return Err(Broken::Verdicts);
        }
        Ok(frozen)
    }

    /// Judges the targets anew, from nothing but what is in the set.
    #[must_use]
    pub fn judge(&self) -> (Vec<Verdict>, BTreeMap<String, u32>) {
        let measures: HashMap<String, Measure> =
            self.measures.iter().map(|(_, measure)| (measure.code.clone(), measure.clone())).collect();
        let mut observations: HashMap<String, Vec<Observation>> = HashMap::new();
        for one in &self.observations {
            observations.entry(one.measure.clone()).or_default().push(one.seen.clone());
        }
        let rolled: HashMap<String, Rolled> =
            self.rolled.iter().map(|(code, counts)| (code.clone(), *counts)).collect();
        let verdicts = self.targets.iter().map(|held| {
            let claims: Vec<Claim> =
                self.claims.iter().filter(|claim| claim.target == held.target.code).cloned().collect();
            Some(judge(
                &held.target,
                &Inputs {
                    measures: &measures,
                    observations: &observations,
                    claims: &claims,
                    schemes: &self.schemes,
                    term: self.term(),
                    at: self.cutoff,
                    policy: &self.policy,
                    rolled: &rolled,
                },
            ))
        });
        let verdicts = verdicts.map(|verdict| verdict.map(Arc::new)).collect();
        let board = Board::new(&self.job(), 0, Some(self.known), verdicts);
        let tally = counted(&board.tally);
        (board.verdicts.into_iter().map(Arc::unwrap_or_clone).collect(), tally)
    }

    /// The term of the resolution.
    #[must_use]
    pub fn term(&self) -> Interval {
        self.header.term.interval()
    }

    /// The set as a board takes it.
    fn job(&self) -> Judged {
        let listed = Listed {
            id: self.id,
            code: self.header.code.clone(),
            org: self.org,
            title: (self.header.title.clone(), self.header.title_en.clone()),
            term: self.term(),
            state: State::InForce,
            is_sample: false,
            version: 0,
        };
        let held = |one: &Defined| Held {
            id: one.id,
            owner: one.owner,
            version: one.version,
            dropped: one.dropped.clone(),
            dropped_at: None,
            target: one.target.clone(),
        };
        let whole = Whole {
            listed,
            header: self.header.clone(),
            sentences: self.sentences.clone(),
            measures: self.measures.clone(),
            targets: self.targets.iter().map(held).collect(),
            claims: self.claims.clone(),
        };
        Judged {
            plan: Arc::new(Plan::of(whole)),
            schemes: self.schemes.clone(),
            rolled: HashMap::new(),
            at: self.cutoff,
            policy: Arc::new(self.policy.clone()),
        }
    }

    /// The targets with their verdicts, in order.
    pub fn rows(&self) -> impl Iterator<Item = (&Defined, &Verdict)> {
        self.targets.iter().zip(&self.verdicts)
    }

    /// The sentence of a code.
    #[must_use]
    pub fn sentence(&self, code: &str) -> Option<&Sentence> {
        self.sentences.iter().find(|one| one.code == code)
    }

    /// The measure of a code.
    #[must_use]
    pub fn measure(&self, code: &str) -> Option<&Measure> {
        self.measures.iter().map(|(_, measure)| measure).find(|measure| measure.code == code)
    }

    /// The observation of an identifier.
    #[must_use]
    pub fn seen(&self, id: ObservationId) -> Option<&Seen> {
        self.observations.iter().find(|one| one.seen.id == id)
    }

    /// Whether a target counts among the resolution's own: not dropped, not a directive from above.
    #[must_use]
    pub fn counts(&self, held: &Defined) -> bool {
        let sentence = self.sentence(&held.target.sentence);
        held.dropped.is_none() && sentence.is_none_or(|sentence| sentence.standing != Standing::Directive)
    }

    /// Whether a report must say why: not met though it should be by now, undetermined or unknown. A target that
    /// is on its way within the running term needs no reason yet.
    #[must_use]
    pub fn needs_cause(&self, held: &Defined, verdict: &Verdict) -> bool {
        let missed = match verdict.outcome {
            Outcome::NotMet => verdict.settled || matches!(verdict.schedule, Schedule::Ended | Schedule::AtRisk),
            Outcome::Undetermined | Outcome::Unknown => true,
            Outcome::Exceeded | Outcome::Met | Outcome::NotApplicable => false,
        };
        missed && self.counts(held)
    }
}

/// The observations a verdict rests on, in the order of the arithmetic, each once.
#[must_use]
pub fn used(verdict: &Verdict) -> Vec<ObservationId> {
    let mut known = HashSet::new();
    verdict.steps.iter().flat_map(|step| step.used.iter().copied()).filter(|id| known.insert(*id)).collect()
}

/// A tally under the words used in addresses.
#[must_use]
pub fn counted(tally: &Tally) -> BTreeMap<String, u32> {
    [
        ("all", tally.all),
        ("exceeded", tally.exceeded),
        ("met", tally.just_met),
        ("on-the-way", tally.on_the_way),
        ("at-risk", tally.at_risk),
        ("not-met", tally.not_met),
        ("undetermined", tally.undetermined),
        ("unknown", tally.unknown),
        ("not-applicable", tally.not_applicable),
    ]
    .into_iter()
    .map(|(word, count)| (word.to_owned(), count))
    .collect()
}
