//! What a module hands to the program, and what the program hands to a module.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use axum::http::Extensions;
use lt_contracts::Change;
use lt_contracts::indicator::IndicatorSource;
use lt_kernel::id::Ids;
use lt_kernel::{Clock, Lang};
use lt_store::{Db, Migration};
use lt_web::{Routes, Shell};

/// A failure of a job or listener, with its sources.
pub type Trouble = Box<dyn std::error::Error + Send + Sync>;

/// Work that takes a while.
pub type Work = Pin<Box<dyn Future<Output = Result<(), Trouble>> + Send>>;

/// The program as every handler, job and listener sees it. Cheap to clone.
#[derive(Clone)]
pub struct Host {
    /// The database.
    pub db: Db,
    /// Where "now" comes from.
    pub clock: Arc<dyn Clock>,
    /// Where identifiers come from.
    pub ids: Arc<dyn Ids>,
    /// Every module's indicators, in the order of the modules.
    pub indicators: Arc<Vec<Arc<dyn IndicatorSource>>>,
    /// What stands around every page.
    pub shell: Shell,
    /// Shared parts under their types: the files, the registry, the book of verdicts…
    pub parts: Arc<Extensions>,
}

impl Host {
    /// A shared part of the program.
    ///
    /// # Errors
    /// [`NoPart`] when the program was put together without it.
    pub fn part<T: Send + Sync + 'static>(&self) -> Result<&T, NoPart> {
        self.parts.get().ok_or(NoPart(std::any::type_name::<T>()))
    }
}

/// The program was put together without a part that a module needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the program has no {0}")]
pub struct NoPart(&'static str);

/// A permission a role may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Permission {
    /// Name with the module in front, such as `targets.observe`.
    pub name: &'static str,
    /// Key of what it allows, in words.
    pub words_key: &'static str,
}

/// An entry of the main menu.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MenuItem {
    /// Key of its text.
    pub words_key: &'static str,
    /// Where it leads.
    pub href: &'static str,
    /// The permission without which it is not shown; none: shown to everybody.
    pub permission: Option<&'static str>,
}

/// Work done on a schedule.
pub struct Job {
    /// Name with the module in front.
    pub name: &'static str,
    /// Seconds between two runs.
    pub every_seconds: u32,
    /// The work.
    pub run: fn(Host) -> Work,
}

/// Work done for each change that is published.
pub struct Listener {
    /// Name with the module in front; its place in the outbox is kept under this name.
    pub name: &'static str,
    /// Topics it wants, by prefix: `targets.` or `targets.observation.recorded`.
    pub topics: &'static [&'static str],
    /// The work; done at least once for each change, in order.
    pub run: fn(Host, Arc<Change>) -> Work,
}

/// A column that holds the content hash of a kept file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FileColumn {
    /// The table.
    pub table: &'static str,
    /// The column.
    pub column: &'static str,
}

/// A module: everything the program needs to know to run it.
pub struct Module {
    /// Its name: the folder, the prefix of tables, words and permissions.
    pub name: &'static str,
    /// Its schema, in steps.
    pub migrations: &'static [Migration],
    /// Its words as Fluent text, per language.
    pub words: &'static [(Lang, &'static str)],
    /// Where it keeps the content hashes of files, so that a file that is gone is missed.
    pub files: &'static [FileColumn],
    /// Its routes.
    pub routes: Routes<Host>,
    /// What roles may be allowed.
    pub permissions: &'static [Permission],
    /// Menu entries.
    pub menu: &'static [MenuItem],
    /// Scheduled work.
    pub jobs: Vec<Job>,
    /// Listening work.
    pub listeners: Vec<Listener>,
    /// Makes its indicators, once the host stands.
    pub indicators: Option<fn(Host) -> Arc<dyn IndicatorSource>>,
}
