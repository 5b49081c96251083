//! Rows of party-and-targets §1.5 that are no numbers: grades, places, milestones, narratives, roll-ups.

use super::*;
use crate::observation::{Judgement, Stage};
use crate::scheme::Crosswalk;

fn one(unit: Unit, line: ObservationLine, test: &Test) -> Both {
    mid_and_end(measure(unit), line, test.clone())
}

fn none(unit: Unit, test: &Test) {
    let nothing = Case::new(measure(unit), vec![]).on(&target(test.clone(), vec![]), [MID, END]);
    assert_eq!(nothing, NONE, "no data");
    assert_eq!(one(unit, left_open("2018-01-01"), test), NONE, "left open");
    assert_eq!(one(unit, no_case("2018-01-01"), test), VOID, "nothing to measure");
}

#[test]
fn ordinal_grade_counts_from_itself_upwards_within_its_scheme() {
    let of = |had: &str| one(Unit::Grade, graded("2017", had), &grade("tot"));
    assert_eq!(of("new/xuat-sac"), YES, "a better grade is met, not exceeded");
    assert_eq!(of("new/tot"), YES);
    assert_eq!(of("new/hoan-thanh"), NO);
    assert_eq!(of("old/trong-sach-vung-manh"), OPEN, "grades of two schemes do not compare");
    assert_eq!(of("new/nobody-knows"), OPEN);
    none(Unit::Grade, &grade("tot"));
}

#[test]
fn ordinal_grade_of_an_older_scheme_says_what_would_settle_it() {
    let mut case = Case::new(measure(Unit::Grade), vec![graded("2016", "old/trong-sach-vung-manh")]);
    let verdict = case.judge(&target(grade("tot"), vec![]));
    let asks = "Chưa ai ký bảng quy đổi từ «Trong sạch, vững mạnh» sang «Hoàn thành tốt nhiệm vụ»";
    assert_eq!(all_vi(&verdict.missing), [asks]);
    let (old, new) = ("old".to_owned(), "new".to_owned());
    let from = (old, "trong-sach-vung-manh".to_owned());
    case.schemes.crosswalks =
        vec![Crosswalk { from, to: (new, "hoan-thanh".to_owned()), signed: "thư ký, 05/01/2020".into() }];
    assert_eq!(case.judge(&target(grade("tot"), vec![])).outcome, Outcome::NotMet);
    assert_eq!(case.judge(&target(grade("hoan-thanh"), vec![])).outcome, Outcome::Met);
}

#[test]
fn rank_in_a_peer_group_is_the_place_as_published() {
    let test = Test::Rank { at_most: 5, peers: "nhóm sở, ngành".into() };
    let of = |rank: &str| {
        let line = ObservationLine { rank: Some(rank.into()), ..Default::default() };
        one(Unit::Rank, line, &test)
    };
    assert_eq!((of("1"), of("5"), of("5="), of("6"), of("6=")), (YES, YES, YES, NO, NO));
    none(Unit::Rank, &test);
}

#[test]
fn milestone_once_reached_is_kept_and_each_stage_includes_those_before() {
    let test = Test::Stage { at_least: Stage::Built };
    let at = |stage: Stage| ObservationLine { stage: Some(stage), ..Default::default() };
    let kept = [(Outcome::Met, true); 2];
    let expected = [NO, NO, NO, kept, kept, kept];
    for (stage, expected) in Stage::ALL.into_iter().zip(expected) {
        assert_eq!(one(Unit::Stage, at(stage), &test), expected, "{stage:?}");
    }
    none(Unit::Stage, &test);
    let verdict = Case::new(measure(Unit::Stage), vec![at(Stage::Procured)]).judge(&target(test, vec![]));
    assert_eq!((on_the_board(&verdict).as_str(), verdict.excess), ("đã chọn nhà thầu", None));
    assert_eq!(verdict.progress.map(|done| done.round(2).unwrap()), Some(number("66.67")));
}

#[test]
fn qualitative_target_is_what_a_person_chose_and_never_a_number() {
    let said = |chosen: Option<Judgement>| ObservationLine {
        narrative: Some("Đã ngầm hóa một số tuyến".into()),
        chosen,
        ..Default::default()
    };
    let of = |chosen: Option<Judgement>| one(Unit::Narrative, said(chosen), &Test::Judged);
    assert_eq!(of(Some(Judgement::Done)), YES);
    assert_eq!(of(Some(Judgement::NotDone)), NO);
    assert_eq!(of(Some(Judgement::InPart)), OPEN);
    assert_eq!(of(None), OPEN);
    none(Unit::Narrative, &Test::Judged);
    let verdict = Case::new(measure(Unit::Narrative), vec![said(None)]).judge(&target(Test::Judged, vec![]));
    assert_eq!(keys(&verdict.missing), ["targets-missing-judgement"]);
    assert_eq!((verdict.low, verdict.high, verdict.progress), (None, None, None));
}

#[test]
fn roll_up_is_the_share_of_another_resolutions_targets_and_is_settled_after_the_term() {
    let test = Test::MetShare { resolution: "r".into(), at_least: number("80") };
    let rolled = |counts: Option<(u32, u32, u32)>| {
        let mut case = Case::new(measure(Unit::Percent), vec![]);
        case.rolled.extend(counts.map(|(met, all, open)| ("r".to_owned(), Rolled { met, all, open })));
        case
    };
    let of = |met: Option<(u32, u32)>| rolled(met.map(|(met, all)| (met, all, 0)));
    let wanted = target(test, vec![]);
    assert_eq!(of(Some((8, 10))).on(&wanted, [MID, END]), YES);
    assert_eq!(of(Some((7, 10))).on(&wanted, [MID, END]), NO);
    assert_eq!(of(Some((0, 0))).on(&wanted, [MID, END]), VOID);
    assert_eq!(of(None).on(&wanted, [MID, END]), NONE);
    // What is not known of a target is neither a yes nor a no.
    assert_eq!(rolled(Some((8, 10, 2))).on(&wanted, [MID, END]), YES);
    assert_eq!(rolled(Some((7, 10, 1))).on(&wanted, [MID, END]), HALF);
    assert_eq!(rolled(Some((6, 10, 1))).on(&wanted, [MID, END]), NO);
    assert_eq!(rolled(Some((0, 10, 10))).on(&wanted, [MID, END]), NONE);
    let open = rolled(Some((7, 10, 1))).judge(&wanted);
    let asks = "Còn 1 trên 10 chỉ tiêu của nghị quyết «r» chưa xác định hoặc chưa có số liệu";
    assert_eq!(all_vi(&open.missing), [asks]);
    assert_eq!(on_the_board(&of(Some((8, 10))).judge(&wanted)), "8/10");
    assert_eq!(all_vi(&of(None).judge(&wanted).missing), ["Không có nghị quyết «r» để tổng hợp"]);
}

#[test]
fn value_of_another_kind_than_the_test_asks_for_is_no_answer() {
    let verdict = Case::new(measure(Unit::Percent), vec![told("90")]).judge(&target(grade("tot"), vec![]));
    assert_eq!(verdict.outcome, Outcome::Unknown);
}

#[test]
fn measure_that_is_not_there_is_said() {
    let wanted = joined(vec![condition("khac", floor("1"), vec![])]);
    let verdict = Case::new(measure(Unit::Percent), vec![told("90")]).judge(&wanted);
    assert_eq!((verdict.outcome, keys(&verdict.missing)), (Outcome::Unknown, vec!["targets-missing-measure"]));
}

#[test]
fn what_a_report_claims_is_checked_and_never_believed() {
    let of = |word: Option<&str>, claimed: Outcome| {
        let mut case = Case::new(measure(Unit::Percent), word.map(told).into_iter().collect());
        let (target, sentence) = ("G".to_owned(), "R1".to_owned());
        case.claims = vec![Claim { target, sentence, outcome: claimed, excess: None, places: None }];
        let verdict = case.judge(&super::target(Test::Bare { at: number("80") }, vec![]));
        (verdict.outcome, keys(&verdict.findings).join(" "))
    };
    assert_eq!(of(Some("80"), Outcome::Met), (Outcome::Met, "targets-finding-claim-agrees".to_owned()));
    assert_eq!(of(Some("85"), Outcome::Met), (Outcome::Exceeded, "targets-finding-claim-near".to_owned()));
    assert_eq!(of(Some("70"), Outcome::Met), (Outcome::NotMet, "targets-finding-claim-disagrees".to_owned()));
    assert_eq!(of(None, Outcome::Met), (Outcome::Unknown, "targets-finding-claim-unchecked".to_owned()));
}
