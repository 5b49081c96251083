//! The tables: a directory is read whole, an edit is written as the rows that differ.

mod read;
mod write;

pub use read::{load, revision};
pub use write::write;

use lt_kernel::Date;
use lt_kernel::rules::Trust;
use lt_store::{Row, StoreError, Val};

use crate::timeline::{Act, Basis};

/// The letter of a mark of trust in the database.
fn letter(trust: Trust) -> String {
    trust.letter().to_string()
}

/// Number and date of an act, as two values.
fn act_values(act: Option<&Act>) -> [Val; 2] {
    [Val::from(act.map(|act| act.number.clone())), Val::from(act.and_then(|act| act.date))]
}

/// Number, date and trust.
fn basis_values(basis: &Basis) -> [Val; 3] {
    let [number, date] = act_values(basis.act.as_ref());
    [number, date, Val::from(basis.trust.map(letter))]
}

fn act_of(row: &Row, number: &str, date: &str) -> Result<Option<Act>, StoreError> {
    let number: Option<String> = row.get(number)?;
    let date: Option<Date> = row.get(date)?;
    Ok(number.map(|number| Act { number, date }))
}

fn basis_of(row: &Row) -> Result<Basis, StoreError> {
    let trust: Option<String> = row.get("trust")?;
    Ok(Basis { act: act_of(row, "act", "act_date")?, trust: trust.as_deref().and_then(Trust::from_letter) })
}
