//! Giving and ending memberships.

use lt_kernel::id::PersonId;
use lt_kernel::{Date, Interval, Said};
use lt_store::{StoreError, Unit};
use lt_web::Viewer;

use super::model::{self, Membership, MembershipId, Place, Refused};
use super::store;
use crate::error::IdentityError;
use crate::service::Identity;

impl Identity {
    /// `giver` gives `person` a role.
    ///
    /// # Errors
    /// [`IdentityError::Refused`] with the reason, or the store's.
    pub async fn give(
        &self,
        giver: &Viewer,
        person: PersonId,
        (place, role): (Place, &str),
        during: Interval,
    ) -> Result<Membership, IdentityError> {
        let (host, now) = (self.host(), self.host().clock.now());
        if crate::people::store::by_id(&host.db, person).await?.is_none() {
            return Err(IdentityError::NotFound);
        }
        let has = store::of_person(&host.db, person).await?;
        let id = MembershipId(host.ids.next(now));
        let membership =
            model::give(giver, person, (place, role), during, (id, &has)).map_err(|refused| refused.said())?;
        let mut unit = Unit::new();
        store::insert(&mut unit, giver.actor(), &membership);
        match host.db.commit(unit).await {
            Ok(_) => Ok(membership),
            Err(StoreError::Constraint(_)) => Err(Refused::Overlaps.said().into()),
            Err(error) => Err(error.into()),
        }
    }

    /// `by` ends a membership with the day before `day`.
    ///
    /// # Errors
    /// [`IdentityError::Refused`] with the reason, or the store's.
    pub async fn end_membership(&self, by: &Viewer, id: MembershipId, day: Date) -> Result<Membership, IdentityError> {
        let db = &self.host().db;
        let before = store::by_id(db, id).await?.ok_or(IdentityError::NotFound)?;
        let others = store::administrators(db).await?;
        let mut after = before.clone();
        after.end(by, day, &others).map_err(|refused| refused.said())?;
        let mut unit = Unit::new();
        store::save_end(&mut unit, by.actor(), &before, &after);
        db.commit(unit).await?;
        Ok(after)
    }

    /// Whether `manager` reaches somebody: through a membership of today or to come, or as manager of all.
    /// Whoever belongs nowhere yet is reached by every manager: somebody must give the first role.
    ///
    /// # Errors
    /// The store's.
    pub(crate) async fn reaches_person(
        &self,
        manager: &Viewer,
        permission: &str,
        person: PersonId,
    ) -> Result<bool, IdentityError> {
        if model::reaches(manager, permission, Place::Everywhere) {
            return Ok(true);
        }
        if !manager.holds(permission) {
            return Ok(false);
        }
        let today = self.host().clock.today();
        let held = store::of_person(&self.host().db, person).await?;
        let live: Vec<_> = held.iter().filter(|one| one.during.to.is_none_or(|to| to > today)).collect();
        // Everything the person holds must be in reach: a password reset is as good as all their roles.
        Ok(live.iter().all(|one| model::reaches(manager, permission, one.place)))
    }

    /// Refuses unless `manager` may manage `person`.
    pub(crate) async fn must_reach(&self, manager: &Viewer, person: PersonId) -> Result<(), IdentityError> {
        if !manager.holds(model::MANAGE) {
            return Err(IdentityError::Forbidden);
        }
        if self.reaches_person(manager, model::MANAGE, person).await? {
            return Ok(());
        }
        Err(Said::new("identity-membership-out-of-reach").into())
    }
}
