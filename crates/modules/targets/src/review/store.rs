//! Reviews in the database.

use lt_contracts::{Actor, Change};
use lt_kernel::id::{AccountId, OrgId};
use lt_kernel::{Date, Instant};
use lt_store::{Db, Row, StoreError, Unit, Val, params};

use super::frozen::{Broken, Frozen, sha256};
use super::model::{Review, ReviewId, Signed, State};
use crate::observation::store::{by, touch};
use crate::resolution::ResolutionId;
use crate::resolution::model::MeasureId;

const COLUMNS: &str = "SELECT id, resolution, period, cutoff, state, collected_by, collected_at, approved_by, \
    approved_at, frozen_by, frozen_at, frozen, version FROM targets_review";

fn review(row: &Row) -> Result<Review, StoreError> {
    let bad = |column: &str| StoreError::Column(column.to_owned());
    let signed =
        |who: &str, when: &str| -> Result<Signed, StoreError> { Ok(Signed { by: row.get(who)?, at: row.get(when)? }) };
    let (word, period): (String, String) = (row.get("state")?, row.get("period")?);
    let collected = || signed("collected_by", "collected_at");
    let approved = || signed("approved_by", "approved_at");
    let state = match word.as_str() {
        "open" => State::Open,
        "collected" => State::Collected(collected()?),
        "approved" => State::Approved { collected: collected()?, approved: approved()? },
        "frozen" => State::Frozen {
            collected: collected()?,
            approved: approved()?,
            frozen: signed("frozen_by", "frozen_at")?,
            number: row.get("frozen")?,
        },
        _ => return Err(bad("state")),
    };
    Ok(Review {
        id: row.get("id")?,
        resolution: row.get("resolution")?,
        period: period.parse().map_err(|_| bad("period"))?,
        cutoff: row.get("cutoff")?,
        state,
        version: row.get("version")?,
    })
}

/// The reviews of a resolution, latest cut-off first.
///
/// # Errors
/// As [`Db::read`].
pub async fn list(db: &Db, resolution: ResolutionId) -> Result<Vec<Review>, StoreError> {
    let sql = format!("{COLUMNS} WHERE resolution = $1 ORDER BY cutoff DESC, period");
    db.read(&sql, params![resolution]).await?.iter().map(review).collect()
}

/// The review of a period.
///
/// # Errors
/// As [`Db::read`].
pub async fn by_period(db: &Db, resolution: ResolutionId, period: &str) -> Result<Option<Review>, StoreError> {
    let sql = format!("{COLUMNS} WHERE resolution = $1 AND period = $2");
    db.read_one(&sql, params![resolution, period]).await?.as_ref().map(review).transpose()
}

/// The latest day up to which figures of a resolution are frozen, and the period of that review. Figures up to
/// that day are only corrected, never simply entered.
///
/// # Errors
/// As [`Db::read`].
pub async fn frozen_until(db: &Db, resolution: ResolutionId) -> Result<Option<(Date, String)>, StoreError> {
    let sql = "SELECT cutoff, period FROM targets_review WHERE resolution = $1 AND state = 'frozen' \
               ORDER BY cutoff DESC, period LIMIT 1";
    let row = db.read_one(sql, params![resolution]).await?;
    row.map(|row| Ok((row.get("cutoff")?, row.get("period")?))).transpose()
}

/// Makes the unit [`StoreError::Stale`] when a figure of the measure on `as_of` was frozen in the meantime. Put it
/// behind [`touch`], which holds the stamp of the organisation until the unit is stored.
pub fn refuse_if_frozen(unit: &mut Unit, org: OrgId, measure: MeasureId, as_of: Date) {
    unit.run(
        "UPDATE targets_stamp SET stamp = stamp WHERE org = $1 AND NOT EXISTS (SELECT 1 FROM targets_review r \
         JOIN targets_use u ON u.resolution = r.resolution JOIN targets_resolution t ON t.id = r.resolution \
         WHERE r.state = 'frozen' AND u.measure = $2 AND r.cutoff >= $3 AND t.term_from <= $4 AND t.term_to > $5)",
        params![org, measure, as_of, as_of, as_of],
    )
    .expect_rows(1);
}

/// Opens a review.
#[must_use]
pub fn open(review: &Review, org: OrgId, actor: Actor, now: Instant) -> Unit {
    let mut unit = Unit::new();
    let period = review.period.to_string();
    unit.run(
        "INSERT INTO targets_review (id, resolution, period, cutoff, state, opened_by, opened_at, version) \
         VALUES ($1, $2, $3, $4, 'open', $5, $6, 1) ON CONFLICT (resolution, period) DO NOTHING",
        params![review.id, review.resolution, &period, review.cutoff, by(actor), now],
    )
    .expect_rows(1);
    unit.emit(
        Change::new(actor, "targets.review", review.id, "opened")
            .of(org)
            .after(&serde_json::json!({ "period": period, "cutoff": review.cutoff })),
    );
    unit
}

/// Writes a new state over the version it was decided on, and says so.
pub(super) fn put(unit: &mut Unit, review: &Review, next: &State, verb: &str, org: OrgId, actor: Actor) {
    let who = |signed: Option<Signed>| -> (Option<AccountId>, Option<Instant>) {
        (signed.map(|one| one.by), signed.map(|one| one.at))
    };
    let (collected_by, collected_at) = who(next.collected());
    let (approved_by, approved_at) = who(next.approved());
    let (frozen_by, frozen_at) = who(next.frozen().map(|(_, signed)| signed));
    unit.run(
        "UPDATE targets_review SET state = $1, collected_by = $2, collected_at = $3, approved_by = $4, \
         approved_at = $5, frozen_by = $6, frozen_at = $7, frozen = $8, version = version + 1 \
         WHERE id = $9 AND version = $10",
        params![
            next.word(),
            collected_by,
            collected_at,
            approved_by,
            approved_at,
            frozen_by,
            frozen_at,
            next.frozen().map(|(number, _)| number),
            review.id,
            review.version
        ],
    )
    .expect_rows(1);
    let state = |state: &State| serde_json::json!({ "state": state.word(), "frozen": state.frozen().map(|one| one.0) });
    unit.emit(
        Change::new(actor, "targets.review", review.id, verb).of(org).before(&state(&review.state)).after(&state(next)),
    );
}

/// A change of state and nothing else: `collected`, `reopened`.
#[must_use]
pub fn moved(review: &Review, next: &State, verb: &str, org: OrgId, actor: Actor) -> Unit {
    let mut unit = Unit::new();
    put(&mut unit, review, next, verb, org, actor);
    unit
}

/// Approves a review and, in the same unit, the observations behind it: those recorded by others than the approver
/// up to the moment of collecting, up to the cut-off day, not withdrawn. His own stay as they are.
#[must_use]
pub fn approve(review: &Review, next: &State, measures: &[MeasureId], org: OrgId, signed: Signed) -> Unit {
    let actor = Actor::Account(signed.by);
    let mut unit = Unit::new();
    put(&mut unit, review, next, "approved", org, actor);
    let until = next.collected().map_or(signed.at, |collected| collected.at);
    approve_observations(&mut unit, review, until, signed);
    touch(&mut unit, org, measures);
    unit
}

pub(super) fn approve_observations(unit: &mut Unit, review: &Review, until: Instant, signed: Signed) {
    unit.run(
        "UPDATE targets_observation SET approved_at = $1, approved_by = $2, version = version + 1 \
         WHERE approved_at IS NULL AND withdrawn_at IS NULL AND as_of <= $3 AND recorded_at <= $4 \
         AND (recorded_by IS NULL OR recorded_by <> $5) \
         AND measure IN (SELECT measure FROM targets_use WHERE resolution = $6) \
         AND as_of >= (SELECT term_from FROM targets_resolution WHERE id = $7)",
        params![signed.at, signed.by, review.cutoff, until, signed.by, review.resolution, review.resolution],
    );
}

/// What freezing needs besides the state: the set, and the stamp of the organisation when it was gathered.
pub struct Freezing<'a> {
    /// The set.
    pub frozen: &'a Frozen,
    /// [`stamp`] read before gathering: a figure recorded since makes the unit stale.
    pub stamp: i64,
}

/// Stamp of an organisation; 0 when nothing was ever recorded.
///
/// # Errors
/// As [`Db::read`].
pub async fn stamp(db: &Db, org: OrgId) -> Result<i64, StoreError> {
    let row = db.read_one("SELECT stamp FROM targets_stamp WHERE org = $1", params![org]).await?;
    row.map_or(Ok(0), |row| row.get("stamp"))
}

/// Freezes a review (again): the state, and the set with its hash.
#[must_use]
pub fn freeze(review: &Review, next: &State, freezing: &Freezing<'_>, org: OrgId, signed: Signed) -> Unit {
    let actor = Actor::Account(signed.by);
    let mut unit = Unit::new();
    unit.run("INSERT INTO targets_stamp (org, stamp) VALUES ($1, 0) ON CONFLICT (org) DO NOTHING", params![org]);
    unit.run("UPDATE targets_stamp SET stamp = stamp + 1 WHERE org = $1 AND stamp = $2", params![org, freezing.stamp])
        .expect_rows(1);
    put(&mut unit, review, next, "frozen", org, actor);
    let number = next.frozen().map_or(1, |(number, _)| number);
    let text = freezing.frozen.text();
    let hash = sha256(&text);
    let values: Vec<Val> = params![review.id, number, text, hash, signed.by, signed.at];
    unit.run(
        "INSERT INTO targets_frozen (review, number, body, sha256, frozen_by, frozen_at) \
         VALUES ($1, $2, $3, $4, $5, $6)",
        values,
    );
    unit
}

/// A frozen set as stored: its text and its hash.
///
/// # Errors
/// As [`Db::read`].
pub async fn stored(db: &Db, review: ReviewId, number: u32) -> Result<Option<(String, String)>, StoreError> {
    let sql = "SELECT body, sha256 FROM targets_frozen WHERE review = $1 AND number = $2";
    let row = db.read_one(sql, params![review, number]).await?;
    row.map(|row| Ok((row.get("body")?, row.get("sha256")?))).transpose()
}

/// A frozen set, read and checked.
///
/// # Errors
/// As [`Db::read`]; [`StoreError::Engine`] with [`Broken`] inside when it is not what was stored, or its verdicts
/// do not follow from it.
pub async fn frozen(db: &Db, review: ReviewId, number: u32) -> Result<Option<Frozen>, StoreError> {
    let Some((text, hash)) = stored(db, review, number).await? else { return Ok(None) };
    Frozen::read(&text, &hash).map(Some).map_err(|broken: Broken| StoreError::Engine(Box::new(broken)))
}

/// The texts people wrote for a report, by section.
///
/// # Errors
/// As [`Db::read`].
pub async fn passages(db: &Db, review: ReviewId) -> Result<Vec<(String, String)>, StoreError> {
    let sql = "SELECT section, body FROM targets_passage WHERE review = $1 ORDER BY section";
    db.read(sql, params![review]).await?.iter().map(|row| Ok((row.get("section")?, row.get("body")?))).collect()
}

/// Writes the texts of a report over the version of the review they were read with.
#[must_use]
pub fn write_passages(
    review: &Review,
    version: i64,
    texts: &[(String, String)],
    before: &[(String, String)],
    org: OrgId,
    actor: Actor,
    now: Instant,
) -> Unit {
    let mut unit = Unit::new();
    unit.run(
        "UPDATE targets_review SET version = version + 1 WHERE id = $1 AND version = $2",
        params![review.id, version],
    )
    .expect_rows(1);
    let rows = texts.iter().map(|(section, body)| params![review.id, section, body, by(actor), now]).collect();
    unit.run_many(
        "INSERT INTO targets_passage (review, section, body, written_by, written_at) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (review, section) DO UPDATE SET body = excluded.body, written_by = excluded.written_by, \
         written_at = excluded.written_at",
        rows,
    );
    let map = |list: &[(String, String)]| -> serde_json::Value {
        list.iter()
            .map(|(section, body)| (section.clone(), body.clone().into()))
            .collect::<serde_json::Map<_, _>>()
            .into()
    };
    unit.emit(
        Change::new(actor, "targets.review", review.id, "written").of(org).before(&map(before)).after(&map(texts)),
    );
    unit
}
