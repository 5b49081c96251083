//! Reading resolutions with everything that stands in them.

use lt_kernel::id::OrgId;
use lt_kernel::{Date, Instant, Interval};
use lt_store::{Db, Row, StoreError, params};

use super::model::{MeasureId, ResolutionId, State, TargetId};
use crate::file::format::{Header, Sentence};
use crate::measure::Measure;
use crate::target::Target;
use crate::verdict::model::Claim;

/// A resolution as lists show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Which one.
    pub id: ResolutionId,
    /// Its code.
    pub code: String,
    /// Who resolved it.
    pub org: OrgId,
    /// Its title in Vietnamese and in English (may be empty).
    pub title: (String, String),
    /// Its term, half-open.
    pub term: Interval,
    /// Where it stands.
    pub state: State,
    /// Whether it came with the sample.
    pub is_sample: bool,
    /// Guards the next change.
    pub version: i64,
}

/// A target as it stands now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// Which one.
    pub id: TargetId,
    /// Who answers for it.
    pub owner: OrgId,
    /// Number of its definition, from 1.
    pub version: i64,
    /// Why it was dropped, if it was.
    pub dropped: Option<String>,
    /// When it was dropped.
    pub dropped_at: Option<Instant>,
    /// What it demands.
    pub target: Target,
}

/// A resolution with its sentences, measures, targets and claims.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Whole {
    /// The resolution.
    pub listed: Listed,
    /// What its file says at the top.
    pub header: Header,
    /// Its sentences, in order.
    pub sentences: Vec<Sentence>,
    /// Its measures, in order.
    pub measures: Vec<(MeasureId, Measure)>,
    /// Its targets, in order.
    pub targets: Vec<Held>,
    /// What its reports claim.
    pub claims: Vec<Claim>,
}

const LISTED: &str = "SELECT id, code, org, title, title_en, term_from, term_to, state, is_sample, version \
                      FROM targets_resolution";

fn listed(row: &Row) -> Result<Listed, StoreError> {
    let state: String = row.get("state")?;
    let (from, to): (Date, Date) = (row.get("term_from")?, row.get("term_to")?);
    Ok(Listed {
        id: row.get("id")?,
        code: row.get("code")?,
        org: row.get("org")?,
        title: (row.get("title")?, row.get("title_en")?),
        term: Interval { from, to: Some(to) },
        state: State::from_word(&state).ok_or_else(|| StoreError::Column("state".into()))?,
        is_sample: row.get("is_sample")?,
        version: row.get("version")?,
    })
}

/// All resolutions, newest term first.
///
/// # Errors
/// As [`Db::read`].
pub async fn list(db: &Db) -> Result<Vec<Listed>, StoreError> {
    let sql = format!("{LISTED} ORDER BY term_from DESC, code");
    db.read(&sql, params![]).await?.iter().map(listed).collect()
}

/// The resolution of an identifier.
///
/// # Errors
/// As [`Db::read`].
pub async fn by_id(db: &Db, id: ResolutionId) -> Result<Option<Listed>, StoreError> {
    let sql = format!("{LISTED} WHERE id = $1");
    db.read_one(&sql, params![id]).await?.as_ref().map(listed).transpose()
}

/// The resolution of a code.
///
/// # Errors
/// As [`Db::read`].
pub async fn by_code(db: &Db, code: &str) -> Result<Option<Listed>, StoreError> {
    let sql = format!("{LISTED} WHERE code = $1");
    db.read_one(&sql, params![code]).await?.as_ref().map(listed).transpose()
}

/// The measures of an organisation, by code.
///
/// # Errors
/// As [`Db::read`].
pub async fn measures_of(db: &Db, org: OrgId) -> Result<Vec<(MeasureId, Measure)>, StoreError> {
    let sql = "SELECT id, definition FROM targets_measure WHERE org = $1 ORDER BY code";
    db.read(sql, params![org]).await?.iter().map(measure).collect()
}

fn measure(row: &Row) -> Result<(MeasureId, Measure), StoreError> {
    Ok((row.get("id")?, json(row, "definition")?))
}

/// A column of JSON as a value.
///
/// # Errors
/// [`StoreError::Column`] when it is not such a value.
pub fn json<T: serde::de::DeserializeOwned>(row: &Row, column: &str) -> Result<T, StoreError> {
    let text: String = row.get(column)?;
    serde_json::from_str(&text).map_err(|_| StoreError::Column(column.to_owned()))
}

/// A resolution with everything that stands in it, read at one moment.
///
/// # Errors
/// As [`Db::read`].
pub async fn whole(db: &Db, id: ResolutionId) -> Result<Option<Whole>, StoreError> {
    let queries = vec![
        (
            "SELECT id, code, org, title, title_en, term_from, term_to, state, is_sample, version, header \
             FROM targets_resolution WHERE id = $1",
            params![id],
        ),
        (
            "SELECT code, standing, text, text_en, parent, speaker, anchor FROM targets_sentence \
             WHERE resolution = $1 ORDER BY position",
            params![id],
        ),
        (
            "SELECT m.id, m.definition FROM targets_use u JOIN targets_measure m ON m.id = u.measure \
             WHERE u.resolution = $1 ORDER BY u.position",
            params![id],
        ),
        (
            "SELECT id, owner, version, dropped, dropped_at, definition FROM targets_target \
             WHERE resolution = $1 ORDER BY position",
            params![id],
        ),
        ("SELECT body FROM targets_claim WHERE resolution = $1 ORDER BY position", params![id]),
    ];
    let found = db.read_many(queries).await?;
    let [head, sentences, measures, targets, claims] = found.as_slice() else {
        return Err(StoreError::Column("resolution".into()));
    };
    let Some(head) = head.first() else { return Ok(None) };
    Ok(Some(Whole {
        listed: listed(head)?,
        header: json(head, "header")?,
        sentences: sentences.iter().map(sentence).collect::<Result<_, _>>()?,
        measures: measures.iter().map(measure).collect::<Result<_, _>>()?,
        targets: targets.iter().map(held).collect::<Result<_, _>>()?,
        claims: claims.iter().map(|row| json(row, "body")).collect::<Result<_, _>>()?,
    }))
}

fn sentence(row: &Row) -> Result<Sentence, StoreError> {
    let standing: String = row.get("standing")?;
    let anchor: Option<String> = row.get("anchor")?;
    let bad = |column: &str| StoreError::Column(column.to_owned());
    Ok(Sentence {
        code: row.get("code")?,
        standing: serde_json::from_value(standing.into()).map_err(|_| bad("standing"))?,
        text: row.get("text")?,
        text_en: row.get("text_en")?,
        parent: row.get("parent")?,
        speaker: row.get("speaker")?,
        anchor: anchor.map(|text| serde_json::from_str(&text).map_err(|_| bad("anchor"))).transpose()?,
    })
}

fn held(row: &Row) -> Result<Held, StoreError> {
    Ok(Held {
        id: row.get("id")?,
        owner: row.get("owner")?,
        version: row.get("version")?,
        dropped: row.get("dropped")?,
        dropped_at: row.get("dropped_at")?,
        target: json(row, "definition")?,
    })
}
