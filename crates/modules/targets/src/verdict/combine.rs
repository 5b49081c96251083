//! From conditions to readings to the verdict, and from the verdict to its four statuses.

use std::collections::HashSet;

use lt_kernel::Said;
use lt_kernel::quantity::relative::solve_target;
use lt_kernel::quantity::{Exact, Span};

use super::model::{Approval, Claim, Excess, Inputs, Outcome, Rolled, Schedule, Step, Verdict};
use super::over::Bench;
use super::part::{Answer, Part};
use super::{RULES, test};
use crate::measure::Measure;
use crate::observation::{Evidence, Observation, ObservationId};
use crate::target::{Condition, Reading, Target, Test};

/// The largest target number tried when one is solved from a claim.
const LARGEST_IMPLIED: i64 = 100_000;

/// Judges a target.
#[must_use]
pub fn judge(target: &Target, inputs: &Inputs<'_>) -> Verdict {
    let mut parts: Vec<Part> = target.readings.iter().map(|reading| judge_reading(reading, inputs)).collect();
    let mut part = if parts.len() == 1 { parts.remove(0) } else { one_of(target, parts) };
    check_claims(&mut part, inputs);
    conclude(part, target, inputs)
}

/// All conditions of a reading together.
fn judge_reading(reading: &Reading, inputs: &Inputs<'_>) -> Part {
    let mut parts: Vec<Part> = reading.conditions.iter().map(|condition| judge_condition(condition, inputs)).collect();
    if parts.len() == 1 {
        return parts.remove(0);
    }
    let (mut whole, mut answers) = (Part::new(Answer::Open), Vec::new());
    for (condition, part) in reading.conditions.iter().zip(parts) {
        answers.push((part.answer, part.settled));
        let said = inputs.measures.get(&condition.measure).map_or_else(
            || Said::new("targets-step-condition").with("measure", &condition.measure),
            |known| known.said("targets-step-condition"),
        );
        whole.steps.push(Step { depth: 1, said: said.key("answer", answer_key(part.answer)), used: part.used.clone() });
        whole.absorb(part);
    }
    (whole.answer, whole.settled) = all_of(&answers);
    whole
}

/// Kleene's "and", with "no data" only where nothing at all is known.
fn all_of(answers: &[(Answer, bool)]) -> (Answer, bool) {
    let has = |wanted: Answer| answers.iter().any(|(answer, _)| *answer == wanted);
    let settled = answers.iter().all(|(_, settled)| *settled);
    if has(Answer::No) {
        // One that is lost for good is enough, whatever the others may still come to.
        return (Answer::No, answers.contains(&(Answer::No, true)));
    }
    let known = has(Answer::Yes) || has(Answer::Open);
    if has(Answer::Open) || (has(Answer::NoData) && known) {
        (Answer::Open, false)
    } else if has(Answer::NoData) {
        (Answer::NoData, false)
    } else if has(Answer::Yes) {
        (Answer::Yes, settled)
    } else {
        (Answer::NotApplicable, settled)
    }
}

/// Whether a part ("trong đó") surely is larger than the whole it is a part of.
#[must_use]
pub fn part_exceeds_whole(part: &Verdict, whole: &Verdict) -> Option<Said> {
    let (least, most) = (part.low?, whole.high?);
    (least > most)
        .then(|| Said::new("targets-finding-part-exceeds-whole").number("part", least, 2).number("whole", most, 2))
}

/// Several readings: only what all of them agree on is said.
fn one_of(target: &Target, parts: Vec<Part>) -> Part {
    let mut whole = Part::new(Answer::Open);
    let first = parts.first().map_or((Answer::NoData, false), |part| (part.answer, part.settled));
    let agree = parts.iter().all(|part| part.answer == first.0);
    let settled = parts.iter().all(|part| part.settled);
    for (reading, part) in target.readings.iter().zip(parts) {
        whole.steps.push(Step {
            depth: 1,
            said: Said::new("targets-step-reading")
                .with("label", &reading.label)
                .key("answer", answer_key(part.answer)),
            used: part.used.clone(),
        });
        whole.value = whole.value.or_else(|| part.value.clone());
        whole.absorb(part);
    }
    if agree {
        (whole.answer, whole.settled) = (first.0, settled);
    } else {
        whole.missing.insert(0, Said::new("targets-missing-readings-disagree").with("open", &target.open));
    }
    whole
}

const fn answer_key(answer: Answer) -> &'static str {
    match answer {
        Answer::Yes => "targets-answer-yes",
        Answer::No => "targets-answer-no",
        Answer::Open => "targets-answer-open",
        Answer::NoData => "targets-answer-absent",
        Answer::NotApplicable => "targets-answer-not-applicable",
    }
}

/// One condition over the whole term.
fn judge_condition(condition: &Condition, inputs: &Inputs<'_>) -> Part {
    if let Test::MetShare { resolution, .. } = &condition.test {
        return rolled_up(condition, resolution, inputs);
    }
    let Some(measure) = inputs.measures.get(&condition.measure) else {
        return Part::nothing(Said::new("targets-missing-measure").with("measure", &condition.measure));
    };
    let none = Vec::new();
    let seen: Vec<&Observation> = inputs
        .observations
        .get(&condition.measure)
        .unwrap_or(&none)
        .iter()
        .filter(|one| inputs.term.holds(one.as_of) && one.as_of <= inputs.at)
        .collect();
    let bench = Bench { condition, measure, inputs };
    let mut part = bench.judge(&condition.over, &seen, inputs.term, 2);
    if condition.test == Test::Implied {
        solve(&mut part, &bench, &seen);
    }
    part
}

/// The share of another resolution's targets that are met (R1).
fn rolled_up(condition: &Condition, resolution: &str, inputs: &Inputs<'_>) -> Part {
    let Some(Rolled { met, all, open }) = inputs.rolled.get(resolution).copied() else {
        return Part::nothing(Said::new("targets-missing-resolution").with("resolution", resolution));
    };
    let is_over = inputs.term.to.is_some_and(|to| to <= inputs.at);
    if all == 0 {
        let mut part = Part::new(Answer::NotApplicable);
        part.value = Some(Said::new("targets-value-of-nothing"));
        part.settled = is_over;
        return part;
    }
    let undecided =
        Said::new("targets-missing-rolled").with("open", open).with("all", all).with("resolution", resolution);
    if open >= all {
        return Part::nothing(undecided);
    }
    // What is not known of a target is neither a yes nor a no.
    let share = |met: u32| Exact::from_parts(i64::from(met) * 100, i64::from(all)).unwrap_or(Exact::ZERO);
    let span = Span::closed(share(met), share(met + open)).unwrap_or_else(|| Span::point(share(met)));
    let mut part = test::number(condition, &span, &Measure::percent(resolution));
    if open > 0 {
        part.missing.push(undecided);
    }
    part.value = Some(Said::new("targets-value-of-slots").with("yes", met).with("all", all));
    part.settled = is_over && part.answer != Answer::Open;
    part
}

/// Solves a number that was not written from "exceeds by p %" (R12, R13, G9, G18). It stays implied.
fn solve(part: &mut Part, bench: &Bench<'_>, seen: &[&Observation]) {
    if part.answer == Answer::NoData {
        return;
    }
    let sum = bench.total(seen).and_then(|span| span.single());
    let claim = bench.inputs.claims.iter().find_map(|claim| Some((claim.excess?, claim.places.unwrap_or(2))));
    let (Some(value), Some((excess, places))) = (sum, claim) else {
        part.answer = Answer::NoData;
        part.missing.push(Said::new("targets-missing-implied"));
        return;
    };
    let solved = solve_target(&value, &excess, places, 1..=LARGEST_IMPLIED);
    if let [only] = solved.as_slice() {
        part.answer = Answer::Yes;
        part.implied = Some(Exact::whole(*only));
        part.excess = Some(Excess { by: excess, points: false, at_least: false });
        part.steps.push(Step {
            depth: 2,
            said: Said::new("targets-step-implied")
                .number("value", value, 2)
                .number("excess", excess, places)
                .with("target", only),
            used: part.used.clone(),
        });
    } else {
        part.answer = Answer::Open;
        part.missing.push(Said::new("targets-missing-not-computable").with("solutions", solved.len()));
    }
}

/// Compares what the report claims with what was found.
fn check_claims(part: &mut Part, inputs: &Inputs<'_>) {
    for claim in inputs.claims {
        let key = match (outcome(part), claim.outcome) {
            (found, told) if found == told => "targets-finding-claim-agrees",
            (Outcome::Met, Outcome::Exceeded) | (Outcome::Exceeded, Outcome::Met) => "targets-finding-claim-near",
            (Outcome::Unknown | Outcome::Undetermined | Outcome::NotApplicable, _) => "targets-finding-claim-unchecked",
            _ => "targets-finding-claim-disagrees",
        };
        part.findings.push(claim_said(key, claim, outcome(part)));
    }
}

fn claim_said(key: &str, claim: &Claim, found: Outcome) -> Said {
    Said::new(key)
        .key("told", format!("targets-outcome-{}", claim.outcome.code()))
        .key("found", format!("targets-outcome-{}", found.code()))
        .with("sentence", &claim.sentence)
}

/// The value status of an answer.
fn outcome(part: &Part) -> Outcome {
    match part.answer {
        Answer::Yes if part.excess.is_some() => Outcome::Exceeded,
        Answer::Yes => Outcome::Met,
        Answer::No => Outcome::NotMet,
        Answer::Open => Outcome::Undetermined,
        Answer::NoData => Outcome::Unknown,
        Answer::NotApplicable => Outcome::NotApplicable,
    }
}

/// The four statuses.
fn conclude(part: Part, target: &Target, inputs: &Inputs<'_>) -> Verdict {
    let found = outcome(&part);
    let elapsed = elapsed(inputs);
    let ids: HashSet<ObservationId> = part.used.iter().copied().collect();
    let measures: HashSet<&str> = target.measures().collect();
    let seen = measures.into_iter().filter_map(|code| inputs.observations.get(code)).flatten();
    let used: Vec<&Observation> = seen.filter(|one| ids.contains(&one.id)).collect();
    let approval = if used.is_empty() {
        Approval::None
    } else if used.iter().all(|one| one.approved) {
        Approval::Approved
    } else {
        Approval::Recorded
    };
    Verdict {
        outcome: found,
        settled: part.settled && !matches!(found, Outcome::Unknown),
        excess: part.excess.clone().filter(|_| found == Outcome::Exceeded),
        evidence: used.iter().map(|one| one.evidence).min().unwrap_or(Evidence::None),
        schedule: schedule(&part, found, &elapsed, inputs),
        approval,
        elapsed,
        progress: part.progress,
        low: part.low,
        high: part.high,
        value: part.value,
        steps: part.steps,
        findings: part.findings,
        missing: part.missing,
        implied: part.implied,
        rules: format!("{RULES}/{}", inputs.policy.version),
    }
}

/// Share of the term that has passed on the day of the verdict, in percent.
fn elapsed(inputs: &Inputs<'_>) -> Exact {
    let hundred = Exact::HUNDRED;
    let Some(to) = inputs.term.to else { return Exact::ZERO };
    if inputs.at < inputs.term.from {
        return Exact::ZERO;
    }
    let days = |from, to| lt_kernel::clock::days_between(from, to);
    let (past, all) = (days(inputs.term.from, inputs.at), days(inputs.term.from, to));
    if past >= all { hundred } else { Exact::from_parts(past * 100, all).unwrap_or(hundred) }
}

fn schedule(part: &Part, found: Outcome, elapsed: &Exact, inputs: &Inputs<'_>) -> Schedule {
    if inputs.at < inputs.term.from {
        return Schedule::NotBegun;
    }
    if inputs.term.to.is_some_and(|to| to <= inputs.at) {
        return Schedule::Ended;
    }
    if found.is_met() || found == Outcome::NotApplicable {
        return Schedule::OnTheWay;
    }
    let behind = match &part.progress {
        Some(progress) => progress.checked_add(&inputs.policy.lag).is_ok_and(|hoped| hoped < *elapsed),
        None => *elapsed > inputs.policy.late,
    };
    if behind || (found == Outcome::NotMet && part.settled) { Schedule::AtRisk } else { Schedule::OnTheWay }
}
