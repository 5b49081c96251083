//! Every sight of personal data is written down with its purpose: on each route that says it shows some, and no
//! other route shows any.

use lt_store::params;
use lt_testkit::both_engines;

use super::scene::{Scene, Victim};
use super::walk::send;
use super::{HERE, Method, name};
use crate::world::{Known, World};

/// Sights of one person by another, and whether each was in a list.
async fn sights(world: &World, person: &Known, viewer: &Known) -> Vec<(String, bool)> {
    let sql = "SELECT s.purpose, s.listed FROM identity_sight s JOIN identity_account a ON a.id = s.viewer \
               WHERE s.person = $1 AND a.person = $2 ORDER BY s.at, s.id";
    let rows = world.ground.db.read(sql, params![person.person, viewer.person]).await.unwrap();
    rows.iter().map(|row| (row.get("purpose").unwrap(), row.get("listed").unwrap())).collect()
}

/// Lines of the history about sights by somebody.
async fn lines(world: &World, viewer: &Known) -> i64 {
    let sql = "SELECT COUNT(*) AS n FROM store_change c JOIN identity_account a ON a.id = c.actor_id \
               WHERE c.noun = 'identity.sight' AND a.person = $1";
    world.ground.db.read_one(sql, params![viewer.person]).await.unwrap().unwrap().get("n").unwrap()
}

/// The address of a route; the history with everything in it.
async fn address(scene: &Scene, route: &str, victim: &Victim) -> String {
    if route == "GET /history" {
        return "/history".to_owned();
    }
    scene.filled_for(route, &scene.owner, Some(victim)).await
}

both_engines! {
    async fn every_page_with_personal_data_writes_its_sight_down(base) {
        let scene = Scene::set(base).await;
        let world = &scene.world;
        let personal: Vec<_> = world.program.routes.iter().filter(|route| route.purpose.is_some()).cloned().collect();
        assert!(personal.len() >= 9, "{personal:?}");
        for (number, route) in personal.iter().enumerate() {
            let (purpose, route_name) = (route.purpose.unwrap(), name(&route.method, route.path));
            let victim = scene.victim().await;
            let viewer = world.account(&format!("nguoi-xem{number}")).await;
            world.give(viewer.person, None, "administrator").await;
            world.clock.advance(7);
            let mut browser = world.signed_in(&viewer).await;
            browser.get("/account").await.is(200);
            let path = address(&scene, &route_name, &victim).await;
            for (looks, wait) in [(1, 0), (1, 599), (2, 1)] {
                world.clock.advance(wait);
                let answer = send(&mut browser, &route.method, &path, &[]).await;
                assert!(answer.status.as_u16() < 500, "{route_name}: {}", answer.body);
                let seen = sights(world, &victim.known, &viewer).await;
                assert_eq!(seen.len(), looks, "{route_name} after {wait} seconds more");
                let list = matches!(route.path, "/people" | "/history");
                assert!(seen.iter().all(|one| *one == (purpose.to_owned(), list)), "{route_name}: {seen:?}");
                assert_eq!(lines(world, &viewer).await, i64::try_from(looks).unwrap(), "{route_name}: one line a look");
            }
            assert!(sights(world, &viewer, &viewer).await.is_empty(), "{route_name}: one's own data is no sight");
        }
    }
}

#[tokio::test]
async fn pages_that_say_nothing_show_nobody() {
    let scene = Scene::set(lt_testkit::db::Base::sqlite()).await;
    let world = &scene.world;
    let victim = scene.victim().await;
    let email = "nan-nhan@mau.example";
    let mut unit = lt_store::Unit::new();
    unit.run("UPDATE identity_person SET email = $1 WHERE id = $2", params![email, victim.known.person]);
    world.ground.db.commit(unit).await.unwrap();
    let viewer = world.account("nguoi-xem").await;
    world.give(viewer.person, None, "administrator").await;
    for role in lt_identity::roles::all().iter().filter(|role| role.code != "administrator") {
        let place = if role.whole_installation { None } else { Some(world.org(HERE).await) };
        world.give(viewer.person, place, &role.code).await;
    }
    world.clock.advance(7);
    let mut browser = world.signed_in(&viewer).await;
    let (mut shown, mut silent) = (0, 0);
    for route in world.program.routes.iter().filter(|route| route.method == Method::GET) {
        let route_name = name(&route.method, route.path);
        let path = address(&scene, &route_name, &victim).await;
        let page = browser.get(&path).await;
        let found = [victim.known.login.as_str(), email].into_iter().find(|text| page.body.contains(text));
        match (route.purpose, found) {
            (Some(_), Some(_)) => shown += 1,
            (None, Some(text)) => panic!("{route_name} shows {text} and does not say what for"),
            (_, None) => silent += 1,
        }
    }
    assert!(shown >= 6 && silent > 30, "{shown} pages show the person, {silent} do not");
}
