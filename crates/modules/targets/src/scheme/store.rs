//! Schemes and crosswalks in the database.

use lt_contracts::{Actor, Change};
use lt_kernel::Instant;
use lt_kernel::id::Uuid;
use lt_store::{Db, Row, StoreError, Unit, params};

use super::model::{Crosswalk, Scheme, Schemes};
use crate::observation::store::by;
use crate::resolution::store::json;

/// All schemes and crosswalks.
///
/// # Errors
/// As [`Db::read`].
pub async fn load(db: &Db) -> Result<Schemes, StoreError> {
    let queries = vec![
        ("SELECT body FROM targets_scheme ORDER BY position, code", params![]),
        (
            "SELECT from_scheme, from_grade, to_scheme, to_grade, signed FROM targets_crosswalk \
             ORDER BY from_scheme, from_grade, to_scheme",
            params![],
        ),
    ];
    let found = db.read_many(queries).await?;
    let [schemes, walks] = found.as_slice() else { return Err(StoreError::Column("scheme".into())) };
    Ok(Schemes {
        schemes: schemes.iter().map(|row| json(row, "body")).collect::<Result<_, _>>()?,
        crosswalks: walks.iter().map(crosswalk).collect::<Result<_, _>>()?,
    })
}

fn crosswalk(row: &Row) -> Result<Crosswalk, StoreError> {
    Ok(Crosswalk {
        from: (row.get("from_scheme")?, row.get("from_grade")?),
        to: (row.get("to_scheme")?, row.get("to_grade")?),
        signed: row.get("signed")?,
    })
}

/// Adds or replaces schemes.
pub fn put(unit: &mut Unit, schemes: &[Scheme]) {
    let rows = schemes
        .iter()
        .zip(1_i64..)
        .map(|(scheme, position)| params![&scheme.code, position, serde_json::to_string(scheme).unwrap_or_default()]);
    unit.run_many(
        "INSERT INTO targets_scheme (code, position, body) VALUES ($1, $2, $3) \
         ON CONFLICT (code) DO UPDATE SET position = excluded.position, body = excluded.body",
        rows.collect(),
    );
}

/// Adds a crosswalk that a person signed.
pub fn sign(unit: &mut Unit, id: Uuid, walk: &Crosswalk, actor: Actor, now: Instant) {
    unit.run(
        "INSERT INTO targets_crosswalk (id, from_scheme, from_grade, to_scheme, to_grade, signed, signed_by, \
         signed_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        params![id, &walk.from.0, &walk.from.1, &walk.to.0, &walk.to.1, &walk.signed, by(actor), now],
    );
    unit.emit(Change::new(actor, "targets.crosswalk", id, "signed").after(walk));
}
