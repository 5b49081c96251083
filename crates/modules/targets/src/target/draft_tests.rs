//! Every kind of target survives the way through a form.

use super::*;

fn n(number: i64) -> Exact {
    Exact::whole(number)
}

fn target(conditions: Vec<Condition>) -> Target {
    Target {
        code: "T1".into(),
        sentence: "S1".into(),
        title: "Tên".into(),
        title_en: "Title".into(),
        owner: "chi-bo".into(),
        collaborators: vec!["a".into(), "b".into()],
        base: "đảng viên".into(),
        of_which: "T0".into(),
        open: "còn ngỏ".into(),
        readings: vec![
            Reading { label: "hẹp".into(), conditions: conditions.clone() },
            Reading { label: "rộng".into(), conditions },
        ],
    }
}

fn every_test() -> Vec<Test> {
    let half = Exact::from_parts(9_247, 2).unwrap();
    vec![
        Test::Floor { at: half, strict: false },
        Test::Floor { at: n(95), strict: true },
        Test::Bare { at: n(4600) },
        Test::Ceiling { at: n(5), strict: false },
        Test::Ceiling { at: n(5), strict: true },
        Test::Exact { at: n(3) },
        Test::Band { low: n(60), high: n(70) },
        Test::Grade { scheme: "org-2018".into(), at_least: "hoan-thanh-tot".into() },
        Test::Rank { at_most: 10, peers: "34 tỉnh".into() },
        Test::Stage { at_least: Stage::Accepted },
        Test::Judged,
        Test::Implied,
        Test::MetShare { resolution: "khac".into(), at_least: n(90) },
    ]
}

fn every_over() -> Vec<Over> {
    vec![
        Over::EveryUnit { units: vec!["Tổ 1".into(), "Tổ 2, khu A".into()] },
        Over::AtLeastUnits { k: 1, units: vec!["Tổ 1".into()] },
        Over::EveryPeriod { of: PeriodKind::Month, periods: Vec::new() },
        Over::AtLeastPeriods { k: 2, of: PeriodKind::Quarter, periods: vec!["2020-Q1".into(), "2020-Q2".into()] },
        Over::Sum,
    ]
}

#[test]
fn every_test_and_quantifier_goes_through_the_form_unchanged() {
    for lang in Lang::ALL {
        for test in every_test() {
            let measure = if matches!(test, Test::MetShare { .. }) { "" } else { "m" };
            let condition = Condition { measure: measure.into(), test, over: every_over(), round: Some(2) };
            let target = target(vec![condition]);
            let mut faults = Faults::new();
            assert_eq!(read(&fill(&target, lang), lang, &mut faults), target);
            assert!(faults.is_empty(), "{faults:?}");
        }
    }
}

#[test]
fn what_is_missing_or_no_number_is_a_fault_of_its_field() {
    let values = Values::new([
        ("code", "T"),
        ("readings", "1"),
        ("r0-conditions", "3"),
        ("r0c0-test", "floor"),
        ("r0c0-at", "chín mươi"),
        ("r0c1-measure", "m"),
        ("r0c2-measure", "m"),
        ("r0c2-test", "judged"),
        ("r0c2-overs", "1"),
        ("r0c2o0-kind", "at-least-units"),
    ]);
    let mut faults = Faults::new();
    let _ = read(&values, Lang::Vi, &mut faults);
    let mut fields: Vec<&str> = faults.list().iter().map(|(field, _)| field.as_str()).collect();
    fields.sort_unstable();
    assert_eq!(fields, ["r0c0-at", "r0c0-measure", "r0c1-test", "r0c2o0-k", "r0c2o0-units", "sentence", "title"]);
}

#[test]
fn a_number_of_the_other_language_is_asked_about_not_guessed() {
    let values = |text: &str| Values::new([("r0c0-measure", "m"), ("r0c0-test", "floor"), ("r0c0-at", text)]);
    let at = |text: &str, lang: Lang| {
        let mut faults = Faults::new();
        let target = read(&values(text), lang, &mut faults);
        let test = target.readings[0].conditions[0].test.clone();
        (faults.of("r0c0-at").is_none(), test)
    };
    assert_eq!(at("1.234,5", Lang::Vi), (true, Test::Floor { at: Exact::from_parts(2469, 2).unwrap(), strict: false }));
    assert!(!at("1,234.5", Lang::Vi).0);
    assert!(!at("1.234,5", Lang::En).0);
}

#[test]
fn buttons_add_and_remove_parts_and_keep_the_rest() {
    let floor = |at| Condition {
        measure: "m".into(),
        test: Test::Floor { at: n(at), strict: false },
        over: every_over(),
        round: None,
    };
    let mut values = fill(&target(vec![floor(1), floor(2), floor(3)]), Lang::Vi);
    act(&mut values, "r0c1:remove");
    act(&mut values, "r0c0o0:remove");
    act(&mut values, "r1:remove");
    let mut faults = Faults::new();
    let found = read(&values, Lang::Vi, &mut faults);
    let mut short = floor(1);
    short.over.remove(0);
    assert_eq!(found.readings, [Reading { label: "hẹp".into(), conditions: vec![short, floor(3)] }]);
    act(&mut values, "r0:condition+");
    act(&mut values, "r0c0:over+");
    act(&mut values, "reading+");
    act(&mut values, "nonsense");
    act(&mut values, "r0c0o9z:remove");
    assert_eq!((readings(&values), conditions(&values, 0), overs(&values, 0, 0)), (2, 3, 5));
    assert!(faults.is_empty());
}

#[test]
fn every_target_of_the_samples_goes_through_the_form_unchanged() {
    let dir = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../samples");
    let mut seen = 0;
    for entry in std::fs::read_dir(dir).unwrap() {
        let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        let Ok(file) = crate::file::ResolutionFile::read(&text) else { continue };
        for target in file.targets {
            let mut faults = Faults::new();
            assert_eq!(read(&fill(&target, Lang::Vi), Lang::Vi, &mut faults), target, "{}", target.code);
            assert!(faults.is_empty(), "{}: {faults:?}", target.code);
            seen += 1;
        }
    }
    assert!(seen > 40, "only {seen} targets");
}
