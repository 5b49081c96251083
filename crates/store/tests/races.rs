//! Many callers at once on PostgreSQL: locks, deadlocks, shared transactions, lost connections.
#![cfg(test)]

use lt_store::{StoreError, Unit, admin, params};

mod notes;
use notes::{INSERT, count, id, note, ready};

/// Two units that lock two rows in opposite order: one loses inside the server, and is simply run again.
#[tokio::test(flavor = "multi_thread")]
async fn deadlocks_are_settled_by_trying_again_on_postgres() {
    let Some(base) = lt_testkit::db::Base::postgres().await else { return };
    let db = ready(&base).await;
    for number in 1..=2 {
        db.commit(note(number)).await.unwrap();
    }
    let turn = |first: i64, second: i64| {
        let mut unit = Unit::new();
        for number in [first, second] {
            let sql = "UPDATE t_note SET version = version + 1, title = CAST(pg_sleep(0.2) AS TEXT) WHERE number = $1";
            unit.run(sql, params![number]).expect_rows(1);
        }
        unit
    };
    let (one, two) = tokio::join!(db.commit(turn(1, 2)), db.commit(turn(2, 1)));
    assert!(one.is_ok() && two.is_ok(), "{one:?} {two:?}");
    let rows = db.read("SELECT version FROM t_note", vec![]).await.unwrap();
    assert!(rows.iter().all(|row| row.get::<i64>("version").unwrap() == 3));
}

/// A row stays locked for two seconds; those who need it wait, and nobody else does, though they share transactions.
#[tokio::test(flavor = "multi_thread")]
async fn who_waits_for_a_lock_holds_up_nobody_on_postgres() {
    let Some(base) = lt_testkit::db::Base::postgres().await else { return };
    let db = ready(&base).await;
    db.commit(note(1)).await.unwrap();
    let touch = |number: i64, title: &str| {
        let mut unit = Unit::new();
        let sql = "UPDATE t_note SET title = CAST(pg_sleep(CAST($1 AS BIGINT)) AS TEXT) WHERE number = $2";
        unit.run(sql, params![if title == "long" { 2 } else { 0 }, number]).expect_rows(1);
        unit
    };
    let mut long = touch(1, "long");
    // Enough statements that it is not put together with others.
    long.run_many("DELETE FROM t_line WHERE place = $1", vec![params![-1]; 100]);
    let holder = tokio::spawn({
        let db = db.clone();
        async move { db.commit(long).await }
    });
    tokio::time::sleep(std::time::Duration::from_millis(200)).await;
    let callers: Vec<_> = (0..100)
        .map(|caller| {
            let db = db.clone();
            let needs = caller % 10 == 0;
            let unit = if needs { touch(1, "short") } else { note(100 + caller) };
            (needs, tokio::spawn(async move { db.commit(unit).await }))
        })
        .collect();
    let (waiting, free): (Vec<_>, Vec<_>) = callers.into_iter().partition(|(needs, _)| *needs);
    for (_, caller) in free {
        caller.await.unwrap().unwrap();
    }
    assert!(!holder.is_finished(), "they waited for a lock that none of them needs");
    for (_, caller) in waiting {
        caller.await.unwrap().unwrap();
    }
    holder.await.unwrap().unwrap();
    assert_eq!(count(&db, "t_note").await, 91);
}

/// Units that come while others are written share a transaction.
#[tokio::test(flavor = "multi_thread")]
async fn many_callers_share_transactions_on_postgres() {
    let Some(base) = lt_testkit::db::Base::postgres().await else { return };
    let db = ready(&base).await;
    let callers: Vec<_> = (0..64)
        .map(|caller| {
            let db = db.clone();
            tokio::spawn(async move { db.commit(note(caller)).await })
        })
        .collect();
    for caller in callers {
        assert_eq!(caller.await.unwrap().unwrap().rows, 1);
    }
    let rows = db.read("SELECT COUNT(DISTINCT tx) AS n FROM store_change", vec![]).await.unwrap();
    let transactions: i64 = rows.first().unwrap().get("n").unwrap();
    assert!(transactions < 64, "{transactions} transactions for 64 units");
}

/// The server closes every connection in the middle of the work: whatever was acknowledged is there, what was refused
/// is not, and the pool recovers by itself.
#[tokio::test(flavor = "multi_thread")]
async fn lost_connections_are_said_and_survived_on_postgres() {
    let Some(base) = lt_testkit::db::Base::postgres().await else { return };
    let db = ready(&base).await;
    let callers: Vec<_> = (0..8_i64)
        .map(|caller| {
            let db = db.clone();
            tokio::spawn(async move {
                let mut outcomes = Vec::new();
                for number in caller * 1000..caller * 1000 + 200 {
                    let mut unit = Unit::new();
                    let stmt = unit.run(INSERT, params![id(number), number, "x"]);
                    if number % 2 == 0 {
                        stmt.expect_rows(1);
                    }
                    outcomes.push((number, db.commit(unit).await));
                }
                outcomes
            })
        })
        .collect();
    for _ in 0..10 {
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        let kill = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()";
        admin::run(base.url(), kill).await.unwrap();
    }
    let mut troubles = 0;
    for caller in callers {
        for (number, outcome) in caller.await.unwrap() {
            let there = db.read("SELECT id FROM t_note WHERE number = $1", params![number]).await;
            // The reader's own connection may be one of the closed ones.
            let Ok(there) = there else { continue };
            match outcome {
                Ok(_) => assert_eq!(there.len(), 1, "{number} was acknowledged"),
                Err(StoreError::Unknown(_)) => troubles += 1,
                Err(error) => {
                    troubles += 1;
                    assert!(there.is_empty(), "{number} is there although {error:?}");
                }
            }
        }
    }
    assert!(troubles > 0, "no connection was lost: the test showed nothing");
    db.commit(note(9999)).await.unwrap();
}
