//! Gathering the set of a review from the database, as it would be frozen now.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use lt_kernel::id::{OrgId, Uuid};
use lt_kernel::{Date, Instant};
use lt_store::{Db, RowRef, StoreError, params};

use super::frozen::{Defined, FORMAT, Frozen, Proof, Seen};
use super::model::Review;
use crate::book::{Board, Judged, Plan, judge_all};
use crate::observation::ObservationId;
use crate::observation::store::{SEEN, seen_ref};
use crate::resolution::model::{MeasureId, ResolutionId};
use crate::resolution::store::{self, Whole};
use crate::scheme::store as schemes;
use crate::target::Test;
use crate::verdict::{Policy, RULES, Rolled};

/// What organisations are called, so that the set says it without the registry.
pub struct Called<'a> {
    /// Name of an organisation on a day.
    pub name: &'a (dyn Fn(OrgId, Date) -> String + Sync),
    /// The organisation above it on a day.
    pub above: &'a (dyn Fn(OrgId, Date) -> Option<OrgId> + Sync),
}

/// The set of a review as known at `now`; none when the resolution is gone.
///
/// # Errors
/// As [`Db::read`].
pub async fn gather(
    db: &Db,
    review: &Review,
    policy: &Policy,
    called: &Called<'_>,
    now: Instant,
) -> Result<Option<Frozen>, StoreError> {
    let Some(whole) = store::whole(db, review.resolution).await? else { return Ok(None) };
    let rolled = rolled(db, &whole, policy, review.cutoff, now).await?;
    let observations = observations(db, &whole, review.cutoff).await?;
    let day = review.cutoff;
    let org = whole.listed.org;
    let targets = whole.targets.into_iter().map(|held| Defined {
        id: held.id,
        owner: held.owner,
        owner_name: (called.name)(held.owner, day),
        version: held.version,
        dropped: held.dropped,
        target: held.target,
    });
    let mut frozen = Frozen {
        format: FORMAT.to_owned(),
        period: review.period.to_string(),
        cutoff: day,
        known: now,
        rules: RULES.to_owned(),
        policy: policy.clone(),
        id: review.resolution,
        org,
        issuer: (called.name)(org, day),
        superior: (called.above)(org, day).map(|above| (called.name)(above, day)).unwrap_or_default(),
        header: whole.header,
        sentences: whole.sentences,
        measures: whole.measures,
        targets: targets.collect(),
        claims: whole.claims,
        schemes: schemes::load(db).await?,
        rolled,
        observations,
        verdicts: Vec::new(),
        tally: BTreeMap::new(),
    };
    (frozen.verdicts, frozen.tally) = frozen.judge();
    Ok(Some(frozen))
}

/// The observations of a resolution's measures up to the cut-off day with their evidence.
async fn observations(db: &Db, whole: &Whole, cutoff: Date) -> Result<Vec<Seen>, StoreError> {
    let codes: HashMap<MeasureId, &str> =
        whole.measures.iter().map(|(id, measure)| (*id, measure.code.as_str())).collect();
    let mut proofs = proofs(db, whole.listed.id, cutoff).await?;
    let sql = format!(
        "SELECT {SEEN}, o.sentence, o.note, o.recorded_by, o.replaces FROM targets_use u \
         JOIN targets_observation o ON o.measure = u.measure \
         WHERE u.resolution = $1 AND o.withdrawn_at IS NULL AND o.as_of <= $2 AND o.as_of >= $3 \
         ORDER BY u.position, o.recorded_at, o.id"
    );
    let mut found = Vec::new();
    for row in db.scan(&sql, params![whole.listed.id, cutoff, whole.listed.term.from]).await? {
        let cells = RowRef::of(&row);
        let (measure, seen) = seen_ref(&cells)?;
        found.push(Seen {
            measure: codes.get(&measure).copied().unwrap_or_default().to_owned(),
            sentence: row.get("sentence")?,
            note: row.get("note")?,
            recorded_by: row.get("recorded_by")?,
            replaces: row.get("replaces")?,
            evidence: proofs.remove(&seen.id).unwrap_or_default(),
            seen,
        });
    }
    Ok(found)
}

async fn proofs(db: &Db, id: ResolutionId, cutoff: Date) -> Result<HashMap<ObservationId, Vec<Proof>>, StoreError> {
    let sql = "SELECT e.id, e.observation, e.kind, e.title, e.href, e.blob FROM targets_use u \
               JOIN targets_observation o ON o.measure = u.measure \
               JOIN targets_evidence e ON e.observation = o.id \
               WHERE u.resolution = $1 AND o.withdrawn_at IS NULL AND o.as_of <= $2 \
               ORDER BY e.observation, e.position";
    let mut found: HashMap<ObservationId, Vec<Proof>> = HashMap::new();
    for row in db.scan(sql, params![id, cutoff]).await? {
        let (own, kind): (Uuid, String) = (row.get("id")?, row.get("kind")?);
        let proof = Proof {
            id: own,
            kind: serde_json::from_value(kind.into()).map_err(|_| StoreError::Column("kind".into()))?,
            title: row.get("title")?,
            href: row.get("href")?,
            sha256: row.get("blob")?,
        };
        found.entry(row.get("observation")?).or_default().push(proof);
    }
    Ok(found)
}

/// What the targets of the resolutions this one rolls up came to; those do not roll up others in turn.
async fn rolled(
    db: &Db,
    whole: &Whole,
    policy: &Policy,
    at: Date,
    now: Instant,
) -> Result<BTreeMap<String, Rolled>, StoreError> {
    let conditions = whole.targets.iter().flat_map(|held| &held.target.readings).flat_map(|one| &one.conditions);
    let codes = conditions.filter_map(|condition| match &condition.test {
        Test::MetShare { resolution, .. } if *resolution != whole.listed.code => Some(resolution.clone()),
        _ => None,
    });
    let mut found = BTreeMap::new();
    for code in codes.collect::<Vec<_>>() {
        let Some(other) = store::by_code(db, &code).await? else { continue };
        let Some(other) = store::whole(db, other.id).await? else { continue };
        let job = Arc::new(Judged {
            plan: Arc::new(Plan::of(other)),
            schemes: schemes::load(db).await?,
            rolled: HashMap::new(),
            at,
            policy: Arc::new(policy.clone()),
        });
        let verdicts = judge_all(db, &job, None, Some(now)).await?;
        let tally = Board::new(&job, 0, Some(now), verdicts).tally;
        found.insert(code, tally.rolled());
    }
    Ok(found)
}
