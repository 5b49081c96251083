//! Signing in and linking through the provider.

use lt_contracts::{Actor, Change};
use lt_kernel::Said;
use lt_kernel::id::{AccountId, PersonId, Uuid};
use lt_store::{StoreError, Unit, params};

use super::jwt::Claims;
use crate::accounts::model::{Account, State};
use crate::accounts::store;
use crate::error::IdentityError;
use crate::people::model::{BadPerson, Person};
use crate::service::{Identity, login_key};

/// A link as it stands in a change.
#[derive(serde::Serialize)]
struct Shown<'a> {
    account: AccountId,
    issuer: &'a str,
    subject: &'a str,
}

impl Identity {
    /// The account of a believed subject, made when that is configured.
    ///
    /// # Errors
    /// [`IdentityError::Refused`] when there is no link and none is made.
    pub(crate) async fn account_of(&self, issuer: &str, claims: &Claims) -> Result<AccountId, IdentityError> {
        if let Some(record) = store::by_link(&self.host().db, issuer, &claims.sub).await? {
            return Ok(record.account.id);
        }
        let provides = self.0.oidc.as_ref().is_some_and(|client| client.config.provision);
        if !provides {
            return Err(Said::new("identity-provider-no-link").into());
        }
        self.provide(issuer, claims).await
    }

    /// Makes person, account and link, without any role and without a password.
    async fn provide(&self, issuer: &str, claims: &Claims) -> Result<AccountId, IdentityError> {
        let (host, now) = (self.host(), self.host().clock.now());
        let told = claims.name.as_deref().or(claims.preferred_username.as_deref()).unwrap_or(&claims.sub);
        let person = Person::new(PersonId(host.ids.next(now)), told, None, None).map_err(BadPerson::said)?;
        let id = AccountId(host.ids.next(now));
        // Never the provider's name for the person: it might be the login name of somebody here.
        let login = format!("oidc-{}", id.0.simple());
        let account =
            Account { id, person: person.id, login: login.clone(), state: State::Active, failures: 0, version: 1 };
        let mut unit = Unit::new();
        crate::people::store::insert(&mut unit, Actor::Program, &person, &login, now);
        store::insert(&mut unit, &account, &login_key(&login), None, now);
        unit.emit(store::change(Actor::Program, "created", None, &account));
        self.add_link(&mut unit, Actor::Program, id, (issuer, &claims.sub));
        host.db.commit(unit).await?;
        Ok(id)
    }

    fn add_link(&self, unit: &mut Unit, actor: Actor, account: AccountId, (issuer, subject): (&str, &str)) {
        let now = self.host().clock.now();
        let id = self.host().ids.next(now);
        unit.run(
            "INSERT INTO identity_link (id, account, issuer, subject, created) VALUES ($1, $2, $3, $4, $5)",
            params![id, account, issuer, subject, now],
        );
        unit.emit(Change::new(actor, "identity.link", id, "made").after(&Shown { account, issuer, subject }));
    }

    /// Ties a believed subject to the account that is signed in.
    ///
    /// # Errors
    /// [`IdentityError::Refused`] when the subject is tied to an account already.
    pub(crate) async fn link(&self, account: AccountId, issuer: &str, claims: &Claims) -> Result<(), IdentityError> {
        let mut unit = Unit::new();
        self.add_link(&mut unit, Actor::Account(account), account, (issuer, &claims.sub));
        match self.host().db.commit(unit).await {
            Ok(_) => Ok(()),
            Err(StoreError::Constraint(_)) => Err(Said::new("identity-provider-linked-already").into()),
            Err(error) => Err(error.into()),
        }
    }

    /// Removes a link of the account; stale when it has none of that id.
    pub(crate) async fn unlink(&self, account: AccountId, id: Uuid) -> Result<(), IdentityError> {
        let links = store::links(&self.host().db, account).await?;
        let (_, issuer, subject) = links.iter().find(|(own, ..)| *own == id).ok_or(StoreError::Stale)?;
        let mut unit = Unit::new();
        unit.run("DELETE FROM identity_link WHERE id = $1 AND account = $2", params![id, account]).expect_rows(1);
        let change = Change::new(Actor::Account(account), "identity.link", id, "removed");
        unit.emit(change.before(&Shown { account, issuer, subject }));
        self.host().db.commit(unit).await?;
        Ok(())
    }
}
