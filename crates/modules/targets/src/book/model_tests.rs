//! The count of all marks of a scoreboard, beside what its lines and its chart show.

use std::collections::HashMap;

use lt_kernel::id::Uuid;
use lt_kernel::quantity::Exact;
use lt_kernel::{Interval, Said};
use lt_web::ui::Verdict as Mark;

use super::*;
use crate::board::{counts, shown};
use crate::observation::Evidence;
use crate::scheme::Schemes;
use crate::target::{Reading, Target};
use crate::verdict::{Approval, Policy};

fn verdict(outcome: Outcome, settled: bool, schedule: Schedule) -> Verdict {
    Verdict {
        outcome,
        settled,
        excess: None,
        evidence: Evidence::None,
        schedule,
        approval: Approval::None,
        elapsed: Exact::ZERO,
        progress: None,
        low: None,
        high: None,
        value: None,
        steps: vec![],
        findings: vec![],
        missing: vec![],
        implied: None,
        rules: String::new(),
    }
}

fn held(number: u128, sentence: &str, of_which: &str) -> Held {
    let target = Target {
        code: format!("T{number}"),
        sentence: sentence.into(),
        title: "Chỉ tiêu".into(),
        title_en: String::new(),
        owner: String::new(),
        collaborators: vec![],
        base: String::new(),
        of_which: of_which.into(),
        open: String::new(),
        readings: vec![Reading { label: String::new(), conditions: vec![] }],
    };
    let (id, owner) = (crate::resolution::model::TargetId(Uuid::from_u128(number)), lt_kernel::id::OrgId(Uuid::nil()));
    Held { id, owner, version: 1, dropped: None, dropped_at: None, target }
}

/// A board with these verdicts; targets `T1`, `T2`… in their order.
fn board(targets: Vec<Held>, verdicts: impl IntoIterator<Item = impl Into<Arc<Verdict>>>) -> Board {
    let file = crate::file::ResolutionFile::read(FILE).unwrap();
    let day: Date = "2019-07-01".parse().unwrap();
    let listed = crate::resolution::store::Listed {
        id: crate::resolution::model::ResolutionId(Uuid::nil()),
        code: file.resolution.code.clone(),
        org: lt_kernel::id::OrgId(Uuid::nil()),
        title: (file.resolution.title.clone(), String::new()),
        term: Interval { from: day, to: None },
        state: crate::resolution::model::State::InForce,
        is_sample: false,
        version: 0,
    };
    let whole =
        Whole { listed, header: file.resolution, sentences: file.sentences, measures: vec![], targets, claims: vec![] };
    let (schemes, policy) = (Schemes::default(), Arc::new(Policy::default()));
    let job = Judged { plan: Arc::new(Plan::of(whole)), schemes, rolled: HashMap::new(), at: day, policy };
    Board::new(&job, 0, None, verdicts.into_iter().map(|verdict| Some(verdict.into())).collect())
}

const FILE: &str = r#"
format = "lienthong-resolution/1"
[resolution]
code = "r"
issuer = "o"
title = "Nghị quyết"
term = { from = "2019-01-01", last = "2019-12-31" }
[[sentence]]
code = "s"
standing = "resolved"
text = "Phấn đấu."
[[sentence]]
code = "d"
standing = "directive"
text = "Đề nghị."
"#;

/// Every way a verdict can stand in time, and the mark it is shown under.
fn all() -> Vec<(Verdict, Mark)> {
    use Schedule::{AtRisk, Ended, NotBegun, OnTheWay};
    let open = |outcome, schedule, mark| (verdict(outcome, false, schedule), mark);
    vec![
        open(Outcome::Exceeded, OnTheWay, Mark::Exceeded),
        open(Outcome::Met, OnTheWay, Mark::Met),
        open(Outcome::Met, Ended, Mark::Met),
        open(Outcome::NotMet, NotBegun, Mark::OnTheWay),
        open(Outcome::NotMet, OnTheWay, Mark::OnTheWay),
        open(Outcome::NotMet, OnTheWay, Mark::OnTheWay),
        open(Outcome::NotMet, AtRisk, Mark::AtRisk),
        open(Outcome::NotMet, AtRisk, Mark::AtRisk),
        open(Outcome::NotMet, AtRisk, Mark::AtRisk),
        open(Outcome::NotMet, AtRisk, Mark::AtRisk),
        // Missed: for good in the middle of the term, or because it is over.
        (verdict(Outcome::NotMet, true, AtRisk), Mark::NotMet),
        open(Outcome::NotMet, Ended, Mark::NotMet),
        open(Outcome::NotMet, Ended, Mark::NotMet),
        (verdict(Outcome::NotMet, true, OnTheWay), Mark::NotMet),
        (verdict(Outcome::NotMet, true, Ended), Mark::NotMet),
        open(Outcome::Undetermined, OnTheWay, Mark::Undetermined),
        open(Outcome::Undetermined, AtRisk, Mark::Undetermined),
        open(Outcome::Undetermined, Ended, Mark::Undetermined),
        open(Outcome::Undetermined, Ended, Mark::Undetermined),
        open(Outcome::Undetermined, Ended, Mark::Undetermined),
        open(Outcome::Undetermined, Ended, Mark::Undetermined),
        open(Outcome::Unknown, NotBegun, Mark::Unknown),
        open(Outcome::Unknown, OnTheWay, Mark::Unknown),
        open(Outcome::Unknown, AtRisk, Mark::Unknown),
        open(Outcome::Unknown, Ended, Mark::Unknown),
        open(Outcome::Unknown, Ended, Mark::Unknown),
        open(Outcome::Unknown, Ended, Mark::Unknown),
        open(Outcome::Unknown, Ended, Mark::Unknown),
        open(Outcome::NotApplicable, OnTheWay, Mark::NotApplicable),
        (verdict(Outcome::NotApplicable, true, Ended), Mark::NotApplicable),
        open(Outcome::NotApplicable, Ended, Mark::NotApplicable),
        open(Outcome::NotApplicable, Ended, Mark::NotApplicable),
        open(Outcome::NotApplicable, Ended, Mark::NotApplicable),
        open(Outcome::NotApplicable, Ended, Mark::NotApplicable),
        open(Outcome::NotApplicable, Ended, Mark::NotApplicable),
        open(Outcome::NotApplicable, Ended, Mark::NotApplicable),
    ]
}

#[test]
fn each_mark_is_counted_once_and_as_it_is_shown() {
    let (verdicts, marks): (Vec<_>, Vec<_>) = all().into_iter().unzip();
    let board = board((1..).take(verdicts.len()).map(|number| held(number, "s", "")).collect(), verdicts);
    let tally = Tally {
        all: 36,
        exceeded: 1,
        just_met: 2,
        on_the_way: 3,
        at_risk: 4,
        not_met: 5,
        undetermined: 6,
        unknown: 7,
        not_applicable: 8,
    };
    assert_eq!((board.tally, board.tally.met()), (tally, 3));
    // What does not apply is not among those of which a share is met.
    assert_eq!(board.tally.rolled(), Rolled { met: 3, all: 28, open: 13 });
    // The lines say the same as the count, and the chart draws the same again.
    let lines: Vec<Mark> = board.rows().map(|row| shown::mark(row.verdict)).collect();
    assert_eq!(lines, marks);
    for (mark, count) in counts(&board.tally) {
        assert_eq!(marks.iter().filter(|one| **one == mark).count(), count as usize, "{mark:?}");
    }
    assert_eq!(counts(&board.tally).iter().map(|(_, count)| count).sum::<u32>(), board.tally.all);
}

#[test]
fn directives_and_dropped_targets_are_shown_and_not_counted() {
    let met = || verdict(Outcome::Met, true, Schedule::Ended);
    let mut dropped = held(2, "s", "");
    dropped.dropped = Some("Gộp vào chỉ tiêu khác".into());
    let board = board(vec![held(1, "s", ""), dropped, held(3, "d", "")], vec![met(), met(), met()]);
    assert_eq!(board.tally, Tally { all: 1, just_met: 1, ..Tally::default() });
    assert_eq!(board.rows().count(), 3);
}

#[test]
fn part_of_which_larger_than_its_whole_is_found_on_the_board_and_once_only() {
    let valued = |low: i64, high: i64| Verdict {
        low: Some(Exact::whole(low)),
        high: Some(Exact::whole(high)),
        ..verdict(Outcome::Met, true, Schedule::Ended)
    };
    let targets = || vec![held(1, "s", ""), held(2, "s", "T1"), held(3, "s", "T9")];
    let fits = board(targets(), vec![valued(90, 90), valued(15, 15), valued(99, 99)]);
    assert!(fits.verdicts.iter().all(|verdict| verdict.findings.is_empty()));
    let too_large = board(targets(), vec![valued(10, 10), valued(15, 15), valued(99, 99)]);
    let said = Said::new("targets-finding-part-exceeds-whole").number("part", Exact::whole(15), 2).number(
        "whole",
        Exact::whole(10),
        2,
    );
    let findings: Vec<_> = too_large.verdicts.iter().map(|verdict| verdict.findings.clone()).collect();
    assert_eq!(findings, [vec![], vec![said.clone()], vec![]]);
    // A board judged anew keeps the verdicts that were not touched, with what was found before.
    let again = board(targets(), too_large.verdicts);
    assert_eq!(again.verdicts[1].findings, [said]);
}
