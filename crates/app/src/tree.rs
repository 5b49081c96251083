//! The registry, as identity asks about it.

use std::collections::HashSet;
use std::sync::Arc;

use lt_identity::orgs::{OrgLine, Orgs, Tree, TreeWork};
use lt_kernel::id::OrgId;
use lt_kernel::{Date, Lane};
use lt_registry::Registry;
use lt_registry::directory::Directory;

/// Answers identity's questions from the registry.
pub struct RegistryTree(pub Registry);

struct Snapshot(Arc<Directory>);

impl Orgs for RegistryTree {
    fn tree(&self) -> TreeWork<'_> {
        Box::pin(async move { Ok(Arc::new(Snapshot(self.0.directory().await?)) as Arc<dyn Tree>) })
    }
}

impl Tree for Snapshot {
    fn revision(&self) -> i64 {
        self.0.revision()
    }

    fn below(&self, org: OrgId, day: Date) -> HashSet<OrgId> {
        let mut found = self.0.descendants(org, day);
        found.insert(org);
        found
    }

    fn lane(&self, lane: Lane) -> Arc<HashSet<OrgId>> {
        self.0.of_lane(lane)
    }

    fn name(&self, org: OrgId, day: Date) -> Option<String> {
        self.0.name(org, day).map(ToString::to_string)
    }

    fn list(&self, day: Date) -> Vec<OrgLine> {
        let name = |id| self.0.name(id, day).unwrap_or_default().to_owned();
        self.0.tree(day).into_iter().map(|(depth, id)| OrgLine { id, name: name(id), depth }).collect()
    }
}
