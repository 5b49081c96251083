//! Quantifiers over time and units: sum, every, at least k.

use std::collections::BTreeMap;

use lt_kernel::calendar::{Period, PeriodKind, Regime};
use lt_kernel::quantity::{Exact, Span, Truth};
use lt_kernel::{Date, Interval, Said};

use super::model::{Excess, Inputs};
use super::part::{Answer, Part};
use super::slots::{Slot, at_least, every};
use super::test::{self, Numbers};
use crate::measure::{Bare, Measure};
use crate::observation::{Observation, Value};
use crate::target::{Condition, Over, Test};

/// More periods than any term has; a guard against a term of a thousand years.
const MOST_PERIODS: usize = 1200;

/// One condition being judged.
pub(crate) struct Bench<'a> {
    /// The condition.
    pub(crate) condition: &'a Condition,
    /// Its measure.
    pub(crate) measure: &'a Measure,
    /// Everything else.
    pub(crate) inputs: &'a Inputs<'a>,
}

impl Bench<'_> {
    /// Judges `over` on `seen`, which lies within `window`.
    pub(crate) fn judge(&self, over: &[Over], seen: &[&Observation], window: Interval, depth: u8) -> Part {
        let Some((first, rest)) = over.split_first() else { return self.latest(seen, window, depth) };
        match first {
            Over::Sum => self.sum(seen, window, depth),
            Over::EveryPeriod { of, periods } => {
                let parts = self.by_period(*of, periods, rest, seen, window, depth);
                every(parts)
            }
            Over::AtLeastPeriods { k, of, periods } => {
                let parts = self.by_period(*of, periods, rest, seen, window, depth);
                at_least(*k, parts)
            }
            Over::EveryUnit { units } => every(self.by_unit(units, rest, seen, window, depth)),
            Over::AtLeastUnits { k, units } => at_least(*k, self.by_unit(units, rest, seen, window, depth)),
        }
    }

    /// Whether `window` is over on the day of the verdict.
    fn over_by(&self, window: Interval) -> bool {
        window.to.is_some_and(|to| to <= self.inputs.at)
    }

    /// The latest value: a stock at a date.
    fn latest(&self, seen: &[&Observation], window: Interval, depth: u8) -> Part {
        let newest = seen.iter().enumerate().max_by_key(|(place, one)| (one.as_of, *place)).map(|(_, one)| *one);
        let Some(one) = newest else {
            return Part::nothing(self.measure.said("targets-missing-observation"));
        };
        let mut part = test::value(self.condition, &one.value, self.measure, self.inputs);
        part.settled |= self.over_by(window);
        part.used.push(one.id);
        let said = Said::new("targets-step-latest").date("as-of", one.as_of).said("value", value_of(&part));
        part.step(depth, said)
    }

    /// The sum of everything seen, each event with the weight its kind has; none when a part of it is not known.
    pub(crate) fn total(&self, seen: &[&Observation]) -> Option<Span> {
        let mut found = Added::default();
        for one in seen {
            self.add(one, &mut found)?;
        }
        (found.missing.is_empty() && found.numbers > 0).then_some(found.total)
    }

    /// What one observation adds to a sum.
    fn weighed(&self, one: &Observation, span: &Span) -> Option<Span> {
        span.times(&Exact::whole(self.measure.weight(one.event.as_deref()))).ok()
    }

    /// Adds up everything seen, each event with the weight its kind has. A time without a case adds nothing;
    /// what is left open may add anything.
    fn sum(&self, seen: &[&Observation], window: Interval, depth: u8) -> Part {
        if seen.is_empty() {
            return Part::nothing(self.measure.said("targets-missing-observation"));
        }
        let mut found = Added::default();
        for one in seen {
            if self.add(one, &mut found).is_none() {
                return Part::nothing(Said::new("targets-missing-too-large"));
            }
        }
        let mut part = if found.numbers > 0 {
            self.tested(&found)
        } else if found.missing.is_empty() {
            let mut part = Part::new(Answer::NotApplicable);
            part.value = found.void.take();
            part
        } else {
            Part::new(Answer::NoData)
        };
        // What is left open may still come to light after the time is over.
        part.settled |= self.over_by(window) && found.missing.is_empty();
        part.findings.append(&mut found.findings);
        part.findings.extend(self.weights_of(seen));
        part.missing.append(&mut found.missing);
        part.used = seen.iter().map(|one| one.id).collect();
        let said = Said::new("targets-step-sum").with("count", seen.len()).said("value", value_of(&part));
        part.step(depth, said)
    }

    /// Adds one observation; none when the numbers grow too large.
    fn add(&self, one: &Observation, found: &mut Added) -> Option<()> {
        match test::numbers(&one.value, self.measure, self.inputs.policy, &mut found.findings) {
            Numbers::In(span) => {
                found.total = found.total.plus(&self.weighed(one, &span)?).ok()?;
                found.numbers += 1;
            }
            Numbers::OfNothing => found.void = Some(Said::new("targets-value-of-nothing")),
            Numbers::None => match &one.value {
                Value::NotApplicable { why } => {
                    found.void = Some(Said::new("targets-value-not-applicable").with("why", why));
                }
                Value::Unknown { why } => {
                    found.missing.push(Said::new("targets-missing-left-open").with("why", why));
                }
                _ => found.missing.push(Said::new("targets-missing-not-a-number").date("as-of", one.as_of)),
            },
        }
        Some(())
    }

    /// What the sum comes to so far, and whether what is still to come can change it.
    fn tested(&self, found: &Added) -> Part {
        let mut part = test::number(self.condition, &found.total, self.measure);
        let course = if self.measure.only_grows() { self.course() } else { Course::Either };
        let kept = course == Course::Helps && part.answer == Answer::Yes;
        let lost = part.answer == Answer::No
            && match course {
                Course::Harms => true,
                Course::Passes(goal) => found.total.more_than(&goal) == Truth::Yes,
                Course::Helps | Course::Either => false,
            };
        part.settled = kept || lost;
        if !found.missing.is_empty() {
            // What is known may already be enough, or too much; it is never too little.
            if !part.settled {
                part.answer = Answer::Open;
            }
            part.high = None;
            part.low = part.low.filter(|_| self.measure.only_grows());
            part.excess = part.excess.map(|excess| Excess { at_least: true, ..excess });
        }
        part
    }

    /// What more of a sum that only grows does to its test.
    fn course(&self) -> Course {
        match &self.condition.test {
            Test::Floor { .. } | Test::Band { .. } | Test::Implied => Course::Helps,
            Test::Ceiling { .. } => Course::Harms,
            Test::Exact { at } => Course::Passes(*at),
            Test::Bare { at } => match self.measure.bare {
                Bare::Floor => Course::Helps,
                Bare::Ceiling => Course::Harms,
                Bare::Exact => Course::Passes(*at),
            },
            _ => Course::Either,
        }
    }

    /// The rules by which kinds of events were counted otherwise than as one each.
    fn weights_of(&self, seen: &[&Observation]) -> Vec<Said> {
        let was_seen = |event: &str| seen.iter().any(|one| one.event.as_deref() == Some(event));
        let rules = self.measure.weights.iter().filter(|rule| rule.weight != 1 && was_seen(&rule.event));
        let said =
            |event: &str, weight| Said::new("targets-finding-weight").with("event", event).number("weight", weight, 0);
        rules.map(|rule| said(&rule.event, Exact::whole(rule.weight))).collect()
    }

    /// Judges each period; what is not yet due is told apart from what is missing.
    fn by_period(
        &self,
        of: PeriodKind,
        named: &[String],
        rest: &[Over],
        seen: &[&Observation],
        window: Interval,
        depth: u8,
    ) -> Vec<Slot> {
        let wanted = if named.is_empty() {
            periods_within(of, window, self.inputs.at)
        } else {
            named.iter().filter_map(|code| code.parse().ok()).collect()
        };
        wanted
            .into_iter()
            .map(|period| {
                let within = days(period);
                let mine: Vec<&Observation> = seen.iter().filter(|one| belongs(one, period, within)).copied().collect();
                let due = within.to.is_some_and(|to| to <= self.inputs.at);
                let mut part = self.judge(rest, &mine, within, depth + 1);
                part.settled |= due;
                Slot { name: Said::new("targets-step-period").with("period", period.to_string()), due, part }
            })
            .collect()
    }

    /// Judges each unit.
    fn by_unit(
        &self,
        units: &[String],
        rest: &[Over],
        seen: &[&Observation],
        window: Interval,
        depth: u8,
    ) -> Vec<Slot> {
        let mut mine: BTreeMap<&str, Vec<&Observation>> = BTreeMap::new();
        for one in seen {
            mine.entry(one.unit.as_deref().unwrap_or_default()).or_default().push(one);
        }
        units
            .iter()
            .map(|unit| {
                let seen = mine.remove(unit.as_str()).unwrap_or_default();
                let part = self.judge(rest, &seen, window, depth + 1);
                // A unit is due from the start, unless the periods within it are not. Whether it is settled
                // is for its own judgement to say: a later figure may mend it, or spoil it.
                let due = part.answer != Answer::NoData || !part.missing.is_empty();
                Slot { name: Said::new("targets-step-unit").with("unit", unit), due, part }
            })
            .collect()
    }
}

/// The value of a part in words, or that there is none.
fn value_of(part: &Part) -> Said {
    part.value.clone().unwrap_or_else(|| Said::new("targets-answer-absent"))
}

/// What more of a sum that only grows does to its test.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Course {
    /// Once it holds it holds.
    Helps,
    /// Once it fails it fails.
    Harms,
    /// It may come to hold, and fails for good beyond this number.
    Passes(Exact),
    /// Nothing can be said.
    Either,
}

/// A sum underway.
struct Added {
    total: Span,
    /// How many numbers are in it.
    numbers: u32,
    /// Why the latest part that does not count does not.
    void: Option<Said>,
    findings: Vec<Said>,
    missing: Vec<Said>,
}

impl Default for Added {
    fn default() -> Self {
        Self { total: Span::point(Exact::ZERO), numbers: 0, void: None, findings: Vec::new(), missing: Vec::new() }
    }
}

/// The days of a period. Targets count in calendar periods; the cut-off days of the reporting regime
/// belong to reviews.
pub(crate) fn days(period: Period) -> Interval {
    period.interval(Regime::Calendar)
}

/// Whether an observation speaks of the period: it says so, or it says no period and its day lies within.
fn belongs(one: &Observation, period: Period, within: Interval) -> bool {
    one.period.as_ref().map_or_else(|| within.holds(one.as_of), |own| *own == period)
}

/// The periods whose last day lies within `window`; of an endless window, those up to `at`.
fn periods_within(of: PeriodKind, window: Interval, at: Date) -> Vec<Period> {
    let end = window.to.unwrap_or(at);
    let mut found = Vec::new();
    let mut next = Period::of(window.from, of, Regime::Calendar);
    while let Some(period) = next {
        let Some(after) = days(period).to.filter(|after| *after <= end && found.len() < MOST_PERIODS) else { break };
        if after > window.from {
            found.push(period);
        }
        next = Period::of(after, of, Regime::Calendar);
    }
    found
}
