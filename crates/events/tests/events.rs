//! Listeners and jobs on both engines.
#![cfg(test)]

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use lt_contracts::{Actor, Change};
use lt_events::{Job, Listener, Runner, jobs, parked};
use lt_kernel::id::Uuid;
use lt_store::{Db, Place, Unit, admin};
use lt_testkit::both_engines;

async fn emit(db: &Db, noun: &str, number: u128) {
    let mut unit = Unit::new();
    unit.emit(Change::new(Actor::Program, noun, Uuid::from_u128(number), "made"));
    db.commit(unit).await.unwrap();
}

type Seen = Arc<Mutex<Vec<u128>>>;

fn follows(name: &'static str, topics: &'static [&'static str], seen: &Seen) -> Listener {
    let seen = Arc::clone(seen);
    let run = move |change: Arc<Change>| -> lt_events::Work {
        let seen = Arc::clone(&seen);
        Box::pin(async move {
            seen.lock().unwrap().push(change.id.as_u128());
            Ok(())
        })
    };
    Listener { name, topics, run: Box::new(run) }
}

/// Fails for the change 3 while `failing` lasts.
fn stumbles(name: &'static str, seen: &Seen, failing: &Arc<AtomicU32>) -> Listener {
    let (seen, failing) = (Arc::clone(seen), Arc::clone(failing));
    let run = move |change: Arc<Change>| -> lt_events::Work {
        let (seen, failing) = (Arc::clone(&seen), Arc::clone(&failing));
        Box::pin(async move {
            let fails = |left: u32| left.checked_sub(1);
            if change.id.as_u128() == 3 && failing.fetch_update(Ordering::SeqCst, Ordering::SeqCst, fails).is_ok() {
                return Err("không đọc được".into());
            }
            seen.lock().unwrap().push(change.id.as_u128());
            Ok(())
        })
    };
    Listener { name, topics: &[], run: Box::new(run) }
}

fn counts(name: &'static str, every_seconds: u32, runs: &Arc<AtomicU32>, fails: bool) -> Job {
    let runs = Arc::clone(runs);
    let run = move || -> lt_events::Work {
        let runs = Arc::clone(&runs);
        Box::pin(async move {
            runs.fetch_add(1, Ordering::SeqCst);
            if fails { Err("không có mạng".into()) } else { Ok(()) }
        })
    };
    Job { name, every_seconds, run: Box::new(run) }
}

async fn eventually(mut done: impl FnMut() -> bool) {
    for _ in 0..2000 {
        if done() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("not within 20 s");
}

both_engines! {
    async fn a_listener_sees_its_topics_in_order_and_goes_on_after_a_restart(base) {
        let db = base.open().await;
        let seen = Seen::default();
        let runner = || Runner::new(db.clone(), "a").listener(follows("t.follows", &["t.note"], &seen));
        for number in 0..150 {
            emit(&db, if number % 3 == 0 { "x.note" } else { "t.note" }, number).await;
        }
        runner().run_until_idle().await.unwrap();
        let wanted: Vec<u128> = (0..150).filter(|number| number % 3 != 0).collect();
        assert_eq!(*seen.lock().unwrap(), wanted);
        runner().run_until_idle().await.unwrap();
        emit(&db, "t.note", 1000).await;
        runner().run_until_idle().await.unwrap();
        assert_eq!(seen.lock().unwrap()[wanted.len()..], [1000]);
    }

    async fn a_change_that_fails_twice_is_done_the_third_time_in_order(base) {
        let db = base.open().await;
        let seen = Seen::default();
        for number in 1..=5 {
            emit(&db, "t.note", number).await;
        }
        let failing = Arc::new(AtomicU32::new(2));
        Runner::new(db.clone(), "a").listener(stumbles("t.stumbles", &seen, &failing)).run_until_idle().await.unwrap();
        assert_eq!(*seen.lock().unwrap(), [1, 2, 3, 4, 5]);
        assert_eq!(parked(&db).await.unwrap(), []);
    }

    async fn a_change_that_always_fails_is_parked_and_others_go_on(base) {
        let db = base.open().await;
        let (seen, others) = (Seen::default(), Seen::default());
        for number in 1..=5 {
            emit(&db, "t.note", number).await;
        }
        let failing = Arc::new(AtomicU32::new(5));
        let runner = Runner::new(db.clone(), "a")
            .listener(stumbles("t.stumbles", &seen, &failing))
            .listener(follows("t.follows", &[], &others));
        runner.run_until_idle().await.unwrap();
        assert_eq!(*seen.lock().unwrap(), [1, 2, 4, 5]);
        assert_eq!(*others.lock().unwrap(), [1, 2, 3, 4, 5]);
        let list = parked(&db).await.unwrap();
        assert_eq!(list.len(), 1);
        assert_eq!((list[0].listener.as_str(), list[0].reason.as_str(), list[0].attempts), ("t.stumbles", "không đọc được", 5));
        let change = db.change(list[0].seq).await.unwrap().unwrap();
        assert_eq!(change.change.id.as_u128(), 3);
        // A person tries again after the cause is gone.
        // Asked from a page that has no listeners; the node that has them does it.
        failing.store(1, Ordering::SeqCst);
        for attempts in [6, 0] {
            assert!(Runner::new(db.clone(), "page").retry_parked("t.stumbles", list[0].seq).await.unwrap());
            assert!(parked(&db).await.unwrap()[0].again);
            runner.run_until_idle().await.unwrap();
            let left: Vec<_> = parked(&db).await.unwrap().iter().map(|one| (one.attempts, one.again)).collect();
            assert_eq!(left, if attempts == 0 { vec![] } else { vec![(attempts, false)] });
        }
        assert!(!lt_events::retry_parked(&db, "t.stumbles", list[0].seq).await.unwrap(), "no longer parked");
        assert_eq!(*seen.lock().unwrap(), [1, 2, 4, 5, 3]);
    }

    async fn the_spawned_runner_tries_again_what_was_asked(base) {
        let db = base.open().await;
        let seen = Seen::default();
        emit(&db, "t.note", 3).await;
        let failing = Arc::new(AtomicU32::new(5));
        let runner = || Runner::new(db.clone(), "a").listener(stumbles("t.stumbles", &seen, &failing));
        runner().run_until_idle().await.unwrap();
        let seq = parked(&db).await.unwrap()[0].seq;
        let running = runner().spawn();
        assert!(lt_events::retry_parked(&db, "t.stumbles", seq).await.unwrap());
        eventually(|| *seen.lock().unwrap() == [3]).await;
        running.stop().await;
        assert_eq!(parked(&db).await.unwrap(), []);
    }

    async fn a_panic_in_a_listener_is_a_failure_like_others(base) {
        let db = base.open().await;
        emit(&db, "t.note", 1).await;
        let run = |_| -> lt_events::Work { Box::pin(async { panic!("ngã") }) };
        let listener = Listener { name: "t.falls", topics: &[], run: Box::new(run) };
        Runner::new(db.clone(), "a").listener(listener).run_until_idle().await.unwrap();
        assert!(parked(&db).await.unwrap()[0].reason.contains("panic"));
    }

    async fn the_spawned_runner_wakes_after_a_commit_and_stops(base) {
        let db = base.open().await;
        let seen = Seen::default();
        let running = Runner::new(db.clone(), "a").listener(follows("t.follows", &[], &seen)).spawn();
        for number in 1..=3 {
            emit(&db, "t.note", number).await;
            eventually(|| seen.lock().unwrap().len() as u128 == number).await;
        }
        running.stop().await;
        emit(&db, "t.note", 4).await;
        tokio::time::sleep(Duration::from_millis(50)).await;
        assert_eq!(*seen.lock().unwrap(), [1, 2, 3]);
    }

    async fn several_nodes_share_a_listener_without_doing_a_change_twice(base) {
        let seen = Seen::default();
        let mut nodes = Vec::new();
        for node in ["a", "b", "c"] {
            let db = base.open().await;
            nodes.push(Runner::new(db, node).listener(follows("t.follows", &[], &seen)).spawn());
        }
        let db = base.open().await;
        for number in 0..100 {
            emit(&db, "t.note", number).await;
        }
        eventually(|| seen.lock().unwrap().len() >= 100).await;
        for node in nodes {
            node.stop().await;
        }
        assert_eq!(*seen.lock().unwrap(), (0..100).collect::<Vec<_>>());
    }

    async fn a_job_runs_when_due_and_its_failure_is_kept(base) {
        let db = base.open().await;
        let (good, bad) = (Arc::new(AtomicU32::new(0)), Arc::new(AtomicU32::new(0)));
        let runner = Runner::new(db.clone(), "a").job(counts("t.good", 60, &good, false)).job(counts("t.bad", 3600, &bad, true));
        for (seconds, goods, bads) in [(0, 1, 1), (29, 1, 1), (1, 1, 2), (30, 2, 2), (30, 2, 3)] {
            base.clock().advance(seconds);
            runner.run_until_idle().await.unwrap();
            assert_eq!((good.load(Ordering::SeqCst), bad.load(Ordering::SeqCst)), (goods, bads), "after {seconds} s");
        }
        let states = jobs(&db).await.unwrap();
        assert_eq!((states[0].failures, states[0].trouble.as_deref()), (3, Some("không có mạng")));
        assert_eq!((states[1].failures, states[1].trouble.as_deref()), (0, None));
    }

    async fn of_many_nodes_one_runs_a_job(base) {
        let runs = Arc::new(AtomicU32::new(0));
        let mut nodes = Vec::new();
        for node in ["a", "b", "c", "d"] {
            let (db, runs) = (base.open().await, Arc::clone(&runs));
            nodes.push(tokio::spawn(async move {
                Runner::new(db, node).job(counts("t.job", 60, &runs, false)).run_until_idle().await
            }));
        }
        for node in nodes {
            node.await.unwrap().unwrap();
        }
        assert_eq!(runs.load(Ordering::SeqCst), 1);
    }

    async fn the_lease_of_a_dead_node_runs_out(base) {
        let db = base.open().await;
        let mut unit = Unit::new();
        let until = lt_kernel::Clock::now(&*base.clock()).plus_seconds(60);
        unit.run(
            "INSERT INTO store_job (name, due, runner, lease_until, failures) VALUES ($1, 0, $2, $3, 0)",
            lt_store::params!["t.job", "dead", until],
        );
        db.commit(unit).await.unwrap();
        let runs = Arc::new(AtomicU32::new(0));
        let runner = Runner::new(db.clone(), "alive").job(counts("t.job", 600, &runs, false));
        for (seconds, wanted) in [(0, 0), (59, 0), (1, 1)] {
            base.clock().advance(seconds);
            runner.run_until_idle().await.unwrap();
            assert_eq!(runs.load(Ordering::SeqCst), wanted, "after {seconds} s");
        }
    }
}

/// Two overlapping transactions: the one with the lower number commits last. Following bare numbers would skip it.
#[tokio::test(flavor = "multi_thread")]
async fn a_change_committed_late_is_not_skipped_on_postgres() {
    let Some(base) = lt_testkit::db::Base::postgres().await else { return };
    let db = base.open().await;
    let insert = |number: u32| {
        format!(
            "INSERT INTO store_change (tx, at, actor_kind, noun, thing, verb, topic, before, after) VALUES \
             (CAST(CAST(pg_current_xact_id() AS TEXT) AS BIGINT), 0, 'program', 't.note', \
             '00000000-0000-0000-0000-{number:012}', 'made', 't.note.made', 'null', 'null')"
        )
    };
    // Writes number 1 and holds its transaction open for a second.
    let slow = format!("BEGIN; {}; SELECT pg_sleep(1); COMMIT", insert(1));
    let url = base.url().to_owned();
    let slow = tokio::spawn(async move { admin::run(&url, &slow).await });
    tokio::time::sleep(Duration::from_millis(300)).await;
    admin::run(base.url(), &insert(2)).await.unwrap();

    let numbers = async |sql: &str, after: i64| {
        let rows = db.read(sql, lt_store::params![after]).await.unwrap();
        rows.iter().map(|row| row.get::<i64>("seq").unwrap()).collect::<Vec<_>>()
    };
    let naive = "SELECT seq FROM store_change WHERE seq > $1 ORDER BY seq";
    // While the first is open: the naive reader goes past it, ours waits.
    let before = numbers(naive, 0).await;
    assert_eq!(before, [2], "the test did not overlap");
    assert_eq!(db.changes_after(Place::START, 10).await.unwrap(), []);
    slow.await.unwrap().unwrap();
    // Negative control: the naive reader has lost number 1 for good.
    assert_eq!(numbers(naive, 2).await, Vec::<i64>::new());
    let seen = Seen::default();
    Runner::new(db.clone(), "a").listener(follows("t.follows", &[], &seen)).run_until_idle().await.unwrap();
    let mut seen = seen.lock().unwrap().clone();
    seen.sort_unstable();
    assert_eq!(seen, [1, 2]);
}
