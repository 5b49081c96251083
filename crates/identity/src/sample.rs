//! The accounts of the sample: one for each role, named by the role, never after a person.

use lt_contracts::Actor;
use lt_kernel::Interval;
use lt_kernel::id::OrgId;
use lt_store::Unit;

use crate::accounts::verbs::NewAccount;
use crate::error::IdentityError;
use crate::memberships::model::{Membership, MembershipId, Place};
use crate::memberships::store;
use crate::roles;
use crate::secret::SecretString;
use crate::service::{Identity, login_key};

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

/// Login name, display name, role.
const ACCOUNTS: [(&str, &str, &str); 6] = [
    ("quantri", "Quản trị hệ thống (mẫu)", roles::ADMINISTRATOR),
    ("bithu", "Thư ký nghị quyết (mẫu)", "secretary"),
    ("nhaplieu", "Cán bộ nhập liệu (mẫu)", "recorder"),
    ("thamdinh", "Cán bộ thẩm định (mẫu)", "reviewer"),
    ("pheduyet", "Lãnh đạo phê duyệt (mẫu)", "approver"),
    ("docgia", "Người xem (mẫu)", "reader"),
];

/// Makes the accounts of the sample: the administrator for everything, the others for `orgs` and all
/// below them.
/// Those whose login name is there already are left alone and not returned.
///
/// # Errors
/// [`IdentityError`] from hashing or the store.
pub async fn bootstrap_sample(identity: &Identity, orgs: &[OrgId]) -> Result<Vec<SampleAccount>, IdentityError> {
    let mut made = Vec::new();
    for (login, name, role) in ACCOUNTS {
        let host = identity.host();
        if crate::accounts::store::by_login(&host.db, &login_key(login)).await?.is_some() {
            continue;
        }
        let new = NewAccount { name, email: None, phone: None, login, sample: true };
        let (person, _, password) = identity.create_account(Actor::Program, new).await?;
        let everywhere = role == roles::ADMINISTRATOR;
        let places: Vec<Place> =
            if everywhere { vec![Place::Everywhere] } else { orgs.iter().copied().map(Place::Org).collect() };
        let during = Interval { from: host.clock.today(), to: None };
        let mut unit = Unit::new();
        for place in places {
            let id = MembershipId(host.ids.next(host.clock.now()));
            let membership = Membership { id, person, place, role: role.to_owned(), during, version: 1 };
            store::insert(&mut unit, Actor::Program, &membership);
        }
        host.db.commit(unit).await?;
        made.push(SampleAccount { login, role, password });
    }
    Ok(made)
}

/// Makes the first administrator of a new installation; the password must be changed at the first sign-in.
///
/// # Errors
/// [`IdentityError::Refused`] when the login name is taken or cannot be one; the store's.
pub async fn create_administrator(identity: &Identity, login: &str, name: &str) -> Result<SecretString, IdentityError> {
    let new = NewAccount { name, email: None, phone: None, login, sample: false };
    let (person, _, password) = identity.create_account(Actor::Program, new).await?;
    let host = identity.host();
    let id = MembershipId(host.ids.next(host.clock.now()));
    let during = Interval { from: host.clock.today(), to: None };
    let role = roles::ADMINISTRATOR.to_owned();
    let membership = Membership { id, person, place: Place::Everywhere, role, during, version: 1 };
    let mut unit = Unit::new();
    store::insert(&mut unit, Actor::Program, &membership);
    host.db.commit(unit).await?;
    Ok(password)
}
