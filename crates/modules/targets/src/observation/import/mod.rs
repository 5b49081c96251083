//! Many observations from one table: looked at in full before anything is stored, then all stored or none.

pub mod check;
pub mod columns;
pub mod fault;
pub mod out;
pub mod spell;
pub mod table;
#[cfg(test)]
mod tests;
pub mod web;

use std::collections::{BTreeMap, HashSet};

use lt_kernel::id::Ids;
use lt_kernel::quantity::numbers::{Convention, Detected, detect};
use lt_kernel::{Date, Instant, Said};
use lt_paper::sheet::At;
use lt_store::{Db, StoreError, Unit, params};
use lt_web::Words;
use serde_json::json;

use self::check::{Around, Checker, Ready};
use self::columns::{Column, Head};
use self::fault::{Fault, Found};
use self::spell::Spellings;
use self::table::{Row, Table};
use super::frozen::Frozen;
use super::model::{Evidence, Observation, ObservationId};
use super::store::{self, New, NewEvidence};
use crate::resolution::model::{MeasureId, ResolutionId};
use crate::resolution::store::Whole;
use crate::resolution::write::Hand;
use crate::review::store::refuse_if_frozen;
use crate::verdict::Policy;

/// What a look through a file found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outcome {
    /// What would be stored; only of use when nothing is wrong.
    pub ready: Vec<Ready>,
    /// What is wrong.
    pub found: Found,
    /// Rows of a template nobody filled in.
    pub skipped: usize,
    /// Numbers of the file can be read two ways, and somebody must say which is meant.
    pub asks: bool,
    /// How numbers were read, when a witness or a person settled it.
    pub convention: Option<Convention>,
}

impl Around {
    /// What the rows of a resolution's import are checked against.
    ///
    /// # Errors
    /// As [`Db::read`].
    pub async fn load(db: &Db, whole: &Whole, policy: &Policy, words: &Words) -> Result<Self, StoreError> {
        Ok(Self {
            measures: whole.measures.clone(),
            sentences: whole.sentences.iter().map(|sentence| sentence.code.clone()).collect(),
            term: whole.listed.term,
            schemes: crate::scheme::store::load(db).await?,
            policy: policy.clone(),
            frozen: Frozen::load(db, whole.listed.org).await?,
            spellings: Spellings::of(words),
            known: known(db, whole).await?,
        })
    }
}

/// What the database holds of a resolution's measures already.
async fn known(db: &Db, whole: &Whole) -> Result<HashSet<Box<str>>, StoreError> {
    let sql = "SELECT o.measure, o.as_of, o.period, o.unit, o.event, o.sentence FROM targets_use u \
               JOIN targets_observation o ON o.measure = u.measure \
               WHERE u.resolution = $1 AND o.withdrawn_at IS NULL";
    db.scan_fold(sql, params![whole.listed.id], HashSet::new(), |known, row| {
        let parts = [row.text(2)?, row.text(3)?, row.text(4)?, row.text(5)?];
        known.insert(check::key(MeasureId(row.id(0)?), row.text(1)?, parts));
        Ok(())
    })
    .await
}

/// Looks through a file. `chosen` is the writing of numbers a person chose; none: it is found out.
#[must_use]
pub fn look(bytes: &[u8], around: &Around, chosen: Option<Convention>) -> Outcome {
    let mut outcome = Outcome::default();
    let table = match Table::open(bytes) {
        Ok(table) => table,
        Err(fault) => {
            outcome.found.push(Fault::of_file(fault.said()));
            return outcome;
        }
    };
    outcome.found.extend(table.hazards().into_iter().map(|hazard| Fault::at(hazard.at, hazard.said())));
    let head = match head(&table) {
        Ok(head) => head,
        Err(faults) => {
            outcome.found.extend(faults);
            return outcome;
        }
    };
    let convention = match chosen {
        Some(convention) => convention,
        None => match find_convention(&table, &head) {
            Ok(convention) => convention,
            Err(faults) => {
                outcome.found.extend(faults);
                outcome.asks = true;
                Convention::Unknown
            }
        },
    };
    rows(&table, around, &head, convention, outcome)
}

fn rows(table: &Table<'_>, around: &Around, head: &Head, convention: Convention, mut outcome: Outcome) -> Outcome {
    let mut checker = Checker::new(around, head, convention);
    let mut is_head = true;
    let end = table.each(|row| {
        if !std::mem::take(&mut is_head) {
            checker.row(row);
        }
    });
    let Checker { found, ready, skipped, .. } = checker;
    outcome.found.count += found.count - found.list.len();
    outcome.convention = Some(convention).filter(|convention| *convention != Convention::Unknown);
    let (asked, kept): (Vec<Fault>, Vec<Fault>) =
        found.list.into_iter().partition(|fault| fault.said.key == "kernel-number-ambiguous");
    outcome.asks |= !asked.is_empty();
    outcome.found.extend(once(asked));
    outcome.found.extend(kept);
    (outcome.ready, outcome.skipped) = (ready, skipped);
    if let Err(fault) = end {
        outcome.found.push(Fault::of_file(fault.said()));
    } else if outcome.ready.is_empty() && outcome.found.is_empty() {
        outcome.found.push(Fault::of_file(Said::new("targets-import-nothing")));
    }
    outcome
}

/// The first number that can be read two ways, and how many more there are: one question for the whole file.
fn once(asked: Vec<Fault>) -> Vec<Fault> {
    let more = asked.len().saturating_sub(1);
    let mut kept: Vec<Fault> = asked.into_iter().take(2).collect();
    if let Some(second) = kept.get_mut(1) {
        second.said = Said::new("targets-import-ambiguous-more").with("count", more);
    }
    kept
}

/// The head, and how the file ends before it does.
fn head(table: &Table<'_>) -> Result<Head, Vec<Fault>> {
    let mut head = None;
    let end = table.each(|row| {
        if head.is_none() {
            head = Some(Head::read(row));
        }
    });
    match (head, end) {
        (Some(head), Ok(())) => head,
        (_, Err(fault)) => Err(vec![Fault::of_file(fault.said())]),
        (None, Ok(())) => Err(vec![Fault::of_file(Said::new("targets-import-nothing"))]),
    }
}

/// The number in a phrase such as "gần 90,5" or "95% trở lên".
fn number_of(phrase: &str) -> &str {
    let start = phrase.find(|c: char| c.is_ascii_digit()).unwrap_or(phrase.len());
    let rest = phrase.get(start..).unwrap_or_default();
    let end = rest.find(char::is_alphabetic).unwrap_or(rest.len());
    rest.get(..end).unwrap_or_default().trim()
}

/// How the file writes its numbers: one plain witness settles it for all.
///
/// # Errors
/// Two witnesses that contradict each other, each with its place.
fn find_convention(table: &Table<'_>, head: &Head) -> Result<Convention, Vec<Fault>> {
    let columns: Vec<u16> = Column::NUMBERS.into_iter().filter_map(|column| head.place(column)).collect();
    let mut witness: [Option<(At, String)>; 2] = [None, None];
    let mut is_head = true;
    // A fault of the file was found when the head was read.
    let _ = table.each(|row| {
        if !std::mem::take(&mut is_head) && witness.iter().any(Option::is_none) {
            for place in &columns {
                look_at(row, *place, &mut witness);
            }
        }
    });
    match witness {
        [Some((vi_at, vi)), Some((en_at, en))] => {
            let said = Said::new("targets-import-mixed").with("vi", vi).with("en", en);
            Err([vi_at, en_at].map(|at| Fault::at(at, said.clone().with("vi_at", vi_at).with("en_at", en_at))).into())
        }
        [Some(_), None] => Ok(Convention::Vi),
        [None, Some(_)] => Ok(Convention::En),
        [None, None] => Ok(Convention::Unknown),
    }
}

fn look_at(row: &Row<'_>, place: u16, witness: &mut [Option<(At, String)>; 2]) {
    let Some(text) = row.typed_text(place) else { return };
    let number = number_of(&text);
    if !number.contains(['.', ',']) {
        return;
    }
    let found = match detect([number]) {
        Detected::Consistent(Convention::Vi) => 0,
        Detected::Consistent(Convention::En) => 1,
        _ => return,
    };
    if let Some(free @ None) = witness.get_mut(found) {
        *free = Some((At { row: row.number(), column: place }, text.trim().to_owned()));
    }
}

/// A file that may be stored, and whose it is.
pub struct Whose<'a> {
    /// Its organisation's resolution.
    pub whole: &'a Whole,
    /// Name of the file.
    pub name: &'a str,
    /// SHA-256 of its content.
    pub sha256: &'a str,
}

/// Everything in the file as one unit, with one change for all of it.
#[must_use]
pub fn unit(ready: &[Ready], hand: &Hand, whose: &Whose<'_>, ids: &dyn Ids) -> Unit {
    let measures = &whose.whole.measures;
    let new: Vec<New> = ready
        .iter()
        .zip(0_i64..)
        .filter_map(|(one, at)| new(one, (whose.whole.listed.id, measures.get(one.measure)?.0), hand, at, ids))
        .collect();
    // The earliest day of each measure is the first a review covers.
    let mut firsts: BTreeMap<MeasureId, Date> = BTreeMap::new();
    for one in &new {
        let first = firsts.entry(one.measure).or_insert(one.seen.as_of);
        *first = one.seen.as_of.min(*first);
    }
    let touched: Vec<MeasureId> = firsts.keys().copied().collect();
    let mut unit = Unit::new();
    store::insert(&mut unit, hand.actor, &new);
    store::touch(&mut unit, hand.org, &touched);
    for (measure, first) in firsts {
        refuse_if_frozen(&mut unit, hand.org, measure, first);
    }
    let names: HashSet<usize> = ready.iter().map(|one| one.measure).collect();
    let mut codes: Vec<&str> =
        names.into_iter().filter_map(|at| measures.get(at)).map(|(_, measure)| measure.code.as_str()).collect();
    codes.sort_unstable();
    unit.emit(hand.change("targets.resolution", whose.whole.listed.id, "observations-imported").after(&json!({
        "file": whose.name,
        "sha256": whose.sha256,
        "observations": new.len(),
        "measures": codes,
    })));
    unit
}

fn new(
    one: &Ready,
    (resolution, measure): (ResolutionId, MeasureId),
    hand: &Hand,
    at: i64,
    ids: &dyn Ids,
) -> Option<New> {
    let filled = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let evidence = one.evidence.iter();
    Some(New {
        seen: Observation {
            id: ObservationId(ids.next(hand.now)),
            value: one.value.clone(),
            as_of: one.as_of,
            period: one.period,
            unit: filled(&one.unit),
            event: filled(&one.event),
            // One microsecond apart, so that the order of the file is kept.
            recorded_at: Instant::from_micros(hand.now.micros().checked_add(at)?),
            approved: false,
            evidence: one.evidence.iter().map(|shown| shown.kind).max().unwrap_or(Evidence::None),
        },
        measure,
        resolution: Some(resolution),
        sentence: one.sentence.clone(),
        note: one.note.clone(),
        evidence: evidence.map(|line| NewEvidence { id: ids.next(hand.now), line: line.clone(), file: None }).collect(),
        replaces: None,
    })
}
