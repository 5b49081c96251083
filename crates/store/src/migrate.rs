//! Schema steps: per module, forward only, checked by their sums.

use lt_kernel::Instant;
use sha2::{Digest, Sha256};

use crate::{Migration, Row, StoreError};

/// Marks a database as ours; made before everything else.
pub(crate) const SCHEMA_TABLE: &str = "CREATE TABLE store_schema (
  application TEXT PRIMARY KEY,
  format BIGINT NOT NULL
);
INSERT INTO store_schema (application, format) VALUES ('lienthong', 1);
CREATE TABLE store_migration (
  module TEXT NOT NULL,
  number BIGINT NOT NULL,
  name TEXT NOT NULL,
  sum TEXT NOT NULL,
  applied_at BIGINT NOT NULL,
  PRIMARY KEY (module, number)
);
";

/// What `store_schema.format` says of a sound database; 0 while it is being filled by a restore or a move.
pub(crate) const FORMAT: i64 = 1;

/// Why a database with the format 0 is refused.
pub(crate) const UNFINISHED: &str = "a restore or move into it did not end; remove it and begin again";

/// The store's own tables.
pub(crate) const OWN: &[Migration] = &[
    Migration {
        number: 1,
        name: "store",
        sqlite: include_str!("../migrations/0001_store.sqlite.sql"),
        postgres: include_str!("../migrations/0001_store.postgres.sql"),
    },
    Migration::both(2, "parked_again", include_str!("../migrations/0002_parked_again.sql")),
];

/// The steps of all modules, in order.
pub(crate) type Steps<'a> = &'a [(&'a str, &'a [Migration])];

/// What was applied, in the order of module and number.
pub(crate) const APPLIED: &str = "SELECT module, number, name, sum FROM store_migration ORDER BY module, number";

/// Records a step.
pub(crate) const RECORD: &str =
    "INSERT INTO store_migration (module, number, name, sum, applied_at) VALUES ($1, $2, $3, $4, $5)";

/// A step still to be taken.
#[derive(Debug, Clone)]
pub(crate) struct Step {
    pub(crate) module: String,
    pub(crate) number: u32,
    pub(crate) name: &'static str,
    pub(crate) sum: String,
    pub(crate) sqlite: &'static str,
    pub(crate) postgres: &'static str,
}

impl Step {
    /// The values of [`RECORD`].
    pub(crate) fn values(&self, at: Instant) -> Vec<crate::Val> {
        crate::params![&self.module, self.number, self.name, &self.sum, at]
    }
}

/// Compares what the program knows with what was applied.
///
/// # Errors
/// [`StoreError::Foreign`] with a sentence when a step was edited, is missing, or is newer than the program.
pub(crate) fn plan(known: Steps<'_>, applied: &[Row]) -> Result<Vec<Step>, StoreError> {
    let mut steps = Vec::new();
    for (module, migrations) in known {
        let mut done = 0;
        for row in applied {
            if row.get::<String>("module")? == *module {
                done += 1;
                check(module, migrations, row, done)?;
            }
        }
        for (index, migration) in migrations.iter().enumerate() {
            let number = u32::try_from(index + 1).unwrap_or(u32::MAX);
            if migration.number != number {
                let found = migration.number;
                return Err(StoreError::Foreign(format!(
                    "module {module}: step {number} is missing, {found} stands in its place"
                )));
            }
            if number > done {
                steps.push(Step {
                    module: (*module).to_owned(),
                    number,
                    name: migration.name,
                    sum: sum(migration),
                    sqlite: migration.sqlite,
                    postgres: migration.postgres,
                });
            }
        }
    }
    Ok(steps)
}

fn check(module: &str, migrations: &[Migration], row: &Row, place: u32) -> Result<(), StoreError> {
    let number: u32 = row.get("number")?;
    let name: String = row.get("name")?;
    let refuse = |why: String| Err(StoreError::Foreign(format!("module {module}, step {number} ({name}): {why}")));
    if number != place {
        return refuse(format!("step {place} before it is missing in the database"));
    }
    let Some(known) = migrations.iter().find(|known| known.number == number) else {
        return refuse("this program does not know it; the database belongs to a later version".to_owned());
    };
    if sum(known) != row.get::<String>("sum")? {
        return refuse("its text was edited after it had been applied; write a new step instead".to_owned());
    }
    Ok(())
}

/// The sum of both dialects, the same on both engines, so that a database can move between them.
fn sum(migration: &Migration) -> String {
    let mut hash = Sha256::new();
    for text in [migration.name, migration.sqlite, migration.postgres] {
        hash.update(text.replace("\r\n", "\n"));
        hash.update([0]);
    }
    hex::encode(hash.finalize())
}

/// The statements of a step: cut at semicolons that end a line.
pub(crate) fn statements(text: &str) -> Vec<String> {
    let mut found = vec![String::new()];
    for line in text.lines().map(str::trim_end) {
        if line.trim_start().starts_with("--") {
            continue;
        }
        if let Some(last) = found.last_mut() {
            last.push_str(line);
            last.push('\n');
        }
        if line.ends_with(';') {
            found.push(String::new());
        }
    }
    found.retain(|statement| !statement.trim().is_empty());
    found
}
