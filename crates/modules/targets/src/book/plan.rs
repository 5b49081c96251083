//! What judging a resolution looks up again and again, worked out once from its definitions.

use std::collections::HashMap;
use std::sync::Arc;

use crate::file::format::Sentence;
use crate::measure::Measure;
use crate::resolution::model::MeasureId;
use crate::resolution::store::Whole;
use crate::target::{Target, Test};
use crate::verdict::model::Claim;

/// A resolution, and the ways from one of its parts to another. Places are those of [`Whole::targets`].
#[derive(Debug)]
pub struct Plan {
    /// The resolution.
    pub whole: Arc<Whole>,
    /// Its measures by code.
    pub(super) measures: HashMap<String, Measure>,
    /// Code of each measure.
    pub(super) codes: HashMap<MeasureId, String>,
    /// The measures each target uses, each once.
    pub(super) uses: Vec<Vec<MeasureId>>,
    /// The targets that use a measure.
    pub(super) by_measure: HashMap<MeasureId, Vec<usize>>,
    /// Codes of the resolutions it rolls up, each once.
    pub(super) rolled: Vec<String>,
    /// The targets that roll up another resolution.
    pub(super) rolling: Vec<usize>,
    /// The sentence of each target, and the targets of each sentence.
    sentences: Vec<Option<usize>>,
    targets: Vec<Vec<usize>>,
    /// Each part ("trong đó") with the whole it is a part of.
    pub(super) parts: Vec<(usize, usize)>,
    claims: HashMap<String, Vec<Claim>>,
}

impl Plan {
    /// The plan of a resolution.
    #[must_use]
    pub fn of(whole: Whole) -> Self {
        let ids: HashMap<&str, MeasureId> =
            whole.measures.iter().map(|(id, measure)| (measure.code.as_str(), *id)).collect();
        let (mut by_measure, mut rolled, mut rolling) = (HashMap::<_, Vec<_>>::new(), Vec::new(), Vec::new());
        let mut uses = Vec::with_capacity(whole.targets.len());
        for (place, held) in whole.targets.iter().enumerate() {
            let mut own: Vec<MeasureId> = held.target.measures().filter_map(|code| ids.get(code)).copied().collect();
            own.sort_unstable();
            own.dedup();
            for measure in &own {
                by_measure.entry(*measure).or_default().push(place);
            }
            uses.push(own);
            for code in rolled_codes(&held.target) {
                rolling.push(place);
                if code != whole.listed.code {
                    rolled.push(code.to_owned());
                }
            }
        }
        rolling.dedup();
        rolled.sort_unstable();
        rolled.dedup();
        let by_code: HashMap<&str, usize> =
            whole.sentences.iter().enumerate().map(|(at, sentence)| (sentence.code.as_str(), at)).collect();
        let sentences: Vec<Option<usize>> =
            whole.targets.iter().map(|held| by_code.get(held.target.sentence.as_str()).copied()).collect();
        let mut targets = vec![Vec::new(); whole.sentences.len()];
        for (place, sentence) in sentences.iter().enumerate() {
            if let Some(list) = sentence.and_then(|at| targets.get_mut(at)) {
                list.push(place);
            }
        }
        let mut claims = HashMap::<String, Vec<Claim>>::new();
        for claim in &whole.claims {
            claims.entry(claim.target.clone()).or_default().push(claim.clone());
        }
        Self {
            measures: whole.measures.iter().map(|(_, measure)| (measure.code.clone(), measure.clone())).collect(),
            codes: whole.measures.iter().map(|(id, measure)| (*id, measure.code.clone())).collect(),
            parts: parts(&whole),
            uses,
            by_measure,
            rolled,
            rolling,
            sentences,
            targets,
            claims,
            whole: Arc::new(whole),
        }
    }

    /// The sentence of the target at `place`.
    #[must_use]
    pub fn sentence(&self, place: usize) -> Option<&Sentence> {
        self.whole.sentences.get((*self.sentences.get(place)?)?)
    }

    /// Places of the targets that stand on the sentence at `at`.
    #[must_use]
    pub fn targets_of(&self, at: usize) -> &[usize] {
        self.targets.get(at).map_or(&[], Vec::as_slice)
    }

    /// What reports claim about a target.
    pub(super) fn claims(&self, target: &str) -> &[Claim] {
        self.claims.get(target).map_or(&[], Vec::as_slice)
    }
}

/// Each target that is a part of another, with that other.
fn parts(whole: &Whole) -> Vec<(usize, usize)> {
    let by_code: HashMap<&str, usize> =
        whole.targets.iter().enumerate().map(|(at, held)| (held.target.code.as_str(), at)).collect();
    let targets = whole.targets.iter().enumerate();
    targets.filter_map(|(at, held)| Some((at, *by_code.get(held.target.of_which.as_str())?))).collect()
}

/// Codes of the resolutions a target rolls up.
fn rolled_codes(target: &Target) -> impl Iterator<Item = &str> {
    target.readings.iter().flat_map(|one| &one.conditions).filter_map(|condition| match &condition.test {
        Test::MetShare { resolution, .. } => Some(resolution.as_str()),
        _ => None,
    })
}
