//! A chart of a condition: its observations against what is asked.
//!
//! Floats only place ink here; what is written comes from exact numbers.

use lt_kernel::quantity::{Exact, numbers};
use lt_web::chart::{Bars, Line, Point};
use lt_web::{Html, Talk, View};

use super::model::{Condition, Over, Test};
use super::said::value_said;
use super::seen::{Seen, name};
use crate::measure::{Measure, Unit};
use crate::observation::Value;
use crate::observation::store::Detail;
use crate::scheme::Schemes;

/// Most bars of one chart.
const MOST_BARS: usize = 30;

/// The number of an observation, for drawing only: the midpoint a qualifier leaves out.
fn figure(value: &Value, measure: &Measure) -> Option<Exact> {
    match value {
        Value::Number { value } => Some(value.number),
        Value::Parts { numerator, denominator, rest, .. } => {
            let (part, other) = (numerator.number, denominator.number);
            let whole = if *rest { part.checked_add(&other).ok()? } else { other };
            let factor = measure.parts.as_ref().map_or(100, |parts| parts.factor);
            part.checked_mul(&Exact::whole(i64::from(factor))).ok()?.checked_div(&whole).ok()
        }
        _ => None,
    }
}

fn ink(number: &Exact) -> f64 {
    number.to_decimal(6).parse().unwrap_or(0.0)
}

/// What is asked, as the chart draws it: the figure, and the stretch that keeps the target.
fn goal(test: &Test, measure: &Measure, implied: Option<Exact>) -> Option<(Exact, f64, f64)> {
    use crate::measure::Bare;
    let (up, down, only) = (
        |at: Exact| (at, ink(&at), f64::INFINITY),
        |at: Exact| (at, f64::NEG_INFINITY, ink(&at)),
        |at: Exact| (at, ink(&at), ink(&at)),
    );
    Some(match test {
        Test::Floor { at, .. } => up(*at),
        Test::Ceiling { at, .. } => down(*at),
        Test::Exact { at } => only(*at),
        Test::Bare { at } => match measure.bare {
            Bare::Floor => up(*at),
            Bare::Ceiling => down(*at),
            Bare::Exact => only(*at),
        },
        Test::Band { low, high } => (*low, ink(low), ink(high)),
        Test::Implied => up(implied?),
        _ => return None,
    })
}

fn written(number: &Exact, measure: &Measure, t: Talk<'_>) -> String {
    let text = numbers::write(number, 2, t.lang);
    if measure.unit == Unit::Percent { format!("{text}%") } else { text }
}

/// The chart of a condition; nothing where there are no numbers to draw.
pub(super) fn draw(
    view: &View,
    condition: &Condition,
    seen: &Seen<'_>,
    span: lt_kernel::Interval,
    schemes: &Schemes,
    implied: Option<Exact>,
) -> Option<Html> {
    let (t, measure) = (view.t(), seen.measure);
    let mut kept: Vec<(&Detail, Exact)> = seen
        .details
        .iter()
        .filter(|one| one.withdrawn.is_none() && span.holds(one.seen.as_of))
        .filter_map(|one| Some((one, figure(&one.seen.value, measure)?)))
        .collect();
    kept.sort_by_key(|(one, _)| (one.seen.as_of, one.seen.recorded_at));
    let goal = goal(&condition.test, measure, implied);
    if kept.is_empty() {
        return None;
    }
    if kept.iter().any(|(one, _)| one.seen.unit.is_some()) {
        return Some(bars(view, measure, &kept, goal, schemes));
    }
    let is_sum = matches!(condition.over.as_slice(), [Over::Sum]);
    let title = t.a(if is_sum { "targets-chart-sum" } else { "targets-chart-line" }, "measure", name(measure, view));
    let mut total = Exact::ZERO;
    let points: Vec<Point> = kept
        .iter()
        .map(|(one, number)| {
            let told = t.said(&value_said(&one.seen.value, measure.unit, schemes));
            if is_sum {
                let weight = Exact::whole(measure.weight(one.seen.event.as_deref()));
                total = number.checked_mul(&weight).and_then(|more| total.checked_add(&more)).unwrap_or(total);
                let text = t.with("targets-chart-after", &[("value", &told), ("total", &written(&total, measure, t))]);
                Point { day: one.seen.as_of, value: ink(&total), text }
            } else {
                Point { day: one.seen.as_of, value: ink(number), text: told }
            }
        })
        .collect();
    let count = points.len().to_string();
    let mut line = Line::new(t, title, t.a("targets-chart-points", "count", count), points);
    if let Some((at, low, high)) = &goal {
        line = line.goal(ink(at), written(at, measure, t)).band(*low, *high);
    }
    if let Some(last) = span.to.and_then(|to| to.yesterday().ok()) {
        line = line.span(span.from, last);
    }
    Some(line.into())
}

/// The latest value of each unit.
fn bars(
    view: &View,
    measure: &Measure,
    kept: &[(&Detail, Exact)],
    goal: Option<(Exact, f64, f64)>,
    schemes: &Schemes,
) -> Html {
    let t = view.t();
    let mut latest: Vec<(&str, &Detail, &Exact)> = Vec::new();
    for (one, number) in kept {
        let unit = one.seen.unit.as_deref().unwrap_or("–");
        match latest.iter_mut().find(|(known, ..)| *known == unit) {
            Some(entry) => (entry.1, entry.2) = (*one, number),
            None => latest.push((unit, *one, number)),
        }
    }
    let title = t.a("targets-chart-units", "measure", name(measure, view));
    let count = latest.len().to_string();
    let mut bars = Bars::new(t, title, t.a("targets-chart-points", "count", count));
    for (unit, one, number) in latest.into_iter().take(MOST_BARS) {
        let told = t.said(&value_said(&one.seen.value, measure.unit, schemes));
        bars = bars.bar(unit, ink(number), told);
    }
    if let Some((at, ..)) = goal {
        bars = bars.goal(ink(&at), written(&at, measure, t));
    }
    bars.into()
}
