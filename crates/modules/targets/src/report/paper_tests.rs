//! The report as a paper: PDF and DOCX from one mapping.

use lt_kernel::Lang;
use lt_kernel::id::Uuid;
use lt_testkit::paper::{docx_words, pdf_words};

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

#[tokio::test]
async fn pdf_and_docx_say_what_the_report_says() {
    let words = lt_web::Words::load(&[("web", lt_web::WORDS), ("targets", crate::WORDS)]).unwrap();
    for (lane, number) in [(Lane::Party, "Số 05-BC/CB"), (Lane::State, "Số: 05/BC/CB")] {
        let issued = issued(FILE, lane).await;
        let paper = paper(words.talk(Lang::Vi), &issued, "https://tinh.example");
        let pdf = lt_paper::pdf::render(&paper).unwrap();
        assert!(pdf.missing.is_empty(), "{:?}", pdf.missing);
        let docx = docx_words(&lt_paper::docx::render(&paper).unwrap());
        let written = [("docx", Some(docx)), ("pdf", pdf_words(&pdf.bytes))];
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
            for (kind, text) in &written {
                let told = text.as_ref().is_none_or(|text| text.contains(part));
                assert!(told, "{part} is missing in the {kind}: {text:?}");
            }
        }
    }
}

#[tokio::test]
async fn g20_on_paper() {
    let words = lt_web::Words::load(&[("web", lt_web::WORDS), ("targets", crate::WORDS)]).unwrap();
    let issued = issued(S4, Lane::Party).await;
    let paper = paper(words.talk(Lang::Vi), &issued, "");
    let docx = docx_words(&lt_paper::docx::render(&paper).unwrap());
    for text in std::iter::once(docx).chain(pdf_words(&lt_paper::pdf::render(&paper).unwrap().bytes)) {
        assert!(text.contains("07/06/2023") && !text.contains("30/06/2023") && !text.contains("14/06/2023"), "{text}");
    }
}
