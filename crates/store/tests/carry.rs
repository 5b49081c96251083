//! Backup, restore and move, from either engine into either.
#![cfg(test)]

use lt_contracts::{Actor, Change};
use lt_kernel::id::Uuid;
use lt_store::{Blobs, Db, Migration, Place, StoreError, Unit, backup, move_database, params, restore};
use lt_testkit::both_engines;
use lt_testkit::db::Base;

const OLD: &[Migration] = &[Migration {
    number: 1,
    name: "orgs",
    sqlite: concat!(
        include_str!("orgs.sql"),
        "INSERT INTO t_org (id, name) VALUES (x'00000000000000000000000000000001', 'seed');\n"
    ),
    postgres: concat!(
        include_str!("orgs.sql"),
        "INSERT INTO t_org (id, name) VALUES ('00000000-0000-0000-0000-000000000001', 'seed');\n"
    ),
}];
const NEW: &[Migration] = &[OLD[0], Migration::both(2, "later", "ALTER TABLE t_org ADD COLUMN code TEXT;\n")];

fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

/// Three thousand organisations whose parents come later in the table, files, changes, a listener's place.
async fn filled(base: &Base, blobs: &Blobs) -> Db {
    let db = base.open().await;
    db.migrate(&[("t", OLD)]).await.unwrap();
    let kept = blobs.put("nội dung".as_bytes().to_vec()).await.unwrap();
    let mut unit = Unit::new();
    unit.run("UPDATE t_org SET name = $1", params!["Tỉnh"]);
    let orgs = (2..3000_u128).rev().map(|n| params![id(n), format!("Xã {n}\u{1F600}\n\"")]).collect();
    unit.run_many("INSERT INTO t_org (id, name) VALUES ($1, $2)", orgs);
    let parents = (2..3000_u128).map(|n| params![id(if n % 2 == 0 { n / 2 } else { n - 1 }), id(n)]).collect();
    unit.run_many("UPDATE t_org SET parent = $1 WHERE id = $2", parents);
    for (place, raw) in [(0, None), (i64::MAX, Some(vec![0_u8, 1, 255])), (i64::MIN, Some(vec![]))] {
        unit.run(
            "INSERT INTO t_file (org, place, hash, raw) VALUES ($1, $2, $3, $4)",
            params![id(1), place, &kept.hash, raw],
        );
    }
    db.commit(unit).await.unwrap();
    for number in 0..5 {
        let mut unit = Unit::new();
        unit.draw("t.number");
        unit.emit(Change::new(Actor::Program, "t.org", id(number), "made"));
        db.commit(unit).await.unwrap();
    }
    let mut unit = Unit::new();
    let third = settled(&db, 5).await[2];
    unit.run("INSERT INTO store_place (listener, tx, seq) VALUES ($1, $2, $3)", params!["t.l", third.tx, third.seq]);
    db.commit(unit).await.unwrap();
    db
}

/// The places of the outbox, once all are shown.
async fn settled(db: &Db, count: usize) -> Vec<Place> {
    loop {
        let changes = db.changes_after(Place::START, 100).await.unwrap();
        if changes.len() >= count {
            return changes.into_iter().map(|change| change.place).collect();
        }
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
}

/// A target of the same engine, and one of the other where there is one.
async fn targets(base: &Base) -> Vec<Base> {
    let mut targets = vec![Base::sqlite()];
    if let Some(postgres) = Base::postgres().await {
        targets.push(postgres);
    }
    assert!(base.url().starts_with("sqlite") || targets.len() == 2);
    targets
}

async fn check(db: &Db) {
    let row = |sql: &'static str| async move { db.read_one(sql, vec![]).await.unwrap().unwrap() };
    assert_eq!(row("SELECT COUNT(*) AS n FROM t_org WHERE code IS NULL").await.get::<i64>("n").unwrap(), 2999);
    let name: String = row("SELECT name FROM t_org WHERE parent IS NULL").await.get("name").unwrap();
    assert_eq!(name, "Tỉnh", "the row a step puts in was replaced");
    let files = db.read("SELECT place, raw FROM t_file ORDER BY place", vec![]).await.unwrap();
    assert_eq!(
        files.iter().map(|file| file.get("raw").unwrap()).collect::<Vec<Option<Vec<u8>>>>(),
        [Some(vec![]), None, Some(vec![0, 1, 255])]
    );
    // The outbox goes on: old changes first and in their order, the listener stands where it stood, numbers go up.
    let mut unit = Unit::new();
    unit.emit(Change::new(Actor::Program, "t.org", id(9), "made"));
    db.commit(unit).await.unwrap();
    let places = settled(db, 6).await;
    let seqs: Vec<i64> = places.iter().map(|place| place.seq).collect();
    assert_eq!(seqs, [1, 2, 3, 4, 5, 6]);
    let place = row("SELECT tx, seq FROM store_place").await;
    assert_eq!(Place::of(&place).unwrap(), places[2]);
    let counter: i64 = row("SELECT value FROM store_counter").await.get("value").unwrap();
    assert_eq!(counter, 5);
}

both_engines! {
    async fn a_backup_is_restored_into_either_engine(base) {
        let blobs = Blobs::open(&base.dir().join("blobs")).unwrap();
        let db = filled(&base, &blobs).await;
        let file = base.dir().join("backup.zip");
        let taken = backup(&db, &blobs, &file).await.unwrap();
        assert_eq!((taken.blobs, taken.rows), (1, 2999 + 3 + 5 + 1 + 1));
        for target in targets(&base).await {
            let fresh = target.open().await;
            let kept = Blobs::open(&target.dir().join("blobs")).unwrap();
            assert_eq!(restore(&file, &fresh, &kept, &[("t", NEW)]).await.unwrap(), taken);
            check(&fresh).await;
            assert_eq!(kept.verify_all().await.unwrap().sound, 1);
            // Not a second time: it is no longer empty.
            assert!(matches!(restore(&file, &fresh, &kept, &[("t", NEW)]).await, Err(StoreError::Foreign(_))));
            drop(fresh);
            drop(target.open().await);
        }
    }

    async fn a_database_moves_into_either_engine(base) {
        let blobs = Blobs::open(&base.dir().join("blobs")).unwrap();
        let db = filled(&base, &blobs).await;
        for target in targets(&base).await {
            let fresh = target.open().await;
            let moved = move_database(&db, &fresh, &[("t", NEW)]).await.unwrap();
            assert_eq!(moved.rows, 2999 + 3 + 5 + 1 + 1);
            check(&fresh).await;
            assert!(move_database(&db, &fresh, &[("t", NEW)]).await.is_err(), "into a database that is not empty");
        }
    }

    async fn a_move_that_breaks_off_leaves_a_database_that_opens_nowhere(base) {
        let db = base.open().await;
        db.migrate(&[("t", OLD)]).await.unwrap();
        let target = base.another().await;
        let fresh = target.open().await;
        // The program lacks a step the rows were written under.
        db.migrate(&[("t", NEW)]).await.unwrap();
        let Err(StoreError::Foreign(why)) = move_database(&db, &fresh, &[("t", OLD)]).await else { panic!("moved") };
        assert!(why.contains("later version"), "{why}");
        drop(fresh);
        let Err(StoreError::Foreign(why)) = Db::open(target.url(), target.settings()).await else { panic!("opened") };
        assert!(why.contains("did not end"), "{why}");
    }

    async fn a_backup_while_others_write_is_of_one_moment(base) {
        let blobs = Blobs::open(&base.dir().join("blobs")).unwrap();
        let db = base.open().await;
        db.migrate(&[("t", OLD)]).await.unwrap();
        let writer = {
            let db = db.clone();
            tokio::spawn(async move {
                for number in 2..100_000 {
                    let mut unit = Unit::new();
                    unit.run("INSERT INTO t_org (id, name) VALUES ($1, $2)", params![id(number), "Xã"]);
                    unit.run("INSERT INTO t_file (org, place) VALUES ($1, $2)", params![id(number), 0]);
                    db.commit(unit).await.unwrap();
                }
            })
        };
        let target = Base::sqlite();
        for round in 0..3 {
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
            let file = base.dir().join(format!("{round}.zip"));
            backup(&db, &blobs, &file).await.unwrap();
            assert!(!writer.is_finished());
            if round == 2 {
                let fresh = target.open().await;
                restore(&file, &fresh, &blobs, &[("t", OLD)]).await.unwrap();
                let sql = "SELECT (SELECT COUNT(*) FROM t_org) AS orgs, (SELECT COUNT(*) FROM t_file) AS files";
                let row = fresh.read_one(sql, vec![]).await.unwrap().unwrap();
                let orgs: i64 = row.get("orgs").unwrap();
                assert_eq!(orgs, row.get::<i64>("files").unwrap() + 1);
                assert!(orgs > 1);
            }
        }
        writer.abort();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_file_is_refused_wherever_the_damage_lies() {
    let base = Base::sqlite();
    let blobs = Blobs::open(&base.dir().join("blobs")).unwrap();
    let db = filled(&base, &blobs).await;
    let file = base.dir().join("backup.zip");
    backup(&db, &blobs, &file).await.unwrap();
    let sound = std::fs::read(&file).unwrap();
    let broken = base.dir().join("broken.zip");
    for tenth in 1..10 {
        let mut bytes = sound.clone();
        let place = bytes.len() * tenth / 10;
        bytes[place] ^= 0x55;
        std::fs::write(&broken, &bytes).unwrap();
        let target = Base::sqlite();
        let kept = Blobs::open(&target.dir().join("blobs")).unwrap();
        let result = restore(&broken, &target.open().await, &kept, &[("t", NEW)]).await;
        assert!(result.is_err(), "byte {place}");
    }
    std::fs::write(&broken, &sound[..sound.len() / 2]).unwrap();
    let target = Base::sqlite();
    assert!(restore(&broken, &target.open().await, &blobs, &[("t", NEW)]).await.is_err());
    // Negative control: the sound bytes under the same name are taken.
    std::fs::write(&broken, &sound).unwrap();
    restore(&broken, &target.open().await, &blobs, &[("t", NEW)]).await.unwrap();
}
