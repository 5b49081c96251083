//! Signing in and out: what happens between the form and the cookie.

use std::net::IpAddr;

use lt_contracts::{Actor, Change};
use lt_kernel::Said;
use lt_kernel::id::AccountId;
use lt_store::{StoreError, Unit};

use crate::accounts::model::{Failed, Refused};
use crate::accounts::store::{self as accounts, Record};
use crate::error::IdentityError;
use crate::password::HashTrouble;
use crate::second_factor::{recovery, totp};
use crate::secret::{SecretString, digest, new_token};
use crate::service::{Identity, login_key};
use crate::sessions::model::{Session, SessionId, Stage};
use crate::sessions::store as sessions;

/// What a try to sign in led to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Signed in: the token for the cookie.
    SignedIn(SecretString),
    /// The password was right; the token of a session that waits for the code.
    NeedsCode(SecretString),
    /// Something was wrong. What it was is nobody's business.
    Refused,
    /// Too many tries: seconds to wait.
    Wait(i64),
    /// Too many people sign in at this moment.
    Busy,
}

/// How often a write that was overtaken is decided again.
const AGAIN: usize = 8;

/// Where a try comes from.
#[derive(Debug, Clone, Copy)]
pub(crate) struct From<'a> {
    /// Address.
    pub(crate) address: Option<IpAddr>,
    /// Short description of the browser.
    pub(crate) agent: &'a str,
}

impl Identity {
    /// Tries to sign in by name and password.
    pub(crate) async fn sign_in(
        &self,
        login: &str,
        password: SecretString,
        from: From<'_>,
    ) -> Result<Outcome, IdentityError> {
        let key = login_key(login);
        if let Err(wait) = self.0.throttle.take(&key, from.address, self.host().clock.now()) {
            return Ok(Outcome::Wait(wait.seconds));
        }
        let found = accounts::by_login(&self.host().db, &key).await?;
        let stored = found.as_ref().and_then(|record| record.password.as_deref());
        let right = match self.0.hasher.verify(password.clone(), stored).await {
            Ok(right) => right,
            Err(HashTrouble::Busy) => return Ok(Outcome::Busy),
            Err(error) => return Err(error.into()),
        };
        let Some(record) = found else {
            self.waste_a_write().await?;
            return Ok(Outcome::Refused);
        };
        if !right {
            self.count_failure(record.account.id).await?;
            return Ok(Outcome::Refused);
        }
        let outdated = stored_is_outdated(self, &record);
        let outcome = self.enter(record.account.id, false, from).await?;
        if outdated && matches!(outcome, Outcome::SignedIn(_) | Outcome::NeedsCode(_)) {
            let hash = self.0.hasher.hash(password).await?;
            let mut unit = Unit::new();
            accounts::set_password(&mut unit, record.account.id, &hash);
            self.host().db.commit(unit).await?;
        }
        Ok(outcome)
    }

    /// Lets somebody in who proved to be the owner of the account; `strong` when that proof was a second
    /// factor too.
    pub(crate) async fn enter(&self, id: AccountId, strong: bool, from: From<'_>) -> Result<Outcome, IdentityError> {
        for _ in 0..AGAIN {
            let Some(record) = accounts::by_id(&self.host().db, id).await? else { return Ok(Outcome::Refused) };
            let now = self.host().clock.now();
            let mut account = record.account.clone();
            if account.succeed(now).is_err() {
                self.waste_a_write().await?;
                return Ok(Outcome::Refused);
            }
            let waits = record.has_second_factor() && !strong;
            let mut unit = Unit::new();
            if waits {
                // The failures stay: whoever knows the password may not guess codes for ever.
                account = record.account.clone();
            }
            accounts::save(&mut unit, &account);
            let stage = if waits { Stage::SecondFactor } else { Stage::Full };
            let token = self.begin(&mut unit, id, (stage, strong), from.agent)?;
            if !waits {
                accounts::signed_in(&mut unit, id, now);
                unit.emit(Change::new(Actor::Account(id), "identity.session", id, "signed_in"));
            }
            match self.host().db.commit(unit).await {
                Ok(_) if waits => return Ok(Outcome::NeedsCode(token)),
                Ok(_) => return Ok(Outcome::SignedIn(token)),
                Err(StoreError::Stale) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(Outcome::Busy)
    }

    /// Tries the code of the second factor, or a recovery code, for a session that waits for it.
    pub(crate) async fn second_step(
        &self,
        waiting: &Session,
        typed: &str,
        from: From<'_>,
    ) -> Result<Outcome, IdentityError> {
        let id = waiting.account;
        let Some(record) = accounts::by_id(&self.host().db, id).await? else { return Ok(Outcome::Refused) };
        let now = self.host().clock.now();
        if let Err(wait) = self.0.throttle.take(&login_key(&record.account.login), from.address, now) {
            return Ok(Outcome::Wait(wait.seconds));
        }
        let mut account = record.account.clone();
        let Some(totp) = record.totp.filter(|totp| totp.confirmed.is_some()) else { return Ok(Outcome::Refused) };
        if account.succeed(now).is_err() {
            return Ok(Outcome::Refused);
        }
        let mut unit = Unit::new();
        let digits = typed.chars().filter(char::is_ascii_alphanumeric).count();
        let mut verb = "signed_in";
        if digits > 6 {
            accounts::use_recovery(&mut unit, id, &recovery::stored(typed));
            verb = "signed_in_by_recovery_code";
        } else if let Some(counter) = totp::check(&totp.secret, typed, now, totp.counter) {
            accounts::use_totp(&mut unit, id, counter);
        } else {
            self.count_failure(id).await?;
            return Ok(Outcome::Refused);
        }
        accounts::save(&mut unit, &account);
        sessions::end(&mut unit, id, waiting.id);
        let token = self.begin(&mut unit, id, (Stage::Full, true), from.agent)?;
        accounts::signed_in(&mut unit, id, now);
        unit.emit(Change::new(Actor::Account(id), "identity.session", id, verb));
        match self.host().db.commit(unit).await {
            Ok(_) => Ok(Outcome::SignedIn(token)),
            // No such recovery code, or the code was used at this very moment: both are wrong codes.
            Err(StoreError::Stale) => {
                self.count_failure(id).await?;
                Ok(Outcome::Refused)
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Adds a session to `unit`; its token.
    pub(crate) fn begin(
        &self,
        unit: &mut Unit,
        account: AccountId,
        (stage, strong): (Stage, bool),
        agent: &str,
    ) -> Result<SecretString, IdentityError> {
        let now = self.host().clock.now();
        let token = new_token(self.config().secrets.as_ref())?;
        let id = SessionId(self.host().ids.next(now));
        let session = Session { id, account, stage, strong, created: now, last_seen: now };
        sessions::insert(unit, &session, digest(token.expose()), agent);
        Ok(token)
    }

    /// Counts a wrong password or code, also when others count at the same time.
    pub(crate) async fn count_failure(&self, id: AccountId) -> Result<(), IdentityError> {
        for _ in 0..AGAIN {
            let Some(record) = accounts::by_id(&self.host().db, id).await? else { return Ok(()) };
            let mut account = record.account.clone();
            let Ok(failed) = account.fail(self.host().clock.now()) else { return self.waste_a_write().await };
            let mut unit = Unit::new();
            accounts::save(&mut unit, &account);
            if failed == Failed::Locked {
                unit.emit(accounts::change(Actor::Program, "locked", Some(&record.account), &account));
                tracing::warn!(account = %id, "an account was locked after repeated failures");
            }
            match self.host().db.commit(unit).await {
                Ok(_) => return Ok(()),
                Err(StoreError::Stale) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Err(StoreError::Stale.into())
    }

    /// Writes as much as counting a failure does: the answer takes as long whether the name is known or not.
    async fn waste_a_write(&self) -> Result<(), IdentityError> {
        let mut unit = Unit::new();
        accounts::count_nothing(&mut unit);
        self.host().db.commit(unit).await?;
        Ok(())
    }

    /// Ends a session.
    pub(crate) async fn sign_out(&self, session: &Session) -> Result<(), IdentityError> {
        let mut unit = Unit::new();
        sessions::forget(&mut unit, session.id);
        unit.emit(Change::new(Actor::Account(session.account), "identity.session", session.account, "signed_out"));
        self.host().db.commit(unit).await?;
        Ok(())
    }

    /// Whether `password` is the account's own; counts a failure when not.
    ///
    /// # Errors
    /// [`IdentityError::Refused`] when it is wrong or may not be tried now.
    pub(crate) async fn prove(&self, record: &Record, password: SecretString) -> Result<(), IdentityError> {
        let now = self.host().clock.now();
        if let Err(wait) = self.0.throttle.take(&login_key(&record.account.login), None, now) {
            return Err(Said::new("identity-sign-in-wait").with("seconds", wait.seconds).into());
        }
        record.account.admits(now).map_err(Refused::said)?;
        if self.0.hasher.verify(password, record.password.as_deref()).await? {
            return Ok(());
        }
        self.count_failure(record.account.id).await?;
        Err(Said::new("identity-password-wrong").into())
    }
}

fn stored_is_outdated(identity: &Identity, record: &Record) -> bool {
    record.password.as_deref().is_some_and(|stored| identity.0.hasher.is_outdated(stored))
}
