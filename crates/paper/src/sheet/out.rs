//! Tables out: CSV that no spreadsheet program mistakes for a program, and XLSX with typed cells.

use std::borrow::Cow;

use lt_kernel::{Date, Instant};
use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

use crate::fault::PaperFault;

/// A cell to be written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Out {
    /// Nothing.
    #[default]
    Empty,
    /// Text.
    Text(String),
    /// A number in exact decimal digits with a point: `66.67`, `-0.5`. Anything else is written as text.
    Number(String),
    /// A day.
    Date(Date),
    /// Yes or no.
    Bool(bool),
}

impl From<&str> for Out {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

/// A table to be written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Grid {
    /// Name of the sheet; characters XLSX forbids are replaced.
    pub name: String,
    /// Head of each column.
    pub head: Vec<String>,
    /// Rows.
    pub rows: Vec<Vec<Out>>,
}

/// How a CSV file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CsvForm {
    /// Begin with the mark by which spreadsheet programs know UTF-8.
    pub mark: bool,
    /// Between cells: `,` or `;` or a tab.
    pub delimiter: u8,
    /// Write numbers with a decimal comma, as a Vietnamese spreadsheet program expects; needs another delimiter.
    pub decimal_comma: bool,
}

impl Default for CsvForm {
    fn default() -> Self {
        Self { mark: true, delimiter: b',', decimal_comma: false }
    }
}

/// Whether `text` is digits with at most one point and a sign.
fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
    let all = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    all(whole) && all(part)
}

/// Text a spreadsheet program would run as a formula gets an apostrophe in front, by which it shows it as text.
fn guarded(text: &str) -> Cow<'_, str> {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']) {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

fn csv_cell(cell: &Out, form: CsvForm) -> Cow<'_, str> {
    match cell {
        Out::Empty => Cow::Borrowed(""),
        Out::Number(number) if is_number(number) => {
            if form.decimal_comma {
                Cow::Owned(number.replace('.', ","))
            } else {
                Cow::Borrowed(number)
            }
        }
        Out::Text(text) | Out::Number(text) => guarded(text),
        Out::Date(date) => Cow::Owned(date.to_string()),
        Out::Bool(yes) => Cow::Borrowed(if *yes { "1" } else { "0" }),
    }
}

/// Writes CSV: lines end with CRLF, dates are `YYYY-MM-DD`, yes and no are 1 and 0.
///
/// # Errors
/// [`PaperFault::Writer`] if a decimal comma is asked for between commas.
pub fn write_csv(grid: &Grid, form: CsvForm) -> Result<Vec<u8>, PaperFault> {
    let refused = |detail: &dyn std::fmt::Display| PaperFault::Writer { detail: detail.to_string() };
    if form.decimal_comma && form.delimiter == b',' {
        return Err(refused(&"decimal comma between commas"));
    }
    let begin = if form.mark { b"\xEF\xBB\xBF".to_vec() } else { Vec::new() };
    let mut writer = csv::WriterBuilder::new()
        .delimiter(form.delimiter)
        .terminator(csv::Terminator::CRLF)
        .flexible(true)
        .from_writer(begin);
    writer.write_record(grid.head.iter().map(|head| guarded(head).into_owned())).map_err(|error| refused(&error))?;
    for row in &grid.rows {
        for cell in row {
            writer.write_field(csv_cell(cell, form).as_bytes()).map_err(|error| refused(&error))?;
        }
        writer.write_record(None::<&[u8]>).map_err(|error| refused(&error))?;
    }
    writer.into_inner().map_err(|error| refused(&error))
}

/// Writes XLSX: a head that stays in sight, typed cells, columns as wide as their content. `created` is written
/// into the file, so the same grid and moment give the same bytes.
///
/// # Errors
/// [`PaperFault::Writer`] for more than 1,048,575 rows, 16,384 columns or 32,767 letters in a cell.
pub fn write_xlsx(grid: &Grid, created: Instant) -> Result<Vec<u8>, PaperFault> {
    xlsx(grid, created).map_err(|error| PaperFault::Writer { detail: error.to_string() })
}

fn xlsx(grid: &Grid, created: Instant) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let civil = created.civil();
    let small = |part: i8| u8::try_from(part).unwrap_or(0);
    let moment =
        ExcelDateTime::from_ymd(u16::try_from(civil.year()).unwrap_or(1970), small(civil.month()), small(civil.day()))?
            .and_hms(u16::from(small(civil.hour())), small(civil.minute()), f64::from(civil.second()))?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&moment).set_author("Liên Thông"));
    let sheet = book.add_worksheet();
    sheet.set_name(sheet_name(&grid.name))?;
    let head = Format::new()
        .set_bold()
        .set_text_wrap()
        .set_align(FormatAlign::VerticalCenter)
        .set_background_color(Color::RGB(0x00EF_E6E4))
        .set_border_bottom(FormatBorder::Thin);
    for (column, text) in (0_u16..).zip(&grid.head) {
        sheet.write_string_with_format(0, column, text, &head)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    sheet.set_repeat_rows(0, 0)?;
    let wrapped = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let day = Format::new().set_num_format("dd/mm/yyyy").set_align(FormatAlign::Top);
    let top = Format::new().set_align(FormatAlign::Top);
    for (row, cells) in (1_u32..).zip(&grid.rows) {
        for (column, cell) in (0_u16..).zip(cells) {
            write_cell(sheet, row, column, cell, [&wrapped, &day, &top])?;
        }
    }
    set_widths(sheet, grid)?;
    book.save_to_buffer()
}

fn write_cell(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    cell: &Out,
    [wrapped, day, top]: [&Format; 3],
) -> Result<(), XlsxError> {
    match cell {
        Out::Empty => {}
        Out::Text(text) => {
            sheet.write_string_with_format(row, column, text, wrapped)?;
        }
        Out::Number(text) => match as_binary(text) {
            Some(number) => {
                sheet.write_number_with_format(row, column, number, top)?;
            }
            None => {
                sheet.write_string_with_format(row, column, text, wrapped)?;
            }
        },
        Out::Date(date) => {
            let (month, of_month) = (date.month().unsigned_abs(), date.day().unsigned_abs());
            match ExcelDateTime::from_ymd(date.year().unsigned_abs(), month, of_month) {
                Ok(excel) if date.year() >= 1900 => {
                    sheet.write_datetime_with_format(row, column, &excel, day)?;
                }
                _ => {
                    sheet.write_string_with_format(row, column, date.to_string(), wrapped)?;
                }
            }
        }
        Out::Bool(yes) => {
            sheet.write_boolean_with_format(row, column, *yes, top)?;
        }
    }
    Ok(())
}

/// The binary number that XLSX would keep, where it reads back as the very same digits; otherwise the digits stay text.
fn as_binary(text: &str) -> Option<f64> {
    if !is_number(text) {
        return None;
    }
    let number: f64 = text.parse().ok()?;
    let plain = |text: &str| -> String {
        let (sign, digits) = text.strip_prefix('-').map_or(("", text), |digits| ("-", digits));
        let digits = digits.trim_start_matches('0');
        let digits = if digits.contains('.') { digits.trim_end_matches('0').trim_end_matches('.') } else { digits };
        if digits.is_empty() { String::new() } else { format!("{sign}{digits}") }
    };
    (plain(&format!("{number}")) == plain(text)).then_some(number)
}

fn set_widths(sheet: &mut Worksheet, grid: &Grid) -> Result<(), XlsxError> {
    for (index, (column, head)) in (0_u16..).zip(&grid.head).enumerate() {
        let cells = grid.rows.iter().take(1000).filter_map(|row| row.get(index));
        let widest = cells.map(letters).max().unwrap_or(0).max(head.chars().count());
        let width = u16::try_from(widest).unwrap_or(u16::MAX).clamp(8, 60);
        sheet.set_column_width(column, f64::from(width) + 2.0)?;
    }
    Ok(())
}

fn letters(cell: &Out) -> usize {
    match cell {
        Out::Empty => 0,
        Out::Text(text) | Out::Number(text) => text.lines().map(|line| line.chars().count()).max().unwrap_or(0),
        Out::Date(_) => 10,
        Out::Bool(_) => 5,
    }
}

/// At most 31 letters, without those XLSX forbids.
fn sheet_name(name: &str) -> String {
    let clean: String = name.chars().map(|letter| if "[]:*?/\\".contains(letter) { '-' } else { letter }).collect();
    let clean: String = clean.trim_matches('\'').chars().take(31).collect();
    if clean.trim().is_empty() { "Bảng 1".to_owned() } else { clean }
}
