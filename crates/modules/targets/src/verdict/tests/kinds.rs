//! Rows of party-and-targets §1.5 that test one number: floors, bare numbers, ceilings, bands, ratios, rates,
//! parts of a whole. Each with a yes, a no, an open case and none, before and after the end of the term.

use super::*;

/// Words against one test of a measure.
fn table(measure: &Measure, test: &Test, rows: &[(&str, Both)]) {
    for (word, expected) in rows {
        let found = mid_and_end(measure.clone(), told(word), test.clone());
        assert_eq!(found, *expected, "{test:?} of {:?} against {word}", measure.bare);
    }
    let nothing = Case::new(measure.clone(), vec![]).on(&target(test.clone(), vec![]), [MID, END]);
    assert_eq!(nothing, NONE, "no data");
    assert_eq!(mid_and_end(measure.clone(), left_open("2018-01-01"), test.clone()), NONE, "left open");
    assert_eq!(mid_and_end(measure.clone(), no_case("2018-01-01"), test.clone()), VOID, "nothing to measure");
}

#[test]
fn floor_reached_is_enough() {
    let rows = [("50", YES), ("49,99", NO), ("hơn 50", YES), ("gần 52", OPEN), ("gần 50", NO), ("60", YES)];
    table(&measure(Unit::Percent), &floor("50"), &rows);
}

#[test]
fn floor_strict_reached_is_not_enough() {
    let test = Test::Floor { at: number("50"), strict: true };
    table(&measure(Unit::Percent), &test, &[("50", NO), ("50,01", YES), ("hơn 50", YES), ("gần 52", OPEN)]);
}

#[test]
fn ceiling_reached_is_still_enough() {
    let test = Test::Ceiling { at: number("5"), strict: false };
    let rows = [("5", YES), ("5,01", NO), ("0", YES), ("hơn 5", NO), ("gần 5", YES), ("hơn 4", OPEN)];
    table(&measure(Unit::Percent), &test, &rows);
}

#[test]
fn ceiling_strict_reached_is_too_much() {
    let test = Test::Ceiling { at: number("5"), strict: true };
    table(&measure(Unit::Percent), &test, &[("5", NO), ("4,99", YES), ("gần 5", YES), ("hơn 4", OPEN)]);
}

#[test]
fn ceiling_is_never_exceeded_and_has_no_share_done() {
    let case = Case::new(measure(Unit::Count), vec![told("2")]);
    let verdict = case.judge(&target(Test::Ceiling { at: number("5"), strict: false }, vec![]));
    assert_eq!((verdict.outcome, verdict.excess, verdict.progress), (Outcome::Met, None, None));
}

#[test]
fn exact_is_neither_less_nor_more() {
    let test = Test::Exact { at: number("4") };
    let rows = [("4", YES), ("3", NO), ("5", NO), ("hơn 4", NO), ("khoảng 4", OPEN), ("hơn 3", OPEN)];
    table(&measure(Unit::Count), &test, &rows);
}

#[test]
fn bare_number_of_good_things_is_a_floor_and_can_be_exceeded() {
    let test = Test::Bare { at: number("4") };
    table(&bare(Unit::Count, Bare::Floor), &test, &[("4", YES), ("3", NO), ("5", MORE), ("khoảng 4", OPEN)]);
}

#[test]
fn bare_number_of_bad_things_is_a_ceiling_and_is_not_exceeded() {
    let test = Test::Bare { at: number("4") };
    table(&bare(Unit::Count, Bare::Ceiling), &test, &[("4", YES), ("3", YES), ("5", NO), ("khoảng 4", OPEN)]);
}

#[test]
fn bare_number_meant_exactly_is_met_by_itself_alone() {
    let test = Test::Bare { at: number("4") };
    table(&bare(Unit::Count, Bare::Exact), &test, &[("4", YES), ("3", NO), ("5", NO), ("khoảng 4", OPEN)]);
}

#[test]
fn planning_band_is_met_from_its_low_end_and_exceeded_above_its_high_end() {
    let test = Test::Band { low: number("60"), high: number("70") };
    let rows = [("59", NO), ("60", YES), ("70", YES), ("70,5", MORE), ("gần 62", OPEN), ("gần 73", YES)];
    table(&measure(Unit::Percent), &test, &rows);
}

#[test]
fn universal_is_a_hundred_of_a_hundred() {
    let test = Test::Bare { at: number("100") };
    table(&bare(Unit::Percent, Bare::Floor), &test, &[("100", YES), ("99,99", NO), ("gần 100", NO)]);
    let of = |above: &str, below: &str| mid_and_end(ratio(Unit::Percent, 100), parts(above, below), test.clone());
    assert_eq!(of("27", "27"), YES);
    assert_eq!(of("26", "27"), NO, "rounding never makes a whole out of a part");
    assert_eq!(of("gần 27", "27"), NO);
    assert_eq!(of("0", "0"), VOID);
}

#[test]
fn universal_is_not_reached_by_a_share_told_as_100_that_its_parts_do_not_give() {
    let line = ObservationLine { value: Some("100".into()), ..parts("26", "27") };
    let case = Case::new(ratio(Unit::Percent, 100), vec![line]);
    let verdict = case.judge(&target(Test::Bare { at: number("100") }, vec![]));
    assert_eq!(keys(&verdict.findings), ["targets-finding-parts-disagree"]);
}

#[test]
fn ratio_with_named_parts_is_worked_out_from_them() {
    let of = |above: &str, below: &str| mid_and_end(ratio(Unit::Percent, 100), parts(above, below), floor("50"));
    assert_eq!(of("1", "2"), YES);
    assert_eq!(of("499", "1.000"), NO);
    assert_eq!(of("khoảng 500", "1.000"), OPEN);
    let case = Case::new(ratio(Unit::Percent, 100), vec![parts("2", "3")]);
    assert_eq!(on_the_board(&case.judge(&target(floor("50"), vec![]))), "66,67%");
}

#[test]
fn ratio_of_a_part_and_the_rest_knows_the_whole() {
    let line =
        |rest: &str| ObservationLine { numerator: Some("4.600".into()), rest: Some(rest.into()), ..Default::default() };
    let of = |rest: &str| mid_and_end(ratio(Unit::Percent, 100), line(rest), floor("80"));
    assert_eq!(of("700"), YES);
    assert_eq!(of("1.400"), NO);
}

#[test]
fn rate_per_so_many_is_not_a_percentage() {
    let per_thousand = ratio(Unit::Rate, 1000);
    let of = |above: &str| mid_and_end(per_thousand.clone(), parts(above, "10.000"), floor("20"));
    assert_eq!((of("200"), of("199"), of("khoảng 200")), (YES, NO, OPEN));
    let verdict = Case::new(per_thousand, vec![parts("250", "10.000")]).judge(&target(floor("20"), vec![]));
    assert_eq!(on_the_board(&verdict), "25");
}

#[test]
fn stock_at_a_date_is_its_latest_value_and_nothing_is_added_up() {
    let lines = vec![told_on("trên 12.000", "2018-06-01"), told_on("9.000", "2017-06-01")];
    let case = || Case::new(measure(Unit::Count), lines.clone());
    assert_eq!(case().on(&target(floor("12000"), vec![]), [MID, END]), YES);
    assert_eq!(case().on(&target(floor("20000"), vec![]), ["2018-01-01"]), [(Outcome::NotMet, false)]);
    // Of two figures of one day the one recorded last counts.
    let twice = vec![told_on("10", "2018-06-01"), told_on("20", "2018-06-01")];
    assert_eq!(on_the_board(&Case::new(measure(Unit::Count), twice).judge(&target(floor("5"), vec![]))), "20");
}

#[test]
fn what_lies_after_the_day_or_outside_the_term_is_not_seen() {
    let lines = vec![told_on("90", "2015-06-14"), told_on("95", "2018-07-02"), told_on("96", END)];
    let case = Case::new(measure(Unit::Percent), lines);
    assert_eq!(
        case.on(&target(floor("80"), vec![]), [MID, "2018-07-02", END]),
        [(Outcome::Unknown, false), (Outcome::Met, false), (Outcome::Met, true)]
    );
}

#[test]
fn words_reach_as_far_as_the_measure_or_the_policy_says() {
    let mut own = measure(Unit::Percent);
    own.near = Some(number("1"));
    assert_eq!(mid_and_end(own, told("gần 90"), floor("87")), YES);
    assert_eq!(mid_and_end(measure(Unit::Percent), told("gần 90"), floor("87")), OPEN);
}

#[test]
fn two_conditions_joined_must_both_hold() {
    // T17: studied, and wrote down what was learnt.
    let second = Measure { code: "n".into(), ..measure(Unit::Percent) };
    let wanted = joined(vec![condition("m", floor("100"), vec![]), condition("n", floor("100"), vec![])]);
    let of = |studied: Option<&str>, wrote: Option<&str>| {
        let line = |code: &str, text: &str| ObservationLine { measure: code.into(), ..told_on(text, "2018-01-01") };
        let lines = [studied.map(|text| line("m", text)), wrote.map(|text| line("n", text))];
        let mut case = Case::new(measure(Unit::Percent), lines.into_iter().flatten().collect());
        case.measures.push(second.clone());
        case.on(&wanted, [MID, END])
    };
    assert_eq!(of(Some("100"), Some("100")), YES);
    assert_eq!(of(Some("100"), Some("99")), NO);
    assert_eq!(of(Some("100"), None), HALF);
    assert_eq!(of(Some("99"), None), NO);
    assert_eq!(of(None, None), NONE);
}

#[test]
fn a_no_that_is_final_is_not_hidden_by_one_that_is_not() {
    let second = Measure { code: "n".into(), ..measure(Unit::Count) };
    let year =
        |year: &str, text: &str| ObservationLine { measure: "n".into(), ..told_on(text, &format!("{year}-12-01")) };
    let lines = vec![told_on("70", "2018-01-01"), year("2015", "1"), year("2016", "0"), year("2017", "1")];
    let mut case = Case::new(measure(Unit::Percent), lines);
    case.measures.push(second);
    // The share may still rise; the year 2016 cannot be mended.
    let wanted = joined(vec![condition("m", floor("80"), vec![]), condition("n", floor("1"), every_year())]);
    assert_eq!(case.on(&wanted, [MID]), [(Outcome::NotMet, true)]);
}

#[test]
fn part_of_which_is_larger_than_its_whole_only_when_that_is_sure() {
    // T18: of 100 % good, 15 % excellent.
    let share = |word: &str| Case::new(measure(Unit::Percent), vec![told(word)]).judge(&target(floor("15"), vec![]));
    let found = |part: &str, whole: &str| crate::verdict::part_exceeds_whole(&share(part), &share(whole));
    assert_eq!(found("15", "100"), None);
    assert_eq!(found("95", "95"), None);
    assert_eq!(vi(&found("96", "95").unwrap()), "Phần «trong đó» (96) lớn hơn chỉ tiêu chung (95)");
    assert_eq!(found("gần 96", "95"), None, "it may be less");
    assert_eq!(found("96", "hơn 95"), None, "it may be more");
    let none = Case::new(measure(Unit::Percent), vec![]).judge(&target(floor("15"), vec![]));
    assert_eq!(crate::verdict::part_exceeds_whole(&share("96"), &none), None);
}

#[test]
fn relative_statement_is_solved_only_when_one_number_fits() {
    let of = |value: Option<&str>, excess: &str, places: u32| {
        let mut case = Case::new(measure(Unit::Count), value.map(told).into_iter().collect());
        let (target_code, sentence) = ("G".to_owned(), "R12".to_owned());
        let excess = Some(number(excess));
        let claim = Claim { target: target_code, sentence, outcome: Outcome::Exceeded, excess, places: Some(places) };
        case.claims = vec![claim];
        let verdict = case.judge(&target(Test::Implied, vec![Over::Sum]));
        (verdict.outcome, verdict.implied)
    };
    assert_eq!(of(Some("5"), "66.67", 2), (Outcome::Exceeded, Some(number("3"))));
    assert_eq!(of(Some("5"), "50", 2), (Outcome::Undetermined, None));
    assert_eq!(of(Some("hơn 5"), "66.67", 2), (Outcome::Unknown, None));
    assert_eq!(of(None, "66.67", 2), (Outcome::Unknown, None));
    let unclaimed = Case::new(measure(Unit::Count), vec![told("5")]).judge(&target(Test::Implied, vec![Over::Sum]));
    assert_eq!((unclaimed.outcome, unclaimed.implied), (Outcome::Unknown, None));
    assert_eq!(keys(&unclaimed.missing), ["targets-missing-implied"]);
}
