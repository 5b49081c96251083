//! Texts of the secretary: `{T12}` stands for the value of a target, `{measure}` for the latest value of a measure;
//! a number of a document or a date is put between square brackets. Any other number has no source.

use lt_kernel::Said;

use super::content::{Figure, Paragraph, Run};
use crate::observation::ObservationId;
use crate::review::frozen::{Frozen, used};
use crate::target::said::value_said;

/// What keeps a text out of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// A number without an observation and not marked as one of a document.
    Unsourced(String),
    /// A placeholder that names no target and no measure.
    NoSuch(String),
    /// A bracket that is not closed.
    Unclosed(char),
}

impl Fault {
    /// The fault for a reader.
    #[must_use]
    pub fn said(&self) -> Said {
        match self {
            Self::Unsourced(number) => Said::new("targets-report-unsourced").with("number", number),
            Self::NoSuch(name) => Said::new("targets-report-no-such").with("name", name),
            Self::Unclosed(sign) => Said::new("targets-report-unclosed").with("sign", sign),
        }
    }
}

/// Turns a text into paragraphs (one a line) with its figures put in.
#[must_use]
pub fn read(text: &str, frozen: &Frozen) -> (Vec<Paragraph>, Vec<Fault>) {
    let (mut paragraphs, mut faults) = (Vec::new(), Vec::new());
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        paragraphs.push(paragraph(line, frozen, &mut faults));
    }
    (paragraphs, faults)
}

fn paragraph(line: &str, frozen: &Frozen, faults: &mut Vec<Fault>) -> Paragraph {
    let (mut runs, mut words, mut rest) = (Vec::new(), String::new(), line);
    while let Some(next) = rest.chars().next() {
        let close = match next {
            '{' => '}',
            '[' => ']',
            '0'..='9' => {
                let end = rest.find(|letter: char| !is_part(letter)).unwrap_or(rest.len());
                let (number, after) = rest.split_at(end);
                faults.push(Fault::Unsourced(number.trim_end_matches(['.', ',', '/', '-', '–']).to_owned()));
                words.push_str(number);
                rest = after;
                continue;
            }
            other => {
                words.push(other);
                rest = rest.get(other.len_utf8()..).unwrap_or_default();
                continue;
            }
        };
        let Some((inside, after)) = rest.get(1..).and_then(|inside| inside.split_once(close)) else {
            faults.push(Fault::Unclosed(next));
            words.push_str(rest);
            break;
        };
        rest = after;
        if next == '[' {
            words.push_str(inside);
            continue;
        }
        if let Some(figure) = figure(inside.trim(), frozen) {
            if !words.is_empty() {
                runs.push(Run::Words { text: std::mem::take(&mut words) });
            }
            runs.push(Run::Figure(figure));
        } else {
            faults.push(Fault::NoSuch(inside.trim().to_owned()));
            words.extend(["{", inside, "}"]);
        }
    }
    if !words.is_empty() {
        runs.push(Run::Words { text: words });
    }
    runs
}

/// Whether a letter goes on with a number that has begun: `4.600`, `12/3/2023`, `66,67%`, `12-NQ`.
fn is_part(letter: char) -> bool {
    letter.is_ascii_digit() || matches!(letter, '.' | ',' | '/' | '-' | '–' | '%')
}

/// The figure of a target's or measure's code; none when there is neither.
#[must_use]
pub fn figure(code: &str, frozen: &Frozen) -> Option<Figure> {
    if let Some((held, verdict)) = frozen.rows().find(|(held, _)| held.target.code == code) {
        let none = || Said::new("targets-report-no-value");
        let said = verdict.value.clone().unwrap_or_else(none);
        return Some(Figure { said, target: held.target.code.clone(), rests: latest_first(frozen, used(verdict)) });
    }
    let measure = frozen.measure(code)?;
    let own = frozen.observations.iter().enumerate().filter(|(_, one)| one.measure == code);
    let newest = own.max_by_key(|(place, one)| (one.seen.as_of, *place)).map(|(_, one)| one);
    Some(match newest {
        Some(one) => Figure {
            said: value_said(&one.seen.value, measure.unit, &frozen.schemes),
            target: target_of(frozen, code),
            rests: vec![one.seen.id],
        },
        None => Figure { said: Said::new("targets-report-no-value"), target: String::new(), rests: Vec::new() },
    })
}

/// A target that uses a measure; empty when none does.
#[must_use]
pub fn target_of(frozen: &Frozen, measure: &str) -> String {
    let uses = |target: &crate::target::Target| {
        target.readings.iter().flat_map(|reading| &reading.conditions).any(|condition| condition.measure == measure)
    };
    let found = frozen.targets.iter().find(|held| uses(&held.target));
    found.map(|held| held.target.code.clone()).unwrap_or_default()
}

/// Observations, the latest day first.
#[must_use]
pub fn latest_first(frozen: &Frozen, mut ids: Vec<ObservationId>) -> Vec<ObservationId> {
    let days: std::collections::HashMap<ObservationId, lt_kernel::Date> =
        frozen.observations.iter().map(|one| (one.seen.id, one.seen.as_of)).collect();
    ids.sort_by_key(|id| std::cmp::Reverse(days.get(id).copied()));
    ids
}
