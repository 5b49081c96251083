//! A program with nothing but identity and a page that tells who looks; and browsers to visit it.

use std::collections::{BTreeMap, HashSet};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, Request, StatusCode, header};
use lt_contracts::Actor;
use lt_identity::memberships::model::Place;
use lt_identity::orgs::{OrgLine, Orgs, Tree, TreeWork};
use lt_identity::password::Cost;
use lt_identity::{Config, Identity, NewAccount};
use lt_kernel::id::{AccountId, Ids, OrgId, PersonId, Uuid};
use lt_kernel::{Date, Interval, Lane};
use lt_module::Host;
use lt_testkit::db::{Base, TestClock};
use lt_web::{Access, Grant, Routes, Scope, Shell, View, Viewer, Words, layers};
use tower::ServiceExt;

/// Counts.
#[derive(Default)]
struct CountingIds(std::sync::atomic::AtomicU64);

impl Ids for CountingIds {
    fn random(&self) -> [u8; 10] {
        let mut bytes = [0; 10];
        let number = self.0.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
        bytes[2..].copy_from_slice(&number.to_be_bytes());
        bytes
    }
}

/// Organisation 1 holds 2 and 3; more can be hung below 1. These are the Party's, 4 is the State's.
#[derive(Default)]
pub(crate) struct FakeOrgs(pub(crate) Mutex<Vec<OrgId>>);

struct FakeTree(Vec<OrgId>);

pub(crate) fn org(number: u128) -> OrgId {
    OrgId(Uuid::from_u128(number))
}

impl Tree for FakeTree {
    fn revision(&self) -> i64 {
        i64::try_from(self.0.len()).unwrap()
    }

    fn below(&self, top: OrgId, _: Date) -> HashSet<OrgId> {
        let mut all = HashSet::from([top]);
        if top == org(1) {
            all.extend([org(2), org(3)]);
            all.extend(self.0.iter().copied());
        }
        all
    }

    fn lane(&self, lane: Lane) -> Arc<HashSet<OrgId>> {
        Arc::new(match lane {
            Lane::Party => self.below(org(1), Date::MIN),
            Lane::State => HashSet::from([org(4)]),
        })
    }

    fn name(&self, one: OrgId, _: Date) -> Option<String> {
        Some(format!("Cơ quan {}", one.0.as_u128()))
    }

    fn list(&self, day: Date) -> Vec<OrgLine> {
        let line = |number, depth| OrgLine { id: org(number), name: self.name(org(number), day).unwrap(), depth };
        vec![line(1, 0), line(2, 1), line(3, 1), line(4, 0)]
    }
}

impl Orgs for FakeOrgs {
    fn tree(&self) -> TreeWork<'_> {
        let more = self.0.lock().unwrap().clone();
        Box::pin(async move { Ok(Arc::new(FakeTree(more)) as Arc<dyn Tree>) })
    }
}

/// Everything.
pub(crate) struct World {
    pub(crate) identity: Identity,
    pub(crate) host: Host,
    pub(crate) clock: Arc<TestClock>,
    pub(crate) orgs: Arc<FakeOrgs>,
    router: Router,
    _base: Base,
}

/// The usual configuration, at a cost a test can pay.
pub(crate) fn config() -> Config {
    Config { cost: Cost { memory_kib: 64, passes: 1, lanes: 1 }, ..Config::new("http://lienthong.test") }
}

impl World {
    pub(crate) async fn new(base: Base) -> Self {
        Self::with(base, config()).await
    }

    pub(crate) async fn with(base: Base, config: Config) -> Self {
        let db = base.open().await;
        db.migrate(&[("identity", lt_identity::MIGRATIONS)]).await.unwrap();
        let clock = base.clock();
        let words = Words::load(&[("web", lt_web::WORDS), ("identity", lt_identity::WORDS)]).unwrap();
        let shell = Shell::new(words, Vec::new());
        let host = Host {
            db,
            clock: Arc::clone(&clock) as _,
            ids: Arc::new(CountingIds::default()),
            indicators: Arc::default(),
            shell: shell.clone(),
            parts: Arc::default(),
        };
        let orgs = Arc::new(FakeOrgs::default());
        let identity = Identity::new(host.clone(), config, Arc::clone(&orgs) as _).unwrap();
        let probes = Routes::new()
            .get("/probe", Access::SignedIn, probe)
            .get("/api/v1/probe", Access::Holds("targets.read"), probe)
            .post("/api/v1/probe", Access::Holds("targets.read"), probe);
        let (router, _) = lt_identity::module().routes.and(probes).split();
        let router = layers::pages(router.with_state(host.clone()), shell);
        let layer = axum::middleware::from_fn_with_state(identity.clone(), lt_identity::layer);
        Self { identity, host, clock, orgs, router: router.layer(layer), _base: base }
    }

    /// A person with an account, its first password already changed to [`PASSWORD`]'s stand-in.
    pub(crate) async fn account(&self, login: &str) -> Known {
        let new = NewAccount { name: "Cán bộ thử nghiệm", email: None, phone: None, login, sample: true };
        let (person, account, password) = self.identity.create_account(Actor::Program, new).await.unwrap();
        Known { login: login.to_owned(), person, account, password: password.expose().to_owned() }
    }

    /// Gives a role from today on.
    pub(crate) async fn give(&self, person: PersonId, org: Option<OrgId>, role: &str) -> Uuid {
        self.give_over(person, org.map_or(Place::Everywhere, Place::Org), role).await
    }

    /// Gives a role in a place from today on.
    pub(crate) async fn give_over(&self, person: PersonId, place: Place, role: &str) -> Uuid {
        let during = Interval { from: self.host.clock.today(), to: None };
        self.identity.give(&ruler(), person, (place, role), during).await.unwrap().id.0
    }

    /// A visitor without cookies.
    pub(crate) fn browser(&self) -> Browser {
        Browser {
            router: self.router.clone(),
            jar: BTreeMap::new(),
            bearer: None,
            address: "192.0.2.7".into(),
            last: String::new(),
        }
    }

    /// A browser signed in.
    pub(crate) async fn signed_in(&self, known: &Known) -> Browser {
        let mut browser = self.browser();
        let answer = browser.sign_in(&known.login, &known.password).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        browser
    }

    /// Changes written so far, as text.
    pub(crate) async fn changes(&self) -> Vec<String> {
        let filter = lt_store::ChangeFilter::default();
        let changes = self.host.db.changes(&filter).await.unwrap();
        changes.iter().map(|stored| format!("{} {:?}", stored.change.topic(), stored.change)).collect()
    }
}

/// Somebody who manages everything.
pub(crate) fn ruler() -> Viewer {
    let grant = Grant { permission: "identity.manage".into(), scope: Scope::All };
    Viewer { grants: Arc::new(vec![grant]), ..Viewer::default() }
}

/// An account whose password is known.
#[derive(Clone)]
pub(crate) struct Known {
    pub(crate) login: String,
    pub(crate) person: PersonId,
    pub(crate) account: AccountId,
    pub(crate) password: String,
}

/// Who looks, as the program sees it.
async fn probe(view: View) -> String {
    let viewer = view.viewer;
    let mut names: Vec<&str> = viewer.grants.iter().map(|grant| grant.permission.as_str()).collect();
    names.sort_unstable();
    let reach: Vec<u128> = (1..=5).filter(|number| viewer.may("targets.observe", org(*number))).collect();
    format!("account={:?} may={} observes={reach:?}", viewer.account.map(|id| id.0), names.join(","))
}

/// A browser: keeps cookies, remembers the token of the last page.
#[derive(Clone)]
pub(crate) struct Browser {
    pub(crate) router: Router,
    pub(crate) jar: BTreeMap<String, String>,
    pub(crate) bearer: Option<String>,
    pub(crate) address: String,
    pub(crate) last: String,
}

/// What came back.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) fn location(&self) -> &str {
        self.headers.get(header::LOCATION).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    pub(crate) fn cookies(&self) -> Vec<&str> {
        self.headers.get_all(header::SET_COOKIE).iter().filter_map(|value| value.to_str().ok()).collect()
    }

    #[track_caller]
    pub(crate) fn says(&self, part: &str) -> &Self {
        assert!(self.body.contains(part), "“{part}” is missing ({}) in:\n{}", self.status, self.body);
        self
    }
}

pub(crate) const SESSION: &str = "lienthong_session";

impl Browser {
    async fn send(&mut self, request: axum::http::request::Builder, body: String) -> Answer {
        let jar: Vec<String> = self.jar.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let mut request =
            request.header(header::HOST, "lienthong.test").header(header::USER_AGENT, "Firefox/140.0 Linux");
        if !jar.is_empty() {
            request = request.header(header::COOKIE, jar.join("; "));
        }
        if let Some(token) = &self.bearer {
            request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
        }
        let mut request: Request<Body> = request.body(Body::from(body)).unwrap();
        let address: SocketAddr = format!("{}:5000", self.address).parse().unwrap();
        request.extensions_mut().insert(ConnectInfo(address));
        let answer = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = answer.into_parts();
        let body = String::from_utf8(to_bytes(body, 1 << 22).await.unwrap().to_vec()).unwrap_or_default();
        for line in parts.headers.get_all(header::SET_COOKIE) {
            let pair = line.to_str().unwrap().split(';').next().unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            if value.is_empty() {
                self.jar.remove(name)
            } else {
                self.jar.insert(name.into(), value.into())
            };
        }
        if body.contains("name=\"_csrf\"") {
            self.last.clone_from(&body);
        }
        Answer { status: parts.status, headers: parts.headers, body }
    }

    pub(crate) async fn get(&mut self, path: &str) -> Answer {
        self.send(Request::get(path), String::new()).await
    }

    /// Posts a form with the token of the last page.
    pub(crate) async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let csrf = self.csrf();
        self.post_with(path, fields, &csrf).await
    }

    pub(crate) async fn post_with(&mut self, path: &str, fields: &[(&str, &str)], csrf: &str) -> Answer {
        let form =
            form_urlencoded::Serializer::new(String::new()).append_pair("_csrf", csrf).extend_pairs(fields).finish();
        let request = Request::post(path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request, form).await
    }

    pub(crate) async fn post_api(&mut self, path: &str, csrf: Option<&str>) -> Answer {
        let request = Request::post(path);
        let request = csrf.into_iter().fold(request, |request, csrf| request.header("x-csrf-token", csrf));
        self.send(request, String::new()).await
    }

    /// The token of the last page that had a form.
    pub(crate) fn csrf(&self) -> String {
        // The form of the page itself comes last; the one of the head signs out.
        let value = self.last.rsplit("name=\"_csrf\" value=\"").next().unwrap_or_default();
        value.split('"').next().unwrap_or_default().to_owned()
    }

    pub(crate) async fn sign_in(&mut self, login: &str, password: &str) -> Answer {
        self.get("/sign-in").await;
        self.post("/sign-in", &[("login", login), ("password", password), ("next", "/probe")]).await
    }

    pub(crate) fn session(&self) -> Option<&String> {
        self.jar.get(SESSION)
    }
}
