//! What is wrong with a file, and where.

use lt_kernel::Said;
use lt_paper::sheet::At;

/// Faults kept with their place; more are only counted, so that a file of nothing but faults costs little.
pub const MOST: usize = 1_000;

/// A fault with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Row as spreadsheet programs number it; none for the whole file.
    pub row: Option<u32>,
    /// The cell, when it lies in one.
    pub at: Option<At>,
    /// What is wrong and what to do.
    pub said: Said,
}

impl Fault {
    /// A fault of a cell.
    #[must_use]
    pub const fn at(at: At, said: Said) -> Self {
        Self { row: Some(at.row), at: Some(at), said }
    }

    /// A fault of a row.
    #[must_use]
    pub const fn of_row(row: u32, said: Said) -> Self {
        Self { row: Some(row), at: None, said }
    }

    /// A fault of the whole file.
    #[must_use]
    pub const fn of_file(said: Said) -> Self {
        Self { row: None, at: None, said }
    }
}

/// Faults found so far.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// The first [`MOST`].
    pub list: Vec<Fault>,
    /// How many there are in all.
    pub count: usize,
}

impl Found {
    /// Adds one.
    pub fn push(&mut self, fault: Fault) {
        self.count += 1;
        if self.list.len() < MOST {
            self.list.push(fault);
        }
    }

    /// Adds several.
    pub fn extend(&mut self, faults: impl IntoIterator<Item = Fault>) {
        faults.into_iter().for_each(|fault| self.push(fault));
    }

    /// Whether there is none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.count == 0
    }
}
