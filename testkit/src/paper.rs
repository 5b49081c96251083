//! Papers as other programs see them: the words of a PDF, the words of a DOCX.
#![expect(clippy::expect_used, clippy::panic, reason = "only tests use this; a broken file should end one at once")]

use std::io::{Cursor, Read as _, Write as _};
use std::process::{Command, Stdio};

use quick_xml::Reader;
use quick_xml::events::Event;
use zip::ZipArchive;

use crate::db::environment;

/// The text with every run of blanks as one.
fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The words of a PDF in reading order; none, with a loud word, where `pdftotext` is missing and not required.
///
/// # Panics
/// When the tool is missing though `LIENTHONG_TEST_TOOLS_REQUIRED` is 1, or cannot read the file.
#[must_use]
pub fn pdf_words(pdf: &[u8]) -> Option<String> {
    let required = environment("LIENTHONG_TEST_TOOLS_REQUIRED").is_some_and(|value| value == "1");
    words_by("pdftotext", required, pdf)
}

fn words_by(tool: &str, required: bool, pdf: &[u8]) -> Option<String> {
    let started = Command::new(tool).args(["-raw", "-", "-"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
    let Ok(mut child) = started else {
        assert!(!required, "{tool} is required and missing (Debian: poppler-utils)");
        eprintln!("*** SKIPPED: {tool} is missing (Debian: poppler-utils) ***");
        return None;
    };
    let mut stdin = child.stdin.take().expect("it is piped");
    let bytes = pdf.to_vec();
    let feed = std::thread::spawn(move || stdin.write_all(&bytes));
    let done = child.wait_with_output().expect("it ends");
    feed.join().expect("the feeder ends").expect("the tool reads everything");
    assert!(done.status.success(), "{tool} cannot read the file");
    Some(plain(&String::from_utf8(done.stdout).expect("it writes UTF-8")))
}

/// The words of a DOCX in order, as one line. Every part of the file must be well-formed XML.
///
/// # Panics
/// When it is no ZIP archive, a part is no XML, or the document is not in it.
#[must_use]
pub fn docx_words(docx: &[u8]) -> String {
    let mut archive = ZipArchive::new(Cursor::new(docx)).expect("a ZIP archive");
    let names: Vec<String> = archive.file_names().map(|name| name.expect("a name").into_owned()).collect();
    let mut words = None;
    for name in names {
        let mut xml = String::new();
        archive.by_name(&name).expect("the part").read_to_string(&mut xml).expect("UTF-8");
        let text = text_of(&name, &xml);
        if name == "word/document.xml" {
            words = Some(plain(&text));
        }
    }
    words.expect("word/document.xml")
}

fn text_of(name: &str, xml: &str) -> String {
    let mut reader = Reader::from_str(xml);
    let mut text = String::new();
    loop {
        match reader.read_event().unwrap_or_else(|fault| panic!("{name}: {fault}")) {
            Event::Eof => return text,
            Event::Text(words) => text += &words,
            Event::GeneralRef(entity) => text.push_str(match &*entity {
                "lt" => "<",
                "gt" => ">",
                "amp" => "&",
                "quot" => "\"",
                "apos" => "'",
                other => panic!("{name}: &{other};"),
            }),
            Event::End(tag) if tag.name().as_ref() == "w:p" => text.push(' '),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_the_tool_a_test_is_skipped_aloud() {
        assert_eq!(words_by("khong-co-cong-cu-nay", false, b""), None);
    }

    #[test]
    #[should_panic(expected = "is required and missing")]
    fn where_it_is_required_a_test_fails_without_it() {
        let _ = words_by("khong-co-cong-cu-nay", true, b"");
    }

    #[test]
    #[should_panic(expected = "a ZIP archive")]
    fn two_letters_are_no_docx() {
        let _ = docx_words(b"PK");
    }
}
