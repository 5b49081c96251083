//! SQL of sessions.

use lt_kernel::Instant;
use lt_kernel::id::{AccountId, PersonId};
use lt_store::{Db, Row, StoreError, Unit, params};

use super::model::{Session, SessionId, Stage, WHOLE_SECONDS};
use crate::accounts::model::State;
use crate::accounts::store::state_of;

/// A session with what a request needs of its account: one indexed read.
#[derive(Debug, Clone)]
pub struct Seen {
    /// The session.
    pub session: Session,
    /// Whose account: the person.
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

const BY_TOKEN: &str = "SELECT s.id, s.account, s.stage, s.strong, s.created, s.last_seen, \
    a.person, a.state, a.locked_until, a.lock_reason, a.must_change, a.totp_confirmed, p.name, p.sample, c.value AS counter \
    FROM identity_session s JOIN identity_account a ON a.id = s.account JOIN identity_person p ON p.id = a.person \
    JOIN identity_counter c ON c.name = 'grants' WHERE s.token_hash = $1";

fn session(row: &Row) -> Result<Session, StoreError> {
    Ok(Session {
        id: row.get("id")?,
        account: row.get("account")?,
        stage: Stage::from_word(&row.get::<String>("stage")?),
        strong: row.get("strong")?,
        created: row.get("created")?,
        last_seen: row.get("last_seen")?,
    })
}

/// The session of a token's digest, whether it still counts or not.
///
/// # Errors
/// As [`Db::read`].
pub async fn seen(db: &Db, token_hash: Vec<u8>) -> Result<Option<Seen>, StoreError> {
    let row = db.read_one(BY_TOKEN, params![token_hash]).await?;
    row.map(|row| {
        Ok(Seen {
            session: session(&row)?,
            person: row.get("person")?,
            name: row.get("name")?,
            state: state_of(&row)?,
            second_factor: row.get::<Option<i64>>("totp_confirmed")?.is_some(),
            sample: row.get("sample")?,
            counter: row.get("counter")?,
        })
    })
    .transpose()
}

/// Adds a session; `agent` is a short description of the browser for its owner, not its full name.
pub fn insert(unit: &mut Unit, session: &Session, token_hash: Vec<u8>, agent: &str) {
    unit.run(
        "INSERT INTO identity_session (id, token_hash, account, stage, strong, agent, created, last_seen) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        params![
            session.id,
            token_hash,
            session.account,
            session.stage.word(),
            session.strong,
            agent,
            session.created,
            session.last_seen
        ],
    );
}

/// Writes down its use. A session ended in the meantime is none: not an error.
pub fn touch(unit: &mut Unit, id: SessionId, now: Instant) {
    unit.run("UPDATE identity_session SET last_seen = $1 WHERE id = $2", params![now, id]);
}

/// Ends one session of an account; stale when it has none of that id.
pub fn end(unit: &mut Unit, account: AccountId, id: SessionId) {
    unit.run("DELETE FROM identity_session WHERE id = $1 AND account = $2", params![id, account]).expect_rows(1);
}

/// Ends a session whether it is still there or not.
pub fn forget(unit: &mut Unit, id: SessionId) {
    unit.run("DELETE FROM identity_session WHERE id = $1", params![id]);
}

/// Ends all sessions of an account, but for one.
pub fn end_all(unit: &mut Unit, account: AccountId, but: Option<SessionId>) {
    match but {
        Some(id) => unit.run("DELETE FROM identity_session WHERE account = $1 AND id <> $2", params![account, id]),
        None => unit.run("DELETE FROM identity_session WHERE account = $1", params![account]),
    };
}

/// Ends those nobody used for a whole day's length; done by a job.
pub fn sweep(unit: &mut Unit, now: Instant) {
    unit.run("DELETE FROM identity_session WHERE last_seen < $1", params![now.plus_seconds(-WHOLE_SECONDS)]);
}

/// The sessions of an account with their browsers, the newest first.
///
/// # Errors
/// As [`Db::read`].
pub async fn of_account(db: &Db, account: AccountId) -> Result<Vec<(Session, String)>, StoreError> {
    let sql = "SELECT id, account, stage, strong, created, last_seen, agent FROM identity_session \
               WHERE account = $1 AND stage = 'full' ORDER BY created DESC, id DESC LIMIT 50";
    let rows = db.read(sql, params![account]).await?;
    rows.iter().map(|row| Ok((session(row)?, row.get("agent")?))).collect()
}
