//! API tokens: a part of the owner's permissions, only below `/api`, for a time.

use axum::http::StatusCode;
use lt_testkit::both_engines;

use crate::world::{Browser, Known, World};

/// Makes a token by the page; the token as shown once.
async fn token(browser: &mut Browser, permissions: &[&str], days: &str) -> String {
    browser.get("/account/tokens/new").await;
    let mut fields = vec![("name", "Kho dữ liệu"), ("days", days)];
    fields.extend(permissions.iter().map(|name| ("permissions", *name)));
    let page = browser.post("/account/tokens/new", &fields).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    let shown = page.body.split("<pre>").nth(1).unwrap().split("</pre>").next().unwrap().trim().to_owned();
    assert!(shown.starts_with("ltk_"), "{shown}");
    assert!(!browser.get("/account").await.body.contains(&shown), "shown once");
    shown
}

fn program(world: &World, token: &str) -> Browser {
    Browser { bearer: Some(token.to_owned()), ..world.browser() }
}

async fn recorder(world: &World) -> (Known, Browser) {
    let known = world.account("nhaplieu").await;
    world.give(known.person, Some(crate::world::org(1)), "recorder").await;
    let browser = world.signed_in(&known).await;
    (known, browser)
}

both_engines! {
    async fn a_token_acts_below_api_with_its_part(base) {
        let world = World::new(base).await;
        let (known, mut browser) = recorder(&world).await;
        let token = token(&mut browser, &["targets.read"], "90").await;
        let mut program = program(&world, &token);
        let answer = program.get("/api/v1/probe").await;
        answer.says(&format!("account=Some({}) may=targets.read observes=[]", known.account));
        assert_eq!(program.post_api("/api/v1/probe", None).await.status, StatusCode::OK, "no cookie, no CSRF");
        assert_eq!(program.get("/probe").await.status, StatusCode::SEE_OTHER, "pages are for people");
        assert!(!world.changes().await.iter().any(|change| change.contains(&token)));
    }

    async fn a_token_cannot_have_more_than_its_owner(base) {
        let world = World::new(base).await;
        let (_, mut browser) = recorder(&world).await;
        browser.get("/account/tokens/new").await;
        let fields = [("name", "x"), ("days", "1"), ("permissions", "targets.approve")];
        browser.post("/account/tokens/new", &fields).await.says("Bạn không có quyền này");
        for (days, said) in [("0", "từ 1 đến 366"), ("400", "từ 1 đến 366"), ("chín", "chín")] {
            let fields = [("name", "x"), ("days", days), ("permissions", "targets.read")];
            browser.post("/account/tokens/new", &fields).await.says(said);
        }
    }

    async fn it_ends_by_hand_by_time_and_with_the_account(base) {
        let world = World::new(base).await;
        let (known, mut browser) = recorder(&world).await;
        let one = token(&mut browser, &["targets.read"], "1").await;
        let two = token(&mut browser, &["targets.read"], "90").await;
        let three = token(&mut browser, &["targets.read"], "90").await;
        let (mut one, mut two, mut three) = (program(&world, &one), program(&world, &two), program(&world, &three));
        let page = browser.get("/account").await;
        let revoke = page.body.split("action=\"").filter(|part| part.starts_with("/account/tokens/") && part.contains("/revoke\""));
        let latest = revoke.map(|part| part.split('"').next().unwrap().to_owned()).next().unwrap();
        browser.post(&latest, &[]).await;
        assert_eq!(three.get("/api/v1/probe").await.status, StatusCode::UNAUTHORIZED);
        assert_eq!(one.get("/api/v1/probe").await.status, StatusCode::OK);
        world.clock.advance(86_400);
        assert_eq!(one.get("/api/v1/probe").await.status, StatusCode::UNAUTHORIZED);
        assert_eq!(two.get("/api/v1/probe").await.status, StatusCode::OK);
        let mut unit = lt_store::Unit::new();
        unit.run("UPDATE identity_account SET state = 'disabled' WHERE id = $1", lt_store::params![known.account]);
        world.host.db.commit(unit).await.unwrap();
        assert_eq!(two.get("/api/v1/probe").await.status, StatusCode::UNAUTHORIZED);
    }

    async fn it_loses_what_its_owner_loses(base) {
        let world = World::new(base).await;
        let (known, mut browser) = recorder(&world).await;
        let token = token(&mut browser, &["targets.read", "targets.observe"], "90").await;
        let mut program = program(&world, &token);
        program.get("/api/v1/probe").await.says("observes=[1, 2, 3]");
        let held = lt_identity::memberships::store::of_person(&world.host.db, known.person).await.unwrap();
        world.identity.end_membership(&crate::world::ruler(), held[0].id, world.host.clock.today()).await.unwrap();
        assert_eq!(program.get("/api/v1/probe").await.status, StatusCode::FORBIDDEN);
    }

    async fn an_unknown_token_is_nobody(base) {
        let world = World::new(base).await;
        for token in ["", "ltk_", "ltk_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "'"] {
            assert_eq!(program(&world, token).get("/api/v1/probe").await.status, StatusCode::UNAUTHORIZED);
        }
    }
}
