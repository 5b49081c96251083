//! SQL of accounts: reads, and functions that add to a unit.

use lt_contracts::{Actor, Change};
use lt_kernel::Instant;
use lt_kernel::id::{AccountId, PersonId};
use lt_store::{Db, Row, StoreError, Unit, params};

use super::model::{Account, LockReason, State};

/// The second factor of an account as stored.
#[derive(Clone, PartialEq, Eq)]
pub struct Totp {
    /// The shared secret.
    pub secret: Vec<u8>,
    /// When its owner proved to have it; before, it protects nothing.
    pub confirmed: Option<Instant>,
    /// The counter of the last code taken.
    pub counter: Option<i64>,
}

/// An account with what signing in needs.
#[derive(Clone, PartialEq, Eq)]
pub struct Record {
    /// State, failures, version.
    pub account: Account,
    /// PHC string; none for accounts that sign in by a provider only.
    pub password: Option<String>,
    /// The second factor, when one was begun.
    pub totp: Option<Totp>,
    /// The last sign-in.
    pub last_sign_in: Option<Instant>,
}

impl Record {
    /// Whether a confirmed second factor protects it.
    #[must_use]
    pub fn has_second_factor(&self) -> bool {
        self.totp.as_ref().is_some_and(|totp| totp.confirmed.is_some())
    }
}

/// What a change says of an account: never a secret.
#[derive(serde::Serialize)]
pub struct Shown<'a> {
    login: &'a str,
    person: PersonId,
    #[serde(flatten)]
    state: State,
}

impl Account {
    /// What may stand in a change.
    #[must_use]
    pub fn shown(&self) -> Shown<'_> {
        Shown { login: &self.login, person: self.person, state: self.state }
    }
}

/// The state in the columns of `row`.
///
/// # Errors
/// [`StoreError::Column`] when they do not make a state.
pub(crate) fn state_of(row: &Row) -> Result<State, StoreError> {
    let word: String = row.get("state")?;
    Ok(match word.as_str() {
        "active" => State::Active,
        "must_change_password" => State::MustChangePassword,
        "disabled" => State::Disabled,
        "locked" => State::Locked {
            until: row.get("locked_until")?,
            reason: row
                .get::<Option<String>>("lock_reason")?
                .and_then(|word| LockReason::from_word(&word))
                .unwrap_or(LockReason::Failures),
            must_change: row.get("must_change")?,
        },
        _ => return Err(StoreError::Column("state".to_owned())),
    })
}

fn record(row: &Row) -> Result<Record, StoreError> {
    let secret: Option<Vec<u8>> = row.get("totp_secret")?;
    let (confirmed, counter) = (row.get("totp_confirmed")?, row.get("totp_counter")?);
    Ok(Record {
        account: Account {
            id: row.get("id")?,
            person: row.get("person")?,
            login: row.get("login")?,
            state: state_of(row)?,
            failures: row.get("failures")?,
            version: row.get("version")?,
        },
        password: row.get("password")?,
        totp: secret.map(|secret| Totp { secret, confirmed, counter }),
        last_sign_in: row.get("last_sign_in")?,
    })
}

const BY_LOGIN: &str = "SELECT * FROM identity_account WHERE login_key = $1";
const BY_ID: &str = "SELECT * FROM identity_account WHERE id = $1";
const BY_PERSON: &str = "SELECT * FROM identity_account WHERE person = $1";

/// The account with that folded login name.
///
/// # Errors
/// As [`Db::read`].
pub async fn by_login(db: &Db, login_key: &str) -> Result<Option<Record>, StoreError> {
    db.read_one(BY_LOGIN, params![login_key]).await?.as_ref().map(record).transpose()
}

/// The account.
///
/// # Errors
/// As [`Db::read`].
pub async fn by_id(db: &Db, id: AccountId) -> Result<Option<Record>, StoreError> {
    db.read_one(BY_ID, params![id]).await?.as_ref().map(record).transpose()
}

/// The account of a person.
///
/// # Errors
/// As [`Db::read`].
pub async fn by_person(db: &Db, person: PersonId) -> Result<Option<Record>, StoreError> {
    db.read_one(BY_PERSON, params![person]).await?.as_ref().map(record).transpose()
}

/// Adds a new account; a login name in use is refused by the database.
pub fn insert(unit: &mut Unit, account: &Account, login_key: &str, password: Option<&str>, now: Instant) {
    unit.run(
        "INSERT INTO identity_account (id, person, login, login_key, password, state, created) \
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        params![account.id, account.person, &account.login, login_key, password, account.state.word(), now],
    );
}

/// Stores state and failures; stale when somebody else changed the account since it was read.
pub fn save(unit: &mut Unit, account: &Account) {
    let (until, reason, must_change) = match account.state {
        State::Locked { until, reason, must_change } => (Some(until), Some(reason.word()), must_change),
        _ => (None, None, false),
    };
    unit.run(
        "UPDATE identity_account SET state = $1, locked_until = $2, lock_reason = $3, must_change = $4, failures = $5, \
         version = version + 1 WHERE id = $6 AND version = $7",
        params![account.state.word(), until, reason, must_change, account.failures, account.id, account.version],
    )
    .expect_rows(1);
}

/// Stores another password hash.
pub fn set_password(unit: &mut Unit, id: AccountId, password: &str) {
    unit.run("UPDATE identity_account SET password = $1 WHERE id = $2", params![password, id]).expect_rows(1);
}

/// Writes down a sign-in.
pub fn signed_in(unit: &mut Unit, id: AccountId, now: Instant) {
    unit.run("UPDATE identity_account SET last_sign_in = $1 WHERE id = $2", params![now, id]).expect_rows(1);
}

/// Begins a second factor that its owner has not proved yet; never touches a confirmed one.
pub fn begin_totp(unit: &mut Unit, id: AccountId, secret: &[u8]) {
    unit.run(
        "UPDATE identity_account SET totp_secret = $1, totp_counter = NULL WHERE id = $2 AND totp_confirmed IS NULL",
        params![secret, id],
    )
    .expect_rows(1);
}

/// Its owner proved to have the secret by the code of `counter`.
pub fn confirm_totp(unit: &mut Unit, id: AccountId, secret: &[u8], counter: i64, now: Instant) {
    unit.run(
        "UPDATE identity_account SET totp_confirmed = $1, totp_counter = $2 \
         WHERE id = $3 AND totp_secret = $4 AND totp_confirmed IS NULL",
        params![now, counter, id, secret],
    )
    .expect_rows(1);
}

/// Uses the code of `counter`; stale when it, or a later one, was used in the meantime.
pub fn use_totp(unit: &mut Unit, id: AccountId, counter: i64) {
    unit.run(
        "UPDATE identity_account SET totp_counter = $1 WHERE id = $2 AND (totp_counter IS NULL OR totp_counter < $3)",
        params![counter, id, counter],
    )
    .expect_rows(1);
}

/// Removes the second factor and its recovery codes.
pub fn remove_totp(unit: &mut Unit, id: AccountId) {
    unit.run(
        "UPDATE identity_account SET totp_secret = NULL, totp_confirmed = NULL, totp_counter = NULL WHERE id = $1",
        params![id],
    )
    .expect_rows(1);
    unit.run("DELETE FROM identity_recovery WHERE account = $1", params![id]);
}

/// Replaces the recovery codes.
pub fn set_recovery(unit: &mut Unit, id: AccountId, hashes: Vec<Vec<u8>>) {
    unit.run("DELETE FROM identity_recovery WHERE account = $1", params![id]);
    for hash in hashes {
        unit.run("INSERT INTO identity_recovery (account, code_hash) VALUES ($1, $2)", params![id, hash]);
    }
}

/// Uses a recovery code up; stale when there is no such code.
pub fn use_recovery(unit: &mut Unit, id: AccountId, hash: &[u8]) {
    unit.run("DELETE FROM identity_recovery WHERE account = $1 AND code_hash = $2", params![id, hash]).expect_rows(1);
}

/// Recovery codes left.
///
/// # Errors
/// As [`Db::read`].
pub async fn recovery_left(db: &Db, id: AccountId) -> Result<i64, StoreError> {
    let row = db.read_one("SELECT COUNT(*) AS n FROM identity_recovery WHERE account = $1", params![id]).await?;
    row.map_or(Ok(0), |row| row.get("n"))
}

/// Tells every node that who may do what has changed.
pub fn raise_grants(unit: &mut Unit) {
    unit.run("UPDATE identity_counter SET value = value + 1 WHERE name = 'grants'", params![]).expect_rows(1);
}

/// A write of the same weight as counting a failure, where there is nothing to count: otherwise the time
/// of the answer would tell which login names exist.
pub fn count_nothing(unit: &mut Unit) {
    unit.run("UPDATE identity_counter SET value = value + 1 WHERE name = 'tries'", params![]).expect_rows(1);
}

/// A change of an account, with what it was and what it is.
#[must_use]
pub fn change(actor: Actor, verb: &str, before: Option<&Account>, after: &Account) -> Change {
    let change = Change::new(actor, "identity.account", after.id, verb).after(&after.shown());
    match before {
        Some(before) => change.before(&before.shown()),
        None => change,
    }
}

/// A change of the second factor of an account: whether one protected it, and whether one does now.
#[must_use]
pub fn second_factor(actor: Actor, id: AccountId, verb: &str, is_on: bool) -> Change {
    let state = |on: bool| serde_json::json!({ "second_factor": on });
    Change::new(actor, "identity.account", id, verb).before(&state(!is_on)).after(&state(is_on))
}

/// The links of an account to providers: id, issuer, subject.
///
/// # Errors
/// As [`Db::read`].
pub async fn links(db: &Db, id: AccountId) -> Result<Vec<(lt_kernel::id::Uuid, String, String)>, StoreError> {
    let rows = db
        .read("SELECT id, issuer, subject FROM identity_link WHERE account = $1 ORDER BY created", params![id])
        .await?;
    rows.iter().map(|row| Ok((row.get("id")?, row.get("issuer")?, row.get("subject")?))).collect()
}

/// The account linked to a subject of an issuer.
///
/// # Errors
/// As [`Db::read`].
pub async fn by_link(db: &Db, issuer: &str, subject: &str) -> Result<Option<Record>, StoreError> {
    let sql = "SELECT a.* FROM identity_link l JOIN identity_account a ON a.id = l.account \
               WHERE l.issuer = $1 AND l.subject = $2";
    db.read_one(sql, params![issuer, subject]).await?.as_ref().map(record).transpose()
}
