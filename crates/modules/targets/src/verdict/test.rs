//! One test of one value.

use lt_kernel::quantity::relative::excess;
use lt_kernel::quantity::{Exact, NearPolicy, Qualifier, Reported, Scale, Span, Truth};
use lt_kernel::{Lang, Said};

use super::Policy;
use super::model::{Excess, Inputs};
use super::part::{Answer, Part};
use crate::measure::{Bare, Measure, Unit};
use crate::observation::{Judgement, Stage, Value};
use crate::scheme::model::Compared;
use crate::target::{Condition, Test};

/// What a value comes to as numbers: the span it may lie in, or why there is none.
pub(crate) enum Numbers {
    /// It lies in this span.
    In(Span),
    /// The denominator is nothing.
    OfNothing,
    /// It is not a number.
    None,
}

/// The span of a number in the unit of its measure.
pub(crate) fn span(value: &Reported, measure: &Measure, policy: &Policy) -> Option<Span> {
    let general = &policy.near;
    let own = measure.near.and_then(|near| {
        let relative = near.checked_div(&value.number).ok().filter(Exact::is_positive).unwrap_or(general.relative());
        NearPolicy::new(near, near, relative, general.version()).ok()
    });
    value.span(measure.unit.scale(), own.as_ref().unwrap_or(general)).ok()
}

/// The numbers of a value; what does not agree within it goes to `findings`.
pub(crate) fn numbers(value: &Value, measure: &Measure, policy: &Policy, findings: &mut Vec<Said>) -> Numbers {
    match value {
        Value::Number { value } => span(value, measure, policy).map_or(Numbers::None, Numbers::In),
        Value::Parts { numerator, denominator, rest, told } => {
            let whole = if *rest { numerator.number.checked_add(&denominator.number) } else { Ok(denominator.number) };
            let Ok(whole) = whole else { return Numbers::None };
            if whole.is_zero() {
                return Numbers::OfNothing;
            }
            let Some(told) = told else { return parts_span(numerator, denominator, *rest, measure, policy) };
            let Some(told_span) = span(told, measure, policy) else { return Numbers::None };
            if let Some(found) = ratio(&numerator.number, &whole, measure) {
                findings.push(agreement(&told_span, found, told));
            }
            Numbers::In(told_span)
        }
        _ => Numbers::None,
    }
}

/// Times which a ratio of this measure is shown.
fn factor(measure: &Measure) -> Exact {
    Exact::whole(i64::from(measure.parts.as_ref().map_or(100, |parts| parts.factor)))
}

/// numerator ÷ whole × factor.
fn ratio(numerator: &Exact, whole: &Exact, measure: &Measure) -> Option<Exact> {
    numerator.checked_mul(&factor(measure)).ok()?.checked_div(whole).ok()
}

/// The span of a ratio whose parts carry qualifiers.
fn parts_span(above: &Reported, below: &Reported, rest: bool, measure: &Measure, policy: &Policy) -> Numbers {
    let count = |value: &Reported| value.span(Scale::Amount, &policy.near).ok();
    let (Some(above), Some(below)) = (count(above), count(below)) else { return Numbers::None };
    let share = if rest { Span::share_with_rest(&above, &below) } else { above.divided_by(&below) };
    share.ok().and_then(|share| share.times(&factor(measure)).ok()).map_or(Numbers::None, Numbers::In)
}

/// Whether the ratio as told agrees with its own parts (party-and-targets R7, G11).
fn agreement(told: &Span, found: Exact, word: &Reported) -> Said {
    let agrees = told.contains(&found) || is_rounded(&found, word);
    let key = if agrees { "targets-finding-parts-agree" } else { "targets-finding-parts-disagree" };
    Said::new(key).number("found", found, 2).said("told", reported_said(word, Unit::Percent))
}

/// Whether a number without a qualifier is the ratio rounded to the decimals it was told with: 66,67 for 2/3.
/// Rounding never makes a whole (100) out of a part.
fn is_rounded(found: &Exact, word: &Reported) -> bool {
    let told = &word.number;
    let places = (0..=Exact::CANONICAL_PLACES).find(|places| told.is_exact_at(*places));
    let is_plain = word.qualifier == Qualifier::Exact && *told != Exact::whole(100);
    is_plain && places.is_some_and(|places| found.round(places).ok().as_ref() == Some(told))
}

/// The key of a value, in its form with a per cent sign where the measure is a percentage.
fn value_key(form: &str, unit: Unit) -> String {
    let percent = if unit == Unit::Percent { "-percent" } else { "" };
    format!("targets-value-{form}{percent}")
}

/// Word and number as told.
pub(crate) fn reported_said(value: &Reported, unit: Unit) -> Said {
    let (vi, en) = (value.write(2, Lang::Vi), value.write(2, Lang::En));
    Said::new(value_key("told", unit)).both("text", vi, en)
}

/// Tests one value.
pub(crate) fn value(condition: &Condition, found: &Value, measure: &Measure, inputs: &Inputs<'_>) -> Part {
    match (&condition.test, found) {
        (_, Value::Unknown { why }) => Part::nothing(Said::new("targets-missing-left-open").with("why", why)),
        (_, Value::NotApplicable { why }) => {
            let mut part = Part::new(Answer::NotApplicable);
            part.value = Some(Said::new("targets-value-not-applicable").with("why", why));
            part
        }
        (Test::Grade { scheme, at_least }, Value::Grade { scheme: had_scheme, grade }) => {
            graded(inputs, (had_scheme, grade), (scheme, at_least))
        }
        (Test::Rank { at_most, .. }, Value::Rank { place, tied }) => ranked(*at_most, *place, *tied),
        (Test::Stage { at_least }, Value::Stage { stage }) => staged(*at_least, *stage),
        (Test::Judged, Value::Narrative { chosen, .. }) => judged(*chosen),
        _ => numeric(condition, found, measure, inputs.policy),
    }
}

fn graded(inputs: &Inputs<'_>, had: (&str, &str), asked: (&str, &str)) -> Part {
    let compared = inputs.schemes.compare(had, asked);
    let (answer, walk) = match compared {
        Compared::Reaches(walk) => (Answer::Yes, walk),
        Compared::Falls(walk) => (Answer::No, walk),
        Compared::NoCrosswalk | Compared::NoSuchGrade => (Answer::Open, None),
    };
    let mut part = Part::new(answer);
    part.value = Some(grade_said(inputs, had));
    if answer == Answer::Open {
        part.missing.push(
            Said::new("targets-missing-crosswalk")
                .said("from", grade_said(inputs, had))
                .said("to", grade_said(inputs, asked)),
        );
    }
    if let Some(walk) = walk {
        part.findings.push(
            Said::new("targets-finding-crosswalk")
                .said("from", grade_said(inputs, (&walk.from.0, &walk.from.1)))
                .said("to", grade_said(inputs, (&walk.to.0, &walk.to.1)))
                .with("signed", walk.signed),
        );
    }
    part
}

/// A grade under its name; under its code when nobody knows it.
fn grade_said(inputs: &Inputs<'_>, (scheme, grade): (&str, &str)) -> Said {
    let (vi, en) = inputs
        .schemes
        .grade(scheme, grade)
        .map_or((grade.to_owned(), grade.to_owned()), |known| (known.name.clone(), known.name_en.clone()));
    Said::new("targets-value-grade").both("grade", vi, en).with("scheme", scheme)
}

fn ranked(at_most: u32, place: u32, tied: bool) -> Part {
    let mut part = Part::new(if place <= at_most { Answer::Yes } else { Answer::No });
    let key = if tied { "targets-value-rank-tied" } else { "targets-value-rank" };
    part.value = Some(Said::new(key).with("place", place));
    part
}

fn staged(at_least: Stage, stage: Stage) -> Part {
    let mut part = Part::new(if stage >= at_least { Answer::Yes } else { Answer::No });
    part.settled = stage >= at_least;
    part.progress = Exact::from_parts(stage as i64 * 100, (at_least as i64).max(1));
    part.value = Some(Said::new("targets-value-stage").key("stage", stage.key()));
    part
}

fn judged(chosen: Option<Judgement>) -> Part {
    let answer = match chosen {
        Some(Judgement::Done) => Answer::Yes,
        Some(Judgement::NotDone) => Answer::No,
        Some(Judgement::InPart) | None => Answer::Open,
    };
    let mut part = Part::new(answer);
    let key = chosen.map_or("targets-judgement-none", Judgement::key);
    part.value = Some(Said::new("targets-value-narrative").key("chosen", key));
    if chosen.is_none() {
        part.missing.push(Said::new("targets-missing-judgement"));
    }
    part
}

fn numeric(condition: &Condition, found: &Value, measure: &Measure, policy: &Policy) -> Part {
    let mut findings = Vec::new();
    let mut part = match numbers(found, measure, policy, &mut findings) {
        Numbers::In(span) => number(condition, &span, measure),
        Numbers::OfNothing => {
            let mut part = Part::new(Answer::NotApplicable);
            part.value = Some(Said::new("targets-value-of-nothing"));
            part
        }
        Numbers::None => Part::nothing(Said::new("targets-missing-wrong-kind")),
    };
    if let Value::Number { value } | Value::Parts { told: Some(value), .. } = found
        && part.answer != Answer::NoData
    {
        part.value = Some(reported_said(value, measure.unit));
    }
    part.findings.append(&mut findings);
    part
}

/// Tests a number that lies somewhere in a span.
pub(crate) fn number(condition: &Condition, raw: &Span, measure: &Measure) -> Part {
    let (span, rounded) = round(raw, condition.round);
    let mut part = Part::new(Answer::Open);
    part.value = Some(span_said(raw, measure));
    (part.low, part.high) = (raw.low().number(), raw.high().number());
    if let Some((before, after)) = rounded {
        part.findings.push(
            Said::new("targets-finding-rounded")
                .number("before", before, 2)
                .number("after", after, 2)
                .with("places", condition.round.unwrap_or_default()),
        );
    }
    part.answer = match &condition.test {
        Test::Floor { at, strict: true } => span.more_than(at).into(),
        Test::Ceiling { at, strict: true } => span.less_than(at).into(),
        Test::Ceiling { at, strict: false } => span.at_most(at).into(),
        Test::Exact { at } => span.equals(at).into(),
        Test::Bare { at } => match measure.bare {
            Bare::Floor => span.at_least(at).into(),
            Bare::Ceiling => span.at_most(at).into(),
            Bare::Exact => span.equals(at).into(),
        },
        Test::Floor { at, .. } | Test::Band { low: at, .. } | Test::MetShare { at_least: at, .. } => {
            span.at_least(at).into()
        }
        Test::Implied => Answer::Yes,
        _ => Answer::NoData,
    };
    part.excess = beyond(&condition.test, &span, measure);
    part.progress = progress(&condition.test, &span);
    part
}

/// Rounds a known value; a span of several values is never rounded.
fn round(raw: &Span, places: Option<u32>) -> (Span, Option<(Exact, Exact)>) {
    let rounded = raw.single().zip(places).and_then(|(before, places)| Some((before, before.round(places).ok()?)));
    match rounded {
        Some((before, after)) => (Span::point(after), (after != before).then_some((before, after))),
        None => (*raw, None),
    }
}

/// By how much a bare number or a band is exceeded, when it surely is.
fn beyond(test: &Test, span: &Span, measure: &Measure) -> Option<Excess> {
    let goal = match test {
        Test::Bare { at } if measure.bare == Bare::Floor => at,
        Test::Band { high, .. } => high,
        _ => return None,
    };
    if span.more_than(goal) != Truth::Yes {
        return None;
    }
    let least = span.low().number()?;
    let points = measure.unit == Unit::Percent;
    let by = if points { least.checked_sub(goal).ok()? } else { excess(&least, goal).ok()? };
    Some(Excess { by, points, at_least: span.single().is_none() })
}

/// Share of a threshold that is surely reached, in percent.
fn progress(test: &Test, span: &Span) -> Option<Exact> {
    let (Test::Floor { at: goal, .. }
    | Test::Bare { at: goal }
    | Test::Band { low: goal, .. }
    | Test::Exact { at: goal }) = test
    else {
        return None;
    };
    let reached = span.low().number()?;
    if goal.is_positive() { reached.percent_of(goal).ok() } else { None }
}

/// A span in words.
fn span_said(span: &Span, measure: &Measure) -> Said {
    let key = |form: &str| value_key(form, measure.unit);
    match (span.single(), span.low().number(), span.high().number()) {
        (Some(value), ..) => Said::new(key("exact")).number("value", value, 2),
        (_, Some(low), Some(high)) => Said::new(key("between")).number("low", low, 2).number("high", high, 2),
        (_, Some(low), None) => Said::new(key("above")).number("low", low, 2),
        (_, None, Some(high)) => Said::new(key("below")).number("high", high, 2),
        _ => Said::new("targets-value-anything"),
    }
}

/// What does not agree within a value: a ratio as told that its own parts contradict.
#[must_use]
pub fn disagreement(value: &Value, measure: &Measure, policy: &Policy) -> Option<Said> {
    let mut findings = Vec::new();
    numbers(value, measure, policy, &mut findings);
    findings.into_iter().find(|said| said.key == "targets-finding-parts-disagree")
}
