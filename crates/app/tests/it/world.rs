//! The program on a database of its own, with registry, sample and accounts.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};

use lienthong::{Ground, Program, sample};
use lt_contracts::Actor;
use lt_identity::NewAccount;
use lt_identity::memberships::model::Place;
use lt_identity::password::Cost;
use lt_kernel::id::{Ids, OrgId, PersonId};
use lt_kernel::{Date, Interval};
use lt_registry::Registry;
use lt_targets::book::{Board, Book};
use lt_targets::resolution::store;
use lt_testkit::db::{Base, TestClock};
use lt_web::{Grant, Scope, Viewer};

use crate::browser::Browser;

/// Identifiers that count, so that a run repeats itself.
#[derive(Default)]
pub(crate) struct CountingIds(AtomicU64);

impl CountingIds {
    /// Counts from here.
    pub(crate) fn from(start: u64) -> Self {
        Self(AtomicU64::new(start))
    }
}

impl Ids for CountingIds {
    fn random(&self) -> [u8; 10] {
        let mut bytes = [0; 10];
        bytes[2..].copy_from_slice(&self.0.fetch_add(1, Ordering::SeqCst).to_be_bytes());
        bytes
    }
}

/// An account whose password is known.
#[derive(Debug, Clone)]
pub(crate) struct Known {
    pub(crate) login: String,
    pub(crate) password: String,
    pub(crate) person: PersonId,
}

/// The program at work.
pub(crate) struct World {
    pub(crate) program: Program,
    pub(crate) ground: Ground,
    pub(crate) clock: Arc<TestClock>,
    pub(crate) base: Base,
    visitors: AtomicU32,
}

/// How identity is set up in tests: hashing costs next to nothing, the sample's accounts need no second factor.
pub(crate) fn config() -> lt_identity::Config {
    lt_identity::Config {
        cost: Cost { memory_kib: 64, passes: 1, lanes: 1 },
        sample: true,
        ..lt_identity::Config::new("http://lienthong.test")
    }
}

impl World {
    /// The program with the registry and nothing else.
    pub(crate) async fn empty(base: Base) -> Self {
        Self::with_ids(base, 0).await
    }

    /// As [`Self::empty`], its identifiers counted from `start`.
    pub(crate) async fn with_ids(base: Base, start: u64) -> Self {
        Self::with(base, start, config()).await
    }

    /// As [`Self::with_ids`], identity set up so.
    pub(crate) async fn with(base: Base, start: u64, config: lt_identity::Config) -> Self {
        let (clock, ids) = (base.clock(), Arc::new(CountingIds::from(start)));
        let files = base.dir().join("files");
        let ground = Ground::open(base.url(), &files, 4, Arc::clone(&clock) as _, ids).await.unwrap();
        lt_registry::seed_if_new(&ground.db).await.unwrap();
        let program = Program::build(&ground, config).unwrap();
        Self { program, ground, clock, base, visitors: AtomicU32::new(1) }
    }

    /// The program with the whole sample.
    pub(crate) async fn with_sample(base: Base) -> Self {
        let world = Self::empty(base).await;
        sample::load(&world.program.host).await.unwrap();
        world
    }

    /// The organisation of a `local` code of the sample.
    pub(crate) async fn org(&self, key: &str) -> OrgId {
        let directory = self.program.host.part::<Registry>().unwrap().directory().await.unwrap();
        let holders = directory.holders("local", key);
        holders.last().map_or_else(|| panic!("no organisation {key}"), |(_, id)| *id)
    }

    /// A person with an account and no role.
    pub(crate) async fn account(&self, login: &str) -> Known {
        let new = NewAccount { name: &format!("Cán bộ {login}"), email: None, phone: None, login, sample: true };
        let (person, _, word) = self.program.identity.create_account(Actor::Program, new).await.unwrap();
        Known { login: login.to_owned(), password: word.expose().to_owned(), person }
    }

    /// Gives a role from today on; without an organisation for everything.
    pub(crate) async fn give(&self, person: PersonId, org: Option<OrgId>, role: &str) {
        self.give_over(person, org.map_or(Place::Everywhere, Place::Org), role).await;
    }

    /// Gives a role in a place from today on.
    pub(crate) async fn give_over(&self, person: PersonId, place: Place, role: &str) {
        let during = Interval { from: self.program.host.clock.today(), to: None };
        self.program.identity.give(&ruler(), person, (place, role), during).await.unwrap();
    }

    /// A visitor without cookies, from an address of its own.
    pub(crate) fn browser(&self) -> Browser {
        let [.., high, low] = self.visitors.fetch_add(1, Ordering::SeqCst).to_be_bytes();
        Browser::new(self.program.router.clone(), ([198, 18, high, low], 5000).into())
    }

    /// A browser signed in.
    pub(crate) async fn signed_in(&self, known: &Known) -> Browser {
        let mut browser = self.browser();
        browser.sign_in(&known.login, &known.password).await.is(303);
        browser
    }

    /// Somebody with this role at the organisation of a `local` code (or everywhere), signed in.
    pub(crate) async fn person(&self, login: &str, role: &str, place: Option<&str>) -> Browser {
        let known = self.account(login).await;
        let org = match place {
            Some(key) => Some(self.org(key).await),
            None => None,
        };
        self.give(known.person, org, role).await;
        self.signed_in(&known).await
    }

    /// The book of verdicts.
    pub(crate) fn book(&self) -> &Book {
        self.program.host.part::<Book>().unwrap()
    }

    /// The board of a resolution.
    pub(crate) async fn board(&self, code: &str, at: Date) -> Arc<Board> {
        let listed = store::by_code(&self.ground.db, code).await.unwrap().unwrap_or_else(|| panic!("no {code}"));
        self.book().board(listed.id, at, None).await.unwrap().unwrap()
    }

    /// Every verdict of every resolution on a day, as text: equal boards are equal texts.
    pub(crate) async fn verdicts(&self, at: Date) -> BTreeMap<String, String> {
        let mut all = BTreeMap::new();
        for listed in store::list(&self.ground.db).await.unwrap() {
            let board = self.book().board(listed.id, at, None).await.unwrap().unwrap();
            for row in board.rows() {
                let key = format!("{}/{}", listed.code, row.held.target.code);
                all.insert(key, serde_json::to_string(row.verdict).unwrap());
            }
        }
        all
    }

    /// How many rows a table has.
    pub(crate) async fn count(&self, table: &str) -> i64 {
        let sql = format!("SELECT COUNT(*) AS n FROM {table}");
        self.ground.db.read_one(&sql, Vec::new()).await.unwrap().unwrap().get("n").unwrap()
    }
}

/// A day.
pub(crate) fn day(text: &str) -> Date {
    text.parse().unwrap()
}

/// Somebody who may give every role.
fn ruler() -> Viewer {
    let grant = Grant { permission: "identity.manage".into(), scope: Scope::All };
    Viewer { grants: Arc::new(vec![grant]), ..Viewer::default() }
}
