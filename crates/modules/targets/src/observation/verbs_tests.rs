use lt_kernel::quantity::{Exact, Reported};
use lt_store::{ChangeFilter, StoreError, Unit, params};
use lt_testkit::both_engines;

use super::frozen::Frozen;
use super::line::Key;
use super::model::{Evidence, Judgement, Observation, ObservationId, Value};
use super::store::{self, Detail, New};
use super::testing::{Ground, ORG, account};
use super::verbs::{self, Refused};
use crate::resolution::model::MeasureId;
use crate::resolution::write::Hand;

fn number(value: i64) -> Value {
    Value::Number { value: Reported::exact(Exact::whole(value)) }
}

fn new(ground: &Ground, hand: &Hand, measure: MeasureId, value: Value) -> New {
    New {
        seen: Observation {
            id: ObservationId(lt_kernel::id::Ids::next(&ground.ids, hand.now)),
            value,
            as_of: "2021-06-30".parse().unwrap(),
            period: None,
            unit: None,
            event: None,
            recorded_at: hand.now,
            approved: false,
            evidence: Evidence::None,
        },
        measure,
        resolution: None,
        sentence: String::new(),
        note: String::new(),
        evidence: Vec::new(),
        replaces: None,
    }
}

fn measure(ground: &Ground, code: &str) -> MeasureId {
    ground.whole.measures.iter().find(|(_, measure)| measure.code == code).unwrap().0
}

async fn recorded(ground: &Ground, code: &str, value: Value) -> Detail {
    let hand = ground.hand(1, 0);
    let new = new(ground, &hand, measure(ground, code), value);
    let mut unit = Unit::new();
    verbs::record(&mut unit, &hand, code, &new);
    ground.db.commit(unit).await.unwrap();
    read(ground, new.seen.id).await
}

async fn read(ground: &Ground, id: ObservationId) -> Detail {
    store::by_id(&ground.db, id).await.unwrap().unwrap()
}

async fn stamp(ground: &Ground) -> i64 {
    let row = ground.db.read_one("SELECT stamp FROM targets_stamp WHERE org = $1", params![ORG]).await.unwrap();
    row.unwrap().get("stamp").unwrap()
}

async fn verb_of(ground: &Ground, id: ObservationId) -> (String, bool, bool) {
    let filter = ChangeFilter { thing: Some(id.0), limit: 1, ..ChangeFilter::default() };
    let change = ground.db.changes(&filter).await.unwrap().remove(0).change;
    assert_eq!(change.org, Some(ORG));
    (change.verb, !change.before.is_null(), !change.after.is_null())
}

both_engines! {
    async fn an_observation_walks_through_its_verbs(base) {
        let ground = Ground::open(&base).await;
        let one = recorded(&ground, "admitted", number(2)).await;
        assert_eq!(verb_of(&ground, one.seen.id).await, ("recorded".into(), false, true));
        assert_eq!(one.approve(Some(account(1))), Err(Refused::OwnFigure));
        assert_eq!(one.approve(None), Err(Refused::OwnFigure));
        assert_eq!(one.approve(Some(account(2))), Ok(()));

        let before = stamp(&ground).await;
        let mut unit = Unit::new();
        verbs::approve(&mut unit, &ground.hand(2, 1), &one);
        ground.db.commit(unit.clone()).await.unwrap();
        assert!(matches!(ground.db.commit(unit).await, Err(StoreError::Stale)), "approved twice");
        let approved = read(&ground, one.seen.id).await;
        assert_eq!(approved.approve(Some(account(2))), Err(Refused::Approved));
        assert_eq!(stamp(&ground).await, before + 1);

        let hand = ground.hand(1, 2);
        let better = New { replaces: Some(one.seen.id), ..new(&ground, &hand, one.measure, number(3)) };
        assert_eq!(approved.correct(&better, " "), Err(Refused::NoReason));
        let same = New { replaces: Some(one.seen.id), ..new(&ground, &hand, one.measure, number(2)) };
        assert_eq!(approved.correct(&same, "gõ nhầm"), Err(Refused::Same));
        assert_eq!(approved.correct(&better, "gõ nhầm"), Ok(()));
        let mut unit = Unit::new();
        verbs::replace(&mut unit, &hand, "admitted", &approved, &better, "gõ nhầm", "corrected");
        ground.db.commit(unit).await.unwrap();
        assert_eq!(ground.count().await, 1);
        let (old, fresh) = (read(&ground, one.seen.id).await, read(&ground, better.seen.id).await);
        assert_eq!(old.withdraw("x"), Err(Refused::Withdrawn));
        assert_eq!(old.approve(Some(account(2))), Err(Refused::Withdrawn));
        assert_eq!((fresh.replaces, fresh.approved.is_some()), (Some(one.seen.id), false));
        assert_eq!(verb_of(&ground, fresh.seen.id).await, ("corrected".into(), true, true));

        assert_eq!(fresh.withdraw(""), Err(Refused::NoReason));
        let mut unit = Unit::new();
        verbs::withdraw(&mut unit, &ground.hand(1, 3), "admitted", &fresh, "không có cơ sở");
        ground.db.commit(unit).await.unwrap();
        assert_eq!(ground.count().await, 0);
        assert_eq!(verb_of(&ground, fresh.seen.id).await, ("withdrawn".into(), true, true));
    }

    async fn two_of_the_same_are_refused_by_the_database_and_found_before(base) {
        let ground = Ground::open(&base).await;
        let one = recorded(&ground, "admitted", number(2)).await;
        let key = Key::of(&one.seen, "");
        assert_eq!(verbs::same(&ground.db, one.measure, &key).await.unwrap(), Some(one.seen.id));
        let hand = ground.hand(2, 5);
        let mut unit = Unit::new();
        verbs::record(&mut unit, &hand, "admitted", &new(&ground, &hand, one.measure, number(9)));
        assert!(matches!(ground.db.commit(unit).await, Err(StoreError::Constraint(_))));
        assert_eq!(ground.count().await, 1);
    }

    async fn a_narrative_is_judged_by_a_person_and_nothing_else_is(base) {
        let ground = Ground::open(&base).await;
        let words = Value::Narrative { text: "Nội bộ đoàn kết".into(), chosen: None };
        let one = recorded(&ground, "unity", words).await;
        let value = one.judge(Judgement::Done).unwrap();
        let hand = ground.hand(2, 1);
        let judged = one.again(&hand, &ground.ids, value);
        let mut unit = Unit::new();
        verbs::replace(&mut unit, &hand, "unity", &one, &judged, "đã thực hiện", "judged");
        ground.db.commit(unit).await.unwrap();
        let judged = read(&ground, judged.seen.id).await;
        assert_eq!(judged.judge(Judgement::Done), Err(Refused::SameJudgement));
        assert!(judged.judge(Judgement::InPart).is_ok());
        assert_eq!(recorded(&ground, "admitted", number(1)).await.judge(Judgement::Done), Err(Refused::NotNarrative));
    }

    async fn a_frozen_review_covers_its_days_and_no_others(base) {
        let ground = Ground::open(&base).await;
        let id = measure(&ground, "admitted");
        let covered = |frozen: &Frozen, day: &str| frozen.covers(id, day.parse().unwrap()).map(|one| one.period.clone());
        assert_eq!(covered(&Frozen::load(&ground.db, ORG).await.unwrap(), "2021-06-30"), None);
        let review = |state: &'static str, number: u128| {
            let mut unit = Unit::new();
            let frozen = (state == "frozen").then_some(1_i64);
            unit.run(
                "INSERT INTO targets_review (id, resolution, period, cutoff, state, opened_at, collected_by, \
                 approved_by, frozen, version) VALUES ($1, $2, $3, '2021-06-30', $4, 0, $5, $6, $7, 1)",
                params![
                    lt_kernel::id::Uuid::from_u128(number), ground.whole.listed.id, format!("2021-H{number}"), state,
                    account(1), account(2), frozen
                ],
            );
            unit
        };
        ground.db.commit(review("approved", 2)).await.unwrap();
        assert_eq!(covered(&Frozen::load(&ground.db, ORG).await.unwrap(), "2021-06-30"), None);
        ground.db.commit(review("frozen", 1)).await.unwrap();
        let frozen = Frozen::load(&ground.db, ORG).await.unwrap();
        assert_eq!(covered(&frozen, "2021-06-30").as_deref(), Some("2021-H1"));
        assert_eq!(covered(&frozen, "2020-01-01").as_deref(), Some("2021-H1"));
        assert_eq!(covered(&frozen, "2021-07-01"), None);
        assert_eq!(covered(&frozen, "2019-12-31"), None, "outside the term");
        let hand = ground.hand(1, 9);
        let late = new(&ground, &hand, id, number(7));
        let mut unit = Unit::new();
        verbs::record(&mut unit, &hand, "admitted", &late);
        assert!(matches!(ground.db.commit(unit).await, Err(StoreError::Stale)), "slipped in below a frozen review");
    }
}
