//! Reading what a board needs, and judging while reading, so that a million observations need little memory.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::num::NonZero;
use std::sync::Arc;

use lt_kernel::{Date, Instant};
use lt_store::{Db, StoreError, Val, params};
use tokio::task::JoinSet;

use super::plan::Plan;
use crate::observation::Observation;
use crate::observation::store::{SEEN, seen_ref};
use crate::resolution::model::{MeasureId, ResolutionId};
use crate::resolution::store::{self, Whole, json};
use crate::scheme::Schemes;
use crate::target::Target;
use crate::verdict::{Inputs, Policy, Rolled, Verdict, judge};

/// What is judged, and everything it depends on besides observations.
pub struct Judged {
    /// The resolution.
    pub plan: Arc<Plan>,
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

/// Judges the targets of a resolution, all of them or those that use one of `only` or roll up another resolution;
/// `None` for the others.
///
/// # Errors
/// As [`Db::read`].
pub async fn judge_all(
    db: &Db,
    job: &Arc<Judged>,
    only: Option<&[MeasureId]>,
    known: Option<Instant>,
) -> Result<Vec<Option<Arc<Verdict>>>, StoreError> {
    let mut desk = Desk::new(Arc::clone(job), only);
    let wanted = desk.wanted();
    if only.is_some() {
        for measure in wanted {
            let sql = format!(
                "SELECT {SEEN} FROM targets_observation o WHERE o.measure = $1 AND o.withdrawn_at IS NULL \
                 ORDER BY o.recorded_at, o.id"
            );
            desk = db.scan_fold(&sql, params![measure], desk, Desk::take).await?;
        }
        return Ok(desk.finish());
    }
    let mut under_way = JoinSet::new();
    for part in wanted.chunks(wanted.len().div_ceil(parts(wanted.len())).max(1)) {
        let ([first, ..], [.., last]) = (part, part) else { continue };
        let (sql, values) = observations(job.plan.whole.listed.id, (*first, *last), known);
        let (db, own) = (db.clone(), desk.part(part));
        under_way.spawn(async move { db.scan_fold(&sql, values, own, Desk::take).await });
    }
    while let Some(part) = under_way.join_next().await {
        desk.join(part.map_err(|error| StoreError::Engine(Box::new(error)))??);
    }
    Ok(desk.finish())
}

/// How many parts the observations of so many measures are read and judged in at once: two a processor, so that one
/// is judged while another waits for the disk. Each takes a connection, so that only what would keep a reader waiting
/// is divided.
fn parts(measures: usize) -> usize {
    const PART: usize = 256;
    let most = (2 * std::thread::available_parallelism().map_or(1, NonZero::get)).min(8);
    (measures / PART).clamp(1, most)
}

/// The observations of a resolution's measures between two, by measure and in the order they were recorded.
fn observations(id: ResolutionId, (first, last): (MeasureId, MeasureId), known: Option<Instant>) -> (String, Vec<Val>) {
    let (then, values) = match known {
        None => ("o.withdrawn_at IS NULL", params![id, first, last]),
        Some(known) => (
            "o.recorded_at <= $4 AND (o.withdrawn_at IS NULL OR o.withdrawn_at > $5)",
            params![id, first, last, known, known],
        ),
    };
    let sql = format!(
        "SELECT {SEEN} FROM targets_use u JOIN targets_observation o ON o.measure = u.measure \
         WHERE u.resolution = $1 AND u.measure >= $2 AND u.measure <= $3 AND {then} \
         ORDER BY o.measure, o.recorded_at, o.id"
    );
    (sql, values)
}

/// Judges targets as the observations of their measures go by.
struct Desk {
    job: Arc<Judged>,
    /// Targets that use one measure, by that measure; all others wait in `several`.
    alone: HashMap<MeasureId, Vec<usize>>,
    several: Vec<usize>,
    /// The measures those in `several` use, and their observations by the measure's code.
    needed: Arc<HashSet<MeasureId>>,
    kept: HashMap<String, Vec<Observation>>,
    current: Option<(MeasureId, Vec<Observation>)>,
    found: Vec<Option<Arc<Verdict>>>,
}

impl Desk {
    fn new(job: Arc<Judged>, only: Option<&[MeasureId]>) -> Self {
        let plan = Arc::clone(&job.plan);
        let places: BTreeSet<usize> = match only {
            None => (0..plan.whole.targets.len()).collect(),
            Some(only) => {
                let by_measure = only.iter().filter_map(|measure| plan.by_measure.get(measure)).flatten();
                by_measure.chain(&plan.rolling).copied().collect()
            }
        };
        let (mut alone, mut several, mut needed) = (HashMap::<_, Vec<_>>::new(), Vec::new(), HashSet::new());
        for place in places {
            match plan.uses.get(place).map(Vec::as_slice) {
                Some([measure]) => alone.entry(*measure).or_default().push(place),
                used => {
                    needed.extend(used.into_iter().flatten());
                    several.push(place);
                }
            }
        }
        let found = vec![None; plan.whole.targets.len()];
        Self { job, alone, several, needed: Arc::new(needed), kept: HashMap::new(), current: None, found }
    }

    /// Sets off the measures of one part, for a desk of their own.
    fn part(&mut self, measures: &[MeasureId]) -> Self {
        let alone = measures.iter().filter_map(|measure| self.alone.remove_entry(measure)).collect();
        Self {
            job: Arc::clone(&self.job),
            alone,
            several: Vec::new(),
            needed: Arc::clone(&self.needed),
            kept: HashMap::new(),
            current: None,
            found: vec![None; self.found.len()],
        }
    }

    /// Takes back what was set off.
    fn join(&mut self, mut part: Self) {
        part.flush();
        self.kept.extend(part.kept);
        self.alone.extend(part.alone);
        for (slot, found) in self.found.iter_mut().zip(part.found).filter(|(_, found)| found.is_some()) {
            *slot = found;
        }
    }

    /// The measures whose observations are needed.
    fn wanted(&self) -> Vec<MeasureId> {
        let mut found: Vec<MeasureId> = self.alone.keys().chain(self.needed.iter()).copied().collect();
        found.sort_unstable();
        found.dedup();
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
        let Some(code) = self.job.plan.codes.get(&id).cloned() else { return };
        let one = HashMap::from([(code, list)]);
        for place in self.alone.remove(&id).unwrap_or_default() {
            self.judge(place, &one);
        }
        if self.needed.contains(&id) {
            self.kept.extend(one);
        }
    }

    fn judge(&mut self, place: usize, observations: &HashMap<String, Vec<Observation>>) {
        let plan = &self.job.plan;
        let Some(held) = plan.whole.targets.get(place) else { return };
        let inputs = Inputs {
            measures: &plan.measures,
            observations,
            claims: plan.claims(&held.target.code),
            schemes: &self.job.schemes,
            term: plan.whole.listed.term,
            at: self.job.at,
            policy: &self.job.policy,
            rolled: &self.job.rolled,
        };
        let verdict = judge(&held.target, &inputs);
        if let Some(slot) = self.found.get_mut(place) {
            *slot = Some(Arc::new(verdict));
        }
    }

    /// Judges what is left: targets without observations, and those with several measures.
    fn finish(mut self) -> Vec<Option<Arc<Verdict>>> {
        self.flush();
        let kept = std::mem::take(&mut self.kept);
        let empty: Vec<usize> = std::mem::take(&mut self.alone).into_values().flatten().collect();
        for place in empty.into_iter().chain(std::mem::take(&mut self.several)) {
            self.judge(place, &kept);
        }
        self.found
    }
}
