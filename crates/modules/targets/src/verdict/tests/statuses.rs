//! The four statuses of a target, kept apart: value, evidence, schedule, approval.

use super::*;
use crate::verdict::{Approval, Schedule};

/// A term of a hundred days, so that a day is one per cent of it.
fn hundred(lines: Vec<ObservationLine>) -> Case {
    Case::new(measure(Unit::Count), lines).term("2019-01-01", "2019-04-11")
}

/// The day on which so many per cent of the term have passed.
fn passed(percent: i64) -> String {
    day("2019-01-01").checked_add(jiff::Span::new().days(percent)).unwrap().to_string()
}

fn schedule(lines: &[ObservationLine], percent: i64, wanted: &Target) -> Schedule {
    let verdict = hundred(lines.to_vec()).at(&passed(percent)).judge(wanted);
    let past = percent.clamp(0, 100);
    assert_eq!(verdict.elapsed, Exact::whole(past), "what has passed");
    verdict.schedule
}

#[test]
fn schedule_before_and_after_the_term_says_only_that() {
    let wanted = target(floor("100"), vec![Over::Sum]);
    let done = [told_on("100", "2019-01-01")];
    for lines in [&[][..], &done[..]] {
        assert_eq!(schedule(lines, -1, &wanted), Schedule::NotBegun);
        assert_eq!(schedule(lines, 100, &wanted), Schedule::Ended);
        assert_eq!(schedule(lines, 150, &wanted), Schedule::Ended);
    }
    assert_eq!(schedule(&done, 0, &wanted), Schedule::OnTheWay);
    assert_eq!(schedule(&done, 99, &wanted), Schedule::OnTheWay);
}

#[test]
fn schedule_is_at_risk_when_what_is_done_lags_by_more_than_the_policy_allows() {
    // 30 of 100 done, and the policy lets it lag by 10 points.
    let wanted = target(floor("100"), vec![Over::Sum]);
    let lines = [told_on("30", "2019-01-01")];
    for (percent, expected) in [
        (0, Schedule::OnTheWay),
        (30, Schedule::OnTheWay),
        (40, Schedule::OnTheWay),
        (41, Schedule::AtRisk),
        (99, Schedule::AtRisk),
    ] {
        assert_eq!(schedule(&lines, percent, &wanted), expected, "after {percent} %");
    }
    let mut patient = hundred(lines.to_vec()).at(&passed(41));
    patient.policy.lag = Exact::whole(11);
    assert_eq!(patient.judge(&wanted).schedule, Schedule::OnTheWay);
}

#[test]
fn schedule_is_at_risk_late_in_the_term_when_progress_cannot_be_counted() {
    for (lines, wanted) in [
        (vec![], target(floor("100"), vec![Over::Sum])),
        (vec![told_on("9", "2019-01-01")], target(Test::Ceiling { at: number("5"), strict: false }, vec![])),
    ] {
        assert_eq!(schedule(&lines, 60, &wanted), Schedule::OnTheWay);
        assert_eq!(schedule(&lines, 61, &wanted), Schedule::AtRisk);
        let mut patient = hundred(lines).at(&passed(61));
        patient.policy.late = Exact::whole(70);
        assert_eq!(patient.judge(&wanted).schedule, Schedule::OnTheWay);
    }
}

#[test]
fn schedule_is_at_risk_at_once_when_it_is_lost_for_good() {
    let wanted = target(Test::Ceiling { at: number("5"), strict: false }, vec![Over::Sum]);
    assert_eq!(schedule(&[told_on("6", "2019-01-01")], 1, &wanted), Schedule::AtRisk);
    assert_eq!(schedule(&[told_on("5", "2019-01-01")], 99, &wanted), Schedule::OnTheWay);
}

#[test]
fn schedule_does_not_trouble_what_does_not_apply() {
    assert_eq!(schedule(&[no_case("2019-01-01")], 99, &target(floor("100"), vec![])), Schedule::OnTheWay);
}

#[test]
fn evidence_is_the_weakest_of_what_was_used() {
    let of = |shown: &[Evidence]| {
        let mut case = Case::new(measure(Unit::Count), shown.iter().map(|_| told("1")).collect());
        case.shown = shown.iter().map(|evidence| (false, *evidence)).collect();
        case.judge(&target(floor("1"), vec![Over::Sum])).evidence
    };
    assert_eq!(of(&[]), Evidence::None);
    for one in [Evidence::None, Evidence::Told, Evidence::File, Evidence::Record] {
        assert_eq!(of(&[one]), one);
    }
    assert_eq!(of(&[Evidence::Record, Evidence::File]), Evidence::File);
    assert_eq!(of(&[Evidence::Record, Evidence::None, Evidence::File]), Evidence::None);
}

#[test]
fn approval_is_that_of_all_that_was_used_and_of_nothing_else() {
    let of = |approved: &[bool], over: Vec<Over>| {
        let lines = (1..).zip(approved).map(|(month, _)| told_on("1", &format!("2019-{month:02}-01"))).collect();
        let mut case = Case::new(measure(Unit::Count), lines);
        case.shown = approved.iter().map(|approved| (*approved, Evidence::Told)).collect();
        case.judge(&target(floor("1"), over)).approval
    };
    let sum = || vec![Over::Sum];
    assert_eq!(of(&[], sum()), Approval::None);
    assert_eq!(of(&[true, true], sum()), Approval::Approved);
    assert_eq!(of(&[true, false], sum()), Approval::Recorded);
    assert_eq!(of(&[false], sum()), Approval::Recorded);
    // An older figure is not used where the latest counts.
    assert_eq!(of(&[false, true], vec![]), Approval::Approved);
    assert_eq!(of(&[true, false], vec![]), Approval::Recorded);
}

#[test]
fn each_status_moves_alone() {
    let wanted = target(floor("50"), vec![]);
    let of = |text: &str, percent: i64, shown: (bool, Evidence)| {
        let mut case = hundred(vec![told_on(text, "2019-01-01")]).at(&passed(percent));
        case.shown = vec![shown];
        let verdict = case.judge(&wanted);
        (verdict.outcome, verdict.evidence, verdict.schedule, verdict.approval)
    };
    let told = (false, Evidence::Told);
    let (met, on_the_way, recorded) = (Outcome::Met, Schedule::OnTheWay, Approval::Recorded);
    assert_eq!(of("50", 50, told), (met, Evidence::Told, on_the_way, recorded));
    assert_eq!(of("49", 50, told), (Outcome::NotMet, Evidence::Told, on_the_way, recorded));
    assert_eq!(of("50", 50, (false, Evidence::File)), (met, Evidence::File, on_the_way, recorded));
    assert_eq!(of("50", 100, told), (met, Evidence::Told, Schedule::Ended, recorded));
    assert_eq!(of("50", 50, (true, Evidence::Told)), (met, Evidence::Told, on_the_way, Approval::Approved));
}

#[test]
fn verdict_names_the_rules_and_the_policy_it_was_drawn_by() {
    let mut case = hundred(vec![]);
    case.policy.version = "2031-2".into();
    let rules = case.judge(&target(floor("50"), vec![])).rules;
    assert_eq!(rules, format!("{}/2031-2", crate::verdict::RULES));
}
