//! What every engine must do alike: the storage contract.
#![cfg(test)]

use std::collections::HashSet;
use std::sync::Arc;

use lt_contracts::{Actor, Change};
use lt_kernel::Clock as _;
use lt_kernel::id::{AccountId, OrgId, Uuid};
use lt_store::{ChangeFilter, Db, Fault, Migration, Place, Settings, StoreError, Unit, Val, params};
use lt_testkit::both_engines;

mod notes;
use notes::{INSERT, NOTES, count, id, note, ready};

both_engines! {
    async fn values_come_back_as_they_went(base) {
        let db = ready(&base).await;
        let mut unit = Unit::new();
        let json = serde_json::json!({"tên": "Hồ sơ", "số": [1, null]});
        unit.run(
            "INSERT INTO t_note (id, number, title, body, raw, at) VALUES ($1, $2, $3, $4, $5, $6)",
            params![id(1), i64::MIN, "Quyết định", json.clone(), vec![0_u8, 255], base.clock().now()],
        );
        unit.run(
            "INSERT INTO t_note (id, number, title, body, raw, at) VALUES ($1, $2, $3, $4, $5, $6)",
            params![id(2), None::<i64>, None::<String>, None::<String>, None::<Vec<u8>>, None::<i64>],
        );
        assert_eq!(db.commit(unit).await.unwrap().rows, 2);
        let rows = db.read("SELECT id, number, title, body, raw, at FROM t_note ORDER BY id", vec![]).await.unwrap();
        let first = &rows[0];
        assert_eq!(first.values()[0], Val::Id(id(1)), "an identifier, not bytes");
        assert_eq!(first.get::<i64>("number").unwrap(), i64::MIN);
        assert_eq!(first.get::<serde_json::Value>("body").unwrap(), json);
        assert_eq!(first.get::<Vec<u8>>("raw").unwrap(), [0, 255]);
        assert_eq!(first.get::<lt_kernel::Instant>("at").unwrap(), base.clock().now(), "to the microsecond");
        assert_eq!(rows[1].values()[1..], vec![Val::Null; 5]);
    }

    async fn sums_are_numbers_only_when_cast(base) {
        let db = ready(&base).await;
        for number in [2, 5] {
            db.commit(note(number)).await.unwrap();
        }
        let row = db.read_one("SELECT CAST(SUM(number) AS BIGINT) AS sum FROM t_note", vec![]).await.unwrap().unwrap();
        assert_eq!(row.get::<i64>("sum").unwrap(), 7);
        // AVG is a fraction on one engine and a decimal on the other: never read as it is.
        let avg = db.read("SELECT AVG(number) AS avg FROM t_note", vec![]).await;
        assert!(matches!(avg, Err(StoreError::Column(_))), "{avg:?}");
    }

    async fn nulls_stand_last_when_told(base) {
        let db = ready(&base).await;
        let mut unit = Unit::new();
        for (key, number) in [(1, Some(3_i64)), (2, None), (3, Some(1))] {
            unit.run("INSERT INTO t_note (id, number) VALUES ($1, $2)", params![id(key), number]);
        }
        db.commit(unit).await.unwrap();
        for (order, wanted) in [("ASC", [3, 1, 2]), ("DESC", [1, 3, 2])] {
            let sql = format!("SELECT id FROM t_note ORDER BY number {order} NULLS LAST");
            let rows = db.read(&sql, vec![]).await.unwrap();
            let found: Vec<Uuid> = rows.iter().map(|row| row.get("id").unwrap()).collect();
            assert_eq!(found, wanted.map(id));
        }
    }

    async fn pages_go_by_key(base) {
        let db = ready(&base).await;
        let mut unit = Unit::new();
        for key in 1..=10 {
            unit.run("INSERT INTO t_note (id, at) VALUES ($1, $2)", params![id(key), key / 4]);
        }
        db.commit(unit).await.unwrap();
        let (mut at, mut last, mut seen) = (i64::MAX, Uuid::max(), Vec::new());
        loop {
            let sql = "SELECT at, id FROM t_note WHERE (at, id) < ($1, $2) ORDER BY at DESC, id DESC LIMIT $3";
            let rows = db.read(sql, params![at, last, 3]).await.unwrap();
            let Some(end) = rows.last() else { break };
            (at, last) = (end.get("at").unwrap(), end.get("id").unwrap());
            seen.extend(rows.iter().map(|row| row.get::<Uuid>("id").unwrap()));
        }
        assert_eq!(seen, (1..=10).rev().map(id).collect::<Vec<_>>());
    }

    async fn a_text_is_never_bound_for_a_number_unseen(base) {
        let db = ready(&base).await;
        let mut unit = Unit::new();
        unit.run("INSERT INTO t_note (id, number) VALUES ($1, $2)", params![id(1), "bảy"]);
        let stored = db.commit(unit).await;
        if db.engine_name() == "postgres" {
            assert!(matches!(stored, Err(StoreError::Engine(_))), "{stored:?}");
            assert_eq!(count(&db, "t_note").await, 0);
        } else {
            // The embedded engine takes it; reading it as a number then fails instead of guessing.
            let row = db.read_one("SELECT number FROM t_note", vec![]).await.unwrap().unwrap();
            assert!(matches!(row.get::<i64>("number"), Err(StoreError::Column(name)) if name == "number"));
        }
    }

    async fn places_and_values_must_match(base) {
        let db = ready(&base).await;
        for values in [params![], params![id(1), id(2)]] {
            assert!(db.read("SELECT id FROM t_note WHERE id = $1", values.clone()).await.is_err());
            let mut unit = Unit::new();
            unit.run("DELETE FROM t_note WHERE id = $1", values);
            assert!(db.commit(unit).await.is_err());
        }
        assert_eq!(count(&db, "t_note").await, 0);
    }

    async fn a_guarded_statement_that_misses_is_stale_and_undoes_all(base) {
        let db = ready(&base).await;
        db.commit(note(1)).await.unwrap();
        let guarded = |version: i64| {
            let mut unit = note(100 + version);
            let sql = "UPDATE t_note SET version = version + 1 WHERE id = $1 AND version = $2";
            unit.run(sql, params![id(1), version]).expect_rows(1);
            unit
        };
        db.commit(guarded(1)).await.unwrap();
        assert!(matches!(db.commit(guarded(1)).await, Err(StoreError::Constraint(_))));
        assert!(matches!(db.commit(guarded(7)).await, Err(StoreError::Stale)));
        assert_eq!(count(&db, "t_note").await, 2);
        assert_eq!(count(&db, "store_change").await, 2);
    }

    async fn constraints_say_their_name(base) {
        let db = ready(&base).await;
        db.commit(note(1)).await.unwrap();
        let Err(StoreError::Constraint(name)) = db.commit(note(1)).await else { panic!("taken twice") };
        assert!(name.contains("t_note"), "{name}");
        let line = |note: i64, place: i64| {
            let mut unit = Unit::new();
            unit.run("INSERT INTO t_line (note, place) VALUES ($1, $2)", params![id(note), place]);
            unit
        };
        assert!(matches!(db.commit(line(9, 0)).await, Err(StoreError::Constraint(_))), "foreign key");
        assert!(matches!(db.commit(line(1, -1)).await, Err(StoreError::Constraint(_))), "check");
        db.commit(line(1, 0)).await.unwrap();
    }

    async fn one_failing_unit_leaves_sixty_three_others_alone(base) {
        let db = ready(&base).await;
        db.commit(note(1000)).await.unwrap();
        for round in 0..5 {
            let callers: Vec<_> = (0..64)
                .map(|caller| {
                    let db = db.clone();
                    // Every eighth hits the unique number of the first note.
                    let mut unit = note(round * 64 + caller);
                    if caller % 8 == 3 {
                        unit.append(note(1000));
                    }
                    tokio::spawn(async move { db.commit(unit).await })
                })
                .collect();
            for (caller, handle) in callers.into_iter().enumerate() {
                let result = handle.await.unwrap();
                assert_eq!(result.is_err(), caller % 8 == 3, "{caller}: {result:?}");
            }
        }
        assert_eq!(count(&db, "t_note").await, 1 + 5 * 56);
        assert_eq!(count(&db, "store_change").await, 1 + 5 * 56);
    }

    async fn numbers_are_drawn_without_gap_or_double(base) {
        let db = ready(&base).await;
        let callers: Vec<_> = (1..=64_i64)
            .map(|caller| {
                let db = db.clone();
                tokio::spawn(async move {
                    let mut unit = Unit::new();
                    unit.draw("t.note");
                    unit.run(
                        "INSERT INTO t_note (id, number) VALUES ($1, (SELECT value FROM store_counter WHERE name = $2))",
                        params![id(caller), "t.note"],
                    );
                    if caller % 4 == 0 {
                        // Fails: its number must go to somebody else.
                        unit.run("DELETE FROM t_line WHERE place = $1", params![-1]).expect_rows(1);
                    }
                    db.commit(unit).await.is_ok()
                })
            })
            .collect();
        let mut stored = 0;
        for caller in callers {
            stored += i64::from(caller.await.unwrap());
        }
        assert_eq!(stored, 48);
        let rows = db.read("SELECT number FROM t_note ORDER BY number", vec![]).await.unwrap();
        let numbers: Vec<i64> = rows.iter().map(|row| row.get("number").unwrap()).collect();
        assert_eq!(numbers, (1..=48).collect::<Vec<_>>());
    }

    async fn an_unknown_end_is_said_and_settled_by_reading(base) {
        let sound = ready(&base).await;
        for (fault, kept, number) in [(Fault::LoseCommit, 0, 1), (Fault::LoseAnswer, 1, 2)] {
            let settings = Settings { fault, ..base.settings() };
            let db = Db::open(base.url(), settings).await.unwrap();
            assert!(matches!(db.commit(note(number)).await, Err(StoreError::Unknown(_))), "{fault:?}");
            let rows = sound.read("SELECT id FROM t_note WHERE number = $1", params![number]).await.unwrap();
            assert_eq!(rows.len(), kept, "{fault:?}");
        }
    }

    async fn many_rows_are_one_unit(base) {
        let db = ready(&base).await;
        let rows = |from: i64| (from..from + 1003).map(|n| params![id(n), n, "hàng"]).collect::<Vec<_>>();
        let mut unit = Unit::new();
        unit.run_many(INSERT, rows(0)).expect_rows(1003);
        assert_eq!(db.commit(unit).await.unwrap().rows, 1003);
        // One double among them: none is stored.
        let mut unit = Unit::new();
        unit.run_many(INSERT, rows(1002));
        assert!(matches!(db.commit(unit).await, Err(StoreError::Constraint(_))));
        let mut unit = Unit::new();
        unit.run_many("UPDATE t_note SET title = $1 WHERE number = $2", vec![params!["a", 1], params!["b", 5000]])
            .expect_rows(2);
        assert!(matches!(db.commit(unit).await, Err(StoreError::Stale)));
        let mut unit = Unit::new();
        unit.run_many(INSERT, vec![]);
        unit.run("DELETE FROM t_note WHERE number = $1", params![7]);
        assert_eq!(db.commit(unit).await.unwrap().rows, 1);
        assert_eq!(count(&db, "t_note").await, 1002);
    }

    async fn long_reads_hand_out_row_by_row(base) {
        let db = ready(&base).await;
        let mut unit = Unit::new();
        unit.run_many(INSERT, (0..2000).map(|n: i64| params![id(n), n, "hàng"]).collect());
        db.commit(unit).await.unwrap();
        let (sum, ids) = db
            .scan_fold("SELECT id, number, title, raw FROM t_note", vec![], (0, HashSet::new()), |(sum, ids), row| {
                *sum += row.int(1)?;
                assert_eq!(row.text(2)?, "hàng");
                assert_eq!(row.int_or_null(1)?, Some(row.int(1)?));
                assert!(row.id(0).is_ok() && row.val(3)? == Val::Null && row.int(2).is_err());
                ids.insert(row.id(0)?);
                Ok(())
            })
            .await
            .unwrap();
        assert_eq!((sum, ids.len()), (1999 * 1000, 2000));
        let stopped = db.scan_each("SELECT id FROM t_note", vec![], |_| Err(StoreError::Stale)).await;
        assert!(matches!(stopped, Err(StoreError::Stale)));
        assert_eq!(db.scan("SELECT id FROM t_note", vec![]).await.unwrap().len(), 2000);
    }

    async fn several_reads_see_one_moment(base) {
        let db = ready(&base).await;
        let writer = {
            let db = db.clone();
            tokio::spawn(async move {
                for number in 1..200 {
                    let mut unit = note(number);
                    unit.run("INSERT INTO t_line (note, place) VALUES ($1, $2)", params![id(number), 0]);
                    db.commit(unit).await.unwrap();
                }
            })
        };
        let mut moved = HashSet::new();
        while !writer.is_finished() {
            let both = vec![
                ("SELECT COUNT(*) AS n FROM t_note", vec![]),
                ("SELECT COUNT(*) AS n FROM t_line", vec![]),
            ];
            let found = db.read_many(both).await.unwrap();
            let [notes, lines] = [0, 1].map(|place| found[place][0].get::<i64>("n").unwrap());
            assert_eq!(notes, lines, "the two reads saw different moments");
            moved.insert(notes);
        }
        writer.await.unwrap();
        assert!(moved.len() > 2, "the test read nothing while the writer wrote");
    }

    async fn history_is_stamped_filtered_and_paged(base) {
        let db = ready(&base).await;
        let (org, other, account) = (OrgId(id(70)), OrgId(id(71)), AccountId(id(80)));
        for number in 0..10 {
            base.clock().advance(1);
            let mut unit = Unit::new();
            let noun = if number < 5 { "t.note" } else { "tt.note" };
            let actor = if number % 2 == 0 { Actor::Account(account) } else { Actor::Program };
            let change = Change::new(actor, noun, id(number), "made").after(&number.to_string());
            unit.emit(change.of(if number < 8 { org } else { other }));
            db.commit(unit).await.unwrap();
        }
        let find = async |filter: ChangeFilter| {
            let found = db.changes(&filter).await.unwrap();
            found.iter().map(|stored| stored.change.id.as_u128()).collect::<Vec<_>>()
        };
        let all = ChangeFilter::default;
        assert_eq!(find(all()).await, (0..10).rev().collect::<Vec<_>>());
        assert_eq!(find(ChangeFilter { thing: Some(id(3)), ..all() }).await, [3]);
        assert_eq!(find(ChangeFilter { orgs: Some(vec![other]), ..all() }).await, [9, 8]);
        assert_eq!(find(ChangeFilter { orgs: Some(vec![]), ..all() }).await, Vec::<u128>::new());
        assert_eq!(find(ChangeFilter { noun_prefix: Some("t.".into()), ..all() }).await, [4, 3, 2, 1, 0]);
        assert_eq!(find(ChangeFilter { noun_other_than: Some("t.note".into()), ..all() }).await, [9, 8, 7, 6, 5]);
        assert_eq!(find(ChangeFilter { actor: Some(Actor::Account(account)), ..all() }).await, [8, 6, 4, 2, 0]);
        let from = base.clock().now().plus_seconds(-1);
        assert_eq!(find(ChangeFilter { from: Some(from), ..all() }).await, [9, 8]);
        assert_eq!(find(ChangeFilter { from: Some(from), until: Some(base.clock().now()), ..all() }).await, [8]);
        let page = db.changes(&ChangeFilter { limit: 4, ..all() }).await.unwrap();
        let rest = ChangeFilter { before_seq: Some(page[3].place.seq), ..all() };
        assert_eq!(find(rest).await, [5, 4, 3, 2, 1, 0]);
        assert_eq!(page[0].at, base.clock().now());
        assert_eq!(page[0].change.after, serde_json::json!("9"));
        // On PostgreSQL a transaction anywhere in the cluster, such as another test's, holds changes back for a moment.
        while db.changes_after(Place::START, 100).await.unwrap().len() < 10 {
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        }
    }

    async fn commits_wake_those_who_wait(base) {
        let db = ready(&base).await;
        let mut commits = db.commits();
        let waiting = tokio::spawn(async move { commits.changed().await });
        db.commit(note(1)).await.unwrap();
        tokio::time::timeout(std::time::Duration::from_secs(10), waiting).await.unwrap().unwrap().unwrap();
    }

    async fn a_caller_who_goes_away_leaves_nothing_half(base) {
        let db = ready(&base).await;
        for number in 0..200 {
            let mut unit = note(number);
            unit.run("INSERT INTO t_line (note, place) VALUES ($1, $2)", params![id(number), 0]).expect_rows(1);
            let patience = std::time::Duration::from_micros(u64::try_from(number * 10).unwrap());
            drop(tokio::time::timeout(patience, db.commit(unit)).await);
        }
        // Everything still works, and both tables hold the same notes.
        db.commit(note(5000)).await.unwrap();
        assert_eq!(count(&db, "t_note").await, count(&db, "t_line").await + 1);
    }

    async fn steps_edited_missing_or_newer_are_refused(base) {
        let db = ready(&base).await;
        assert_eq!(db.migrate(&[("t", NOTES)]).await.unwrap(), 0);
        let edited = [NOTES[0], Migration::both(2, "index", "CREATE INDEX t_note_other ON t_note (at);\n")];
        let late = [NOTES[0], Migration::both(3, "late", "CREATE TABLE t_late (id UUID);\n")];
        for (steps, word) in [(&edited[..], "edited"), (&late[..], "does not know"), (&NOTES[..1], "later version")] {
            let Err(StoreError::Foreign(why)) = db.migrate(&[("t", steps)]).await else { panic!("taken: {word}") };
            assert!(why.contains(word), "{why}");
        }
        let broken = [NOTES[0], NOTES[1], Migration::both(3, "broken", "CREATE TABLE t_x (id UUID);\nCREATE NONSENSE;\n")];
        assert!(matches!(db.migrate(&[("t", &broken)]).await, Err(StoreError::Foreign(_))));
        assert!(db.read("SELECT id FROM t_x", vec![]).await.is_err(), "half a step stayed");
        db.commit(note(1)).await.unwrap();
    }

    async fn two_nodes_starting_at_once_take_each_step_once(base) {
        let nodes: Vec<_> = (0..4)
            .map(|_| {
                let (url, settings) = (base.url().to_owned(), base.settings());
                tokio::spawn(async move { Db::open(&url, settings).await.unwrap().migrate(&[("t", NOTES)]).await })
            })
            .collect();
        let mut taken = 0;
        for node in nodes {
            taken += node.await.unwrap().unwrap();
        }
        assert_eq!(taken, 2);
    }

    async fn a_fresh_schema_equals_one_grown_step_by_step(base) {
        let grown = base.open().await;
        for steps in 1..=NOTES.len() {
            grown.migrate(&[("t", &NOTES[..steps])]).await.unwrap();
        }
        let other = base.another().await;
        let fresh = ready(&other).await;
        assert_eq!(grown.schema().await.unwrap(), fresh.schema().await.unwrap());
        assert!(fresh.schema().await.unwrap().iter().any(|line| line.contains("t_note_at")));
    }
}

#[tokio::test]
async fn another_scheme_is_refused() {
    let clock = Arc::new(lt_testkit::db::TestClock::at(lt_kernel::Instant::from_micros(0)));
    for url in ["mysql://host/db", "lienthong.db", "", "SQLITE:x", "file:x"] {
        let opened = Db::open(url, Settings::new(clock.clone())).await;
        assert!(matches!(opened, Err(StoreError::Foreign(_))), "{url}");
    }
}
