//! SQL of tokens.

use lt_contracts::{Actor, Change};
use lt_kernel::Instant;
use lt_kernel::id::{AccountId, PersonId};
use lt_store::{Db, Row, StoreError, Unit, params};
use serde_json::json;

use super::model::{Token, TokenId};
use crate::accounts::model::State;
use crate::accounts::store::state_of;

/// A token with what a request needs of its account: one indexed read.
#[derive(Debug, Clone)]
pub struct Seen {
    /// The token.
    pub token: Token,
    /// Whose.
    pub person: PersonId,
    /// The person's name.
    pub name: String,
    /// Where the account stands.
    pub state: State,
    /// Whether a confirmed second factor protects the account.
    pub second_factor: bool,
    /// Whether person and account belong to the sample.
    pub sample: bool,
    /// The counter of grants.
    pub counter: i64,
}

const BY_TOKEN: &str = "SELECT t.id, t.account, t.name, t.permissions, t.created, t.expires, t.last_used, t.revoked, \
    a.person, a.state, a.locked_until, a.lock_reason, a.must_change, a.totp_confirmed, \
    p.name AS person_name, p.sample, c.value AS counter \
    FROM identity_token t JOIN identity_account a ON a.id = t.account JOIN identity_person p ON p.id = a.person \
    JOIN identity_counter c ON c.name = 'grants' WHERE t.token_hash = $1";

fn token(row: &Row) -> Result<Token, StoreError> {
    let permissions: serde_json::Value = row.get("permissions")?;
    Ok(Token {
        id: row.get("id")?,
        account: row.get("account")?,
        name: row.get("name")?,
        permissions: serde_json::from_value(permissions).map_err(|_| StoreError::Column("permissions".to_owned()))?,
        created: row.get("created")?,
        expires: row.get("expires")?,
        last_used: row.get("last_used")?,
        revoked: row.get("revoked")?,
    })
}

/// The token of a digest, whether it still counts or not.
///
/// # Errors
/// As [`Db::read`].
pub async fn seen(db: &Db, token_hash: Vec<u8>) -> Result<Option<Seen>, StoreError> {
    let row = db.read_one(BY_TOKEN, params![token_hash]).await?;
    row.map(|row| {
        Ok(Seen {
            token: token(&row)?,
            person: row.get("person")?,
            name: row.get("person_name")?,
            state: state_of(&row)?,
            second_factor: row.get::<Option<i64>>("totp_confirmed")?.is_some(),
            sample: row.get("sample")?,
            counter: row.get("counter")?,
        })
    })
    .transpose()
}

/// The tokens of an account, the newest first.
///
/// # Errors
/// As [`Db::read`].
pub async fn of_account(db: &Db, account: AccountId) -> Result<Vec<Token>, StoreError> {
    let sql = "SELECT id, account, name, permissions, created, expires, last_used, revoked FROM identity_token \
               WHERE account = $1 ORDER BY created DESC, id DESC LIMIT 100";
    db.read(sql, params![account]).await?.iter().map(token).collect()
}

/// Adds a token with its change.
pub fn insert(unit: &mut Unit, actor: Actor, token: &Token, token_hash: Vec<u8>) {
    let permissions = serde_json::to_value(&token.permissions).unwrap_or_default();
    unit.run(
        "INSERT INTO identity_token (id, account, name, token_hash, permissions, created, expires) \
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        params![token.id, token.account, &token.name, token_hash, permissions, token.created, token.expires],
    );
    unit.emit(Change::new(actor, "identity.token", token.id, "made").after(token));
}

/// Takes a token back, with the change; stale when that account has no such living token.
pub fn revoke(unit: &mut Unit, actor: Actor, account: AccountId, id: TokenId, now: Instant) {
    unit.run(
        "UPDATE identity_token SET revoked = $1 WHERE id = $2 AND account = $3 AND revoked IS NULL",
        params![now, id, account],
    )
    .expect_rows(1);
    let change = Change::new(actor, "identity.token", id, "revoked");
    unit.emit(change.before(&json!({ "revoked": false })).after(&json!({ "revoked": true })));
}

/// Takes all tokens of an account back.
pub fn revoke_all(unit: &mut Unit, account: AccountId, now: Instant) {
    unit.run("UPDATE identity_token SET revoked = $1 WHERE account = $2 AND revoked IS NULL", params![now, account]);
}

/// Writes down its use.
pub fn touch(unit: &mut Unit, id: TokenId, now: Instant) {
    unit.run("UPDATE identity_token SET last_used = $1 WHERE id = $2", params![now, id]);
}
