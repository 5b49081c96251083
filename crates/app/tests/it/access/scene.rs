//! What the walk over the routes stands on: a review of every kind, an issued report, a source, evidence, figures.

use lienthong::sample;
use lt_identity::oidc::OidcConfig;
use lt_identity::secret::SecretString;
use lt_kernel::id::{AccountId, Uuid};
use lt_store::{Unit, params};
use lt_testkit::db::Base;
use serde_json::json;

use super::{Entry, HERE};
use crate::browser::{Browser, File};
use crate::form::Filled;
use crate::world::{Known, World, config};

/// The resolution whose reviews are walked, and the one whose figures are still open.
const REVIEWED: &str = "s3-2017-2020";
const OPEN: &str = "s3-2020-2022";
/// One that the walk itself makes, adopts and closes.
const DRAFT: &str = "ban-thu";
/// What can only be tried on a draft, in the order of the table.
const DRAFTED: [&str; 2] = ["/sentences/new", "/remove"];
/// A table that can be stored.
pub(super) const TABLE: &str = "measure,as_of,value\nthematic-meetings,2021-06-15,1\n";

/// Somebody who comes to a route: with a session, and with a token for the interface.
pub(super) struct Visitor {
    known: Known,
    account: AccountId,
    token: String,
}

/// Somebody to be managed.
pub(super) struct Victim {
    pub(super) known: Known,
    membership: String,
}

/// A program in which every place of every address is something.
pub(super) struct Scene {
    pub(super) world: World,
    /// Whose sessions, tokens and links nobody else may end.
    pub(super) owner: Visitor,
    source: String,
    /// Figures nobody approved, one for each verb; and one in words.
    figures: Vec<String>,
    words: String,
    /// Somebody with every role of [`HERE`], on whose pages forms are read.
    insider: Browser,
    /// [`OPEN`] in the format of files, without its figures.
    export: String,
    /// Hash of a table that was uploaded and not yet stored.
    uploaded: String,
}

impl Scene {
    /// Sets it up as people do: by forms and the interface.
    pub(super) async fn set(base: Base) -> Self {
        let world = World::with(base, 0, lt_identity::Config { oidc: Some(provider()), ..config() }).await;
        sample::load(&world.program.host).await.unwrap();
        let owner = Visitor::new(&world, "chu-nhan", "reader", Some(&[HERE])).await;
        let mut clerk = world.person("canh-nhaplieu", "recorder", Some(HERE)).await;
        let mut figures = Vec::new();
        for day in ["2021-01-31", "2021-02-28", "2021-03-31", "2021-04-30"] {
            figures
                .push(recorded(&mut clerk, json!({"measure": "thematic-meetings", "value": "1", "as_of": day})).await);
        }
        let words = json!({"measure": "directive-2020", "narrative": "Đã đổi mới cách làm", "as_of": "2021-06-30"});
        let words = recorded(&mut clerk, words).await;
        proves(&mut clerk).await;
        let mut secretary = world.person("canh-bithu", "secretary", Some(HERE)).await;
        let place = format!("/resolutions/{REVIEWED}/source");
        secretary.get(&place).await.is(200);
        let file = [File { field: "file", name: "nghi-quyet.txt", bytes: "Nghị quyết chi bộ".as_bytes() }];
        let source = secretary.post_files(&place, &[], &file).await.is(303).location().to_owned();
        let source = source.rsplit('/').next().unwrap().to_owned();
        let place = format!("/resolutions/{OPEN}/measures/new");
        secretary.get(&place).await.is(200);
        let live =
            [("code", "ty-le-dat"), ("name", "Tỷ lệ đạt"), ("unit", "percent"), ("indicator", "targets.met-share")];
        let parts = [("numerator", "chỉ tiêu đạt"), ("denominator", "chỉ tiêu"), ("factor", "100")];
        secretary.post(&place, &[live.as_slice(), &parts].concat()).await.is(303);
        let place = format!("/resolutions/{OPEN}/targets/T21/drop");
        secretary.get(&place).await.is(200);
        secretary.post(&place, &[("why", "trùng")]).await.is(303);
        let export = secretary.get(&format!("/resolutions/{OPEN}/export.toml")).await.is(200).body.clone();
        let export = export.split_once("[[observation]]").unwrap().0.to_owned();
        let place = format!("/resolutions/{OPEN}/import");
        clerk.get(&place).await.is(200);
        let file = [File { field: "file", name: "so-lieu.csv", bytes: TABLE.as_bytes() }];
        let page = clerk.post_files(&place, &[], &file).await;
        let uploaded = Filled::of(&page.is(200).body, &format!("{place}/confirm"));
        let uploaded = uploaded.fields().iter().find(|(name, _)| *name == "hash").unwrap().1.to_owned();
        reviews(&world).await;
        parked(&world).await;
        let insider = insider(&world).await;
        Self { world, owner, source, figures, words, insider, export, uploaded }
    }

    /// [`OPEN`] as a file under another code.
    pub(super) fn file(&self, code: &str) -> String {
        self.export.replacen(&format!("\"{OPEN}\""), &format!("\"{code}\""), 1)
    }

    /// What somebody sends to a route: the form of its page where it has one, and the fields of the table over it.
    pub(super) async fn fields(&self, entry: &Entry, path: &str) -> Filled {
        let mut form = Filled::empty();
        if entry.has_page {
            let page = self.insider.clone().get(path).await;
            assert_eq!(page.status.as_u16(), 200, "the form of {}", entry.route);
            form = Filled::of(&page.body, path);
        }
        for (name, value) in entry.fields {
            let value = match *value {
                "{org}" => self.world.org(HERE).await.to_string(),
                "{hash}" => self.uploaded.clone(),
                "{file}" => self.file("ban-form"),
                "{new}" => format!("nguoi-moi{}", self.world.count("identity_person").await),
                known => known.to_owned(),
            };
            form = form.with(name, &value);
        }
        form
    }

    /// The address of a route for somebody, its places filled; who is managed is new each time.
    pub(super) async fn filled(&self, route: &str, who: &Visitor) -> String {
        if route.contains("{membership}") || route.contains("/people/{id}") {
            let victim = self.victim().await;
            self.suffers(route, &victim).await;
            return self.filled_for(route, who, Some(&victim)).await;
        }
        self.filled_for(route, who, None).await
    }

    /// As [`Self::filled`], with the person to be managed.
    pub(super) async fn filled_for(&self, route: &str, who: &Visitor, victim: Option<&Victim>) -> String {
        let (method, path) = route.split_once(' ').unwrap();
        let code = match path {
            "/resolutions/{code}/adopt" | "/resolutions/{code}/close" => DRAFT,
            _ if method == "POST" && DRAFTED.iter().any(|end| path.ends_with(end)) => DRAFT,
            _ if is_open(method, path) => OPEN,
            _ => REVIEWED,
        };
        let mut path = path.replace("{code}", code).replace("{verb}", "rename").replace("{sha}", &self.source);
        let (target, sentence) = match code {
            OPEN if path.ends_with("/restore") => ("T21", ""),
            DRAFT => ("", "C1"),
            OPEN => ("T19", "T22"),
            _ => ("P7", "P7"),
        };
        path = path.replace("{target}", target).replace("{sentence}", sentence);
        path = path.replace("{number}", "1").replace("{period}", period(method, &path));
        path = path.replace("{measure}", "documents-public-share");
        if path.contains("{observation}") {
            path = path.replace("{observation}", &self.any(OBSERVATION).await);
        }
        if let Some(victim) = victim.filter(|_| path.starts_with("/people/")) {
            path = path.replace("{membership}", &victim.membership).replace("{id}", &victim.known.person.to_string());
        }
        if path.contains("{id}") {
            path = path.replace("{id}", &self.id(&path, who).await);
        }
        if let Some(front) = path.strip_prefix(&format!("/api/v1/indicators/{REVIEWED}/")) {
            let org = self.world.org(HERE).await;
            return format!("/api/v1/indicators/targets.met-share/{front}?org={org}&from=2019-01-01&at=2020-01-06");
        }
        assert!(!path.contains('{'), "say how to fill the places of {path}");
        match path.as_str() {
            "/search" => format!("{path}?q=cong+thong+tin"),
            "/history" => format!("{path}?noun=targets.resolution"),
            _ if method == "GET" && path.ends_with("/ask") => format!("{path}?measure=ty-le-dat"),
            _ => path,
        }
    }

    async fn id(&self, path: &str, who: &Visitor) -> String {
        let of =
            |table: &str| format!("SELECT id FROM {table} WHERE account = $1 ORDER BY created DESC, id DESC LIMIT 1");
        let own = async |table: &str| self.read(&of(table), params![who.account]).await;
        match path {
            _ if path.starts_with("/organisations/") => self.world.org(HERE).await.to_string(),
            _ if path.starts_with("/evidence/") => self.any(EVIDENCE).await,
            "/account/sessions/{id}/end" => own("identity_session").await,
            "/account/tokens/{id}/revoke" => own("identity_token").await,
            "/account/links/{id}/remove" => own("identity_link").await,
            _ if path.ends_with("/judge") => self.words.clone(),
            _ => {
                let verbs = ["/resolutions/X/approve", "/resolutions/X/withdraw", "/api/X/approve", "/api/X/withdraw"];
                let is = |verb: &&str| {
                    let (front, back) = verb.split_once('X').unwrap();
                    path.starts_with(front) && path.ends_with(back)
                };
                self.figures[verbs.iter().position(is).unwrap_or(0)].clone()
            }
        }
    }

    async fn read(&self, sql: &str, params: Vec<lt_store::Val>) -> String {
        let row = self.world.ground.db.read_one(sql, params).await.unwrap();
        row.unwrap_or_else(|| panic!("nothing for {sql}")).get::<Uuid>("id").unwrap().to_string()
    }

    async fn any(&self, sql: &str) -> String {
        self.read(sql, Vec::new()).await
    }

    /// Somebody of [`HERE`] to be managed, new for every address: verbs leave traces.
    pub(super) async fn victim(&self) -> Victim {
        let number = self.world.count("identity_person").await;
        let known = self.world.account(&format!("nan-nhan{number}")).await;
        self.world.give(known.person, Some(self.world.org(HERE).await), "reader").await;
        let sql = "SELECT id FROM identity_membership WHERE person = $1";
        let membership = self.read(sql, params![known.person]).await;
        Victim { known, membership }
    }

    /// Brings an account to where the verb of a route finds something to do.
    async fn suffers(&self, route: &str, victim: &Victim) {
        let sql = if route.ends_with("/unlock") {
            "UPDATE identity_account SET state = 'locked', locked_until = 9000000000000000, lock_reason = 'failures' \
             WHERE person = $1"
        } else if route.ends_with("/enable") {
            "UPDATE identity_account SET state = 'disabled' WHERE person = $1"
        } else {
            return;
        };
        let mut unit = Unit::new();
        unit.run(sql, params![victim.known.person]).expect_rows(1);
        self.world.ground.db.commit(unit).await.unwrap();
    }

    /// How many sessions, living tokens and links the owner has.
    pub(super) async fn belongings(&self) -> [i64; 3] {
        let mut found = [0; 3];
        let tables = ["identity_session WHERE", "identity_token WHERE revoked IS NULL AND", "identity_link WHERE"];
        for (place, table) in tables.iter().enumerate() {
            let sql = format!("SELECT COUNT(*) AS n FROM {table} account = $1");
            let row = self.world.ground.db.read_one(&sql, params![self.owner.account]).await.unwrap();
            found[place] = row.unwrap().get("n").unwrap();
        }
        found
    }
}

impl Visitor {
    /// Somebody with this role at the organisations of these `local` codes, or everywhere.
    pub(super) async fn new(world: &World, login: &str, role: &str, places: Option<&[&str]>) -> Self {
        let known = world.account(login).await;
        for place in places.unwrap_or_default() {
            world.give(known.person, Some(world.org(place).await), role).await;
        }
        if places.is_none() {
            world.give(known.person, None, role).await;
        }
        let mut browser = world.signed_in(&known).await;
        let permissions = lt_identity::roles::all().iter().find(|one| one.code == role).unwrap();
        let permissions: Vec<&str> = permissions.permissions.iter().map(String::as_str).collect();
        let token = browser.token(&permissions, "90").await;
        // A second one, to be taken back.
        browser.token(&permissions, "90").await;
        let sql = "SELECT id FROM identity_account WHERE person = $1";
        let row = world.ground.db.read_one(sql, params![known.person]).await.unwrap().unwrap();
        let account: AccountId = row.get("id").unwrap();
        let mut unit = Unit::new();
        let id = Uuid::from_u128(row.get::<Uuid>("id").unwrap().as_u128() ^ 1);
        unit.run(
            "INSERT INTO identity_link (id, account, issuer, subject, created) VALUES ($1, $2, 'https://sso.test', $3, 0)",
            params![id, account, login],
        );
        world.ground.db.commit(unit).await.unwrap();
        Self { known, account, token }
    }

    /// With a token below `/api`, else signed in again, for some routes end the session. The throttle wants six
    /// seconds a try.
    pub(super) async fn comes(&self, world: &World, path: &str) -> Browser {
        if path.starts_with("/api/") {
            return world.browser().with_token(&self.token);
        }
        world.clock.advance(7);
        let mut browser = world.signed_in(&self.known).await;
        browser.get("/account").await.is(200);
        browser
    }
}

/// An observation inside the frozen review.
const OBSERVATION: &str = "SELECT o.id FROM targets_observation o JOIN targets_use u ON u.measure = o.measure \
    JOIN targets_resolution r ON r.id = u.resolution WHERE r.code = 's3-2017-2020' AND o.withdrawn_at IS NULL \
    AND o.as_of <= '2020-01-06' ORDER BY o.id LIMIT 1";
/// Evidence with a file.
const EVIDENCE: &str = "SELECT id FROM targets_evidence WHERE blob IS NOT NULL ORDER BY id LIMIT 1";

/// A provider nobody answers for: links exist, and leading to it is refused in words.
fn provider() -> OidcConfig {
    OidcConfig {
        issuer: "http://127.0.0.1:9".into(),
        client_id: "lienthong".into(),
        client_secret: SecretString::new("khong-ai-biet"),
        label_vi: "Đăng nhập một lần".into(),
        label_en: "Single sign-on".into(),
        trusts_second_factor: false,
        provision: false,
    }
}

/// Whether a route is tried on the resolution whose figures may still change.
fn is_open(method: &str, path: &str) -> bool {
    let parts = ["/observations", "/observe", "/ask", "/import", "/restore", "/sentences/{sentence}"];
    parts.iter().any(|part| path.contains(part)) || (method == "POST" && path.ends_with("/reviews"))
}

/// The review a route is tried on: collected and reopened, approved and frozen, or frozen long since.
fn period(method: &str, path: &str) -> &'static str {
    let ends = |verbs: &[&str]| verbs.iter().any(|verb| path.ends_with(verb));
    match method {
        "POST" if ends(&["/collect", "/reopen"]) => "2019",
        "POST" if ends(&["/approve", "/freeze"]) => "2018",
        _ => "2020",
    }
}

/// A change no listener could take.
async fn parked(world: &World) {
    let mut unit = Unit::new();
    unit.run(
        "INSERT INTO store_parked (listener, seq, reason, attempts, parked_at) VALUES ('thu', 1, 'thử', 5, 0)",
        Vec::new(),
    );
    world.ground.db.commit(unit).await.unwrap();
}

async fn insider(world: &World) -> Browser {
    let known = world.account("nguoi-trong").await;
    for role in ["secretary", "recorder", "reviewer", "approver"] {
        world.give(known.person, Some(world.org(HERE).await), role).await;
    }
    world.clock.advance(7);
    world.signed_in(&known).await
}

async fn recorded(clerk: &mut Browser, figure: serde_json::Value) -> String {
    clerk.get("/account").await.is(200);
    let made = clerk.post_json(&format!("/api/v1/resolutions/{OPEN}/observations"), &figure).await;
    made.is(201).json()["id"].as_str().unwrap().to_owned()
}

/// A figure with a file as its evidence.
async fn proves(clerk: &mut Browser) {
    let place = format!("/resolutions/{OPEN}/observe");
    clerk.get(&format!("{place}?measure=intermediate-course")).await.is(200);
    let fields = [("measure", "intermediate-course"), ("value", "1"), ("as_of", "30/06/2021")];
    let file = [File { field: "files", name: "minh-chung.txt", bytes: "Quyết định cử đi học".as_bytes() }];
    clerk.post_files(&place, &fields, &file).await.is(303);
}

/// 2020: frozen, with a report; 2019: open; 2018: collected.
async fn reviews(world: &World) {
    let mut reviewer = world.person("canh-taphop", "reviewer", Some(HERE)).await;
    let mut approver = world.person("canh-duyet", "approver", Some(HERE)).await;
    let base = format!("/resolutions/{REVIEWED}/reviews");
    for (period, cutoff) in [("2018", "14/12/2018"), ("2019", "14/12/2019"), ("2020", "06/01/2020")] {
        reviewer.get(&base).await.is(200);
        reviewer.post(&base, &[("period", period), ("cutoff", cutoff)]).await.is(303);
        if period != "2019" {
            reviewer.get(&format!("{base}/{period}")).await.is(200);
            reviewer.post(&format!("{base}/{period}/collect"), &[]).await.is(303);
        }
    }
    for verb in ["approve", "freeze", "reports"] {
        approver.get(&format!("{base}/2020")).await.is(200);
        approver.post(&format!("{base}/2020/{verb}"), &[]).await.is(303);
    }
}
