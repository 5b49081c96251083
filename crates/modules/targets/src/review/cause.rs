//! Why a target is missed or open, and what is done about it: typed, so that it can be counted.

use lt_contracts::{Actor, Change};
use lt_kernel::Instant;
use lt_kernel::id::OrgId;
use lt_store::{Db, StoreError, Unit, params};
use serde::{Deserialize, Serialize};

use super::frozen::Frozen;
use super::model::ReviewId;
use crate::observation::store::by;
use crate::resolution::TargetId;

/// What kind of cause.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// People, money, equipment.
    Resources,
    /// Mechanisms, rules, powers.
    Rules,
    /// Working together.
    Coordination,
    /// Circumstances nobody here can change.
    Objective,
    /// The figure is not there yet.
    NoData,
    /// Something else.
    Other,
}

impl Kind {
    /// All of them, as a form offers them.
    pub const ALL: [Self; 6] =
        [Self::Resources, Self::Rules, Self::Coordination, Self::Objective, Self::NoData, Self::Other];

    /// The word in the database and in forms.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Resources => "resources",
            Self::Rules => "rules",
            Self::Coordination => "coordination",
            Self::Objective => "objective",
            Self::NoData => "no-data",
            Self::Other => "other",
        }
    }

    /// Key of its name.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Resources => "targets-cause-resources",
            Self::Rules => "targets-cause-rules",
            Self::Coordination => "targets-cause-coordination",
            Self::Objective => "targets-cause-objective",
            Self::NoData => "targets-cause-no-data",
            Self::Other => "targets-cause-other",
        }
    }

    /// The kind of a word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }
}

/// A stated cause.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cause {
    /// The target it explains.
    pub target: TargetId,
    /// Its kind.
    pub kind: Kind,
    /// What happened.
    pub text: String,
    /// What is done about it.
    pub remedy: String,
    /// Guards the next change.
    #[serde(skip)]
    pub version: i64,
}

/// The causes stated in a review.
///
/// # Errors
/// As [`Db::read`].
pub async fn of(db: &Db, review: ReviewId) -> Result<Vec<Cause>, StoreError> {
    let sql = "SELECT target, kind, cause, remedy, version FROM targets_cause WHERE review = $1 ORDER BY target";
    let rows = db.read(sql, params![review]).await?;
    rows.iter()
        .map(|row| {
            let kind: String = row.get("kind")?;
            Ok(Cause {
                target: row.get("target")?,
                kind: Kind::from_word(&kind).ok_or_else(|| StoreError::Column("kind".into()))?,
                text: row.get("cause")?,
                remedy: row.get("remedy")?,
                version: row.get("version")?,
            })
        })
        .collect()
}

/// Writes a cause over the version it was read in; 0: it is new.
#[must_use]
pub fn write(review: ReviewId, cause: &Cause, before: Option<&Cause>, org: OrgId, actor: Actor, now: Instant) -> Unit {
    let mut unit = Unit::new();
    let kind = cause.kind.word();
    if cause.version == 0 {
        unit.run(
            "INSERT INTO targets_cause (review, target, kind, cause, remedy, written_by, written_at, version) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, 1) ON CONFLICT (review, target) DO NOTHING",
            params![review, cause.target, kind, &cause.text, &cause.remedy, by(actor), now],
        )
        .expect_rows(1);
    } else {
        unit.run(
            "UPDATE targets_cause SET kind = $1, cause = $2, remedy = $3, written_by = $4, written_at = $5, \
             version = version + 1 WHERE review = $6 AND target = $7 AND version = $8",
            params![kind, &cause.text, &cause.remedy, by(actor), now, review, cause.target, cause.version],
        )
        .expect_rows(1);
    }
    let mut change = Change::new(actor, "targets.cause", cause.target, "stated").of(org).after(cause);
    if let Some(before) = before {
        change = change.before(before);
    }
    unit.emit(change);
    unit
}

/// Codes of the targets whose cause is missing or empty: they keep a report from being issued.
#[must_use]
pub fn lacking<'a>(frozen: &'a Frozen, causes: &[Cause]) -> Vec<&'a str> {
    let stated = |id: TargetId| causes.iter().any(|cause| cause.target == id && !cause.text.trim().is_empty());
    frozen
        .rows()
        .filter(|(held, verdict)| frozen.needs_cause(held, verdict) && !stated(held.id))
        .map(|(held, _)| held.target.code.as_str())
        .collect()
}
