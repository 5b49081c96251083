//! What may be done with an observation. It is never edited in place: "as it was known on any past day" needs
//! the old figure and the day it was withdrawn.

use lt_kernel::Said;
use lt_kernel::id::{AccountId, Ids};
use lt_store::{Db, StoreError, Unit, params};
use serde_json::json;

use super::line::{self, Key};
use super::model::{Judgement, ObservationId, Value};
use super::store::{self, Detail, New, NewEvidence};
use crate::resolution::model::MeasureId;
use crate::resolution::write::Hand;
use crate::review::store::refuse_if_frozen;

/// Why a verb does not fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// It was withdrawn.
    #[error("the observation was withdrawn")]
    Withdrawn,
    /// It is approved already.
    #[error("the observation is approved already")]
    Approved,
    /// Whoever recorded it cannot approve it.
    #[error("nobody approves what they recorded")]
    OwnFigure,
    /// A reason is needed.
    #[error("a reason is needed")]
    NoReason,
    /// Only a narrative is judged.
    #[error("only a narrative is judged")]
    NotNarrative,
    /// It was judged so already.
    #[error("it was judged so already")]
    SameJudgement,
    /// Nothing differs from the observation to be corrected.
    #[error("nothing differs")]
    Same,
}

impl Refused {
    /// The refusal for a reader.
    #[must_use]
    pub fn said(self) -> Said {
        Said::new(match self {
            Self::Withdrawn => "targets-refused-withdrawn",
            Self::Approved => "targets-refused-approved",
            Self::OwnFigure => "targets-refused-own-figure",
            Self::NoReason => "targets-refused-no-reason",
            Self::NotNarrative => "targets-refused-not-narrative",
            Self::SameJudgement => "targets-refused-same-judgement",
            Self::Same => "targets-refused-same-figure",
        })
    }
}

impl Detail {
    fn living(&self) -> Result<(), Refused> {
        if self.withdrawn.is_some() { Err(Refused::Withdrawn) } else { Ok(()) }
    }

    /// Whether `account` may approve it: a second person, once.
    ///
    /// # Errors
    /// [`Refused::Withdrawn`], [`Refused::Approved`], [`Refused::OwnFigure`].
    pub fn approve(&self, account: Option<AccountId>) -> Result<(), Refused> {
        self.living()?;
        if self.approved.is_some() {
            return Err(Refused::Approved);
        }
        if account.is_none() || self.recorded_by == account { Err(Refused::OwnFigure) } else { Ok(()) }
    }

    /// Whether it may be withdrawn for this reason.
    ///
    /// # Errors
    /// [`Refused::Withdrawn`], [`Refused::NoReason`].
    pub fn withdraw(&self, why: &str) -> Result<(), Refused> {
        self.living()?;
        if why.trim().is_empty() { Err(Refused::NoReason) } else { Ok(()) }
    }

    /// Whether `new` may take its place for this reason. New evidence alone is reason enough to differ.
    ///
    /// # Errors
    /// As [`Self::withdraw`]; [`Refused::Same`] when nothing differs.
    pub fn correct(&self, new: &New, why: &str) -> Result<(), Refused> {
        self.withdraw(why)?;
        let kept: Vec<_> =
            self.evidence.iter().map(|shown| (&shown.line, shown.file.as_ref().map(|file| &file.0))).collect();
        let now: Vec<_> =
            new.evidence.iter().map(|shown| (&shown.line, shown.file.as_ref().map(|file| &file.0))).collect();
        let same = self.seen.value == new.seen.value
            && self.note == new.note
            && Key::of(&self.seen, &self.sentence) == Key::of(&new.seen, &new.sentence)
            && kept == now;
        if same { Err(Refused::Same) } else { Ok(()) }
    }

    /// The value once a person chose what a narrative comes to.
    ///
    /// # Errors
    /// [`Refused::Withdrawn`], [`Refused::NotNarrative`], [`Refused::SameJudgement`].
    pub fn judge(&self, judgement: Judgement) -> Result<Value, Refused> {
        self.living()?;
        match &self.seen.value {
            Value::Narrative { chosen, .. } if *chosen == Some(judgement) => Err(Refused::SameJudgement),
            Value::Narrative { text, .. } => Ok(Value::Narrative { text: text.clone(), chosen: Some(judgement) }),
            _ => Err(Refused::NotNarrative),
        }
    }

    /// A new observation that stands where this one stood, recorded now, with another value.
    #[must_use]
    pub fn again(&self, hand: &Hand, ids: &dyn Ids, value: Value) -> New {
        let mut seen = self.seen.clone();
        (seen.id, seen.value, seen.recorded_at, seen.approved) =
            (ObservationId(ids.next(hand.now)), value, hand.now, false);
        let evidence = self.evidence.iter().map(|shown| kept(shown, hand, ids)).collect();
        New {
            seen,
            measure: self.measure,
            resolution: self.resolution,
            sentence: self.sentence.clone(),
            note: self.note.clone(),
            evidence,
            replaces: Some(self.seen.id),
        }
    }
}

/// Evidence taken over from an observation by the one that replaces it.
#[must_use]
pub fn kept(shown: &store::Shown, hand: &Hand, ids: &dyn Ids) -> NewEvidence {
    let file = shown.file.clone().map(|(hash, size, mime)| (hash, u64::try_from(size).unwrap_or(0), mime));
    NewEvidence { id: ids.next(hand.now), line: shown.line.clone(), file }
}

/// A new observation as history shows it.
fn shown(code: &str, new: &New) -> serde_json::Value {
    let evidence = new.evidence.iter().map(|shown| shown.line.clone()).collect();
    serde_json::to_value(line::write(code, &new.seen, &new.sentence, &new.note, evidence)).unwrap_or_default()
}

/// Records an observation of the measure `code`.
pub fn record(unit: &mut Unit, hand: &Hand, code: &str, new: &New) {
    store::insert(unit, hand.actor, std::slice::from_ref(new));
    store::touch(unit, hand.org, &[new.measure]);
    refuse_if_frozen(unit, hand.org, new.measure, new.seen.as_of);
    unit.emit(hand.change("targets.observation", new.seen.id, "recorded").after(&shown(code, new)));
}

/// Approves it; stale when something happened to it since it was read.
pub fn approve(unit: &mut Unit, hand: &Hand, one: &Detail) {
    unit.run(
        "UPDATE targets_observation SET approved_at = $1, approved_by = $2, version = version + 1 \
         WHERE id = $3 AND version = $4 AND approved_at IS NULL AND withdrawn_at IS NULL",
        params![hand.now, store::by(hand.actor), one.seen.id, one.version],
    )
    .expect_rows(1);
    store::touch(unit, hand.org, &[one.measure]);
    let words = |approved: bool| json!({ "approved": approved });
    let change = hand.change("targets.observation", one.seen.id, "approved");
    unit.emit(change.before(&words(false)).after(&words(true)));
}

fn withdrawn(unit: &mut Unit, hand: &Hand, one: &Detail, why: &str) {
    unit.run(
        "UPDATE targets_observation SET withdrawn_at = $1, withdrawn_by = $2, withdrawn_why = $3, \
         version = version + 1 WHERE id = $4 AND version = $5 AND withdrawn_at IS NULL",
        params![hand.now, store::by(hand.actor), why, one.seen.id, one.version],
    )
    .expect_rows(1);
}

/// Withdraws it; stale when something happened to it since it was read.
pub fn withdraw(unit: &mut Unit, hand: &Hand, code: &str, one: &Detail, why: &str) {
    withdrawn(unit, hand, one, why);
    store::touch(unit, hand.org, &[one.measure]);
    let change = hand.change("targets.observation", one.seen.id, "withdrawn");
    unit.emit(change.before(&line::of_detail(code, one)).after(&json!({ "withdrawn": why })));
}

/// Puts another observation in its place, in one unit; `verb` is `corrected` or `judged`.
pub fn replace(unit: &mut Unit, hand: &Hand, code: &str, old: &Detail, new: &New, why: &str, verb: &str) {
    withdrawn(unit, hand, old, why);
    store::insert(unit, hand.actor, std::slice::from_ref(new));
    store::touch(unit, hand.org, &[old.measure]);
    let mut after = shown(code, new);
    if let Some(map) = after.as_object_mut() {
        map.insert("why".into(), why.into());
        map.insert("replaces".into(), old.seen.id.to_string().into());
    }
    unit.emit(hand.change("targets.observation", new.seen.id, verb).before(&line::of_detail(code, old)).after(&after));
}

/// The observation that already says something of the same measure, day, period, unit, event and sentence.
///
/// # Errors
/// As [`Db::read`].
pub async fn same(db: &Db, measure: MeasureId, key: &Key) -> Result<Option<ObservationId>, StoreError> {
    let sql = "SELECT id FROM targets_observation WHERE measure = $1 AND as_of = $2 AND period = $3 AND unit = $4 \
               AND event = $5 AND sentence = $6 AND withdrawn_at IS NULL";
    let row = db.read_one(sql, params![measure, key.as_of, &key.period, &key.unit, &key.event, &key.sentence]).await?;
    row.map(|row| row.get("id")).transpose()
}

/// The refusal of a second observation of the same thing.
#[must_use]
pub fn twice() -> Said {
    Said::new("targets-observation-twice")
}
