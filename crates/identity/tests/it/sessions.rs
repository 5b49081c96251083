//! Sessions: begun, used, ended; never fixed, never forged.

use axum::http::StatusCode;
use lt_testkit::both_engines;
use lt_testkit::db::Base;

use crate::world::{Browser, SESSION, World};

async fn is_in(browser: &mut Browser) -> bool {
    browser.get("/probe").await.status == StatusCode::OK
}

both_engines! {
    async fn idle_for_half_an_hour_or_a_working_day_ends_it(base) {
        let world = World::new(base).await;
        let known = world.account("vanthu").await;
        let mut browser = world.signed_in(&known).await;
        for _ in 0..23 {
            world.clock.advance(29 * 60);
            assert!(is_in(&mut browser).await, "use keeps it alive");
        }
        world.clock.advance(54 * 60);
        assert!(!is_in(&mut browser).await, "not after twelve hours");
        let mut browser = world.signed_in(&known).await;
        world.clock.advance(31 * 60 + 1);
        assert!(!is_in(&mut browser).await, "nor after half an hour of rest");
    }

    async fn signing_out_ends_it_on_the_server(base) {
        let world = World::new(base).await;
        let known = world.account("vanthu").await;
        let mut browser = world.signed_in(&known).await;
        let mut stolen = browser.clone();
        browser.get("/account").await;
        let answer = browser.post("/sign-out", &[]).await;
        assert_eq!(answer.location(), "/sign-in");
        assert!(browser.session().is_none());
        assert!(!is_in(&mut stolen).await, "the token is worth nothing any more");
    }

    async fn a_changed_password_ends_all_others(base) {
        let world = World::new(base).await;
        let known = world.account("vanthu").await;
        let (mut here, mut there) = (world.signed_in(&known).await, world.signed_in(&known).await);
        let before = here.session().cloned();
        here.get("/account/password").await;
        let new = "mưa rơi trên mái ngói";
        let wrong = here.post("/account/password", &[("old", "wrong"), ("new", new), ("again", new)]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        wrong.says("Mật khẩu hiện tại không đúng");
        let old = known.password.as_str();
        for (new, again, said) in [("ngắn", "ngắn", "ít nhất 12"), (new, "khác", "không giống"), (old, old, "phải khác")] {
            here.post("/account/password", &[("old", old), ("new", new), ("again", again)]).await.says(said);
        }
        let answer = here.post("/account/password", &[("old", old), ("new", new), ("again", new)]).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        assert_ne!(here.session().cloned(), before, "a new token");
        assert!(is_in(&mut here).await && !is_in(&mut there).await);
        assert_eq!(world.browser().sign_in("vanthu", new).await.status, StatusCode::SEE_OTHER);
        assert!(!world.changes().await.iter().any(|change| change.contains(new) || change.contains("argon2")));
    }

    async fn one_or_all_others_end_from_the_account_page(base) {
        let world = World::new(base).await;
        let (known, stranger) = (world.account("vanthu").await, world.account("nguoila").await);
        let (mut here, mut there) = (world.signed_in(&known).await, world.signed_in(&known).await);
        let mut other = world.signed_in(&stranger).await;
        let page = here.get("/account").await;
        let end = page.body.split("action=\"").find(|part| part.contains("/end\"") && part.starts_with("/account/sessions/"));
        let end = end.unwrap().split('"').next().unwrap().to_owned();
        other.get("/account").await;
        other.post(&end, &[]).await;
        assert!(is_in(&mut there).await, "nobody ends a session of another account");
        here.post(&end, &[]).await;
        assert!(is_in(&mut here).await && !is_in(&mut there).await);
        let mut third = world.signed_in(&known).await;
        here.post("/account/sessions/end-all", &[]).await;
        assert!(is_in(&mut here).await && !is_in(&mut third).await && is_in(&mut other).await);
    }
}

#[tokio::test]
async fn a_token_planted_before_is_not_the_one_after() {
    let world = World::new(Base::sqlite()).await;
    let known = world.account("vanthu").await;
    let mut browser = world.browser();
    browser.jar.insert(SESSION.into(), "A".repeat(43));
    let planted = browser.session().cloned();
    browser.sign_in(&known.login, &known.password).await;
    assert_ne!(browser.session().cloned(), planted);
    let mut attacker = world.browser();
    attacker.jar.insert(SESSION.into(), planted.unwrap());
    assert!(!is_in(&mut attacker).await);
    // The token of before is no session either.
    let mut before = world.browser();
    before.get("/sign-in").await;
    let kept = before.jar["lienthong_before"].clone();
    before.jar.insert(SESSION.into(), kept);
    assert!(!is_in(&mut before).await);
}

#[tokio::test]
async fn signing_in_again_changes_the_token_and_ends_the_old_one() {
    let world = World::new(Base::sqlite()).await;
    let (one, two) = (world.account("vanthu").await, world.account("keToan").await);
    let mut browser = world.signed_in(&one).await;
    let mut old = browser.clone();
    browser.get("/account").await;
    let answer = browser.post("/sign-in", &[("login", &two.login), ("password", &two.password)]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    browser.get("/probe").await.says(&two.account.to_string());
    assert!(!is_in(&mut old).await);
}

#[tokio::test]
async fn every_form_wants_the_sessions_own_token() {
    let world = World::new(Base::sqlite()).await;
    let known = world.account("vanthu").await;
    let mut browser = world.signed_in(&known).await;
    let mut other = world.signed_in(&known).await;
    browser.get("/account").await;
    other.get("/account").await;
    for path in
        ["/sign-out", "/account/password", "/account/sessions/end-all", "/account/tokens/new", "/account/second-factor"]
    {
        for csrf in ["", "wrong", &other.csrf()] {
            assert_eq!(browser.post_with(path, &[], csrf).await.status, StatusCode::FORBIDDEN, "{path} {csrf}");
        }
    }
    assert!(is_in(&mut browser).await);
}

#[tokio::test]
async fn a_cookie_alone_does_not_write_through_the_api() {
    let world = World::new(Base::sqlite()).await;
    let known = world.account("vanthu").await;
    world.give(known.person, None, "reader").await;
    let mut browser = world.signed_in(&known).await;
    browser.get("/account").await;
    let csrf = browser.csrf();
    assert_eq!(browser.get("/api/v1/probe").await.status, StatusCode::OK);
    assert_eq!(browser.post_api("/api/v1/probe", None).await.status, StatusCode::FORBIDDEN);
    assert_eq!(browser.post_api("/api/v1/probe", Some("wrong")).await.status, StatusCode::FORBIDDEN);
    assert_eq!(browser.post_api("/api/v1/probe", Some(&csrf)).await.status, StatusCode::OK);
}

#[tokio::test]
async fn only_a_digest_of_the_token_is_stored() {
    let world = World::new(Base::sqlite()).await;
    let known = world.account("vanthu").await;
    let browser = world.signed_in(&known).await;
    let rows = world.host.db.read("SELECT token_hash FROM identity_session", vec![]).await.unwrap();
    let stored: Vec<u8> = rows[0].get("token_hash").unwrap();
    let token = browser.session().unwrap();
    assert_eq!(stored, lt_identity::secret::digest(token));
    assert!(!stored.windows(8).any(|part| token.as_bytes().windows(8).any(|other| other == part)));
}

#[tokio::test]
async fn a_disabled_account_has_no_session_even_if_one_were_left() {
    let world = World::new(Base::sqlite()).await;
    let known = world.account("vanthu").await;
    let mut browser = world.signed_in(&known).await;
    let mut unit = lt_store::Unit::new();
    unit.run("UPDATE identity_account SET state = 'disabled' WHERE id = $1", lt_store::params![known.account]);
    world.host.db.commit(unit).await.unwrap();
    assert!(!is_in(&mut browser).await);
}
