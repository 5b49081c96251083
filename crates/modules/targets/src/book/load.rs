//! Reading what a board needs, and judging while reading, so that a million observations need little memory.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use lt_kernel::{Date, Instant};
use lt_store::{Db, StoreError, Val, params};

use crate::measure::Measure;
use crate::observation::Observation;
use crate::observation::store::{SEEN, seen_ref};
use crate::resolution::model::{MeasureId, ResolutionId};
use crate::resolution::store::{self, Whole, json};
use crate::scheme::Schemes;
use crate::target::{Target, Test};
use crate::verdict::model::Claim;
use crate::verdict::{Inputs, Policy, Rolled, Verdict, judge};

/// What is judged, and everything it depends on besides observations.
pub struct Judged {
    /// The resolution.
    pub whole: Arc<Whole>,
    /// Schemes of grades.
    pub schemes: Schemes,
    /// What the targets of other resolutions came to, by code.
    pub rolled: HashMap<String, Rolled>,
    /// The day.
    pub at: Date,
    /// Policies.
    pub policy: Arc<Policy>,
}

/// A resolution with its targets as they were defined at an instant.
///
/// # Errors
/// As [`Db::read`].
pub(super) async fn whole(db: &Db, id: ResolutionId, known: Option<Instant>) -> Result<Option<Whole>, StoreError> {
    let Some(mut whole) = store::whole(db, id).await? else { return Ok(None) };
    if let Some(known) = known {
        let sql = "SELECT d.target, d.version, d.definition FROM targets_definition d \
                   JOIN targets_target t ON t.id = d.target \
                   WHERE t.resolution = $1 AND d.defined_at <= $2 ORDER BY d.target, d.version";
        let mut then = HashMap::new();
        for row in db.read(sql, params![id, known]).await? {
            let (target, version): (crate::resolution::TargetId, i64) = (row.get("target")?, row.get("version")?);
            then.insert(target, (version, json::<Target>(&row, "definition")?));
        }
        whole.targets.retain_mut(|held| match then.remove(&held.id) {
            Some((version, target)) => {
                (held.version, held.target) = (version, target);
                if held.dropped_at.is_some_and(|at| at > known) {
                    (held.dropped, held.dropped_at) = (None, None);
                }
                true
            }
            None => false,
        });
    }
    Ok(Some(whole))
}

/// Codes of the resolutions a resolution rolls up.
pub(super) fn rolled_codes(whole: &Whole) -> HashSet<String> {
    let conditions = whole.targets.iter().flat_map(|held| &held.target.readings).flat_map(|one| &one.conditions);
    let codes = conditions.filter_map(|condition| match &condition.test {
        Test::MetShare { resolution, .. } => Some(resolution.clone()),
        _ => None,
    });
    codes.filter(|code| *code != whole.listed.code).collect()
}

/// Judges the targets of a resolution, all of them or those that use one of `only`; `None` for the others.
///
/// # Errors
/// As [`Db::read`].
pub async fn judge_all(
    db: &Db,
    job: &Arc<Judged>,
    only: Option<&[MeasureId]>,
    known: Option<Instant>,
) -> Result<Vec<Option<Verdict>>, StoreError> {
    let desk = Desk::new(Arc::clone(job), only);
    let wanted = desk.wanted();
    let desk = if only.is_some() {
        let mut desk = desk;
        for measure in wanted {
            let sql = format!(
                "SELECT {SEEN} FROM targets_observation o WHERE o.measure = $1 AND o.withdrawn_at IS NULL \
                 ORDER BY o.recorded_at, o.id"
            );
            desk = db.scan_fold(&sql, params![measure], desk, Desk::take).await?;
        }
        desk
    } else {
        let (sql, values) = everything(job.whole.listed.id, known);
        db.scan_fold(&sql, values, desk, Desk::take).await?
    };
    Ok(desk.finish())
}

/// All observations of a resolution's measures, by measure and in the order they were recorded.
fn everything(id: ResolutionId, known: Option<Instant>) -> (String, Vec<Val>) {
    let (then, values) = match known {
        None => ("o.withdrawn_at IS NULL", params![id]),
        Some(known) => {
            ("o.recorded_at <= $2 AND (o.withdrawn_at IS NULL OR o.withdrawn_at > $3)", params![id, known, known])
        }
    };
    let sql = format!(
        "SELECT {SEEN} FROM targets_use u JOIN targets_observation o ON o.measure = u.measure \
         WHERE u.resolution = $1 AND {then} ORDER BY o.measure, o.recorded_at, o.id"
    );
    (sql, values)
}

/// Judges targets as the observations of their measures go by.
struct Desk {
    job: Arc<Judged>,
    measures: HashMap<String, Measure>,
    /// Code of each measure.
    codes: HashMap<MeasureId, String>,
    /// Targets that use a measure, by its code; those that use several wait in `several`.
    alone: HashMap<String, Vec<usize>>,
    several: Vec<usize>,
    /// Observations of measures that targets with several measures use.
    kept: HashMap<String, Vec<Observation>>,
    needed: HashSet<String>,
    current: Option<(MeasureId, Vec<Observation>)>,
    found: Vec<Option<Verdict>>,
    claims: HashMap<String, Vec<Claim>>,
}

impl Desk {
    fn new(job: Arc<Judged>, only: Option<&[MeasureId]>) -> Self {
        let whole = Arc::clone(&job.whole);
        let codes: HashMap<MeasureId, String> =
            whole.measures.iter().map(|(id, measure)| (*id, measure.code.clone())).collect();
        let touched: Option<HashSet<&str>> =
            only.map(|ids| ids.iter().filter_map(|id| codes.get(id)).map(String::as_str).collect());
        let (mut alone, mut several, mut needed) = (HashMap::<String, Vec<usize>>::new(), Vec::new(), HashSet::new());
        for (place, held) in whole.targets.iter().enumerate() {
            let used = uses(&held.target);
            if touched.as_ref().is_some_and(|touched| !used.iter().any(|code| touched.contains(code.as_str()))) {
                continue;
            }
            if used.len() == 1 {
                for code in used {
                    alone.entry(code).or_default().push(place);
                }
            } else {
                needed.extend(used);
                several.push(place);
            }
        }
        let mut claims = HashMap::<String, Vec<Claim>>::new();
        for claim in &whole.claims {
            claims.entry(claim.target.clone()).or_default().push(claim.clone());
        }
        Self {
            measures: whole.measures.iter().map(|(_, measure)| (measure.code.clone(), measure.clone())).collect(),
            codes: codes.clone(),
            alone,
            several,
            kept: HashMap::new(),
            needed,
            current: None,
            found: vec![None; whole.targets.len()],
            claims,
            job,
        }
    }

    /// The measures whose observations are needed.
    fn wanted(&self) -> Vec<MeasureId> {
        let mut found: Vec<MeasureId> = self
            .codes
            .iter()
            .filter(|(_, code)| self.alone.contains_key(*code) || self.needed.contains(*code))
            .map(|(id, _)| *id)
            .collect();
        found.sort_unstable();
        found
    }

    /// Takes the next observation; those of one measure come together.
    fn take(&mut self, row: &lt_store::RowRef<'_>) -> Result<(), StoreError> {
        let (measure, mut seen) = seen_ref(row)?;
        // An approval after the day asked for was not known then.
        seen.approved &= row.int_or_null(14)?.is_some_and(|at| at <= Instant::end_of(self.job.at).micros());
        match &mut self.current {
            Some((current, list)) if *current == measure => list.push(seen),
            _ => {
                self.flush();
                self.current = Some((measure, vec![seen]));
            }
        }
        Ok(())
    }

    /// Judges the targets that use only the measure that just ended.
    fn flush(&mut self) {
        let Some((id, list)) = self.current.take() else { return };
        let Some(code) = self.codes.get(&id).cloned() else { return };
        let one = HashMap::from([(code.clone(), list)]);
        for place in self.alone.remove(&code).unwrap_or_default() {
            self.judge(place, &one);
        }
        if self.needed.contains(&code) {
            self.kept.extend(one);
        }
    }

    fn judge(&mut self, place: usize, observations: &HashMap<String, Vec<Observation>>) {
        let Some(held) = self.job.whole.targets.get(place) else { return };
        let inputs = Inputs {
            measures: &self.measures,
            observations,
            claims: self.claims.get(&held.target.code).map_or(&[], Vec::as_slice),
            schemes: &self.job.schemes,
            term: self.job.whole.listed.term,
            at: self.job.at,
            policy: &self.job.policy,
            rolled: &self.job.rolled,
        };
        let verdict = judge(&held.target, &inputs);
        if let Some(slot) = self.found.get_mut(place) {
            *slot = Some(verdict);
        }
    }

    /// Judges what is left: targets without observations, and those with several measures.
    fn finish(mut self) -> Vec<Option<Verdict>> {
        self.flush();
        let kept = std::mem::take(&mut self.kept);
        let empty: Vec<usize> = std::mem::take(&mut self.alone).into_values().flatten().collect();
        for place in empty.into_iter().chain(std::mem::take(&mut self.several)) {
            self.judge(place, &kept);
        }
        self.found
    }
}

/// Codes of the measures a target uses.
fn uses(target: &Target) -> HashSet<String> {
    let conditions = target.readings.iter().flat_map(|reading| &reading.conditions);
    conditions
        .filter(|condition| !matches!(condition.test, Test::MetShare { .. }))
        .map(|condition| condition.measure.clone())
        .collect()
}
