//! The person behind a request, as far as pages need to know.

use std::collections::HashSet;
use std::sync::Arc;

use lt_contracts::Actor;
use lt_kernel::id::{AccountId, OrgId};
use lt_kernel::{Lane, Lang};

/// How far a permission reaches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scope {
    /// Every organisation, of both lanes.
    All,
    /// Every organisation of one lane, those that ended too.
    Lane(Lane, Arc<HashSet<OrgId>>),
    /// These organisations: the one it was given for and all below it, as of now.
    Orgs(Arc<HashSet<OrgId>>),
}

/// A permission held, and how far it reaches. Of one permission there may be several.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    /// Name of the permission, such as `targets.observe`.
    pub permission: String,
    /// How far it reaches.
    pub scope: Scope,
}

/// Who looks. Put into each request by the identity layer; anonymous has no account and no grants.
#[derive(Debug, Clone, Default)]
pub struct Viewer {
    /// The account, when signed in.
    pub account: Option<AccountId>,
    /// The name shown in the shell.
    pub name: String,
    /// The organisation the person works for at the moment.
    pub org: Option<OrgId>,
    /// Permissions held.
    pub grants: Arc<Vec<Grant>>,
    /// Language of the page.
    pub lang: Lang,
    /// Token every form must send back; empty when there is no session.
    pub csrf: String,
}

impl Viewer {
    /// Whether the permission is held for any organisation.
    #[must_use]
    pub fn holds(&self, permission: &str) -> bool {
        self.grants.iter().any(|grant| grant.permission == permission)
    }

    /// Whether the permission reaches `org`.
    #[must_use]
    pub fn may(&self, permission: &str, org: OrgId) -> bool {
        self.grants.iter().filter(|grant| grant.permission == permission).any(|grant| match &grant.scope {
            Scope::All => true,
            Scope::Lane(_, orgs) | Scope::Orgs(orgs) => orgs.contains(&org),
        })
    }

    /// Whether the permission reaches a whole lane.
    #[must_use]
    pub fn may_lane(&self, permission: &str, lane: Lane) -> bool {
        self.grants.iter().filter(|grant| grant.permission == permission).any(|grant| match &grant.scope {
            Scope::All => true,
            Scope::Lane(held, _) => *held == lane,
            Scope::Orgs(_) => false,
        })
    }

    /// Whether the permission reaches the whole installation, both lanes. Whoever holds it over each lane
    /// apart does not: that is not said of what belongs to neither.
    #[must_use]
    pub fn may_everywhere(&self, permission: &str) -> bool {
        self.grants.iter().any(|grant| grant.permission == permission && grant.scope == Scope::All)
    }

    /// Who to write into a change.
    #[must_use]
    pub fn actor(&self) -> Actor {
        self.account.map_or(Actor::Program, Actor::Account)
    }
}
