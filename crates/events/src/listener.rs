//! Listeners: work done for each change, in order, at least once.

use std::sync::Arc;

use lt_contracts::Change;
use lt_kernel::Instant;
use lt_store::{Db, Place, StoreError, StoredChange, Unit, params};

use crate::{Work, guarded, in_words};

/// Changes read at a time; after a crash at most so many are seen again.
const BATCH: u32 = 64;

/// How often a change is tried before it is parked.
pub(crate) const ATTEMPTS: u32 = 5;

/// Work done for each change that is published.
pub struct Listener {
    /// Name with the module in front; its place in the outbox is kept under this name.
    pub name: &'static str,
    /// Topics it wants, by prefix: `targets.` or `targets.observation.recorded`; none: all.
    pub topics: &'static [&'static str],
    /// The work; harmless when done twice.
    pub run: Box<dyn Fn(Arc<Change>) -> Work + Send + Sync>,
}

/// What a round of a listener came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Round {
    /// Nothing new.
    Idle,
    /// Something was done; there may be more.
    Went,
    /// A change failed and is to be tried again later.
    Failed,
}

/// A change a listener could not deal with, put aside for people to look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parked {
    /// The listener.
    pub listener: String,
    /// Number of the change: [`Db::change`].
    pub seq: i64,
    /// Why it failed last.
    pub reason: String,
    /// How often it was tried.
    pub attempts: i64,
    /// Since when it is put aside.
    pub parked_at: Instant,
    /// Somebody asked to try it again, and no node has yet.
    pub again: bool,
}

/// Everything that is parked, the oldest first.
///
/// # Errors
/// As [`Db::read`].
pub async fn parked(db: &Db) -> Result<Vec<Parked>, StoreError> {
    let sql = "SELECT listener, seq, reason, attempts, parked_at, again FROM store_parked \
        ORDER BY parked_at, listener, seq";
    let rows = db.read(sql, vec![]).await?;
    rows.iter()
        .map(|row| {
            Ok(Parked {
                listener: row.get("listener")?,
                seq: row.get("seq")?,
                reason: row.get("reason")?,
                attempts: row.get("attempts")?,
                parked_at: row.get("parked_at")?,
                again: row.get("again")?,
            })
        })
        .collect()
}

/// Asks the node that has the listener to try a parked change again; whether it is parked at all.
///
/// # Errors
/// As [`Db::commit`].
pub async fn retry_parked(db: &Db, listener: &str, seq: i64) -> Result<bool, StoreError> {
    let mut unit = Unit::new();
    let sql = "UPDATE store_parked SET again = 1 WHERE listener = $1 AND seq = $2";
    unit.run(sql, params![listener, seq]).expect_rows(1);
    match db.commit(unit).await {
        Ok(_) => Ok(true),
        Err(StoreError::Stale) => Ok(false),
        Err(error) => Err(error),
    }
}

impl Listener {
    fn wants(&self, change: &Change) -> bool {
        let topic = change.topic();
        self.topics.is_empty() || self.topics.iter().any(|prefix| topic.starts_with(prefix))
    }

    /// Where it stands; before everything when it is new.
    pub(crate) async fn place(&self, db: &Db) -> Result<Place, StoreError> {
        let row = db.read_one("SELECT tx, seq FROM store_place WHERE listener = $1", params![self.name]).await?;
        row.as_ref().map_or(Ok(Place::START), Place::of)
    }

    /// Does the next changes in order. `failures` counts how often the first of them failed already.
    pub(crate) async fn round(&self, db: &Db, failures: &mut u32) -> Result<Round, StoreError> {
        let start = self.place(db).await?;
        let changes = db.changes_after(start, BATCH).await?;
        let mut reached = start;
        let mut unit = Unit::new();
        let mut failed = false;
        for stored in changes {
            let place = stored.place;
            if self.wants(&stored.change) {
                if let Err(trouble) = guarded((self.run)(Arc::new(stored.change.clone()))).await {
                    *failures += 1;
                    let words = in_words(&trouble);
                    tracing::warn!(
                        listener = self.name,
                        seq = place.seq,
                        attempt = *failures,
                        words,
                        "a listener failed"
                    );
                    if *failures < ATTEMPTS {
                        failed = true;
                        break;
                    }
                    self.park(&mut unit, &stored, &words, db.settings().clock.now());
                }
                *failures = 0;
            }
            reached = place;
        }
        if reached != start {
            self.move_on(&mut unit, start, reached);
            match db.commit(unit).await {
                // Another node went on from here: whatever was done twice is harmless.
                Ok(_) | Err(StoreError::Stale | StoreError::Constraint(_)) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(match (failed, reached == start) {
            (true, _) => Round::Failed,
            (false, true) => Round::Idle,
            (false, false) => Round::Went,
        })
    }

    fn park(&self, unit: &mut Unit, stored: &StoredChange, reason: &str, now: Instant) {
        tracing::error!(listener = self.name, seq = stored.place.seq, reason, "a change was parked");
        unit.run(
            "INSERT INTO store_parked (listener, seq, reason, attempts, parked_at) VALUES ($1, $2, $3, $4, $5) \
             ON CONFLICT (listener, seq) DO NOTHING",
            params![self.name, stored.place.seq, reason, ATTEMPTS, now],
        );
    }

    fn move_on(&self, unit: &mut Unit, from: Place, to: Place) {
        if from == Place::START {
            unit.run(
                "INSERT INTO store_place (listener, tx, seq) VALUES ($1, $2, $3)",
                params![self.name, to.tx, to.seq],
            );
        } else {
            unit.run(
                "UPDATE store_place SET tx = $1, seq = $2 WHERE listener = $3 AND tx = $4 AND seq = $5",
                params![to.tx, to.seq, self.name, from.tx, from.seq],
            )
            .expect_rows(1);
        }
    }

    /// The parked changes somebody asked to try again.
    pub(crate) async fn asked(&self, db: &Db) -> Result<Vec<i64>, StoreError> {
        let sql = "SELECT seq FROM store_parked WHERE listener = $1 AND again = 1 ORDER BY seq";
        db.read(sql, params![self.name]).await?.iter().map(|row| row.get("seq")).collect()
    }

    /// Does a parked change once more; when it succeeds it is parked no longer.
    pub(crate) async fn retry(&self, db: &Db, seq: i64) -> Result<(), StoreError> {
        let result = match db.change(seq).await? {
            Some(stored) => guarded((self.run)(Arc::new(stored.change))).await,
            None => Err("the change is no longer there".into()),
        };
        let mut unit = Unit::new();
        match &result {
            Ok(()) => unit.run("DELETE FROM store_parked WHERE listener = $1 AND seq = $2", params![self.name, seq]),
            Err(trouble) => unit.run(
                "UPDATE store_parked SET again = 0, reason = $1, attempts = attempts + 1 WHERE listener = $2 AND seq = $3",
                params![in_words(trouble), self.name, seq],
            ),
        };
        db.commit(unit).await.map(drop)
    }
}
