//! What a person is allowed, kept in memory until something changes.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use lt_kernel::id::{OrgId, PersonId};
use lt_kernel::{Date, Instant};
use lt_web::Grant;

use crate::error::IdentityError;
use crate::memberships::{model, store};
use crate::orgs::Tree;
use crate::service::Identity;

/// What a person may do, and where they belong.
#[derive(Debug, Clone, Default)]
pub struct Allowed {
    /// Permissions and their reach.
    pub grants: Arc<Vec<Grant>>,
    /// The organisation of the membership that began first.
    pub org: Option<OrgId>,
    /// Whether a role demands a second factor.
    pub needs_second_factor: bool,
}

/// What the memory was made from; anything else makes it worthless.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stamp {
    counter: i64,
    revision: i64,
    day: Date,
}

/// Memory of grants, per person; and of the tree, asked for at most once a second.
#[derive(Default)]
pub(crate) struct GrantCache {
    people: Mutex<HashMap<PersonId, (Stamp, Allowed)>>,
    tree: Mutex<Option<(Instant, Arc<dyn Tree>)>>,
}

/// People remembered at once.
const REMEMBERED: usize = 10_000;
/// Microseconds for which the tree of organisations is not asked for again. Only a reorganisation is seen so
/// much later; what is given to or taken from a person counts at once.
const TREE_MICROS: i64 = 1_000_000;

impl Identity {
    /// The tree of organisations.
    ///
    /// # Errors
    /// [`IdentityError::Orgs`] when it cannot be read.
    pub async fn tree(&self) -> Result<Arc<dyn Tree>, IdentityError> {
        let now = self.host().clock.now();
        let kept = self.0.grants.tree.lock().unwrap_or_else(PoisonError::into_inner).clone();
        // A clock that was set back makes the memory worthless too, not eternal.
        if let Some((at, tree)) = kept.filter(|(at, _)| (0..TREE_MICROS).contains(&(now.micros() - at.micros()))) {
            let _ = at;
            return Ok(tree);
        }
        let tree = self.0.orgs.tree().await.map_err(IdentityError::Orgs)?;
        *self.0.grants.tree.lock().unwrap_or_else(PoisonError::into_inner) = Some((now, Arc::clone(&tree)));
        Ok(tree)
    }

    /// What `person` may do today, `counter` being the counter of grants just read.
    ///
    /// # Errors
    /// [`IdentityError`] when memberships or the tree cannot be read.
    pub(crate) async fn allowed(&self, person: PersonId, counter: i64) -> Result<Allowed, IdentityError> {
        let tree = self.tree().await?;
        let day = self.host().clock.today();
        let stamp = Stamp { counter, revision: tree.revision(), day };
        let cache = &self.0.grants.people;
        if let Some((kept, allowed)) = cache.lock().unwrap_or_else(PoisonError::into_inner).get(&person)
            && *kept == stamp
        {
            return Ok(allowed.clone());
        }
        // Read after the counter: at worst newer than its stamp, and then read once more.
        let current = store::current(&self.host().db, person, day).await?;
        let grants = model::grants(&current, |org| tree.below(org, day), |lane| tree.lane(lane));
        let demands = |membership: &model::Membership| membership.role().is_some_and(|role| role.second_factor);
        let allowed = Allowed {
            grants: Arc::new(grants),
            org: current.iter().find_map(|membership| membership.place.org()),
            needs_second_factor: current.iter().any(demands),
        };
        let mut cache = cache.lock().unwrap_or_else(PoisonError::into_inner);
        if cache.len() >= REMEMBERED {
            cache.clear();
        }
        cache.insert(person, (stamp, allowed.clone()));
        Ok(allowed)
    }
}
