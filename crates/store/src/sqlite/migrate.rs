//! Schema steps on `SQLite`: each is one transaction of the writer.

use lt_kernel::Instant;
use rusqlite::{Connection, params_from_iter};

use super::{Sqlite, engine, read};
use crate::StoreError;
use crate::migrate::{APPLIED, RECORD, Step, Steps, plan, statements};

/// Applies what is missing; the number of steps taken.
pub(crate) async fn migrate(db: &Sqlite, modules: Steps<'_>, now: Instant) -> Result<usize, StoreError> {
    // Planned again under the lock of every step, since another process may be doing the same.
    let known: Vec<_> = modules.iter().map(|(module, steps)| ((*module).to_owned(), steps.to_vec())).collect();
    db.call(move |conn| {
        let known: Vec<_> = known.iter().map(|(module, steps)| (module.as_str(), steps.as_slice())).collect();
        let mut taken = 0;
        while let Some(step) = next(conn, &known)? {
            apply(conn, &step, now)?;
            taken += 1;
        }
        Ok(taken)
    })
    .await
}

/// Begins a transaction and finds the first step to take; without one, ends it.
fn next(conn: &Connection, known: Steps<'_>) -> Result<Option<Step>, StoreError> {
    conn.execute_batch("BEGIN IMMEDIATE").map_err(engine)?;
    let step = plan(known, &read(conn, APPLIED, &[])?)?.into_iter().next();
    if step.is_none() {
        conn.execute_batch("ROLLBACK").map_err(engine)?;
    }
    Ok(step)
}

fn apply(conn: &Connection, step: &Step, now: Instant) -> Result<(), StoreError> {
    let failed = |error: rusqlite::Error| {
        StoreError::Foreign(format!("module {}, step {} ({}): {error}", step.module, step.number, step.name))
    };
    for statement in statements(step.sqlite) {
        conn.execute_batch(&statement).map_err(failed)?;
    }
    conn.execute(RECORD, params_from_iter(step.values(now))).map_err(engine)?;
    conn.execute_batch("COMMIT").map_err(engine)
}
