//! CSV in: as a whole table, or row by row for large imports.

use std::borrow::Cow;
use std::io::{Chain, Cursor, Read};

use csv::ByteRecord;

use crate::sheet::decode::{Decoded, fault_of, line_feeds};
use crate::sheet::{At, Hint, Limits, Sheet, SheetCell, SheetFault, SheetRow, Value, composed};

/// How much of a file is looked at to find its delimiter.
const LOOK: u64 = 64 * 1024;

/// Reads a whole CSV file that is in memory.
pub(super) fn read(bytes: &[u8], hint: &Hint, limits: &Limits) -> Result<Sheet, SheetFault> {
    if bytes.iter().take(4096).any(|byte| *byte == 0)
        && !bytes.starts_with(&[0xFF, 0xFE])
        && !bytes.starts_with(&[0xFE, 0xFF])
    {
        return Err(SheetFault::NotASheet);
    }
    let mut source = csv_rows(bytes, hint, limits)?;
    let mut rows = Vec::new();
    while let Some(row) = source.next_row()? {
        let cells = (0..row.len()).filter_map(|column| {
            let text = row.text(column)?;
            let at = At { row: row.number, column: u16::try_from(column).ok()? };
            let value = if text.is_empty() { Value::Empty } else { Value::Text(text.into_owned()) };
            Some(SheetCell { at, value, formula: false, merged: false, percent: false })
        });
        rows.push(SheetRow { number: row.number, hidden: false, cells: cells.collect() });
    }
    if rows.is_empty() {
        return Err(SheetFault::Empty);
    }
    Ok(Sheet { rows, ..Sheet::default() })
}

/// The looked at beginning, the rest, and a line feed.
type Source<R> = Chain<Chain<Cursor<Vec<u8>>, Decoded<R>>, Cursor<&'static [u8]>>;

/// The rows of a CSV file, one at a time; one record is reused for all of them.
pub struct CsvRows<R> {
    reader: csv::Reader<Source<R>>,
    record: ByteRecord,
    limits: Limits,
    delimiter: u8,
    number: u32,
    /// Line after the last one of the row before.
    line: u64,
}

/// One row of a CSV file, valid until the next is asked for.
#[derive(Debug)]
pub struct CsvRow<'a> {
    /// Number as spreadsheet programs show it, from 1; blank lines count.
    pub number: u32,
    record: &'a ByteRecord,
}

impl CsvRow<'_> {
    /// How many cells it has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.record.len()
    }

    /// Whether it has no cell.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.record.is_empty()
    }

    /// The text of a column (0 is A), in NFC, without blanks around it; none where the row is shorter.
    #[must_use]
    pub fn text(&self, column: usize) -> Option<Cow<'_, str>> {
        // The decoder has checked every byte, and the delimiter and quotation mark are ASCII.
        let text = std::str::from_utf8(self.record.get(column)?).unwrap_or_default();
        Some(composed(text.trim()))
    }

    /// The place of a column's cell.
    #[must_use]
    pub fn at(&self, column: u16) -> At {
        At { row: self.number, column }
    }
}

/// Reads `source` row by row. UTF-8 with or without byte order mark, or UTF-16 with one.
///
/// # Errors
/// [`SheetFault`] of the first bytes.
pub fn csv_rows<R: Read>(source: R, hint: &Hint, limits: &Limits) -> Result<CsvRows<R>, SheetFault> {
    let mut decoded = Decoded::new(source, limits.bytes);
    let mut begin = Vec::new();
    decoded.by_ref().take(LOOK).read_to_end(&mut begin).map_err(fault_of)?;
    let delimiter = hint.delimiter.unwrap_or_else(|| find_delimiter(&begin));
    let reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .buffer_capacity(64 * 1024)
        .terminator(csv::Terminator::Any(b'\n'))
        .from_reader(Cursor::new(begin).chain(decoded).chain(Cursor::new(&b"\n"[..])));
    Ok(CsvRows { reader, record: ByteRecord::new(), limits: limits.clone(), delimiter, number: 0, line: 1 })
}

impl<R: Read> CsvRows<R> {
    /// The delimiter in use.
    pub fn delimiter(&self) -> u8 {
        self.delimiter
    }

    /// The next row, or none at the end.
    ///
    /// # Errors
    /// [`SheetFault`] where the file breaks a limit or is not text; the rows before it were good.
    pub fn next_row(&mut self) -> Result<Option<CsvRow<'_>>, SheetFault> {
        loop {
            let more = self.reader.read_byte_record(&mut self.record).map_err(|error| match error.into_kind() {
                csv::ErrorKind::Io(error) => fault_of(error),
                other => SheetFault::Damaged { detail: format!("{other:?}") },
            })?;
            if !more {
                return Ok(None);
            }
            self.number_row()?;
            let blank = self.record.len() < 2 && self.record.as_slice().iter().all(u8::is_ascii_whitespace);
            if !blank {
                break;
            }
        }
        let limits = &self.limits;
        if self.number > limits.rows {
            return Err(SheetFault::TooManyRows { limit: limits.rows });
        }
        if self.record.len() > usize::from(limits.columns) {
            let at = At { row: self.number, column: limits.columns };
            return Err(SheetFault::TooWide { at, limit: limits.columns });
        }
        if self.record.as_slice().len() > limits.cell {
            let long = self.record.iter().position(|cell| cell.len() > limits.cell);
            if let Some(column) = long.and_then(|column| u16::try_from(column).ok()) {
                let at = At { row: self.number, column };
                return Err(SheetFault::CellTooLong { at, limit: limits.cell });
            }
        }
        Ok(Some(CsvRow { number: self.number, record: &self.record }))
    }

    /// The parser skips blank lines; a spreadsheet shows them. Line feeds inside a cell are no rows.
    /// A line feed is added at the end of the file, so that every row ends with one and can be counted by it.
    ///
    /// A row that ends without one ended inside a cell: a quotation mark was opened and never closed.
    fn number_row(&mut self) -> Result<(), SheetFault> {
        let line = self.reader.position().line();
        let inside = line_feeds(self.record.as_slice());
        let rows = line.saturating_sub(self.line).saturating_sub(inside);
        if rows == 0 {
            let column = u16::try_from(self.record.len().saturating_sub(1)).unwrap_or(u16::MAX);
            return Err(SheetFault::OpenQuote { at: At { row: self.number.saturating_add(1), column } });
        }
        self.number = self.number.saturating_add(u32::try_from(rows).unwrap_or(u32::MAX));
        self.line = line;
        Ok(())
    }
}

/// The one of `;`, tab and `,` that cuts the first lines most evenly; comma where none does.
fn find_delimiter(begin: &[u8]) -> u8 {
    let mut best = (0, b',');
    for delimiter in [b';', b'\t', b','] {
        let mut reader =
            csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(begin);
        let mut record = ByteRecord::new();
        let mut lengths = Vec::new();
        while lengths.len() < 20 && reader.read_byte_record(&mut record).unwrap_or(false) {
            lengths.push(record.len());
        }
        let first = lengths.first().copied().unwrap_or(0);
        if first < 2 {
            continue;
        }
        let even = lengths.iter().filter(|length| **length == first).count();
        let score = even * 1000 / lengths.len() * 1000 + first;
        if score > best.0 {
            best = (score, delimiter);
        }
    }
    best.1
}
