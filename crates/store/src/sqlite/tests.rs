//! What only this engine can show: a full disk.

use std::sync::Arc;

use lt_kernel::{Clock, Instant};

use super::{Sqlite, engine};
use crate::{Settings, StoreError, Unit, params};

struct Still;

impl Clock for Still {
    fn now(&self) -> Instant {
        Instant::from_micros(0)
    }
}

/// Lets the file grow no further, as a full disk would; 0: as far as it likes.
async fn limit(db: &Sqlite, more_pages: i64) {
    db.call(move |conn| {
        let pages: i64 = conn.query_row("PRAGMA page_count", [], |row| row.get(0)).map_err(engine)?;
        let limit = if more_pages == 0 { 1 << 30 } else { pages + more_pages };
        conn.query_row(&format!("PRAGMA max_page_count = {limit}"), [], |_| Ok(())).map_err(engine)
    })
    .await
    .unwrap();
}

fn row(number: i64, bytes: usize) -> Unit {
    let mut unit = Unit::new();
    unit.run("INSERT INTO t (number, body) VALUES ($1, $2)", params![number, vec![7_u8; bytes]]);
    unit
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_disk_refuses_keeps_reading_and_goes_on() {
    let path = std::env::temp_dir().join(format!("lt-full-{}.db", std::process::id()));
    drop(std::fs::remove_file(&path));
    let db = Arc::new(Sqlite::open(&path, &Settings::new(Arc::new(Still))).unwrap());
    let table = "CREATE TABLE t (number BIGINT PRIMARY KEY, body BYTEA)";
    db.call(|conn| conn.execute_batch(table).map_err(engine)).await.unwrap();
    limit(&db, 60).await;
    // Thirty callers at once, each with five pages: some find room, the rest must hear that the disk is full.
    let callers: Vec<_> = (0..30)
        .map(|number| {
            let db = Arc::clone(&db);
            tokio::spawn(async move { db.commit(row(number, 20_000), 0).await })
        })
        .collect();
    let (mut stored, mut full) = (0, 0);
    for caller in callers {
        match caller.await.unwrap() {
            Ok(_) => stored += 1,
            Err(StoreError::Full) => full += 1,
            Err(other) => panic!("{other:?}"),
        }
    }
    assert!(full > 0, "the disk was never full");
    let there = db.read("SELECT number FROM t", &[]).unwrap().len();
    assert_eq!(there, stored, "acknowledged and stored differ");
    limit(&db, 0).await;
    db.commit(row(1000, 20_000), 0).await.unwrap();
    drop(db);
    drop(std::fs::remove_file(&path));
}
