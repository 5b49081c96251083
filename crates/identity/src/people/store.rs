//! SQL of people.

use lt_contracts::{Actor, Change};
use lt_kernel::Instant;
use lt_kernel::id::PersonId;
use lt_store::{Db, Row, StoreError, Unit, params};

use super::model::Person;
use crate::accounts::model::State;
use crate::accounts::store::state_of;
use crate::memberships::model::Place;

/// People of one page of the list.
pub const PAGE: usize = 50;

fn person(row: &Row) -> Result<Person, StoreError> {
    Ok(Person {
        id: row.get("id")?,
        name: row.get("name")?,
        email: row.get("email")?,
        phone: row.get("phone")?,
        sample: row.get("sample")?,
        version: row.get("version")?,
    })
}

/// One person.
///
/// # Errors
/// As [`Db::read`].
pub async fn by_id(db: &Db, id: PersonId) -> Result<Option<Person>, StoreError> {
    db.read_one("SELECT * FROM identity_person WHERE id = $1", params![id]).await?.as_ref().map(person).transpose()
}

/// A line of the list.
#[derive(Debug, Clone)]
pub struct Line {
    /// The person.
    pub id: PersonId,
    /// Display name.
    pub name: String,
    /// Sort key, for the next page.
    pub name_key: Vec<u8>,
    /// Login name and state, when there is an account.
    pub account: Option<(String, State)>,
    /// Current memberships: role and place.
    pub roles: Vec<(String, Place)>,
}

/// What the list is narrowed to, and where it goes on.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// Part of the name or login name, folded.
    pub search: Option<String>,
    /// Sort key and id of the last line of the page before.
    pub after: Option<(Vec<u8>, PersonId)>,
}

const LINES: &str = "SELECT p.id, p.name, p.name_key, a.login, a.state, a.locked_until, a.lock_reason, a.must_change \
    FROM identity_person p LEFT JOIN identity_account a ON a.person = p.id \
    WHERE (p.name_key, p.id) > ($1, $2) AND p.search_key LIKE $3 ESCAPE '!' ORDER BY p.name_key, p.id LIMIT $4";

/// A page of people by given name, and whether more follow.
///
/// # Errors
/// As [`Db::scan`].
pub async fn list(db: &Db, wanted: &Wanted, today: lt_kernel::Date) -> Result<(Vec<Line>, bool), StoreError> {
    let (key, id) = wanted.after.clone().unwrap_or((Vec::new(), PersonId(lt_kernel::id::Uuid::nil())));
    let like = format!("%{}%", wanted.search.as_deref().map(quoted).unwrap_or_default());
    let limit = i64::try_from(PAGE + 1).unwrap_or(i64::MAX);
    let mut lines = Vec::new();
    for row in db.scan(LINES, params![key, id, like, limit]).await? {
        let login: Option<String> = row.get("login")?;
        let account = login.map(|login| Ok::<_, StoreError>((login, state_of(&row)?))).transpose()?;
        let (id, name, name_key) = (row.get("id")?, row.get("name")?, row.get("name_key")?);
        lines.push(Line { id, name, name_key, account, roles: Vec::new() });
    }
    let more = lines.len() > PAGE;
    lines.truncate(PAGE);
    for line in &mut lines {
        let held = crate::memberships::store::current(db, line.id, today).await?;
        line.roles = held.into_iter().map(|membership| (membership.role, membership.place)).collect();
    }
    Ok((lines, more))
}

/// A text for LIKE in which nothing is a wildcard.
fn quoted(text: &str) -> String {
    text.replace('!', "!!").replace('%', "!%").replace('_', "!_")
}

/// Adds a person with the change.
pub fn insert(unit: &mut Unit, actor: Actor, person: &Person, login: &str, now: Instant) {
    unit.run(
        "INSERT INTO identity_person (id, name, name_key, search_key, email, phone, sample, created) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        params![
            person.id,
            &person.name,
            person.name_key(),
            person.search_key(login),
            person.email.as_ref(),
            person.phone.as_ref(),
            person.sample,
            now
        ],
    );
    unit.emit(Change::new(actor, "identity.person", person.id, "entered").after(person));
}

/// Stores name and contact with the change; stale when somebody else changed the person.
pub fn save(unit: &mut Unit, actor: Actor, before: &Person, after: &Person, login: &str) {
    unit.run(
        "UPDATE identity_person SET name = $1, name_key = $2, search_key = $3, email = $4, phone = $5, \
         version = version + 1 WHERE id = $6 AND version = $7",
        params![
            &after.name,
            after.name_key(),
            after.search_key(login),
            after.email.as_ref(),
            after.phone.as_ref(),
            after.id,
            before.version
        ],
    )
    .expect_rows(1);
    unit.emit(Change::new(actor, "identity.person", after.id, "corrected").before(before).after(after));
}
