//! What identity asks about organisations. The registry answers in the program; tests answer themselves.

use std::collections::HashSet;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use lt_kernel::id::OrgId;
use lt_kernel::{Date, Lane};
use lt_module::Trouble;

/// An organisation to choose from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrgLine {
    /// Which.
    pub id: OrgId,
    /// Its name on the day asked about.
    pub name: String,
    /// How deep it lies in the tree, from 0.
    pub depth: usize,
}

/// The organisations as they stand at one revision, in memory.
pub trait Tree: Send + Sync {
    /// Differs between two states.
    fn revision(&self) -> i64;

    /// `org` and everything below it on `day`, all of its lane; only `org` itself when it is unknown or ended.
    fn below(&self, org: OrgId, day: Date) -> HashSet<OrgId>;

    /// Every organisation of a lane, those that ended too.
    fn lane(&self, lane: Lane) -> Arc<HashSet<OrgId>>;

    /// Its name on `day`, or its last one.
    fn name(&self, org: OrgId, day: Date) -> Option<String>;

    /// All that are alive on `day`, each below its parent.
    fn list(&self, day: Date) -> Vec<OrgLine>;
}

/// A tree, sooner or later.
pub type TreeWork<'a> = Pin<Box<dyn Future<Output = Result<Arc<dyn Tree>, Trouble>> + Send + 'a>>;

/// Where the tree comes from.
pub trait Orgs: Send + Sync {
    /// The tree as it stands now.
    fn tree(&self) -> TreeWork<'_>;
}

/// No organisations: for commands that run before there are any.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoOrgs;

impl Tree for NoOrgs {
    fn revision(&self) -> i64 {
        0
    }

    fn below(&self, org: OrgId, _: Date) -> HashSet<OrgId> {
        HashSet::from([org])
    }

    fn lane(&self, _: Lane) -> Arc<HashSet<OrgId>> {
        Arc::default()
    }

    fn name(&self, _: OrgId, _: Date) -> Option<String> {
        None
    }

    fn list(&self, _: Date) -> Vec<OrgLine> {
        Vec::new()
    }
}

impl Orgs for NoOrgs {
    fn tree(&self) -> TreeWork<'_> {
        Box::pin(async { Ok(Arc::new(Self) as Arc<dyn Tree>) })
    }
}
