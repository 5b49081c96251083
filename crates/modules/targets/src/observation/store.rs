//! Observations in the database: short columns for plain numbers, JSON for the rest.

use std::collections::HashMap;

use lt_contracts::Actor;
use lt_kernel::Instant;
use lt_kernel::id::{AccountId, OrgId};
use lt_kernel::quantity::{Exact, Qualifier, Reported};
use lt_store::{Db, Row, RowRef, StoreError, Unit, Val, params};

use super::model::{Evidence, Observation, ObservationId, Value};
use crate::file::format::EvidenceLine;
use crate::resolution::model::{MeasureId, ResolutionId};

/// A new observation, ready to be stored.
#[derive(Debug, Clone)]
pub struct New {
    /// The observation itself; `approved` is not stored, it comes by its own verb.
    pub seen: Observation,
    /// Its measure.
    pub measure: MeasureId,
    /// The resolution it comes through, by file or page: the file of that one carries it.
    pub resolution: Option<ResolutionId>,
    /// Code of the sentence that tells it; may be empty.
    pub sentence: String,
    /// Anything to know.
    pub note: String,
    /// What shows it.
    pub evidence: Vec<NewEvidence>,
    /// The observation it replaces.
    pub replaces: Option<ObservationId>,
}

/// New evidence.
#[derive(Debug, Clone)]
pub struct NewEvidence {
    /// Its identifier.
    pub id: lt_kernel::id::Uuid,
    /// What it is and where.
    pub line: EvidenceLine,
    /// Content hash, size in bytes and kind of a stored file.
    pub file: Option<(String, u64, String)>,
}

const INSERT: &str = "INSERT INTO targets_observation (id, measure, kind, num, den, qualifier, word, body, as_of, \
    period, unit, event, sentence, note, evidence, recorded_at, recorded_by, replaces, resolution, written, version) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)";

const INSERT_EVIDENCE: &str = "INSERT INTO targets_evidence (id, observation, position, kind, title, href, blob, \
    size, mime, added_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";

/// The account of an actor, as columns keep it.
#[must_use]
pub fn by(actor: Actor) -> Option<AccountId> {
    if let Actor::Account(account) = actor { Some(account) } else { None }
}

/// The word of an evidence status.
#[must_use]
pub const fn evidence_word(evidence: Evidence) -> &'static str {
    match evidence {
        Evidence::None => "none",
        Evidence::Told => "told",
        Evidence::File => "file",
        Evidence::Record => "record",
    }
}

fn evidence_of(word: &str) -> Evidence {
    [Evidence::Told, Evidence::File, Evidence::Record]
        .into_iter()
        .find(|evidence| evidence_word(*evidence) == word)
        .unwrap_or_default()
}

/// Adds new observations to a unit. It does not touch the stamp: see [`touch`].
pub fn insert(unit: &mut Unit, actor: Actor, new: &[New]) {
    let who = by(actor);
    unit.run_many(INSERT, new.iter().map(|one| columns(one, who)).collect());
    let evidence: Vec<Vec<Val>> = new
        .iter()
        .flat_map(|one| one.evidence.iter().enumerate().map(move |(place, shown)| (one, place, shown)))
        .map(|(one, place, shown)| {
            let (hash, size, mime) = shown.file.clone().map_or((None, None, None), |(hash, size, mime)| {
                (Some(hash), Some(i64::try_from(size).unwrap_or(i64::MAX)), Some(mime))
            });
            let position = i64::try_from(place).unwrap_or(i64::MAX);
            params![
                shown.id,
                one.seen.id,
                position,
                evidence_word(shown.line.kind),
                &shown.line.title,
                &shown.line.href,
                hash,
                size,
                mime,
                one.seen.recorded_at
            ]
        })
        .collect();
    if !evidence.is_empty() {
        unit.run_many(INSERT_EVIDENCE, evidence);
    }
}

fn columns(one: &New, who: Option<AccountId>) -> Vec<Val> {
    let seen = &one.seen;
    let plain = match &seen.value {
        Value::Number { value } => value.number.parts().map(|parts| (value, parts)),
        _ => None,
    };
    let (kind, num, den, qualifier, word, body) = match plain {
        Some((value, (num, den))) => {
            ("n", Some(num), Some(den), Some(value.qualifier.code()), value.word.clone(), None)
        }
        None => ("j", None, None, None, None, serde_json::to_string(&seen.value).ok()),
    };
    let written = plain.and_then(|(value, _)| value.written.as_deref());
    params![
        seen.id,
        one.measure,
        kind,
        num,
        den,
        qualifier,
        word,
        body,
        seen.as_of,
        seen.period.as_ref().map(ToString::to_string).unwrap_or_default(),
        seen.unit.as_deref().unwrap_or_default(),
        seen.event.as_deref().unwrap_or_default(),
        &one.sentence,
        &one.note,
        evidence_word(seen.evidence),
        seen.recorded_at,
        who,
        one.replaces,
        one.resolution,
        written,
        1
    ]
}

/// Marks measures of an organisation as touched, so that every node judges them anew.
pub fn touch(unit: &mut Unit, org: OrgId, measures: &[MeasureId]) {
    unit.run(
        "INSERT INTO targets_stamp (org, stamp) VALUES ($1, 1) \
         ON CONFLICT (org) DO UPDATE SET stamp = targets_stamp.stamp + 1",
        params![org],
    );
    let rows = measures.iter().map(|measure| params![org, *measure, org]).collect();
    unit.run_many(
        "INSERT INTO targets_touch (org, measure, stamp) \
         VALUES ($1, $2, (SELECT stamp FROM targets_stamp WHERE org = $3))",
        rows,
    );
}

/// Columns of `targets_observation o` for [`seen_ref`], in their order.
pub const SEEN: &str = "o.id, o.measure, o.kind, o.num, o.den, o.qualifier, o.word, o.body, o.as_of, o.period, \
                        o.unit, o.event, o.evidence, o.recorded_at, o.approved_at, o.written";

/// The observation of a row whose first columns are [`SEEN`].
///
/// # Errors
/// [`StoreError::Column`] when a column does not hold what it should.
pub fn seen_ref(row: &RowRef<'_>) -> Result<(MeasureId, Observation), StoreError> {
    let bad = |column: &str| StoreError::Column(column.to_owned());
    let value = if row.text(2)? == "n" {
        let number = Exact::from_parts(row.int(3)?, row.int(4)?).ok_or_else(|| bad("num"))?;
        let qualifier = row.text_or_null(5)?.and_then(Qualifier::from_code).ok_or_else(|| bad("qualifier"))?;
        let word = row.text_or_null(6)?.map(str::to_owned);
        Value::Number { value: Reported { qualifier, word, number, written: row.text_or_null(15)?.map(Into::into) } }
    } else {
        serde_json::from_str(row.text(7)?).map_err(|_| bad("body"))?
    };
    let filled = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let period = row.text(9)?;
    let seen = Observation {
        id: ObservationId(row.id(0)?),
        value,
        as_of: row.text(8)?.parse().map_err(|_| bad("as_of"))?,
        period: if period.is_empty() { None } else { Some(period.parse().map_err(|_| bad("period"))?) },
        unit: filled(row.text(10)?),
        event: filled(row.text(11)?),
        recorded_at: Instant::from_micros(row.int(13)?),
        approved: row.int_or_null(14)?.is_some(),
        evidence: evidence_of(row.text(12)?),
    };
    Ok((MeasureId(row.id(1)?), seen))
}

/// An observation with everything people see of it.
#[derive(Debug, Clone)]
pub struct Detail {
    /// The observation.
    pub seen: Observation,
    /// Its measure.
    pub measure: MeasureId,
    /// The resolution it came through; none where that was never noted.
    pub resolution: Option<ResolutionId>,
    /// Code of the sentence that tells it.
    pub sentence: String,
    /// Anything to know.
    pub note: String,
    /// Who recorded it.
    pub recorded_by: Option<AccountId>,
    /// When and by whom it was approved.
    pub approved: Option<(Instant, Option<AccountId>)>,
    /// When, by whom and why it was withdrawn.
    pub withdrawn: Option<(Instant, Option<AccountId>, String)>,
    /// The observation it replaces.
    pub replaces: Option<ObservationId>,
    /// Guards the next change.
    pub version: i64,
    /// What shows it.
    pub evidence: Vec<Shown>,
}

/// Evidence as people see it.
#[derive(Debug, Clone)]
pub struct Shown {
    /// Which one.
    pub id: lt_kernel::id::Uuid,
    /// What it is and where.
    pub line: EvidenceLine,
    /// Content hash, size in bytes and kind of a stored file.
    pub file: Option<(String, i64, String)>,
}

const DETAIL: &str = "SELECT id, measure, kind, num, den, qualifier, word, body, as_of, period, unit, event, \
    evidence, recorded_at, approved_at, written, sentence, note, resolution, recorded_by, approved_by, withdrawn_at, withdrawn_by, \
    withdrawn_why, replaces, version FROM targets_observation";

const SHOWN: &str =
    "SELECT e.observation, e.id, e.kind, e.title, e.href, e.blob, e.size, e.mime FROM targets_evidence e";

/// When, by whom and why an observation was withdrawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gone {
    /// When.
    pub at: Instant,
    /// By whom; none: the program.
    pub by: Option<AccountId>,
    /// Why.
    pub why: String,
}

/// Withdrawn observations.
pub type Withdrawn = HashMap<ObservationId, Gone>;

/// The withdrawn observations of a resolution's measures.
///
/// # Errors
/// As [`Db::read`].
pub async fn gone(db: &Db, resolution: ResolutionId) -> Result<Withdrawn, StoreError> {
    let sql = "SELECT o.id, o.withdrawn_at, o.withdrawn_by, o.withdrawn_why FROM targets_use u \
               JOIN targets_observation o ON o.measure = u.measure \
               WHERE u.resolution = $1 AND o.withdrawn_at IS NOT NULL";
    let one = |row: &Row| {
        let why: Option<String> = row.get("withdrawn_why")?;
        let (at, by) = (row.get("withdrawn_at")?, row.get("withdrawn_by")?);
        Ok((row.get("id")?, Gone { at, by, why: why.unwrap_or_default() }))
    };
    db.scan(sql, params![resolution]).await?.iter().map(one).collect()
}

/// All observations of a measure, withdrawn ones too, oldest first.
///
/// # Errors
/// As [`Db::read`].
pub async fn of_measure(db: &Db, measure: MeasureId) -> Result<Vec<Detail>, StoreError> {
    let all = format!("{DETAIL} WHERE measure = $1 ORDER BY recorded_at, id");
    let evidence = format!(
        "{SHOWN} JOIN targets_observation o ON o.id = e.observation WHERE o.measure = $1 ORDER BY e.observation, e.position"
    );
    details(db, vec![(&all, params![measure]), (&evidence, params![measure])]).await
}

/// One observation.
///
/// # Errors
/// As [`Db::read`].
pub async fn by_id(db: &Db, id: ObservationId) -> Result<Option<Detail>, StoreError> {
    let one = format!("{DETAIL} WHERE id = $1");
    let evidence = format!("{SHOWN} WHERE e.observation = $1 ORDER BY e.position");
    Ok(details(db, vec![(&one, params![id]), (&evidence, params![id])]).await?.pop())
}

/// Observations and their evidence, read at one moment.
async fn details(db: &Db, queries: Vec<(&str, Vec<Val>)>) -> Result<Vec<Detail>, StoreError> {
    let found = db.read_many(queries).await?;
    let [rows, evidence] = found.as_slice() else { return Err(StoreError::Column("observation".into())) };
    let mut by_observation: HashMap<ObservationId, Vec<Shown>> = HashMap::new();
    for row in evidence {
        by_observation.entry(row.get("observation")?).or_default().push(shown(row)?);
    }
    let complete = |row: &Row| {
        let mut one = detail(row)?;
        one.evidence = by_observation.remove(&one.seen.id).unwrap_or_default();
        Ok(one)
    };
    rows.iter().map(complete).collect()
}

fn shown(row: &Row) -> Result<Shown, StoreError> {
    let (kind, blob): (String, Option<String>) = (row.get("kind")?, row.get("blob")?);
    let line = EvidenceLine { kind: evidence_of(&kind), title: row.get("title")?, href: row.get("href")? };
    let file = match blob {
        Some(hash) => Some((hash, row.get("size")?, row.get("mime")?)),
        None => None,
    };
    Ok(Shown { id: row.get("id")?, line, file })
}

fn detail(row: &Row) -> Result<Detail, StoreError> {
    let cells = RowRef::of(row);
    let (measure, seen) = seen_ref(&cells)?;
    let approved_at: Option<Instant> = row.get("approved_at")?;
    let withdrawn_at: Option<Instant> = row.get("withdrawn_at")?;
    let withdrawn = match withdrawn_at {
        Some(at) => {
            let why: Option<String> = row.get("withdrawn_why")?;
            Some((at, row.get("withdrawn_by")?, why.unwrap_or_default()))
        }
        None => None,
    };
    let approved_by: Option<AccountId> = row.get("approved_by")?;
    Ok(Detail {
        seen,
        measure,
        resolution: row.get("resolution")?,
        sentence: row.get("sentence")?,
        note: row.get("note")?,
        recorded_by: row.get("recorded_by")?,
        approved: approved_at.map(|at| (at, approved_by)),
        withdrawn,
        replaces: row.get("replaces")?,
        version: row.get("version")?,
        evidence: Vec::new(),
    })
}
