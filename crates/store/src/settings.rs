//! How a database is opened.

use std::fmt;
use std::sync::Arc;

use lt_kernel::Clock;

/// How a database is opened.
#[derive(Clone)]
pub struct Settings {
    /// Stamps every change at commit, so that nothing can forget to.
    pub clock: Arc<dyn Clock>,
    /// Connections kept at most: of the pool on PostgreSQL, of idle readers on `SQLite`. At least 2.
    pub connections: usize,
    /// Page cache of each `SQLite` connection, in MiB.
    pub cache_mib: u32,
    /// What is broken on purpose; only tests set it, no configuration reaches it.
    pub fault: Fault,
}

impl Settings {
    /// The usual settings with `clock` as the source of "now".
    #[must_use]
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        Self { clock, connections: 16, cache_mib: 32, fault: Fault::None }
    }
}

impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Settings")
            .field("connections", &self.connections)
            .field("cache_mib", &self.cache_mib)
            .field("fault", &self.fault)
            .finish_non_exhaustive()
    }
}

/// A protection taken out, so that a test can show that it is needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Fault {
    /// Nothing is broken.
    #[default]
    None,
    /// Callers are answered before COMMIT, which then comes 30 ms later: what a careless store does.
    AcknowledgeEarly,
    /// COMMIT fails and nothing is stored.
    LoseCommit,
    /// COMMIT succeeds, but its answer is lost.
    LoseAnswer,
}
