//! Tables in: places, flags, limits, and everything a hostile or careless file can bring.

#![expect(clippy::unwrap_used, reason = "helpers of tests may fail loudly")]

use std::io::{Cursor, Read, Write};

use lt_kernel::{Date, Said};
use lt_paper::sheet::{self, At, HazardKind, Hint, Limits, Sheet, SheetFault, Value};
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

fn read(bytes: &[u8]) -> Result<Sheet, SheetFault> {
    sheet::read(bytes, &Hint::default(), &Limits::default())
}

fn texts(sheet: &Sheet) -> Vec<Vec<String>> {
    let text = |value: &Value| match value {
        Value::Text(text) | Value::Number(text) => text.clone(),
        Value::Empty => String::new(),
        other => format!("{other:?}"),
    };
    sheet.rows.iter().map(|row| row.cells.iter().map(|cell| text(&cell.value)).collect()).collect()
}

#[test]
fn the_delimiter_is_found() {
    for (file, second) in [
        ("mã,tên\nT1,\"một, hai\"\n", ["T1", "một, hai"]),
        ("mã;tên\nT1;66,67\nT2;98,5\n", ["T1", "66,67"]),
        ("mã\ttên\nT1\t4.600\n", ["T1", "4.600"]),
    ] {
        let sheet = read(file.as_bytes()).unwrap();
        assert_eq!(texts(&sheet)[1], second, "{file}");
    }
}

#[test]
fn marks_and_utf16_are_read_the_same() {
    let text = "mã;tên\r\nT1;Nguyễn Thị Ánh Nguyệt 😀\r\n";
    let plain = read(text.as_bytes()).unwrap();
    let marked = [b"\xEF\xBB\xBF", text.as_bytes()].concat();
    let little: Vec<u8> = "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(u16::to_be_bytes).collect();
    for bytes in [marked, little, big] {
        assert_eq!(read(&bytes).unwrap(), plain);
    }
    assert_eq!(texts(&plain)[1][1], "Nguyễn Thị Ánh Nguyệt 😀");
}

#[test]
fn decomposed_letters_are_composed() {
    let sheet = read("tên\tmã\nNguye\u{302}\u{303}n\tx\n".as_bytes()).unwrap();
    assert_eq!(texts(&sheet)[1][0], "Nguyễn");
}

#[test]
fn a_broken_name_is_refused_with_its_line_and_byte() {
    let mut bytes = "mã;tên\nT1;Ánh\nT2;Nguy".as_bytes().to_vec();
    let place = bytes.len() as u64 + 1;
    bytes.extend_from_slice(b"\xE1\xBB;x\n");
    assert_eq!(read(&bytes), Err(SheetFault::NotUtf8 { line: 3, byte: place }));
    let cut = "mã;tên\nT1;\u{1ec5}".as_bytes();
    assert!(matches!(read(&cut[..cut.len() - 1]), Err(SheetFault::NotUtf8 { line: 2, .. })));
}

#[test]
fn rows_are_numbered_as_a_spreadsheet_shows_them() {
    for end in ["\n", "\r\n"] {
        let file = ["a;b", "", "c;\"d\ne\"", "f;g", "", "", "h;i"].join(end);
        let sheet = read(file.as_bytes()).unwrap();
        let numbers: Vec<u32> = sheet.rows.iter().map(|row| row.number).collect();
        assert_eq!(numbers, [1, 3, 4, 7], "{end:?}");
        assert_eq!(sheet.rows[1].cells[1].at.to_string(), "B3");
        assert_eq!(sheet.rows[1].cells[1].value, Value::Text("d\ne".into()));
    }
}

#[test]
fn columns_have_letters() {
    let name = |column| At { row: 7, column }.to_string();
    assert_eq!([name(0), name(25), name(26), name(701), name(702)], ["A7", "Z7", "AA7", "ZZ7", "AAA7"]);
}

#[test]
fn limits_are_kept() {
    let limits = Limits { bytes: 100, rows: 3, columns: 3, cell: 10, ..Limits::default() };
    let read = |file: &str| sheet::read(file.as_bytes(), &Hint::default(), &limits);
    assert!(read("a,b\n1,2\n3,4\n").is_ok());
    assert_eq!(read("a,b\n1,2\n3,4\n5,6\n"), Err(SheetFault::TooManyRows { limit: 3 }));
    assert_eq!(read("a,b\n1,2,3,4\n"), Err(SheetFault::TooWide { at: At { row: 2, column: 3 }, limit: 3 }));
    assert_eq!(
        read("a,b\n1,more than ten\n"),
        Err(SheetFault::CellTooLong { at: At { row: 2, column: 1 }, limit: 10 })
    );
    assert_eq!(read("a,b\n1,\"open\n2,3\n"), Err(SheetFault::OpenQuote { at: At { row: 2, column: 1 } }));
    assert_eq!(read(&"a,b\n".repeat(26)), Err(SheetFault::TooLarge { limit: 100 }));
    assert_eq!(read(""), Err(SheetFault::Empty));
}

/// A source that never ends: the limit must stop it, not memory.
struct Endless;

impl Read for Endless {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        for (byte, value) in into.iter_mut().zip(b"a;b;c\n".iter().cycle()) {
            *byte = *value;
        }
        Ok(into.len())
    }
}

#[test]
fn fifty_megabytes_are_refused_in_words() {
    let big = vec![b'x'; 50 * 1024 * 1024 + 1];
    let fault = read(&big).unwrap_err();
    assert_eq!(fault, SheetFault::TooLarge { limit: 50 * 1024 * 1024 });
    assert_eq!(fault.said(), Said::new("paper-sheet-too-large").with("limit", "50 MB"));
    let limits = Limits { rows: u32::MAX, bytes: 4 * 1024 * 1024, ..Limits::default() };
    let mut rows = sheet::csv_rows(Endless, &Hint::default(), &limits).unwrap();
    let fault = loop {
        match rows.next_row() {
            Ok(row) => assert!(row.is_some()),
            Err(fault) => break fault,
        }
    };
    assert_eq!(fault, SheetFault::TooLarge { limit: 4 * 1024 * 1024 });
}

fn workbook(fill: impl FnOnce(&mut Workbook)) -> Vec<u8> {
    let mut book = Workbook::new();
    fill(&mut book);
    book.save_to_buffer().unwrap()
}

#[test]
fn typed_cells_of_a_workbook() {
    let bytes = workbook(|book| {
        let sheet = book.add_worksheet();
        let day = Format::new().set_num_format("dd/mm/yyyy");
        let percent = Format::new().set_num_format("0.00%");
        sheet.write_string(0, 0, "  Chỉ tiêu ").unwrap();
        sheet.write_number(1, 0, 66.67).unwrap();
        sheet.write_number(1, 1, 0.1 + 0.2).unwrap();
        sheet.write_number(1, 2, 4600).unwrap();
        sheet.write_number_with_format(1, 3, 0.6667, &percent).unwrap();
        sheet.write_datetime_with_format(1, 5, ExcelDateTime::from_ymd(2026, 6, 30).unwrap(), &day).unwrap();
        sheet.write_datetime_with_format(1, 6, ExcelDateTime::from_ymd(1900, 2, 28).unwrap(), &day).unwrap();
        sheet.write_boolean(1, 7, true).unwrap();
    });
    let sheet = read(&bytes).unwrap();
    assert_eq!(sheet.rows[0].cells[0].value, Value::Text("Chỉ tiêu".into()));
    let cells = &sheet.rows[1].cells;
    let values: Vec<&Value> = cells.iter().map(|cell| &cell.value).collect();
    let number = |text: &str| Value::Number(text.into());
    assert_eq!(
        values,
        [
            &number("66.67"),
            &number("0.30000000000000004"),
            &number("4600"),
            &number("0.6667"),
            &Value::Empty,
            &Value::Date(Date::constant(2026, 6, 30)),
            &Value::Date(Date::constant(1900, 2, 28)),
            &Value::Bool(true),
        ]
    );
    assert_eq!(
        cells.iter().map(|cell| cell.percent).collect::<Vec<_>>(),
        [false, false, false, true, false, false, false, false]
    );
    assert_eq!(cells[5].at.to_string(), "F2");
    assert_eq!(sheet.hazards().count(), 0);
}

#[test]
fn what_must_not_be_used_silently_is_named() {
    let bytes = workbook(|book| {
        book.add_worksheet().set_name("Nháp").unwrap().set_hidden(true).write_string(0, 0, "x").unwrap();
        let sheet = book.add_worksheet().set_name("Số liệu & kết quả").unwrap().set_active(true);
        sheet.write_string(0, 0, "mã").unwrap();
        sheet.write_formula(1, 1, Formula::new("=1+1").set_result("2")).unwrap();
        sheet.merge_range(2, 0, 3, 1, "gộp", &Format::new()).unwrap();
        sheet.write_formula(4, 0, Formula::new("=1/0").set_result("#DIV/0!")).unwrap();
        sheet.write_string(5, 0, "ẩn").unwrap();
        sheet.set_row_hidden(5).unwrap();
        sheet.write_string(6, 3, "cột ẩn").unwrap();
        sheet.set_column_hidden(3).unwrap();
    });
    let sheet = read(&bytes).unwrap();
    assert_eq!(sheet.name.as_deref(), Some("Số liệu & kết quả"));
    assert_eq!(sheet.others.len(), 1);
    assert!(sheet.others[0].hidden);
    let found: Vec<(String, HazardKind)> = sheet.hazards().map(|hazard| (hazard.at.to_string(), hazard.kind)).collect();
    let expected = [
        ("B2", HazardKind::Formula),
        ("A3", HazardKind::Merged),
        ("A5", HazardKind::Formula),
        ("A6", HazardKind::HiddenRow),
        ("D7", HazardKind::HiddenColumn),
    ];
    assert_eq!(found, expected.map(|(at, kind)| (at.to_owned(), kind)));
    let said = sheet.hazards().next().unwrap().said();
    assert_eq!(said.key, "paper-sheet-formula");
    assert!(said.args.contains(&("cell".into(), lt_kernel::lang::Arg::Text("B2".into()))));
    let hidden = Hint { sheet: Some("Nháp".into()), ..Hint::default() };
    assert_eq!(sheet::read(&bytes, &hidden, &Limits::default()).unwrap().name.as_deref(), Some("Nháp"));
    let none = Hint { sheet: Some("?".into()), ..Hint::default() };
    assert_eq!(sheet::read(&bytes, &none, &Limits::default()), Err(SheetFault::NoSheet { name: "?".into() }));
}

/// The parts of `book` with the first worksheet replaced.
fn with_worksheet(book: &[u8], xml: &[u8]) -> Vec<u8> {
    let mut from = ZipArchive::new(Cursor::new(book)).unwrap();
    let mut to = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..from.len() {
        let mut part = from.by_index(index).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut content = Vec::new();
        part.read_to_end(&mut content).unwrap();
        to.start_file(&name, SimpleFileOptions::default()).unwrap();
        to.write_all(if name == "xl/worksheets/sheet1.xml" { xml } else { &content }).unwrap();
    }
    to.finish().unwrap().into_inner()
}

fn plain_book() -> Vec<u8> {
    workbook(|book| {
        book.add_worksheet().write_string(0, 0, "mã").unwrap();
    })
}

#[test]
fn a_bomb_is_not_opened() {
    let bomb = with_worksheet(&plain_book(), &vec![b' '; 80 * 1024 * 1024]);
    assert!(bomb.len() < 200_000, "{}", bomb.len());
    assert_eq!(read(&bomb), Err(SheetFault::Bomb { entry: "xl/worksheets/sheet1.xml".into() }));
    // Without the ratio the sum stops it; without both it is opened, and is no table.
    let no_ratio = Limits { ratio: u64::MAX, unpacked: 40 * 1024 * 1024, ..Limits::default() };
    assert!(matches!(sheet::read(&bomb, &Hint::default(), &no_ratio), Err(SheetFault::Bomb { .. })));
    let open = Limits { ratio: u64::MAX, ..Limits::default() };
    assert!(!matches!(sheet::read(&bomb, &Hint::default(), &open), Err(SheetFault::Bomb { .. })));
    let few = Limits { parts: 3, ..Limits::default() };
    assert!(matches!(sheet::read(&plain_book(), &Hint::default(), &few), Err(SheetFault::Bomb { .. })));
}

#[test]
fn a_bomb_that_lies_about_its_size_is_not_opened() {
    let mut bomb = with_worksheet(&plain_book(), &vec![b' '; 80 * 1024 * 1024]);
    let size = (80_u32 * 1024 * 1024).to_le_bytes();
    let mut lies = 0;
    for at in 0..bomb.len() - 4 {
        if bomb[at..at + 4] == size {
            bomb[at..at + 4].copy_from_slice(&1000_u32.to_le_bytes());
            lies += 1;
        }
    }
    assert!(lies >= 1, "the declared size was not found");
    assert!(matches!(read(&bomb), Err(SheetFault::Bomb { .. } | SheetFault::Damaged { .. })), "{:?}", read(&bomb));
}

#[test]
fn a_lying_dimension_costs_nothing() {
    let xml = br#"<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1:XFD1048576"/><sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="B1048576"><v>2.5</v></c></row></sheetData><mergeCells count="1"><mergeCell ref="B2:XFD1048576"/></mergeCells></worksheet>"#;
    let sheet = read(&with_worksheet(&plain_book(), xml)).unwrap();
    assert_eq!(sheet.rows.len(), 2);
    assert_eq!(sheet.rows[1].number, 1_048_576);
    assert!(sheet.rows[1].cells[1].merged);
    let far = br#"<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="XFD1"><v>1</v></c></row></sheetData></worksheet>"#;
    assert!(matches!(read(&with_worksheet(&plain_book(), far)), Err(SheetFault::TooWide { .. })));
}

#[test]
fn other_files_are_refused_by_name() {
    assert_eq!(read(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]), Err(SheetFault::OldOrLocked));
    assert_eq!(read(b"%PDF-1.7\n\0\0binary"), Err(SheetFault::NotASheet));
    assert!(matches!(read(b"PK\x03\x04not a zip"), Err(SheetFault::Damaged { .. })));
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("readme.txt", SimpleFileOptions::default()).unwrap();
    assert_eq!(read(&zip.finish().unwrap().into_inner()), Err(SheetFault::NotASheet));
}
