//! Two who redefine one target at once, at the store: one is kept whole, the other leaves nothing behind.

use lt_store::{StoreError, Unit, params};
use lt_testkit::both_engines;

use super::model::Target;
use super::store::{drop as dropped, redefine};
use crate::observation::testing::{Ground, ORG};
use crate::resolution::store::{Held, whole};

async fn held(ground: &Ground) -> Held {
    let whole = whole(&ground.db, ground.whole.listed.id).await.unwrap().unwrap();
    whole.targets.into_iter().find(|held| held.target.code == "T1").unwrap()
}

async fn count(ground: &Ground, table: &str) -> i64 {
    let sql = format!("SELECT COUNT(*) AS n FROM {table}");
    ground.db.read_one(&sql, params![]).await.unwrap().unwrap().get("n").unwrap()
}

/// The change of `who`, decided on what `held` was when it was read.
fn changed(ground: &Ground, who: u128, held: &Held, title: &str) -> Unit {
    let target = Target { title: title.into(), ..held.target.clone() };
    let mut unit = Unit::new();
    redefine(&mut unit, &ground.hand(who, 60), held, ORG, &target, "sửa");
    unit
}

both_engines! {
    async fn the_second_of_two_redefinitions_of_one_version_is_stale_and_stores_nothing(base) {
        let ground = Ground::open(&base).await;
        let read = held(&ground).await;
        let (first, second) = (changed(&ground, 1, &read, "Một"), changed(&ground, 2, &read, "Hai"));
        ground.db.commit(first).await.unwrap();
        let before = (count(&ground, "targets_definition").await, count(&ground, "store_change").await);
        let answer = ground.db.commit(second).await;
        assert!(matches!(answer, Err(StoreError::Stale)), "{answer:?}");
        let now = held(&ground).await;
        assert_eq!((now.target.title.as_str(), now.version), ("Một", read.version + 1));
        assert_eq!((count(&ground, "targets_definition").await, count(&ground, "store_change").await), before);
        // Control: the same change, decided on what is stored now, is taken.
        ground.db.commit(changed(&ground, 2, &now, "Hai")).await.unwrap();
        assert_eq!(held(&ground).await.target.title, "Hai");
        assert_eq!(count(&ground, "targets_definition").await, before.0 + 1);
    }

    async fn of_two_commits_at_once_exactly_one_is_kept(base) {
        let ground = Ground::open(&base).await;
        for round in 0..8_i64 {
            let read = held(&ground).await;
            let (a, b) = (format!("Một {round}"), format!("Hai {round}"));
            let (first, second) = (changed(&ground, 1, &read, &a), changed(&ground, 2, &read, &b));
            let rows = count(&ground, "targets_definition").await;
            let answers = tokio::join!(ground.db.commit(first), ground.db.commit(second));
            let kept = match &answers {
                (Ok(_), Err(StoreError::Stale)) => a,
                (Err(StoreError::Stale), Ok(_)) => b,
                other => panic!("round {round}: {other:?}"),
            };
            let now = held(&ground).await;
            assert_eq!((now.target.title, now.version), (kept, read.version + 1));
            assert_eq!(count(&ground, "targets_definition").await, rows + 1);
        }
    }

    async fn a_target_dropped_meanwhile_is_not_redefined(base) {
        let ground = Ground::open(&base).await;
        let read = held(&ground).await;
        let mut unit = Unit::new();
        dropped(&mut unit, &ground.hand(1, 30), &read, "trùng");
        ground.db.commit(unit).await.unwrap();
        let answer = ground.db.commit(changed(&ground, 2, &read, "Hai")).await;
        assert!(matches!(answer, Err(StoreError::Stale)), "{answer:?}");
        assert_eq!(held(&ground).await.target, read.target);
    }
}
