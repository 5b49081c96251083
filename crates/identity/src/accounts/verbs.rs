//! What managers and owners do with accounts: decide in the model, store with the change.

use lt_contracts::Actor;
use lt_kernel::Said;
use lt_kernel::id::{AccountId, PersonId};
use lt_store::{StoreError, Unit};

use super::model::{Account, Refused, State, login_name};
use super::store::{self, Record};
use crate::error::IdentityError;
use crate::people::model::Person;
use crate::second_factor::{recovery, totp};
use crate::secret::{SecretString, readable_password};
use crate::service::{Identity, login_key};
use crate::sessions::model::{Session, Stage};
use crate::{password, people, sessions, tokens};

/// A person and an account to be made.
#[derive(Debug, Clone, Copy)]
pub struct NewAccount<'a> {
    /// Display name.
    pub name: &'a str,
    /// Address for mail.
    pub email: Option<&'a str>,
    /// Telephone number.
    pub phone: Option<&'a str>,
    /// Login name.
    pub login: &'a str,
    /// Whether it belongs to the sample: then its first password stays.
    pub sample: bool,
}

/// A verb of the model.
type Verb = fn(&mut Account) -> Result<(), Refused>;

/// Why a person and account are not made, with the field it concerns.
pub(crate) type Fault = (&'static str, Said);

impl Identity {
    /// Makes a person with an account and a random first password, which is returned and stored nowhere.
    ///
    /// # Errors
    /// [`IdentityError::Refused`] for a name that is taken or cannot be one; the store's.
    pub async fn create_account(
        &self,
        actor: Actor,
        new: NewAccount<'_>,
    ) -> Result<(PersonId, AccountId, SecretString), IdentityError> {
        let made = self.create(actor, new).await?;
        made.map_err(|(_, said)| said.into())
    }

    /// As [`Self::create_account`], telling which field is at fault.
    pub(crate) async fn create(
        &self,
        actor: Actor,
        new: NewAccount<'_>,
    ) -> Result<Result<(PersonId, AccountId, SecretString), Fault>, IdentityError> {
        let mut unit = Unit::new();
        let drafted = match self.draft(&mut unit, actor, new).await? {
            Ok(drafted) => drafted,
            Err(fault) => return Ok(Err(fault)),
        };
        match self.host().db.commit(unit).await {
            Ok(_) => Ok(Ok(drafted)),
            // Two managers chose the same name at once: the database kept the first.
            Err(StoreError::Constraint(_)) => {
                Ok(Err(("login", Said::new("identity-login-taken").with("login", new.login))))
            }
            Err(error) => Err(error.into()),
        }
    }

    /// As [`Self::create`], added to a unit that is committed by the caller.
    pub(crate) async fn draft(
        &self,
        unit: &mut Unit,
        actor: Actor,
        new: NewAccount<'_>,
    ) -> Result<Result<(PersonId, AccountId, SecretString), Fault>, IdentityError> {
        let (host, now) = (self.host(), self.host().clock.now());
        let id = PersonId(host.ids.next(now));
        let person = match Person::new(id, new.name, new.email, new.phone) {
            Ok(person) => Person { sample: new.sample, ..person },
            Err(bad) => return Ok(Err((bad.field(), bad.said()))),
        };
        let login = match login_name(&lt_kernel::text::clean_line(new.login)) {
            Ok(login) => login,
            Err(bad) => return Ok(Err(("login", bad.said()))),
        };
        let key = login_key(&login);
        if store::by_login(&host.db, &key).await?.is_some() {
            return Ok(Err(("login", Said::new("identity-login-taken").with("login", &login))));
        }
        let word = readable_password(self.config().secrets.as_ref())?;
        let hash = self.0.hasher.hash(word.clone()).await?;
        let state = if new.sample { State::Active } else { State::MustChangePassword };
        let account_id = AccountId(host.ids.next(now));
        let account = Account { id: account_id, person: id, login: login.clone(), state, failures: 0, version: 1 };
        people::store::insert(unit, actor, &person, &login, now);
        store::insert(unit, &account, &key, Some(&hash), now);
        unit.emit(store::change(actor, "created", None, &account));
        Ok(Ok((id, account_id, word)))
    }

    /// Reads an account, lets `verb` change it, stores it with a change; once more when overtaken.
    async fn alter(
        &self,
        actor: Actor,
        id: AccountId,
        (name, verb): (&str, impl Fn(&mut Account) -> Result<(), Refused>),
        more: impl Fn(&mut Unit),
    ) -> Result<(), IdentityError> {
        for _ in 0..3 {
            let record = self.account(id).await?;
            let mut after = record.account.clone();
            verb(&mut after).map_err(Refused::said)?;
            let mut unit = Unit::new();
            store::save(&mut unit, &after);
            more(&mut unit);
            unit.emit(store::change(actor, name, Some(&record.account), &after));
            match self.host().db.commit(unit).await {
                Ok(_) => return Ok(()),
                Err(StoreError::Stale) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Err(StoreError::Stale.into())
    }

    /// The account.
    ///
    /// # Errors
    /// [`IdentityError::NotFound`], or the store's.
    pub(crate) async fn account(&self, id: AccountId) -> Result<Record, IdentityError> {
        store::by_id(&self.host().db, id).await?.ok_or(IdentityError::NotFound)
    }

    /// Opens a lock.
    pub(crate) async fn unlock(&self, actor: Actor, id: AccountId) -> Result<(), IdentityError> {
        self.alter(actor, id, ("unlocked", Account::unlock), |_| {}).await
    }

    /// Shuts an account, ends its sessions and takes its tokens back. The last administrator stays.
    pub(crate) async fn disable(&self, actor: Actor, id: AccountId) -> Result<(), IdentityError> {
        let by = if let Actor::Account(by) = actor { Some(by) } else { None };
        let (now, today) = (self.host().clock.now(), self.host().clock.today());
        let person = self.account(id).await?.account.person;
        let administrators = crate::memberships::store::administrators(&self.host().db).await?;
        let rules = |of_person: bool| {
            administrators.iter().any(|held| (held.person == person) == of_person && held.during.holds(today))
        };
        if rules(true) && !rules(false) {
            return Err(crate::memberships::model::Refused::LastAdministrator.said().into());
        }
        let ends = |unit: &mut Unit| {
            sessions::store::end_all(unit, id, None);
            tokens::store::revoke_all(unit, id, now);
            store::raise_grants(unit);
        };
        self.alter(actor, id, ("disabled", |account: &mut Account| account.disable(by)), ends).await
    }

    /// Opens a shut account, with a new first password.
    pub(crate) async fn enable(&self, actor: Actor, id: AccountId) -> Result<SecretString, IdentityError> {
        self.new_password(actor, id, ("enabled", Account::enable)).await
    }

    /// Sets a new first password and ends all sessions.
    pub(crate) async fn reset_password(&self, actor: Actor, id: AccountId) -> Result<SecretString, IdentityError> {
        self.new_password(actor, id, ("password_reset", Account::reset_password)).await
    }

    async fn new_password(
        &self,
        actor: Actor,
        id: AccountId,
        verb: (&str, Verb),
    ) -> Result<SecretString, IdentityError> {
        let word = readable_password(self.config().secrets.as_ref())?;
        let hash = self.0.hasher.hash(word.clone()).await?;
        let ends = |unit: &mut Unit| {
            store::set_password(unit, id, &hash);
            sessions::store::end_all(unit, id, None);
        };
        self.alter(actor, id, verb, ends).await?;
        Ok(word)
    }

    /// A manager removes a second factor whose owner lost phone and recovery codes.
    pub(crate) async fn remove_second_factor(&self, actor: Actor, id: AccountId) -> Result<(), IdentityError> {
        self.account(id).await?;
        let mut unit = Unit::new();
        store::remove_totp(&mut unit, id);
        sessions::store::end_all(&mut unit, id, None);
        unit.emit(store::second_factor(actor, id, "second_factor_removed", false));
        Ok(self.host().db.commit(unit).await.map(|_| ())?)
    }

    /// The owner changes the password; all other sessions end, and this one gets a new token.
    pub(crate) async fn change_password(
        &self,
        session: &Session,
        (old, new): (SecretString, SecretString),
        agent: &str,
    ) -> Result<Result<SecretString, Fault>, IdentityError> {
        let record = self.account(session.account).await?;
        match self.prove(&record, old.clone()).await {
            Err(IdentityError::Refused(said)) => return Ok(Err(("old", said))),
            other => other?,
        }
        if old == new {
            return Ok(Err(("new", Said::new("identity-password-same"))));
        }
        if let Err(unfit) = password::judge(new.expose(), &record.account.login) {
            return Ok(Err(("new", unfit.said())));
        }
        let (now, hash) = (self.host().clock.now(), self.0.hasher.hash(new).await?);
        let mut after = record.account.clone();
        after.change_password(now).map_err(Refused::said)?;
        let mut unit = Unit::new();
        store::save(&mut unit, &after);
        store::set_password(&mut unit, after.id, &hash);
        sessions::store::end_all(&mut unit, after.id, None);
        let token = self.begin(&mut unit, after.id, (Stage::Full, session.strong), agent)?;
        let actor = Actor::Account(after.id);
        unit.emit(store::change(actor, "password_changed", Some(&record.account), &after));
        self.host().db.commit(unit).await?;
        Ok(Ok(token))
    }

    /// The secret of a second factor begun but not proved; made when there is none.
    pub(crate) async fn begin_second_factor(&self, id: AccountId) -> Result<Vec<u8>, IdentityError> {
        let record = self.account(id).await?;
        match record.totp {
            Some(totp) if totp.confirmed.is_some() => Err(Said::new("identity-second-factor-is-there").into()),
            Some(totp) => Ok(totp.secret),
            None => {
                let secret = totp::new_secret(self.config().secrets.as_ref())?;
                let mut unit = Unit::new();
                store::begin_totp(&mut unit, id, &secret);
                self.host().db.commit(unit).await?;
                Ok(secret)
            }
        }
    }

    /// The owner proves to have the secret; recovery codes to show once, and a new token for this session.
    pub(crate) async fn confirm_second_factor(
        &self,
        session: &Session,
        typed: &str,
        agent: &str,
    ) -> Result<Result<(Vec<SecretString>, SecretString), Fault>, IdentityError> {
        let id = session.account;
        let record = self.account(id).await?;
        let now = self.host().clock.now();
        let Some(begun) = record.totp.filter(|totp| totp.confirmed.is_none()) else {
            return Err(Said::new("identity-second-factor-is-there").into());
        };
        let Some(counter) = totp::check(&begun.secret, typed, now, None) else {
            return Ok(Err(("code", Said::new("identity-second-factor-wrong"))));
        };
        let codes = recovery::new_codes(self.config().secrets.as_ref())?;
        let mut unit = Unit::new();
        store::confirm_totp(&mut unit, id, &begun.secret, counter, now);
        store::set_recovery(&mut unit, id, codes.iter().map(|code| recovery::stored(code.expose())).collect());
        // Sessions that never saw a code end; this one goes on under a new token.
        sessions::store::end_all(&mut unit, id, None);
        let token = self.begin(&mut unit, id, (Stage::Full, true), agent)?;
        unit.emit(store::second_factor(Actor::Account(id), id, "second_factor_begun", true));
        self.host().db.commit(unit).await?;
        Ok(Ok((codes, token)))
    }
}
