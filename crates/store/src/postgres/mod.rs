//! PostgreSQL: units as pipelined transactions over a pool of connections.

mod commit;
mod group;
mod guard;
mod many;
mod migrate;
mod tls;
mod value;

use std::str::FromStr;
use std::time::Duration;

use deadpool_postgres::{Hook, HookError, Manager, ManagerConfig, Object, Pool, RecyclingMethod, Runtime, Timeouts};
use futures_util::{StreamExt, pin_mut};
use tokio_postgres::config::{Host, SslMode};
use tokio_postgres::types::ToSql;
use tokio_postgres::{Config, NoTls, Statement};

pub(crate) use migrate::{claim, migrate};
pub(crate) use value::{engine, int, val};

use crate::{Fault, Row, RowRef, Settings, StoreError, Val};
pub(crate) use guard::Guard;

/// Connections for long reads, so that reports never take the last one from short reads.
const LONG: usize = 4;

/// What every connection is told first: an acknowledged COMMIT is on disk even where the server's default is
/// otherwise, and a node that hangs inside a transaction does not keep its locks.
const GREETING: &str = "SELECT set_config('synchronous_commit', 'on', false) \
    WHERE current_setting('synchronous_commit') = 'off'; \
    SET idle_in_transaction_session_timeout = '60s'";

/// An open database on a server.
pub(crate) struct Postgres {
    short: Pool,
    long: Pool,
    line: group::Line,
    fault: Fault,
}

impl Postgres {
    /// Connects to `url` and makes sure that the database there is ours.
    pub(crate) async fn open(url: &str, settings: &Settings) -> Result<Self, StoreError> {
        let config = Config::from_str(url)
            .map_err(|error| StoreError::Foreign(format!("the database address cannot be read: {error}")))?;
        if config.get_ssl_mode() != SslMode::Require && config.get_hosts().iter().any(is_remote) {
            tracing::warn!("the connection to PostgreSQL is not encrypted; add sslmode=require to its address");
        }
        let short = pool(&config, settings.connections.max(2))?;
        let long = pool(&config, LONG)?;
        let db = Self { short, long, line: group::Line::default(), fault: settings.fault };
        claim(&db).await?;
        Ok(db)
    }

    /// A connection for short work.
    async fn client(&self) -> Result<Object, StoreError> {
        take(&self.short).await
    }

    /// Forgets prepared statements, which a new schema may have made wrong.
    fn forget(&self) {
        self.short.manager().statement_caches.clear();
        self.long.manager().statement_caches.clear();
    }

    /// A short read.
    pub(crate) async fn read(&self, sql: &str, values: &[Val]) -> Result<Vec<Row>, StoreError> {
        read(&self.client().await?, sql, values).await
    }

    /// Several reads of one moment.
    pub(crate) async fn read_many(&self, queries: &[(&str, Vec<Val>)]) -> Result<Vec<Vec<Row>>, StoreError> {
        let client = self.moment(false).await?;
        let mut found = Vec::with_capacity(queries.len());
        for (sql, values) in queries {
            found.push(read(&client, sql, values).await?);
        }
        client.batch_execute("COMMIT").await.map_err(engine)?;
        client.finish();
        Ok(found)
    }

    /// A long read.
    pub(crate) async fn scan(&self, sql: &str, values: &[Val]) -> Result<Vec<Row>, StoreError> {
        read(&take(&self.long).await?, sql, values).await
    }

    /// Every row of a long read, one after another.
    pub(crate) async fn each<F>(&self, sql: &str, values: &[Val], mut f: F) -> Result<(), StoreError>
    where
        F: FnMut(&RowRef<'_>) -> Result<(), StoreError>,
    {
        let client = take(&self.long).await?;
        each(&client, sql, values, &mut f).await
    }

    /// Begins to see one moment; for long reads from the connections set apart for them.
    pub(crate) async fn moment(&self, long: bool) -> Result<Guard, StoreError> {
        let client = Guard::new(take(if long { &self.long } else { &self.short }).await?);
        client.batch_execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await.map_err(engine)?;
        Ok(client)
    }
}

/// Hands every row of a query to `f`; what `f` refuses ends it.
pub(crate) async fn each<F>(client: &Object, sql: &str, values: &[Val], f: &mut F) -> Result<(), StoreError>
where
    F: FnMut(&RowRef<'_>) -> Result<(), StoreError>,
{
    let statement = prepare(client, sql, values).await?;
    let rows = client.query_raw(&statement, values).await.map_err(engine)?;
    pin_mut!(rows);
    while let Some(row) = rows.next().await {
        f(&RowRef::postgres(&row.map_err(engine)?))?;
    }
    Ok(())
}

async fn read(client: &Object, sql: &str, values: &[Val]) -> Result<Vec<Row>, StoreError> {
    let statement = prepare(client, sql, values).await?;
    let bound: Vec<&(dyn ToSql + Sync)> = values.iter().map(|value| value as _).collect();
    let rows = client.query(&statement, &bound).await.map_err(engine)?;
    let names = value::names(statement.columns());
    rows.iter().map(|row| value::row(&names, row)).collect()
}

async fn prepare(client: &Object, sql: &str, values: &[Val]) -> Result<Statement, StoreError> {
    let statement = client.prepare_cached(sql).await.map_err(engine)?;
    let places = statement.params().len();
    if places != values.len() {
        return Err(StoreError::Engine(format!("{places} places, but {} values", values.len()).into()));
    }
    Ok(statement)
}

async fn take(pool: &Pool) -> Result<Object, StoreError> {
    pool.get().await.map_err(|error| StoreError::Engine(Box::new(error)))
}

/// Whether the server is reached over a network.
fn is_remote(host: &Host) -> bool {
    match host {
        Host::Tcp(name) => !matches!(name.as_str(), "localhost" | "127.0.0.1" | "::1"),
        #[cfg(unix)]
        Host::Unix(_) => false,
    }
}

fn pool(config: &Config, size: usize) -> Result<Pool, StoreError> {
    let recycling = ManagerConfig { recycling_method: RecyclingMethod::Fast };
    let patience = Some(Duration::from_secs(30));
    let manager = if config.get_ssl_mode() == SslMode::Require {
        Manager::from_config(config.clone(), tls::Tls::new()?, recycling)
    } else {
        Manager::from_config(config.clone(), NoTls, recycling)
    };
    Pool::builder(manager)
        .max_size(size)
        .runtime(Runtime::Tokio1)
        .timeouts(Timeouts { wait: patience, create: patience, recycle: patience })
        .post_create(Hook::async_fn(|client, _| {
            Box::pin(async move { client.batch_execute(GREETING).await.map_err(HookError::Backend) })
        }))
        .build()
        .map_err(|error| StoreError::Engine(Box::new(error)))
}
