//! Units as one pipelined transaction.

use std::borrow::Cow;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::Poll;
use std::time::Duration;

use tokio_postgres::types::ToSql;
use tokio_postgres::{Error, Statement};

use super::Postgres;
use super::guard::Guard;
use super::many::spread;
use super::value::{engine, is_race};
use crate::sqlite::change_values;
use crate::{Done, Fault, StoreError, Unit, Val};

/// How often a unit that lost a race inside the server is tried, before it counts as stale.
const TRIES: u32 = 6;

/// Statements sent before their answers are awaited.
const WINDOW: usize = 128;

const INSERT_CHANGE: &str = "INSERT INTO store_change \
    (tx, at, actor_kind, actor_id, noun, thing, verb, topic, org, before, after) \
    VALUES (CAST(CAST(pg_current_xact_id() AS TEXT) AS BIGINT), $1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";

type Sent<'a> = Pin<Box<dyn Future<Output = Result<u64, Error>> + Send + 'a>>;

/// A unit, and the moment its changes are stamped with, in microseconds.
#[derive(Clone, Copy)]
pub(super) struct Stamped<'a> {
    pub(super) unit: &'a Unit,
    pub(super) at: i64,
}

impl Stamped<'_> {
    /// Counts kept for it: one a statement, and one for its changes.
    fn counts(&self) -> usize {
        self.unit.stmts.len() + 1
    }
}

/// A statement ready to be sent, and which count its rows belong to.
struct Ready<'a> {
    statement: Statement,
    values: Cow<'a, [Val]>,
    of: usize,
}

/// How long a transaction waits for a row that another one holds.
#[derive(Clone, Copy)]
pub(super) enum Patience {
    /// Whoever writes for others, or keeps others in line, shall not be held up.
    Brief,
    /// Until it is free.
    Endless,
}

impl Patience {
    fn begin(self) -> &'static str {
        match self {
            Self::Brief => "BEGIN; SET LOCAL lock_timeout = '50ms'",
            Self::Endless => "BEGIN",
        }
    }
}

pub(super) enum Failed {
    /// The server asks to try again, or a lock was held too long for our patience.
    Race,
    Because(StoreError),
}

impl Postgres {
    /// Stores one unit in a transaction of its own.
    pub(super) async fn alone(&self, unit: &Unit, at: i64) -> Result<Done, StoreError> {
        for attempt in 0..TRIES {
            match self.attempt(&[Stamped { unit, at }], Patience::Endless).await {
                Ok(done) => return Ok(done.into_iter().next().unwrap_or_default()),
                Err(Failed::Because(error)) => return Err(error),
                Err(Failed::Race) => tokio::time::sleep(Duration::from_millis(1 << attempt)).await,
            }
        }
        Err(StoreError::Stale)
    }

    /// Tries to store all of `units` in one transaction: all of them or none.
    pub(super) async fn attempt(&self, units: &[Stamped<'_>], patience: Patience) -> Result<Vec<Done>, Failed> {
        let client = Guard::new(self.client().await.map_err(Failed::Because)?);
        let ready = match prepare(&client, units).await {
            Ok(ready) => ready,
            Err(error) => {
                client.finish();
                return Err(Failed::Because(error));
            }
        };
        let guarded = units.iter().any(|one| one.unit.stmts.iter().any(|stmt| stmt.expected.is_some()));
        // With nothing to check on our side, COMMIT follows at once: after a failed statement it rolls back.
        let at_once = !guarded && ready.len() < WINDOW && self.fault == Fault::None;
        let mut counts = vec![0; units.iter().map(Stamped::counts).sum()];
        let mut begin = Some(patience.begin());
        for window in ready.chunks(WINDOW) {
            let (changed, broken) = send(&client, window, begin.take(), at_once).await;
            let failed = window.get(changed.len()).map(|ready| ready.of);
            for (ready, rows) in window.iter().zip(changed) {
                if let Some(count) = counts.get_mut(ready.of) {
                    *count += rows;
                }
            }
            if let Some(broken) = broken {
                // Statements behind one that changed other rows than it must were on the wire already; what they
                // failed of is not the reason.
                let stale = failed.is_some_and(|of| counts.get(..of).is_some_and(|done| misses(units, done)));
                return Err(match give_up(client, broken).await {
                    Failed::Because(StoreError::Constraint(_)) if stale => Failed::Because(StoreError::Stale),
                    other => other,
                });
            }
        }
        let Some(done) = as_expected(units, counts) else {
            roll_back(client).await;
            return Err(Failed::Because(StoreError::Stale));
        };
        if at_once {
            client.finish();
            return Ok(done);
        }
        self.end(client, done).await
    }

    async fn end(&self, client: Guard, done: Vec<Done>) -> Result<Vec<Done>, Failed> {
        let broken = || Failed::Because(StoreError::Unknown("broken on purpose".into()));
        match self.fault {
            Fault::None => {}
            Fault::LoseCommit => {
                roll_back(client).await;
                return Err(broken());
            }
            Fault::LoseAnswer => {
                drop(client.batch_execute("COMMIT").await);
                client.finish();
                return Err(broken());
            }
            Fault::AcknowledgeEarly => {
                tokio::spawn(async move {
                    tokio::time::sleep(Duration::from_millis(30)).await;
                    drop(client.batch_execute("COMMIT").await);
                    client.finish();
                });
                return Ok(done);
            }
        }
        match client.batch_execute("COMMIT").await {
            Ok(()) => {
                client.finish();
                Ok(done)
            }
            Err(error) => Err(commit_failed(error)),
        }
    }
}

/// Whether one of the statements counted so far changed other rows than it must.
fn misses(units: &[Stamped<'_>], counts: &[u64]) -> bool {
    // The changes of a unit are counted behind its statements; nothing is expected of them.
    let wanted = units.iter().flat_map(|one| one.unit.stmts.iter().map(|stmt| stmt.expected).chain([None]));
    wanted.zip(counts).any(|(wanted, rows)| wanted.is_some_and(|wanted| wanted != *rows))
}

/// What each unit changed; none when a statement of one of them changed other rows than it must.
fn as_expected(units: &[Stamped<'_>], counts: Vec<u64>) -> Option<Vec<Done>> {
    let mut counts = counts.into_iter();
    let done = units.iter().map(|one| {
        let own: Vec<u64> = counts.by_ref().take(one.counts()).collect();
        let rows = one.unit.stmts.iter().zip(&own).map(|(stmt, rows)| {
            let kept = stmt.expected.is_none_or(|wanted| wanted == *rows);
            kept.then_some(*rows)
        });
        Some(Done { rows: rows.sum::<Option<u64>>()? })
    });
    done.collect()
}

/// A transaction that broke off, and how far it had come.
struct Broken {
    error: Error,
    /// COMMIT was on the wire.
    committing: bool,
    /// It was COMMIT itself that failed.
    at_commit: bool,
}

/// Sends `begin`, the statements and COMMIT (when `last`) in one go, then takes the answers in order: rows changed by
/// each statement up to the first failure, and that failure.
async fn send(
    client: &Guard,
    window: &[Ready<'_>],
    begin: Option<&'static str>,
    last: bool,
) -> (Vec<u64>, Option<Broken>) {
    let mut sent: Vec<Sent<'_>> = Vec::with_capacity(window.len() + 2);
    let mut early: Vec<Option<Result<u64, Error>>> = Vec::with_capacity(window.len() + 2);
    if let Some(begin) = begin {
        sent.push(Box::pin(async move { client.batch_execute(begin).await.map(|()| 0) }));
    }
    for ready in window {
        let values: Vec<&(dyn ToSql + Sync)> = ready.values.iter().map(|value| value as _).collect();
        sent.push(Box::pin(async move { client.execute(&ready.statement, &values).await }));
    }
    // The first poll puts a request on the wire; this fixes their order.
    for future in &mut sent {
        early.push(start(future).await);
    }
    // A value that cannot be bound fails before it is sent: then COMMIT must not follow.
    let committing = last && !early.iter().any(|result| matches!(result, Some(Err(_))));
    if committing {
        let mut commit: Sent<'_> = Box::pin(async { client.batch_execute("COMMIT").await.map(|()| 0) });
        early.push(start(&mut commit).await);
        sent.push(commit);
    }
    let (first, end) = (usize::from(begin.is_some()), sent.len());
    let mut rows = Vec::with_capacity(end);
    let mut broken = None;
    for (place, (future, result)) in sent.into_iter().zip(early).enumerate() {
        let result = match result {
            Some(result) => result,
            None => future.await,
        };
        match result {
            // BEGIN and COMMIT change no rows.
            Ok(changed) => rows.extend((place >= first && broken.is_none()).then_some(changed)),
            // Those behind the first failure only echo it.
            Err(error) if broken.is_none() => {
                broken = Some(Broken { error, committing, at_commit: committing && place + 1 == end });
            }
            Err(_) => {}
        }
    }
    rows.truncate(window.len());
    (rows, broken)
}

async fn start(future: &mut Sent<'_>) -> Option<Result<u64, Error>> {
    poll_fn(|context| {
        Poll::Ready(match future.as_mut().poll(context) {
            Poll::Ready(result) => Some(result),
            Poll::Pending => None,
        })
    })
    .await
}

/// Prepares every statement, before the transaction begins; most are prepared already.
async fn prepare<'a>(client: &Guard, units: &[Stamped<'a>]) -> Result<Vec<Ready<'a>>, StoreError> {
    let mut ready = Vec::new();
    let mut of = 0;
    for Stamped { unit, at } in units {
        for stmt in &unit.stmts {
            for (sql, values) in spread(stmt) {
                let statement = client.prepare_cached(&sql).await.map_err(engine)?;
                ready.push(counted(statement, values, of)?);
            }
            of += 1;
        }
        if !unit.changes.is_empty() {
            let statement = client.prepare_cached(INSERT_CHANGE).await.map_err(engine)?;
            for change in &unit.changes {
                ready.push(counted(statement.clone(), Cow::Owned(change_values(change, *at)), of)?);
            }
        }
        of += 1;
    }
    Ok(ready)
}

fn counted(statement: Statement, values: Cow<'_, [Val]>, of: usize) -> Result<Ready<'_>, StoreError> {
    let places = statement.params().len();
    if places == values.len() {
        Ok(Ready { statement, values, of })
    } else {
        Err(StoreError::Engine(format!("{places} places, but {} values", values.len()).into()))
    }
}

async fn give_up(client: Guard, broken: Broken) -> Failed {
    let Broken { error, committing, at_commit } = broken;
    if at_commit {
        return commit_failed(error);
    }
    if committing && error.as_db_error().is_none() {
        // The connection was lost with COMMIT on its way.
        return Failed::Because(StoreError::Unknown(Box::new(error)));
    }
    roll_back(client).await;
    if is_race(&error) { Failed::Race } else { Failed::Because(engine(error)) }
}

/// COMMIT itself failed. Only what the server says about constraints and races is certain.
fn commit_failed(error: Error) -> Failed {
    if is_race(&error) {
        return Failed::Race;
    }
    match engine(error) {
        StoreError::Engine(source) => Failed::Because(StoreError::Unknown(source)),
        StoreError::Full => Failed::Because(StoreError::Unknown("the server's disk is full".into())),
        known => Failed::Because(known),
    }
}

async fn roll_back(client: Guard) {
    if client.batch_execute("ROLLBACK").await.is_ok() {
        client.finish();
    }
}
