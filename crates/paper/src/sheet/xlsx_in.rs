//! XLSX in: cells with their flags, read sparsely, so that a lying dimension costs nothing.

use std::collections::{BTreeMap, HashSet};
use std::io::Cursor;

use calamine::{CellErrorType, DataRef, ExcelDateTime, Reader as _, SheetType, SheetVisible, Xlsx};
use lt_kernel::Date;

use crate::sheet::{
    At, Hint, Limits, OtherSheet, Sheet, SheetCell, SheetFault, SheetRow, Value, archive, composed, hidden,
};

type Workbook<'a> = Xlsx<Cursor<&'a [u8]>>;

fn damaged(error: &dyn std::fmt::Display) -> SheetFault {
    SheetFault::Damaged { detail: error.to_string() }
}

pub(super) fn read(bytes: &[u8], hint: &Hint, limits: &Limits) -> Result<Sheet, SheetFault> {
    let mut parts = archive::check(bytes, limits)?;
    if !hidden::is_workbook(&mut parts) {
        return Err(SheetFault::NotASheet);
    }
    let mut book: Workbook = Xlsx::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
    let (name, others) = choose(&book, hint)?;
    let hidden = hidden::find(&mut parts, &name, limits)?;
    let percent = percentages(&mut book, &name)?;
    let mut rows = cells(&mut book, &name, limits, &percent)?;
    merge(&mut book, &name, &mut rows)?;
    let rows: Vec<SheetRow> =
        rows.into_iter().map(|(number, cells)| row(number, cells, hidden.rows.contains(&number))).collect();
    if rows.is_empty() {
        return Err(SheetFault::Empty);
    }
    Ok(Sheet { name: Some(name), others, rows, hidden_columns: hidden.columns })
}

fn choose(book: &Workbook, hint: &Hint) -> Result<(String, Vec<OtherSheet>), SheetFault> {
    let sheets: Vec<_> = book.sheets_metadata().iter().filter(|sheet| sheet.typ == SheetType::WorkSheet).collect();
    let chosen = match &hint.sheet {
        Some(name) => {
            sheets.iter().find(|sheet| sheet.name == *name).ok_or_else(|| SheetFault::NoSheet { name: name.clone() })?
        }
        None => sheets.iter().find(|sheet| sheet.visible == SheetVisible::Visible).ok_or(SheetFault::AllHidden)?,
    };
    let others = sheets
        .iter()
        .filter(|sheet| sheet.name != chosen.name)
        .map(|sheet| OtherSheet { name: sheet.name.clone(), hidden: sheet.visible != SheetVisible::Visible })
        .collect();
    Ok((chosen.name.clone(), others))
}

/// Cells whose number is shown as a percentage.
fn percentages(book: &mut Workbook, name: &str) -> Result<HashSet<(u32, u32)>, SheetFault> {
    let mut reader = book.worksheet_cells_reader(name).map_err(|error| damaged(&error))?;
    let styles: Vec<bool> = reader
        .styles()
        .iter()
        .map(|style| style.number_format.as_ref().is_some_and(|format| format.format_code.contains('%')))
        .collect();
    let mut found = HashSet::new();
    if !styles.contains(&true) {
        return Ok(found);
    }
    while let Some((row, column, style)) = reader.next_style_id().map_err(|error| damaged(&error))? {
        if styles.get(style) == Some(&true) {
            found.insert((row, column));
        }
    }
    Ok(found)
}

type Rows = BTreeMap<u32, Vec<SheetCell>>;

fn cells(book: &mut Workbook, name: &str, limits: &Limits, percent: &HashSet<(u32, u32)>) -> Result<Rows, SheetFault> {
    let mut reader = book.worksheet_cells_reader(name).map_err(|error| damaged(&error))?;
    let mut rows = Rows::new();
    while let Some(cell) = reader.next_cell_with_formula_metadata().map_err(|error| damaged(&error))? {
        let formula = cell.formula.is_some();
        let value = value(&cell.value);
        if value == Value::Empty && !formula {
            continue;
        }
        let (row, column) = cell.pos;
        let at = At { row: row.saturating_add(1), column: u16::try_from(column).unwrap_or(u16::MAX) };
        if at.column >= limits.columns {
            return Err(SheetFault::TooWide { at, limit: limits.columns });
        }
        if matches!(&value, Value::Text(text) if text.len() > limits.cell) {
            return Err(SheetFault::CellTooLong { at, limit: limits.cell });
        }
        let percent = percent.contains(&cell.pos) && matches!(value, Value::Number(_));
        rows.entry(at.row).or_default().push(SheetCell { at, value, formula, merged: false, percent });
        if u32::try_from(rows.len()).unwrap_or(u32::MAX) > limits.rows {
            return Err(SheetFault::TooManyRows { limit: limits.rows });
        }
    }
    Ok(rows)
}

/// Marks the cells of merged ranges.
fn merge(book: &mut Workbook, name: &str, rows: &mut Rows) -> Result<(), SheetFault> {
    let ranges = book.merge_cells_by_sheet_name(name).map_err(|error| damaged(&error))?;
    for range in ranges {
        let (top, bottom) = (range.start.0.saturating_add(1), range.end.0.saturating_add(1));
        if top > bottom {
            continue;
        }
        for (_, cells) in rows.range_mut(top..=bottom) {
            for cell in cells.iter_mut() {
                let column = u32::from(cell.at.column);
                cell.merged |= range.start.1 <= column && column <= range.end.1;
            }
        }
    }
    Ok(())
}

/// A row without gaps; of two cells at one place, which no sound file has, the later one counts.
fn row(number: u32, cells: Vec<SheetCell>, hidden: bool) -> SheetRow {
    let by_column: BTreeMap<u16, SheetCell> = cells.into_iter().map(|cell| (cell.at.column, cell)).collect();
    let last = by_column.keys().next_back().copied().unwrap_or(0);
    let mut by_column = by_column;
    let dense = (0..=last).map(|column| {
        by_column.remove(&column).unwrap_or(SheetCell {
            at: At { row: number, column },
            value: Value::Empty,
            formula: false,
            merged: false,
            percent: false,
        })
    });
    SheetRow { number, hidden, cells: dense.collect() }
}

fn value(data: &DataRef) -> Value {
    match data {
        DataRef::Empty => Value::Empty,
        DataRef::Int(number) => Value::Number(number.to_string()),
        // `{}` writes the shortest digits that mean the same number, and never an exponent.
        DataRef::Float(number) if number.is_finite() => Value::Number(format!("{number}")),
        DataRef::Float(_) => Value::Error("#NUM!".to_owned()),
        DataRef::String(text) => self::text(text),
        DataRef::SharedString(text) => self::text(text),
        DataRef::Bool(yes) => Value::Bool(*yes),
        DataRef::DateTime(moment) => self::moment(*moment),
        DataRef::DateTimeIso(text) => text.parse::<Date>().map_or_else(|_| Value::Moment(text.clone()), Value::Date),
        DataRef::DurationIso(text) => Value::Moment(text.clone()),
        DataRef::Error(error) => Value::Error(error_name(error).to_owned()),
    }
}

fn text(text: &str) -> Value {
    let text = text.trim();
    if text.is_empty() { Value::Empty } else { Value::Text(composed(text).into_owned()) }
}

fn moment(moment: ExcelDateTime) -> Value {
    let serial = moment.as_f64();
    if !serial.is_finite() || moment.is_duration() || serial < 1.0 {
        return Value::Moment(format!("{serial}"));
    }
    let (year, month, day, hour, minute, second, milli) = moment.to_ymd_hms_milli();
    let parts = (i16::try_from(year), i8::try_from(month), i8::try_from(day));
    match (parts, hour, minute, second, milli) {
        ((Ok(year), Ok(month), Ok(day)), 0, 0, 0, 0) => {
            Date::new(year, month, day).map_or_else(|_| Value::Moment(format!("{serial}")), Value::Date)
        }
        _ => Value::Moment(format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}")),
    }
}

const fn error_name(error: &CellErrorType) -> &'static str {
    match error {
        CellErrorType::Div0 => "#DIV/0!",
        CellErrorType::NA => "#N/A",
        CellErrorType::Name => "#NAME?",
        CellErrorType::Null => "#NULL!",
        CellErrorType::Num => "#NUM!",
        CellErrorType::Ref => "#REF!",
        CellErrorType::Value => "#VALUE!",
        CellErrorType::GettingData => "#GETTING_DATA",
    }
}
