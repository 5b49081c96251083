//! A target's rule and an observation's value in words a person understands.

use std::collections::HashMap;

use lt_kernel::Lang;
use lt_kernel::Said;
use lt_kernel::calendar::PeriodKind;
use lt_kernel::quantity::Exact;

use super::model::{Condition, Over, Reading, Target, Test};
use crate::measure::{Bare, Measure, Unit};
use crate::observation::{Judgement, Value};
use crate::scheme::Schemes;

/// Decimals a number of a rule is written with at most.
const PLACES: u32 = 6;

/// Measures of a resolution by their codes.
pub type Measures = HashMap<String, Measure>;

/// The rule of a target: each reading (when there are several) followed by its conditions, one line each.
#[must_use]
pub fn rule_in_words(target: &Target, measures: &Measures, schemes: &Schemes) -> Vec<Said> {
    let mut lines = Vec::new();
    let several = target.readings.len() > 1;
    for (place, reading) in target.readings.iter().enumerate() {
        if several {
            lines.push(Said::new("targets-rule-reading").with("number", place + 1).with("label", &reading.label));
        }
        lines.extend(reading_in_words(reading, measures, schemes));
    }
    lines
}

fn reading_in_words(reading: &Reading, measures: &Measures, schemes: &Schemes) -> Vec<Said> {
    let conditions = reading.conditions.iter();
    conditions.map(|condition| condition_in_words(condition, measures.get(&condition.measure), schemes)).collect()
}

/// One condition: what is measured, and what is demanded of it.
#[must_use]
pub fn condition_in_words(condition: &Condition, measure: Option<&Measure>, schemes: &Schemes) -> Said {
    let mut rule = test_in_words(&condition.test, measure, schemes);
    for (place, over) in condition.over.iter().enumerate().rev() {
        let around = condition.over.get(..place).unwrap_or_default();
        rule = over_in_words(over, around, rule);
    }
    if let Some(places) = condition.round {
        rule = Said::new("targets-rule-rounded").said("rule", rule).with("places", places);
    }
    match measure {
        Some(measure) => {
            Said::new("targets-rule-line").both("measure", &measure.name, &measure.name_en).said("rule", rule)
        }
        None => Said::new("targets-rule-alone").said("rule", rule),
    }
}

/// A number in the unit of its measure.
fn amount(number: Exact, measure: Option<&Measure>) -> Said {
    match measure.map(|measure| (measure.unit, &measure.parts)) {
        Some((Unit::Percent, _)) => Said::new("targets-rule-percent").number("number", number, PLACES),
        Some((Unit::Rate, Some(parts))) => {
            Said::new("targets-rule-rate").number("number", number, PLACES).with("factor", parts.factor)
        }
        _ => Said::new("targets-rule-number").number("number", number, PLACES),
    }
}

fn test_in_words(test: &Test, measure: Option<&Measure>, schemes: &Schemes) -> Said {
    let at = |key: &str, number: Exact| Said::new(key).said("at", amount(number, measure));
    match test {
        Test::Floor { at: number, strict: false } => at("targets-rule-floor", *number),
        Test::Floor { at: number, strict: true } => at("targets-rule-more", *number),
        Test::Ceiling { at: number, strict: false } => at("targets-rule-ceiling", *number),
        Test::Ceiling { at: number, strict: true } => at("targets-rule-less", *number),
        Test::Exact { at: number } => at("targets-rule-exact", *number),
        Test::Bare { at: number } => match measure.map(|measure| measure.bare).unwrap_or_default() {
            Bare::Floor => at("targets-rule-bare-floor", *number),
            Bare::Ceiling => at("targets-rule-bare-ceiling", *number),
            Bare::Exact => at("targets-rule-bare-exact", *number),
        },
        Test::Band { low, high } => {
            Said::new("targets-rule-band").said("low", amount(*low, measure)).said("high", amount(*high, measure))
        }
        Test::Grade { scheme, at_least } => grade_rule(scheme, at_least, schemes),
        Test::Rank { at_most, peers } if peers.is_empty() => Said::new("targets-rule-rank").with("place", at_most),
        Test::Rank { at_most, peers } => {
            Said::new("targets-rule-rank-among").with("place", at_most).with("peers", peers)
        }
        Test::Stage { at_least } => Said::new("targets-rule-stage").key("stage", at_least.key()),
        Test::Judged => Said::new("targets-rule-judged"),
        Test::Implied => Said::new("targets-rule-implied"),
        Test::MetShare { resolution, at_least } => {
            Said::new("targets-rule-met-share").number("share", *at_least, PLACES).with("resolution", resolution)
        }
    }
}

/// "… trở lên" is left out where there is no better grade.
fn grade_rule(scheme: &str, grade: &str, schemes: &Schemes) -> Said {
    let is_best = schemes.scheme(scheme).and_then(|known| known.grades.first()).is_some_and(|best| best.code == grade);
    let key = if is_best { "targets-rule-grade-best" } else { "targets-rule-grade" };
    Said::new(key).said("grade", grade_said(scheme, grade, schemes))
}

/// A grade by its name; by its code when the scheme is not known.
#[must_use]
pub fn grade_said(scheme: &str, grade: &str, schemes: &Schemes) -> Said {
    let said = Said::new("targets-value-grade");
    let said = match schemes.grade(scheme, grade) {
        Some(known) => said.both("grade", &known.name, &known.name_en),
        None => said.with("grade", grade),
    };
    said.with("scheme", scheme)
}

/// Key of the name of one period of a kind.
#[must_use]
pub const fn kind_key(kind: PeriodKind) -> &'static str {
    match kind {
        PeriodKind::Month => "targets-period-month",
        PeriodKind::Quarter => "targets-period-quarter",
        PeriodKind::HalfYear => "targets-period-half-year",
        PeriodKind::NineMonths => "targets-period-nine-months",
        PeriodKind::Year => "targets-period-year",
    }
}

/// Key of the plural, in languages that have one.
const fn kinds_key(kind: PeriodKind) -> &'static str {
    match kind {
        PeriodKind::Month => "targets-periods-month",
        PeriodKind::Quarter => "targets-periods-quarter",
        PeriodKind::HalfYear => "targets-periods-half-year",
        PeriodKind::NineMonths => "targets-periods-nine-months",
        PeriodKind::Year => "targets-periods-year",
    }
}

/// Names of periods, in both languages.
fn period_names(codes: &[String], lang: Lang) -> String {
    let name = |code: &String| match code.parse::<lt_kernel::calendar::Period>() {
        Ok(period) => period.name(lang),
        Err(_) => code.clone(),
    };
    codes.iter().map(name).collect::<Vec<_>>().join(", ")
}

fn with_periods(said: Said, key: &str, periods: &[String]) -> Said {
    if periods.is_empty() {
        return said;
    }
    Said::new(key).said("rule", said).both("periods", period_names(periods, Lang::Vi), period_names(periods, Lang::En))
}

/// A quantifier around a rule; `around` are those outside of it.
fn over_in_words(over: &Over, around: &[Over], rule: Said) -> Said {
    match over {
        Over::Sum => {
            let within = around.iter().rev().find_map(|outer| match outer {
                Over::EveryPeriod { of, .. } | Over::AtLeastPeriods { of, .. } => Some(*of),
                _ => None,
            });
            match within {
                Some(kind) => Said::new("targets-rule-sum-within").said("rule", rule).key("kind", kind_key(kind)),
                None => Said::new("targets-rule-sum").said("rule", rule),
            }
        }
        Over::EveryPeriod { of, periods } => {
            let said = Said::new("targets-rule-every-period").said("rule", rule).key("kind", kind_key(*of));
            with_periods(said, "targets-rule-only-periods", periods)
        }
        Over::AtLeastPeriods { k, of, periods } => {
            let key = if *k == 1 { kind_key(*of) } else { kinds_key(*of) };
            let said = Said::new("targets-rule-some-periods").said("rule", rule).with("k", k).key("kind", key);
            with_periods(said, "targets-rule-only-periods", periods)
        }
        Over::EveryUnit { units } => Said::new("targets-rule-every-unit")
            .said("rule", rule)
            .with("count", units.len())
            .with("units", units.join(", ")),
        Over::AtLeastUnits { k, units } => Said::new("targets-rule-some-units")
            .said("rule", rule)
            .with("k", k)
            .with("count", units.len())
            .with("units", units.join(", ")),
    }
}

/// The value of an observation, with its qualifier word.
#[must_use]
pub fn value_said(value: &Value, unit: Unit, schemes: &Schemes) -> Said {
    let told = |one: &lt_kernel::quantity::Reported| (one.write(PLACES, Lang::Vi), one.write(PLACES, Lang::En));
    let number = |one: &lt_kernel::quantity::Reported| {
        let (vi, en) = told(one);
        let key = if unit == Unit::Percent { "targets-seen-percent" } else { "targets-value-told" };
        Said::new(key).both("text", vi, en)
    };
    match value {
        Value::Number { value } => number(value),
        Value::Parts { numerator, denominator, rest, told: whole } => {
            let ((over_vi, over_en), (under_vi, under_en)) = (told(numerator), told(denominator));
            let key = if *rest { "targets-seen-parts-rest" } else { "targets-seen-parts" };
            let parts = Said::new(key).both("numerator", over_vi, over_en).both("denominator", under_vi, under_en);
            match whole {
                Some(whole) => Said::new("targets-seen-told-parts").said("text", number(whole)).said("parts", parts),
                None => parts,
            }
        }
        Value::Grade { scheme, grade } => grade_said(scheme, grade, schemes),
        Value::Rank { place, tied } => {
            Said::new(if *tied { "targets-value-rank-tied" } else { "targets-value-rank" }).with("place", place)
        }
        Value::Stage { stage } => Said::new("targets-value-stage").key("stage", stage.key()),
        Value::Narrative { text, chosen } => Said::new("targets-seen-narrative")
            .with("text", text)
            .key("chosen", chosen.map_or("targets-judgement-none", Judgement::key)),
        Value::Unknown { why } => Said::new("targets-seen-unknown").with("why", why),
        Value::NotApplicable { why } => Said::new("targets-value-not-applicable").with("why", why),
    }
}

#[cfg(test)]
#[path = "said_tests.rs"]
mod tests;
