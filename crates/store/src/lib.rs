//! The store: a write is a value ([`Unit`]), a read is a row ([`Row`]), and one [`Db`] speaks to either engine.

mod db;
mod error;
mod row;
mod unit;
mod val;

pub use db::Db;
pub use error::StoreError;
pub use row::{FromVal, Row};
pub use unit::{Done, Migration, Stmt, Unit};
pub use val::Val;

/// Values of a statement, in the order of `$1`, `$2`…: `params![id, name, None::<String>]`.
#[macro_export]
macro_rules! params {
    ($($value:expr),* $(,)?) => { vec![$($crate::Val::from($value)),*] };
}
