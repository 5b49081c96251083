//! The report as a paper: PDF and DOCX from one mapping.

use std::io::Write;
use std::process::{Command, Stdio};

use lt_kernel::Lang;
use lt_kernel::id::Uuid;

use super::compose::{Sources, compose};
use super::paper::paper;
use super::store::Issued;
use crate::file::format::Lane;
use crate::observation::store::Withdrawn;
use crate::review::testing::{FILE, Ground, S4, head};

async fn issued(file: &str, lane: Lane) -> Issued {
    let base = lt_testkit::db::Base::sqlite();
    let ground = Ground::open(&base, file).await;
    let review = ground.review().await;
    let mut frozen = ground.set(&review, 0).await;
    frozen.header.lane = lane;
    let mut texts = head();
    texts.insert("4".into(), "Bưu chính ổn định, viễn thông thông suốt.".into());
    let hash = crate::review::frozen::sha256(&frozen.text());
    let sources = Sources {
        frozen: &frozen,
        set: (1, &hash),
        causes: &[],
        passages: &texts,
        symbol: "BC/CB",
        before: None,
        gone: &Withdrawn::new(),
    };
    let content = compose(&sources).0;
    Issued {
        id: Uuid::nil(),
        version: 1,
        frozen: 1,
        drawn: 5,
        sha256: crate::review::frozen::sha256(&content.text()),
        issued_by: None,
        issued_at: ground.now,
        content,
    }
}

/// The words of a PDF; nothing, said loudly, where pdftotext is missing.
fn words_of(pdf: &[u8]) -> Option<String> {
    let started =
        Command::new("pdftotext").args(["-raw", "-", "-"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
    let Ok(mut child) = started else {
        eprintln!("*** SKIPPED: no pdftotext ***");
        return None;
    };
    child.stdin.take().unwrap().write_all(pdf).unwrap();
    let text = String::from_utf8(child.wait_with_output().unwrap().stdout).unwrap();
    Some(text.split_whitespace().collect::<Vec<_>>().join(" "))
}

#[tokio::test]
async fn the_pdf_says_what_the_report_says() {
    let words = lt_web::Words::load(&[("web", lt_web::WORDS), ("targets", crate::WORDS)]).unwrap();
    for (lane, number) in [(Lane::Party, "Số 05-BC/CB"), (Lane::State, "Số: 05/BC/CB")] {
        let issued = issued(FILE, lane).await;
        let paper = paper(words.talk(Lang::Vi), &issued, "https://tinh.example");
        let pdf = lt_paper::pdf::render(&paper).unwrap();
        assert!(pdf.missing.is_empty(), "{:?}", pdf.missing);
        assert!(lt_paper::docx::render(&paper).unwrap().starts_with(b"PK"));
        let Some(text) = words_of(&pdf.bytes) else { return };
        for part in [
            "C1.",
            "C2.",
            "T1",
            "T2",
            "T3",
            "gần 90",
            "[1]",
            number,
            "Số liệu tính đến ngày 07/06/2023",
            "6. Kết quả thực hiện chỉ tiêu",
            "Phụ lục 1",
            "Quyết định kết nạp",
            "BÍ THƯ",
        ] {
            assert!(text.contains(part), "{part} is missing in {text}");
        }
    }
}

#[tokio::test]
async fn g20_on_paper() {
    let words = lt_web::Words::load(&[("web", lt_web::WORDS), ("targets", crate::WORDS)]).unwrap();
    let issued = issued(S4, Lane::Party).await;
    let pdf = lt_paper::pdf::render(&paper(words.talk(Lang::Vi), &issued, "")).unwrap();
    let Some(text) = words_of(&pdf.bytes) else { return };
    assert!(text.contains("07/06/2023") && !text.contains("30/06/2023") && !text.contains("14/06/2023"), "{text}");
}
