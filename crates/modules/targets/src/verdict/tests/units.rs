//! Each unit, and at least k units: what a later figure may still mend or spoil is not final while its time runs.

use super::*;

const CELLS: [&str; 3] = ["Một", "Hai", "Ba"];

fn each(inner: Vec<Over>) -> Vec<Over> {
    [vec![Over::EveryUnit { units: units(&CELLS) }], inner].concat()
}

fn some(k: u32, inner: Vec<Over>) -> Vec<Over> {
    [vec![Over::AtLeastUnits { k, units: units(&CELLS) }], inner].concat()
}

/// The latest values of the three cells.
fn cells(values: [&str; 3], as_of: &str) -> Vec<ObservationLine> {
    CELLS.iter().zip(values).map(|(cell, value)| of_unit(cell, value, as_of)).collect()
}

fn judged(lines: Vec<ObservationLine>, test: Test, over: Vec<Over>) -> Both {
    Case::new(measure(Unit::Percent), lines).on(&target(test, over), [MID, END])
}

fn counted(lines: Vec<ObservationLine>, test: Test, over: Vec<Over>) -> Both {
    Case::new(measure(Unit::Count), lines).on(&target(test, over), [MID, END])
}

#[test]
fn every_unit_below_its_mark_is_not_lost_before_the_term_is_over() {
    let lines = cells(["90", "70", "85"], "2018-01-01");
    assert_eq!(judged(lines.clone(), floor("80"), each(vec![])), NO);
    // The next figure mends it.
    let mended = [lines, vec![of_unit("Hai", "81", "2018-06-01")]].concat();
    assert_eq!(judged(mended, floor("80"), each(vec![])), YES);
}

#[test]
fn every_unit_above_its_mark_is_not_safe_before_the_term_is_over() {
    let lines = cells(["90", "82", "85"], "2018-01-01");
    assert_eq!(judged(lines, floor("80"), each(vec![])), YES);
}

#[test]
fn every_unit_with_a_sum_underway_is_not_lost_before_the_term_is_over() {
    let lines = cells(["5", "3", "6"], "2018-01-01");
    assert_eq!(counted(lines.clone(), floor("5"), each(vec![Over::Sum])), NO);
    // Sums that only grow are safe as soon as all of them are reached.
    let reached = [lines, vec![of_unit("Hai", "2", "2018-06-01")]].concat();
    assert_eq!(counted(reached, floor("5"), each(vec![Over::Sum])), [(Outcome::Met, true); 2]);
}

#[test]
fn every_unit_without_a_figure_of_one_leaves_it_open_and_says_which() {
    let lines = vec![of_unit("Một", "90", "2018-01-01"), of_unit("Ba", "85", "2018-01-01")];
    assert_eq!(judged(lines.clone(), floor("80"), each(vec![])), HALF);
    let verdict = Case::new(measure(Unit::Percent), lines).at(MID).judge(&target(floor("80"), each(vec![])));
    assert_eq!(keys(&verdict.missing), ["targets-missing-observation"]);
    let steps: Vec<_> = verdict.steps.iter().map(|step| vi(&step.said)).collect();
    assert!(steps.contains(&"Đơn vị Hai: thiếu số liệu".to_owned()), "{steps:?}");
    assert_eq!(judged(vec![], floor("80"), each(vec![])), NONE);
}

#[test]
fn one_unit_that_falls_short_decides_though_another_is_not_known() {
    let lines = vec![of_unit("Một", "90", "2018-01-01"), of_unit("Ba", "70", "2018-01-01")];
    assert_eq!(judged(lines, floor("80"), each(vec![])), NO);
}

#[test]
fn every_unit_that_straddles_its_mark_is_open() {
    let lines = cells(["90", "gần 82", "85"], "2018-01-01");
    assert_eq!(judged(lines, floor("80"), each(vec![])), HALF);
}

#[test]
fn units_with_nothing_to_measure_do_not_count() {
    let none = |cell: &str| ObservationLine { unit: cell.into(), ..no_case("2018-01-01") };
    let lines = vec![of_unit("Một", "90", "2018-01-01"), none("Hai"), none("Ba")];
    assert_eq!(judged(lines, floor("80"), each(vec![])), YES);
    let all: Vec<_> = CELLS.map(none).into();
    let expected = VOID;
    assert_eq!(judged(all.clone(), floor("80"), each(vec![])), expected);
    assert_eq!(judged(all, floor("80"), some(1, vec![])), expected);
}

#[test]
fn at_least_one_unit_over_its_latest_value_can_be_lost_the_next_day() {
    let lines = cells(["90", "70", "75"], "2018-01-01");
    assert_eq!(judged(lines.clone(), floor("80"), some(1, vec![])), YES);
    let lost = [lines, vec![of_unit("Một", "79", "2018-06-30")]].concat();
    assert_eq!(judged(lost, floor("80"), some(1, vec![])), NO);
}

#[test]
fn at_least_two_units_are_not_lost_while_one_may_still_rise() {
    let lines = cells(["90", "70", "75"], "2018-01-01");
    assert_eq!(judged(lines, floor("80"), some(2, vec![])), NO);
    let sums = cells(["5", "1", "6"], "2018-01-01");
    // Two sums are reached and only grow; a third would be needed in vain.
    assert_eq!(counted(sums.clone(), floor("5"), some(2, vec![Over::Sum])), [(Outcome::Met, true); 2]);
    assert_eq!(counted(sums, floor("5"), some(3, vec![Over::Sum])), NO);
}

#[test]
fn at_least_two_units_stay_open_when_the_unknown_one_could_decide() {
    let lines = vec![of_unit("Một", "90", "2018-01-01"), of_unit("Hai", "70", "2018-01-01")];
    assert_eq!(judged(lines, floor("80"), some(2, vec![])), HALF);
    assert_eq!(judged(vec![], floor("80"), some(2, vec![])), NONE);
}

#[test]
fn every_year_over_units_does_not_condemn_the_running_year() {
    let years = [every_year(), each(vec![])].concat();
    let good = |year: &str| cells(["90", "85", "82"], &format!("{year}-12-01"));
    let past = [good("2015"), good("2016"), good("2017")].concat();
    let running = [past.clone(), cells(["90", "70", "82"], "2018-03-01")].concat();
    let case = || Case::new(measure(Unit::Percent), running.clone());
    let wanted = target(floor("80"), years.clone());
    assert_eq!(
        case().on(&wanted, [MID, "2018-12-31", "2019-01-01", END]),
        [(Outcome::Met, false), (Outcome::Met, false), (Outcome::NotMet, true), (Outcome::NotMet, true)]
    );
    // A year that is over and was missed is lost in the middle of the term.
    let missed = [good("2015"), cells(["90", "70", "82"], "2016-12-01"), good("2017")].concat();
    assert_eq!(Case::new(measure(Unit::Percent), missed).on(&wanted, [MID]), [(Outcome::NotMet, true)]);
}

#[test]
fn every_year_over_at_least_one_unit_is_judged_year_by_year() {
    let wanted = target(floor("80"), [every_year(), some(1, vec![])].concat());
    let year = |year: &str, best: &str| cells([best, "60", "70"], &format!("{year}-03-01"));
    let lines = [year("2016", "90"), year("2017", "81"), year("2018", "75")].concat();
    let lines = [cells(["85", "60", "70"], "2015-12-01"), lines].concat();
    assert_eq!(
        Case::new(measure(Unit::Percent), lines).on(&wanted, [MID, "2019-01-01"]),
        [(Outcome::Met, false), (Outcome::NotMet, true)]
    );
}

#[test]
fn every_unit_over_years_is_safe_only_when_the_last_year_is_over() {
    let wanted = target(floor("80"), each(every_year()));
    let year = |year: &str, worst: &str| cells(["90", "85", worst], &format!("{year}-12-01"));
    let good = [year("2015", "80"), year("2016", "81"), year("2017", "82")].concat();
    let case = |lines: Vec<ObservationLine>| Case::new(measure(Unit::Percent), lines);
    assert_eq!(case(good.clone()).on(&wanted, [MID]), [(Outcome::Met, false)]);
    // One unit missed a year that is over: that cannot be mended.
    let bad = [good.clone(), year("2018", "79")].concat();
    assert_eq!(case(bad).on(&wanted, ["2018-12-31", "2019-01-01"]), [(Outcome::Met, false), (Outcome::NotMet, true)]);
    let all = [good, year("2018", "83"), year("2019", "84")].concat();
    // Years whose last day lies within the term: 2015 to 2019, and the last is over before the term is.
    assert_eq!(case(all).on(&wanted, ["2019-12-31", "2020-01-01"]), YES);
}

#[test]
fn before_the_first_year_is_over_no_unit_lacks_a_figure() {
    let case = Case::new(measure(Unit::Percent), vec![]).at("2015-10-01");
    let verdict = case.judge(&target(floor("80"), each(every_year())));
    assert_eq!((marks(&verdict), verdict.missing), ((Outcome::Unknown, false), vec![]));
    let steps: Vec<_> = verdict.steps.iter().map(|step| vi(&step.said)).collect();
    assert!(steps.contains(&"Đơn vị Hai: chưa đến hạn".to_owned()), "{steps:?}");
}

#[test]
fn all_cells_good_and_one_excellent_every_year_as_the_report_of_2019_says() {
    // R16: two conditions, each over years and units.
    let grades = |year: &str, values: [&str; 3]| {
        let one = |(cell, value): (&&str, &str)| ObservationLine { unit: (*cell).into(), ..graded(year, value) };
        CELLS.iter().zip(values).map(one).collect::<Vec<_>>()
    };
    let wanted = joined(vec![
        condition("m", grade("tot"), [every_year(), each(vec![])].concat()),
        condition("m", grade("xuat-sac"), [every_year(), some(1, vec![])].concat()),
    ]);
    let full = ["new/tot", "new/xuat-sac", "new/tot"];
    let lines: Vec<_> = ["2015", "2016", "2017", "2018", "2019"].iter().flat_map(|year| grades(year, full)).collect();
    let case = |lines: &[ObservationLine]| Case::new(measure(Unit::Grade), lines.to_vec());
    assert_eq!(case(&lines).on(&wanted, [MID, END]), YES);
    let without = |year: &str, values: [&str; 3]| {
        let kept = lines.iter().filter(|line| line.period != year).cloned();
        kept.chain(grades(year, values)).collect::<Vec<_>>()
    };
    let none_excellent = without("2017", ["new/tot", "new/tot", "new/tot"]);
    assert_eq!(case(&none_excellent).on(&wanted, [MID, END]), [(Outcome::NotMet, true); 2]);
    let one_behind = without("2017", ["new/hoan-thanh", "new/xuat-sac", "new/tot"]);
    assert_eq!(case(&one_behind).on(&wanted, [MID, END]), [(Outcome::NotMet, true); 2]);
    let not_told: Vec<_> = lines.iter().filter(|line| line.period != "2015").cloned().collect();
    assert_eq!(case(&not_told).on(&wanted, [MID, END]), [(Outcome::Undetermined, false); 2]);
}
