//! Tables in and out: CSV and XLSX, with every cell's place, and nothing used silently.
//!
//! ```
//! use lt_paper::sheet::{self, Hint, Limits, Value};
//! let sheet = sheet::read("mã;giá trị\nT1;66,67\n".as_bytes(), &Hint::default(), &Limits::default()).unwrap();
//! assert_eq!(sheet.rows[1].cells[1].value, Value::Text("66,67".into()));
//! assert_eq!(sheet.rows[1].cells[1].at.to_string(), "B2");
//! ```

mod archive;
mod csv_in;
mod decode;
mod fault;
mod hidden;
mod out;
mod xlsx_in;

use std::borrow::Cow;
use std::fmt;

use lt_kernel::Date;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

pub use csv_in::{CsvRow, CsvRows, csv_rows};
pub use fault::{Hazard, HazardKind, SheetFault};
pub use out::{CsvForm, Grid, Out, write_csv, write_xlsx};

/// How much is read before a file is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the file as it came.
    pub bytes: u64,
    /// Rows of the table, the head included.
    pub rows: u32,
    /// Columns of the table.
    pub columns: u16,
    /// Bytes of text in one cell.
    pub cell: usize,
    /// Bytes of all parts of an XLSX file, unpacked.
    pub unpacked: u64,
    /// Parts of an XLSX file.
    pub parts: usize,
    /// How many times its packed size a part above 1 MiB may unpack to.
    pub ratio: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: 50 * 1024 * 1024,
            rows: 200_000,
            columns: 256,
            cell: 32 * 1024,
            unpacked: 400 * 1024 * 1024,
            parts: 2_000,
            ratio: 250,
        }
    }
}

/// What the sender said about a file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Hint {
    /// The sheet of the workbook to read; none for the first that can be seen.
    pub sheet: Option<String>,
    /// The delimiter of a CSV file; none to find out from its first lines.
    pub delimiter: Option<u8>,
}

/// Place of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct At {
    /// Row as spreadsheet programs number it, from 1.
    pub row: u32,
    /// Column from 0: 0 is A.
    pub column: u16,
}

impl At {
    /// The column's letters: A, B, … Z, AA, …
    #[must_use]
    pub fn column_name(self) -> String {
        let mut rest = u32::from(self.column) + 1;
        let mut letters = Vec::new();
        while rest > 0 {
            let digit = u8::try_from((rest - 1) % 26).unwrap_or(0);
            letters.push(char::from(b'A' + digit));
            rest = (rest - 1) / 26;
        }
        letters.iter().rev().collect()
    }
}

impl fmt::Display for At {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.column_name(), self.row)
    }
}

/// What a cell holds. CSV knows only text; what the text means is for the importer to decide.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Value {
    /// Nothing.
    #[default]
    Empty,
    /// Text, in NFC.
    Text(String),
    /// A number as exact decimal digits with a point, never an exponent: `66.67`, `-0.5`, `4600`.
    /// XLSX keeps binary numbers; this is the shortest decimal that means the same one.
    Number(String),
    /// A day.
    Date(Date),
    /// A day with a time of day, `2026-06-30T08:15:00`; or a time or duration alone, as XLSX wrote it.
    Moment(String),
    /// Yes or no.
    Bool(bool),
    /// An error value, such as `#DIV/0!`.
    Error(String),
}

/// A cell with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetCell {
    /// Where it stands.
    pub at: At,
    /// What it holds.
    pub value: Value,
    /// Its value was computed by a formula.
    pub formula: bool,
    /// It is part of a merged range.
    pub merged: bool,
    /// The number is shown as a percentage: the reader sees 100 times [`Value::Number`].
    pub percent: bool,
}

/// A row that holds something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetRow {
    /// Number as spreadsheet programs show it, from 1.
    pub number: u32,
    /// Hidden or filtered away.
    pub hidden: bool,
    /// Cells from column A to the last one that holds something, none left out.
    pub cells: Vec<SheetCell>,
}

/// A sheet of the workbook that was not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherSheet {
    /// Its name.
    pub name: String,
    /// Whether people opening the file see it.
    pub hidden: bool,
}

/// A table that was read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sheet {
    /// Name of the sheet; none for CSV.
    pub name: Option<String>,
    /// The other sheets of the workbook.
    pub others: Vec<OtherSheet>,
    /// Rows that hold something, from top to bottom.
    pub rows: Vec<SheetRow>,
    /// Hidden columns, from 0.
    pub hidden_columns: Vec<u16>,
}

impl Sheet {
    /// Everything an import must refuse, from top left to bottom right.
    pub fn hazards(&self) -> impl Iterator<Item = Hazard> {
        self.rows.iter().flat_map(|row| row.cells.iter().filter_map(|cell| self.hazard(row, cell)))
    }

    fn hazard(&self, row: &SheetRow, cell: &SheetCell) -> Option<Hazard> {
        let empty = cell.value == Value::Empty;
        let kind = if cell.formula {
            HazardKind::Formula
        } else if matches!(cell.value, Value::Error(_)) {
            HazardKind::Error
        } else if cell.merged {
            HazardKind::Merged
        } else if row.hidden && !empty {
            HazardKind::HiddenRow
        } else if self.hidden_columns.contains(&cell.at.column) && !empty {
            HazardKind::HiddenColumn
        } else {
            return None;
        };
        Some(Hazard { at: cell.at, kind })
    }
}

/// Reads a table; what the bytes are is seen from the bytes.
///
/// # Errors
/// [`SheetFault`] with the place; nothing is returned of a file with a fault.
pub fn read(bytes: &[u8], hint: &Hint, limits: &Limits) -> Result<Sheet, SheetFault> {
    if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > limits.bytes {
        return Err(SheetFault::TooLarge { limit: limits.bytes });
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        xlsx_in::read(bytes, hint, limits)
    } else if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
        Err(SheetFault::OldOrLocked)
    } else {
        csv_in::read(bytes, hint, limits)
    }
}

/// Brings text to NFC, without a copy where it is already.
pub(crate) fn composed(text: &str) -> Cow<'_, str> {
    if text.is_ascii() || is_nfc_quick(text.chars()) == IsNormalized::Yes {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.nfc().collect())
    }
}
