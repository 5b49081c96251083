//! SQL of sights.

use lt_kernel::Instant;
use lt_kernel::id::{PersonId, Uuid};
use lt_store::{Db, StoreError, Unit, params};

use super::memory::Key;

/// A sight as the person who was seen reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sight {
    /// When.
    pub at: Instant,
    /// Who looked.
    pub viewer: String,
    /// What for: the key of its words.
    pub purpose: String,
    /// In a list, not on a page of its own.
    pub listed: bool,
}

/// Sights shown at most on a person's own page.
const SHOWN: u32 = 20;

/// Adds sights.
pub(crate) fn insert(unit: &mut Unit, new: &[Key], mut id: impl FnMut() -> Uuid, now: Instant) {
    let row = |key: &Key| params![id(), key.person, key.viewer, key.purpose, key.listed, now];
    unit.run_many(
        "INSERT INTO identity_sight (id, person, viewer, purpose, listed, at) VALUES ($1, $2, $3, $4, $5, $6)",
        new.iter().map(row).collect(),
    );
}

/// The latest sights of a person, the newest first.
///
/// # Errors
/// As [`Db::read`].
pub async fn of_person(db: &Db, person: PersonId) -> Result<Vec<Sight>, StoreError> {
    let sql = "SELECT s.at, s.purpose, s.listed, p.name FROM identity_sight s \
               JOIN identity_account a ON a.id = s.viewer JOIN identity_person p ON p.id = a.person \
               WHERE s.person = $1 ORDER BY s.at DESC, s.id DESC LIMIT $2";
    let rows = db.read(sql, params![person, SHOWN]).await?;
    rows.iter()
        .map(|row| {
            let (at, viewer, purpose) = (row.get("at")?, row.get("name")?, row.get("purpose")?);
            Ok(Sight { at, viewer, purpose, listed: row.get("listed")? })
        })
        .collect()
}
