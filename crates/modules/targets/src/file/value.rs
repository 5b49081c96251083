//! Between an observation as a person writes it and the value the judge sees.

use lt_kernel::Said;
use lt_kernel::quantity::numbers::Convention;
use lt_kernel::quantity::{Reported, ReportedFault};

use super::format::ObservationLine;
use crate::measure::Measure;
use crate::measure::Unit;
use crate::observation::Value;

/// Reads word and number in the writing of `convention`.
///
/// # Errors
/// What is wrong with it, for a person.
pub fn reported(text: &str, convention: Convention) -> Result<Reported, Said> {
    Reported::parse(text, convention).map(|(value, _)| value).map_err(|fault: ReportedFault| fault.said())
}

/// Which of the line's ways to say a value are used.
fn ways(line: &ObservationLine) -> Vec<&'static str> {
    let mut found = Vec::new();
    let mut note = |name, used: bool| {
        if used {
            found.push(name);
        }
    };
    note("value", line.value.is_some() && line.numerator.is_none());
    note("numerator", line.numerator.is_some());
    note("grade", line.grade.is_some());
    note("rank", line.rank.is_some());
    note("stage", line.stage.is_some());
    note("narrative", line.narrative.is_some());
    note("unknown", line.unknown.is_some());
    note("not_applicable", line.not_applicable.is_some());
    found
}

/// The value of a line, checked against the kind its measure has.
///
/// # Errors
/// What is wrong with it, for a person: no value or two, a number that is not one, a kind the measure has not.
pub fn read(line: &ObservationLine, measure: &Measure, convention: Convention) -> Result<Value, Said> {
    let ways = ways(line);
    let [way] = ways.as_slice() else {
        return Err(match ways.as_slice() {
            [] => Said::new("targets-observation-no-value"),
            _ => Said::new("targets-observation-two-values").with("found", ways.join(", ")),
        });
    };
    let value = read_way(way, line, convention)?;
    if let Some(said) = alone(line) {
        return Err(said);
    }
    if !fits(&value, measure.unit) {
        return Err(measure.said("targets-observation-wrong-kind").key("unit", measure.unit.key()));
    }
    match &value {
        // What goes down is an event with a weight below zero, not a count of less than nothing.
        Value::Number { value: told } if measure.unit == Unit::Count && told.number.is_negative() => {
            Err(Said::new("targets-observation-negative-count").with("found", told.as_written()))
        }
        _ => Ok(value),
    }
}

/// What stands in the line and would be lost, since what it belongs to is missing.
fn alone(line: &ObservationLine) -> Option<Said> {
    if line.numerator.is_none() && (line.denominator.is_some() || line.rest.is_some()) {
        return Some(Said::new("targets-observation-part-alone"));
    }
    (line.narrative.is_none() && line.chosen.is_some()).then(|| Said::new("targets-observation-chosen-alone"))
}

fn read_way(way: &str, line: &ObservationLine, convention: Convention) -> Result<Value, Said> {
    let text = |field: &Option<String>| field.clone().unwrap_or_default();
    match way {
        "value" => Ok(Value::Number { value: reported(&text(&line.value), convention)? }),
        "numerator" => read_parts(line, convention),
        "grade" => {
            let grade = text(&line.grade);
            let (scheme, grade) = grade
                .split_once('/')
                .ok_or_else(|| Said::new("targets-observation-grade-form").with("found", &grade))?;
            Ok(Value::Grade { scheme: scheme.to_owned(), grade: grade.to_owned() })
        }
        "rank" => {
            let rank = text(&line.rank);
            let digits = rank.trim().trim_end_matches('=');
            // Written in one way only, so that what comes in goes out alike: no `05`, no `+5`.
            let place = digits.parse().ok().filter(|_| digits.starts_with(|first: char| matches!(first, '1'..='9')));
            let place = place.ok_or_else(|| Said::new("targets-observation-rank-form").with("found", &rank))?;
            Ok(Value::Rank { place, tied: rank.trim().ends_with('=') })
        }
        "stage" => Ok(Value::Stage { stage: line.stage.ok_or_else(|| Said::new("targets-observation-no-value"))? }),
        "narrative" => Ok(Value::Narrative { text: text(&line.narrative), chosen: line.chosen }),
        "unknown" => Ok(Value::Unknown { why: text(&line.unknown) }),
        _ => Ok(Value::NotApplicable { why: text(&line.not_applicable) }),
    }
}

fn read_parts(line: &ObservationLine, convention: Convention) -> Result<Value, Said> {
    let part = |field: &Option<String>| field.as_deref().map(|text| reported(text, convention)).transpose();
    let (denominator, rest) = match (part(&line.denominator)?, part(&line.rest)?) {
        (Some(denominator), None) => (denominator, false),
        (None, Some(rest)) => (rest, true),
        _ => return Err(Said::new("targets-observation-denominator")),
    };
    let numerator = part(&line.numerator)?.ok_or_else(|| Said::new("targets-observation-no-value"))?;
    if denominator.number.is_negative() || numerator.number.is_negative() {
        return Err(Said::new("targets-observation-negative-part"));
    }
    Ok(Value::Parts { numerator, denominator, rest, told: part(&line.value)? })
}

/// Whether a measure of this unit can have this value.
pub(crate) fn fits(value: &Value, unit: Unit) -> bool {
    match value {
        Value::Number { .. } => matches!(unit, Unit::Percent | Unit::Count | Unit::Rate),
        Value::Parts { .. } => matches!(unit, Unit::Percent | Unit::Rate),
        Value::Grade { .. } => unit == Unit::Grade,
        Value::Rank { .. } => unit == Unit::Rank,
        Value::Stage { .. } => unit == Unit::Stage,
        Value::Narrative { .. } => unit == Unit::Narrative,
        Value::Unknown { .. } | Value::NotApplicable { .. } => true,
    }
}

/// Writes the value into a line as it was written, else in the usual Vietnamese writing; [`read`] gives the same
/// value back.
pub fn write(value: &Value, line: &mut ObservationLine) {
    let told = |value: &Reported| Some(value.as_written());
    match value {
        Value::Number { value } => line.value = told(value),
        Value::Parts { numerator, denominator, rest, told: whole } => {
            line.numerator = told(numerator);
            if *rest {
                line.rest = told(denominator);
            } else {
                line.denominator = told(denominator);
            }
            line.value = whole.as_ref().and_then(told);
        }
        Value::Grade { scheme, grade } => line.grade = Some(format!("{scheme}/{grade}")),
        Value::Rank { place, tied } => line.rank = Some(format!("{place}{}", if *tied { "=" } else { "" })),
        Value::Stage { stage } => line.stage = Some(*stage),
        Value::Narrative { text, chosen } => {
            line.narrative = Some(text.clone());
            line.chosen = *chosen;
        }
        Value::Unknown { why } => line.unknown = Some(why.clone()),
        Value::NotApplicable { why } => line.not_applicable = Some(why.clone()),
    }
}
