//! A unit: all statements of one write, with the changes they publish; stored whole or not at all.

use lt_contracts::Change;

use crate::Val;

/// One statement: SQL that both engines understand, `$1`… used in first-appearance order, and its values.
#[derive(Debug, Clone)]
pub struct Stmt {
    /// The text, the same for both engines.
    pub sql: &'static str,
    /// The values.
    pub values: Vec<Val>,
    /// How many rows must change; otherwise the whole unit is [`crate::StoreError::Stale`].
    pub expected: Option<u64>,
}

impl Stmt {
    /// Requires that exactly `rows` rows change.
    pub fn expect_rows(&mut self, rows: u64) {
        self.expected = Some(rows);
    }
}

/// A write as a value. Build it after deciding, hand it to [`crate::Db::commit`].
#[derive(Debug, Clone, Default)]
pub struct Unit {
    pub(crate) stmts: Vec<Stmt>,
    pub(crate) changes: Vec<Change>,
}

impl Unit {
    /// An empty unit.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a statement.
    pub fn run(&mut self, sql: &'static str, values: Vec<Val>) -> &mut Stmt {
        self.stmts.push(Stmt { sql, values, expected: None });
        let last = self.stmts.len() - 1;
        #[expect(clippy::indexing_slicing, reason = "pushed on the line before")]
        &mut self.stmts[last]
    }

    /// Adds a change: a row of the outbox in the same transaction.
    pub fn emit(&mut self, change: Change) {
        self.changes.push(change);
    }

    /// Puts another unit's statements and changes behind these.
    pub fn append(&mut self, other: Self) {
        self.stmts.extend(other.stmts);
        self.changes.extend(other.changes);
    }

    /// Whether it would do nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.stmts.is_empty() && self.changes.is_empty()
    }
}

/// A unit that is durable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Done {
    /// Rows changed by all statements together.
    pub rows: u64,
}

/// One step of a module's schema; forward only, checked by its sum, never edited once released.
#[derive(Debug, Clone, Copy)]
pub struct Migration {
    /// Number within the module, from 1.
    pub number: u32,
    /// What it does, from the file's name.
    pub name: &'static str,
    /// SQL for `SQLite` (statements end with a semicolon at a line's end).
    pub sqlite: &'static str,
    /// SQL for PostgreSQL; the same text unless dialects force otherwise.
    pub postgres: &'static str,
}

impl Migration {
    /// A step whose text serves both engines.
    #[must_use]
    pub const fn both(number: u32, name: &'static str, sql: &'static str) -> Self {
        Self { number, name, sqlite: sql, postgres: sql }
    }
}
