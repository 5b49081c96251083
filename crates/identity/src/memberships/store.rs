//! SQL of memberships.

use lt_contracts::{Actor, Change};
use lt_kernel::id::PersonId;
use lt_kernel::{Date, Interval, Lane};
use lt_store::{Db, Row, StoreError, Unit, params};

use super::model::{Membership, MembershipId, Place};

fn membership(row: &Row) -> Result<Membership, StoreError> {
    Ok(Membership {
        id: row.get("id")?,
        person: row.get("person")?,
        place: place(row)?,
        role: row.get("role")?,
        during: Interval { from: row.get("valid_from")?, to: row.get("valid_to")? },
        version: row.get("version")?,
    })
}

/// Where it is held: in an organisation, over a lane, or over everything.
fn place(row: &Row) -> Result<Place, StoreError> {
    let lane: Option<String> = row.get("lane")?;
    match (row.get("org")?, lane.as_deref()) {
        (Some(org), None) => Ok(Place::Org(org)),
        (None, None) => Ok(Place::Everywhere),
        (None, Some(word)) => Lane::from_word(word).map(Place::Lane).ok_or_else(|| StoreError::Column("lane".into())),
        (Some(_), Some(_)) => Err(StoreError::Column("lane".into())),
    }
}

/// All memberships of a person, past and to come too, the newest first.
///
/// # Errors
/// As [`Db::read`].
pub async fn of_person(db: &Db, person: PersonId) -> Result<Vec<Membership>, StoreError> {
    let sql = "SELECT * FROM identity_membership WHERE person = $1 ORDER BY valid_from DESC, id DESC";
    db.read(sql, params![person]).await?.iter().map(membership).collect()
}

/// Those in force on a day, the oldest first.
///
/// # Errors
/// As [`Db::read`].
pub async fn current(db: &Db, person: PersonId, day: Date) -> Result<Vec<Membership>, StoreError> {
    let sql = "SELECT * FROM identity_membership WHERE person = $1 AND valid_from <= $2 \
               AND (valid_to IS NULL OR valid_to > $3) ORDER BY valid_from, id";
    db.read(sql, params![person, day, day]).await?.iter().map(membership).collect()
}

/// One.
///
/// # Errors
/// As [`Db::read`].
pub async fn by_id(db: &Db, id: MembershipId) -> Result<Option<Membership>, StoreError> {
    db.read_one("SELECT * FROM identity_membership WHERE id = $1", params![id])
        .await?
        .as_ref()
        .map(membership)
        .transpose()
}

/// Memberships of whoever administers the whole installation and can sign in.
///
/// # Errors
/// As [`Db::read`].
pub async fn administrators(db: &Db) -> Result<Vec<Membership>, StoreError> {
    let sql = "SELECT m.* FROM identity_membership m JOIN identity_account a ON a.person = m.person \
               WHERE m.role = 'administrator' AND m.org IS NULL AND m.lane IS NULL AND a.state <> 'disabled' ORDER BY m.id";
    db.read(sql, params![]).await?.iter().map(membership).collect()
}

/// Adds one, with its change; the database refuses a second open one of the same kind.
pub fn insert(unit: &mut Unit, actor: Actor, membership: &Membership) {
    let Interval { from, to } = membership.during;
    unit.run(
        "INSERT INTO identity_membership (id, person, org, lane, role, valid_from, valid_to) \
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        params![
            membership.id,
            membership.person,
            membership.place.org(),
            membership.place.lane().map(Lane::word),
            &membership.role,
            from,
            to
        ],
    );
    unit.emit(of(
        membership,
        Change::new(actor, "identity.membership", membership.id, "given").after(&membership.shown()),
    ));
    crate::accounts::store::raise_grants(unit);
}

/// Stores its end, with its change; stale when somebody else changed it.
pub fn save_end(unit: &mut Unit, actor: Actor, before: &Membership, after: &Membership) {
    unit.run(
        "UPDATE identity_membership SET valid_to = $1, version = version + 1 WHERE id = $2 AND version = $3",
        params![after.during.to, after.id, before.version],
    )
    .expect_rows(1);
    let change =
        Change::new(actor, "identity.membership", after.id, "ended").before(&before.shown()).after(&after.shown());
    unit.emit(of(after, change));
    crate::accounts::store::raise_grants(unit);
}

/// The change, seen by the people of the organisation.
fn of(membership: &Membership, change: Change) -> Change {
    match membership.place.org() {
        Some(org) => change.of(org),
        None => change,
    }
}
