//! Work behind the requests: listeners that follow the outbox, and jobs that run on a schedule.
//!
//! A listener sees every change at least once, in the order of the outbox; its place is stored, so a restart goes on
//! where it stopped. A change that fails again and again is parked with the reason where people see it, and the
//! listener goes on. A job runs on one node at a time, held by a lease. Both may be repeated after a crash:
//! whatever they do must be harmless when done twice.

mod job;
mod lease;
mod listener;
mod runner;

use std::pin::Pin;

pub use job::{Job, JobState, jobs};
pub use listener::{Listener, Parked, parked, retry_parked};
pub use runner::{Runner, Running};

/// A failure of a job or listener, with its sources.
pub type Trouble = Box<dyn std::error::Error + Send + Sync>;

/// Work that takes a while.
pub type Work = Pin<Box<dyn Future<Output = Result<(), Trouble>> + Send>>;

/// Runs `work` so that not even a panic ends more than the work itself.
async fn guarded(work: Work) -> Result<(), Trouble> {
    match tokio::spawn(work).await {
        Ok(result) => result,
        Err(error) => Err(Box::new(error)),
    }
}

/// The trouble in words, with its sources, short enough for a table.
fn in_words(trouble: &Trouble) -> String {
    let mut words = trouble.to_string();
    let mut source = trouble.source();
    while let Some(error) = source {
        words.push_str(": ");
        words.push_str(&error.to_string());
        source = error.source();
    }
    words.chars().filter(|letter| *letter != '\0').take(2000).collect()
}
