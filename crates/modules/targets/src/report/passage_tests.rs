//! Texts: figures only from observations.

use super::content::Run;
use super::passage::{Fault, read};
use crate::review::Frozen;
use crate::review::testing::{FILE, Ground};

async fn set() -> Frozen {
    let base = lt_testkit::db::Base::sqlite();
    let ground = Ground::open(&base, FILE).await;
    let review = ground.review().await;
    ground.set(&review, 0).await
}

#[tokio::test]
async fn placeholders_become_figures_with_their_observations() {
    let frozen = set().await;
    let (paragraphs, faults) = read("Có {members} đảng viên; {T1} hoàn thành tốt; trụ sở: {T3}.\n\nHết.", &frozen);
    assert_eq!((paragraphs.len(), faults), (2, vec![]));
    let figures: Vec<_> = paragraphs[0]
        .iter()
        .filter_map(|run| match run {
            Run::Figure(figure) => Some(figure),
            Run::Words { .. } => None,
        })
        .collect();
    assert_eq!(figures.len(), 3);
    assert_eq!((figures[0].rests.len(), figures[1].rests.len(), figures[2].rests.len()), (1, 1, 0));
    assert_eq!(figures[1].target, "T1");
    let words = lt_web::Words::load(&[("web", lt_web::WORDS), ("targets", crate::WORDS)]).unwrap();
    let said = words.said(lt_kernel::Lang::Vi, &figures[1].said);
    assert!(said.contains("gần 90"), "the stored word stays before the number: {said}");
    assert_eq!(words.said(lt_kernel::Lang::Vi, &figures[2].said), "chưa có số liệu");
}

#[tokio::test]
async fn a_number_without_a_source_is_pointed_out() {
    let frozen = set().await;
    let faults = |text: &str| read(text, &frozen).1;
    assert_eq!(
        faults("Kết nạp 7 đảng viên, đạt 66,67%."),
        vec![Fault::Unsourced("7".into()), Fault::Unsourced("66,67%".into())]
    );
    assert_eq!(faults("Theo Nghị quyết số [12-NQ/CB] ngày [05/3/2023]."), vec![], "marked as of a document");
    assert_eq!(faults("Đạt {T9}."), vec![Fault::NoSuch("T9".into())]);
    assert_eq!(faults("Đạt {T1"), vec![Fault::Unclosed('{')]);
    let (paragraphs, _) = read("Số [12-NQ/CB].", &frozen);
    assert_eq!(paragraphs, vec![vec![Run::Words { text: "Số 12-NQ/CB.".into() }]], "without its brackets");
}
