//! One row after the other: what it says, and everything that is wrong with it.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use lt_kernel::calendar::Period;
use lt_kernel::quantity::numbers::Convention;
use lt_kernel::{Date, Interval, Said};
use lt_paper::sheet::At;
use lt_web::form::read_date;

use super::columns::{Column, Head};
use super::fault::{Fault, Found};
use super::spell::{self, Spellings};
use super::table::Row;
use crate::file::check;
use crate::file::format::{EvidenceLine, ObservationLine};
use crate::file::value;
use crate::measure::Measure;
use crate::observation::frozen::Frozen;
use crate::observation::{Value, line};
use crate::resolution::model::MeasureId;
use crate::scheme::Schemes;
use crate::verdict::Policy;

/// Everything a row is checked against.
pub struct Around {
    /// The resolution's measures.
    pub measures: Vec<(MeasureId, Measure)>,
    /// Codes of its sentences.
    pub sentences: HashSet<String>,
    /// Its term.
    pub term: Interval,
    /// Schemes of grades.
    pub schemes: Schemes,
    /// Policies.
    pub policy: Policy,
    /// Frozen reviews.
    pub frozen: Frozen,
    /// Words that stand for something.
    pub spellings: Spellings,
    /// What the database holds already, as [`key`] writes it.
    pub known: HashSet<Box<str>>,
}

/// A row that stood every check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ready {
    /// Its number in the file.
    pub row: u32,
    /// Place of its measure among the resolution's.
    pub measure: usize,
    /// The value.
    pub value: Value,
    /// The day.
    pub as_of: Date,
    /// The period.
    pub period: Option<Period>,
    /// The unit.
    pub unit: String,
    /// The kind of event.
    pub event: String,
    /// Code of the sentence.
    pub sentence: String,
    /// Anything to know.
    pub note: String,
    /// What shows it.
    pub evidence: Vec<EvidenceLine>,
}

/// What makes two observations the same, as one text. The parts cannot hold the mark between them.
pub fn key(measure: MeasureId, as_of: &str, parts: [&str; 4]) -> Box<str> {
    let mut key = String::with_capacity(64);
    key.push_str(&measure.0.simple().to_string());
    key.push_str(as_of);
    for part in parts {
        key.push('\u{1f}');
        key.push_str(part);
    }
    key.into_boxed_str()
}

/// Checks rows against what is around them and against each other.
pub struct Checker<'a> {
    around: &'a Around,
    head: &'a Head,
    convention: Convention,
    codes: HashMap<&'a str, usize>,
    seen: HashMap<Box<str>, u32>,
    /// The last day that was read: rows of one day often follow each other.
    day: (String, Option<Date>),
    /// What was found wrong.
    pub found: Found,
    /// What is to be stored.
    pub ready: Vec<Ready>,
    /// Rows of a template nobody filled in.
    pub skipped: usize,
}

impl<'a> Checker<'a> {
    /// A checker for the rows below a head.
    #[must_use]
    pub fn new(around: &'a Around, head: &'a Head, convention: Convention) -> Self {
        let codes = around.measures.iter().enumerate().map(|(at, (_, measure))| (measure.code.as_str(), at)).collect();
        Self {
            around,
            head,
            convention,
            codes,
            seen: HashMap::new(),
            day: (String::new(), None),
            found: Found::default(),
            ready: Vec::new(),
            skipped: 0,
        }
    }

    fn at(&self, row: &Row<'_>, column: Column) -> Option<At> {
        self.head.place(column).map(|place| At { row: row.number(), column: place })
    }

    fn fault(&mut self, row: &Row<'_>, column: Column, said: Said) {
        let at = self.at(row, column);
        self.found.push(Fault { row: Some(row.number()), at, said });
    }

    fn text<'r>(&self, row: &'r Row<'_>, column: Column) -> Cow<'r, str> {
        self.head.place(column).map(|place| row.text(place)).unwrap_or_default()
    }

    fn filled(&self, row: &Row<'_>, column: Column) -> Option<String> {
        let place = self.head.place(column)?;
        let text = row.number_text(place, self.convention);
        (!text.is_empty()).then(|| text.into_owned())
    }

    /// Checks one row.
    pub fn row(&mut self, row: &Row<'_>) {
        let before = self.found.count;
        for place in 0..row.width() {
            if let Some(hazard) = row.formula(place) {
                self.found.push(Fault::at(hazard.at, hazard.said()));
            }
        }
        if self.found.count > before {
            return;
        }
        let is_bare = Column::VALUES.into_iter().chain([Column::AsOf]).all(|column| self.text(row, column).is_empty());
        if is_bare && self.head.place(Column::Name).is_some() {
            self.skipped += 1;
            return;
        }
        let code = self.text(row, Column::Measure);
        let Some(at) = self.codes.get(code.as_ref()).copied() else {
            let said = Said::new("targets-import-measure-unknown").with("measure", &code);
            self.fault(row, Column::Measure, said);
            return;
        };
        let Some(line) = self.line(row, &code) else { return };
        let Some((id, measure)) = self.around.measures.get(at) else { return };
        let around = self.around;
        let checked = check::observation(&line, measure, around.term, &around.schemes, &around.policy, self.convention);
        let checked = match checked {
            Ok(mut checked) => {
                // Numbers of a sheet were spelled by us, not by a person.
                if matches!(row, Row::Sheet(_)) {
                    checked.value.forget_writing();
                }
                checked
            }
            Err(said) => {
                let column = blame(&line, &said, self.convention);
                self.fault(row, column, said);
                return;
            }
        };
        self.alone(row, *id, &line);
        if self.found.count == before {
            self.ready.push(Ready {
                row: row.number(),
                measure: at,
                value: checked.value,
                as_of: checked.as_of,
                period: line.period.parse().ok(),
                unit: line.unit,
                event: line.event,
                sentence: line.sentence,
                note: line.note,
                evidence: line.evidence,
            });
        }
    }

    /// What the cells say; none, with its faults noted, when a cell cannot be read by itself.
    fn line(&mut self, row: &Row<'_>, code: &str) -> Option<ObservationLine> {
        let before = self.found.count;
        let as_of = self.as_of(row);
        let mut line = ObservationLine {
            measure: code.to_owned(),
            value: self.filled(row, Column::Value),
            numerator: self.filled(row, Column::Numerator),
            denominator: self.filled(row, Column::Denominator),
            rest: self.filled(row, Column::Rest),
            rank: self.filled(row, Column::Rank),
            narrative: self.filled(row, Column::Narrative),
            unknown: self.filled(row, Column::Unknown),
            not_applicable: self.filled(row, Column::NotApplicable),
            as_of,
            period: self.text(row, Column::Period).into_owned(),
            unit: self.text(row, Column::Unit).into_owned(),
            event: self.text(row, Column::Event).into_owned(),
            sentence: self.text(row, Column::Sentence).into_owned(),
            note: self.text(row, Column::Note).into_owned(),
            ..ObservationLine::default()
        };
        let around = self.around;
        if let Some(word) = self.filled(row, Column::Grade) {
            match spell::grade(&word, as_of, &around.schemes) {
                Ok(grade) => line.grade = Some(grade),
                Err(said) => self.fault(row, Column::Grade, said),
            }
        }
        if let Some(word) = self.filled(row, Column::Stage) {
            match around.spellings.stage(&word) {
                Ok(stage) => line.stage = Some(stage),
                Err(said) => self.fault(row, Column::Stage, said),
            }
        }
        if let Some(word) = self.filled(row, Column::Chosen) {
            match around.spellings.judgement(&word) {
                Ok(chosen) => line.chosen = Some(chosen),
                Err(said) => self.fault(row, Column::Chosen, said),
            }
        }
        match line::read_evidence(&self.text(row, Column::Evidence)) {
            Ok(evidence) => line.evidence = evidence,
            Err(said) => self.fault(row, Column::Evidence, said),
        }
        if !line.sentence.is_empty() && !around.sentences.contains(&line.sentence) {
            let said = Said::new("targets-file-sentence-unknown").with("sentence", &line.sentence);
            self.fault(row, Column::Sentence, said);
        }
        (self.found.count == before).then_some(line)
    }

    fn as_of(&mut self, row: &Row<'_>) -> Option<Date> {
        let text = self.text(row, Column::AsOf).into_owned();
        if text.is_empty() {
            self.fault(row, Column::AsOf, Said::new("targets-observation-no-date"));
            return None;
        }
        if self.day.0 == text && self.day.1.is_some() {
            return self.day.1;
        }
        match read_date(&text) {
            Ok(day) => {
                self.day = (text, Some(day));
                Some(day)
            }
            Err(fault) => {
                self.fault(row, Column::AsOf, fault.said());
                None
            }
        }
    }

    /// Whether nothing of the same kind is in the file or the database, and no frozen review covers it.
    fn alone(&mut self, row: &Row<'_>, measure: MeasureId, line: &ObservationLine) {
        let Some(as_of) = line.as_of else { return };
        let key = key(measure, &as_of.to_string(), [&line.period, &line.unit, &line.event, &line.sentence]);
        if self.around.known.contains(&key) {
            self.fault(row, Column::Measure, Said::new("targets-import-known"));
        }
        if let Some(review) = self.around.frozen.covers(measure, as_of) {
            let said = review.said();
            self.fault(row, Column::AsOf, said);
        }
        match self.seen.get(&key).copied() {
            Some(first) => self.fault(row, Column::Measure, Said::new("targets-import-twice").with("first", first)),
            None => {
                self.seen.insert(key, row.number());
            }
        }
    }
}

/// The column a fault of a whole line is shown at.
#[must_use]
pub fn blame(line: &ObservationLine, said: &Said, convention: Convention) -> Column {
    match said.key.as_str() {
        "targets-observation-outside-term" | "targets-observation-no-date" => return Column::AsOf,
        "targets-file-period-unknown" => return Column::Period,
        "targets-file-grade-unknown" | "targets-observation-grade-form" => return Column::Grade,
        "targets-observation-rank-form" => return Column::Rank,
        "targets-observation-part-alone" if line.rest.is_some() => return Column::Rest,
        "targets-observation-denominator" | "targets-observation-part-alone" => return Column::Denominator,
        "targets-observation-chosen-alone" => return Column::Chosen,
        _ => {}
    }
    let numbers = [&line.value, &line.numerator, &line.denominator, &line.rest];
    let mut broken = Column::NUMBERS.into_iter().zip(numbers);
    let broken =
        broken.find(|(_, text)| text.as_deref().is_some_and(|text| value::reported(text, convention).is_err()));
    let filled = [
        (Column::Value, line.value.is_some()),
        (Column::Numerator, line.numerator.is_some()),
        (Column::Grade, line.grade.is_some()),
        (Column::Rank, line.rank.is_some()),
        (Column::Stage, line.stage.is_some()),
        (Column::Narrative, line.narrative.is_some()),
    ];
    let first = filled.into_iter().find(|(_, is_filled)| *is_filled).map_or(Column::Value, |(column, _)| column);
    broken.map_or(first, |(column, _)| column)
}
