//! Quantifiers over time and units: sum, every, at least k.

use std::collections::BTreeMap;

use lt_kernel::calendar::{Period, PeriodKind, Regime};
use lt_kernel::quantity::{Exact, Span};
use lt_kernel::{Date, Interval, Said};

use super::model::{Inputs, Step};
use super::part::{Answer, Part};
use super::test::{self, Numbers};
use crate::measure::Measure;
use crate::observation::Observation;
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
        let mut said = Said::new("targets-step-latest").date("as-of", one.as_of);
        if let Some(value) = &part.value {
            said = said.said("value", value.clone());
        }
        part.step(depth, said)
    }

    /// The sum of everything seen, each event with the weight its kind has; none when a part is not a number.
    pub(crate) fn total(&self, seen: &[&Observation]) -> Option<Span> {
        let mut findings = Vec::new();
        seen.iter().try_fold(Span::point(Exact::ZERO), |total, one| {
            match test::numbers(&one.value, self.measure, self.inputs.policy, &mut findings) {
                Numbers::In(span) => total.plus(&self.weighed(one, &span)?).ok(),
                _ => None,
            }
        })
    }

    /// What one observation adds to a sum.
    fn weighed(&self, one: &Observation, span: &Span) -> Option<Span> {
        span.times(&Exact::whole(self.measure.weight(one.event.as_deref()))).ok()
    }

    /// Adds up everything seen, each event with the weight its kind has.
    fn sum(&self, seen: &[&Observation], window: Interval, depth: u8) -> Part {
        if seen.is_empty() {
            return Part::nothing(self.measure.said("targets-missing-observation"));
        }
        let (mut total, mut findings, mut missing) = (Span::point(Exact::ZERO), Vec::new(), Vec::new());
        for one in seen {
            match test::numbers(&one.value, self.measure, self.inputs.policy, &mut findings) {
                Numbers::In(span) => {
                    let Some(next) = self.weighed(one, &span).and_then(|span| total.plus(&span).ok()) else {
                        return Part::nothing(Said::new("targets-missing-too-large"));
                    };
                    total = next;
                }
                _ => missing.push(Said::new("targets-missing-not-a-number").date("as-of", one.as_of)),
            }
        }
        let mut part = test::number(self.condition, &total, self.measure);
        part.findings.append(&mut findings);
        if !missing.is_empty() {
            // A part of the sum is unknown: what is known may already be enough, never too little.
            let enough = part.answer == Answer::Yes && self.measure.only_grows() && grows(&self.condition.test);
            part.answer = if enough { Answer::Yes } else { Answer::Open };
            part.missing.append(&mut missing);
        }
        part.settled = self.over_by(window) || (part.answer == Answer::Yes && self.keeps());
        part.used = seen.iter().map(|one| one.id).collect();
        let mut said = Said::new("targets-step-sum").with("count", seen.len());
        if let Some(value) = &part.value {
            said = said.said("value", value.clone());
        }
        part.step(depth, said)
    }

    /// Whether a sum that reached its floor keeps it.
    fn keeps(&self) -> bool {
        self.measure.only_grows() && grows(&self.condition.test)
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
                Slot { name: Said::new("targets-step-unit").with("unit", unit), due: true, part }
            })
            .collect()
    }
}

/// Whether more can only help.
fn grows(test: &Test) -> bool {
    matches!(test, Test::Floor { .. } | Test::Bare { .. } | Test::Band { .. } | Test::Implied)
}

/// One period or unit, judged.
struct Slot {
    name: Said,
    /// Whether its time is over; what is not due cannot be missing.
    due: bool,
    part: Part,
}

/// How many slots came to what.
#[derive(Default)]
struct Tally {
    yes: u32,
    no: u32,
    open: u32,
    absent: u32,
    pending: u32,
    void: u32,
}

/// Counts the slots and gathers what stands behind them.
fn gather(slots: Vec<Slot>) -> (Tally, Part) {
    let (mut tally, mut whole) = (Tally::default(), Part::new(Answer::Open));
    for slot in slots {
        let mark = match (slot.part.answer, slot.due) {
            (Answer::Yes, _) if slot.part.settled || slot.due => &mut tally.yes,
            (Answer::No, _) if slot.part.settled || slot.due => &mut tally.no,
            (Answer::NotApplicable, _) => &mut tally.void,
            (_, false) => &mut tally.pending,
            (Answer::NoData, true) => &mut tally.absent,
            _ => &mut tally.open,
        };
        *mark += 1;
        let key = match slot.part.answer {
            Answer::Yes => "targets-answer-yes",
            Answer::No => "targets-answer-no",
            Answer::Open => "targets-answer-open",
            Answer::NoData if slot.due => "targets-answer-absent",
            Answer::NoData => "targets-answer-pending",
            Answer::NotApplicable => "targets-answer-not-applicable",
        };
        let said = Said::new("targets-step-slot").said("slot", slot.name).key("answer", key);
        let mut part = slot.part;
        whole.steps.push(Step { depth: 3, said, used: part.used.clone() });
        if !slot.due {
            part.missing.clear();
        }
        whole.absorb(part);
    }
    (tally, whole)
}

/// Every slot must hold: one that surely does not decides at once and for good (G13);
/// a due one without data leaves the whole open (G14).
fn every(slots: Vec<Slot>) -> Part {
    let (tally, mut part) = gather(slots);
    let known = tally.yes + tally.open;
    (part.answer, part.settled) = if tally.no > 0 {
        (Answer::No, true)
    } else if tally.open > 0 || (tally.absent > 0 && known > 0) {
        (Answer::Open, false)
    } else if tally.yes > 0 {
        (Answer::Yes, tally.pending == 0)
    } else if tally.void > 0 && tally.absent == 0 {
        (Answer::NotApplicable, tally.pending == 0)
    } else {
        (Answer::NoData, false)
    };
    let all = tally.yes + tally.no + tally.open + tally.absent + tally.pending;
    part.progress = share(tally.yes, all);
    part.value = Some(Said::new("targets-value-of-slots").with("yes", tally.yes).with("all", all));
    part
}

/// At least `k` slots must hold: enough of them decide for good (G12); too few left decide against it.
fn at_least(k: u32, slots: Vec<Slot>) -> Part {
    let (tally, mut part) = gather(slots);
    let hope = tally.open + tally.absent;
    (part.answer, part.settled) = if tally.yes >= k {
        (Answer::Yes, true)
    } else if tally.yes + hope + tally.pending < k {
        (Answer::No, true)
    } else if tally.yes + tally.no + tally.open == 0 {
        (Answer::NoData, false)
    } else if tally.yes + hope >= k {
        (Answer::Open, false)
    } else {
        (Answer::No, false)
    };
    part.progress = share(tally.yes.min(k), k);
    part.value = Some(Said::new("targets-value-of-needed").with("yes", tally.yes).with("needed", k));
    part
}

/// `yes` of `all`, in percent.
fn share(yes: u32, all: u32) -> Option<Exact> {
    if all == 0 { None } else { Exact::from_parts(i64::from(yes) * 100, i64::from(all)) }
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
