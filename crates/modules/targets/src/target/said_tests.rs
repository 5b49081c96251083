//! Every test and every quantifier in words, in both languages.

use lt_kernel::quantity::Reported;
use lt_web::Words;

use super::*;
use crate::observation::Stage;
use crate::scheme::{Grade, Scheme};

fn measure(unit: Unit, bare: Bare) -> Measure {
    Measure { unit, bare, name: "Thước đo".into(), name_en: "Measure".into(), ..Measure::percent("m") }
}

fn schemes() -> Schemes {
    let grade = |code: &str, vi: &str, en: &str| Grade { code: code.into(), name: vi.into(), name_en: en.into() };
    Schemes {
        schemes: vec![Scheme {
            code: "org".into(),
            name: "Khung".into(),
            name_en: "Scheme".into(),
            valid: lt_kernel::Interval { from: jiff::civil::date(2018, 1, 1), to: None },
            source: "x".into(),
            trust: "U".into(),
            grades: vec![
                grade("best", "Hoàn thành xuất sắc nhiệm vụ", "Excellent"),
                grade("good", "Hoàn thành tốt nhiệm vụ", "Good"),
            ],
        }],
        crosswalks: Vec::new(),
    }
}

/// The rule of one condition in both languages.
fn words(test: Test, over: Vec<Over>, unit: Unit, bare: Bare) -> (String, String) {
    let condition = Condition { measure: "m".into(), test, over, round: None };
    in_both(&condition_in_words(&condition, Some(&measure(unit, bare)), &schemes()))
}

fn in_both(said: &Said) -> (String, String) {
    let words = Words::load(&[("targets", crate::WORDS)]).unwrap();
    (words.said(Lang::Vi, said), words.said(Lang::En, said))
}

fn both(vi: &str, en: &str) -> (String, String) {
    (format!("Thước đo: {vi}"), format!("Measure: {en}"))
}

fn n(number: i64) -> Exact {
    Exact::whole(number)
}

#[test]
fn every_test_of_a_number_has_words() {
    let floor = |strict| Test::Floor { at: n(95), strict };
    let ceiling = |strict| Test::Ceiling { at: n(5), strict };
    let half = Exact::from_parts(5, 2).unwrap();
    for (test, unit, bare, vi, en) in [
        (floor(false), Unit::Percent, Bare::Floor, "ít nhất 95%", "at least 95%"),
        (floor(true), Unit::Percent, Bare::Floor, "trên 95%", "more than 95%"),
        (ceiling(false), Unit::Count, Bare::Floor, "không quá 5", "at most 5"),
        (ceiling(true), Unit::Count, Bare::Floor, "dưới 5", "less than 5"),
        (Test::Exact { at: half }, Unit::Count, Bare::Floor, "đúng 2,5", "exactly 2.5"),
        (
            Test::Bare { at: n(4600) },
            Unit::Count,
            Bare::Floor,
            "4.600 (chỉ ghi con số, hiểu là ít nhất; cao hơn là vượt)",
            "4,600 (a bare number, taken as at least; more exceeds it)",
        ),
        (
            Test::Bare { at: n(3) },
            Unit::Count,
            Bare::Ceiling,
            "3 (chỉ ghi con số, hiểu là không quá)",
            "3 (a bare number, taken as at most)",
        ),
        (
            Test::Bare { at: n(3) },
            Unit::Count,
            Bare::Exact,
            "3 (chỉ ghi con số, hiểu là đúng bằng)",
            "3 (a bare number, taken as exactly)",
        ),
        (
            Test::Band { low: n(60), high: n(70) },
            Unit::Percent,
            Bare::Floor,
            "từ 60% đến 70% (từ 60% là đạt, trên 70% là vượt)",
            "from 60% to 70% (60% is enough, above 70% exceeds it)",
        ),
    ] {
        assert_eq!(words(test, Vec::new(), unit, bare), both(vi, en));
    }
}

#[test]
fn every_other_test_has_words() {
    let grade = |grade: &str| Test::Grade { scheme: "org".into(), at_least: grade.into() };
    for (test, unit, bare, vi, en) in [
        (grade("good"), Unit::Grade, Bare::Floor, "đạt Hoàn thành tốt nhiệm vụ trở lên", "Good or better"),
        (grade("best"), Unit::Grade, Bare::Floor, "đạt Hoàn thành xuất sắc nhiệm vụ", "Excellent"),
        (grade("gone"), Unit::Grade, Bare::Floor, "đạt gone trở lên", "gone or better"),
        (
            Test::Rank { at_most: 10, peers: String::new() },
            Unit::Rank,
            Bare::Floor,
            "xếp hạng 10 trở lên",
            "ranked 10 or better",
        ),
        (
            Test::Rank { at_most: 5, peers: "34 tỉnh".into() },
            Unit::Rank,
            Bare::Floor,
            "trong 5 hạng đầu của 34 tỉnh",
            "among the first 5 of 34 tỉnh",
        ),
        (
            Test::Stage { at_least: Stage::Accepted },
            Unit::Stage,
            Bare::Floor,
            "ít nhất đến mức “đã nghiệm thu”",
            "at least “accepted”",
        ),
        (
            Test::Judged,
            Unit::Narrative,
            Bare::Floor,
            "do người có trách nhiệm kết luận từ phần thuyết minh",
            "judged by a person from the narrative",
        ),
        (
            Test::Implied,
            Unit::Count,
            Bare::Floor,
            "con số không ghi trong nghị quyết; suy ra từ mức vượt mà báo cáo nêu",
            "the number is not written; it is solved from the excess a report claims",
        ),
    ] {
        assert_eq!(words(test, Vec::new(), unit, bare), both(vi, en));
    }
}

#[test]
fn every_quantifier_has_words() {
    let floor = || Test::Floor { at: n(5), strict: false };
    let (none, year) = (Vec::new, PeriodKind::Year);
    let two = || vec!["Tổ 1".to_owned(), "Tổ 2".to_owned()];
    for (over, vi, en) in [
        (vec![Over::Sum], "ít nhất 5, cộng dồn trong nhiệm kỳ", "at least 5, added up over the term"),
        (vec![Over::EveryPeriod { of: year, periods: none() }], "mọi năm: ít nhất 5", "every year: at least 5"),
        (
            vec![Over::EveryPeriod { of: PeriodKind::Month, periods: none() }, Over::Sum],
            "mọi tháng: ít nhất 5 (cộng các lần trong tháng)",
            "every month: at least 5 (added up within the month)",
        ),
        (
            vec![Over::EveryPeriod { of: year, periods: vec!["2018".into(), "2019".into()] }],
            "mọi năm: ít nhất 5 (chỉ xét: năm 2018, năm 2019)",
            "every year: at least 5 (only: 2018, 2019)",
        ),
        (
            vec![Over::AtLeastPeriods { k: 4, of: year, periods: none() }],
            "ít nhất 4 năm: ít nhất 5",
            "at least 4 years: at least 5",
        ),
        (
            vec![Over::AtLeastPeriods { k: 1, of: PeriodKind::Quarter, periods: none() }],
            "ít nhất 1 quý: ít nhất 5",
            "at least 1 quarter: at least 5",
        ),
        (
            vec![Over::EveryUnit { units: two() }],
            "cả 2 đơn vị (Tổ 1, Tổ 2): ít nhất 5",
            "all 2 units (Tổ 1, Tổ 2): at least 5",
        ),
        (
            vec![Over::AtLeastUnits { k: 1, units: two() }, Over::Sum],
            "ít nhất 1 trên 2 đơn vị (Tổ 1, Tổ 2): ít nhất 5, cộng dồn trong nhiệm kỳ",
            "at least 1 of 2 units (Tổ 1, Tổ 2): at least 5, added up over the term",
        ),
    ] {
        assert_eq!(words(floor(), over, Unit::Count, Bare::Floor), both(vi, en));
    }
}

#[test]
fn readings_roll_ups_and_rounding_are_told() {
    let share = Test::MetShare { resolution: "r".into(), at_least: n(90) };
    let alone = Condition { measure: String::new(), test: share, over: Vec::new(), round: Some(1) };
    let reading = |label: &str| Reading { label: label.into(), conditions: vec![alone.clone()] };
    let target = Target {
        code: "T".into(),
        sentence: "S".into(),
        title: "t".into(),
        title_en: String::new(),
        owner: String::new(),
        collaborators: Vec::new(),
        base: String::new(),
        of_which: String::new(),
        open: "x".into(),
        readings: vec![reading("hẹp"), reading("rộng")],
    };
    let told: Vec<String> =
        rule_in_words(&target, &HashMap::new(), &schemes()).iter().map(|said| in_both(said).0).collect();
    let rule = "ít nhất 90% số chỉ tiêu của nghị quyết r đạt; làm tròn đến 1 chữ số thập phân rồi mới so";
    assert_eq!(told, ["Cách hiểu 1: hẹp", rule, "Cách hiểu 2: rộng", rule]);
    let kinds =
        [PeriodKind::Month, PeriodKind::Quarter, PeriodKind::HalfYear, PeriodKind::NineMonths, PeriodKind::Year];
    let words = Words::load(&[("targets", crate::WORDS)]).unwrap();
    let keys: Vec<&str> = kinds.into_iter().flat_map(|kind| [kind_key(kind), kinds_key(kind)]).collect();
    assert_eq!(words.check_keys(&keys), [""; 0]);
}

#[test]
fn a_share_told_with_its_parts_keeps_its_per_cent_sign() {
    let told = |text: &str| {
        let (value, _) = Reported::parse(text, lt_kernel::quantity::numbers::Convention::Vi).unwrap();
        value
    };
    let value = Value::Parts {
        numerator: told("hơn 4.600"),
        denominator: told("hơn 700"),
        rest: true,
        told: Some(told("gần 90")),
    };
    let (vi, en) = in_both(&value_said(&value, Unit::Percent, &schemes()));
    assert_eq!(vi, "gần 90% (hơn 4.600, còn lại hơn 700)");
    assert!(en.starts_with("nearly 90"), "{en}");
    assert!(en.contains('%'), "{en}");
}
