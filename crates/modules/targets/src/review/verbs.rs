//! The verbs of a review as people press them.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use lt_kernel::id::AccountId;
use lt_module::Host;
use lt_store::{StoreError, Unit};
use lt_web::{Form, Problem, View};

use super::desk::{Desk, signed};
use super::frozen::Frozen;
use super::model::{Refused, Review, Signed, State as Stand};
use super::store::{self, Freezing};
use crate::observation::store::{self as observations, Withdrawn};

/// Code and period of a review, out of the address.
type Which = Path<(String, String)>;

fn refused(why: Refused) -> Problem {
    Problem::refused(why.said())
}

/// The review, for somebody with the permission. A verb on a version the form was not shown with is refused.
async fn opened(
    host: &Host,
    view: &View,
    Path((code, period)): Which,
    form: &Form,
    permission: &str,
) -> Result<Desk, Problem> {
    let desk = Desk::open(host, view, &code, &period, Some(permission)).await?;
    match form.text("version").parse::<i64>() {
        Ok(version) if version != desk.review.version => Err(Problem::stale()),
        _ => Ok(desk),
    }
}

async fn done(host: &Host, desk: &Desk, unit: Unit) -> Result<Response, Problem> {
    host.db.commit(unit).await?;
    Ok(Redirect::to(&desk.base).into_response())
}

async fn moved(host: &Host, view: &View, desk: &Desk, next: Stand, verb: &str) -> Result<Response, Problem> {
    done(host, desk, store::moved(&desk.review, &next, verb, desk.listed.org, view.viewer.actor())).await
}

/// "Everything is there."
pub(super) async fn collect(
    State(host): State<Host>,
    view: View,
    which: Which,
    form: Form,
) -> Result<Response, Problem> {
    let desk = opened(&host, &view, which, &form, "targets.review").await?;
    let next = desk.review.collect(signed(&host, &view)?).map_err(refused)?;
    moved(&host, &view, &desk, next, "collected").await
}

/// "Not yet after all."
pub(super) async fn reopen(
    State(host): State<Host>,
    view: View,
    which: Which,
    form: Form,
) -> Result<Response, Problem> {
    let desk = opened(&host, &view, which, &form, "targets.review").await?;
    let next = desk.review.reopen().map_err(refused)?;
    moved(&host, &view, &desk, next, "reopened").await
}

/// "I, a second person, have looked at it."
pub(super) async fn approve(
    State(host): State<Host>,
    view: View,
    which: Which,
    form: Form,
) -> Result<Response, Problem> {
    let desk = opened(&host, &view, which, &form, "targets.approve").await?;
    let signed = signed(&host, &view)?;
    let next = desk.review.approve(signed).map_err(refused)?;
    let whole = crate::resolution::store::whole(&host.db, desk.listed.id).await?.ok_or_else(Problem::not_found)?;
    let measures: Vec<_> = whole.measures.iter().map(|(id, _)| *id).collect();
    done(&host, &desk, store::approve(&desk.review, &next, &measures, desk.listed.org, signed)).await
}

/// "Keep it as it is"; on a frozen review: "keep it with the corrections".
pub(super) async fn freeze(
    State(host): State<Host>,
    view: View,
    which: Which,
    form: Form,
) -> Result<Response, Problem> {
    let desk = opened(&host, &view, which, &form, "targets.approve").await?;
    let signed = signed(&host, &view)?;
    let stamp = store::stamp(&host.db, desk.listed.org).await?;
    let mut frozen = desk.gathered(&host).await?;
    let unit = match desk.review.state.frozen() {
        None => {
            let next = desk.review.freeze(signed).map_err(refused)?;
            store::freeze(&desk.review, &next, &Freezing { frozen: &frozen, stamp }, desk.listed.org, signed)
        }
        Some((number, _)) => {
            let old = store::frozen(&host.db, desk.review.id, number).await?.ok_or_else(Problem::not_found)?;
            let gone = observations::gone(&host.db, desk.listed.id).await?;
            let sets = Sets { old: &old, new: &mut frozen, gone: &gone };
            let (unit, _) = refrozen(&desk.review, sets, stamp, desk.listed.org, signed).map_err(refused)?;
            unit
        }
    };
    match host.db.commit(unit).await {
        Err(StoreError::Stale) => Err(Problem::stale()),
        other => {
            other?;
            Ok(Redirect::to(&desk.base).into_response())
        }
    }
}

/// A frozen set, the one to take its place, and what was withdrawn in between.
pub(crate) struct Sets<'a> {
    pub(crate) old: &'a Frozen,
    pub(crate) new: &'a mut Frozen,
    pub(crate) gone: &'a Withdrawn,
}

/// Freezes again with the corrections since the old set: approves them (recorded by others than who signs) and keeps
/// the set with them, all in one unit.
///
/// # Errors
/// As [`Review::refreeze`].
pub(crate) fn refrozen(
    review: &Review,
    Sets { old, new, gone }: Sets<'_>,
    stamp: i64,
    org: lt_kernel::id::OrgId,
    signed: Signed,
) -> Result<(Unit, Stand), Refused> {
    let next = review.refreeze(signed, &correctors(old, new, gone))?;
    for one in &mut new.observations {
        one.seen.approved |= one.recorded_by != Some(signed.by);
    }
    (new.verdicts, new.tally) = new.judge();
    let mut unit = Unit::new();
    store::approve_observations(&mut unit, review, signed.at, signed);
    unit.append(store::freeze(review, &next, &Freezing { frozen: new, stamp }, org, signed));
    Ok((unit, next))
}

/// Who recorded the figures that are in the new set only, and who withdrew those that are in the old one only.
fn correctors(old: &Frozen, new: &Frozen, withdrawn: &Withdrawn) -> Vec<Option<AccountId>> {
    let ids =
        |set: &Frozen| -> std::collections::HashSet<_> { set.observations.iter().map(|one| one.seen.id).collect() };
    let (before, after) = (ids(old), ids(new));
    let added = new.observations.iter().filter(|one| !before.contains(&one.seen.id)).map(|one| one.recorded_by);
    let gone = old.observations.iter().filter(|one| !after.contains(&one.seen.id));
    let gone = gone.map(|one| withdrawn.get(&one.seen.id).and_then(|gone| gone.by));
    added.chain(gone).collect()
}
