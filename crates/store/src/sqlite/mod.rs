//! `SQLite`, embedded: one writer thread with group commit, readers on the calling thread.

mod migrate;
#[cfg(test)]
mod tests;
mod value;
mod writer;

use std::fmt::Display;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

pub(crate) use rusqlite::Connection;
use rusqlite::config::DbConfig;
use tokio::sync::oneshot;

pub(crate) use migrate::migrate;
pub(crate) use value::{engine, val};
pub(crate) use writer::change_values;

use crate::{Done, Row, RowRef, Settings, StoreError, Unit, Val};
use value::{Head, bind};
use writer::{Order, Pending};

/// Written into the file's header: `LThg`.
const APPLICATION_ID: i64 = 0x4C54_6867;

/// Statements each connection keeps prepared.
const PREPARED: usize = 256;

/// A question of [`Sqlite::read_many`].
pub(crate) type Query<'a> = (&'a str, Vec<Val>);

/// An open database file.
pub(crate) struct Sqlite {
    path: PathBuf,
    cache_mib: u32,
    keep: usize,
    readers: Mutex<Vec<Connection>>,
    orders: Option<Sender<Order>>,
    writer: Option<JoinHandle<()>>,
}

impl Sqlite {
    /// Opens the file at `path`, or makes it when nothing is there.
    pub(crate) fn open(path: &Path, settings: &Settings) -> Result<Self, StoreError> {
        claim(path)?;
        let conn = connect(path, settings.cache_mib)?;
        use_wal(&conn)?;
        let (sender, receiver) = channel();
        let fault = settings.fault;
        let writer = std::thread::Builder::new()
            .name("store-writer".to_owned())
            .spawn(move || writer::run(conn, &receiver, fault))
            .map_err(|error| StoreError::Engine(Box::new(error)))?;
        Ok(Self {
            path: path.to_owned(),
            cache_mib: settings.cache_mib,
            keep: settings.connections.max(2),
            readers: Mutex::new(Vec::new()),
            orders: Some(sender),
            writer: Some(writer),
        })
    }

    /// Stores a unit stamped `at`, in microseconds.
    pub(crate) async fn commit(&self, unit: Unit, at: i64) -> Result<Done, StoreError> {
        let (answer, answered) = oneshot::channel();
        self.order(Order::Unit(Pending { unit, at, answer }))?;
        answered.await.unwrap_or_else(|_| Err(StoreError::Unknown("the writer ended".into())))
    }

    /// Runs `work` on the writer's connection, between two batches.
    pub(crate) async fn call<T, F>(&self, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&mut Connection) -> Result<T, StoreError> + Send + 'static,
    {
        let (answer, answered) = oneshot::channel();
        self.order(Order::Call(Box::new(move |conn| {
            let result = work(conn);
            if !conn.is_autocommit() {
                drop(conn.execute_batch("ROLLBACK"));
            }
            drop(answer.send(result));
        })))?;
        answered.await.unwrap_or_else(|_| Err(StoreError::Unknown("the writer ended".into())))
    }

    /// A short read on the calling thread: a hop to another thread would cost more than the read.
    pub(crate) fn read(&self, sql: &str, values: &[Val]) -> Result<Vec<Row>, StoreError> {
        self.with_reader(|conn| read(conn, sql, values))
    }

    /// Several reads of one moment.
    pub(crate) fn read_many(&self, queries: &[Query<'_>]) -> Result<Vec<Vec<Row>>, StoreError> {
        self.with_reader(|conn| {
            let moment = conn.unchecked_transaction().map_err(engine)?;
            let rows = queries.iter().map(|(sql, values)| read(&moment, sql, values)).collect();
            moment.finish().map_err(engine)?;
            rows
        })
    }

    /// Every row of a long read, one after another. Blocks: call it on the blocking pool.
    pub(crate) fn each<F>(&self, sql: &str, values: &[Val], mut f: F) -> Result<(), StoreError>
    where
        F: FnMut(&RowRef<'_>) -> Result<(), StoreError>,
    {
        self.with_reader(|conn| each(conn, sql, values, &mut f))
    }

    /// Lends an idle reader, or a new one.
    pub(crate) fn with_reader<T>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let idle = self.readers.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let conn = if let Some(conn) = idle {
            conn
        } else {
            let conn = connect(&self.path, self.cache_mib)?;
            conn.execute_batch("PRAGMA query_only = ON").map_err(engine)?;
            conn
        };
        let result = work(&conn);
        let mut idle = self.readers.lock().unwrap_or_else(PoisonError::into_inner);
        if conn.is_autocommit() && idle.len() < self.keep {
            idle.push(conn);
        }
        result
    }

    /// A reader of its own that sees one moment until it is dropped.
    pub(crate) fn moment(&self) -> Result<Connection, StoreError> {
        let conn = connect(&self.path, self.cache_mib)?;
        // The first read fixes the moment.
        conn.execute_batch("PRAGMA query_only = ON; BEGIN; SELECT COUNT(*) FROM store_schema").map_err(engine)?;
        Ok(conn)
    }

    fn order(&self, order: Order) -> Result<(), StoreError> {
        let gone = || StoreError::Engine("the writer has ended".into());
        self.orders.as_ref().ok_or_else(gone)?.send(order).map_err(|_| gone())
    }
}

impl Drop for Sqlite {
    /// Waits until everything handed in is stored and the file is closed.
    fn drop(&mut self) {
        self.readers.lock().unwrap_or_else(PoisonError::into_inner).clear();
        self.orders = None;
        if let Some(writer) = self.writer.take()
            && writer.join().is_err()
        {
            tracing::error!("the writer thread ended in a panic");
        }
    }
}

fn read(conn: &Connection, sql: &str, values: &[Val]) -> Result<Vec<Row>, StoreError> {
    let mut stmt = conn.prepare_cached(sql).map_err(engine)?;
    let head = Head::of(&stmt);
    bind(&mut stmt, values)?;
    let mut rows = stmt.raw_query();
    let mut found = Vec::new();
    while let Some(row) = rows.next().map_err(engine)? {
        found.push(head.row(row)?);
    }
    Ok(found)
}

/// Hands every row of a query to `f`.
pub(crate) fn each(
    conn: &Connection,
    sql: &str,
    values: &[Val],
    f: &mut dyn FnMut(&RowRef<'_>) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let mut stmt = conn.prepare_cached(sql).map_err(engine)?;
    let head = Head::of(&stmt);
    bind(&mut stmt, values)?;
    let mut rows = stmt.raw_query();
    while let Some(row) = rows.next().map_err(engine)? {
        f(&RowRef::sqlite(row, &head.is_id))?;
    }
    Ok(())
}

fn connect(path: &Path, cache_mib: u32) -> Result<Connection, StoreError> {
    let conn = Connection::open(path).map_err(engine)?;
    conn.busy_timeout(Duration::from_secs(10)).map_err(engine)?;
    conn.set_prepared_statement_cache_capacity(PREPARED);
    // Plans depend on statements alone. Otherwise SQLite compares bound values with the conditions of partial indexes,
    // and plans a statement anew whenever a value changes: half the time of a short read.
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true).map_err(engine)?;
    conn.execute_batch(&format!(
        "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY; \
         PRAGMA journal_size_limit = 67108864; PRAGMA wal_autocheckpoint = 2000; PRAGMA cache_size = -{};",
        u64::from(cache_mib) * 1024
    ))
    .map_err(engine)?;
    Ok(conn)
}

/// Makes sure that the file is ours: a new or empty one is marked, a foreign one refused and left alone.
fn claim(path: &Path) -> Result<(), StoreError> {
    let foreign =
        |why: &dyn Display| StoreError::Foreign(format!("{} is not a database of this program: {why}", path.display()));
    make(path).map_err(|error| foreign(&error))?;
    let conn = Connection::open(path).map_err(engine)?;
    conn.busy_timeout(Duration::from_secs(10)).map_err(engine)?;
    if is_blank(&conn).map_err(|error| foreign(&error))? {
        // One transaction, so that a crash leaves either a blank file or one of ours; asked again under the lock.
        conn.execute_batch("PRAGMA synchronous = FULL; BEGIN IMMEDIATE").map_err(engine)?;
        if is_blank(&conn).map_err(engine)? {
            let mark = format!("PRAGMA application_id = {APPLICATION_ID}; {}", crate::migrate::SCHEMA_TABLE);
            conn.execute_batch(&mark).map_err(engine)?;
        }
        return conn.execute_batch("COMMIT").map_err(engine);
    }
    let ours = "SELECT COUNT(*) FROM sqlite_master WHERE name = 'store_schema'";
    if number(&conn, "PRAGMA application_id").map_err(engine)? != APPLICATION_ID
        || number(&conn, ours).map_err(engine)? != 1
    {
        return Err(foreign(&"it carries another program's mark, or none"));
    }
    match number(&conn, "SELECT format FROM store_schema WHERE application = 'lienthong'") {
        Ok(crate::migrate::FORMAT) => {}
        Ok(0) => return Err(foreign(&crate::migrate::UNFINISHED)),
        Ok(_) => return Err(foreign(&"it was made by a later version")),
        Err(error) => return Err(foreign(&error)),
    }
    Ok(())
}

fn number(conn: &Connection, sql: &str) -> rusqlite::Result<i64> {
    conn.query_row(sql, [], |row| row.get(0))
}

fn is_blank(conn: &Connection) -> rusqlite::Result<bool> {
    Ok(number(conn, "SELECT COUNT(*) FROM sqlite_master")? == 0 && number(conn, "PRAGMA application_id")? == 0)
}

/// Turns the write-ahead log on; the busy timeout does not reach this lock, so others are waited for here.
fn use_wal(conn: &Connection) -> Result<(), StoreError> {
    let mut tries = 0;
    loop {
        match conn.query_row("PRAGMA journal_mode = WAL", [], |row| row.get::<_, String>(0)) {
            Ok(mode) if mode == "wal" => return Ok(()),
            Ok(mode) => return Err(StoreError::Foreign(format!("the file system keeps SQLite in the mode {mode}"))),
            Err(error) if tries == 100 => return Err(engine(error)),
            Err(_) => std::thread::sleep(Duration::from_millis(20)),
        }
        tries += 1;
    }
}

/// Makes an empty file only its owner can read, unless there is one.
fn make(path: &Path) -> std::io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Ok(file) => file.sync_all(),
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Ok(()),
        Err(error) => Err(error),
    }
}
