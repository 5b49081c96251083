//! Rows of party-and-targets §1.5 over time: sums, every period, at least k periods, obligations of each month.

use super::*;

fn sum_of(lines: Vec<ObservationLine>, test: Test) -> Both {
    Case::new(measure(Unit::Count), lines).on(&target(test, vec![Over::Sum]), [MID, END])
}

fn ceiling(at: &str) -> Test {
    Test::Ceiling { at: number(at), strict: false }
}

#[test]
fn cumulative_floor_once_reached_is_kept() {
    let three = vec![told_on("2", "2016-05-19"), told_on("1", "2017-05-19")];
    assert_eq!(sum_of(three.clone(), floor("5")), NO);
    let five = [three, vec![told_on("2", "2018-02-03")]].concat();
    assert_eq!(sum_of(five, floor("5")), [(Outcome::Met, true); 2]);
    assert_eq!(sum_of(vec![told_on("khoảng 5", "2016-05-19")], floor("5")), OPEN);
    assert_eq!(sum_of(vec![], floor("5")), NONE);
}

#[test]
fn cumulative_floor_with_a_part_left_open_may_already_be_enough_and_is_never_too_little() {
    let with = |text: &str| vec![told_on(text, "2016-05-19"), left_open("2017-05-19")];
    assert_eq!(sum_of(with("5"), floor("5")), [(Outcome::Met, true); 2]);
    assert_eq!(sum_of(with("3"), floor("5")), HALF);
    let verdict = Case::new(measure(Unit::Count), with("3")).judge(&target(floor("5"), vec![Over::Sum]));
    assert_eq!(all_vi(&verdict.missing), ["Nguồn không nêu giá trị: nguồn không nêu"]);
    // How much there is at most is not known.
    assert_eq!((verdict.low, verdict.high), (Some(number("3")), None));
}

#[test]
fn cumulative_sum_of_which_every_part_is_left_open_is_unknown_and_not_nothing() {
    assert_eq!(sum_of(vec![left_open("2016-05-19"), left_open("2017-05-19")], floor("5")), NONE);
    assert_eq!(sum_of(vec![no_case("2016-05-19"), no_case("2017-05-19")], floor("5")), VOID);
    // A time without a case adds nothing to the others.
    assert_eq!(sum_of(vec![no_case("2016-05-19"), told_on("5", "2017-05-19")], floor("5")), [(Outcome::Met, true); 2]);
}

#[test]
fn cumulative_floor_that_takes_back_is_not_kept_before_the_end() {
    let mut confirmed = measure(Unit::Count);
    confirmed.weights = vec![crate::measure::Weight { event: "không công nhận".into(), weight: -1 }];
    let case = Case::new(confirmed, vec![told_on("5", "2016-05-19")]);
    assert_eq!(case.on(&target(floor("5"), vec![Over::Sum]), [MID, END]), YES);
}

#[test]
fn cumulative_ceiling_once_passed_is_lost_and_is_never_safe_before_the_end() {
    assert_eq!(sum_of(vec![told_on("2", "2016-05-19")], ceiling("3")), YES);
    assert_eq!(sum_of(vec![told_on("4", "2016-05-19")], ceiling("3")), [(Outcome::NotMet, true); 2]);
    // What is left open can only add to it.
    let with = |text: &str| vec![told_on(text, "2016-05-19"), left_open("2017-05-19")];
    assert_eq!(sum_of(with("4"), ceiling("3")), [(Outcome::NotMet, true); 2]);
    assert_eq!(sum_of(with("2"), ceiling("3")), HALF);
}

#[test]
fn cumulative_bare_number_is_kept_or_lost_as_its_measure_says() {
    let of = |policy: Bare, text: &str| {
        let case = Case::new(bare(Unit::Count, policy), vec![told_on(text, "2016-05-19")]);
        case.on(&target(Test::Bare { at: number("4") }, vec![Over::Sum]), [MID, END])
    };
    assert_eq!(of(Bare::Floor, "4"), [(Outcome::Met, true); 2]);
    assert_eq!(of(Bare::Floor, "5"), [(Outcome::Exceeded, true); 2]);
    assert_eq!(of(Bare::Ceiling, "4"), YES);
    assert_eq!(of(Bare::Ceiling, "5"), [(Outcome::NotMet, true); 2]);
    assert_eq!(of(Bare::Exact, "4"), YES);
    assert_eq!(of(Bare::Exact, "3"), NO);
    assert_eq!(of(Bare::Exact, "5"), [(Outcome::NotMet, true); 2]);
}

fn yearly(values: [Option<&str>; 5]) -> Vec<ObservationLine> {
    let years = ["2015", "2016", "2017", "2018", "2019"].iter().zip(values);
    years.filter_map(|(year, value)| Some(told_on(value?, &format!("{year}-12-01")))).collect()
}

fn over_years(values: [Option<&str>; 5], over: Over) -> Both {
    let lines = yearly(values);
    Case::new(measure(Unit::Percent), lines).on(&target(floor("80"), vec![over]), [MID, END])
}

#[test]
fn every_period_needs_each_of_them() {
    let every = || every(PeriodKind::Year);
    let (good, bad) = (Some("85"), Some("75"));
    assert_eq!(over_years([good; 5], every()), YES);
    assert_eq!(over_years([good, bad, good, good, good], every()), [(Outcome::NotMet, true); 2]);
    assert_eq!(over_years([good, good, good, bad, good], every()), [(Outcome::Met, false), (Outcome::NotMet, true)]);
    assert_eq!(over_years([good, Some("gần 82"), good, good, good], every()), HALF);
    assert_eq!(over_years([good, None, good, good, good], every()), HALF);
    assert_eq!(over_years([None; 5], every()), NONE);
    let lines = ["2015", "2016", "2017", "2018", "2019"].map(|year| no_case(&format!("{year}-12-01"))).to_vec();
    assert_eq!(Case::new(measure(Unit::Percent), lines).on(&target(floor("80"), vec![every()]), [MID, END]), VOID);
}

#[test]
fn every_period_that_is_named_and_no_other() {
    let named = Over::EveryPeriod { of: PeriodKind::Year, periods: vec!["2016".into(), "2017".into()] };
    let (good, bad) = (Some("85"), Some("75"));
    assert_eq!(over_years([bad, good, good, bad, bad], named.clone()), [(Outcome::Met, true); 2]);
    assert_eq!(over_years([good, good, bad, good, good], named), [(Outcome::NotMet, true); 2]);
}

#[test]
fn at_least_k_periods_counts_the_years_in_which_it_held() {
    let two = || Over::AtLeastPeriods { k: 2, of: PeriodKind::Year, periods: vec![] };
    let (good, bad) = (Some("85"), Some("75"));
    assert_eq!(over_years([good, bad, good, bad, bad], two()), [(Outcome::Met, true); 2]);
    assert_eq!(over_years([good, bad, bad, bad, bad], two()), NO);
    assert_eq!(over_years([bad, bad, bad, bad, good], two()), NO);
    assert_eq!(over_years([good, None, bad, bad, bad], two()), HALF);
    assert_eq!(over_years([None; 5], two()), NONE);
    // Too few years are left: lost before the term is over.
    let lines = yearly([bad, bad, bad, bad, None]);
    let wanted = target(floor("80"), vec![two()]);
    assert_eq!(Case::new(measure(Unit::Percent), lines).on(&wanted, ["2019-01-01"]), [(Outcome::NotMet, true)]);
}

/// A year of monthly meetings (R17), judged in its middle and after it.
fn monthly(held: &[u32]) -> Case {
    let lines = held.iter().map(|month| told_on("1", &format!("2019-{month:02}-15"))).collect();
    Case::new(measure(Unit::Count), lines).term("2019-01-01", "2020-01-01")
}

#[test]
fn monthly_obligation_is_each_month_of_the_term() {
    let wanted = target(floor("1"), vec![every(PeriodKind::Month), Over::Sum]);
    let days = ["2019-07-01", "2020-01-01"];
    let all: Vec<u32> = (1..=12).collect();
    assert_eq!(monthly(&all).on(&wanted, days), YES);
    assert_eq!(monthly(&[1, 2, 3, 4, 5, 6]).on(&wanted, days), [(Outcome::Met, false), (Outcome::Undetermined, false)]);
    assert_eq!(monthly(&[]).on(&wanted, days), NONE);
    let verdict = monthly(&[1, 2, 4, 5, 6]).at("2019-07-01").judge(&wanted);
    assert_eq!((marks(&verdict), on_the_board(&verdict)), ((Outcome::Undetermined, false), "5/12".to_owned()));
    let steps: Vec<_> = verdict.steps.iter().map(|step| vi(&step.said)).collect();
    assert!(steps.contains(&"Kỳ 2019-03: thiếu số liệu".to_owned()), "{steps:?}");
    assert!(steps.contains(&"Kỳ 2019-07: chưa đến hạn".to_owned()), "{steps:?}");
    // A month told to have had none is missed for good; a month not told of is not known.
    let mut none = monthly(&[1, 2, 4, 5, 6]);
    none.lines.push(told_on("0", "2019-03-31"));
    assert_eq!(none.on(&wanted, days), [(Outcome::NotMet, true); 2]);
    let mut void = monthly(&[1, 2, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    void.lines.push(no_case("2019-03-31"));
    assert_eq!(void.on(&wanted, days), YES);
    let mut open = monthly(&[1, 2, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    open.lines.push(left_open("2019-03-31"));
    assert_eq!(open.on(&wanted, days), HALF);
}

#[test]
fn quarterly_obligation_counts_within_each_quarter() {
    // T21 read as four meetings a year: one in each quarter.
    let wanted = target(floor("1"), vec![every(PeriodKind::Quarter), Over::Sum]);
    let days = ["2019-07-01", "2020-01-01"];
    assert_eq!(monthly(&[1, 5, 9, 12]).on(&wanted, days), YES);
    let verdict = monthly(&[1, 2, 9, 12]).at("2020-01-01").judge(&wanted);
    assert_eq!((verdict.outcome, on_the_board(&verdict).as_str()), (Outcome::Undetermined, "3/4"));
}

#[test]
fn running_period_that_is_reached_already_counts_and_one_that_is_not_does_not() {
    let wanted = target(floor("2"), vec![every(PeriodKind::Year), Over::Sum]);
    let case = |lines: Vec<ObservationLine>| Case::new(measure(Unit::Count), lines).term("2019-01-01", "2021-01-01");
    let two = vec![told_on("2", "2019-03-01")];
    assert_eq!(case(two).on(&wanted, ["2019-07-01"]), [(Outcome::Met, false)]);
    let one = vec![told_on("1", "2019-03-01")];
    assert_eq!(case(one).on(&wanted, ["2020-01-01"]), [(Outcome::NotMet, true)]);
}

#[test]
fn readings_agree_on_nothing_they_do_not_all_say() {
    // T21: four in the term, or four in each year.
    let mut wanted = target(floor("4"), vec![Over::Sum]);
    wanted.open = "mỗi năm hay cả nhiệm kỳ".into();
    let mut each = wanted.readings[0].clone();
    each.conditions[0].over.insert(0, every(PeriodKind::Year));
    wanted.readings.push(each);
    let year = |year: u32, text: &str| told_on(text, &format!("{year}-06-30"));
    let case = |values: [&str; 3]| {
        let lines = (2019..).zip(values).map(|(number, text)| year(number, text)).collect();
        Case::new(measure(Unit::Count), lines).term("2019-01-01", "2022-01-01")
    };
    let days = ["2020-01-01", "2022-01-01"];
    // Both say yes; the one that can still be spoilt decides whether it is settled.
    assert_eq!(case(["4", "4", "4"]).on(&wanted, days), YES);
    assert_eq!(case(["4", "1", "1"]).on(&wanted, days), [(Outcome::Met, false), (Outcome::Undetermined, false)]);
    // Both say no; one of them could still turn.
    assert_eq!(case(["1", "1", "1"]).on(&wanted, days), NO);
}
