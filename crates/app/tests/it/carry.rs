//! Carried safely: backed up while it works, restored into the other engine, moved row by row.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

use lienthong::program::{modules, schemas};
use lt_contracts::{Actor, Change};
use lt_store::{Blobs, Unit, params};
use lt_testkit::both_engines;
use lt_testkit::db::Base;

use crate::world::{World, day};

/// A place on the other engine; on the same one when there is no cluster, which `Base` says loudly.
async fn other(base: &Base) -> Base {
    if base.url().starts_with("sqlite:") { Base::postgres().await.unwrap_or_else(Base::sqlite) } else { Base::sqlite() }
}

/// Attaches a file to the first observation there is.
async fn attach(world: &World, content: &[u8]) -> String {
    let kept = world.ground.blobs.put(content.to_vec()).await.unwrap();
    let row = world.ground.db.read_one("SELECT id FROM targets_observation ORDER BY id LIMIT 1", vec![]).await.unwrap();
    let observation: lt_kernel::id::Uuid = row.unwrap().get("id").unwrap();
    let now = world.program.host.clock.now();
    let mut unit = Unit::new();
    unit.run(
        "INSERT INTO targets_evidence (id, observation, position, kind, title, href, blob, size, mime, added_at) \
         VALUES ($1, $2, 99, 'file', $3, '', $4, $5, 'application/pdf', $6)",
        params![
            world.program.host.ids.next(now),
            observation,
            "Biên bản nghiệm thu.pdf",
            &kept.hash,
            i64::try_from(kept.size).unwrap(),
            now
        ],
    );
    world.ground.db.commit(unit).await.unwrap();
    kept.hash
}

const DAYS: [&str; 3] = ["2019-12-31", "2020-01-06", "2026-01-01"];

async fn boards(world: &World) -> Vec<std::collections::BTreeMap<String, String>> {
    let mut all = Vec::new();
    for at in DAYS {
        all.push(world.verdicts(day(at)).await);
    }
    assert!(all.iter().all(|board| board.len() > 30), "there is something to compare");
    all
}

both_engines! {
    async fn a_backup_made_while_it_works_is_whole_in_the_other_engine(base) {
        let to = other(&base).await;
        let world = World::with_sample(base).await;
        let hash = attach(&world, b"%PDF-1.7 bien ban").await;
        let before = boards(&world).await;
        let file = world.base.dir().join("sao-luu.zip");
        let (stop, written) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicU32::new(0)));
        let writer = {
            let (db, stop, written) = (world.ground.db.clone(), Arc::clone(&stop), Arc::clone(&written));
            let (ids, now) = (Arc::clone(&world.program.host.ids), world.program.host.clock.now());
            tokio::spawn(async move {
                while !stop.load(Ordering::SeqCst) {
                    // One unit, two rows that belong together: an identifier in the counter and its change.
                    let mut unit = Unit::new();
                    unit.draw("test.backup");
                    unit.emit(Change::new(Actor::Program, "test.backup", ids.next(now), "written"));
                    db.commit(unit).await.unwrap();
                    written.fetch_add(1, Ordering::SeqCst);
                }
            })
        };
        while written.load(Ordering::SeqCst) < 5 {
            tokio::task::yield_now().await;
        }
        lt_store::backup(&world.ground.db, &world.ground.blobs, &file).await.unwrap();
        stop.store(true, Ordering::SeqCst);
        writer.await.unwrap();

        let (db, blobs) = (to.open().await, Blobs::open(&to.dir().join("files")).unwrap());
        let done = lt_store::restore(&file, &db, &blobs, &schemas(&modules())).await.unwrap();
        assert_eq!(done.blobs, 1);
        drop(db);
        let restored = World::with_ids(to, 1 << 40).await;
        assert_eq!(boards(&restored).await, before, "the same boards");
        assert_eq!(restored.ground.blobs.read(&hash).await.unwrap(), b"%PDF-1.7 bien ban");
        let sql = "SELECT value FROM store_counter WHERE name = 'test.backup'";
        let drawn: i64 = restored.ground.db.read_one(sql, vec![]).await.unwrap().unwrap().get("value").unwrap();
        let sql = "SELECT COUNT(*) AS n FROM store_change WHERE noun = 'test.backup'";
        let changes: i64 = restored.ground.db.read_one(sql, vec![]).await.unwrap().unwrap().get("n").unwrap();
        assert!(drawn >= 5);
        assert_eq!(drawn, changes, "of a unit either both rows or none");
        let mut reader = restored.person("docgia", "reader", Some("chi-bo-cong-ttdt-s3")).await;
        reader.get("/resolutions/s3-2017-2020?at=2020-01-06").await.is(200).says("66,67%");
    }

    async fn a_moved_database_is_the_same_row_by_row(base) {
        let to = other(&base).await;
        let world = World::with_sample(base).await;
        let known = world.account("vanthu").await;
        world.give(known.person, Some(world.org("chi-bo-cong-ttdt-s3").await), "reader").await;
        let before = boards(&world).await;
        let db = to.open().await;
        let done = lt_store::move_database(&world.ground.db, &db, &schemas(&modules())).await.unwrap();
        assert!(done.tables > 20 && done.rows > 200, "{done:?}");
        drop(db);
        let moved = World::with_ids(to, 1 << 40).await;
        assert_eq!(boards(&moved).await, before);
        assert_eq!(moved.count("store_change").await, world.count("store_change").await);
        moved.signed_in(&known).await.get("/targets").await.is(200).says("s3-2017-2020");
        // Work goes on there: numbers and identifiers continue.
        moved.person("nguoimoi", "reader", None).await.get("/targets").await.is(200);
    }

    async fn a_place_that_is_not_empty_is_left_alone(base) {
        let to = other(&base).await;
        let world = World::with_sample(base).await;
        let taken = World::empty(to).await;
        let rows = taken.count("registry_org").await;
        lt_store::move_database(&world.ground.db, &taken.ground.db, &schemas(&modules())).await.unwrap_err();
        let file = world.base.dir().join("sao-luu.zip");
        lt_store::backup(&world.ground.db, &world.ground.blobs, &file).await.unwrap();
        let (db, blobs) = (&taken.ground.db, &taken.ground.blobs);
        lt_store::restore(&file, db, blobs, &schemas(&modules())).await.unwrap_err();
        assert_eq!(taken.count("registry_org").await, rows);
        assert_eq!(taken.count("targets_resolution").await, 0);
    }
}

#[tokio::test]
async fn a_damaged_backup_is_refused_and_opens_nowhere() {
    let world = World::with_sample(Base::sqlite()).await;
    let file = world.base.dir().join("sao-luu.zip");
    lt_store::backup(&world.ground.db, &world.ground.blobs, &file).await.unwrap();
    let whole = std::fs::read(&file).unwrap();
    for (name, damaged) in [
        ("cut short", whole[..whole.len() / 2].to_vec()),
        ("empty", Vec::new()),
        ("one bit", {
            let mut other = whole.clone();
            let middle = other.len() / 3;
            other[middle] ^= 0x10;
            other
        }),
    ] {
        let bad = world.base.dir().join("hong.zip");
        std::fs::write(&bad, damaged).unwrap();
        let to = Base::sqlite();
        let (db, blobs) = (to.open().await, Blobs::open(&to.dir().join("files")).unwrap());
        let refused = lt_store::restore(&bad, &db, &blobs, &schemas(&modules())).await;
        assert!(refused.is_err(), "{name}: a damaged backup must not be restored");
    }
}
