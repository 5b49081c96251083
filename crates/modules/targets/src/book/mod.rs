//! The book: every target of a resolution judged on one day, as known on one day.
//!
//! Verdicts are never stored where they could go stale. The present board of a resolution is kept in memory
//! with the stamp of its organisation; a later stamp says which measures were touched, and only the targets
//! that use them are judged again. A board of the past is judged from what was known then.

mod load;
pub mod model;
mod plan;
#[cfg(test)]
mod roll_tests;

pub use load::{Judged, judge_all};
pub use model::{Board, Row, Tally};
pub use plan::Plan;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use lt_kernel::id::{OrgId, Uuid};
use lt_kernel::{Date, Instant};
use lt_store::{Db, StoreError, params};

use crate::resolution::model::{MeasureId, ResolutionId};
use crate::scheme::store as schemes;
use crate::verdict::{Policy, Rolled};

/// Boards kept in memory at most; the least recently judged goes first.
const KEPT: usize = 64;

/// How often a board is looked at again because something was stored while it was judged: its observations are read
/// in several statements, and only when the stamp stood still meanwhile are all of them of one moment. Under writing
/// that never pauses the last one is taken.
const STEADY: usize = 8;

/// Present boards by resolution and day.
type Kept = HashMap<(ResolutionId, Date), Arc<Board>>;

/// Judges resolutions, and remembers the present boards. Cheap to clone.
#[derive(Clone)]
pub struct Book {
    db: Db,
    policy: Arc<Policy>,
    kept: Arc<Mutex<Kept>>,
}

impl Book {
    /// A book over a database.
    #[must_use]
    pub fn new(db: Db, policy: Policy) -> Self {
        Self { db, policy: Arc::new(policy), kept: Arc::default() }
    }

    /// The policies verdicts are drawn with.
    #[must_use]
    pub fn policy(&self) -> &Policy {
        &self.policy
    }

    /// The board of a resolution for the day `at`; with `known`, as it was known at that instant.
    ///
    /// # Errors
    /// As [`Db::read`].
    pub async fn board(
        &self,
        id: ResolutionId,
        at: Date,
        known: Option<Instant>,
    ) -> Result<Option<Arc<Board>>, StoreError> {
        if let Some(known) = known {
            return Ok(self.judge(id, at, Some(known), 0).await?.map(Arc::new));
        }
        let mut board = self.lock().get(&(id, at)).cloned();
        for _ in 0..STEADY {
            let Some((org, stamp)) = self.stamp(id).await? else { return Ok(None) };
            let fresh = match board.take() {
                Some(known) => {
                    // What it rolls up may belong to another organisation, whose stamp is not ours.
                    let rolled = self.rolled(&known.plan, at, None).await?;
                    if known.stamp == stamp && known.rolled == rolled {
                        return Ok(Some(known));
                    }
                    match self.touched(org, known.stamp).await? {
                        Some(measures) => Some(self.again(&known, &measures, rolled, stamp).await?),
                        None => self.judge(id, at, None, stamp).await?,
                    }
                }
                None => self.judge(id, at, None, stamp).await?,
            };
            let Some(fresh) = fresh.map(Arc::new) else { return Ok(None) };
            self.keep(Arc::clone(&fresh));
            board = Some(fresh);
        }
        Ok(board)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn keep(&self, board: Arc<Board>) {
        let mut kept = self.lock();
        if kept.len() >= KEPT {
            let oldest = kept.values().min_by_key(|board| board.stamp).map(|board| (board.whole.listed.id, board.at));
            oldest.map(|key| kept.remove(&key));
        }
        kept.insert((board.whole.listed.id, board.at), board);
    }

    /// Issuer and stamp of a resolution; the only thing read when nothing changed.
    async fn stamp(&self, id: ResolutionId) -> Result<Option<(OrgId, i64)>, StoreError> {
        let sql = "SELECT r.org, COALESCE(s.stamp, 0) AS stamp FROM targets_resolution r \
                   LEFT JOIN targets_stamp s ON s.org = r.org WHERE r.id = $1";
        let row = self.db.read_one(sql, params![id]).await?;
        row.map(|row| Ok((row.get("org")?, row.get("stamp")?))).transpose()
    }

    /// The measures touched after a stamp; none when definitions changed and everything is judged anew.
    async fn touched(&self, org: OrgId, after: i64) -> Result<Option<Vec<MeasureId>>, StoreError> {
        let sql = "SELECT DISTINCT measure FROM targets_touch WHERE org = $1 AND stamp > $2";
        let rows = self.db.read(sql, params![org, after]).await?;
        let found: Vec<MeasureId> = rows.iter().map(|row| row.get("measure")).collect::<Result<_, _>>()?;
        Ok((!found.iter().any(|measure| measure.0 == Uuid::nil())).then_some(found))
    }

    /// Judges a whole resolution from the database.
    async fn judge(
        &self,
        id: ResolutionId,
        at: Date,
        known: Option<Instant>,
        stamp: i64,
    ) -> Result<Option<Board>, StoreError> {
        let Some(whole) = load::whole(&self.db, id, known).await? else { return Ok(None) };
        let plan = Arc::new(Plan::of(whole));
        let schemes = schemes::load(&self.db).await?;
        let rolled = self.rolled(&plan, at, known).await?;
        let job = Arc::new(Judged { plan, schemes, rolled, at, policy: Arc::clone(&self.policy) });
        let verdicts = judge_all(&self.db, &job, None, known).await?;
        Ok(Some(Board::new(&job, stamp, known, verdicts)))
    }

    /// Judges again the targets that use the touched measures.
    async fn again(
        &self,
        board: &Board,
        measures: &[MeasureId],
        rolled: HashMap<String, Rolled>,
        stamp: i64,
    ) -> Result<Board, StoreError> {
        let schemes = schemes::load(&self.db).await?;
        let (plan, policy) = (Arc::clone(&board.plan), Arc::clone(&self.policy));
        let job = Arc::new(Judged { plan, schemes, rolled, at: board.at, policy });
        let fresh = judge_all(&self.db, &job, Some(measures), None).await?;
        let verdicts = board.verdicts.iter().zip(fresh).map(|(old, new)| new.or_else(|| Some(Arc::clone(old))));
        Ok(Board::new(&job, stamp, None, verdicts.collect()))
    }

    /// What the targets of the resolutions this one rolls up came to; those do not roll up others in turn.
    async fn rolled(
        &self,
        plan: &Plan,
        at: Date,
        known: Option<Instant>,
    ) -> Result<HashMap<String, Rolled>, StoreError> {
        let mut found = HashMap::new();
        for code in &plan.rolled {
            let Some(other) = crate::resolution::store::by_code(&self.db, code).await? else { continue };
            let Some(other) = load::whole(&self.db, other.id, known).await? else { continue };
            let schemes = schemes::load(&self.db).await?;
            let (plan, policy) = (Arc::new(Plan::of(other)), Arc::clone(&self.policy));
            let job = Arc::new(Judged { plan, schemes, rolled: HashMap::new(), at, policy });
            let verdicts = judge_all(&self.db, &job, None, known).await?;
            let tally = Board::new(&job, 0, known, verdicts).tally;
            found.insert(code.clone(), tally.rolled());
        }
        Ok(found)
    }
}
