//! The interface with tokens: a token does what its permissions, its owner's place and its time allow, no more.

use axum::http::Method;
use lt_testkit::both_engines;
use lt_web::Access;
use serde_json::json;

use super::scene::Scene;
use super::{ELSEWHERE, HERE, name, walk};
use crate::browser::{Answer, Browser};
use crate::world::World;

const PLACE: &str = "/api/v1/resolutions/s3-2020-2022/observations";

/// A program that comes with nothing but a token.
fn program(world: &World, token: &str) -> Browser {
    world.browser().with_token(token)
}

#[track_caller]
fn is_problem(answer: &Answer, status: u16, code: &str, route: &str) {
    assert_eq!(answer.status.as_u16(), status, "{route}: {}", answer.body);
    assert_eq!(answer.head("content-type"), "application/problem+json", "{route}");
    let problem = answer.json();
    assert_eq!((&problem["status"], &problem["code"]), (&json!(status), &json!(code)), "{route}: {problem}");
    for part in ["type", "title", "detail"] {
        assert!(problem[part].as_str().is_some_and(|text| !text.is_empty()), "{route}: {part} of {problem}");
    }
}

/// Every role's permission that is not the one a route asks for, out of those of one role.
fn others(permission: &str) -> Option<(&'static str, Vec<&'static str>)> {
    let role = lt_identity::roles::all()
        .iter()
        .find(|role| role.permissions.contains(permission) && role.permissions.len() > 1)?;
    let rest = role.permissions.iter().map(String::as_str).filter(|name| *name != permission).collect();
    Some((role.code.as_str(), rest))
}

both_engines! {
    async fn a_spent_token_and_one_without_the_permission_come_nowhere(base) {
        let scene = Scene::set(base).await;
        let world = &scene.world;
        let mut tried = 0;
        let mut owners = std::collections::BTreeMap::new();
        for route in world.program.routes.iter().filter(|route| route.path.starts_with("/api/v1/")) {
            let Access::Holds(permission) = route.access else { continue };
            let (role, rest) = others(permission).unwrap_or_else(|| panic!("no role has more than {permission}"));
            if !owners.contains_key(permission) {
                let mut owner = world.person(&format!("chu-{}", permission.replace('.', "-")), role, Some(HERE)).await;
                let whole = owner.token(&[permission], "90").await;
                let partial = owner.token(&rest, "90").await;
                let revoked = owner.token(&[permission], "90").await;
                let page = owner.get("/account").await;
                let mut places = page.body.split("action=\"").map(|part| part.split('"').next().unwrap());
                // The newest stands first.
                let place = places.find(|place| place.ends_with("/revoke")).unwrap().to_owned();
                owner.post(&place, &[]).await.is(303);
                let expired = owner.token(&[permission], "1").await;
                owners.insert(permission, [whole, partial, revoked, expired]);
            }
        }
        let reads = owners["targets.read"][3].clone();
        program(world, &reads).get("/api/v1/resolutions").await.is(200);
        world.clock.advance(86_400);
        for route in world.program.routes.iter().filter(|route| route.path.starts_with("/api/v1/")) {
            let Access::Holds(permission) = route.access else { continue };
            let [whole, partial, revoked, expired] = &owners[permission];
            let name = name(&route.method, route.path);
            let path = scene.filled(&name, &scene.owner).await;
            for (token, status, code) in
                [(partial, 403, "forbidden"), (revoked, 401, "sign-in"), (expired, 401, "sign-in")]
            {
                let answer = walk::send(&mut program(world, token), &route.method, &path, &[]).await;
                is_problem(&answer, status, code, &name);
            }
            // Control: the same token, alive and with the permission, is somebody.
            let answer = walk::send(&mut program(world, whole), &route.method, &path, &[]).await;
            assert!(answer.status != 401, "{name}: {}", answer.body);
            tried += 1;
        }
        assert!(tried >= 15, "{tried} routes");
    }

    async fn a_recorders_token_records_here_and_nowhere_else(base) {
        let world = World::with_sample(base).await;
        let mut clerk = world.person("nhaplieu", "recorder", Some(HERE)).await;
        let (writes, reads) =
            (clerk.token(&["targets.read", "targets.observe"], "30").await, clerk.token(&["targets.read"], "30").await);
        let mut elsewhere = world.person("noikhac", "recorder", Some(ELSEWHERE)).await;
        let foreign = elsewhere.token(&["targets.read", "targets.observe"], "30").await;
        let rows = world.count("targets_observation").await;
        let figure = json!({"measure": "intermediate-course", "value": "2", "as_of": "2021-06-30"});

        for (token, whose) in [(&reads, "a token that reads"), (&foreign, "another unit's token")] {
            is_problem(&program(&world, token).post_json(PLACE, &figure).await, 403, "forbidden", whose);
        }
        assert_eq!(world.count("targets_observation").await, rows);
        let made = program(&world, &writes).post_json(PLACE, &figure).await;
        let made = made.is(201).json();
        assert!(made["recorded_by"].is_string(), "the owner answers for it: {made}");
        assert_eq!(world.count("targets_observation").await, rows + 1);
        program(&world, &reads).get(PLACE).await.is(200).says(made["id"].as_str().unwrap());
        is_problem(&program(&world, &foreign).get(PLACE).await, 403, "forbidden", "another unit's token reads");
        // Pages are for people: a token opens none.
        let page = program(&world, &writes).get("/resolutions/s3-2020-2022").await;
        assert!(page.is(303).location().starts_with("/sign-in"));
        let answer = program(&world, &writes).send(Method::DELETE, PLACE, "", Vec::new()).await;
        is_problem(&answer, 405, "method", "DELETE");
    }
}
