//! The rows of an uploaded table, CSV or XLSX, as texts people would have typed.

use std::borrow::Cow;

use lt_kernel::quantity::Exact;
use lt_kernel::quantity::numbers::Convention;
use lt_paper::sheet::{self, At, CsvRow, Hazard, HazardKind, Hint, Limits, Sheet, SheetFault, SheetRow, Value};
use lt_web::form::clean;

/// A table that was opened: CSV is read row by row each time, so that 50 MB of it need little memory.
pub enum Table<'a> {
    /// Text.
    Csv(&'a [u8]),
    /// A workbook's sheet.
    Sheet(Box<Sheet>),
}

/// One row.
pub enum Row<'a> {
    /// Of text.
    Csv(CsvRow<'a>),
    /// Of a sheet.
    Sheet(&'a SheetRow),
}

impl<'a> Table<'a> {
    /// Opens a table; what the bytes are is seen from the bytes.
    ///
    /// # Errors
    /// [`SheetFault`] when they are neither CSV nor XLSX, a bomb, locked, too large.
    pub fn open(bytes: &'a [u8]) -> Result<Self, SheetFault> {
        let is_text = !bytes.starts_with(b"PK") && !bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]);
        let is_wide = bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]);
        if !is_text {
            return sheet::read(bytes, &Hint::default(), &Limits::default()).map(|sheet| Self::Sheet(Box::new(sheet)));
        }
        if bytes.is_empty() {
            return Err(SheetFault::Empty);
        }
        if !is_wide && bytes.iter().take(4096).any(|byte| *byte == 0) {
            return Err(SheetFault::NotASheet);
        }
        Ok(Self::Csv(bytes))
    }

    /// Cells that must not be used: formulas, merged, hidden, errors. CSV has its own, found row by row.
    #[must_use]
    pub fn hazards(&self) -> Vec<Hazard> {
        match self {
            Self::Csv(_) => Vec::new(),
            Self::Sheet(sheet) => sheet.hazards().collect(),
        }
    }

    /// Hands over every row that holds something, the head first.
    ///
    /// # Errors
    /// [`SheetFault`] where a CSV file breaks a limit or is not text; the rows before it were handed over.
    pub fn each(&self, mut see: impl FnMut(&Row<'_>)) -> Result<(), SheetFault> {
        match self {
            Self::Csv(bytes) => {
                let mut rows = sheet::csv_rows(*bytes, &Hint::default(), &Limits::default())?;
                while let Some(row) = rows.next_row()? {
                    see(&Row::Csv(row));
                }
            }
            Self::Sheet(sheet) => sheet.rows.iter().for_each(|row| see(&Row::Sheet(row))),
        }
        Ok(())
    }
}

impl Row<'_> {
    /// Its number as spreadsheet programs show it, from 1.
    #[must_use]
    pub fn number(&self) -> u32 {
        match self {
            Self::Csv(row) => row.number,
            Self::Sheet(row) => row.number,
        }
    }

    /// How many cells it has.
    #[must_use]
    pub fn width(&self) -> u16 {
        let width = match self {
            Self::Csv(row) => row.len(),
            Self::Sheet(row) => row.cells.len(),
        };
        u16::try_from(width).unwrap_or(u16::MAX)
    }

    /// The text of a cell without blanks around it; empty where there is none. A number of a sheet is written
    /// so that no convention can misread it.
    #[must_use]
    pub fn text(&self, place: u16) -> Cow<'_, str> {
        self.number_text(place, Convention::Unknown)
    }

    /// As [`Self::text`]; a number of a sheet is written in `convention`.
    #[must_use]
    pub fn number_text(&self, place: u16, convention: Convention) -> Cow<'_, str> {
        match self {
            Self::Csv(row) => row.text(usize::from(place)).map(tidy).unwrap_or_default(),
            Self::Sheet(row) => {
                row.cells.get(usize::from(place)).map(|cell| typed(cell, convention)).unwrap_or_default()
            }
        }
    }

    /// The text of a cell that a person typed as text: typed numbers and days of a sheet say nothing about how
    /// numbers are written.
    #[must_use]
    pub fn typed_text(&self, place: u16) -> Option<Cow<'_, str>> {
        match self {
            Self::Csv(_) => Some(self.text(place)),
            Self::Sheet(row) => match &row.cells.get(usize::from(place))?.value {
                Value::Text(text) => Some(Cow::Borrowed(text)),
                _ => None,
            },
        }
    }

    /// Whether a cell of CSV would be run by a spreadsheet program.
    #[must_use]
    pub fn formula(&self, place: u16) -> Option<Hazard> {
        let Self::Csv(row) = self else { return None };
        let runs = row.text(usize::from(place)).is_some_and(|text| text.starts_with(['=', '@', '＝', '＠']));
        runs.then_some(Hazard { at: At { row: row.number, column: place }, kind: HazardKind::Formula })
    }
}

/// Text without what nobody sees, and without the apostrophe by which exports keep text from running.
fn tidy(text: Cow<'_, str>) -> Cow<'_, str> {
    let text = match text {
        Cow::Borrowed(text) => Cow::Borrowed(unguarded(text)),
        Cow::Owned(text) => Cow::Owned(unguarded(&text).to_owned()),
    };
    let is_plain = text.bytes().all(|byte| (0x20..0x7F).contains(&byte));
    if is_plain { text } else { Cow::Owned(clean(&text)) }
}

fn unguarded(text: &str) -> &str {
    text.strip_prefix('\'')
        .filter(|rest| rest.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']))
        .unwrap_or(text)
}

fn typed(cell: &sheet::SheetCell, convention: Convention) -> Cow<'_, str> {
    match &cell.value {
        Value::Empty => Cow::Borrowed(""),
        Value::Text(text) => tidy(Cow::Borrowed(text.trim())),
        Value::Number(number) if cell.percent => {
            let hundred = Exact::parse_canonical(number).ok();
            let hundred = hundred.and_then(|one| one.checked_mul(&Exact::whole(100)).ok());
            Cow::Owned(hundred.map_or_else(|| number.clone(), |number| spelled(&number.to_string(), convention)))
        }
        Value::Number(number) => Cow::Owned(spelled(number, convention)),
        Value::Date(date) => Cow::Owned(date.to_string()),
        Value::Moment(text) | Value::Error(text) => Cow::Borrowed(text),
        Value::Bool(yes) => Cow::Borrowed(if *yes { "1" } else { "0" }),
    }
}

/// Digits with a point, written in a convention. Three decimals get a zero behind them: `1.234` could be read
/// as a thousand, `1.2340` cannot.
#[must_use]
pub fn spelled(number: &str, convention: Convention) -> String {
    let Some((whole, part)) = number.split_once('.') else { return number.to_owned() };
    let mark = if convention == Convention::Vi { ',' } else { '.' };
    let zero = if part.len() == 3 { "0" } else { "" };
    format!("{whole}{mark}{part}{zero}")
}

#[cfg(test)]
pub(crate) mod tests {
    use lt_kernel::quantity::numbers::parse_in;

    use super::*;

    /// What `see` makes of the rows of a CSV text.
    pub(crate) fn rows<T>(text: &str, mut see: impl FnMut(&Row<'_>) -> T) -> Vec<T> {
        let mut found = Vec::new();
        Table::open(text.as_bytes()).unwrap().each(|row| found.push(see(row))).unwrap();
        found
    }

    #[test]
    fn typed_numbers_are_never_ambiguous() {
        for number in ["1.234", "66.67", "4600", "-0.5", "1234.567"] {
            let exact = Exact::parse_canonical(number).unwrap();
            for convention in [Convention::Vi, Convention::En, Convention::Unknown] {
                assert_eq!(parse_in(&spelled(number, convention), convention), Ok(exact), "{number} {convention:?}");
            }
        }
    }

    #[test]
    fn guarded_text_loses_its_apostrophe_and_formulas_are_seen() {
        let found = rows("'-3;'tis;=1+1\n", |row| {
            (row.text(0).into_owned(), row.text(1).into_owned(), row.formula(2).map(|hazard| hazard.at.to_string()))
        });
        assert_eq!(found, [("-3".into(), "'tis".into(), Some("C1".into()))]);
    }

    #[test]
    fn what_is_no_table_is_refused() {
        assert!(matches!(Table::open(b""), Err(SheetFault::Empty)));
        assert!(matches!(Table::open(b"\0\0\0"), Err(SheetFault::NotASheet)));
        assert!(matches!(Table::open(b"\xD0\xCF\x11\xE0\0"), Err(SheetFault::OldOrLocked)));
    }
}
