//! The walk, and its controls: it must be able to fail at every route.

use std::collections::BTreeMap;
use std::collections::hash_map::Entry as Held;

use axum::http::Method;
use lt_testkit::both_engines;
use lt_testkit::db::Base;

use super::scene::Scene;
use super::{ELSEWHERE, Entry, Visitor, Wrong, name, table};
use crate::browser::{Answer, Browser, File};

/// A body the interface can read, so that it comes to ask who may.
fn json_for(path: &str) -> serde_json::Value {
    if path.ends_with("/crosswalks") {
        return serde_json::json!({
            "from_scheme": "org-2014", "from_grade": "trong-sach-vung-manh", "to_scheme": "org-2018",
            "to_grade": "hoan-thanh-tot", "signed": "Thử quyền, không ký thật"
        });
    }
    if path.ends_with("/observations") {
        return serde_json::json!({"measure": "thematic-meetings", "as_of": "2021-05-31", "value": "1"});
    }
    if path.ends_with("/approve") {
        return serde_json::json!({"version": 1});
    }
    serde_json::json!({"why": "thử quyền", "version": 1})
}

pub(super) async fn send(browser: &mut Browser, method: &Method, path: &str, fields: &[(&str, &str)]) -> Answer {
    if *method == Method::GET {
        browser.get(path).await
    } else if path == "/api/v1/resolutions" {
        browser.send(method.clone(), path, "application/toml", b"format = 1".to_vec()).await
    } else if path.starts_with("/api/") {
        browser.post_json(path, &json_for(path)).await
    } else {
        browser.post(path, fields).await
    }
}

/// What somebody got at a route.
struct Got<'a> {
    status: u16,
    body: &'a str,
}

impl Entry {
    /// Whether the right role may be answered so. Never with "not found", which would say nothing of who asks.
    fn lets_in(&self, got: &Got<'_>) -> bool {
        let comes = match self.answer {
            Some(answer) => got.status == answer && got.status != 404,
            None => matches!(got.status, 200 | 201 | 303),
        };
        let told = got.body.contains(OUT_OF_REACH);
        comes && !told && !matches!(self.wrong, Wrong::Without(text) if !got.body.contains(text))
    }

    /// Whether the answer depends on where somebody's role is held.
    fn asks_for_the_place(&self) -> bool {
        !matches!(self.wrong, Wrong::Own | Wrong::NotTheirs)
    }

    /// Whether the same role elsewhere may be answered so.
    fn keeps_out(&self, got: &Got<'_>) -> bool {
        match self.wrong {
            Wrong::Refused => got.status == 403,
            Wrong::OutOfReach => got.status == 409 && got.body.contains(OUT_OF_REACH),
            Wrong::Without(text) => got.status == 200 && !got.body.contains(text),
            Wrong::Own => self.lets_in(got),
            Wrong::NotTheirs => matches!(got.status, 303 | 409),
            Wrong::Hidden => got.status == 404,
            Wrong::AskedAgain => got.status == 422,
        }
    }
}

/// How identity says that a person is none of a manager's.
const OUT_OF_REACH: &str = "nằm ngoài phạm vi";

/// Who comes to the routes: the same role elsewhere, then the right one. In the control the right one comes in the
/// part of the wrong one, as if no place were checked.
async fn walk(scene: &Scene, is_control: bool) -> BTreeMap<&'static str, String> {
    let mut wrong = BTreeMap::new();
    let mut visitors = std::collections::HashMap::new();
    for entry in table() {
        let method: Method = entry.route.split_once(' ').unwrap().0.parse().unwrap();
        assert!(scene.world.program.routes.iter().any(|route| name(&route.method, route.path) == entry.route));
        let places = entry.reach.places();
        let comers = [(false, Some([ELSEWHERE].as_slice())), (true, places)];
        for (is_right, places) in if is_control { [(false, places)].to_vec() } else { comers.to_vec() } {
            let number = visitors.len();
            let visitor = match visitors.entry((entry.role, places)) {
                Held::Occupied(known) => known.into_mut(),
                Held::Vacant(new) => {
                    let login = format!("{}-{number}", entry.role);
                    new.insert(Visitor::new(&scene.world, &login, entry.role, places).await)
                }
            };
            let owner = if is_right { &*visitor } else { &scene.owner };
            let mut browser = visitor.comes(&scene.world, entry.route.split_once(' ').unwrap().1).await;
            let path = scene.filled(entry.route, owner).await;
            let fields = scene.fields(&entry, &path).await;
            let answer = match entry.file {
                Some((field, text)) => {
                    let file = [File { field, name: "so-lieu.csv", bytes: text.as_bytes() }];
                    browser.post_files(&path, &fields.fields(), &file).await
                }
                None if path == "/api/v1/resolutions" && method == Method::POST => {
                    browser.send(method.clone(), &path, "application/toml", scene.file("ban-api").into_bytes()).await
                }
                None => send(&mut browser, &method, &path, &fields.fields()).await,
            };
            let got = Got { status: answer.status.as_u16(), body: &answer.body };
            let fine = if is_right { entry.lets_in(&got) } else { entry.keeps_out(&got) };
            if !fine {
                let told = format!("{} as {} of {places:?} gives {}", entry.route, entry.role, got.status);
                wrong.insert(entry.route, told);
            }
        }
    }
    wrong
}

both_engines! {
    async fn the_wrong_unit_sees_nothing_and_the_right_role_gets_in(base) {
        let scene = Scene::set(base).await;
        let before = scene.belongings().await;
        assert!(before.iter().all(|count| *count > 0), "{before:?}");
        let wrong: Vec<String> = walk(&scene, false).await.into_values().collect();
        assert!(wrong.is_empty(), "{} routes:\n{}", wrong.len(), wrong.join("\n"));
        assert_eq!(scene.belongings().await, before, "what is a person's own is ended by nobody else");
    }
}

/// Control: whose place is the right one passes every check of a place; with such a visitor in the part of the wrong
/// unit, each route that asks for the place must be complained of. One that is not could lose its check
/// without anybody noticing.
#[tokio::test]
async fn with_the_checks_of_the_place_taken_out_the_walk_fails_at_every_route() {
    let scene = Scene::set(Base::sqlite()).await;
    let told = walk(&scene, true).await;
    let silent: Vec<&str> = table()
        .iter()
        .filter(|entry| entry.asks_for_the_place() && !told.contains_key(entry.route))
        .map(|entry| entry.route)
        .collect();
    assert!(silent.is_empty(), "the walk cannot fail at {silent:#?}");
}

/// Control: a handler that looks at nobody's place gives both the same answer. No such answer may do for both,
/// and "not found" does for nobody.
#[test]
fn no_answer_does_for_the_wrong_unit_and_for_the_right_role() {
    for entry in table() {
        let text = if let Wrong::Without(text) = entry.wrong { text } else { "" };
        for status in [200, 201, 303, 400, 401, 403, 404, 405, 409, 410, 413, 422, 429, 500, 507] {
            for body in ["", text, OUT_OF_REACH] {
                let got = Got { status, body };
                let both = entry.keeps_out(&got) && entry.lets_in(&got);
                assert!(!entry.asks_for_the_place() || !both, "{}: {status} {body} does for both", entry.route);
                assert!(status != 404 || !entry.lets_in(&got), "{}: 404 would do", entry.route);
            }
        }
    }
}
