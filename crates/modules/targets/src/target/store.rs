//! Writing targets: define, redefine with the old version kept, drop and restore.

use lt_kernel::Said;
use lt_kernel::id::OrgId;
use lt_store::{Unit, params};
use serde_json::json;

use super::model::Target;
use crate::file::import::json;
use crate::observation::store::by;
use crate::resolution::model::{ResolutionId, TargetId};
use crate::resolution::store::Held;
use crate::resolution::write::Hand;

/// Why a target cannot be changed so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// Nothing differs.
    #[error("nothing differs")]
    Same,
    /// It is dropped; it must be restored first.
    #[error("the target is dropped")]
    Dropped,
    /// It is not dropped.
    #[error("the target is not dropped")]
    NotDropped,
    /// A reason is needed.
    #[error("a reason is needed")]
    NoReason,
}

impl Refused {
    /// The refusal for a reader.
    #[must_use]
    pub fn said(self) -> Said {
        Said::new(match self {
            Self::Same => "targets-refused-same",
            Self::Dropped => "targets-refused-dropped",
            Self::NotDropped => "targets-refused-not-dropped",
            Self::NoReason => "targets-refused-no-reason",
        })
    }
}

impl Held {
    /// Whether it may become `target`, owned by `owner`.
    ///
    /// # Errors
    /// [`Refused::Dropped`], [`Refused::Same`].
    pub fn redefine(&self, target: &Target, owner: OrgId) -> Result<(), Refused> {
        if self.dropped.is_some() {
            return Err(Refused::Dropped);
        }
        if self.target == *target && self.owner == owner { Err(Refused::Same) } else { Ok(()) }
    }

    /// Whether it may be dropped for this reason.
    ///
    /// # Errors
    /// [`Refused::Dropped`], [`Refused::NoReason`].
    pub fn drop_for(&self, why: &str) -> Result<(), Refused> {
        if self.dropped.is_some() {
            Err(Refused::Dropped)
        } else if why.trim().is_empty() {
            Err(Refused::NoReason)
        } else {
            Ok(())
        }
    }

    /// Whether it may be restored.
    ///
    /// # Errors
    /// [`Refused::NotDropped`].
    pub fn restore(&self) -> Result<(), Refused> {
        if self.dropped.is_none() { Err(Refused::NotDropped) } else { Ok(()) }
    }
}

/// Adds a new target at the end of the board.
pub fn define(unit: &mut Unit, hand: &Hand, resolution: ResolutionId, id: TargetId, owner: OrgId, target: &Target) {
    let definition = json(target);
    unit.run(
        "INSERT INTO targets_target (id, resolution, position, code, sentence, owner, definition, version) \
         VALUES ($1, $2, (SELECT COALESCE(MAX(position), 0) + 1 FROM targets_target WHERE resolution = $3), \
         $4, $5, $6, $7, 1)",
        params![id, resolution, resolution, &target.code, &target.sentence, owner, &definition],
    );
    version(unit, hand, id, 1, definition, "");
    hand.touch(unit);
    unit.emit(hand.change("targets.target", id, "defined").after(target));
}

fn version(unit: &mut Unit, hand: &Hand, id: TargetId, number: i64, definition: String, why: &str) {
    unit.run(
        "INSERT INTO targets_definition (target, version, definition, defined_at, defined_by, why) \
         VALUES ($1, $2, $3, $4, $5, $6)",
        params![id, number, definition, hand.now, by(hand.actor), why],
    );
}

/// Gives a target a new definition; stale when somebody else did so since `held` was read.
pub fn redefine(unit: &mut Unit, hand: &Hand, held: &Held, owner: OrgId, target: &Target, why: &str) {
    let definition = json(target);
    unit.run(
        "UPDATE targets_target SET sentence = $1, owner = $2, definition = $3, version = version + 1 \
         WHERE id = $4 AND version = $5 AND dropped IS NULL",
        params![&target.sentence, owner, &definition, held.id, held.version],
    )
    .expect_rows(1);
    version(unit, hand, held.id, held.version + 1, definition, why);
    hand.touch(unit);
    unit.emit(hand.change("targets.target", held.id, "redefined").before(&held.target).after(target));
}

/// Drops a target; it stays on boards of earlier days.
pub fn drop(unit: &mut Unit, hand: &Hand, held: &Held, why: &str) {
    unit.run(
        "UPDATE targets_target SET dropped = $1, dropped_at = $2 WHERE id = $3 AND version = $4 AND dropped IS NULL",
        params![why, hand.now, held.id, held.version],
    )
    .expect_rows(1);
    hand.touch(unit);
    let change = hand.change("targets.target", held.id, "dropped");
    unit.emit(change.before(&json!({ "dropped": null })).after(&json!({ "dropped": why })));
}

/// Takes a dropped target back.
pub fn restore(unit: &mut Unit, hand: &Hand, held: &Held) {
    unit.run(
        "UPDATE targets_target SET dropped = NULL, dropped_at = NULL WHERE id = $1 AND dropped IS NOT NULL",
        params![held.id],
    )
    .expect_rows(1);
    hand.touch(unit);
    let change = hand.change("targets.target", held.id, "restored");
    unit.emit(change.before(&json!({ "dropped": held.dropped })).after(&json!({ "dropped": null })));
}

#[cfg(test)]
mod tests {
    use lt_kernel::id::Uuid;

    use super::*;

    fn held(dropped: Option<&str>) -> Held {
        let target = Target {
            code: "T1".into(),
            sentence: "S1".into(),
            title: "x".into(),
            title_en: String::new(),
            owner: String::new(),
            collaborators: Vec::new(),
            base: String::new(),
            of_which: String::new(),
            open: String::new(),
            readings: Vec::new(),
        };
        Held {
            id: TargetId(Uuid::nil()),
            owner: OrgId(Uuid::nil()),
            version: 1,
            dropped: dropped.map(str::to_owned),
            dropped_at: None,
            target,
        }
    }

    #[test]
    fn every_verb_in_both_states() {
        let (live, gone) = (held(None), held(Some("trùng")));
        let other = Target { title: "y".into(), ..live.target.clone() };
        let (same, else_owner) = (live.owner, OrgId(Uuid::from_u128(1)));
        assert_eq!(live.redefine(&other, same), Ok(()));
        assert_eq!(live.redefine(&live.target, else_owner), Ok(()));
        assert_eq!(live.redefine(&live.target, same), Err(Refused::Same));
        assert_eq!(gone.redefine(&other, same), Err(Refused::Dropped));
        assert_eq!(live.drop_for("trùng"), Ok(()));
        assert_eq!(live.drop_for(" "), Err(Refused::NoReason));
        assert_eq!(gone.drop_for("trùng"), Err(Refused::Dropped));
        assert_eq!(live.restore(), Err(Refused::NotDropped));
        assert_eq!(gone.restore(), Ok(()));
    }
}
