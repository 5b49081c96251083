//! Jobs: work on a schedule, on one node at a time.

use std::sync::Arc;

use lt_kernel::Instant;
use lt_store::{Db, StoreError};

use crate::lease::Lease;
use crate::{Work, guarded, in_words};

/// Seconds until the first retry of a job that failed; doubled with every failure, up to its usual pause.
const RETRY_SECONDS: i64 = 30;

/// Work done on a schedule.
pub struct Job {
    /// Name with the module in front.
    pub name: &'static str,
    /// Seconds between the end of a run and the next.
    pub every_seconds: u32,
    /// The work.
    pub run: Box<dyn Fn() -> Work + Send + Sync>,
}

/// Where a job stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobState {
    /// Its name; those of listeners begin with `listener `.
    pub name: String,
    /// When it runs next.
    pub due: Instant,
    /// The node that ran it last, or runs it.
    pub runner: Option<String>,
    /// When it began last.
    pub started_at: Option<Instant>,
    /// When it ended last.
    pub ended_at: Option<Instant>,
    /// Failures in a row.
    pub failures: i64,
    /// Why it failed last; none when it did not.
    pub trouble: Option<String>,
}

/// Every job and listener known to the database, by name.
///
/// # Errors
/// As [`Db::read`].
pub async fn jobs(db: &Db) -> Result<Vec<JobState>, StoreError> {
    let sql = "SELECT name, due, runner, started_at, ended_at, failures, trouble FROM store_job ORDER BY name";
    let rows = db.read(sql, vec![]).await?;
    rows.iter()
        .map(|row| {
            Ok(JobState {
                name: row.get("name")?,
                due: row.get("due")?,
                runner: row.get("runner")?,
                started_at: row.get("started_at")?,
                ended_at: row.get("ended_at")?,
                failures: row.get("failures")?,
                trouble: row.get("trouble")?,
            })
        })
        .collect()
}

impl Job {
    /// Runs it when it is due and no other node runs it; whether it ran.
    pub(crate) async fn run_if_due(&self, db: &Db, node: &Arc<str>) -> Result<bool, StoreError> {
        let Some(lease) = Lease::take(db, self.name, node).await? else { return Ok(false) };
        let before =
            db.read_one("SELECT failures FROM store_job WHERE name = $1", lt_store::params![self.name]).await?;
        let failures: i64 = before.map_or(Ok(0), |row| row.get("failures"))?;
        let result = guarded((self.run)()).await;
        let now = db.settings().clock.now();
        let every = i64::from(self.every_seconds);
        let ended = match result {
            Ok(()) => lease.end(now.plus_seconds(every).micros(), 0, None).await,
            Err(trouble) => {
                let words = in_words(&trouble);
                tracing::error!(job = self.name, trouble = words, "a job failed");
                let wait = (RETRY_SECONDS << failures.clamp(0, 16)).min(every);
                lease.end(now.plus_seconds(wait).micros(), failures + 1, Some(words)).await
            }
        };
        match ended {
            // The lease ran out while it worked and another node took over; its outcome stands.
            Err(StoreError::Stale) => Ok(true),
            other => other.map(|()| true),
        }
    }
}
