//! Issued reports in the database: each version is kept for good.

use lt_contracts::{Actor, Change};
use lt_kernel::id::{AccountId, OrgId, Uuid};
use lt_kernel::{Date, Instant};
use lt_store::{Db, Row, StoreError, Unit, params};

use super::content::Content;
use super::number::series;
use crate::observation::store::by;
use crate::resolution::store::json;
use crate::review::ReviewId;
use crate::review::frozen::sha256;

/// A version that was issued.
#[derive(Debug, Clone)]
pub struct Issued {
    /// Which one.
    pub id: Uuid,
    /// Number of the version, from 1.
    pub version: u32,
    /// Number of the frozen set it is made from.
    pub frozen: u32,
    /// Number of the paper within its series.
    pub drawn: u32,
    /// SHA-256 of the content's text.
    pub sha256: String,
    /// Who issued it.
    pub issued_by: Option<AccountId>,
    /// When.
    pub issued_at: Instant,
    /// What it says.
    pub content: Content,
}

impl Issued {
    /// The day it bears.
    #[must_use]
    pub fn day(&self) -> Date {
        self.issued_at.date()
    }
}

fn issued(row: &Row) -> Result<Issued, StoreError> {
    let text: String = row.get("content")?;
    let hash: String = row.get("sha256")?;
    if sha256(&text) != hash {
        return Err(StoreError::Engine(Box::new(crate::review::frozen::Broken::Hash)));
    }
    Ok(Issued {
        id: row.get("id")?,
        version: row.get("number")?,
        frozen: row.get("frozen")?,
        drawn: row.get("drawn")?,
        sha256: hash,
        issued_by: row.get("issued_by")?,
        issued_at: row.get("issued_at")?,
        content: json(row, "content")?,
    })
}

const COLUMNS: &str = "SELECT id, number, frozen, drawn, content, sha256, issued_by, issued_at FROM targets_report";

/// The versions of a review's report, the first one first.
///
/// # Errors
/// As [`Db::read`]; [`StoreError::Engine`] when a stored content does not have its hash.
pub async fn versions(db: &Db, review: ReviewId) -> Result<Vec<Issued>, StoreError> {
    let sql = format!("{COLUMNS} WHERE review = $1 ORDER BY number");
    db.read(&sql, params![review]).await?.iter().map(issued).collect()
}

/// One version.
///
/// # Errors
/// As [`versions`].
pub async fn version(db: &Db, review: ReviewId, number: u32) -> Result<Option<Issued>, StoreError> {
    let sql = format!("{COLUMNS} WHERE review = $1 AND number = $2");
    db.read_one(&sql, params![review, number]).await?.as_ref().map(issued).transpose()
}

/// Who issues which version, and when.
#[derive(Debug, Clone, Copy)]
pub struct Issue {
    /// Identifier of the new version.
    pub id: Uuid,
    /// Of which review.
    pub review: ReviewId,
    /// Its number: one more than the last.
    pub version: u32,
    /// For whom.
    pub org: OrgId,
    /// Who issues.
    pub actor: Actor,
    /// When.
    pub now: Instant,
}

/// Issues a version: the content with its hash, and the number of the paper drawn within the same unit, so that no
/// number is lost or given twice.
#[must_use]
pub fn issue(issue: &Issue, content: &Content) -> Unit {
    let mut unit = Unit::new();
    let text = content.text();
    let hash = sha256(&text);
    let series = series(content.head.lane, issue.org, content.term, issue.now.date());
    let changed = serde_json::to_string(&content.changed).unwrap_or_default();
    unit.draw(&series);
    unit.run(
        "INSERT INTO targets_report (id, review, number, frozen, series, drawn, content, sha256, changed, \
         issued_by, issued_at) VALUES ($1, $2, $3, $4, $5, (SELECT value FROM store_counter WHERE name = $6), $7, \
         $8, $9, $10, $11)",
        params![
            issue.id,
            issue.review,
            issue.version,
            content.frozen.0,
            &series,
            &series,
            text,
            &hash,
            changed,
            by(issue.actor),
            issue.now
        ],
    );
    unit.emit(Change::new(issue.actor, "targets.report", issue.id, "issued").of(issue.org).after(&serde_json::json!({
        "review": issue.review.to_string(),
        "version": issue.version,
        "frozen": content.frozen.0,
        "sha256": hash,
        "changed": content.changed.len(),
    })));
    unit
}
