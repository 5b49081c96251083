//! A unit: all statements of one write, with the changes they publish; stored whole or not at all.

use std::borrow::Cow;

use lt_contracts::Change;

use crate::{Val, params};

/// One statement: SQL that both engines understand, `$1`… used in first-appearance order, and its values.
#[derive(Debug, Clone)]
pub struct Stmt {
    /// The text, the same for both engines.
    pub sql: Cow<'static, str>,
    /// The values; none when the statement runs for many rows.
    pub values: Vec<Val>,
    /// How many rows must change; otherwise the whole unit is [`crate::StoreError::Stale`].
    pub expected: Option<u64>,
    /// The values of each run, when it runs for many rows.
    pub(crate) many: Option<Vec<Vec<Val>>>,
}

impl Stmt {
    /// Requires that exactly `rows` rows change (all runs of [`Unit::run_many`] together).
    pub fn expect_rows(&mut self, rows: u64) {
        self.expected = Some(rows);
    }

    /// The values of every run.
    pub(crate) fn runs(&self) -> &[Vec<Val>] {
        self.many.as_deref().unwrap_or(std::slice::from_ref(&self.values))
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
        self.push(Stmt { sql: Cow::Borrowed(sql), values, expected: None, many: None })
    }

    /// Adds a statement whose text was put together, such as one with a list of places for `IN`.
    /// Never put a value into the text: values are bound.
    pub fn run_text(&mut self, sql: String, values: Vec<Val>) -> &mut Stmt {
        self.push(Stmt { sql: Cow::Owned(sql), values, expected: None, many: None })
    }

    /// Adds a statement that runs once for each of `rows`; far quicker than as many [`Self::run`].
    pub fn run_many(&mut self, sql: &'static str, rows: Vec<Vec<Val>>) -> &mut Stmt {
        self.push(Stmt { sql: Cow::Borrowed(sql), values: Vec::new(), expected: None, many: Some(rows) })
    }

    /// As [`Self::run_many`], with a text that was put together.
    pub fn run_many_text(&mut self, sql: String, rows: Vec<Vec<Val>>) -> &mut Stmt {
        self.push(Stmt { sql: Cow::Owned(sql), values: Vec::new(), expected: None, many: Some(rows) })
    }

    /// Draws the next number (from 1) of the counter `name`. Statements after it in this unit read it with
    /// `(SELECT value FROM store_counter WHERE name = $n)`. No number is lost or given twice: the row stays
    /// locked until the unit is stored, and a unit that fails gives its number back.
    pub fn draw(&mut self, name: &str) {
        self.run(
            "INSERT INTO store_counter (name, value) VALUES ($1, 1) \
             ON CONFLICT (name) DO UPDATE SET value = store_counter.value + 1",
            params![name],
        );
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

    fn push(&mut self, stmt: Stmt) -> &mut Stmt {
        self.stmts.push(stmt);
        let last = self.stmts.len() - 1;
        #[expect(clippy::indexing_slicing, reason = "pushed on the line before")]
        &mut self.stmts[last]
    }
}

/// A unit that is durable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Done {
    /// Rows changed by all statements together, outbox rows not counted.
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
