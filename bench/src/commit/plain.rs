//! The same rows through the drivers alone, each call a transaction of its own.

use std::ops::Range;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::{Result, anyhow};
use tokio::sync::Semaphore;
use tokio_postgres::{Client, NoTls, Statement};

use super::{INSERT, body};
use crate::bench::CONNECTIONS;

/// rusqlite: one connection behind a lock. Several would only wait for each other, less fairly.
pub(super) struct Sqlite(Mutex<rusqlite::Connection>);

impl Sqlite {
    /// Opens it with the pragmas of our store.
    pub(super) fn open(path: &str) -> Result<Self> {
        let conn = rusqlite::Connection::open(path)?;
        conn.execute_batch(
            "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY; \
             PRAGMA journal_size_limit = 67108864; PRAGMA wal_autocheckpoint = 2000; PRAGMA cache_size = -32768;",
        )?;
        Ok(Self(Mutex::new(conn)))
    }

    pub(super) fn store(&self, callers: usize, numbers: Range<i64>) -> Result<()> {
        let next = AtomicI64::new(numbers.start);
        std::thread::scope(|scope| {
            let work = || -> rusqlite::Result<()> {
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    if number >= numbers.end {
                        return Ok(());
                    }
                    let text = body(number);
                    let conn = self.0.lock().unwrap_or_else(PoisonError::into_inner);
                    conn.prepare_cached("BEGIN IMMEDIATE")?.execute([])?;
                    conn.prepare_cached(INSERT)?.execute(rusqlite::params![number, text])?;
                    conn.prepare_cached("COMMIT")?.execute([])?;
                }
            };
            let threads: Vec<_> = (0..callers).map(|_| scope.spawn(work)).collect();
            for thread in threads {
                thread.join().map_err(|_| anyhow!("a caller ended in a panic"))??;
            }
            Ok(())
        })
    }
}

/// tokio-postgres: as many connections as our pool has.
pub(super) struct Postgres {
    idle: Arc<Mutex<Vec<(Client, Statement)>>>,
    free: Arc<Semaphore>,
    bare: bool,
}

impl Postgres {
    pub(super) async fn open(url: &str, bare: bool) -> Result<Self> {
        let mut idle = Vec::new();
        for _ in 0..CONNECTIONS {
            let (client, connection) = tokio_postgres::connect(url, NoTls).await?;
            tokio::spawn(connection);
            let statement = client.prepare(INSERT).await?;
            idle.push((client, statement));
        }
        Ok(Self { idle: Arc::new(Mutex::new(idle)), free: Arc::new(Semaphore::new(CONNECTIONS)), bare })
    }

    pub(super) async fn store(&self, callers: usize, numbers: Range<i64>) -> Result<()> {
        let next = Arc::new(AtomicI64::new(numbers.start));
        let tasks: Vec<_> = (0..callers)
            .map(|_| {
                let (idle, free) = (Arc::clone(&self.idle), Arc::clone(&self.free));
                let (next, end, bare) = (Arc::clone(&next), numbers.end, self.bare);
                tokio::spawn(async move {
                    loop {
                        let number = next.fetch_add(1, Ordering::Relaxed);
                        if number >= end {
                            return Ok::<_, anyhow::Error>(());
                        }
                        let _turn = free.acquire().await?;
                        let taken = idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
                        let (mut client, statement) = taken.ok_or_else(|| anyhow!("no connection"))?;
                        insert(&mut client, &statement, number, bare).await?;
                        idle.lock().unwrap_or_else(PoisonError::into_inner).push((client, statement));
                    }
                })
            })
            .collect();
        for task in tasks {
            task.await??;
        }
        Ok(())
    }
}

async fn insert(client: &mut Client, statement: &Statement, number: i64, bare: bool) -> Result<()> {
    let text = body(number);
    if bare {
        client.execute(statement, &[&number, &text]).await?;
        return Ok(());
    }
    let transaction = client.transaction().await?;
    transaction.execute(statement, &[&number, &text]).await?;
    transaction.commit().await?;
    Ok(())
}
