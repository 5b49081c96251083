//! A lease: the right of one node to do something, until a moment it keeps moving.

use std::sync::Arc;
use std::time::Duration;

use lt_kernel::Clock;
use lt_store::{Db, StoreError, Unit, params};

/// Seconds a lease lasts; it is renewed three times within.
const SECONDS: i64 = 60;

/// A lease held by a node; end it with [`Lease::end`]. Dropped, it runs out by itself.
pub(crate) struct Lease {
    db: Db,
    name: String,
    node: Arc<str>,
    renewing: tokio::task::JoinHandle<()>,
}

impl Lease {
    /// Makes the row of `name`, due at once, when there is none.
    pub(crate) async fn prepare(db: &Db, name: &str) -> Result<(), StoreError> {
        let known = db.read_one("SELECT name FROM store_job WHERE name = $1", params![name]).await?;
        if known.is_some() {
            return Ok(());
        }
        let mut unit = Unit::new();
        unit.run(
            "INSERT INTO store_job (name, due, lease_until, failures) VALUES ($1, 0, 0, 0) ON CONFLICT (name) DO NOTHING",
            params![name],
        );
        db.commit(unit).await.map(drop)
    }

    /// Takes the lease of `name` for `node` when it is due and nobody holds it.
    ///
    /// One guarded UPDATE decides on both engines: of several nodes only one changes the row.
    pub(crate) async fn take(db: &Db, name: &str, node: &Arc<str>) -> Result<Option<Self>, StoreError> {
        let now = db.settings().clock.now();
        let due = "SELECT name FROM store_job WHERE name = $1 AND due <= $2 AND lease_until <= $3";
        if db.read_one(due, params![name, now, now]).await?.is_none() {
            return Ok(None);
        }
        let mut unit = Unit::new();
        unit.run(
            "UPDATE store_job SET runner = $1, lease_until = $2, started_at = $3 \
             WHERE name = $4 AND due <= $5 AND lease_until <= $6",
            params![&**node, now.plus_seconds(SECONDS), now, name, now, now],
        )
        .expect_rows(1);
        match db.commit(unit).await {
            Ok(_) => {}
            Err(StoreError::Stale) => return Ok(None),
            Err(error) => return Err(error),
        }
        let renewing = tokio::spawn(renew(db.clone(), name.to_owned(), Arc::clone(node)));
        Ok(Some(Self { db: db.clone(), name: name.to_owned(), node: Arc::clone(node), renewing }))
    }

    /// Adds to `unit` the end of the lease: due again at `due`, with the outcome. Stale when the lease was lost.
    pub(crate) async fn end(self, due: i64, failures: i64, trouble: Option<String>) -> Result<(), StoreError> {
        self.renewing.abort();
        let mut unit = Unit::new();
        unit.run(
            "UPDATE store_job SET due = $1, lease_until = 0, ended_at = $2, failures = $3, trouble = $4 \
             WHERE name = $5 AND runner = $6",
            params![due, self.db.settings().clock.now(), failures, trouble, &self.name, &*self.node],
        )
        .expect_rows(1);
        self.db.commit(unit).await.map(drop)
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        self.renewing.abort();
    }
}

async fn renew(db: Db, name: String, node: Arc<str>) {
    loop {
        tokio::time::sleep(Duration::from_secs(SECONDS.unsigned_abs() / 3)).await;
        let until = Clock::now(&*db.settings().clock).plus_seconds(SECONDS);
        let mut unit = Unit::new();
        unit.run(
            "UPDATE store_job SET lease_until = $1 WHERE name = $2 AND runner = $3",
            params![until, &name, &*node],
        )
        .expect_rows(1);
        if let Err(error) = db.commit(unit).await {
            tracing::warn!(%error, name, "a lease could not be renewed");
        }
    }
}
