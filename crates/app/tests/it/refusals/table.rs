//! Tables: CSV and XLSX on the import page.

use std::io::{Cursor, Read as _, Write as _};

use lt_testkit::both_engines;
use rust_xlsxwriter::{Format, Formula, Workbook, Worksheet};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::{BASE, Ground};
use crate::browser::File;

const HEAD: &str = "measure;value;as_of;numerator;denominator";

/// A workbook with the head and what `fill` puts below it.
fn book(fill: impl FnOnce(&mut Worksheet)) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (column, head) in (0..).zip(["measure", "value", "as_of"]) {
        sheet.write_string(0, column, head).unwrap();
    }
    fill(sheet);
    book.save_to_buffer().unwrap()
}

fn row(sheet: &mut Worksheet, row: u32, cells: [&str; 3]) {
    for (column, text) in (0..).zip(cells).filter(|(_, text)| !text.is_empty()) {
        sheet.write_string(row, column, text).unwrap();
    }
}

/// A workbook whose sheet unpacks to a thousand times its size.
fn bomb() -> Vec<u8> {
    let mut from = ZipArchive::new(Cursor::new(book(|sheet| row(sheet, 1, ["admitted", "1", "2021-01-01"])))).unwrap();
    let mut to = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..from.len() {
        let mut part = from.by_index(index).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut content = Vec::new();
        part.read_to_end(&mut content).unwrap();
        to.start_file(&name, SimpleFileOptions::default()).unwrap();
        if name == "xl/worksheets/sheet1.xml" {
            to.write_all(&vec![b' '; 16 << 20]).unwrap();
        }
        to.write_all(&content).unwrap();
    }
    to.finish().unwrap().into_inner()
}

both_engines! {
    async fn wrong_heads(base) {
        let mut ground = Ground::open(base).await;
        let file = "Mã thước đo;Gía trịi;Tính đến ngày;Người nhập\nadmitted;5;01/01/2021;An\n";
        let vi = ["Không có cột tên «Gía trịi». Có phải là «Giá trị»?", "Không có cột tên «Người nhập»", "Thiếu cột «Giá trị»"];
        let en = ["There is no column “Gía trịi”. Is “Value” meant?", "There is no column “Người nhập”", "The column “Value” is missing"];
        ground.refused_table("a.csv", file.as_bytes(), &[("1", "B1"), ("1", "D1")], [&vi, &en]).await;
    }

    async fn a_cell_that_cannot_stand_refuses_the_whole_file(base) {
        let mut ground = Ground::open(base).await;
        for (line, place, vi, en) in [
            ("admitted;cỡ 5;2021-01-02;;", ("3", "B3"), "Không hiểu từ “cỡ” đi kèm số", "The word “cỡ” beside the number is not known"),
            ("admitted;5;2019-12-31;;", ("3", "C3"), "Ngày 31/12/2019 nằm ngoài nhiệm kỳ (06/01/2020 – 31/12/2025)", "is outside the term"),
            ("good-share;70%;2021-01-02;2;3", ("3", "B3"), "Tính lại từ tử số và mẫu số được", "Numerator and denominator give"),
            ("good-share;70%;2021-01-02;;3", ("3", "E3"), "mà thiếu tử số", "without a numerator"),
            ("admitted;6;01/01/2021;;", ("3", "A3"), "Trùng với dòng 2", "The same as row 2"),
            ("admitted;6;2023-05-01;;", ("3", "A3"), "Số liệu này đã có trong chương trình", "This figure is stored already"),
            ("admitted;=1+1;2021-01-02;;", ("3", "B3"), "Ô B3 chứa công thức", "Cell B3 holds a formula"),
            ("khong-co;1;2021-01-02;;", ("3", "A3"), "không có thước đo mã «khong-co»", "no measure of the code “khong-co”"),
        ] {
            let file = format!("{HEAD}\nadmitted;1;2021-01-01;;\n{line}\n");
            ground.refused_table("a.csv", file.as_bytes(), &[place], [&[vi, "Chưa lưu gì"], &[en, "Nothing was stored"]]).await;
        }
        // Negative control: without the second line, the file is stored.
        let good = format!("{HEAD}\nadmitted;1;2021-01-01;;\n");
        let before = ground.world.count("targets_observation").await;
        let file = [File { field: "file", name: "a.csv", bytes: good.as_bytes() }];
        ground.clerk.post_files(&format!("{BASE}/import/confirm"), &[], &file).await.is(303);
        assert_eq!(ground.world.count("targets_observation").await, before + 1);
    }

    async fn formulas_and_merged_cells_of_a_workbook(base) {
        let mut ground = Ground::open(base).await;
        let bytes = book(|sheet| {
            row(sheet, 1, ["admitted", "", "2021-01-01"]);
            sheet.write_formula(1, 1, Formula::new("=1+1").set_result("2")).unwrap();
            sheet.merge_range(2, 0, 3, 0, "admitted", &Format::new()).unwrap();
            row(sheet, 2, ["", "3", "2021-01-02"]);
            row(sheet, 3, ["", "4", "2021-01-03"]);
        });
        let vi = ["Ô B2 chứa công thức. Hãy chép kết quả", "Ô A3 thuộc vùng ô gộp. Hãy bỏ gộp ô"];
        let en = ["Cell B2 holds a formula. Copy the result", "Cell A3 belongs to a merged range. Unmerge it"];
        ground.refused_table("a.xlsx", &bytes, &[("2", "B2"), ("3", "A3")], [&vi, &en]).await;
    }

    async fn a_zip_bomb_is_not_opened(base) {
        let mut ground = Ground::open(base).await;
        let bytes = bomb();
        assert!(bytes.len() < 100_000, "{} bytes are no bomb", bytes.len());
        let vi = ["xl/worksheets/sheet1.xml", "giải ra lớn bất thường nên tệp không được mở"];
        let en = ["xl/worksheets/sheet1.xml", "unpacks to an abnormal size, so the file was not opened"];
        ground.refused_table("a.xlsx", &bytes, &[], [&vi, &en]).await;
    }

    async fn fifty_megabytes_of_rows(base) {
        let mut ground = Ground::open(base).await;
        let line = "admitted;1;2021-01-01\n";
        let path = format!("{BASE}/import");
        let rows = format!("measure;value;as_of\n{}", line.repeat(49_000_000 / line.len()));
        let too_many = [&["Bảng có nhiều hơn 200000 dòng. Hãy tách thành nhiều tệp nhỏ hơn"][..], &["The table has more than 200000 rows. Split it into smaller files"]];
        ground.refused(422, too_many, async |clerk| {
            clerk.post_files(&path, &[], &[File { field: "file", name: "a.csv", bytes: rows.as_bytes() }]).await
        }).await;
        let more = line.repeat(51_000_000 / line.len());
        let too_large = [&["vượt quá 50 MB"][..], &["larger than 50 MB"]];
        ground.refused(413, too_large, async |clerk| {
            clerk.post_files(&path, &[], &[File { field: "file", name: "a.csv", bytes: more.as_bytes() }]).await
        }).await;
    }

    async fn a_broken_letter_in_a_name_is_named_with_its_line(base) {
        let mut ground = Ground::open(base).await;
        let file = b"measure;value;as_of;note\nadmitted;1;2021-01-01;Nguy\xE1\xBB\n";
        let says = [&["Dòng 2: byte thứ", "không phải là UTF-8"][..], &["Line 2: byte", "is not UTF-8"]];
        ground.refused_table("a.csv", file, &[], says).await;
    }
}
