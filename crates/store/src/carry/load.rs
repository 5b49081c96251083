//! Putting rows into a fresh database, and reading them again.

use std::collections::{BTreeMap, HashSet};

use tokio::sync::mpsc::Receiver;

use super::OWN;
use super::sum::Sum;
use crate::catalogue::{Column, Table};
use crate::db::Engine;
use crate::migrate::Steps;
use crate::{Db, Migration, RowRef, StoreError, Unit, Val, params};

/// Rows of one unit.
pub(super) const BATCH: usize = 2000;

/// Transactions of another database are of the past here: their numbers go below zero, their order stays. No
/// database counts as many, and so many moves a number has room for (half a million).
const PAST: i64 = 1 << 44;

/// Reads every column of `table`.
pub(super) fn select(table: &Table) -> String {
    format!("SELECT {} FROM \"{}\"", quoted(table), table.name)
}

fn quoted(table: &Table) -> String {
    table.names().iter().map(|name| format!("\"{name}\"")).collect::<Vec<_>>().join(", ")
}

/// All values of a row.
pub(super) fn values(row: &RowRef<'_>) -> Result<Vec<Val>, StoreError> {
    (0..row.width()).map(|place| row.val(place)).collect()
}

/// The tables whose rows are carried, those that others point at first.
pub(super) async fn carried(db: &Db) -> Result<Vec<Table>, StoreError> {
    Ok(db.tables().await?.into_iter().filter(|table| !OWN.contains(&table.name.as_str())).collect())
}

/// What was applied: the last step of each module.
pub(super) async fn applied(db: &Db) -> Result<BTreeMap<String, u32>, StoreError> {
    let rows = db.read(crate::migrate::APPLIED, vec![]).await?;
    rows.iter().map(|row| Ok((row.get("module")?, row.get("number")?))).collect()
}

/// Makes `db` ready to take rows of a database whose modules stand at `steps`: it must be empty, and is marked as
/// unfinished until [`finish`].
pub(super) async fn begin(db: &Db, steps: &BTreeMap<String, u32>, modules: Steps<'_>) -> Result<(), StoreError> {
    for table in carried(db).await? {
        if db.read_one(&format!("SELECT 1 AS found FROM \"{}\" LIMIT 1", table.name), vec![]).await?.is_some() {
            return Err(StoreError::Foreign(format!("the database is not empty: {} has rows", table.name)));
        }
    }
    for module in steps.keys().filter(|module| *module != "store") {
        if !modules.iter().any(|(known, _)| known == module) {
            return Err(StoreError::Foreign(format!("this program has no module {module}")));
        }
    }
    mark(db, 0).await?;
    // Up to the step the rows were written under; the rest follows once they are here.
    let then: Vec<(&str, &[Migration])> = modules
        .iter()
        .filter_map(|(module, all)| {
            let last = *steps.get(*module)? as usize;
            Some((*module, all.get(..last.min(all.len())).unwrap_or_default()))
        })
        .collect();
    db.migrate(&then).await?;
    if applied(db).await? != *steps {
        return Err(StoreError::Foreign("the rows were written by a later version of the program".to_owned()));
    }
    // Steps may have put rows in; those carried over replace them.
    let mut unit = Unit::new();
    for table in carried(db).await?.iter().rev() {
        unit.run_text(format!("DELETE FROM \"{}\"", table.name), vec![]);
    }
    db.commit(unit).await.map(drop)
}

/// Takes the mark of [`begin`] away and brings the modules up to the program's own steps.
pub(super) async fn finish(db: &Db, modules: Steps<'_>) -> Result<(), StoreError> {
    mark(db, 1).await?;
    db.migrate(modules).await.map(drop)
}

async fn mark(db: &Db, format: i64) -> Result<(), StoreError> {
    let mut unit = Unit::new();
    unit.run("UPDATE store_schema SET format = $1", params![format]).expect_rows(1);
    db.commit(unit).await.map(drop)
}

/// Puts the rows that come through `rows` into `table`; the sum of what was put in.
pub(super) async fn load(db: &Db, table: &Table, mut rows: Receiver<Vec<Vec<Val>>>) -> Result<Sum, StoreError> {
    let shifted = table.columns.iter().position(|column| column.name == "tx" && table.name.starts_with("store_"));
    let mut sum = Sum::default();
    let mut waiting = Vec::new();
    while let Some(mut batch) = rows.recv().await {
        for row in &mut batch {
            if let Some(Val::Int(tx)) = shifted.and_then(|place| row.get_mut(place)) {
                *tx = tx.saturating_sub(PAST);
            }
            sum.add(row);
        }
        if table.own.is_empty() {
            insert(db, table, batch).await?;
        } else {
            waiting.extend(batch);
        }
    }
    for batch in parents_first(table, waiting)? {
        insert(db, table, batch).await?;
    }
    count_on(db, table).await?;
    Ok(sum)
}

async fn insert(db: &Db, table: &Table, rows: Vec<Vec<Val>>) -> Result<(), StoreError> {
    let places: Vec<_> = (1..=table.columns.len()).map(|place| format!("${place}")).collect();
    let counted = table.columns.iter().any(|column| column.counted) && matches!(db.engine, Engine::Postgres(_));
    let overriding = if counted { " OVERRIDING SYSTEM VALUE" } else { "" };
    let sql = format!("INSERT INTO \"{}\" ({}){overriding} VALUES ({})", table.name, quoted(table), places.join(", "));
    let count = rows.len() as u64;
    let mut unit = Unit::new();
    unit.run_many_text(sql, rows).expect_rows(count);
    db.commit(unit).await.map(drop).map_err(|error| match error {
        StoreError::Full => StoreError::Full,
        other => StoreError::Engine(format!("table {}: {}", table.name, in_words(&other)).into()),
    })
}

fn in_words(error: &StoreError) -> String {
    let source = std::error::Error::source(error);
    source.map_or_else(|| error.to_string(), |source| format!("{error}: {source}"))
}

/// The rows of a table that points at itself, in batches of which each points only at those before.
fn parents_first(table: &Table, mut rows: Vec<Vec<Val>>) -> Result<Vec<Vec<Vec<Val>>>, StoreError> {
    let circle = || StoreError::Foreign(format!("rows of {} point at each other in a circle", table.name));
    let place = |name: &str| table.columns.iter().position(|column| column.name == name);
    let own: Vec<usize> = table.own.iter().filter_map(|name| place(name)).collect();
    let key = table.columns.iter().position(|column: &Column| column.key == 1).unwrap_or(0);
    let mut there: HashSet<Val> = HashSet::new();
    let mut batches = Vec::new();
    while !rows.is_empty() {
        let ready = |row: &Vec<Val>| {
            own.iter()
                .filter_map(|place| row.get(*place))
                .all(|value| *value == Val::Null || there.contains(value) || row.get(key) == Some(value))
        };
        let (now, later): (Vec<_>, Vec<_>) = rows.into_iter().partition(ready);
        if now.is_empty() {
            return Err(circle());
        }
        there.extend(now.iter().filter_map(|row| row.get(key).cloned()));
        let mut now = now;
        while !now.is_empty() {
            let rest = now.split_off(now.len().min(BATCH));
            batches.push(now);
            now = rest;
        }
        rows = later;
    }
    Ok(batches)
}

/// Lets the database count on behind the rows that were put in.
async fn count_on(db: &Db, table: &Table) -> Result<(), StoreError> {
    let (Engine::Postgres(_), Some(column)) = (&db.engine, table.columns.iter().find(|column| column.counted)) else {
        return Ok(());
    };
    let sql = format!(
        "SELECT setval(pg_get_serial_sequence('{0}', '{1}'), MAX({1})) AS last FROM {0} HAVING MAX({1}) IS NOT NULL",
        table.name, column.name
    );
    let mut unit = Unit::new();
    unit.run_text(sql, vec![]);
    db.commit(unit).await.map(drop)
}

/// The sum of what lies in `table` now.
pub(super) async fn sum_of(db: &Db, table: &Table) -> Result<Sum, StoreError> {
    db.scan_fold(&select(table), vec![], Sum::default(), |sum, row| {
        sum.add(&values(row)?);
        Ok(())
    })
    .await
}

/// Compares what was sent with what lies there.
pub(super) async fn compare(db: &Db, table: &Table, sent: Sum) -> Result<(), StoreError> {
    let found = sum_of(db, table).await?;
    if found == sent {
        return Ok(());
    }
    Err(StoreError::Foreign(format!(
        "table {} did not arrive as it was sent: {} rows with the sum {} sent, {} with {} found",
        table.name,
        sent.rows,
        sent.text(),
        found.rows,
        found.text()
    )))
}
