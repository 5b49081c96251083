//! What keeps a report back, and what it says.

use std::collections::BTreeMap;

use super::compose::{Blocker, Sources, compose};
use super::passage::Fault;
use crate::observation::store::Withdrawn;
use crate::review::Frozen;
use crate::review::cause::{Cause, Kind};
use crate::review::testing::{FILE, Ground, S4, head};

async fn set(file: &str) -> Frozen {
    let base = lt_testkit::db::Base::sqlite();
    let ground = Ground::open(&base, file).await;
    let review = ground.review().await;
    ground.set(&review, 0).await
}

fn blockers(frozen: &Frozen, causes: &[Cause], passages: &BTreeMap<String, String>) -> Vec<Blocker> {
    compose(&Sources {
        frozen,
        set: (1, "00"),
        causes,
        passages,
        symbol: "BC/CB",
        before: None,
        gone: &Withdrawn::new(),
    })
    .1
}

fn all_causes(frozen: &Frozen) -> Vec<Cause> {
    let wanted = frozen.rows().filter(|(held, verdict)| frozen.needs_cause(held, verdict));
    wanted
        .map(|(held, _)| Cause {
            target: held.id,
            kind: Kind::Objective,
            text: "Nguyên vật liệu chậm.".to_owned(),
            remedy: String::new(),
            version: 1,
        })
        .collect()
}

#[tokio::test]
async fn a_missed_or_open_target_without_a_cause_blocks() {
    let frozen = set(FILE).await;
    let none = blockers(&frozen, &[], &head());
    assert!(!none.is_empty() && none.iter().all(|one| matches!(one, Blocker::NoCause { .. })), "{none:?}");
    let mut causes = all_causes(&frozen);
    assert_eq!(causes.len(), none.len());
    assert_eq!(blockers(&frozen, &causes, &head()), vec![]);
    causes[0].text = "  ".into();
    assert_eq!(blockers(&frozen, &causes, &head()).len(), 1, "an empty cause is none");
}

#[tokio::test]
async fn a_typed_number_blocks_in_sections_and_causes() {
    let frozen = set(FILE).await;
    let mut causes = all_causes(&frozen);
    let mut texts = head();
    texts.insert("5".into(), "Kết nạp 7 đảng viên.".into());
    causes[0].remedy = "Xong trước 30/9.".into();
    let found = blockers(&frozen, &causes, &texts);
    assert!(found.contains(&Blocker::Text {
        section: "5".into(),
        target: String::new(),
        fault: Fault::Unsourced("7".into())
    }));
    assert!(found.iter().any(|one| matches!(one, Blocker::Text { section, .. } if section.is_empty())));
    assert_eq!(found.len(), 2);
    texts.insert("5".into(), "Kết nạp {T2} đảng viên.".into());
    causes[0].remedy = "Xong trước [30/9].".into();
    assert_eq!(blockers(&frozen, &causes, &texts), vec![]);
}

/// G20: the review of S4 was held on 7 June; the report says so, not 30 June.
#[tokio::test]
async fn g20_the_report_shows_the_day_of_the_meeting() {
    let frozen = set(S4).await;
    let texts = head();
    let sources = Sources {
        frozen: &frozen,
        set: (1, "00"),
        causes: &[],
        passages: &texts,
        symbol: "BC/CB",
        before: None,
        gone: &Withdrawn::new(),
    };
    let (content, blockers) = compose(&sources);
    assert_eq!((content.cutoff, blockers), (jiff::civil::date(2023, 6, 7), vec![]));
    let words = lt_web::Words::load(&[("web", lt_web::WORDS), ("targets", crate::WORDS)]).unwrap();
    let line = words.talk(lt_kernel::Lang::Vi).a(
        "targets-report-cutoff",
        "cutoff",
        words.talk(lt_kernel::Lang::Vi).date(&content.cutoff),
    );
    assert_eq!(line, "Số liệu tính đến ngày 07/06/2023");
}

#[tokio::test]
async fn every_figure_of_the_table_is_in_the_annex() {
    let frozen = set(FILE).await;
    let mut texts = head();
    texts.insert("1".into(), "Chi bộ có {members} đảng viên.".into());
    let sources = Sources {
        frozen: &frozen,
        set: (1, "00"),
        causes: &[],
        passages: &texts,
        symbol: "BC/CB",
        before: None,
        gone: &Withdrawn::new(),
    };
    let (content, _) = compose(&sources);
    let figures = content.table.iter().flat_map(|group| &group.lines).filter_map(|line| line.value.as_ref());
    let rests: Vec<_> = figures.flat_map(|figure| &figure.rests).collect();
    assert_eq!(rests.len(), 2);
    assert!(rests.iter().all(|id| content.number(**id).is_some()));
    assert_eq!(content.shown.len(), 3, "and the one a text speaks of");
}
