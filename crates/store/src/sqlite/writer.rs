//! The one writer of `SQLite`: takes units from a channel and makes many durable with one COMMIT.

use std::sync::mpsc::{Receiver, TryRecvError};
use std::time::Duration;

use lt_contracts::{Actor, Change};
use rusqlite::{Connection, ErrorCode};
use tokio::sync::oneshot;

use super::value::{bind, engine};
use crate::{Done, Fault, StoreError, Unit, params};

/// Units made durable together at most; more would only lengthen the wait of the first.
const BATCH: usize = 256;

/// What the writer is asked to do.
pub(super) enum Order {
    /// Store a unit.
    Unit(Pending),
    /// Something that needs the connection alone: a migration, a copy.
    Call(Box<dyn FnOnce(&mut Connection) + Send>),
}

/// A unit on its way, and the caller who waits for it.
pub(super) struct Pending {
    pub(super) unit: Unit,
    pub(super) at: i64,
    pub(super) answer: oneshot::Sender<Result<Done, StoreError>>,
}

const INSERT_CHANGE: &str = "INSERT INTO store_change \
    (tx, at, actor_kind, actor_id, noun, thing, verb, topic, org, before, after) \
    VALUES (0, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";

/// Runs until the last sender is gone.
pub(super) fn run(mut conn: Connection, orders: &Receiver<Order>, fault: Fault) {
    let mut halted = false;
    while let Ok(first) = orders.recv() {
        let mut batch = Vec::new();
        let mut call = None;
        let mut next = Ok(first);
        loop {
            match next {
                Ok(Order::Unit(pending)) => batch.push(pending),
                Ok(Order::Call(work)) => call = Some(work),
                Err(TryRecvError::Empty | TryRecvError::Disconnected) => break,
            }
            if call.is_some() || batch.len() == BATCH {
                break;
            }
            next = orders.try_recv();
        }
        if halted {
            refuse(batch);
        } else if !batch.is_empty() {
            halted = store(&conn, batch, fault);
        }
        if let Some(work) = call {
            work(&mut conn);
        }
    }
}

fn refuse(batch: Vec<Pending>) {
    for pending in batch {
        let why = "writing stopped after the disk failed; restart once it is sound";
        drop(pending.answer.send(Err(StoreError::Engine(why.into()))));
    }
}

/// Stores a batch and answers its callers. True when the disk failed and nothing more may be written:
/// a failed fsync must never be followed by one that looks successful.
fn store(conn: &Connection, batch: Vec<Pending>, fault: Fault) -> bool {
    let plain = run_plainly(conn, &batch);
    let results = match plain {
        Ok(done) => done.into_iter().map(Ok).collect(),
        Err(error) => {
            roll_back(conn);
            if batch.len() == 1 {
                answer(batch, vec![Err(error)]);
                return false;
            }
            match run_apart(conn, &batch) {
                Ok(results) => results,
                Err(error) => {
                    roll_back(conn);
                    answer_all(batch, &error);
                    return false;
                }
            }
        }
    };
    if fault == Fault::AcknowledgeEarly {
        answer(batch, results);
        std::thread::sleep(Duration::from_millis(30));
        drop(conn.execute_batch("COMMIT"));
        return false;
    }
    match commit(conn, fault) {
        Ok(()) => {
            answer(batch, results);
            false
        }
        Err(error) => {
            roll_back(conn);
            answer_failed_commit(batch, results, &error);
            matches!(&error, rusqlite::Error::SqliteFailure(failure, _) if failure.code == ErrorCode::SystemIoFailure)
        }
    }
}

fn commit(conn: &Connection, fault: Fault) -> rusqlite::Result<()> {
    let broken = || rusqlite::Error::InvalidParameterName("broken on purpose".to_owned());
    match fault {
        Fault::LoseCommit => conn.execute_batch("ROLLBACK").and(Err(broken())),
        Fault::LoseAnswer => conn.execute_batch("COMMIT").and(Err(broken())),
        Fault::None | Fault::AcknowledgeEarly => conn.prepare_cached("COMMIT")?.raw_execute().map(drop),
    }
}

/// The usual way: all units one after another. The first that fails fails all.
fn run_plainly(conn: &Connection, batch: &[Pending]) -> Result<Vec<Done>, StoreError> {
    conn.prepare_cached("BEGIN IMMEDIATE").and_then(|mut begin| begin.raw_execute()).map_err(engine)?;
    batch.iter().map(|pending| run_unit(conn, pending)).collect()
}

/// After a failure: every unit within its own savepoint, so that only the faulty ones fail.
fn run_apart(conn: &Connection, batch: &[Pending]) -> Result<Vec<Result<Done, StoreError>>, StoreError> {
    conn.execute_batch("BEGIN IMMEDIATE").map_err(engine)?;
    let mut results = Vec::with_capacity(batch.len());
    for pending in batch {
        conn.execute_batch("SAVEPOINT one").map_err(engine)?;
        let result = run_unit(conn, pending);
        if let Err(error) = &result {
            // Full disks and failing disks end the whole transaction, not only the savepoint.
            if conn.is_autocommit() {
                return Err(again(error));
            }
            conn.execute_batch("ROLLBACK TO one").map_err(engine)?;
        }
        conn.execute_batch("RELEASE one").map_err(engine)?;
        results.push(result);
    }
    Ok(results)
}

fn run_unit(conn: &Connection, pending: &Pending) -> Result<Done, StoreError> {
    let mut rows = 0;
    for stmt in &pending.unit.stmts {
        let mut prepared = conn.prepare_cached(&stmt.sql).map_err(engine)?;
        let mut changed = 0;
        for values in stmt.runs() {
            bind(&mut prepared, values)?;
            changed += prepared.raw_execute().map_err(engine)? as u64;
        }
        if stmt.expected.is_some_and(|expected| expected != changed) {
            return Err(StoreError::Stale);
        }
        rows += changed;
    }
    if !pending.unit.changes.is_empty() {
        let mut prepared = conn.prepare_cached(INSERT_CHANGE).map_err(engine)?;
        for change in &pending.unit.changes {
            bind(&mut prepared, &change_values(change, pending.at))?;
            prepared.raw_execute().map_err(engine)?;
        }
    }
    Ok(Done { rows })
}

/// The values of an outbox row, in the order of both engines' INSERT.
pub(crate) fn change_values(change: &Change, at: i64) -> Vec<crate::Val> {
    let (kind, actor) = match change.actor {
        Actor::Account(id) => ("account", Some(id)),
        Actor::Program => ("program", None),
    };
    params![
        at,
        kind,
        actor,
        &change.noun,
        change.id,
        &change.verb,
        change.topic(),
        change.org,
        change.before.to_string(),
        change.after.to_string(),
    ]
}

fn roll_back(conn: &Connection) {
    if !conn.is_autocommit()
        && let Err(error) = conn.execute_batch("ROLLBACK")
    {
        tracing::error!(%error, "a batch could not be rolled back");
    }
}

fn answer(batch: Vec<Pending>, results: Vec<Result<Done, StoreError>>) {
    for (pending, result) in batch.into_iter().zip(results) {
        // A caller who went away needs no answer.
        drop(pending.answer.send(result));
    }
}

fn answer_all(batch: Vec<Pending>, error: &StoreError) {
    for pending in batch {
        drop(pending.answer.send(Err(again(error))));
    }
}

fn answer_failed_commit(batch: Vec<Pending>, results: Vec<Result<Done, StoreError>>, error: &rusqlite::Error) {
    let full = matches!(error, rusqlite::Error::SqliteFailure(failure, _) if failure.code == ErrorCode::DiskFull);
    for (pending, result) in batch.into_iter().zip(results) {
        let result = match result {
            // This unit was refused before COMMIT: that much is known.
            Err(refused) => Err(refused),
            // SQLite found no room for the record that would make the batch valid.
            Ok(_) if full => Err(StoreError::Full),
            Ok(_) => Err(StoreError::Unknown(error.to_string().into())),
        };
        drop(pending.answer.send(result));
    }
}

/// The same error for another caller.
fn again(error: &StoreError) -> StoreError {
    match error {
        StoreError::Full => StoreError::Full,
        StoreError::Stale => StoreError::Stale,
        StoreError::Constraint(name) => StoreError::Constraint(name.clone()),
        other => StoreError::Engine(other.to_string().into()),
    }
}
