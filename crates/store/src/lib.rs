//! The store: a write is a value ([`Unit`]), a read is a row ([`Row`]), and one [`Db`] speaks to either engine.
//!
//! `README.md` of this crate tells modules how to use it; `docs/adr/0002-own-store-port.md` tells why it exists.

pub mod admin;
mod blobs;
mod carry;
mod catalogue;
mod changes;
mod db;
mod error;
mod migrate;
mod moment;
mod place;
mod postgres;
mod row;
mod row_ref;
mod settings;
mod sqlite;
mod unit;
mod val;

pub use blobs::{BlobError, BlobRef, Blobs, Verified};
pub use carry::{Carried, backup, move_database, restore};
pub use changes::{ChangeFilter, StoredChange};
pub use db::Db;
pub use error::StoreError;
pub use place::Place;
pub use row::{FromVal, Row};
pub use row_ref::RowRef;
pub use settings::{Fault, Settings};
pub use unit::{Done, Migration, Stmt, Unit};
pub use val::Val;

/// Values of a statement, in the order of `$1`, `$2`…: `params![id, name, None::<String>]`.
#[macro_export]
macro_rules! params {
    ($($value:expr),* $(,)?) => { vec![$($crate::Val::from($value)),*] };
}
