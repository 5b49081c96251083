//! The two engines behind one face.

use crate::{Done, Row, StoreError, Unit, Val};

/// A database of either engine. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Db {}

impl Db {
    /// Stores a unit; durable when this returns.
    ///
    /// # Errors
    /// [`StoreError::Stale`], [`StoreError::Constraint`], [`StoreError::Unknown`], …: nothing was stored
    /// (except for `Unknown`, where it may have been).
    pub async fn commit(&self, unit: Unit) -> Result<Done, StoreError> {
        let _ = unit;
        Err(StoreError::Foreign("not built yet".into()))
    }

    /// Short indexed read.
    ///
    /// # Errors
    /// [`StoreError::Engine`] when the engine fails.
    pub async fn read(&self, sql: &str, values: Vec<Val>) -> Result<Vec<Row>, StoreError> {
        let _ = (sql, values);
        Err(StoreError::Foreign("not built yet".into()))
    }

    /// The only row, or none. More than one is an error.
    ///
    /// # Errors
    /// As [`Self::read`].
    pub async fn read_one(&self, sql: &str, values: Vec<Val>) -> Result<Option<Row>, StoreError> {
        Ok(self.read(sql, values).await?.into_iter().next())
    }

    /// A read that may take long (reports, whole tables); never blocks short ones.
    ///
    /// # Errors
    /// As [`Self::read`].
    pub async fn scan(&self, sql: &str, values: Vec<Val>) -> Result<Vec<Row>, StoreError> {
        self.read(sql, values).await
    }
}
