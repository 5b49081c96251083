//! The target-engine vectors of party-and-targets §1.6 about one value, each under its number and with the
//! figures the pages print.

use super::*;

#[test]
fn g01_a_band_is_exceeded_above_its_high_end() {
    let case = Case::new(measure(Unit::Percent), vec![told("gần 90")]);
    let verdict = case.judge(&target(Test::Band { low: number("60"), high: number("70") }, vec![]));
    assert_eq!(verdict.outcome, Outcome::Exceeded);
    assert_eq!(on_the_board(&verdict), "gần 90% (≥ +15 điểm %)");
    let excess = verdict.excess.unwrap();
    assert_eq!((excess.by, excess.points, excess.at_least), (number("15"), true, true));
}

/// Outcome of one told number against a floor.
fn against(word: &str, at: &str) -> Outcome {
    Case::new(measure(Unit::Percent), vec![told(word)]).judge(&target(floor(at), vec![])).outcome
}

#[test]
fn g02_nearly_90_reaches_80() {
    assert_eq!(against("gần 90", "80"), Outcome::Met);
}

#[test]
fn g03_nearly_90_does_not_reach_90() {
    assert_eq!(against("gần 90", "90"), Outcome::NotMet);
}

#[test]
fn g04_nearly_90_may_or_may_not_reach_87() {
    assert_eq!(against("gần 90", "87"), Outcome::Undetermined);
}

#[test]
fn g05_over_90_reaches_70() {
    assert_eq!(against("trên 90", "70"), Outcome::Met);
}

#[test]
fn g06_more_than_half_is_not_half() {
    let more = Test::Floor { at: number("50"), strict: true };
    let case = |word: &str| Case::new(measure(Unit::Percent), vec![told(word)]).judge(&target(more.clone(), vec![]));
    assert_eq!(case("50,0").outcome, Outcome::NotMet);
    assert_eq!(case("50,01").outcome, Outcome::Met);
}

#[test]
fn g07_more_than_twenty_per_hundred_persons() {
    let more = Test::Floor { at: number("20"), strict: true };
    let rate = ratio(Unit::Rate, 100);
    let case = |above, below| Case::new(rate.clone(), vec![parts(above, below)]).judge(&target(more.clone(), vec![]));
    assert_eq!(case("20", "100").outcome, Outcome::NotMet);
    let above = case("2.001", "10.000");
    assert_eq!((above.outcome, on_the_board(&above).as_str()), (Outcome::Met, "20,01"));
}

#[test]
fn g08_five_against_three_exceeds_by_two_thirds() {
    let case = Case::new(measure(Unit::Count), vec![told("5")]);
    let verdict = case.judge(&target(Test::Bare { at: number("3") }, vec![]));
    assert_eq!(verdict.outcome, Outcome::Exceeded);
    assert_eq!(on_the_board(&verdict), "5 (+66,67%)");
    let excess = verdict.excess.unwrap();
    assert!(!excess.points && !excess.at_least);
}

fn implied(lines: Vec<ObservationLine>) -> Verdict {
    let mut case = Case::new(measure(Unit::Count), lines);
    case.claims = vec![Claim {
        target: "G".into(),
        sentence: "R12".into(),
        outcome: Outcome::Exceeded,
        excess: Some(number("66.67")),
        places: Some(2),
    }];
    case.judge(&target(Test::Implied, vec![Over::Sum]))
}

#[test]
fn g09_a_target_solved_from_a_claim_stays_implied() {
    let verdict = implied(vec![told("5")]);
    assert_eq!((verdict.outcome, verdict.implied), (Outcome::Exceeded, Some(number("3"))));
    assert_eq!(on_the_board(&verdict), "5 (+66,67%)");
    let steps: Vec<_> = verdict.steps.iter().map(|step| vi(&step.said)).collect();
    let solved = "Báo cáo nói vượt 66,67% với kết quả 5; chỉ tiêu suy ra là 3 (không ghi trong nghị quyết)";
    assert!(steps.contains(&solved.to_owned()), "{steps:?}");
    // Of the targets 1 to 5 it is the only one.
    let fit = lt_kernel::quantity::relative::solve_target(&number("5"), &number("66.67"), 2, 1..=5);
    assert_eq!(fit, [3]);
}

#[test]
fn g10_rounding_decides_and_says_so() {
    let case = Case::new(bare(Unit::Percent, Bare::Floor), vec![parts("4", "27")]);
    let mut wanted = target(Test::Bare { at: number("15") }, vec![]);
    let raw = case.judge(&wanted);
    assert_eq!((raw.outcome, on_the_board(&raw).as_str()), (Outcome::NotMet, "14,81%"));
    assert_eq!(raw.findings, []);
    wanted.readings[0].conditions[0].round = Some(0);
    let rounded = case.judge(&wanted);
    // The value stays what it was; the rule that made it enough is said.
    assert_eq!((rounded.outcome, on_the_board(&rounded).as_str()), (Outcome::Met, "14,81%"));
    assert_eq!(
        all_vi(&rounded.findings),
        ["Làm tròn 14,81 thành 15 (0 chữ số thập phân) trước khi so sánh, theo quy tắc đã lưu của chỉ tiêu"]
    );
    wanted.readings[0].conditions[0].round = Some(2);
    let kept = case.judge(&wanted);
    assert_eq!(kept.outcome, Outcome::NotMet, "14.81 at two decimals is not 15");
}

#[test]
fn g11_reported_share_agrees_with_its_parts() {
    let line = ObservationLine {
        value: Some("gần 90".into()),
        numerator: Some("hơn 4.600".into()),
        rest: Some("hơn 700".into()),
        ..Default::default()
    };
    let verdict = Case::new(measure(Unit::Percent), vec![line.clone()]).judge(&target(floor("80"), vec![]));
    assert_eq!((verdict.outcome, on_the_board(&verdict).as_str()), (Outcome::Met, "gần 90%"));
    let agrees = "Tính lại từ tử số và mẫu số được 86,79, khớp với «gần 90%»";
    assert_eq!(all_vi(&verdict.findings), [agrees], "and no warning");
    let wrong = ObservationLine { rest: Some("hơn 7.000".into()), ..line };
    let verdict = Case::new(measure(Unit::Percent), vec![wrong]).judge(&target(floor("80"), vec![]));
    assert_eq!(keys(&verdict.findings), ["targets-finding-parts-disagree"]);
}

#[test]
fn g17_all_of_nothing_is_not_applicable() {
    let case = Case::new(measure(Unit::Percent), vec![parts("0", "0")]);
    let verdict = case.judge(&target(Test::Bare { at: number("100") }, vec![]));
    assert_eq!((verdict.outcome, on_the_board(&verdict).as_str()), (Outcome::NotApplicable, "mẫu số bằng 0"));
    assert_eq!((verdict.excess, verdict.progress), (None, None), "never 100 %");
}

#[test]
fn g18_two_and_three_together_exceed_and_three_alone_cannot_be_computed() {
    let unit = |name: &str, value: &str| ObservationLine { unit: name.into(), ..told(value) };
    let verdict = implied(vec![unit("cao cấp", "02"), unit("trung cấp", "03")]);
    assert_eq!((verdict.outcome, verdict.implied), (Outcome::Exceeded, Some(number("3"))));
    assert_eq!(on_the_board(&verdict), "5 (+66,67%)");
    let alone = implied(vec![unit("trung cấp", "03")]);
    assert_eq!((alone.outcome, alone.implied), (Outcome::Undetermined, None));
    assert_eq!(all_vi(&alone.missing), ["Không suy ra được con số của chỉ tiêu: có 0 nghiệm nguyên"]);
}
