//! From open to the second version of the report, on both engines.

use std::collections::BTreeMap;

use jiff::civil::date;
use lt_contracts::Actor;
use lt_kernel::id::Ids;
use lt_kernel::quantity::numbers::Convention;
use lt_store::{StoreError, Unit, params};
use lt_testkit::both_engines;

use super::cause::{self, Cause, Kind};
use super::missing::missing;
use super::model::{Refused, Review};
use super::store;
use super::testing::{FILE, Ground, ORG, head};
use super::verbs::{Sets, refrozen};
use crate::file::format::EvidenceLine;
use crate::file::value::reported;
use crate::observation::store::{self as observations, Detail, New, NewEvidence, touch};
use crate::observation::verbs;
use crate::observation::{Evidence, Observation, ObservationId, Value};
use crate::report::changes::Changed;
use crate::report::compose::{Blocker, Sources, compose};
use crate::report::content::Content;
use crate::report::store::{self as reports, Issue};
use crate::resolution::write::Hand;

/// What the next version would say.
async fn draft(ground: &Ground, review: &Review, texts: &[(&str, &str)]) -> (Content, Vec<Blocker>) {
    let number = review.state.frozen().unwrap().0;
    let (text, hash) = store::stored(&ground.db, review.id, number).await.unwrap().unwrap();
    let frozen = super::Frozen::read(&text, &hash).unwrap();
    let causes = cause::of(&ground.db, review.id).await.unwrap();
    let mut passages: BTreeMap<String, String> = head();
    passages.extend(texts.iter().map(|(part, text)| ((*part).to_owned(), (*text).to_owned())));
    let last = reports::versions(&ground.db, review.id).await.unwrap().pop();
    let before = match last {
        Some(last) => store::frozen(&ground.db, review.id, last.frozen).await.unwrap(),
        None => None,
    };
    compose(&Sources {
        frozen: &frozen,
        set: (number, &hash),
        causes: &causes,
        passages: &passages,
        symbol: "BC/CB",
        before: before.as_ref(),
        gone: &observations::gone(&ground.db, ground.listed.id).await.unwrap(),
    })
}

/// States a cause for every target that needs one.
async fn explain(ground: &Ground, review: &Review, frozen: &super::Frozen) {
    for code in cause::lacking(frozen, &[]) {
        let held = frozen.targets.iter().find(|held| held.target.code == code).unwrap();
        let cause = Cause {
            target: held.id,
            kind: Kind::NoData,
            text: "Chưa có số liệu của đơn vị thi công.".into(),
            remedy: "Đôn đốc theo Công văn số [12-CV/CB].".into(),
            version: 0,
        };
        let actor = Actor::Account(ground.by(1, 40).by);
        let unit = cause::write(review.id, &cause, None, ORG, actor, ground.now);
        ground.db.commit(unit).await.unwrap();
    }
}

async fn issue(ground: &Ground, review: &Review, content: &Content, version: u32) {
    let now = ground.now.plus_seconds(50 + i64::from(version));
    let id = ground.ids.next(now);
    let actor = Actor::Account(ground.by(3, 0).by);
    let unit = reports::issue(&Issue { id, review: review.id, version, org: ORG, actor, now }, content);
    ground.db.commit(unit).await.unwrap();
}

/// Puts a figure in the place of "gần 90".
fn correct(old: &Detail, new: &New, why: &str, signed: super::model::Signed) -> Unit {
    let hand = Hand { actor: Actor::Account(signed.by), now: signed.at, org: ORG };
    let mut unit = Unit::new();
    verbs::replace(&mut unit, &hand, "good-share", old, new, why, "corrected");
    unit
}

/// "gần 90" as it stands.
async fn near_ninety(ground: &Ground) -> Detail {
    let whole = crate::resolution::store::whole(&ground.db, ground.listed.id).await.unwrap().unwrap();
    let measure = whole.measures.iter().find(|(_, measure)| measure.code == "good-share").unwrap().0;
    let all = observations::of_measure(&ground.db, measure).await.unwrap();
    all.into_iter().find(|one| one.withdrawn.is_none()).unwrap()
}

fn instead(ground: &Ground, old: &Detail, text: &str, seconds: i64) -> New {
    let at = ground.now.plus_seconds(seconds);
    New {
        seen: Observation {
            id: ObservationId(ground.ids.next(at)),
            value: Value::Number { value: reported(text, Convention::Vi).unwrap() },
            recorded_at: at,
            approved: false,
            evidence: Evidence::Told,
            ..old.seen.clone()
        },
        measure: old.measure,
        resolution: old.resolution,
        sentence: old.sentence.clone(),
        note: String::new(),
        evidence: vec![NewEvidence {
            id: ground.ids.next(at),
            line: EvidenceLine {
                kind: Evidence::Told, title: "Biên bản đối chiếu".into(), href: String::new()
            },
            file: None,
        }],
        replaces: Some(old.seen.id),
    }
}

both_engines! {
    async fn from_open_to_the_second_version(base) {
        let ground = Ground::open(&base, FILE).await;
        let (review, frozen) = ground.freeze().await;
        let (_, blockers) = draft(&ground, &review, &[]).await;
        let no_cause: Vec<&Blocker> = blockers.iter().filter(|one| matches!(one, Blocker::NoCause { .. })).collect();
        assert!(no_cause.contains(&&Blocker::NoCause { target: "T3".into() }), "{blockers:?}");
        assert!(!no_cause.contains(&&Blocker::NoCause { target: "T2".into() }), "three of five is on the way");
        explain(&ground, &review, &frozen).await;
        let (content, blockers) = draft(&ground, &review, &[("1", "Chi bộ có {members} đảng viên.")]).await;
        assert_eq!(blockers, vec![]);
        assert_eq!(content.cutoff, date(2023, 6, 7));
        issue(&ground, &review, &content, 1).await;

        // A figure turns out wrong after it was frozen.
        let old = near_ninety(&ground).await;
        let new = instead(&ground, &old, "91", 60);
        let (first, second) = (ground.by(1, 60), ground.by(2, 70));
        review.correct(old.seen.as_of).unwrap();
        let unit = correct(&old, &new, "Cộng thiếu một tổ", first);
        ground.db.commit(unit).await.unwrap();
        let before = store::frozen(&ground.db, review.id, 1).await.unwrap().unwrap();
        let mut after = ground.set(&review, 70).await;
        let stamp = store::stamp(&ground.db, ORG).await.unwrap();
        let gone = observations::gone(&ground.db, ground.listed.id).await.unwrap();
        let sets = Sets { old: &before, new: &mut after, gone: &gone };
        let own = refrozen(&review, sets, stamp, ORG, ground.by(1, 70));
        assert_eq!(own.unwrap_err(), Refused::OwnCorrection);
        let sets = Sets { old: &before, new: &mut after, gone: &gone };
        let (unit, _) = refrozen(&review, sets, stamp, ORG, second).unwrap();
        ground.db.commit(unit).await.unwrap();
        let review = ground.again().await;
        assert_eq!(review.state.frozen().unwrap().0, 2);
        assert_eq!(near_ninety(&ground).await.approved.unwrap().1, Some(second.by));

        let (content, blockers) = draft(&ground, &review, &[("1", "Chi bộ có {members} đảng viên.")]).await;
        assert_eq!(blockers, vec![]);
        let figures: Vec<_> = content.changed.iter().filter(|one| matches!(one, Changed::Figure { .. })).collect();
        let [Changed::Figure { target, old: Some((was, _)), new: Some((is, _)), why, .. }] = figures.as_slice() else {
            panic!("exactly one figure changed: {figures:?}");
        };
        assert_eq!((target.as_str(), *was, *is), ("T1", old.seen.id, new.seen.id));
        assert_eq!(why, "Cộng thiếu một tổ", "a change is listed with its reason");
        assert!(content.changed.iter().any(|one| matches!(one, Changed::Verdict { target, .. } if target == "T1")));
        issue(&ground, &review, &content, 2).await;
        let versions = reports::versions(&ground.db, review.id).await.unwrap();
        let numbers: Vec<_> = versions.iter().map(|one| (one.version, one.drawn, one.frozen)).collect();
        assert_eq!(numbers, vec![(1, 1, 1), (2, 2, 2)], "the first version stays, the paper's number goes on");
        assert!(versions[0].content.changed.is_empty());
        assert_ne!(versions[0].sha256, versions[1].sha256);
    }

    async fn who_withdrew_a_frozen_figure_does_not_freeze_again(base) {
        let ground = Ground::open(&base, FILE).await;
        let (review, before) = ground.freeze().await;
        let old = near_ninety(&ground).await;
        let (first, second) = (ground.by(1, 60), ground.by(2, 70));
        let mut unit = Unit::new();
        let hand = Hand { actor: Actor::Account(first.by), now: first.at, org: ORG };
        verbs::withdraw(&mut unit, &hand, "good-share", &old, "Nhầm chi bộ");
        ground.db.commit(unit).await.unwrap();
        let gone = observations::gone(&ground.db, ground.listed.id).await.unwrap();
        let mut after = ground.set(&review, 70).await;
        let mut again = |gone: &observations::Withdrawn, signed| {
            refrozen(&review, Sets { old: &before, new: &mut after, gone }, 0, ORG, signed).map(|(_, state)| state)
        };
        assert_eq!(again(&gone, ground.by(1, 70)), Err(Refused::OwnCorrection));
        assert!(again(&gone, second).is_ok());
        // Negative control: without knowing who withdrew it, the same person would be let through.
        assert!(again(&observations::Withdrawn::new(), ground.by(1, 70)).is_ok());
    }

    async fn the_same_person_is_refused_by_the_database_too(base) {
        let ground = Ground::open(&base, FILE).await;
        let review = ground.review().await;
        let one = ground.by(1, 10);
        let next = review.collect(one).unwrap();
        ground.db.commit(store::moved(&review, &next, "collected", ORG, Actor::Account(one.by))).await.unwrap();
        let review = ground.again().await;
        assert_eq!(review.approve(one), Err(Refused::SamePerson));
        // A program that forgot to ask the model.
        let mut unit = Unit::new();
        unit.run(
            "UPDATE targets_review SET state = 'approved', approved_by = $1, approved_at = $2 WHERE id = $3",
            params![one.by, one.at, review.id],
        );
        assert!(matches!(ground.db.commit(unit).await, Err(StoreError::Constraint(_))));
    }

    async fn who_approves_leaves_his_own_figures_alone(base) {
        let ground = Ground::open(&base, FILE).await;
        let old = near_ninety(&ground).await;
        let approver = ground.by(2, 5);
        let unit = correct(&old, &instead(&ground, &old, "89", 5), "sửa", approver);
        ground.db.commit(unit).await.unwrap();
        let (_, frozen) = ground.freeze().await;
        let open: Vec<&str> =
            frozen.observations.iter().filter(|one| !one.seen.approved).map(|one| one.measure.as_str()).collect();
        assert_eq!(open, vec!["good-share"], "the others were approved with the review");
        let lacks = missing(&frozen);
        let own = lacks.iter().find(|lack| lack.held.target.code == "T1").unwrap();
        assert_eq!(own.unapproved.len(), 1);
        let codes: Vec<&str> = lacks.iter().map(|lack| lack.held.target.code.as_str()).collect();
        assert_eq!(codes, vec!["T1", "T3"], "T2 has a file and is approved");
    }

    async fn nothing_slips_in_below_the_cutoff(base) {
        let ground = Ground::open(&base, FILE).await;
        let old = near_ninety(&ground).await;
        let guarded = |day| {
            let mut unit = Unit::new();
            touch(&mut unit, ORG, &[old.measure]);
            store::refuse_if_frozen(&mut unit, ORG, old.measure, day);
            unit
        };
        assert_eq!(store::frozen_until(&ground.db, ground.listed.id).await.unwrap(), None);
        ground.db.commit(guarded(date(2023, 6, 7))).await.unwrap();
        ground.freeze().await;
        let until = store::frozen_until(&ground.db, ground.listed.id).await.unwrap();
        assert_eq!(until, Some((date(2023, 6, 7), "2023-H1".to_owned())));
        assert!(matches!(ground.db.commit(guarded(date(2023, 6, 7))).await, Err(StoreError::Stale)));
        ground.db.commit(guarded(date(2023, 6, 8))).await.unwrap();
    }

    async fn a_figure_recorded_while_freezing_makes_it_stale(base) {
        let ground = Ground::open(&base, FILE).await;
        let review = ground.review().await;
        let next = review.collect(ground.by(1, 10)).unwrap();
        ground.db.commit(store::moved(&review, &next, "collected", ORG, Actor::Program)).await.unwrap();
        let review = ground.again().await;
        let next = review.approve(ground.by(2, 20)).unwrap();
        ground.db.commit(store::approve(&review, &next, &[], ORG, ground.by(2, 20))).await.unwrap();
        let review = ground.again().await;
        let stamp = store::stamp(&ground.db, ORG).await.unwrap();
        let frozen = ground.set(&review, 30).await;
        let mut late = Unit::new();
        touch(&mut late, ORG, &[]);
        ground.db.commit(late).await.unwrap();
        let next = review.freeze(ground.by(2, 30)).unwrap();
        let unit = store::freeze(&review, &next, &store::Freezing { frozen: &frozen, stamp }, ORG, ground.by(2, 30));
        assert!(matches!(ground.db.commit(unit).await, Err(StoreError::Stale)));
        assert_eq!(ground.again().await.state, review.state);
    }

    async fn one_review_for_each_period(base) {
        let ground = Ground::open(&base, FILE).await;
        let review = ground.review().await;
        let again = ground.db.commit(store::open(&review, ORG, Actor::Program, ground.now)).await;
        assert!(matches!(again, Err(StoreError::Stale | StoreError::Constraint(_))));
    }
}
