//! Real `kill -9` of the serving program under load. What it had answered "yes" to is there afterwards, and
//! nothing is half there.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use lt_kernel::id::PersonId;
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

both_engines! {
    async fn what_was_acknowledged_survives_kill_nine(base) {
        let mut server = Server::start(&base);
        let (login, password, _) = server.accounts().into_iter().find(|(.., role)| role == "administrator").unwrap();
        let mut visitor = Visitor::default();
        visitor.sign_in(server.address, &login, &password);
        let mut all = people(&base, &server, &mut visitor).await;
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
            tokio::time::sleep(Duration::from_millis(400 + 170 * u64::try_from(round).unwrap())).await;
            server.kill();
            stop.store(true, Ordering::SeqCst);
            all = writers.into_iter().map(|writer| writer.join().unwrap()).collect();
            done += all.iter().map(|one| one.kept).sum::<u64>();
            check(&base, &mut all).await;
            server = Server::start(&base);
            assert!(server.accounts().is_empty(), "it is no first start");
        }
        assert!(done > 50, "only {done} changes: the load was no load");
        server.stop();
    }
}
