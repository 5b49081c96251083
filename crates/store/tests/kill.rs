//! What was acknowledged is there after kill -9, and no unit is half there.
#![cfg(test)]

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use lt_store::{Db, Fault, Migration, Settings, Unit, params};
use lt_testkit::both_engines;
use lt_testkit::db::Base;

const STEPS: &[Migration] = &[Migration::both(
    1,
    "two",
    "CREATE TABLE t_one (number BIGINT PRIMARY KEY);\nCREATE TABLE t_two (number BIGINT PRIMARY KEY);\n",
)];

#[expect(clippy::disallowed_methods, reason = "how the parent speaks to its child")]
fn told(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

/// Not a test: the process that is killed. Stores units from sixteen callers and prints what was acknowledged.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "started and killed by the tests below"]
async fn child() {
    let Some(url) = told("LT_KILL_URL") else { return };
    let fault = if told("LT_KILL_EARLY").is_some() { Fault::AcknowledgeEarly } else { Fault::None };
    let clock = Base::sqlite().clock();
    let db = Db::open(&url, Settings { fault, ..Settings::new(clock) }).await.unwrap();
    let next = std::sync::Arc::new(AtomicI64::new(told("LT_KILL_FROM").unwrap().parse().unwrap()));
    let callers: Vec<_> = (0..16)
        .map(|_| {
            let (db, next) = (db.clone(), next.clone());
            tokio::spawn(async move {
                while next.load(Ordering::SeqCst) < i64::MAX {
                    let number = next.fetch_add(1, Ordering::SeqCst);
                    let mut unit = Unit::new();
                    unit.run("INSERT INTO t_one (number) VALUES ($1)", params![number]).expect_rows(1);
                    unit.run("INSERT INTO t_two (number) VALUES ($1)", params![number]).expect_rows(1);
                    db.commit(unit).await.unwrap();
                    // One write, so that a line is never cut by the kill and taken for another number.
                    std::io::stdout().write_all(format!("ack {number} end\n").as_bytes()).unwrap();
                }
            })
        })
        .collect();
    for caller in callers {
        caller.await.unwrap();
    }
}

/// Starts the child, kills it after `millis` of work, and returns what it acknowledged.
fn run_and_kill(url: &str, from: i64, millis: u64, early: bool) -> BTreeSet<i64> {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "child", "--ignored", "--nocapture"]).env("LT_KILL_URL", url);
    command.env("LT_KILL_FROM", from.to_string()).stdout(Stdio::piped()).stderr(Stdio::null());
    if early {
        command.env("LT_KILL_EARLY", "1");
    }
    let mut child = command.spawn().unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let (first, begun) = std::sync::mpsc::channel();
    let reader = std::thread::spawn(move || {
        let mut acknowledged = BTreeSet::new();
        for line in lines.map_while(Result::ok) {
            if let Some(number) = line.strip_suffix(" end").and_then(|line| line.rsplit_once("ack ")) {
                acknowledged.insert(number.1.parse().unwrap());
                first.send(()).unwrap_or_default();
            }
        }
        acknowledged
    });
    begun.recv_timeout(Duration::from_secs(30)).expect("the child acknowledged nothing");
    std::thread::sleep(Duration::from_millis(millis));
    child.kill().unwrap();
    child.wait().unwrap();
    reader.join().unwrap()
}

/// Numbers in each of the two tables.
async fn stored(base: &Base) -> [BTreeSet<i64>; 2] {
    let db = base.open().await;
    // On PostgreSQL the server may still be ending what the dead client had sent.
    tokio::time::sleep(Duration::from_millis(100)).await;
    let both = db.read_many(vec![("SELECT number FROM t_one", vec![]), ("SELECT number FROM t_two", vec![])]).await;
    let mut both = both.unwrap().into_iter().map(|rows| rows.iter().map(|row| row.get("number").unwrap()).collect());
    [both.next().unwrap(), both.next().unwrap()]
}

both_engines! {
    async fn acknowledged_is_kept_and_nothing_is_half(base) {
        base.open().await.migrate(&[("t", STEPS)]).await.unwrap();
        let mut all = BTreeSet::new();
        for (round, millis) in [3, 171, 40, 260, 97, 12].into_iter().enumerate() {
            let url = base.url().to_owned();
            let from = 1_000_000 * i64::try_from(round).unwrap();
            let kill = move || run_and_kill(&url, from, millis, false);
            let acknowledged = tokio::task::spawn_blocking(kill).await.unwrap();
            assert!(!acknowledged.is_empty());
            all.extend(acknowledged);
            let [one, two] = stored(&base).await;
            assert_eq!(one, two, "round {round}: half a unit");
            let lost: Vec<_> = all.difference(&one).collect();
            assert!(lost.is_empty(), "round {round}: acknowledged but gone: {lost:?}");
        }
        println!("{} units acknowledged over six kills", all.len());
    }

    /// Negative control: a store that answers before COMMIT fails the test above.
    async fn answering_before_commit_loses_what_was_acknowledged(base) {
        base.open().await.migrate(&[("t", STEPS)]).await.unwrap();
        let mut lost = 0;
        for round in 0..10_i64 {
            let url = base.url().to_owned();
            let kill = move || run_and_kill(&url, 1_000_000 * round, 11, true);
            let acknowledged = tokio::task::spawn_blocking(kill).await.unwrap();
            let [one, _] = stored(&base).await;
            lost += acknowledged.difference(&one).count();
            if lost > 0 {
                return;
            }
        }
        panic!("nothing was lost: the test above could not fail");
    }
}
