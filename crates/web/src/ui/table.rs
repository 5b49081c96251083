//! Tables: sticky head, figures to the right, rows that can be walked by keyboard, cards on phones.

use askama::Template;

use super::safe;
use crate::html::Html;

/// The order a column is sorted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// Not by this column; the link sorts by it.
    None,
    /// Smallest first; the link turns it round.
    Up,
    /// Largest first; the link turns it round.
    Down,
}

impl Sort {
    fn aria(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Up => "ascending",
            Self::Down => "descending",
        }
    }

    fn sign(self) -> &'static str {
        match self {
            Self::None => "↕",
            Self::Up => "↑",
            Self::Down => "↓",
        }
    }
}

/// A column.
#[derive(Debug, Clone)]
#[must_use]
pub struct Column {
    title: String,
    numeric: bool,
    sort: Option<(Sort, String)>,
}

impl Column {
    /// A column of texts.
    pub fn text(title: impl Into<String>) -> Self {
        Self { title: title.into(), numeric: false, sort: None }
    }

    /// A column of figures.
    pub fn number(title: impl Into<String>) -> Self {
        Self { numeric: true, ..Self::text(title) }
    }

    /// Can be sorted: its present order, and the address that changes it.
    pub fn sort(mut self, order: Sort, href: impl Into<String>) -> Self {
        self.sort = Some((order, href.into()));
        self
    }
}

/// What stands in a cell.
pub type Cell = Html;

/// A row.
#[derive(Debug, Clone, Default)]
#[must_use]
pub struct Row {
    cells: Vec<Cell>,
    href: Option<String>,
}

impl Row {
    /// A row of texts or components.
    pub fn new(cells: impl IntoIterator<Item = Cell>) -> Self {
        Self { cells: cells.into_iter().collect(), href: None }
    }

    /// A row whose first cell leads to its page.
    pub fn href(mut self, href: impl Into<String>) -> Self {
        self.href = Some(href.into());
        self
    }
}

/// A table.
#[derive(Debug, Clone, Template)]
#[template(path = "ui/table.html")]
#[must_use]
pub struct Table {
    caption: String,
    columns: Vec<Column>,
    rows: Vec<Row>,
    total: Option<Row>,
    is_plain: bool,
}

impl Table {
    /// A table that says in its caption what it shows.
    pub fn new(caption: impl Into<String>, columns: impl IntoIterator<Item = Column>) -> Self {
        let columns = columns.into_iter().collect();
        Self { caption: caption.into(), columns, rows: Vec::new(), total: None, is_plain: false }
    }

    /// Adds a row.
    pub fn row(mut self, row: Row) -> Self {
        self.rows.push(row);
        self
    }

    /// Adds rows.
    pub fn rows(mut self, rows: impl IntoIterator<Item = Row>) -> Self {
        self.rows.extend(rows);
        self
    }

    /// Puts a sum below.
    pub fn total(mut self, row: Row) -> Self {
        self.total = Some(row);
        self
    }

    /// Scrolls sideways on phones instead of becoming cards: for tables of figures to compare.
    pub fn plain(mut self) -> Self {
        self.is_plain = true;
        self
    }

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "askama hands over references")]
    fn title(&self, at: &usize) -> &str {
        self.columns.get(*at).map_or("", |column| &column.title)
    }

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "askama hands over references")]
    fn is_number(&self, at: &usize) -> bool {
        self.columns.get(*at).is_some_and(|column| column.numeric)
    }
}

safe!(Table);
