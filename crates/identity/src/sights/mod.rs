//! Sights: whose personal data was shown to whom, what for and when. Written down before it is shown.

mod memory;
pub mod store;

use lt_contracts::{Actor, Change};
use lt_kernel::id::{AccountId, PersonId};
use lt_store::Unit;
use lt_web::Viewer;

use crate::error::IdentityError;
use crate::service::Identity;
use crate::sign_in::layer::Who;

use memory::Key;
pub(crate) use memory::Sights;

/// Looking after people, accounts and roles. A purpose is the key of its words.
pub const ACCOUNTS: &str = "identity-purpose-accounts";
/// Reading in the history who did what.
pub const HISTORY: &str = "identity-purpose-history";

/// Seconds in which the same viewer seeing the same person for the same purpose counts as one sight: reading a page,
/// going to a form and coming back is one look.
pub const SAME_SECONDS: i64 = 600;

/// Who is shown.
#[derive(Debug, Clone, Copy)]
pub enum Shown<'a> {
    /// One person, with everything there is.
    Person(PersonId),
    /// People in a list: names and what else stands in a line.
    List(&'a [PersonId]),
}

impl Shown<'_> {
    fn people(&self) -> &[PersonId] {
        match self {
            Self::Person(one) => std::slice::from_ref(one),
            Self::List(several) => several,
        }
    }

    const fn is_list(&self) -> bool {
        matches!(self, Self::List(_))
    }
}

/// What a change says of a sight.
#[derive(serde::Serialize)]
struct Told {
    purpose: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    people: Option<usize>,
}

impl Identity {
    /// Writes down that the viewer is shown the data of others for this purpose; durable when it returns. What was
    /// written within [`SAME_SECONDS`] is not written again, and one's own data is nobody else's sight.
    ///
    /// # Errors
    /// The store's; then nothing may be shown.
    pub async fn saw(
        &self,
        (viewer, who): (&Viewer, &Who),
        purpose: &'static str,
        shown: Shown<'_>,
    ) -> Result<(), IdentityError> {
        let Some(account) = viewer.account else { return Ok(()) };
        let now = self.host().clock.now();
        let key = |person: &PersonId| Key { viewer: account, person: *person, purpose, listed: shown.is_list() };
        let others = shown.people().iter().filter(|person| Some(**person) != who.person).map(key);
        let new = self.0.sights.new_ones(others, now);
        if new.is_empty() {
            return Ok(());
        }
        let mut unit = Unit::new();
        let ids = || self.host().ids.next(now);
        store::insert(&mut unit, &new, ids, now);
        let change = match shown {
            Shown::Person(person) => {
                let told = Told { purpose, people: None };
                Change::new(Actor::Account(account), "identity.sight", person, "seen").after(&told)
            }
            Shown::List(_) => {
                let told = Told { purpose, people: Some(new.len()) };
                Change::new(Actor::Account(account), "identity.sight", ids(), "listed").after(&told)
            }
        };
        unit.emit(change);
        self.host().db.commit(unit).await?;
        // Only what is durable is remembered: a write that failed is tried again by the next look.
        self.0.sights.remember(new, now);
        Ok(())
    }

    /// The people behind accounts, in no order.
    ///
    /// # Errors
    /// The store's.
    pub async fn people_of(&self, accounts: &[AccountId]) -> Result<Vec<PersonId>, IdentityError> {
        let mut people = Vec::new();
        for account in accounts {
            people
                .extend(crate::accounts::store::by_id(&self.host().db, *account).await?.map(|one| one.account.person));
        }
        Ok(people)
    }
}
