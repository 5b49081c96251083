//! What every measurement is given: a directory of its own, sizes, both engines.

use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};

use anyhow::{Context, Result};
use lienthong::machine::MachineClock;
use lienthong::{Ground, Program};
use lt_kernel::id::Ids;
use lt_kernel::{Clock, Instant};
use lt_store::admin;

use crate::cluster::Cluster;
use crate::machine::Machine;
use crate::report::Report;

/// Connections on either side, as the program ships.
pub(crate) const CONNECTIONS: usize = 16;

/// Which engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Engine {
    /// Embedded.
    Sqlite,
    /// PostgreSQL.
    Postgres,
}

impl Engine {
    /// Both.
    pub(crate) const BOTH: [Self; 2] = [Self::Sqlite, Self::Postgres];

    /// Its name.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Sqlite => "SQLite",
            Self::Postgres => "PostgreSQL",
        }
    }
}

/// The bench at which things are measured.
pub(crate) struct Bench {
    /// A directory that goes with it.
    pub(crate) dir: PathBuf,
    /// Tiny sizes: only to see that the code works.
    pub(crate) quick: bool,
    cluster: RefCell<Option<Cluster>>,
    count: AtomicU32,
}

impl Bench {
    /// A bench below the directory `above`.
    ///
    /// # Errors
    /// When no directory can be made there.
    pub(crate) fn new(above: &Path, quick: bool) -> Result<Self> {
        // Short: a socket's path may have at most 107 bytes.
        let dir = above.join(format!("lt-bench-{}", std::process::id()));
        std::fs::create_dir(&dir).with_context(|| format!("cannot make {}", dir.display()))?;
        // The database server and nginx run as other users and must pass through.
        std::fs::set_permissions(&dir, std::os::unix::fs::PermissionsExt::from_mode(0o755))?;
        Ok(Self { dir, quick, cluster: RefCell::default(), count: AtomicU32::new(0) })
    }

    /// `full`, or `tiny` in a smoke run.
    pub(crate) const fn size<T: Copy>(&self, full: T, tiny: T) -> T {
        if self.quick { tiny } else { full }
    }

    /// Runs of each case.
    pub(crate) const fn runs(&self) -> usize {
        self.size(5, 1)
    }

    /// An empty report of the measurement `name`, with the machine's facts of this moment.
    ///
    /// # Errors
    /// When the disk cannot be measured.
    pub(crate) fn report(&self, name: &'static str) -> Result<Report> {
        let machine = Machine::look(&self.dir, self.quick)?;
        Ok(Report::new(name, self.quick, machine, MachineClock.now().to_string()))
    }

    /// A directory of one case.
    ///
    /// # Errors
    /// When it cannot be made.
    pub(crate) fn folder(&self) -> Result<PathBuf> {
        let number = self.count.fetch_add(1, Ordering::Relaxed);
        let dir = self.dir.join(format!("{number}"));
        std::fs::create_dir(&dir)?;
        Ok(dir)
    }

    /// Address of a fresh database.
    ///
    /// # Errors
    /// When the server does not start or refuses.
    pub(crate) async fn database(&self, engine: Engine) -> Result<String> {
        match engine {
            Engine::Sqlite => Ok(format!("sqlite:{}", self.folder()?.join("lienthong.db").display())),
            Engine::Postgres => {
                let url = self.with_cluster(|cluster| Ok(cluster.url()))?;
                let name = format!("bench_{}", self.count.fetch_add(1, Ordering::Relaxed));
                Ok(admin::create_database(&url, &name).await?)
            }
        }
    }

    /// The cluster, started at the first use.
    ///
    /// # Errors
    /// When it does not start, or what `work` returns.
    pub(crate) fn with_cluster<T>(&self, work: impl FnOnce(&mut Cluster) -> Result<T>) -> Result<T> {
        let mut held = self.cluster.borrow_mut();
        if held.is_none() {
            *held = Some(Cluster::start(&self.dir)?);
        }
        work(held.as_mut().context("a cluster")?)
    }

    /// The server's process, when the engine has one.
    pub(crate) fn server(&self, engine: Engine) -> Option<u32> {
        match engine {
            Engine::Sqlite => None,
            Engine::Postgres => self.cluster.borrow().as_ref().and_then(Cluster::process),
        }
    }

    /// The ground of a program over a database, with the bench's clock and identifiers.
    ///
    /// # Errors
    /// As [`Ground::open`].
    pub(crate) async fn ground(&self, url: &str) -> Result<Ground> {
        let files = self.folder()?;
        Ground::open(url, &files, CONNECTIONS, Arc::new(Standing), Arc::<Counted>::default()).await
    }

    /// A program over a fresh database with the organisations of the sample, and nothing else of it.
    ///
    /// # Errors
    /// When the database or the sample fails.
    pub(crate) async fn program(&self, url: &str) -> Result<(Ground, Program)> {
        let ground = self.ground(url).await?;
        lt_registry::seed_if_new(&ground.db).await?;
        let config = lt_identity::Config::new("http://127.0.0.1:1".to_owned());
        let program = Program::build(&ground, config)?;
        lienthong::sample::load(&program.host).await?;
        Ok((ground, program))
    }
}

impl Drop for Bench {
    fn drop(&mut self) {
        self.cluster.borrow_mut().take();
        let _ = std::fs::remove_dir_all(&self.dir);
    }
}

/// A clock that stands at 2026-03-02 08:00 in Vietnam, so that both engines are given the same instants.
pub(crate) struct Standing;

impl Clock for Standing {
    fn now(&self) -> Instant {
        Instant::from_micros(1_772_413_200_000_000)
    }
}

/// Identifiers that count, so that both engines are given the same ones. Spread like real ones within a
/// millisecond: the count is scattered over the random bits.
#[derive(Debug, Default)]
pub(crate) struct Counted(AtomicU64);

impl Ids for Counted {
    fn random(&self) -> [u8; 10] {
        let count = self.0.fetch_add(1, Ordering::Relaxed);
        let mut bytes = [0; 10];
        let spread = count.wrapping_mul(0x9e37_79b9_7f4a_7c15).to_be_bytes();
        for (to, from) in bytes.iter_mut().skip(2).zip(spread) {
            *to = from;
        }
        bytes
    }
}
