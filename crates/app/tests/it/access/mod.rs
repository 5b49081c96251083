//! Every route against nobody, the wrong unit and the right role.
//!
//! A new route fails here until it stands in [`table()`]; the list of routes open to everybody may only shrink.
//! Routes are walked over a [`Scene`] that holds what they speak of, so that "not found" is nobody's answer.

mod scene;
mod sights;
mod table;
mod token;
mod walk;

use std::collections::BTreeSet;

use axum::http::Method;
use lt_testkit::both_engines;
use lt_web::Access;

use crate::world::World;

use scene::{Scene, Visitor};
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
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wrong {
    /// 403.
    Refused,
    /// Identity tells a manager in words that the person is out of reach: 409.
    OutOfReach,
    /// The page, but nothing of the other unit on it.
    Without(&'static str),
    /// What whoever is signed in gets: it is their own, or no secret.
    Own,
    /// It belongs to somebody else, and is still there afterwards (the walk looks).
    NotTheirs,
    /// 404: not even told that it exists.
    Hidden,
    /// 422: the form again, as if the other unit had not been chosen.
    AskedAgain,
}

/// One route with how to try it.
struct Entry {
    route: &'static str,
    /// The role that may, and where it must be held.
    role: &'static str,
    reach: Reach,
    wrong: Wrong,
    /// What the right role gets where it is no page and no redirection, with the reason in the table.
    answer: Option<u16>,
    /// Whether the form of the page at the same address is sent, as it stands, with the fields put over it.
    has_page: bool,
    /// Fields; a word in braces is filled in (see [`Scene::fields`]).
    fields: &'static [(&'static str, &'static str)],
    /// A file sent along: its field and its text.
    file: Option<(&'static str, &'static str)>,
}

/// Where the right role is held.
#[derive(Debug, Clone, Copy)]
enum Reach {
    /// In the unit it is about.
    Here,
    /// For the whole installation.
    Everywhere,
    /// In every organisation that has a resolution.
    Issuers,
}

impl Reach {
    /// The organisations by their `local` codes; none for the whole installation.
    const fn places(self) -> Option<&'static [&'static str]> {
        match self {
            Self::Here => Some(&[HERE]),
            Self::Everywhere => None,
            Self::Issuers => {
                Some(&[HERE, ELSEWHERE, "chi-bo-so-tttt-tuyen-quang", "dang-bo-so-tttt-hai-duong", "chi-bo-so-tttt-s4"])
            }
        }
    }
}

const fn entry(route: &'static str, role: &'static str, wrong: Wrong) -> Entry {
    Entry { route, role, reach: Reach::Here, wrong, answer: None, has_page: false, fields: &[], file: None }
}

impl Entry {
    const fn over(mut self, reach: Reach) -> Self {
        self.reach = reach;
        self
    }

    const fn with(mut self, fields: &'static [(&'static str, &'static str)]) -> Self {
        self.fields = fields;
        self
    }

    const fn filled(mut self) -> Self {
        self.has_page = true;
        self
    }

    const fn file(mut self, field: &'static str, text: &'static str) -> Self {
        self.file = Some((field, text));
        self
    }

    /// Its fields cannot be right twice, or only with a telephone: whoever gets the form again came past the door.
    const fn faulty(mut self) -> Self {
        self.answer = Some(422);
        self
    }

    /// The matter refuses it in the scene: whoever is told so came past the door.
    const fn refused(mut self) -> Self {
        self.answer = Some(409);
        self
    }
}

/// Title of the resolution of [`HERE`] on lists.
const TITLE: &str = "Cổng Thông tin điện tử lần thứ II";

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
        let scene = Scene::set(base).await;
        for route in &scene.world.program.routes {
            let name = name(&route.method, route.path);
            let path = scene.filled(&name, &scene.owner).await;
            let mut browser = scene.world.browser();
            let answer = walk::send(&mut browser, &route.method, &path, &[]).await;
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
}
