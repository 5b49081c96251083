//! Every route against nobody, the wrong unit and the right role.
//!
//! A new route fails here until it stands in [`table()`]; the list of routes open to everybody may only shrink.

mod sights;
mod table;

use std::collections::BTreeSet;
use std::collections::hash_map::Entry as Held;

use axum::http::Method;
use lt_kernel::id::Uuid;
use lt_testkit::both_engines;
use lt_web::Access;

use crate::browser::{Answer, Browser};
use crate::world::{Known, World};

use table::table;

/// Where the people of the right unit work, and those of another.
const HERE: &str = "chi-bo-cong-ttdt-s3";
const ELSEWHERE: &str = "dang-bo-so-tttt-long-an";

/// Routes open to everybody. Take lines away, never add one without a decision written down (ADR 5).
const PUBLIC: &[&str] = &[
    "GET /",
    "GET /api",
    "GET /api/v1/openapi.json",
    "GET /design",
    "GET /healthz",
    "GET /problems",
    "GET /readyz",
    "GET /sign-in",
    "GET /sign-in/code",
    "GET /sign-in/provider",
    "GET /sign-in/provider/back",
    "POST /sign-in",
    "POST /sign-in/code",
    "POST /sign-out",
];

/// What somebody with the same role elsewhere gets.
#[derive(Debug, Clone, Copy)]
enum Wrong {
    /// 403 or 404.
    Refused,
    /// The page, but nothing of the other unit on it.
    Without(&'static str),
    /// Whatever whoever is signed in gets: it is their own, or no secret.
    Own,
}

/// One route with how to try it.
struct Entry {
    route: &'static str,
    /// The role that may; `everywhere` where it must be held for the whole installation.
    role: &'static str,
    everywhere: bool,
    /// No role of the sample reaches far enough; only the wrong unit is tried.
    nowhere: bool,
    wrong: Wrong,
    fields: &'static [(&'static str, &'static str)],
}

const fn entry(route: &'static str, role: &'static str, wrong: Wrong) -> Entry {
    Entry { route, role, everywhere: false, nowhere: false, wrong, fields: &[] }
}

impl Entry {
    /// The role counts only when it is held for everything.
    const fn everywhere(mut self) -> Self {
        self.everywhere = true;
        self
    }

    const fn nowhere(mut self) -> Self {
        self.nowhere = true;
        self
    }

    const fn with(mut self, fields: &'static [(&'static str, &'static str)]) -> Self {
        self.fields = fields;
        self
    }
}

/// Title of the resolution of [`HERE`] on lists.
const TITLE: &str = "Cổng Thông tin điện tử lần thứ II";

/// Somebody to be managed, new for every route: verbs leave traces.
struct Victim {
    known: Known,
    membership: String,
}

async fn victim(world: &World, number: usize) -> Victim {
    let known = world.account(&format!("nan-nhan{number}")).await;
    world.give(known.person, Some(world.org(HERE).await), "reader").await;
    let sql = "SELECT id FROM identity_membership WHERE person = $1";
    let row = world.ground.db.read_one(sql, lt_store::params![known.person]).await.unwrap().unwrap();
    let membership: Uuid = row.get("id").unwrap();
    Victim { known, membership: membership.to_string() }
}

/// An identifier out of the sample's resolution of [`HERE`].
async fn any(world: &World, sql: &str) -> String {
    let row = world.ground.db.read_one(sql, Vec::new()).await.unwrap().unwrap();
    row.get::<Uuid>("id").unwrap().to_string()
}

/// An observation of that resolution.
const OBSERVATION: &str = "SELECT o.id FROM targets_observation o JOIN targets_use u ON u.measure = o.measure \
    JOIN targets_resolution r ON r.id = u.resolution WHERE r.code = 's3-2017-2020' ORDER BY o.id LIMIT 1";
/// A measure of it.
const MEASURE: &str = "SELECT u.measure AS id FROM targets_use u JOIN targets_resolution r ON r.id = u.resolution \
    WHERE r.code = 's3-2017-2020' ORDER BY u.position LIMIT 1";
/// Evidence of it.
const EVIDENCE: &str = "SELECT e.id FROM targets_evidence e JOIN targets_observation o ON o.id = e.observation \
    JOIN targets_use u ON u.measure = o.measure JOIN targets_resolution r ON r.id = u.resolution \
    WHERE r.code = 's3-2017-2020' ORDER BY e.id LIMIT 1";

/// The address of a route, its places filled.
async fn filled(world: &World, route: &str, victim: &Victim) -> String {
    let path = route.split_once(' ').unwrap().1;
    let id = if path.starts_with("/people/") {
        victim.known.person.to_string()
    } else if path.starts_with("/organisations/") {
        world.org(HERE).await.to_string()
    } else if path.contains("/observations/") {
        any(world, OBSERVATION).await
    } else if path.starts_with("/evidence/") {
        any(world, EVIDENCE).await
    } else {
        Uuid::nil().to_string()
    };
    let path = path
        .replace("{id}", &id)
        .replace("{membership}", &victim.membership)
        .replace("{code}", "s3-2017-2020")
        .replace("{target}", "P7")
        .replace("{sentence}", "P7")
        .replace("{period}", "2019")
        .replace("{number}", "1")
        .replace("{sha}", &"0".repeat(64))
        .replace("{verb}", "rename");
    let path = if path.contains("{measure}") { path.replace("{measure}", &any(world, MEASURE).await) } else { path };
    let path = if path.contains("{observation}") {
        path.replace("{observation}", &any(world, OBSERVATION).await)
    } else {
        path
    };
    if let Some(front) = path.strip_prefix("/api/v1/indicators/s3-2017-2020/") {
        let org = world.org(HERE).await;
        return format!("/api/v1/indicators/targets.met-share/{front}?org={org}&from=2019-01-01&to=2020-01-05");
    }
    assert!(!path.contains('{'), "say how to fill the places of {path}");
    match path.as_str() {
        "/search" => format!("{path}?q=cong+thong+tin"),
        "/history" => format!("{path}?noun=targets.resolution"),
        _ => path,
    }
}

/// A body the interface can read, so that it comes to ask who may.
fn json_for(path: &str) -> serde_json::Value {
    if path.ends_with("/crosswalks") {
        return serde_json::json!({
            "from_scheme": "org-2014", "from_grade": "trong-sach-vung-manh", "to_scheme": "org-2018",
            "to_grade": "hoan-thanh-tot", "signed": "Thử quyền, không ký thật"
        });
    }
    if path.ends_with("/observations") {
        return serde_json::json!({"measure": "khong-co", "as_of": "2019-01-01", "value": "1", "convention": "vi"});
    }
    if path.ends_with("/approve") {
        return serde_json::json!({"version": 1});
    }
    serde_json::json!({"why": "thử quyền", "version": 1})
}

async fn send(browser: &mut Browser, method: &Method, path: &str, fields: &[(&str, &str)]) -> Answer {
    if *method == Method::GET {
        browser.get(path).await
    } else if path.starts_with("/api/") {
        browser.post_json(path, &json_for(path)).await
    } else {
        browser.post(path, fields).await
    }
}

async fn holder(world: &World, role: &str, place: Option<&str>) -> Known {
    let login = format!("{role}-{}", place.map_or("tat-ca", |place| if place == HERE { "day" } else { "kia" }));
    let known = world.account(&login).await;
    let org = match place {
        Some(place) => Some(world.org(place).await),
        None => None,
    };
    world.give(known.person, org, role).await;
    known
}

/// Signs in again for every route, for some of them end the session. The throttle wants six seconds a try.
async fn visit(world: &World, known: &Known) -> Browser {
    world.clock.advance(7);
    let mut browser = world.signed_in(known).await;
    browser.get("/account").await.is(200);
    browser
}

fn name(method: &Method, path: &str) -> String {
    format!("{method} {path}")
}

#[tokio::test]
async fn every_route_is_listed_and_every_permission_is_somebodys() {
    let world = World::empty(lt_testkit::db::Base::sqlite()).await;
    let listed: BTreeSet<&str> = table().iter().map(|entry| entry.route).collect();
    let open: BTreeSet<&str> = PUBLIC.iter().copied().collect();
    let mut met = BTreeSet::new();
    for route in &world.program.routes {
        let name = name(&route.method, route.path);
        let place = if route.access == Access::Public { &open } else { &listed };
        assert!(
            place.contains(name.as_str()),
            "{name} ({:?}) must be listed in tests/it/access/table.rs",
            route.access
        );
        if let Access::Holds(permission) = route.access {
            let known = world.program.permissions.contains(&permission);
            let held = lt_identity::roles::all().iter().any(|role| role.permissions.contains(permission));
            assert!(known && held, "{name}: {permission} is declared: {known}, is in a role: {held}");
        }
        met.insert(name);
    }
    let gone: Vec<&&str> = listed.union(&open).filter(|name| !met.contains(**name)).collect();
    assert!(gone.is_empty(), "listed, but the program has no such routes: {gone:?}");
    for permission in &world.program.permissions {
        let held = lt_identity::roles::all().iter().any(|role| role.permissions.contains(*permission));
        assert!(held, "no role carries {permission}: nobody could ever use it");
    }
    for role in lt_identity::roles::all() {
        for permission in &role.permissions {
            let known = world.program.permissions.contains(&permission.as_str());
            assert!(known, "role {} carries {permission}, which no module declares", role.code);
        }
    }
}

both_engines! {
    async fn nobody_is_sent_to_sign_in(base) {
        let world = World::with_sample(base).await;
        let victim = victim(&world, 0).await;
        for route in &world.program.routes {
            let name = name(&route.method, route.path);
            let path = filled(&world, &name, &victim).await;
            let mut browser = world.browser();
            let answer = send(&mut browser, &route.method, &path, &[]).await;
            let status = answer.status.as_u16();
            let fine = match route.access {
                Access::Public => status < 500 && status != 401 && status != 403,
                _ if route.method == Method::GET && !path.starts_with("/api/") => {
                    status == 303 && answer.location().starts_with("/sign-in?next=%2F")
                }
                _ => status == 401,
            };
            assert!(fine, "{name} gives nobody {status} {}\n{}", answer.location(), answer.body);
        }
    }

    async fn the_wrong_unit_sees_nothing_and_the_right_role_gets_in(base) {
        let world = World::with_sample(base).await;
        let mut wrong = Vec::new();
        let mut holders = std::collections::HashMap::new();
        for (number, entry) in table().into_iter().enumerate() {
            let (method, _) = entry.route.split_once(' ').unwrap();
            let method: Method = method.parse().unwrap();
            if !world.program.routes.iter().any(|route| name(&route.method, route.path) == entry.route) {
                continue;
            }
            let victim = victim(&world, number + 1).await;
            let path = filled(&world, entry.route, &victim).await;
            for place in [Some(ELSEWHERE), if entry.everywhere { None } else { Some(HERE) }] {
                if place != Some(ELSEWHERE) && entry.nowhere {
                    continue;
                }
                let key = (entry.role, place);
                let known = match holders.entry(key) {
                    Held::Occupied(known) => known.into_mut(),
                    Held::Vacant(new) => new.insert(holder(&world, entry.role, place).await),
                };
                let mut browser = visit(&world, known).await;
                let answer = send(&mut browser, &method, &path, entry.fields).await;
                let status = answer.status.as_u16();
                let fine = if place == Some(ELSEWHERE) {
                    match entry.wrong {
                        // Identity tells a manager in words that the person is out of reach, as a refusal.
                        Wrong::Refused => {
                            let told = status == 409 && answer.body.contains("nằm ngoài phạm vi");
                            status == 403 || status == 404 || told
                        }
                        Wrong::Without(text) => status == 200 && !answer.body.contains(text),
                        Wrong::Own => status < 500,
                    }
                } else {
                    let shown = !matches!(entry.wrong, Wrong::Without(text) if !answer.body.contains(text));
                    status < 500 && status != 401 && status != 403 && shown
                };
                if !fine {
                    wrong.push(format!("{} as {} of {place:?} gives {status}", entry.route, entry.role));
                }
            }
        }
        assert!(wrong.is_empty(), "{} routes:\n{}", wrong.len(), wrong.join("\n"));
    }
}
