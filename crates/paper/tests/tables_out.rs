//! Tables out, and back in.

#![expect(clippy::unwrap_used, reason = "helpers of tests may fail loudly")]

use lt_kernel::{Date, Instant};
use lt_paper::sheet::{self, CsvForm, Grid, Hint, Limits, Out, Value};
use proptest::prelude::*;

fn grid(rows: Vec<Vec<Out>>) -> Grid {
    Grid { name: "Bảng: tổng hợp/2026".into(), head: vec!["Mã".into(), "Giá trị".into()], rows }
}

fn back(bytes: &[u8], delimiter: u8) -> Vec<Vec<String>> {
    let hint = Hint { delimiter: Some(delimiter), ..Hint::default() };
    let mut rows = sheet::csv_rows(bytes, &hint, &Limits::default()).unwrap();
    let mut out = Vec::new();
    while let Some(row) = rows.next_row().unwrap() {
        out.push((0..row.len()).filter_map(|column| row.text(column)).map(std::borrow::Cow::into_owned).collect());
    }
    out
}

proptest! {
    #[test]
    fn csv_comes_back_as_it_went(
        cells in prop::collection::vec("[a-zA-Zỗữỵđ0-9]([ -~ỗữỵđ\n\"';,]{0,30}[a-z\"])?", 1..40),
        delimiter in prop::sample::select(vec![b',', b';', b'\t']),
        mark in any::<bool>(),
    ) {
        let rows: Vec<Vec<Out>> = cells.iter().map(|cell| vec![Out::Text(cell.clone()), Out::Number("1.5".into())]).collect();
        let bytes = sheet::write_csv(&grid(rows), CsvForm { mark, delimiter, decimal_comma: false }).unwrap();
        let read = back(&bytes, delimiter);
        prop_assert_eq!(&read[0], &["Mã", "Giá trị"]);
        let texts: Vec<&String> = read[1..].iter().map(|row| &row[0]).collect();
        prop_assert_eq!(texts, cells.iter().collect::<Vec<_>>());
    }
}

#[test]
fn formulas_are_disarmed_and_numbers_stay_numbers() {
    let rows = ["=1+1", "+84 24", "-cmd", "@SUM(A1)", "\tx", "＝1", "bình thường"]
        .into_iter()
        .map(|text| vec![Out::from(text), Out::Number("-12.5".into())])
        .chain([vec![Out::Number("=evil()".into()), Out::Date(Date::constant(2026, 6, 30))]]);
    let grid = grid(rows.collect());
    let text = String::from_utf8(sheet::write_csv(&grid, CsvForm::default()).unwrap()).unwrap();
    assert!(text.starts_with('\u{feff}'));
    for line in [
        "'=1+1,-12.5",
        "'+84 24,-12.5",
        "'-cmd,-12.5",
        "'@SUM(A1),-12.5",
        "'\tx,-12.5",
        "'＝1,-12.5",
        "bình thường,-12.5",
        "'=evil(),2026-06-30",
    ] {
        assert!(text.contains(&format!("\r\n{line}\r\n")), "{line:?} in {text:?}");
    }
    let comma = CsvForm { delimiter: b';', decimal_comma: true, mark: false };
    assert!(String::from_utf8(sheet::write_csv(&grid, comma).unwrap()).unwrap().contains(";-12,5\r\n"));
    assert!(sheet::write_csv(&grid, CsvForm { delimiter: b',', ..comma }).is_err());
}

#[test]
fn a_workbook_keeps_types_and_exact_digits() {
    let exact = "12345678901234567890.123";
    let rows = vec![
        vec![Out::from("=1+1"), Out::Number("66.67".into())],
        vec![Out::Date(Date::constant(2026, 6, 30)), Out::Number(exact.into())],
        vec![Out::Bool(true), Out::Number("007.50".into())],
        vec![Out::Date(Date::constant(1802, 5, 1)), Out::Empty],
    ];
    let created = Instant::from_micros(1_782_867_600_000_000);
    let bytes = sheet::write_xlsx(&grid(rows.clone()), created).unwrap();
    assert_eq!(bytes, sheet::write_xlsx(&grid(rows), created).unwrap(), "the same grid, the same bytes");
    let sheet = sheet::read(&bytes, &Hint::default(), &Limits::default()).unwrap();
    assert_eq!(sheet.name.as_deref(), Some("Bảng- tổng hợp-2026"));
    assert_eq!(sheet.hazards().count(), 0, "text that looks like a formula is text");
    let value = |row: usize, column: usize| &sheet.rows[row].cells[column].value;
    assert_eq!(value(1, 0), &Value::Text("=1+1".into()));
    assert_eq!(value(1, 1), &Value::Number("66.67".into()));
    assert_eq!(value(2, 0), &Value::Date(Date::constant(2026, 6, 30)));
    assert_eq!(value(2, 1), &Value::Text(exact.into()), "digits a binary number cannot keep stay text");
    assert_eq!(value(3, 1), &Value::Number("7.5".into()));
    assert_eq!(value(4, 0), &Value::Text("1802-05-01".into()));
}
