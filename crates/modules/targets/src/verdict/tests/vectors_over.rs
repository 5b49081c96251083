//! The target-engine vectors of party-and-targets §1.6 about time, places and policies, each under its number
//! and with the figures the pages print.

use super::*;
use crate::measure::Weight;
use crate::scheme::Crosswalk;

fn years(lines: Vec<ObservationLine>, at: &str, test: Test, over: Vec<Over>) -> Verdict {
    Case::new(measure(Unit::Grade), lines).at(at).judge(&target(test, over))
}

#[test]
fn g12_one_excellent_year_cannot_be_lost() {
    // Good, good, excellent; then whatever comes.
    let three = vec![graded("2015", "new/tot"), graded("2016", "new/tot"), graded("2017", "new/xuat-sac")];
    let worse = [three.clone(), vec![graded("2018", "new/hoan-thanh"), graded("2019", "new/hoan-thanh")]].concat();
    let over = vec![Over::AtLeastPeriods { k: 1, of: PeriodKind::Year, periods: vec![] }];
    for lines in [three, worse] {
        for at in ["2018-01-01", "2019-01-01", "2020-01-01", END] {
            let verdict = years(lines.clone(), at, grade("xuat-sac"), over.clone());
            assert_eq!((verdict.outcome, verdict.settled), (Outcome::Met, true), "{at}");
            assert_eq!(on_the_board(&verdict), "1 trên 1 lần cần có");
        }
    }
    // Before the end of the third year it is not there yet, and not lost.
    let lines = vec![graded("2015", "new/tot"), graded("2016", "new/tot")];
    let verdict = years(lines.clone(), "2017-01-01", grade("xuat-sac"), over.clone());
    assert_eq!((verdict.outcome, verdict.settled), (Outcome::NotMet, false));
    // Without one in five known years it is lost.
    let none = [lines, ["2017", "2018", "2019"].map(|year| graded(year, "new/tot")).to_vec()].concat();
    let verdict = years(none, "2020-01-01", grade("xuat-sac"), over);
    assert_eq!((verdict.outcome, verdict.settled), (Outcome::NotMet, true));
}

#[test]
fn g13_one_bad_year_cannot_be_mended() {
    let two = vec![graded("2015", "new/tot"), graded("2016", "new/hoan-thanh")];
    let later = ["2017", "2018", "2019"].map(|year| graded(year, "new/xuat-sac"));
    let lines = [two, later.to_vec()].concat();
    for at in ["2017-01-01", "2018-06-01", "2020-01-01", END] {
        let verdict = years(lines.clone(), at, grade("tot"), every_year());
        assert_eq!((verdict.outcome, verdict.settled), (Outcome::NotMet, true), "{at}");
        let steps: Vec<_> = verdict.steps.iter().map(|step| vi(&step.said)).collect();
        assert!(steps.contains(&"Kỳ 2016: không đạt".to_owned()), "{steps:?}");
    }
    let verdict = years(lines, "2016-12-31", grade("tot"), every_year());
    assert_eq!((verdict.outcome, verdict.settled), (Outcome::Met, false), "the second year was not over");
}

#[test]
fn g14_an_unknown_year_leaves_it_undetermined() {
    let lines: Vec<_> = ["2016", "2017", "2018", "2019"].map(|year| graded(year, "new/tot")).into();
    let verdict = years(lines, "2020-06-12", grade("tot"), every_year());
    assert_eq!((verdict.outcome, verdict.settled), (Outcome::Undetermined, false));
    assert_eq!(all_vi(&verdict.missing), ["Chưa có số liệu cho «m»"]);
    assert_eq!(on_the_board(&verdict), "4/5");
    let steps: Vec<_> = verdict.steps.iter().map(|step| vi(&step.said)).collect();
    assert!(steps.contains(&"Kỳ 2015: thiếu số liệu".to_owned()), "{steps:?}");
}

#[test]
fn g15_three_units_that_share_a_place_are_each_among_the_first_five() {
    let top = Test::Rank { at_most: 5, peers: "nhóm sở, ngành".into() };
    let unit =
        |name: &str, rank: &str| ObservationLine { rank: Some(rank.into()), unit: name.into(), ..Default::default() };
    let names = ["Sở A", "Sở B", "Sở C"];
    let outcomes = |ranks: [&str; 3]| {
        let lines: Vec<_> = names.iter().zip(ranks).map(|(name, rank)| unit(name, rank)).collect();
        let case = Case::new(measure(Unit::Rank), lines);
        let alone = names.map(|name| {
            let over = vec![Over::EveryUnit { units: units(&[name]) }];
            case.judge(&target(top.clone(), over)).outcome
        });
        let each = case.judge(&target(top.clone(), vec![Over::EveryUnit { units: units(&names) }]));
        (alone, each.outcome, on_the_board(&each))
    };
    assert_eq!(outcomes(["5=", "5=", "5="]), ([Outcome::Met; 3], Outcome::Met, "3/3".to_owned()));
    // As published.
    assert_eq!(
        outcomes(["5", "6", "7"]),
        ([Outcome::Met, Outcome::NotMet, Outcome::NotMet], Outcome::NotMet, "1/3".to_owned())
    );
    let tied = Case::new(measure(Unit::Rank), vec![unit("Sở A", "5=")]).judge(&target(top, vec![]));
    assert_eq!(on_the_board(&tied), "đồng hạng 5");
}

#[test]
fn g16_admitted_or_confirmed_is_a_policy_and_the_policy_is_said() {
    let event = |kind: &str| ObservationLine { event: kind.into(), as_of: Some(day("2017-05-19")), ..told("1") };
    let lines = vec![event("kết nạp"), event("kết nạp"), event("kết nạp"), event("không công nhận")];
    for (weight, counted, reached) in [(0, "3", "60"), (-1, "2", "40")] {
        let mut admitted = measure(Unit::Count);
        admitted.weights = vec![Weight { event: "không công nhận".into(), weight }];
        let case = Case::new(admitted, lines.clone());
        let wanted = target(floor("5"), vec![Over::Sum]);
        let verdict = case.judge(&wanted);
        assert_eq!((verdict.outcome, on_the_board(&verdict).as_str()), (Outcome::NotMet, counted));
        assert_eq!(verdict.progress, Some(number(reached)));
        let policy = format!("Theo quy tắc của thước đo, mỗi «không công nhận» tính {weight}");
        assert_eq!(all_vi(&verdict.findings), [policy.replace('-', "−")]);
        assert_eq!(case.on(&wanted, ["2018-01-01", END]), [(Outcome::NotMet, false), (Outcome::NotMet, true)]);
    }
    // Without such a rule each event counts one, and there is nothing to say.
    let plain = Case::new(measure(Unit::Count), lines).judge(&target(floor("5"), vec![Over::Sum]));
    assert_eq!((on_the_board(&plain).as_str(), plain.findings), ("4", vec![]));
}

#[test]
fn g19_an_older_title_counts_only_through_a_signed_crosswalk() {
    let lines = vec![graded("2016", "old/trong-sach-vung-manh")];
    let over = vec![Over::EveryPeriod { of: PeriodKind::Year, periods: vec!["2016".into()] }];
    let mut case = Case::new(measure(Unit::Grade), lines);
    assert_eq!(case.judge(&target(grade("tot"), over.clone())).outcome, Outcome::Undetermined);
    let old = ("old".to_owned(), "trong-sach-vung-manh".to_owned());
    let new = ("new".to_owned(), "tot".to_owned());
    case.schemes.crosswalks.push(Crosswalk { from: old, to: new, signed: "thư ký, 05/01/2020".into() });
    let verdict = case.judge(&target(grade("tot"), over));
    assert_eq!(verdict.outcome, Outcome::Met);
    assert!(verdict.findings.iter().any(|said| said.key == "targets-finding-crosswalk"));
}

#[test]
fn readings_that_disagree_are_not_decided() {
    let mut target = target(floor("4"), vec![Over::Sum]);
    let mut yearly = target.readings[0].clone();
    yearly.conditions[0].over.insert(0, every_year().remove(0));
    target.readings.push(yearly);
    let line = |year: &str| ObservationLine { as_of: Some(day(&format!("{year}-06-30"))), ..told("1") };
    let lines: Vec<_> = ["2015", "2016", "2017", "2018", "2019"].map(line).into();
    let verdict = Case::new(measure(Unit::Count), lines).judge(&target);
    assert_eq!(verdict.outcome, Outcome::Undetermined);
    assert_eq!(verdict.missing[0].key, "targets-missing-readings-disagree");
}
