//! A place in the outbox.

use crate::{FromVal, Row, StoreError};

/// Where a change stands in the outbox. Changes are read in this order: first by the transaction that wrote
/// them, then by number. On PostgreSQL numbers alone would not do, since a lower number may become visible later;
/// `SQLite` writes 0 for the transaction, having one writer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The transaction; negative for what was carried over from another database.
    pub tx: i64,
    /// The number of the change.
    pub seq: i64,
}

impl Place {
    /// Before every change.
    pub const START: Self = Self { tx: i64::MIN, seq: 0 };

    /// The place in the columns `tx` and `seq` of `row`.
    ///
    /// # Errors
    /// [`StoreError::Column`] when they are missing.
    pub fn of(row: &Row) -> Result<Self, StoreError> {
        Ok(Self { tx: row.get("tx")?, seq: row.get("seq")? })
    }
}

impl FromVal for crate::Val {
    fn from_val(value: &crate::Val) -> Option<Self> {
        Some(value.clone())
    }
}
