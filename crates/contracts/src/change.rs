//! A change: what happened to one thing, who did it, what it was before and what it is after.
//!
//! A change is at once the event other modules listen to and the line in "what happened".

use lt_kernel::id::{AccountId, OrgId, Uuid};
use serde::{Deserialize, Serialize};

/// Who made a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Actor {
    /// A signed-in account.
    Account(AccountId),
    /// The program itself: a job, a migration, the sample.
    Program,
}

/// One change to one thing, written in the same unit as the change itself.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Change {
    /// Who made it.
    pub actor: Actor,
    /// Kind of thing with its module in front, such as `targets.observation`.
    pub noun: String,
    /// Which one.
    pub id: Uuid,
    /// What happened, as a past participle: `recorded`, `renamed`, `approved`.
    pub verb: String,
    /// The organisation whose people may see it; none: only those who may see everything.
    pub org: Option<OrgId>,
    /// State before, as JSON; null when it did not exist.
    pub before: serde_json::Value,
    /// State after, as JSON; null when it exists no more.
    pub after: serde_json::Value,
}

impl Change {
    /// A change of the thing `id` of kind `noun`, still without states.
    #[must_use]
    pub fn new(actor: Actor, noun: &str, id: impl Into<Uuid>, verb: &str) -> Self {
        Self {
            actor,
            noun: noun.to_owned(),
            id: id.into(),
            verb: verb.to_owned(),
            org: None,
            before: serde_json::Value::Null,
            after: serde_json::Value::Null,
        }
    }

    /// The same, seen by the people of `org`.
    #[must_use]
    pub fn of(mut self, org: OrgId) -> Self {
        self.org = Some(org);
        self
    }

    /// The same with the state before; what cannot be written as JSON is left null.
    #[must_use]
    pub fn before(mut self, state: &impl Serialize) -> Self {
        self.before = serde_json::to_value(state).unwrap_or_default();
        self
    }

    /// The same with the state after; what cannot be written as JSON is left null.
    #[must_use]
    pub fn after(mut self, state: &impl Serialize) -> Self {
        self.after = serde_json::to_value(state).unwrap_or_default();
        self
    }

    /// What listeners subscribe to: `targets.observation.recorded`.
    #[must_use]
    pub fn topic(&self) -> String {
        format!("{}.{}", self.noun, self.verb)
    }
}
