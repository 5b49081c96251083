//! Real `kill -9` of the serving program under load. What it had answered "yes" to is there afterwards, and
//! nothing is half there.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use lt_kernel::Date;
use lt_kernel::id::{PersonId, Uuid};
use lt_store::params;
use lt_testkit::both_engines;
use lt_testkit::db::Base;

use super::server::{Server, Visitor};

/// Cuts in this test; fifty in `cargo xtask bench kill`.
const ROUNDS: usize = 3;
/// People edited at once.
const WRITERS: usize = 4;

/// One person whose name counts up; each writer has one.
struct Counted {
    person: PersonId,
    /// The last number a page said yes to.
    kept: u64,
    /// The last number sent.
    sent: u64,
}

/// Makes the people to be edited, through the page.
async fn people(base: &Base, server: &Server, visitor: &mut Visitor) -> Vec<Counted> {
    let mut all = Vec::new();
    for number in 0..WRITERS {
        visitor.get(server.address, "/people/new").unwrap();
        let login = format!("dem{number}");
        let reply = visitor.post(server.address, "/people/new", &[("name", "So 1"), ("login", &login)]).unwrap();
        assert_eq!(reply.status, 200, "{}", reply.body);
        let db = base.open().await;
        let sql = "SELECT person FROM identity_account WHERE login = $1";
        let row = db.read_one(sql, params![&login]).await.unwrap().unwrap();
        all.push(Counted { person: row.get("person").unwrap(), kept: 1, sent: 1 });
    }
    all
}

/// Edits one person as fast as the program answers, until the connection breaks.
fn edit(to: SocketAddr, mut visitor: Visitor, mut one: Counted, stop: &AtomicBool) -> Counted {
    let path = format!("/people/{}/edit", one.person);
    while !stop.load(Ordering::SeqCst) {
        let next = one.kept + 1;
        one.sent = next;
        // The version of the row is the number before: the form is filled without reading it again.
        let (name, version) = (format!("So {next}"), one.kept.to_string());
        match visitor.post(to, &path, &[("name", &name), ("version", &version)]) {
            Some(reply) if reply.status == 303 => one.kept = next,
            Some(reply) => panic!("{} instead of yes: {}", reply.status, reply.body),
            None => break,
        }
    }
    one
}

/// Compares what is stored with what was answered; the number found counts from now on.
async fn check(base: &Base, all: &mut [Counted]) {
    let db = base.open().await;
    for one in all {
        let sql = "SELECT name, version FROM identity_person WHERE id = $1";
        let row = db.read_one(sql, params![one.person]).await.unwrap().unwrap();
        let (name, version): (String, i64) = (row.get("name").unwrap(), row.get("version").unwrap());
        let found: u64 = name.strip_prefix("So ").unwrap().parse().unwrap();
        assert!(found >= one.kept, "acknowledged {} is lost, {found} is there", one.kept);
        assert!(found <= one.sent, "{found} was never sent");
        assert_eq!(u64::try_from(version).unwrap(), found, "row and version belong together");
        let sql = "SELECT after FROM store_change WHERE thing = $1 AND noun = 'identity.person' ORDER BY seq";
        let changes = db.read(sql, params![one.person]).await.unwrap();
        assert_eq!(u64::try_from(changes.len()).unwrap(), found, "each change has its line in the history, once");
        let last: String = changes.last().unwrap().get("after").unwrap();
        assert!(last.contains(&format!("\"{name}\"")), "{last} is not {name}");
        (one.kept, one.sent) = (found, found);
    }
}

/// Figures recorded through the form: the days acknowledged, and the day sent last.
struct Recorded {
    kept: Vec<Date>,
    sent: Option<Date>,
    next: Date,
}

const FORM: &str = "/resolutions/s3-2020-2022/observe";

/// Records a figure a day as fast as the program answers, until the connection breaks.
fn record(to: SocketAddr, mut visitor: Visitor, mut all: Recorded, stop: &AtomicBool) -> Recorded {
    visitor.get(to, "/account").expect("the session outlives the program");
    while !stop.load(Ordering::SeqCst) {
        let day = all.next;
        all.sent = Some(day);
        all.next = day.tomorrow().unwrap();
        let day_text = day.to_string();
        match visitor.post(to, FORM, &[("measure", "thematic-meetings"), ("value", "1"), ("as_of", &day_text)]) {
            Some(reply) if reply.status == 303 => all.kept.push(day),
            Some(reply) => panic!("{} instead of yes: {}", reply.status, reply.body),
            None => break,
        }
    }
    all
}

/// Each acknowledged figure is there; each that is there has its touch and its line in the history.
async fn check_recorded(base: &Base, all: &mut Recorded) {
    let db = base.open().await;
    let sql = "SELECT o.id, o.measure, o.as_of FROM targets_observation o JOIN targets_measure m ON m.id = o.measure \
               WHERE m.code = 'thematic-meetings' ORDER BY o.as_of";
    let rows = db.read(sql, vec![]).await.unwrap();
    let found: Vec<Date> = rows.iter().map(|row| row.get("as_of").unwrap()).collect();
    for day in &all.kept {
        assert!(found.contains(day), "the acknowledged figure of {day} is lost");
    }
    for row in &rows {
        let (id, day): (Uuid, Date) = (row.get("id").unwrap(), row.get("as_of").unwrap());
        assert!(all.kept.contains(&day) || all.sent == Some(day), "nobody sent a figure for {day}");
        let sql = "SELECT seq FROM store_change WHERE thing = $1 AND verb = 'recorded'";
        assert_eq!(db.read(sql, params![id]).await.unwrap().len(), 1, "{day} without its line in the history");
    }
    if let Some(row) = rows.first() {
        let sql = "SELECT stamp FROM targets_touch WHERE measure = $1";
        let touches = db.read(sql, params![row.get::<Uuid>("measure").unwrap()]).await.unwrap();
        // One by the import of the sample, one by each figure.
        assert_eq!(touches.len(), rows.len() + 1, "a figure and its touch belong together");
    }
    let sql = "SELECT seq FROM store_change WHERE noun = 'targets.observation' AND verb = 'recorded'";
    assert_eq!(db.read(sql, vec![]).await.unwrap().len(), rows.len(), "a line in the history without its figure");
    all.kept = found;
}

both_engines! {
    async fn what_was_acknowledged_survives_kill_nine(base) {
        let mut server = Server::start(&base);
        let (login, password, _) = server.accounts().into_iter().find(|(.., role)| role == "administrator").unwrap();
        let mut visitor = Visitor::default();
        visitor.sign_in(server.address, &login, &password);
        let mut all = people(&base, &server, &mut visitor).await;
        let (login, password, _) = server.accounts().into_iter().find(|(.., role)| role == "recorder").unwrap();
        let mut clerk = Visitor::default();
        clerk.sign_in(server.address, &login, &password);
        let mut recorded = Recorded { kept: Vec::new(), sent: None, next: "2020-01-07".parse().unwrap() };
        let mut done = 0;
        for round in 0..ROUNDS {
            visitor.get(server.address, "/people/new").expect("the session outlives the program");
            let (stop, to) = (Arc::new(AtomicBool::new(false)), server.address);
            let writers: Vec<_> = all
                .drain(..)
                .map(|one| {
                    let (visitor, stop) = (visitor.clone(), Arc::clone(&stop));
                    std::thread::spawn(move || edit(to, visitor, one, &stop))
                })
                .collect();
            let recorder = {
                let (clerk, stop) = (clerk.clone(), Arc::clone(&stop));
                std::thread::spawn(move || record(to, clerk, recorded, &stop))
            };
            tokio::time::sleep(Duration::from_millis(400 + 170 * u64::try_from(round).unwrap())).await;
            server.kill();
            stop.store(true, Ordering::SeqCst);
            all = writers.into_iter().map(|writer| writer.join().unwrap()).collect();
            done += all.iter().map(|one| one.kept).sum::<u64>();
            check(&base, &mut all).await;
            recorded = recorder.join().unwrap();
            check_recorded(&base, &mut recorded).await;
            server = Server::start(&base);
            assert!(server.accounts().is_empty(), "it is no first start");
        }
        assert!(done > 20 && !recorded.kept.is_empty(), "only {done} changes: the load was no load");
        server.stop();
    }
}
