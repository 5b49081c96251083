//! Signing in by name and password: what lets in, what does not, and what neither tells.

use axum::http::StatusCode;
use lt_identity::Config;
use lt_testkit::both_engines;

use crate::world::{SESSION, World, config};

both_engines! {
    async fn the_right_password_lets_in(base) {
        let world = World::new(base).await;
        let known = world.account("vanthu").await;
        let mut browser = world.browser();
        let answer = browser.get("/probe").await;
        assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, "/sign-in?next=%2Fprobe"));
        let answer = browser.sign_in(" VănThư ", &known.password).await;
        assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, "/probe"));
        assert!(answer.cookies().iter().any(|line| line.contains("HttpOnly; SameSite=Lax")));
        browser.get("/probe").await.says(&known.account.to_string());
        let record = lt_identity::accounts::store::by_login(&world.host.db, "vanthu").await.unwrap().unwrap();
        assert_eq!(record.last_sign_in, Some(world.host.clock.now()));
    }

    async fn whatever_is_wrong_the_answer_is_the_same(base) {
        let world = World::new(base).await;
        let known = world.account("vanthu").await;
        let shut = world.account("nghiviec").await;
        let mut admin = world.account("quanly").await;
        admin.login = "quanly".into();
        world.give(admin.person, None, "administrator").await;
        lock(&world, "bikhoa").await;
        let mut unit = lt_store::Unit::new();
        unit.run("UPDATE identity_account SET state = 'disabled' WHERE id = $1", lt_store::params![shut.account]);
        world.host.db.commit(unit).await.unwrap();
        let mut bodies = std::collections::BTreeSet::new();
        for (login, password) in [
            ("vanthu", "wrong"), ("nobody", "wrong"), ("nobody", ""), ("nghiviec", shut.password.as_str()),
            ("bikhoa", "wrong"), ("", ""), ("vanthu'; --", "x"),
        ] {
            let mut browser = world.browser();
            let answer = browser.sign_in(login, password).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{login}");
            answer.says("Không đăng nhập được");
            assert!(browser.session().is_none());
            bodies.insert(notice(&answer.body));
        }
        assert_eq!(bodies.len(), 1, "{bodies:?}");
        let _ = known;
    }

    async fn five_failures_lock_and_a_quarter_of_an_hour_opens(base) {
        let world = World::new(base).await;
        let known = lock(&world, "vanthu").await;
        let mut browser = world.browser();
        assert_eq!(browser.sign_in("vanthu", &known.password).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(world.changes().await.iter().any(|change| change.starts_with("identity.account.locked")));
        world.clock.advance(15 * 60 - 61);
        assert_eq!(browser.sign_in("vanthu", &known.password).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        world.clock.advance(62);
        assert_eq!(browser.sign_in("vanthu", &known.password).await.status, StatusCode::SEE_OTHER);
    }

    async fn failures_at_the_same_time_are_all_counted(base) {
        let world = World::new(base).await;
        world.account("vanthu").await;
        let tries = (0..5).map(|_| {
            let mut browser = world.browser();
            async move { browser.sign_in("vanthu", "wrong").await.status }
        });
        let tries: Vec<_> = tries.map(tokio::spawn).collect();
        for one in tries {
            assert_eq!(one.await.unwrap(), StatusCode::UNPROCESSABLE_ENTITY);
        }
        let record = lt_identity::accounts::store::by_login(&world.host.db, "vanthu").await.unwrap().unwrap();
        assert_eq!(record.account.state.word(), "locked");
    }

    async fn an_unknown_name_costs_the_same_write(base) {
        let world = World::new(base).await;
        let tries = || async {
            let sql = "SELECT value FROM identity_counter WHERE name = 'tries'";
            world.host.db.read_one(sql, vec![]).await.unwrap().unwrap().get::<i64>("value").unwrap()
        };
        let before = tries().await;
        world.browser().sign_in("nobody", "wrong").await;
        assert_eq!(tries().await, before + 1);
    }
}

/// The notice of a page.
fn notice(body: &str) -> String {
    let start = body.find("class=\"notice").unwrap_or(0);
    body[start..].split("</div>").next().unwrap_or_default().to_owned()
}

/// An account locked by five wrong passwords.
async fn lock(world: &World, login: &str) -> crate::world::Known {
    let known = world.account(login).await;
    for _ in 0..5 {
        world.browser().sign_in(login, "wrong").await;
    }
    // The throttle counts too; its minute passes, the lock's quarter of an hour does not.
    world.clock.advance(60);
    known
}

#[tokio::test]
async fn too_many_tries_must_wait_before_any_hashing() {
    let world = World::new(lt_testkit::db::Base::sqlite()).await;
    let mut browser = world.browser();
    for _ in 0..10 {
        assert_eq!(browser.sign_in("nobody", "wrong").await.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let answer = browser.sign_in("nobody", "wrong").await;
    assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(answer.headers["retry-after"], "6");
    answer.says("Hãy chờ 6 giây");
    let mut other = world.browser();
    assert_eq!(other.sign_in("another", "wrong").await.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn an_address_that_tries_many_names_must_wait() {
    let world = World::new(lt_testkit::db::Base::sqlite()).await;
    let mut browser = world.browser();
    for number in 0..30 {
        browser.sign_in(&format!("name{number}"), "wrong").await;
    }
    assert_eq!(browser.sign_in("another", "wrong").await.status, StatusCode::TOO_MANY_REQUESTS);
    let mut elsewhere = world.browser();
    elsewhere.address = "192.0.2.8".into();
    assert_eq!(elsewhere.sign_in("another", "wrong").await.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn the_form_of_another_page_is_refused() {
    let world = World::new(lt_testkit::db::Base::sqlite()).await;
    let known = world.account("vanthu").await;
    let fields = [("login", known.login.as_str()), ("password", known.password.as_str())];
    // Without the cookie of the sign-in page: login CSRF.
    let mut browser = world.browser();
    browser.post_with("/sign-in", &fields, "").await.says("cookie");
    assert!(browser.session().is_none());
    // With the cookie, but a wrong token.
    browser.get("/sign-in").await;
    let answer = browser.post_with("/sign-in", &fields, "wrong").await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    assert!(browser.session().is_none());
    // Another browser's token.
    let mut other = world.browser();
    other.get("/sign-in").await;
    assert_eq!(browser.post_with("/sign-in", &fields, &other.csrf()).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn nobody_is_sent_to_a_foreign_place() {
    let world = World::new(lt_testkit::db::Base::sqlite()).await;
    let known = world.account("vanthu").await;
    for next in ["https://evil.example", "//evil.example", "/\\evil.example"] {
        let mut browser = world.browser();
        browser.get("/sign-in").await;
        let fields = [("login", known.login.as_str()), ("password", known.password.as_str()), ("next", next)];
        assert_eq!(browser.post("/sign-in", &fields).await.location(), "/");
    }
}

#[tokio::test]
async fn cookies_are_bound_to_the_host_over_https() {
    let config = Config { public_address: "https://lienthong.test".into(), ..config() };
    let world = World::with(lt_testkit::db::Base::sqlite(), config).await;
    let known = world.account("vanthu").await;
    let mut browser = world.browser();
    browser.sign_in(&known.login, &known.password).await;
    assert!(browser.jar.contains_key("__Host-lienthong_session") && !browser.jar.contains_key(SESSION));
}

#[tokio::test]
async fn a_hash_of_another_cost_is_made_anew() {
    let world = World::new(lt_testkit::db::Base::sqlite()).await;
    let known = world.account("vanthu").await;
    let dear = lt_identity::password::Cost { memory_kib: 128, passes: 2, lanes: 1 };
    let secrets = std::sync::Arc::new(lt_identity::secret::MachineSecrets);
    let hasher = lt_identity::password::Hasher::new(dear, secrets).unwrap();
    let hash = hasher.hash(lt_identity::secret::SecretString::new(known.password.as_str())).await.unwrap();
    let mut unit = lt_store::Unit::new();
    lt_identity::accounts::store::set_password(&mut unit, known.account, &hash);
    world.host.db.commit(unit).await.unwrap();
    world.signed_in(&known).await;
    let record = lt_identity::accounts::store::by_login(&world.host.db, "vanthu").await.unwrap().unwrap();
    let stored = record.password.unwrap();
    assert!(stored.starts_with("$argon2id$v=19$m=64,t=1,p=1$"), "{stored}");
    world.signed_in(&known).await;
}
