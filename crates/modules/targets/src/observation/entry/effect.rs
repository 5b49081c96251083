//! What a figure would do to the verdicts, before it is stored.

use std::collections::HashMap;

use lt_kernel::Date;
use lt_module::Host;
use lt_store::{StoreError, params};
use lt_web::Problem;

use crate::measure::Measure;
use crate::observation::desk::Desk;
use crate::observation::store::{New, SEEN, seen_ref};
use crate::observation::{Observation, ObservationId};
use crate::resolution::door;
use crate::resolution::model::MeasureId;
use crate::resolution::store::Held;
use crate::verdict::model::Claim;
use crate::verdict::{Inputs, Verdict, judge};

/// Targets whose change is shown at most.
const MOST: usize = 20;

/// A target with its verdict now and with the new figure.
pub(super) struct Effect<'a> {
    /// The target.
    pub(super) held: &'a Held,
    /// Its verdict now.
    pub(super) now: Verdict,
    /// Its verdict with the figure.
    pub(super) then: Verdict,
}

async fn observations(host: &Host, measure: MeasureId) -> Result<Vec<Observation>, StoreError> {
    let sql = format!(
        "SELECT {SEEN} FROM targets_observation o WHERE o.measure = $1 AND o.withdrawn_at IS NULL \
         ORDER BY o.recorded_at, o.id"
    );
    let take = |list: &mut Vec<Observation>, row: &lt_store::RowRef<'_>| {
        list.push(seen_ref(row)?.1);
        Ok(())
    };
    host.db.scan_fold(&sql, params![measure], Vec::new(), take).await
}

/// The verdicts of the targets that use the measure, now and with `new` (in place of what it replaces).
pub(super) async fn of<'a>(
    host: &Host,
    desk: &'a Desk,
    code: &'a str,
    new: &New,
    at: Date,
) -> Result<Vec<Effect<'a>>, Problem> {
    let board = door::book(host)?.board(desk.whole.listed.id, at, None).await?.ok_or_else(Problem::not_found)?;
    let schemes = crate::scheme::store::load(&host.db).await?;
    let measures: HashMap<String, Measure> =
        desk.whole.measures.iter().map(|(_, measure)| (measure.code.clone(), measure.clone())).collect();
    let mut seen: HashMap<String, Vec<Observation>> = HashMap::new();
    let (mut effects, nothing) = (Vec::new(), HashMap::new());
    for held in desk.targets_of(code).take(MOST) {
        for (id, measure) in
            desk.whole.measures.iter().filter(|(_, one)| super::super::desk::uses(&held.target, &one.code))
        {
            if !seen.contains_key(&measure.code) {
                let mut list = observations(host, *id).await?;
                if measure.code == code {
                    put(&mut list, &new.seen, new.replaces);
                }
                seen.insert(measure.code.clone(), list);
            }
        }
        let now = board.rows().find(|row| row.held.id == held.id).map(|row| row.verdict.clone());
        let claims: Vec<Claim> =
            desk.whole.claims.iter().filter(|claim| claim.target == held.target.code).cloned().collect();
        let book = door::book(host)?;
        let inputs = Inputs {
            measures: &measures,
            observations: &seen,
            claims: &claims,
            schemes: &schemes,
            term: desk.whole.listed.term,
            at,
            policy: book.policy(),
            rolled: &nothing,
        };
        let then = judge(&held.target, &inputs);
        effects.extend(now.map(|now| Effect { held, now, then }));
    }
    Ok(effects)
}

/// The observations as they would be.
fn put(list: &mut Vec<Observation>, new: &Observation, replaces: Option<ObservationId>) {
    list.retain(|one| Some(one.id) != replaces);
    list.push(new.clone());
}
