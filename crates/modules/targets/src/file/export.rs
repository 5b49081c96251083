//! Back to the file: what was imported comes out the same, with what was recorded since.

use std::collections::HashMap;

use lt_kernel::Interval;

use super::format::{FORMAT, ObservationLine, ResolutionFile};
use super::value;
use crate::observation::store::Detail;
use crate::resolution::model::MeasureId;
use crate::resolution::store::Whole;

/// The file of a resolution: its own content and the observations that came through it, lie within its term and
/// were not withdrawn, oldest first. A measure may serve several resolutions; what came through another one is in
/// the file of that one. Observations whose way was never noted go with every resolution of their measure.
#[must_use]
pub fn export(whole: &Whole, observations: &[Detail]) -> ResolutionFile {
    let codes: HashMap<MeasureId, &str> =
        whole.measures.iter().map(|(id, measure)| (*id, measure.code.as_str())).collect();
    let term = whole.header.term.interval();
    ResolutionFile {
        format: FORMAT.to_owned(),
        resolution: whole.header.clone(),
        sentences: whole.sentences.clone(),
        measures: whole.measures.iter().map(|(_, measure)| measure.clone()).collect(),
        targets: whole.targets.iter().map(|held| held.target.clone()).collect(),
        observations: observations
            .iter()
            .filter(|one| one.resolution.is_none_or(|way| way == whole.listed.id))
            .filter_map(|one| line(one, &codes, term))
            .collect(),
        claims: whole.claims.clone(),
    }
}

fn line(one: &Detail, codes: &HashMap<MeasureId, &str>, term: Interval) -> Option<ObservationLine> {
    if one.withdrawn.is_some() || !term.holds(one.seen.as_of) {
        return None;
    }
    let mut line = ObservationLine {
        measure: (*codes.get(&one.measure)?).to_owned(),
        as_of: Some(one.seen.as_of),
        period: one.seen.period.as_ref().map(ToString::to_string).unwrap_or_default(),
        unit: one.seen.unit.clone().unwrap_or_default(),
        event: one.seen.event.clone().unwrap_or_default(),
        sentence: one.sentence.clone(),
        note: one.note.clone(),
        evidence: one.evidence.iter().map(|shown| shown.line.clone()).collect(),
        ..ObservationLine::default()
    };
    value::write(&one.seen.value, &mut line);
    Some(line)
}
