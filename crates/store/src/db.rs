//! The two engines behind one face.

use std::fmt;
use std::path::Path;
use std::sync::Arc;

use tokio::sync::watch;

use crate::migrate::{self, Steps};
use crate::postgres::{self, Postgres};
use crate::sqlite::{self, Sqlite};
use crate::{Done, Migration, Row, RowRef, Settings, StoreError, Unit, Val};

/// A database of either engine. Cheap to clone.
#[derive(Clone)]
pub struct Db {
    pub(crate) engine: Engine,
    settings: Arc<Settings>,
    commits: Arc<watch::Sender<u64>>,
}

#[derive(Clone)]
pub(crate) enum Engine {
    Sqlite(Arc<Sqlite>),
    Postgres(Arc<Postgres>),
}

impl Db {
    /// Opens `sqlite:PATH` or `postgres://…`, making a new database where there is none, and brings the store's
    /// own tables up to date. The modules' tables follow with [`Self::migrate`].
    ///
    /// # Errors
    /// [`StoreError::Foreign`] for another scheme, another program's file, a later version; it is left as it was.
    pub async fn open(url: &str, settings: Settings) -> Result<Self, StoreError> {
        let engine = if let Some(path) = url.strip_prefix("sqlite:") {
            Engine::Sqlite(Arc::new(Sqlite::open(Path::new(path), &settings)?))
        } else if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            Engine::Postgres(Arc::new(Postgres::open(url, &settings).await?))
        } else {
            let scheme = url.split_once(':').map_or("", |(scheme, _)| scheme);
            return Err(StoreError::Foreign(format!(
                "a database address starts with sqlite: or postgres://, not with \"{scheme}:\""
            )));
        };
        let db = Self { engine, settings: Arc::new(settings), commits: Arc::new(watch::Sender::new(0)) };
        db.apply(&[("store", migrate::OWN)]).await?;
        Ok(db)
    }

    /// Brings the modules' tables up to date, in the given order; the number of steps taken.
    ///
    /// # Errors
    /// [`StoreError::Foreign`] when a step was edited, is missing, or is newer than the program; then none is taken.
    pub async fn migrate(&self, modules: &[(&str, &[Migration])]) -> Result<usize, StoreError> {
        self.apply(modules).await
    }

    async fn apply(&self, modules: Steps<'_>) -> Result<usize, StoreError> {
        let now = self.settings.clock.now();
        match &self.engine {
            Engine::Sqlite(engine) => sqlite::migrate(engine, modules, now).await,
            Engine::Postgres(engine) => postgres::migrate(engine, modules, now).await,
        }
    }

    /// Stores a unit; durable when this returns. Its changes are stamped with the present instant.
    ///
    /// # Errors
    /// [`StoreError::Stale`], [`StoreError::Constraint`], [`StoreError::Full`], …: nothing was stored
    /// (except for [`StoreError::Unknown`], where it may have been: read again).
    pub async fn commit(&self, unit: Unit) -> Result<Done, StoreError> {
        if unit.is_empty() {
            return Ok(Done { rows: 0 });
        }
        let tells = !unit.changes.is_empty();
        let at = self.settings.clock.now().micros();
        let done = match &self.engine {
            Engine::Sqlite(engine) => engine.commit(unit, at).await,
            Engine::Postgres(engine) => engine.commit(unit, at).await,
        };
        // Also after an unknown end: it may have been stored.
        if tells && matches!(done, Ok(_) | Err(StoreError::Unknown(_))) {
            self.commits.send_modify(|count| *count += 1);
        }
        done
    }

    /// Short indexed read.
    ///
    /// # Errors
    /// [`StoreError::Engine`] when the engine fails, [`StoreError::Column`] for a kind that is none of ours.
    pub async fn read(&self, sql: &str, values: Vec<Val>) -> Result<Vec<Row>, StoreError> {
        match &self.engine {
            Engine::Sqlite(engine) => engine.read(sql, &values),
            Engine::Postgres(engine) => engine.read(sql, &values).await,
        }
    }

    /// The only row, or none.
    ///
    /// # Errors
    /// As [`Self::read`]; [`StoreError::Engine`] for more than one row.
    pub async fn read_one(&self, sql: &str, values: Vec<Val>) -> Result<Option<Row>, StoreError> {
        let mut rows = self.read(sql, values).await?;
        if rows.len() > 1 {
            return Err(StoreError::Engine(format!("{} rows where one was meant: {sql}", rows.len()).into()));
        }
        Ok(rows.pop())
    }

    /// Several short reads of one and the same moment.
    ///
    /// # Errors
    /// As [`Self::read`].
    pub async fn read_many(&self, queries: Vec<(&str, Vec<Val>)>) -> Result<Vec<Vec<Row>>, StoreError> {
        match &self.engine {
            Engine::Sqlite(engine) => engine.read_many(&queries),
            Engine::Postgres(engine) => engine.read_many(&queries).await,
        }
    }

    /// A read that may take long (reports, whole tables); never blocks short ones.
    ///
    /// # Errors
    /// As [`Self::read`].
    pub async fn scan(&self, sql: &str, values: Vec<Val>) -> Result<Vec<Row>, StoreError> {
        match &self.engine {
            Engine::Sqlite(engine) => {
                let (engine, sql) = (Arc::clone(engine), sql.to_owned());
                blocking(move || engine.read(&sql, &values)).await
            }
            Engine::Postgres(engine) => engine.scan(sql, &values).await,
        }
    }

    /// Hands every row of a long read to `f`, without keeping any; gives `state` back at the end.
    ///
    /// # Errors
    /// As [`Self::read`], and whatever `f` returns first.
    pub async fn scan_fold<T, F>(&self, sql: &str, values: Vec<Val>, mut state: T, mut f: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnMut(&mut T, &RowRef<'_>) -> Result<(), StoreError> + Send + 'static,
    {
        match &self.engine {
            Engine::Sqlite(engine) => {
                let (engine, sql) = (Arc::clone(engine), sql.to_owned());
                blocking(move || engine.each(&sql, &values, |row| f(&mut state, row)).map(|()| state)).await
            }
            Engine::Postgres(engine) => engine.each(sql, &values, |row| f(&mut state, row)).await.map(|()| state),
        }
    }

    /// Hands every row of a long read to `f`, without keeping any.
    ///
    /// # Errors
    /// As [`Self::scan_fold`].
    pub async fn scan_each<F>(&self, sql: &str, values: Vec<Val>, mut f: F) -> Result<(), StoreError>
    where
        F: FnMut(&RowRef<'_>) -> Result<(), StoreError> + Send + 'static,
    {
        self.scan_fold(sql, values, (), move |(), row| f(row)).await
    }

    /// Counts the units with changes stored through this `Db`; wait on it to be woken by the next.
    #[must_use]
    pub fn commits(&self) -> watch::Receiver<u64> {
        self.commits.subscribe()
    }

    /// The engine's name: `sqlite` or `postgres`.
    #[must_use]
    pub fn engine_name(&self) -> &'static str {
        match &self.engine {
            Engine::Sqlite(_) => "sqlite",
            Engine::Postgres(_) => "postgres",
        }
    }

    /// The condition under which nothing can appear any more before a row of the outbox.
    pub(crate) fn settled(&self) -> &'static str {
        match &self.engine {
            Engine::Sqlite(_) => "",
            Engine::Postgres(_) => " AND tx < CAST(CAST(pg_snapshot_xmin(pg_current_snapshot()) AS TEXT) AS BIGINT)",
        }
    }

    /// The settings it was opened with.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.settings
    }
}

/// Runs `work` on the pool for work that blocks.
pub(crate) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, StoreError> + Send + 'static,
) -> Result<T, StoreError> {
    match tokio::task::spawn_blocking(work).await {
        Ok(result) => result,
        Err(error) => Err(StoreError::Engine(Box::new(error))),
    }
}

impl fmt::Debug for Db {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Db").field("engine", &self.engine_name()).finish_non_exhaustive()
    }
}
