//! Databases of the tests' own, on both engines.
//!
//! SQLite always runs. PostgreSQL runs when `LIENTHONG_TEST_POSTGRES` holds the address of a cluster (see
//! [`crate::postgres::start`]); without it the test says loudly that it was skipped, and with
//! `LIENTHONG_TEST_POSTGRES_REQUIRED=1` it fails.
#![expect(clippy::expect_used, reason = "only tests use this; a test without its database should end at once")]

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU32, Ordering};

use lt_kernel::{Clock, Instant};
use lt_store::{Db, Settings};

/// Declares tests that run on both engines: each becomes `name::sqlite` and `name::postgres`.
///
/// ```ignore
/// both_engines! {
///     async fn keeps_what_it_took(base) {
///         let db = base.open().await;
///     }
/// }
/// ```
#[macro_export]
macro_rules! both_engines {
    ($($(#[$meta:meta])* async fn $name:ident($base:ident) $body:block)*) => { $(
        #[cfg(test)]
        mod $name {
            #[allow(unused_imports, clippy::allow_attributes, reason = "not every test needs all its file imports")]
            use super::*;

            $(#[$meta])*
            async fn body($base: $crate::db::Base) $body

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                body($crate::db::Base::sqlite()).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn postgres() {
                if let Some(base) = $crate::db::Base::postgres().await {
                    body(base).await;
                }
            }
        }
    )* };
}

/// A clock that stands until it is moved.
#[derive(Debug)]
pub struct TestClock(AtomicI64);

impl TestClock {
    /// A clock standing at `start`.
    #[must_use]
    pub fn at(start: Instant) -> Self {
        Self(AtomicI64::new(start.micros()))
    }

    /// Moves it by `seconds` (negative: back).
    pub fn advance(&self, seconds: i64) {
        self.0.fetch_add(seconds * 1_000_000, Ordering::SeqCst);
    }

    /// Moves it to `now`.
    pub fn set(&self, now: Instant) {
        self.0.store(now.micros(), Ordering::SeqCst);
    }
}

impl Clock for TestClock {
    fn now(&self) -> Instant {
        Instant::from_micros(self.0.load(Ordering::SeqCst))
    }
}

/// A place for one database; when it is dropped the database goes with it.
#[derive(Debug)]
pub struct Base {
    url: String,
    dir: PathBuf,
    /// Address of the cluster and name of the database to drop.
    drops: Option<(String, String)>,
    clock: Arc<TestClock>,
}

static COUNT: AtomicU32 = AtomicU32::new(0);

impl Base {
    /// A fresh place for an SQLite file.
    ///
    /// # Panics
    /// When no directory can be made.
    #[must_use]
    pub fn sqlite() -> Self {
        let dir = fresh_dir();
        Self { url: format!("sqlite:{}", dir.join("lienthong.db").display()), dir, drops: None, clock: clock() }
    }

    /// A fresh database on the tests' cluster; none, with a loud word, when there is no cluster.
    ///
    /// # Panics
    /// When a cluster is required but missing, or does not answer.
    pub async fn postgres() -> Option<Self> {
        let Some(cluster) = environment("LIENTHONG_TEST_POSTGRES") else {
            assert!(
                environment("LIENTHONG_TEST_POSTGRES_REQUIRED").is_none_or(|value| value != "1"),
                "LIENTHONG_TEST_POSTGRES is not set, but PostgreSQL is required"
            );
            eprintln!("\n*** SKIPPED: no PostgreSQL (LIENTHONG_TEST_POSTGRES is not set) ***\n");
            return None;
        };
        let name = format!("lt_{}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::SeqCst));
        let url = lt_store::admin::create_database(&cluster, &name).await.expect("a database for the test");
        Some(Self { url, dir: fresh_dir(), drops: Some((cluster, name)), clock: clock() })
    }

    /// Another fresh place of the same engine.
    ///
    /// # Panics
    /// As [`Self::sqlite`] and [`Self::postgres`].
    pub async fn another(&self) -> Self {
        if self.drops.is_some() { Self::postgres().await.expect("the cluster is there") } else { Self::sqlite() }
    }

    /// The database's address.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// A directory of this test's own, for files.
    #[must_use]
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// The clock its databases are opened with; it stands until it is moved.
    #[must_use]
    pub fn clock(&self) -> Arc<TestClock> {
        Arc::clone(&self.clock)
    }

    /// The settings its databases are opened with.
    #[must_use]
    pub fn settings(&self) -> Settings {
        Settings::new(self.clock())
    }

    /// Opens the database; again and again the same one.
    ///
    /// # Panics
    /// When it does not open.
    pub async fn open(&self) -> Db {
        Db::open(&self.url, self.settings()).await.expect("the test's database opens")
    }
}

impl Drop for Base {
    fn drop(&mut self) {
        if let Some((cluster, name)) = self.drops.take() {
            // A test may be dropped inside a runtime, which must not be blocked: use another one.
            let dropping = std::thread::spawn(move || {
                let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
                runtime.block_on(lt_store::admin::drop_database(&cluster, &name)).map_err(std::io::Error::other)
            });
            if let Ok(Err(error)) = dropping.join() {
                eprintln!("the test's database stays behind: {error}");
            }
        }
        drop(std::fs::remove_dir_all(&self.dir));
    }
}

fn clock() -> Arc<TestClock> {
    // 2026-03-02 08:00 in Vietnam, a Monday.
    Arc::new(TestClock::at(Instant::from_micros(1_772_413_200_000_000)))
}

fn fresh_dir() -> PathBuf {
    let number = COUNT.fetch_add(1, Ordering::SeqCst);
    let dir = std::env::temp_dir().join(format!("lt-db-{}-{number}", std::process::id()));
    drop(std::fs::remove_dir_all(&dir));
    std::fs::create_dir_all(&dir).expect("a directory for the test");
    dir
}

#[expect(clippy::disallowed_methods, reason = "the tests' own switch, not configuration of the program")]
pub(crate) fn environment(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}
