//! Everything that can be wrong with a file, found before anything is stored.

use std::collections::{HashMap, HashSet};

use lt_kernel::calendar::Period;
use lt_kernel::quantity::numbers::Convention;
use lt_kernel::{Date, Interval, Said};

use super::format::{FileFault, ObservationLine, ResolutionFile, Term};
use super::value;
use crate::measure::{Measure, Unit};
use crate::observation::Value;
use crate::scheme::Schemes;
use crate::target::{Condition, Over, Target, Test};
use crate::verdict::Policy;

/// An observation of a file that stood every check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// The value.
    pub value: Value,
    /// The day it speaks of.
    pub as_of: Date,
}

impl Term {
    /// The term as a half-open stretch of days.
    #[must_use]
    pub fn interval(&self) -> Interval {
        Interval { from: self.from, to: self.last.tomorrow().ok() }
    }
}

/// Checks a file on its own; the checked values of its observations, in order.
///
/// # Errors
/// Every fault found, each with its place.
pub fn check(file: &ResolutionFile, schemes: &Schemes, policy: &Policy) -> Result<Vec<Checked>, Vec<FileFault>> {
    let mut faults = Vec::new();
    if file.resolution.term.from > file.resolution.term.last {
        faults.push(FileFault::at("resolution", &file.resolution.code, Said::new("targets-file-term-backwards")));
    }
    sentences(file, &mut faults);
    let measures = measures(file, &mut faults);
    targets(file, &measures, schemes, &mut faults);
    claims(file, &mut faults);
    let checked = observations(file, &measures, schemes, policy, &mut faults);
    if faults.is_empty() { Ok(checked) } else { Err(faults) }
}

fn twice(kind: &str, code: &str, seen: &mut HashSet<String>, faults: &mut Vec<FileFault>) {
    if code.trim().is_empty() {
        faults.push(FileFault::at(kind, "?", Said::new("targets-file-no-code")));
    } else if !seen.insert(code.to_owned()) {
        faults.push(FileFault::at(kind, code, Said::new("targets-file-code-twice")));
    }
}

fn sentences(file: &ResolutionFile, faults: &mut Vec<FileFault>) {
    let mut seen = HashSet::new();
    for sentence in &file.sentences {
        if !sentence.parent.is_empty() && !seen.contains(&sentence.parent) {
            let said = Said::new("targets-file-parent-unknown").with("parent", &sentence.parent);
            faults.push(FileFault::at("sentence", &sentence.code, said));
        }
        twice("sentence", &sentence.code, &mut seen, faults);
    }
}

fn measures<'a>(file: &'a ResolutionFile, faults: &mut Vec<FileFault>) -> HashMap<&'a str, &'a Measure> {
    let mut seen = HashSet::new();
    for measure in &file.measures {
        twice("measure", &measure.code, &mut seen, faults);
        if measure.parts.as_ref().is_some_and(|parts| parts.factor == 0) {
            faults.push(FileFault::at("measure", &measure.code, Said::new("targets-file-factor-zero")));
        }
    }
    file.measures.iter().map(|measure| (measure.code.as_str(), measure)).collect()
}

fn targets(file: &ResolutionFile, measures: &HashMap<&str, &Measure>, schemes: &Schemes, faults: &mut Vec<FileFault>) {
    let sentences: HashSet<&str> = file.sentences.iter().map(|sentence| sentence.code.as_str()).collect();
    let mut seen = HashSet::new();
    for target in &file.targets {
        let mut fault = |said| faults.push(FileFault::at("target", &target.code, said));
        if !sentences.contains(target.sentence.as_str()) {
            fault(Said::new("targets-file-sentence-unknown").with("sentence", &target.sentence));
        }
        if !target.of_which.is_empty() && !seen.contains(&target.of_which) {
            fault(Said::new("targets-file-of-which-unknown").with("target", &target.of_which));
        }
        for said in definition(target, &|code| measures.get(code).copied(), schemes) {
            fault(said);
        }
        twice("target", &target.code, &mut seen, faults);
    }
}

/// What is wrong with a definition: the same checks for files and forms.
#[must_use]
pub fn definition<'a>(target: &Target, measure: &dyn Fn(&str) -> Option<&'a Measure>, schemes: &Schemes) -> Vec<Said> {
    let mut found = Vec::new();
    if target.readings.is_empty() || target.readings.iter().any(|reading| reading.conditions.is_empty()) {
        found.push(Said::new("targets-file-no-condition"));
    }
    if target.readings.len() > 1 && target.open.is_empty() {
        found.push(Said::new("targets-file-readings-need-open"));
    }
    for condition in target.readings.iter().flat_map(|reading| &reading.conditions) {
        found.extend(condition_faults(condition, measure(&condition.measure), schemes));
    }
    found
}

fn condition_faults(condition: &Condition, measure: Option<&Measure>, schemes: &Schemes) -> Vec<Said> {
    let mut found = Vec::new();
    if let Test::Band { low, high } = &condition.test
        && low > high
    {
        found.push(Said::new("targets-file-band-backwards").number("low", *low, 2).number("high", *high, 2));
    }
    if let Test::Grade { scheme, at_least } = &condition.test
        && schemes.grade(scheme, at_least).is_none()
    {
        found.push(Said::new("targets-file-grade-unknown").with("grade", format!("{scheme}/{at_least}")));
    }
    for over in &condition.over {
        if let Over::EveryPeriod { periods, .. } | Over::AtLeastPeriods { periods, .. } = over {
            for code in periods.iter().filter(|code| code.parse::<Period>().is_err()) {
                found.push(Said::new("targets-file-period-unknown").with("period", code));
            }
        }
    }
    if matches!(condition.test, Test::MetShare { .. }) {
        return found;
    }
    match measure {
        None => found.push(Said::new("targets-file-measure-unknown").with("measure", &condition.measure)),
        Some(measure) if !suits(&condition.test, measure.unit) => {
            found.push(Said::new("targets-file-test-wrong-kind").key("unit", measure.unit.key()));
        }
        Some(_) => {}
    }
    found
}

/// Whether the test can be asked of values of this unit.
const fn suits(test: &Test, unit: Unit) -> bool {
    match test {
        Test::Grade { .. } => matches!(unit, Unit::Grade),
        Test::Rank { .. } => matches!(unit, Unit::Rank),
        Test::Stage { .. } => matches!(unit, Unit::Stage),
        Test::Judged => matches!(unit, Unit::Narrative),
        _ => matches!(unit, Unit::Percent | Unit::Count | Unit::Rate),
    }
}

fn claims(file: &ResolutionFile, faults: &mut Vec<FileFault>) {
    let known: HashSet<&str> = file.targets.iter().map(|target| target.code.as_str()).collect();
    for (place, claim) in file.claims.iter().enumerate() {
        if !known.contains(claim.target.as_str()) {
            let said = Said::new("targets-file-target-unknown").with("target", &claim.target);
            faults.push(FileFault::at("claim", place + 1, said));
        }
    }
}

fn observations(
    file: &ResolutionFile,
    measures: &HashMap<&str, &Measure>,
    schemes: &Schemes,
    policy: &Policy,
    faults: &mut Vec<FileFault>,
) -> Vec<Checked> {
    let term = file.resolution.term.interval();
    let (mut seen, mut checked) = (HashMap::new(), Vec::new());
    for (place, line) in file.observations.iter().enumerate() {
        let known = measures.get(line.measure.as_str());
        let found = match known {
            None => Err(Said::new("targets-file-measure-unknown").with("measure", &line.measure)),
            Some(measure) => observation(line, measure, term, schemes, policy, Convention::Vi),
        };
        let same = (&line.measure, line.as_of, &line.period, &line.unit, &line.event, &line.sentence);
        if let Some(first) = seen.insert(same, place + 1) {
            let said = Said::new("targets-file-observation-twice").with("measure", &line.measure).with("first", first);
            faults.push(FileFault::at("observation", place + 1, said));
        }
        match found {
            Ok(one) => checked.push(one),
            Err(said) => faults.push(FileFault::at("observation", place + 1, said)),
        }
    }
    checked
}

/// Checks one observation: the same checks for files, imports and forms.
///
/// # Errors
/// What is wrong with it, for a person.
pub fn observation(
    line: &ObservationLine,
    measure: &Measure,
    term: Interval,
    schemes: &Schemes,
    policy: &Policy,
    convention: Convention,
) -> Result<Checked, Said> {
    let value = value::read(line, measure, convention)?;
    let as_of = line.as_of.ok_or_else(|| Said::new("targets-observation-no-date"))?;
    if !term.holds(as_of) {
        let last = term.to.and_then(|to| to.yesterday().ok()).unwrap_or(term.from);
        return Err(Said::new("targets-observation-outside-term")
            .date("as-of", as_of)
            .date("from", term.from)
            .date("last", last));
    }
    if !line.period.is_empty() && line.period.parse::<Period>().is_err() {
        return Err(Said::new("targets-file-period-unknown").with("period", &line.period));
    }
    if let Value::Grade { scheme, grade } = &value
        && schemes.grade(scheme, grade).is_none()
    {
        return Err(Said::new("targets-file-grade-unknown").with("grade", format!("{scheme}/{grade}")));
    }
    crate::verdict::disagreement(&value, measure, policy).map_or(Ok(Checked { value, as_of }), Err)
}
