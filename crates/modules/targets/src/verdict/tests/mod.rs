//! The judge on trial: the same [`judge`] the pages use, on observations written as people write them.

mod kinds;
mod over;
mod statuses;
mod units;
mod vectors;
mod vectors_over;
mod words;

use std::collections::HashMap;
use std::sync::OnceLock;

use lt_kernel::calendar::PeriodKind;
use lt_kernel::id::Uuid;
use lt_kernel::quantity::Exact;
use lt_kernel::quantity::numbers::Convention;
use lt_kernel::{Date, Instant, Interval, Lang, Said};
use lt_web::Words;

use super::model::Claim;
use super::{Inputs, Outcome, Policy, Rolled, Verdict, judge};
use crate::file::format::ObservationLine;
use crate::file::value;
use crate::measure::{Bare, Measure, Parts, Unit};
use crate::observation::{Evidence, Observation, ObservationId};
use crate::scheme::Schemes;
use crate::target::{Condition, Over, Reading, Target, Test};

/// A day in the middle of the term of [`Case::new`], and the first day after it.
const MID: &str = "2018-07-01";
const END: &str = "2020-06-12";

/// What a target comes to in the middle of the term and after it, and whether that is settled.
type Both = [(Outcome, bool); 2];

const YES: Both = [(Outcome::Met, false), (Outcome::Met, true)];
const NO: Both = [(Outcome::NotMet, false), (Outcome::NotMet, true)];
const MORE: Both = [(Outcome::Exceeded, false), (Outcome::Exceeded, true)];
/// The latest value of the term leaves it open, and there will be no later one.
const OPEN: Both = [(Outcome::Undetermined, false), (Outcome::Undetermined, true)];
/// Something is missing, and it may still come to light after the term.
const HALF: Both = [(Outcome::Undetermined, false); 2];
const NONE: Both = [(Outcome::Unknown, false), (Outcome::Unknown, false)];
const VOID: Both = [(Outcome::NotApplicable, false), (Outcome::NotApplicable, true)];

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn number(text: &str) -> Exact {
    text.parse().unwrap()
}

fn measure(unit: Unit) -> Measure {
    Measure { unit, ..Measure::percent("m") }
}

fn bare(unit: Unit, bare: Bare) -> Measure {
    Measure { bare, ..measure(unit) }
}

/// A ratio of named parts, shown per `factor`.
fn ratio(unit: Unit, factor: u32) -> Measure {
    let parts = Parts { numerator: "phần".into(), denominator: "toàn bộ".into(), factor };
    Measure { parts: Some(parts), ..measure(unit) }
}

fn condition(measure: &str, test: Test, over: Vec<Over>) -> Condition {
    Condition { measure: measure.into(), test, over, round: None }
}

fn joined(conditions: Vec<Condition>) -> Target {
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
        readings: vec![Reading { label: String::new(), conditions }],
    }
}

fn target(test: Test, over: Vec<Over>) -> Target {
    joined(vec![condition("m", test, over)])
}

/// A term, what was observed in it, and the day it is judged for.
struct Case {
    measures: Vec<Measure>,
    lines: Vec<ObservationLine>,
    /// Approved, and how well it is shown; by the place of the line.
    shown: Vec<(bool, Evidence)>,
    term: Interval,
    at: Date,
    claims: Vec<Claim>,
    schemes: Schemes,
    policy: Policy,
    rolled: HashMap<String, Rolled>,
}

impl Case {
    fn new(measure: Measure, lines: Vec<ObservationLine>) -> Self {
        Self {
            measures: vec![measure],
            lines,
            shown: vec![],
            term: Interval { from: day("2015-06-15"), to: Some(day(END)) },
            at: day(END),
            claims: vec![],
            schemes: toml::from_str(SCHEMES).unwrap(),
            policy: Policy::default(),
            rolled: HashMap::new(),
        }
    }

    fn at(mut self, at: &str) -> Self {
        self.at = day(at);
        self
    }

    fn term(mut self, from: &str, to: &str) -> Self {
        self.term = Interval { from: day(from), to: Some(day(to)) };
        self
    }

    fn seen(&self, place: usize, line: &ObservationLine, measure: &Measure) -> Observation {
        let (approved, evidence) = self.shown.get(place).copied().unwrap_or((false, Evidence::Told));
        Observation {
            id: ObservationId(Uuid::from_u128(place as u128 + 1)),
            value: value::read(line, measure, Convention::Vi).unwrap(),
            as_of: line.as_of.unwrap_or(day("2020-01-06")),
            period: (!line.period.is_empty()).then(|| line.period.parse().unwrap()),
            unit: (!line.unit.is_empty()).then(|| line.unit.clone()),
            event: (!line.event.is_empty()).then(|| line.event.clone()),
            recorded_at: Instant::from_micros(i64::try_from(place).unwrap()),
            approved,
            evidence,
        }
    }

    fn judge(&self, target: &Target) -> Verdict {
        let mut observations: HashMap<String, Vec<Observation>> = HashMap::new();
        for (place, line) in self.lines.iter().enumerate() {
            // A line that names no measure speaks of the first.
            let measure = self.measures.iter().find(|known| known.code == line.measure).unwrap_or(&self.measures[0]);
            observations.entry(measure.code.clone()).or_default().push(self.seen(place, line, measure));
        }
        judge(
            target,
            &Inputs {
                measures: &self.measures.iter().map(|known| (known.code.clone(), known.clone())).collect(),
                observations: &observations,
                claims: &self.claims,
                schemes: &self.schemes,
                term: self.term,
                at: self.at,
                policy: &self.policy,
                rolled: &self.rolled,
            },
        )
    }

    /// Outcome and whether it is settled, on several days.
    fn on<const N: usize>(mut self, target: &Target, days: [&str; N]) -> [(Outcome, bool); N] {
        days.map(|at| {
            self.at = day(at);
            marks(&self.judge(target))
        })
    }
}

fn marks(verdict: &Verdict) -> (Outcome, bool) {
    (verdict.outcome, verdict.settled)
}

/// What one value comes to in the middle of the term and after it.
fn mid_and_end(measure: Measure, line: ObservationLine, test: Test) -> Both {
    let line = ObservationLine { as_of: line.as_of.or(Some(day("2018-01-01"))), ..line };
    Case::new(measure, vec![line]).on(&target(test, vec![]), [MID, END])
}

fn told(text: &str) -> ObservationLine {
    ObservationLine { value: Some(text.into()), ..Default::default() }
}

fn told_on(text: &str, as_of: &str) -> ObservationLine {
    ObservationLine { as_of: Some(day(as_of)), ..told(text) }
}

fn of_unit(unit: &str, text: &str, as_of: &str) -> ObservationLine {
    ObservationLine { unit: unit.into(), ..told_on(text, as_of) }
}

fn parts(above: &str, below: &str) -> ObservationLine {
    ObservationLine { numerator: Some(above.into()), denominator: Some(below.into()), ..Default::default() }
}

fn left_open(as_of: &str) -> ObservationLine {
    ObservationLine { unknown: Some("nguồn không nêu".into()), as_of: Some(day(as_of)), ..Default::default() }
}

fn no_case(as_of: &str) -> ObservationLine {
    ObservationLine { not_applicable: Some("không phát sinh".into()), as_of: Some(day(as_of)), ..Default::default() }
}

fn graded(year: &str, grade: &str) -> ObservationLine {
    ObservationLine {
        grade: Some(grade.into()),
        period: year.into(),
        as_of: Some(day(&format!("{year}-12-31"))),
        ..Default::default()
    }
}

fn floor(at: &str) -> Test {
    Test::Floor { at: number(at), strict: false }
}

fn grade(at_least: &str) -> Test {
    Test::Grade { scheme: "new".into(), at_least: at_least.into() }
}

fn every(of: PeriodKind) -> Over {
    Over::EveryPeriod { of, periods: vec![] }
}

fn every_year() -> Vec<Over> {
    vec![every(PeriodKind::Year)]
}

fn units(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

fn words() -> &'static Words {
    static ALL: OnceLock<Words> = OnceLock::new();
    ALL.get_or_init(|| Words::load(&[("targets", crate::WORDS)]).unwrap())
}

/// What the pages print, in Vietnamese.
fn vi(said: &Said) -> String {
    words().said(Lang::Vi, said)
}

fn all_vi(said: &[Said]) -> Vec<String> {
    said.iter().map(vi).collect()
}

fn keys(said: &[Said]) -> Vec<&str> {
    said.iter().map(|said| said.key.as_str()).collect()
}

/// The value as a line of the board prints it, with what it is exceeded by.
fn on_the_board(verdict: &Verdict) -> String {
    let mut text = vi(verdict.value.as_ref().unwrap());
    if let Some(excess) = &verdict.excess {
        crate::board::add_excess(words().talk(Lang::Vi), excess, &mut text);
    }
    text
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
