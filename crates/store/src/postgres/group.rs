//! Units of many callers under one COMMIT.
//!
//! A caller who finds a place among the writers free stores his unit himself. While all places are taken, units wait in
//! line, and what has gathered by the time a writer is free goes into one transaction: one BEGIN, one COMMIT and one
//! flush for all of them, and a row that all of them touch is locked once, not once a flush. When that transaction
//! fails, for whatever reason, it is undone and each of its units is tried by itself, in a task of its own.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::oneshot;

use super::Postgres;
use super::commit::{Failed, Patience, Stamped};
use crate::{Done, StoreError, Unit};

/// Transactions of groups under way at once: while one waits for the disk, the other is filled.
const WRITERS: usize = 2;

/// Units in one transaction at most.
const TOGETHER: usize = 64;

/// Statements and changes of a unit that may share a transaction. A larger one, an import say, would hold up others
/// and take a connection of its own.
const SMALL: usize = 32;

/// A unit in line, and the caller who waits for it.
struct Waiting {
    unit: Unit,
    at: i64,
    answer: oneshot::Sender<Result<Done, StoreError>>,
}

/// Who waits, and how many write.
#[derive(Default)]
pub(super) struct Line(Mutex<State>);

#[derive(Default)]
struct State {
    waiting: VecDeque<Waiting>,
    writers: usize,
}

impl Line {
    fn state(&self) -> MutexGuard<'_, State> {
        // Nothing panics while it is held.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A place among the writers, given back when dropped, also by a caller who goes away.
struct Place(Arc<Postgres>);

impl Drop for Place {
    fn drop(&mut self) {
        let mut state = self.0.line.state();
        if state.waiting.is_empty() {
            state.writers -= 1;
        } else if let Ok(runtime) = tokio::runtime::Handle::try_current() {
            // The place goes over to a task that stores what came meanwhile.
            let place = Self(Arc::clone(&self.0));
            drop(state);
            runtime.spawn(place.work());
        } else {
            // The program ends: who waits is told that the end is unknown to us, as his sender is dropped.
            state.waiting.clear();
            state.writers -= 1;
        }
    }
}

impl Place {
    /// Stores what waits, group after group, until nothing waits.
    async fn work(self) {
        loop {
            let group: Vec<Waiting> = {
                let mut state = self.0.line.state();
                let count = state.waiting.len().min(TOGETHER);
                state.waiting.drain(..count).collect()
            };
            if group.is_empty() {
                return;
            }
            store(&self.0, group).await;
        }
    }
}

impl Postgres {
    /// Stores a unit stamped `at`, in microseconds.
    pub(crate) async fn commit(self: &Arc<Self>, unit: Unit, at: i64) -> Result<Done, StoreError> {
        let statements: usize = unit.stmts.iter().map(|stmt| stmt.runs().len()).sum();
        if statements + unit.changes.len() > SMALL {
            return self.alone(&unit, at).await;
        }
        let turn = {
            let mut state = self.line.state();
            if state.writers < WRITERS {
                state.writers += 1;
                Ok(unit)
            } else {
                let (answer, answered) = oneshot::channel();
                state.waiting.push_back(Waiting { unit, at, answer });
                Err(answered)
            }
        };
        match turn {
            Ok(unit) => self.first(&unit, at).await,
            Err(answered) => match answered.await {
                Ok(done) => done,
                Err(_) => Err(StoreError::Unknown("the program was ending".into())),
            },
        }
    }

    /// Stores the unit of a caller who found a place free.
    async fn first(self: &Arc<Self>, unit: &Unit, at: i64) -> Result<Done, StoreError> {
        let place = Place(Arc::clone(self));
        let tried = self.attempt(&[Stamped { unit, at }], Patience::Brief).await;
        drop(place);
        match tried {
            Ok(done) => Ok(done.into_iter().next().unwrap_or_default()),
            Err(Failed::Because(error)) => Err(error),
            // Whoever must wait for a lock waits without a place.
            Err(Failed::Race) => self.alone(unit, at).await,
        }
    }
}

async fn store(db: &Arc<Postgres>, group: Vec<Waiting>) {
    let result = {
        let units: Vec<_> = group.iter().map(|one| Stamped { unit: &one.unit, at: one.at }).collect();
        db.attempt(&units, Patience::Brief).await
    };
    match result {
        Ok(done) => {
            for (one, done) in group.into_iter().zip(done) {
                // A caller who went away needs no answer.
                drop(one.answer.send(Ok(done)));
            }
        }
        Err(Failed::Because(StoreError::Unknown(why))) => {
            let why = why.to_string();
            for one in group {
                drop(one.answer.send(Err(StoreError::Unknown(why.clone().into()))));
            }
        }
        Err(_) => {
            for one in group {
                // In tasks of their own: one of them may wait for a lock, and others are in line behind us.
                let db = Arc::clone(db);
                tokio::spawn(async move {
                    let done = db.alone(&one.unit, one.at).await;
                    drop(one.answer.send(done));
                });
            }
        }
    }
}
