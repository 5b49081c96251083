//! The accounts of the sample: one for each role, named by the role, never after a person.

use lt_contracts::Actor;
use lt_kernel::id::{OrgId, PersonId};
use lt_kernel::{Interval, Said};
use lt_store::{Db, StoreError, Unit, params};

use crate::accounts::verbs::NewAccount;
use crate::error::IdentityError;
use crate::memberships::model::{Membership, MembershipId, Place};
use crate::memberships::store;
use crate::roles;
use crate::secret::{SecretString, readable_password};
use crate::service::{Identity, login_key};
use crate::{accounts, people};

/// A sample account as the program prints it once.
#[derive(Debug, Clone)]
pub struct SampleAccount {
    /// Login name.
    pub login: &'static str,
    /// Role.
    pub role: &'static str,
    /// Password, stored nowhere in clear.
    pub password: SecretString,
}

/// Sample accounts whose passwords nobody has seen yet.
#[derive(Debug, Clone, Default)]
pub struct Unshown {
    /// The accounts; none when there is nothing to show.
    pub accounts: Vec<SampleAccount>,
    /// Which set of passwords this is.
    mark: i64,
}

/// Login name, display name, role.
const ACCOUNTS: [(&str, &str, &str); 6] = [
    ("quantri", "Quản trị hệ thống (mẫu)", roles::ADMINISTRATOR),
    ("bithu", "Thư ký nghị quyết (mẫu)", "secretary"),
    ("nhaplieu", "Cán bộ nhập liệu (mẫu)", "recorder"),
    ("thamdinh", "Cán bộ thẩm định (mẫu)", "reviewer"),
    ("pheduyet", "Lãnh đạo phê duyệt (mẫu)", "approver"),
    ("docgia", "Người xem (mẫu)", "reader"),
];

/// Makes the accounts of the sample in one unit, all or none: the administrator for everything, the others for
/// `orgs` and all below them. Until [`sample_shown`] is called, [`renew_sample`] gives them new passwords.
/// Those whose login name is there already are left alone and not returned.
///
/// # Errors
/// [`IdentityError`] from hashing or the store.
pub async fn bootstrap_sample(identity: &Identity, orgs: &[OrgId]) -> Result<Unshown, IdentityError> {
    let (mut unit, mut made) = (Unit::new(), Vec::new());
    for (login, name, role) in ACCOUNTS {
        if accounts::store::by_login(&identity.host().db, &login_key(login)).await?.is_some() {
            continue;
        }
        let new = NewAccount { name, email: None, phone: None, login, sample: true };
        let drafted = identity.draft(&mut unit, Actor::Program, new).await?;
        let (person, _, password) = drafted.map_err(|(_, said)| said)?;
        if role == roles::ADMINISTRATOR {
            give(identity, &mut unit, person, (Place::Everywhere, role));
        } else {
            for org in orgs {
                give(identity, &mut unit, person, (Place::Org(*org), role));
            }
        }
        made.push(SampleAccount { login, role, password });
    }
    if made.is_empty() {
        return Ok(Unshown::default());
    }
    let mark = raise(&mut unit, unshown(&identity.host().db).await?);
    match identity.host().db.commit(unit).await {
        Ok(_) => Ok(Unshown { accounts: made, mark }),
        // Another node, started at the same moment, makes them and shows them.
        Err(StoreError::Constraint(_) | StoreError::Stale) => Ok(Unshown::default()),
        Err(error) => Err(error.into()),
    }
}

/// New passwords for the sample's accounts when a start was cut off before it had shown the ones it made;
/// nothing otherwise.
///
/// # Errors
/// [`IdentityError`] from hashing or the store; stale when another node does the same at this moment.
pub async fn renew_sample(identity: &Identity) -> Result<Unshown, IdentityError> {
    let db = &identity.host().db;
    let seen = unshown(db).await?;
    let (mut unit, mut renewed) = (Unit::new(), Vec::new());
    if seen == 0 {
        return Ok(Unshown::default());
    }
    for (login, _, role) in ACCOUNTS {
        let Some(record) = accounts::store::by_login(db, &login_key(login)).await? else { continue };
        let person = people::store::by_id(db, record.account.person).await?;
        // Whoever signed in knows the password, and an account of the same name may be somebody's.
        if record.last_sign_in.is_some() || !person.is_some_and(|person| person.sample) {
            continue;
        }
        let password = readable_password(identity.config().secrets.as_ref())?;
        let hash = identity.0.hasher.hash(password.clone()).await?;
        accounts::store::set_password(&mut unit, record.account.id, &hash);
        let (before, after) = (Some(&record.account), &record.account);
        unit.emit(accounts::store::change(Actor::Program, "password_reset", before, after));
        renewed.push(SampleAccount { login, role, password });
    }
    let mark = raise(&mut unit, seen);
    db.commit(unit).await?;
    Ok(Unshown { accounts: renewed, mark })
}

/// Writes down that the passwords were shown.
///
/// # Errors
/// [`IdentityError::Refused`] when another start has given newer ones meanwhile; the store's.
pub async fn sample_shown(identity: &Identity, shown: &Unshown) -> Result<(), IdentityError> {
    let mut unit = Unit::new();
    let sql = "UPDATE identity_counter SET value = 0 WHERE name = 'sample_unshown' AND value = $1";
    unit.run(sql, params![shown.mark]).expect_rows(1);
    match identity.host().db.commit(unit).await {
        Ok(_) => Ok(()),
        Err(StoreError::Stale) => Err(Said::new("identity-sample-overtaken").into()),
        Err(error) => Err(error.into()),
    }
}

/// Which set of passwords was made and not shown; 0: none.
async fn unshown(db: &Db) -> Result<i64, StoreError> {
    let row = db.read_one("SELECT value FROM identity_counter WHERE name = 'sample_unshown'", params![]).await?;
    row.map_or(Ok(0), |row| row.get("value"))
}

/// Marks a new set of passwords, unless somebody else did since `seen` was read; its number.
fn raise(unit: &mut Unit, seen: i64) -> i64 {
    let sql = "UPDATE identity_counter SET value = $1 WHERE name = 'sample_unshown' AND value = $2";
    unit.run(sql, params![seen + 1, seen]).expect_rows(1);
    seen + 1
}

/// Adds a membership from today on.
fn give(identity: &Identity, unit: &mut Unit, person: PersonId, (place, role): (Place, &str)) {
    let host = identity.host();
    let id = MembershipId(host.ids.next(host.clock.now()));
    let during = Interval { from: host.clock.today(), to: None };
    let membership = Membership { id, person, place, role: role.to_owned(), during, version: 1 };
    store::insert(unit, Actor::Program, &membership);
}

/// Makes the first administrator of a new installation; the password must be changed at the first sign-in.
///
/// # Errors
/// [`IdentityError::Refused`] when the login name is taken or cannot be one; the store's.
pub async fn create_administrator(identity: &Identity, login: &str, name: &str) -> Result<SecretString, IdentityError> {
    let new = NewAccount { name, email: None, phone: None, login, sample: false };
    let mut unit = Unit::new();
    let drafted = identity.draft(&mut unit, Actor::Program, new).await?;
    let (person, _, password) = drafted.map_err(|(_, said)| said)?;
    give(identity, &mut unit, person, (Place::Everywhere, roles::ADMINISTRATOR));
    match identity.host().db.commit(unit).await {
        Ok(_) => Ok(password),
        Err(StoreError::Constraint(_)) => Err(Said::new("identity-login-taken").with("login", login).into()),
        Err(error) => Err(error.into()),
    }
}
