//! Schema steps on PostgreSQL: each is one transaction under an advisory lock.

use lt_kernel::Instant;

use super::guard::Guard;
use super::value::engine;
use super::{Postgres, read};
use crate::StoreError;
use crate::migrate::{APPLIED, FORMAT, RECORD, SCHEMA_TABLE, Steps, UNFINISHED, plan, statements};

/// Begins a transaction nobody else can hold at the same time: `LThg`.
const BEGIN_ALONE: &str = "BEGIN; SELECT pg_advisory_xact_lock(1280600167)";

/// What lies in the database, apart from the server's own tables.
const OTHERS: &str = "SELECT COUNT(*) AS n FROM pg_class c JOIN pg_namespace s ON s.oid = c.relnamespace \
    WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND s.nspname NOT IN ('pg_catalog', 'information_schema') \
    AND s.nspname NOT LIKE 'pg_toast%'";

/// Makes sure that the database is ours: an empty one is marked, a foreign one refused and left alone.
pub(crate) async fn claim(db: &Postgres) -> Result<(), StoreError> {
    let client = db.client().await?;
    let foreign =
        |why: &str| Err(StoreError::Foreign(format!("the PostgreSQL database is not one of this program: {why}")));
    let server = "SELECT current_setting('server_encoding') AS encoding, \
        CAST(current_setting('server_version_num') AS BIGINT) AS version, current_setting('fsync') AS fsync";
    for row in read(&client, server, &[]).await? {
        if row.get::<String>("encoding")? != "UTF8" {
            return foreign("its encoding is not UTF8");
        }
        if row.get::<i64>("version")? < 130_000 {
            return foreign("its server is older than PostgreSQL 13");
        }
        if row.get::<String>("fsync")? != "on" {
            tracing::warn!("the PostgreSQL server runs with fsync off: acknowledged writes can be lost");
        }
    }
    let client = Guard::new(client);
    client.batch_execute(BEGIN_ALONE).await.map_err(engine)?;
    let known = read(&client, "SELECT COALESCE(to_regclass('store_schema')::text, '') AS name", &[]).await?;
    if known.first().map(|row| row.get::<String>("name")).transpose()?.unwrap_or_default().is_empty() {
        let others: i64 = read(&client, OTHERS, &[]).await?.first().map_or(Ok(0), |row| row.get("n"))?;
        if others > 0 {
            return foreign("it holds other tables");
        }
        client.batch_execute(SCHEMA_TABLE).await.map_err(engine)?;
    } else {
        let ours = read(&client, "SELECT format FROM store_schema WHERE application = 'lienthong'", &[]).await?;
        match ours.first().map(|row| row.get::<i64>("format")).transpose()? {
            Some(FORMAT) => {}
            Some(0) => return foreign(UNFINISHED),
            Some(_) => return foreign("it was made by a later version"),
            None => return foreign("it carries another program's mark"),
        }
    }
    client.batch_execute("COMMIT").await.map_err(engine)?;
    client.finish();
    Ok(())
}

/// Applies what is missing; the number of steps taken.
pub(crate) async fn migrate(db: &Postgres, modules: Steps<'_>, now: Instant) -> Result<usize, StoreError> {
    let mut taken = 0;
    loop {
        // Planned again under the lock of every step, since another node may be doing the same.
        let client = Guard::new(db.client().await?);
        client.batch_execute(BEGIN_ALONE).await.map_err(engine)?;
        let plan = plan(modules, &read(&client, APPLIED, &[]).await?)?;
        let Some(step) = plan.first() else {
            client.batch_execute("ROLLBACK").await.map_err(engine)?;
            client.finish();
            break;
        };
        for statement in statements(step.postgres) {
            client.batch_execute(&statement).await.map_err(|error| {
                let why = error.as_db_error().map_or_else(|| error.to_string(), |db| db.message().to_owned());
                StoreError::Foreign(format!("module {}, step {} ({}): {why}", step.module, step.number, step.name))
            })?;
        }
        read(&client, RECORD, &step.values(now)).await?;
        client.batch_execute("COMMIT").await.map_err(engine)?;
        client.finish();
        taken += 1;
    }
    if taken > 0 {
        db.forget();
    }
    Ok(taken)
}
