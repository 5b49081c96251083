//! Carrying whole databases: into a file, out of it, from one engine to the other.
//!
//! All three go table by table through the same rows and the same loader, so that a backup of one engine is restored
//! in the other. What arrived is read again and compared with what was sent.

mod backup;
mod load;
mod moving;
mod restore;
mod sum;

pub use backup::backup;
pub use moving::move_database;
pub use restore::restore;

/// What was carried, and found equal on both sides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Carried {
    /// Tables.
    pub tables: u64,
    /// Rows of all tables together.
    pub rows: u64,
    /// Stored files.
    pub blobs: u64,
    /// Their bytes.
    pub blob_bytes: u64,
}

/// Tables every database makes for itself: they are compared, never carried.
const OWN: [&str; 2] = ["store_schema", "store_migration"];
