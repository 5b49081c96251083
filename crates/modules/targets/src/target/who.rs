//! Who did something, by name.

use std::collections::HashMap;

use lt_contracts::Actor;
use lt_kernel::id::AccountId;
use lt_module::Host;
use lt_web::{Problem, Talk};

/// Names of accounts that did something.
#[derive(Debug, Default)]
pub struct Who(HashMap<AccountId, String>);

impl Who {
    /// The names of these accounts; those identity does not know are left out.
    ///
    /// # Errors
    /// Trouble when the database fails.
    pub async fn load(host: &Host, accounts: impl IntoIterator<Item = AccountId>) -> Result<Self, Problem> {
        let mut names = HashMap::new();
        for id in accounts {
            if names.contains_key(&id) {
                continue;
            }
            let Some(record) = lt_identity::accounts::store::by_id(&host.db, id).await? else { continue };
            let person = lt_identity::people::store::by_id(&host.db, record.account.person).await?;
            if let Some(person) = person {
                names.insert(id, person.name);
            }
        }
        Ok(Self(names))
    }

    /// The name of an account; without one, the program itself.
    #[must_use]
    pub fn name(&self, t: Talk<'_>, account: Option<AccountId>) -> String {
        match account {
            None => t.s("targets-who-program").to_owned(),
            Some(id) => self.0.get(&id).cloned().unwrap_or_else(|| t.s("targets-who-unknown").to_owned()),
        }
    }

    /// The name of whoever made a change.
    #[must_use]
    pub fn actor(&self, t: Talk<'_>, actor: Actor) -> String {
        self.name(t, crate::observation::store::by(actor))
    }
}
