//! The second factor: demanded, begun, asked for, lost.

use axum::http::StatusCode;
use lt_identity::Config;
use lt_identity::second_factor::totp;
use lt_testkit::both_engines;
use lt_testkit::db::Base;

use crate::world::{Browser, Known, World, config};

/// The code an authenticator would show now.
async fn code(world: &World, known: &Known) -> String {
    let record = lt_identity::accounts::store::by_id(&world.host.db, known.account).await.unwrap().unwrap();
    totp::code(&record.totp.unwrap().secret, totp::counter(world.host.clock.now()), totp::DIGITS)
}

/// An administrator, and what enrolling gave: the recovery codes.
async fn enrolled(world: &World, login: &str) -> (Known, Browser, Vec<String>) {
    let known = world.account(login).await;
    world.give(known.person, None, "administrator").await;
    let mut browser = world.signed_in(&known).await;
    browser.get("/account/second-factor").await.says("<svg");
    let code = code(world, &known).await;
    let page = browser.post("/account/second-factor", &[("code", &code)]).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    let codes = page.body.split("<pre>").nth(1).unwrap().split("</pre>").next().unwrap();
    let codes = codes.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect();
    world.clock.advance(30);
    (known, browser, codes)
}

both_engines! {
    async fn an_administrator_without_one_reaches_only_its_page(base) {
        let world = World::new(base).await;
        let known = world.account("quantri").await;
        world.give(known.person, None, "administrator").await;
        let mut browser = world.signed_in(&known).await;
        for path in ["/probe", "/people", "/account", "/roles", "/"] {
            let answer = browser.get(path).await;
            assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, "/account/second-factor"), "{path}");
        }
        assert_eq!(browser.get("/api/v1/probe").await.status, StatusCode::FORBIDDEN);
        browser.get("/account/second-factor").await.says("bắt buộc xác thực hai yếu tố");
        assert_eq!(browser.post("/people/new", &[("name", "A"), ("login", "abc")]).await.status, StatusCode::FORBIDDEN);
        let wrong = browser.post("/account/second-factor", &[("code", "000000")]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        let code = code(&world, &known).await;
        browser.post("/account/second-factor", &[("code", &code)]).await.says("Mã khôi phục");
        browser.get("/probe").await.says("identity.manage");
        let secret = lt_identity::accounts::store::by_id(&world.host.db, known.account).await.unwrap().unwrap();
        let spelled = totp::spelled(&secret.totp.unwrap().secret).replace(' ', "");
        assert!(!world.changes().await.iter().any(|change| change.contains(&spelled) || change.contains(&code)));
    }

    async fn the_next_sign_in_asks_for_a_code_and_takes_it_once(base) {
        let world = World::new(base).await;
        let (known, mut first, _) = enrolled(&world, "quantri").await;
        assert_eq!(first.get("/probe").await.status, StatusCode::OK);
        let mut browser = world.browser();
        let answer = browser.sign_in(&known.login, &known.password).await;
        assert_eq!(answer.location(), "/sign-in/code?next=%2Fprobe");
        assert_eq!(browser.get("/probe").await.status, StatusCode::SEE_OTHER, "the password alone is not enough");
        let waiting = browser.session().cloned();
        browser.get("/sign-in/code?next=/probe").await;
        let wrong = browser.post("/sign-in/code", &[("code", "000000"), ("next", "/probe")]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        let code = code(&world, &known).await;
        let answer = browser.post("/sign-in/code", &[("code", &code), ("next", "/probe")]).await;
        assert_eq!(answer.location(), "/probe");
        assert_ne!(browser.session().cloned(), waiting, "a new token");
        assert_eq!(browser.get("/probe").await.status, StatusCode::OK);
        // Somebody who read the code over a shoulder and knows the password.
        let mut thief = world.browser();
        thief.sign_in(&known.login, &known.password).await;
        thief.get("/sign-in/code").await;
        assert_eq!(thief.post("/sign-in/code", &[("code", &code)]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    }

    async fn a_recovery_code_works_once(base) {
        let world = World::new(base).await;
        let (known, _, codes) = enrolled(&world, "quantri").await;
        assert_eq!(codes.len(), 10);
        for expected in [StatusCode::SEE_OTHER, StatusCode::UNPROCESSABLE_ENTITY] {
            let mut browser = world.browser();
            browser.sign_in(&known.login, &known.password).await;
            browser.get("/sign-in/code").await;
            let typed = codes[3].to_uppercase().replace('-', " ");
            assert_eq!(browser.post("/sign-in/code", &[("code", &typed)]).await.status, expected);
        }
    }

    async fn guessing_codes_locks_the_account(base) {
        let world = World::new(base).await;
        let (known, _, _) = enrolled(&world, "quantri").await;
        let mut browser = world.browser();
        browser.sign_in(&known.login, &known.password).await;
        browser.get("/sign-in/code").await;
        for _ in 0..5 {
            browser.post("/sign-in/code", &[("code", "000000")]).await;
        }
        world.clock.advance(60);
        let code = code(&world, &known).await;
        assert_eq!(browser.post("/sign-in/code", &[("code", &code)]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(world.browser().sign_in(&known.login, &known.password).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    }

    async fn a_code_is_awaited_for_five_minutes(base) {
        let world = World::new(base).await;
        let (known, _, _) = enrolled(&world, "quantri").await;
        let mut browser = world.browser();
        browser.sign_in(&known.login, &known.password).await;
        browser.get("/sign-in/code").await;
        world.clock.advance(300);
        let code = code(&world, &known).await;
        let answer = browser.post("/sign-in/code", &[("code", &code)]).await;
        assert!(answer.location().starts_with("/sign-in") || answer.status == StatusCode::FORBIDDEN);
        assert_ne!(browser.get("/probe").await.status, StatusCode::OK);
    }

    async fn taking_it_away_needs_the_password_and_brings_the_duty_back(base) {
        let world = World::new(base).await;
        let (known, mut browser, _) = enrolled(&world, "quantri").await;
        browser.get("/account/second-factor").await.says("Còn 10 mã");
        let wrong = browser.post("/account/second-factor/remove", &[("password", "wrong")]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        browser.post("/account/second-factor/remove", &[("password", &known.password)]).await;
        assert_eq!(browser.get("/probe").await.location(), "/account/second-factor");
    }
}

#[tokio::test]
async fn the_sample_is_excused_and_says_so() {
    let world = World::with(Base::sqlite(), Config { sample: true, ..config() }).await;
    let known = world.account("quantri").await;
    world.give(known.person, None, "administrator").await;
    let mut browser = world.signed_in(&known).await;
    browser.get("/probe").await.says("identity.manage");
    browser.get("/account").await.says("được miễn yếu tố xác thực thứ hai");
    // Only the sample's own accounts are.
    let new = lt_identity::NewAccount { name: "B", email: None, phone: None, login: "thatsu", sample: false };
    let made = world.identity.create_account(lt_contracts::Actor::Program, new).await.unwrap();
    world.give(made.0, None, "administrator").await;
    let mut real = world.browser();
    real.sign_in("thatsu", made.2.expose()).await;
    assert_eq!(real.get("/probe").await.location(), "/account/password", "first the password");
    real.get("/account/password").await;
    let new = "gió thổi qua rặng tre";
    real.post("/account/password", &[("old", made.2.expose()), ("new", new), ("again", new)]).await;
    assert_eq!(real.get("/probe").await.location(), "/account/second-factor", "then the factor");
}
