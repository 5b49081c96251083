//! History: what happened, to which thing, by whom.

use lt_contracts::{Actor, Change};
use lt_kernel::Instant;
use lt_kernel::id::{AccountId, OrgId, Uuid};

use crate::{Db, Place, Row, StoreError, Val};

/// A change as it was stored.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredChange {
    /// Where it stands in the outbox; `place.seq` identifies it for good.
    pub place: Place,
    /// When its unit was committed.
    pub at: Instant,
    /// What happened.
    pub change: Change,
}

/// Which changes are wanted. Empty fields do not narrow.
#[derive(Debug, Clone, Default)]
pub struct ChangeFilter {
    /// Of this thing only.
    pub thing: Option<Uuid>,
    /// Of things these organisations' people may see; an empty list finds nothing.
    pub orgs: Option<Vec<OrgId>>,
    /// Of nouns beginning so, such as `targets.`.
    pub noun_prefix: Option<String>,
    /// Of any noun but this one.
    pub noun_other_than: Option<String>,
    /// By this actor only.
    pub actor: Option<Actor>,
    /// Only before this number: the last of the page before.
    pub before_seq: Option<i64>,
    /// At this instant or later.
    pub from: Option<Instant>,
    /// Before this instant.
    pub until: Option<Instant>,
    /// How many at most; 0 stands for 50, and never more than 1000.
    pub limit: u32,
}

const COLUMNS: &str =
    "SELECT seq, tx, at, actor_kind, actor_id, noun, thing, verb, org, before, after FROM store_change";

/// Conditions and their values, numbered as they come.
#[derive(Default)]
struct Where {
    text: Vec<String>,
    values: Vec<Val>,
}

impl Where {
    fn place(&mut self, value: impl Into<Val>) -> String {
        self.values.push(value.into());
        format!("${}", self.values.len())
    }

    fn and(&mut self, left: &str, value: impl Into<Val>) {
        let place = self.place(value);
        self.text.push(format!("{left} {place}"));
    }
}

impl ChangeFilter {
    fn sql(&self) -> (String, Vec<Val>) {
        let mut wanted = Where::default();
        if let Some(thing) = self.thing {
            wanted.and("thing =", thing);
        }
        if let Some(orgs) = &self.orgs {
            let places: Vec<_> = orgs.iter().map(|org| wanted.place(*org)).collect();
            let list = if places.is_empty() { "NULL".to_owned() } else { places.join(", ") };
            wanted.text.push(format!("org IN ({list})"));
        }
        if let Some(prefix) = &self.noun_prefix {
            // The topic begins with the noun, and has the index.
            wanted.and("topic >=", prefix);
            wanted.and("topic <", after_prefix(prefix));
        }
        if let Some(noun) = &self.noun_other_than {
            wanted.and("noun <>", noun);
        }
        match self.actor {
            Some(Actor::Account(id)) => wanted.and("actor_id =", id),
            Some(Actor::Program) => wanted.and("actor_kind =", "program"),
            None => {}
        }
        if let Some(seq) = self.before_seq {
            wanted.and("seq <", seq);
        }
        if let Some(from) = self.from {
            wanted.and("at >=", from);
        }
        if let Some(until) = self.until {
            wanted.and("at <", until);
        }
        let limit = if self.limit == 0 { 50 } else { self.limit.min(1000) };
        let limit = wanted.place(limit);
        let narrowed =
            if wanted.text.is_empty() { String::new() } else { format!(" WHERE {}", wanted.text.join(" AND ")) };
        (format!("{COLUMNS}{narrowed} ORDER BY seq DESC LIMIT {limit}"), wanted.values)
    }
}

/// The first text behind all that begin with `prefix`, in the order of code points.
fn after_prefix(prefix: &str) -> String {
    format!("{prefix}{}", char::MAX)
}

impl StoredChange {
    pub(crate) fn from_row(row: &Row) -> Result<Self, StoreError> {
        let actor = match row.get::<Option<AccountId>>("actor_id")? {
            Some(id) => Actor::Account(id),
            None => Actor::Program,
        };
        let change = Change {
            actor,
            noun: row.get("noun")?,
            id: row.get("thing")?,
            verb: row.get("verb")?,
            org: row.get("org")?,
            before: row.get("before")?,
            after: row.get("after")?,
        };
        Ok(Self { place: Place::of(row)?, at: row.get("at")?, change })
    }
}

impl Db {
    /// History, newest first, a page at a time: pass the last `place.seq` as `before_seq` for the next page.
    ///
    /// # Errors
    /// As [`Self::read`].
    pub async fn changes(&self, filter: &ChangeFilter) -> Result<Vec<StoredChange>, StoreError> {
        let (sql, values) = filter.sql();
        self.read(&sql, values).await?.iter().map(StoredChange::from_row).collect()
    }

    /// The next changes in the order of the outbox behind `after`, at most `limit`. A change is shown only once
    /// nothing can appear before it any more.
    ///
    /// # Errors
    /// As [`Self::read`].
    pub async fn changes_after(&self, after: Place, limit: u32) -> Result<Vec<StoredChange>, StoreError> {
        let settled = self.settled();
        let sql = format!("{COLUMNS} WHERE (tx, seq) > ($1, $2){settled} ORDER BY tx, seq LIMIT $3");
        let rows = self.read(&sql, crate::params![after.tx, after.seq, limit]).await?;
        rows.iter().map(StoredChange::from_row).collect()
    }

    /// The change with the number `seq`.
    ///
    /// # Errors
    /// As [`Self::read`].
    pub async fn change(&self, seq: i64) -> Result<Option<StoredChange>, StoreError> {
        let row = self.read_one(&format!("{COLUMNS} WHERE seq = $1"), crate::params![seq]).await?;
        row.as_ref().map(StoredChange::from_row).transpose()
    }

    /// The last place of the outbox, also of what [`Self::changes_after`] does not show yet.
    ///
    /// # Errors
    /// As [`Self::read`].
    pub async fn last_place(&self) -> Result<Place, StoreError> {
        let sql = "SELECT tx, seq FROM store_change ORDER BY tx DESC, seq DESC LIMIT 1";
        self.read_one(sql, vec![]).await?.as_ref().map_or(Ok(Place::START), Place::of)
    }
}
