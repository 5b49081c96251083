//! What can go wrong between a module and its tables.

/// Why a read or a write did not happen.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Somebody else changed it first: a guarded statement touched another number of rows. Read again.
    #[error("changed by somebody else in the meantime")]
    Stale,
    /// A constraint of the database refused it; the name of the constraint or the columns.
    #[error("refused by the constraint {0}")]
    Constraint(String),
    /// A row has no such column, or its value is of another kind.
    #[error("column {0} is missing or of another kind")]
    Column(String),
    /// COMMIT failed or its answer was lost: it may or may not be stored. Re-read before answering.
    #[error("not known whether the change was stored")]
    Unknown(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The database is not one of ours, or of a later version.
    #[error("{0}")]
    Foreign(String),
    /// Disk full: nothing more is taken, reading goes on.
    #[error("the disk is full")]
    Full,
    /// Anything else the engine reports.
    #[error("the database failed")]
    Engine(#[source] Box<dyn std::error::Error + Send + Sync>),
}
