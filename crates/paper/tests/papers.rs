//! Papers as other programs see them: text, pages, links, structure.

#![expect(clippy::unwrap_used, reason = "helpers of tests may fail loudly")]

#[path = "../examples/report/sample.rs"]
mod sample;

use std::io::{Cursor, Read, Write};
use std::process::{Command, Stdio};

use lt_paper::{Block, Cell, Column, Inline, Paper, PaperFault, Row, Table};
use zip::ZipArchive;

/// Runs a tool over `input`; none, loudly, where the tool is missing and not required.
fn tool(name: &str, arguments: &[&str], input: &[u8]) -> Option<String> {
    let started =
        Command::new(name).args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let Ok(mut child) = started else {
        #[expect(clippy::disallowed_methods, reason = "tests have no configuration")]
        let required = std::env::var("LIENTHONG_TEST_TOOLS_REQUIRED").is_ok_and(|value| value == "1");
        assert!(!required, "{name} is required and missing (Debian: poppler-utils)");
        eprintln!("SKIPPED: {name} is missing (Debian: poppler-utils)");
        return None;
    };
    let mut stdin = child.stdin.take().unwrap();
    let bytes = input.to_vec();
    let feed = std::thread::spawn(move || stdin.write_all(&bytes));
    let done = child.wait_with_output().unwrap();
    feed.join().unwrap().unwrap();
    // Poppler 22 complains of the entry PDF/UA-1 asks for (7.1: Suspects must be false).
    let said =
        String::from_utf8_lossy(&done.stderr).replace("Syntax Error: Suspects object is wrong type (boolean)", "");
    assert!(done.status.success() && said.trim().is_empty(), "{name}: {said}");
    Some(String::from_utf8_lossy(&done.stdout).into_owned())
}

fn words(text: &str) -> Vec<String> {
    text.split_whitespace().map(ToOwned::to_owned).collect()
}

/// Every word of the blocks, in reading order.
fn words_of(blocks: &[Block]) -> Vec<String> {
    let joined = |text: &[Inline]| -> String {
        text.iter()
            .map(|inline| match inline {
                Inline::Text { text, .. } | Inline::Link { text, .. } => text.as_str(),
                Inline::Anchor(_) => "",
            })
            .collect()
    };
    let mut out = String::new();
    for block in blocks {
        match block {
            Block::Heading { text, .. } | Block::Para { text, .. } | Block::Note(text) => out += &joined(text),
            Block::List { items, .. } => items.iter().for_each(|item| out.extend([joined(item).as_str(), " "])),
            Block::Table(table) => {
                out.extend([joined(&table.caption).as_str(), " "]);
                for cell in table.head.iter().chain(&table.rows).flat_map(|row| &row.cells) {
                    out.extend([joined(&cell.text).as_str(), " "]);
                }
            }
            Block::PageBreak => {}
        }
        out.push(' ');
    }
    words(&out)
}

/// The words that are in `given` and not in `found`, counted.
fn lost(given: &[String], found: &[String]) -> Vec<String> {
    let mut rest: Vec<&String> = found.iter().collect();
    rest.sort();
    let mut missing = Vec::new();
    for word in given {
        match rest.binary_search(&word) {
            Ok(at) => drop(rest.remove(at)),
            Err(_) => missing.push(word.clone()),
        }
    }
    missing
}

/// A paper without words too long for their line, which are cut on purpose.
fn without_hashes(mut paper: Paper) -> Paper {
    for block in &mut paper.annex {
        let Block::Table(table) = block else { continue };
        for cell in table.rows.iter_mut().flat_map(|row| &mut row.cells) {
            cell.text.retain(|inline| !matches!(inline, Inline::Text { text, .. } if text.contains("SHA-256")));
        }
    }
    paper
}

#[test]
fn no_word_is_lost_in_the_pdf() {
    for paper in [sample::party(), sample::state(), sample::long(4)].map(without_hashes) {
        let pdf = lt_paper::pdf::render(&paper).unwrap();
        assert!(pdf.missing.is_empty(), "{:?}", pdf.missing);
        let Some(text) = tool("pdftotext", &["-raw", "-", "-"], &pdf.bytes) else { return };
        let found = words(&text);
        let mut given = words_of(&paper.blocks);
        given.extend(words_of(&paper.annex));
        assert_eq!(lost(&given, &found), [] as [String; 0]);
        assert_eq!(text.matches('\u{c}').count(), pdf.pages);
    }
}

#[test]
fn the_pdf_is_tagged_titled_and_kept_small() {
    let pdf = lt_paper::pdf::render(&sample::party()).unwrap();
    assert_eq!(pdf.pages, 4);
    let Some(info) = tool("pdfinfo", &["-"], &pdf.bytes) else { return };
    let has = |line: &str| assert!(info.lines().any(|found| words(found) == words(line)), "{line:?} not in {info}");
    has("Title: Báo cáo kết quả lãnh đạo thực hiện nhiệm vụ 6 tháng đầu năm 2026");
    has("Tagged: yes");
    has("Page size: 595.276 x 841.89 pts (A4)");
    let meta = tool("pdfinfo", &["-meta", "-"], &pdf.bytes).unwrap();
    assert!(
        meta.contains("<pdfaid:part>2</pdfaid:part>") && meta.contains("<pdfaid:conformance>A</pdfaid:conformance>"),
        "{meta}"
    );
    assert!(meta.contains("<pdfuaid:part>1</pdfuaid:part>"), "{meta}");
    let tree = tool("pdfinfo", &["-struct-text", "-"], &pdf.bytes).unwrap();
    assert!(tree.contains("Table") && tree.contains("TH:") && tree.contains("Link"), "{tree}");
    assert!(tree.contains("\"BÁO CÁO kết quả lãnh đạo thực hiện nhiệm vụ 6 tháng đầu năm, phương hướng"), "{tree}");
    // A screen reader hears each head once, however many pages repeat it.
    let long = lt_paper::pdf::render(&long_table(200)).unwrap();
    let tree = tool("pdfinfo", &["-struct-text", "-"], &long.bytes).unwrap();
    assert_eq!(tree.matches("\"Đầu cột\"").count() + tree.matches("\"Đầu cột \"").count(), 1);
    let fonts = tool("pdffonts", &["-"], &pdf.bytes);
    assert!(fonts.is_none_or(|fonts| fonts.lines().skip(2).all(|line| line.contains("yes yes yes"))));
}

#[test]
fn every_link_leads_somewhere() {
    let pdf = lt_paper::pdf::render(&sample::party()).unwrap();
    let count = |needle: &[u8]| pdf.bytes.windows(needle.len()).filter(|window| *window == needle).count();
    // 8 results in the table, 6 in the text, one of them broken over two lines and still one link; 8 addresses.
    assert_eq!(count(b"/Subtype/Link") + count(b"/Subtype /Link"), 22);
    assert_eq!(count(b"https://lienthong.example.vn/minh-chung/"), 8);
}

#[test]
fn a_link_to_nowhere_and_a_name_used_twice_are_refused() {
    let mut paper = sample::party();
    paper.annex.clear();
    assert_eq!(lt_paper::pdf::render(&paper), Err(PaperFault::NoAnchor { name: "quan-sat-0".into() }));
    assert_eq!(lt_paper::docx::render(&paper), Err(PaperFault::NoAnchor { name: "quan-sat-0".into() }));
    let mut paper = sample::party();
    paper.blocks.push(Block::para(vec![Inline::Anchor("quan-sat-0".into()), Inline::plain("hai")]));
    let twice = PaperFault::TwoAnchors { name: "quan-sat-0".into() };
    assert_eq!(lt_paper::pdf::render(&paper), Err(twice.clone()));
    assert_eq!(lt_paper::docx::render(&paper), Err(twice));
}

#[test]
fn the_same_paper_gives_the_same_bytes() {
    assert_eq!(lt_paper::pdf::render(&sample::party()), lt_paper::pdf::render(&sample::party()));
    assert_eq!(lt_paper::docx::render(&sample::party()), lt_paper::docx::render(&sample::party()));
    let mut later = sample::party();
    later.created = later.created.plus_seconds(1);
    assert_ne!(lt_paper::pdf::render(&later), lt_paper::pdf::render(&sample::party()));
}

fn long_table(rows: usize) -> Paper {
    let tall = "chữ ".repeat(1500);
    let rows = (0..rows).map(|row| {
        Row::of([Cell::from(format!("dòng{row}").as_str()), Cell::from(if row == 7 { tall.as_str() } else { "" })])
    });
    let table = Table {
        columns: vec![Column::new(1.0, lt_paper::Align::Left), Column::new(3.0, lt_paper::Align::Left)],
        head: vec![Row::of([Cell::from("Đầu cột"), Cell::from("Nội dung")])],
        rows: rows.collect(),
        ..Table::default()
    };
    Paper { blocks: vec![Block::Table(table)], annex: Vec::new(), signature: None, ..sample::party() }
}

#[test]
fn heads_repeat_and_a_row_taller_than_a_page_is_split() {
    let pdf = lt_paper::pdf::render(&long_table(120)).unwrap();
    let Some(text) = tool("pdftotext", &["-raw", "-", "-"], &pdf.bytes) else { return };
    assert_eq!(text.matches("Đầu cột").count(), pdf.pages);
    assert_eq!(text.split_whitespace().filter(|word| *word == "chữ").count(), 1500);
    assert!((0..120).all(|row| text.split_whitespace().any(|word| word == format!("dòng{row}"))));
    assert!(pdf.pages >= 4, "{}", pdf.pages);
}

/// Rows in pairs, a name and what belongs to it; the names as headings over both columns, or in the first alone.
fn paired_table(are_headings: bool) -> Paper {
    let pairs = (0..90).flat_map(|pair| {
        let name = Cell::from(format!("mục{pair}").as_str());
        let name = if are_headings { Row::of([name.over(2)]) } else { Row::of([name, Cell::from("")]) };
        [name, Row::of([Cell::from("dòng\ndòng\ndòng"), Cell::from("nội dung")])]
    });
    let table = Table {
        columns: vec![Column::new(1.0, lt_paper::Align::Left), Column::new(3.0, lt_paper::Align::Left)],
        rows: pairs.collect(),
        ..Table::default()
    };
    Paper { blocks: vec![Block::Table(table)], annex: Vec::new(), signature: None, ..sample::party() }
}

#[test]
fn a_heading_within_a_table_stays_with_its_rows() {
    let last_words = |are_headings| {
        let pdf = lt_paper::pdf::render(&paired_table(are_headings)).unwrap();
        let text = tool("pdftotext", &["-raw", "-", "-"], &pdf.bytes)?;
        Some(text.split('\u{c}').filter_map(|page| words(page).pop()).collect::<Vec<_>>())
    };
    let (Some(kept), Some(loose)) = (last_words(true), last_words(false)) else { return };
    assert!(kept.len() > 3 && kept.iter().all(|word| !word.starts_with("mục")), "{kept:?}");
    assert!(loose.iter().any(|word| word.starts_with("mục")), "the same rows do part where nothing binds them");
    let docx = parts(&lt_paper::docx::render(&paired_table(true)).unwrap());
    assert!(docx.iter().any(|(_, xml)| xml.matches("<w:keepNext/>").count() >= 90));
}

#[test]
fn a_letter_no_face_has_is_drawn_as_a_box_and_told() {
    let mut paper = sample::party();
    paper.blocks.push(Block::text("Tệp 📎 đính kèm\u{7} 漢"));
    let pdf = lt_paper::pdf::render(&paper).unwrap();
    assert_eq!(pdf.missing, ['📎', '漢']);
    lt_paper::docx::render(&paper).unwrap();
}

#[test]
fn a_page_without_room_is_refused() {
    let mut paper = sample::party();
    paper.page.left = 180.0;
    assert_eq!(lt_paper::pdf::render(&paper), Err(PaperFault::Page));
    assert_eq!(lt_paper::docx::render(&paper), Err(PaperFault::Page));
}

fn parts(docx: &[u8]) -> Vec<(String, String)> {
    let mut archive = ZipArchive::new(Cursor::new(docx)).unwrap();
    let names: Vec<String> = archive.file_names().map(|name| name.unwrap().into_owned()).collect();
    let read = |name: String| {
        let mut text = String::new();
        archive.by_name(&name).unwrap().read_to_string(&mut text).unwrap();
        (name, text)
    };
    names.into_iter().map(read).collect()
}

#[test]
fn every_part_of_the_docx_is_well_formed_and_has_its_words() {
    let mut paper = sample::party();
    paper.blocks.push(Block::text("a < b & c > \"d\" \u{1}"));
    let docx = lt_paper::docx::render(&paper).unwrap();
    let parts = parts(&docx);
    assert_eq!(parts.len(), 10);
    let mut text = String::new();
    for (name, xml) in &parts {
        let mut reader = quick_xml::Reader::from_str(xml);
        loop {
            match reader.read_event().unwrap_or_else(|fault| panic!("{name}: {fault}")) {
                quick_xml::events::Event::Eof => break,
                quick_xml::events::Event::Text(words) if name == "word/document.xml" => text += &words,
                quick_xml::events::Event::GeneralRef(entity) if name == "word/document.xml" => {
                    text.push_str(match &*entity {
                        "lt" => "<",
                        "gt" => ">",
                        "amp" => "&",
                        "quot" => "\"",
                        other => panic!("{other}"),
                    });
                }
                quick_xml::events::Event::End(tag) if tag.name().as_ref() == "w:p" => text.push(' '),
                _ => {}
            }
        }
    }
    let mut given = words_of(&paper.blocks);
    given.extend(words_of(&paper.annex));
    let given: Vec<String> =
        given.into_iter().map(|word| word.replace('\u{1}', "")).filter(|word| !word.is_empty()).collect();
    assert_eq!(lost(&given, &words(&text)), [] as [String; 0]);
    let document = &parts.iter().find(|(name, _)| name == "word/document.xml").unwrap().1;
    assert_eq!(document.matches("<w:tblHeader/>").count(), 2);
    assert_eq!(document.matches("<w:hyperlink w:anchor=").count(), 14);
    assert_eq!(document.matches("<w:bookmarkStart").count(), 8);
    assert_eq!(document.matches("<w:hyperlink r:id=").count(), 8);
}
