//! The target-engine vectors of party-and-targets §1.6, each under its number, through the same
//! [`judge`] the pages use. Observations are written as people write them.

use std::collections::HashMap;

use lt_kernel::calendar::PeriodKind;
use lt_kernel::id::Uuid;
use lt_kernel::quantity::Exact;
use lt_kernel::quantity::numbers::Convention;
use lt_kernel::{Date, Instant, Interval};

use super::{Inputs, Outcome, Policy, Verdict, judge};
use crate::file::format::ObservationLine;
use crate::file::value;
use crate::measure::{Bare, Measure, Parts, Unit, Weight};
use crate::observation::{Evidence, Observation, ObservationId};
use crate::scheme::{Crosswalk, Schemes};
use crate::target::{Condition, Over, Reading, Target, Test};
use crate::verdict::model::Claim;

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn number(text: &str) -> Exact {
    text.parse().unwrap()
}

fn measure(unit: Unit) -> Measure {
    Measure { unit, ..Measure::percent("m") }
}

fn target(test: Test, over: Vec<Over>) -> Target {
    let condition = Condition { measure: "m".into(), test, over, round: None };
    Target {
        code: "G".into(),
        sentence: "s".into(),
        title: "vector".into(),
        title_en: String::new(),
        owner: String::new(),
        collaborators: vec![],
        base: String::new(),
        of_which: String::new(),
        open: String::new(),
        readings: vec![Reading { label: String::new(), conditions: vec![condition] }],
    }
}

struct Case {
    measure: Measure,
    lines: Vec<ObservationLine>,
    term: Interval,
    at: Date,
    claims: Vec<Claim>,
    schemes: Schemes,
}

impl Case {
    fn new(measure: Measure, lines: Vec<ObservationLine>) -> Self {
        let term = Interval { from: day("2015-06-15"), to: Some(day("2020-06-12")) };
        let schemes = toml::from_str(SCHEMES).unwrap();
        Self { measure, lines, term, at: day("2020-06-12"), claims: vec![], schemes }
    }

    fn at(mut self, at: &str) -> Self {
        self.at = day(at);
        self
    }

    fn judge(&self, target: &Target) -> Verdict {
        let seen = self.lines.iter().enumerate().map(|(place, line)| Observation {
            id: ObservationId(Uuid::from_u128(place as u128 + 1)),
            value: value::read(line, &self.measure, Convention::Vi).unwrap(),
            as_of: line.as_of.unwrap_or(day("2020-01-06")),
            period: (!line.period.is_empty()).then(|| line.period.parse().unwrap()),
            unit: (!line.unit.is_empty()).then(|| line.unit.clone()),
            event: (!line.event.is_empty()).then(|| line.event.clone()),
            recorded_at: Instant::from_micros(i64::try_from(place).unwrap()),
            approved: false,
            evidence: Evidence::Told,
        });
        judge(
            target,
            &Inputs {
                measures: &HashMap::from([("m".to_owned(), self.measure.clone())]),
                observations: &HashMap::from([("m".to_owned(), seen.collect())]),
                claims: &self.claims,
                schemes: &self.schemes,
                term: self.term,
                at: self.at,
                policy: &Policy::default(),
                rolled: &HashMap::new(),
            },
        )
    }
}

fn told(text: &str) -> ObservationLine {
    ObservationLine { value: Some(text.into()), ..Default::default() }
}

fn graded(year: &str, grade: &str) -> ObservationLine {
    ObservationLine {
        grade: Some(grade.into()),
        period: year.into(),
        as_of: Some(day(&format!("{year}-12-31"))),
        ..Default::default()
    }
}

const SCHEMES: &str = r#"
[[scheme]]
code = "old"
name = "Danh hiệu cũ"
name_en = "Older title"
valid = { from = "2008-10-10", to = "2018-03-08" }
source = "HD 27"
trust = "N"
[[scheme.grade]]
code = "trong-sach-vung-manh"
name = "Trong sạch, vững mạnh"
name_en = "Clean and strong"
[[scheme]]
code = "new"
name = "Xếp loại"
name_en = "Rating"
valid = { from = "2018-03-08" }
source = "QĐ 132"
trust = "V"
[[scheme.grade]]
code = "xuat-sac"
name = "Hoàn thành xuất sắc nhiệm vụ"
name_en = "Excellent"
[[scheme.grade]]
code = "tot"
name = "Hoàn thành tốt nhiệm vụ"
name_en = "Good"
[[scheme.grade]]
code = "hoan-thanh"
name = "Hoàn thành nhiệm vụ"
name_en = "Completed"
"#;

fn floor(at: &str) -> Test {
    Test::Floor { at: number(at), strict: false }
}

fn grade(at_least: &str) -> Test {
    Test::Grade { scheme: "new".into(), at_least: at_least.into() }
}

fn every_year() -> Vec<Over> {
    vec![Over::EveryPeriod { of: PeriodKind::Year, periods: vec![] }]
}

#[test]
fn g01_a_band_is_exceeded_above_its_high_end() {
    let case = Case::new(measure(Unit::Percent), vec![told("gần 90")]);
    let verdict = case.judge(&target(Test::Band { low: number("60"), high: number("70") }, vec![]));
    assert_eq!(verdict.outcome, Outcome::Exceeded);
    let excess = verdict.excess.unwrap();
    assert_eq!((excess.by, excess.points, excess.at_least), (number("15"), true, true));
}

#[test]
fn g02_to_g05_thresholds_around_a_qualified_number() {
    for (test, word, expected) in [
        (floor("80"), "gần 90", Outcome::Met),
        (floor("90"), "gần 90", Outcome::NotMet),
        (floor("87"), "gần 90", Outcome::Undetermined),
        (floor("70"), "trên 90", Outcome::Met),
    ] {
        let verdict = Case::new(measure(Unit::Percent), vec![told(word)]).judge(&target(test.clone(), vec![]));
        assert_eq!(verdict.outcome, expected, "{test:?} against {word}");
    }
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
    let mut rate = measure(Unit::Rate);
    rate.parts = Some(Parts { numerator: "thuê bao".into(), denominator: "người".into(), factor: 100 });
    let parts = |above: &str, below: &str| ObservationLine {
        numerator: Some(above.into()),
        denominator: Some(below.into()),
        ..Default::default()
    };
    let case = |above, below| Case::new(rate.clone(), vec![parts(above, below)]).judge(&target(more.clone(), vec![]));
    assert_eq!(case("20", "100").outcome, Outcome::NotMet);
    assert_eq!(case("2.001", "10.000").outcome, Outcome::Met);
}

#[test]
fn g08_five_against_three_exceeds_by_two_thirds() {
    let case = Case::new(measure(Unit::Count), vec![told("5")]);
    let verdict = case.judge(&target(Test::Bare { at: number("3") }, vec![]));
    assert_eq!(verdict.outcome, Outcome::Exceeded);
    let excess = verdict.excess.unwrap();
    assert!(!excess.points && !excess.at_least);
    assert_eq!(lt_kernel::quantity::numbers::write(&excess.by, 2, lt_kernel::Lang::Vi), "66,67");
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
    assert_eq!(verdict.excess.unwrap().by, number("66.67"));
}

#[test]
fn g10_rounding_decides_and_says_so() {
    let mut share = measure(Unit::Percent);
    share.bare = Bare::Floor;
    let line = ObservationLine { numerator: Some("4".into()), denominator: Some("27".into()), ..Default::default() };
    let case = Case::new(share, vec![line]);
    let mut strict = target(Test::Bare { at: number("15") }, vec![]);
    assert_eq!(case.judge(&strict).outcome, Outcome::NotMet);
    strict.readings[0].conditions[0].round = Some(0);
    let verdict = case.judge(&strict);
    assert_eq!(verdict.outcome, Outcome::Met);
    assert!(verdict.findings.iter().any(|said| said.key == "targets-finding-rounded"));
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
    let keys: Vec<_> = verdict.findings.iter().map(|said| said.key.as_str()).collect();
    assert_eq!(keys, ["targets-finding-parts-agree"]);
    let wrong = ObservationLine { rest: Some("hơn 7.000".into()), ..line };
    let verdict = Case::new(measure(Unit::Percent), vec![wrong]).judge(&target(floor("80"), vec![]));
    assert!(verdict.findings.iter().any(|said| said.key == "targets-finding-parts-disagree"));
}

fn years(lines: Vec<ObservationLine>, at: &str, test: Test, over: Vec<Over>) -> Verdict {
    Case::new(measure(Unit::Grade), lines).at(at).judge(&target(test, over))
}

#[test]
fn g12_one_excellent_year_cannot_be_lost() {
    let lines = vec![graded("2015", "new/tot"), graded("2016", "new/tot"), graded("2017", "new/xuat-sac")];
    let over = vec![Over::AtLeastPeriods { k: 1, of: PeriodKind::Year, periods: vec![] }];
    let verdict = years(lines, "2018-01-01", grade("xuat-sac"), over.clone());
    assert_eq!((verdict.outcome, verdict.settled), (Outcome::Met, true));
    let none = vec![graded("2015", "new/tot"), graded("2016", "new/tot")];
    let verdict = years(none, "2017-01-01", grade("xuat-sac"), over);
    assert_eq!((verdict.outcome, verdict.settled), (Outcome::NotMet, false));
}

#[test]
fn g13_one_bad_year_cannot_be_mended() {
    let lines = vec![graded("2015", "new/tot"), graded("2016", "new/hoan-thanh"), graded("2017", "new/tot")];
    for at in ["2017-01-01", "2018-06-01", "2020-06-12"] {
        let verdict = years(lines.clone(), at, grade("tot"), every_year());
        assert_eq!((verdict.outcome, verdict.settled), (Outcome::NotMet, true), "{at}");
    }
}

#[test]
fn g14_an_unknown_year_leaves_it_undetermined() {
    let lines: Vec<_> = ["2016", "2017", "2018", "2019"].map(|year| graded(year, "new/tot")).into();
    let verdict = years(lines, "2020-06-12", grade("tot"), every_year());
    assert_eq!((verdict.outcome, verdict.settled), (Outcome::Undetermined, false));
    assert!(!verdict.missing.is_empty());
}

#[test]
fn g15_shared_places_count_as_published() {
    let top = Test::Rank { at_most: 5, peers: "nhóm sở, ngành".into() };
    let rank = |text: &str| ObservationLine { rank: Some(text.into()), ..Default::default() };
    let case = |text| Case::new(measure(Unit::Rank), vec![rank(text)]).judge(&target(top.clone(), vec![])).outcome;
    assert_eq!([case("5="), case("5"), case("6"), case("7")].map(Outcome::is_met), [true, true, false, false]);
}

#[test]
fn g16_admitted_or_confirmed_is_a_policy() {
    let event = |kind: &str| ObservationLine { event: kind.into(), as_of: Some(day("2017-05-19")), ..told("1") };
    let lines = vec![event("admitted"), event("admitted"), event("admitted"), event("not-confirmed")];
    for (weight, reached) in [(0, "60"), (-1, "40")] {
        let mut admitted = measure(Unit::Count);
        admitted.weights = vec![Weight { event: "not-confirmed".into(), weight }];
        let verdict = Case::new(admitted, lines.clone()).at("2018-01-01").judge(&target(floor("5"), vec![Over::Sum]));
        assert_eq!((verdict.outcome, verdict.settled), (Outcome::NotMet, false));
        assert_eq!(verdict.progress, Some(number(reached)));
    }
}

#[test]
fn g17_all_of_nothing_is_not_applicable() {
    let line = ObservationLine { numerator: Some("0".into()), denominator: Some("0".into()), ..Default::default() };
    let verdict =
        Case::new(measure(Unit::Percent), vec![line]).judge(&target(Test::Bare { at: number("100") }, vec![]));
    assert_eq!(verdict.outcome, Outcome::NotApplicable);
}

#[test]
fn g18_two_and_three_together_exceed_and_three_alone_cannot_be_computed() {
    let unit = |name: &str, value: &str| ObservationLine { unit: name.into(), ..told(value) };
    let verdict = implied(vec![unit("cao cấp", "02"), unit("trung cấp", "03")]);
    assert_eq!((verdict.outcome, verdict.implied), (Outcome::Exceeded, Some(number("3"))));
    let alone = implied(vec![unit("trung cấp", "03")]);
    assert_eq!((alone.outcome, alone.implied), (Outcome::Undetermined, None));
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
