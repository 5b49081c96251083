//! Signing in and out.

use lt_testkit::both_engines;

use crate::world::World;

both_engines! {
    async fn the_right_password_opens_the_program(base) {
        let world = World::with_sample(base).await;
        let known = world.account("vanthu").await;
        let mut browser = world.browser();
        assert_eq!(browser.get("/targets?q=a").await.is(303).location(), "/sign-in?next=%2Ftargets%3Fq%3Da");
        browser.get("/sign-in?next=/account").await.is(200).says("name=\"next\" value=\"/account\"");
        let fields = [("login", "Văn thư"), ("password", known.password.as_str()), ("next", "/account")];
        assert_eq!(browser.post("/sign-in", &fields).await.is(303).location(), "/account");
        browser.get("/account").await.is(200).says("Cán bộ vanthu");
        assert_eq!(browser.post("/sign-out", &[]).await.is(303).location(), "/sign-in");
        browser.get("/account").await.is(303);
    }

    async fn a_wrong_password_says_no_more_than_that(base) {
        let world = World::empty(base).await;
        let known = world.account("vanthu").await;
        let mut browser = world.browser();
        let unknown = browser.sign_in("khongco", "sai-mat-khau").await;
        unknown.is(422).says("Không đăng nhập được");
        let wrong = browser.sign_in("vanthu", "sai-mat-khau").await;
        wrong.is(422).hides("sai-mat-khau");
        assert_eq!(unknown.body.replace("khongco", "vanthu").len(), wrong.body.len(), "the two answers look alike");
        browser.sign_in("vanthu", &known.password).await.is(303);
    }

    async fn five_failures_lock_the_account_for_a_quarter_of_an_hour(base) {
        let world = World::empty(base).await;
        let known = world.account("vanthu").await;
        let mut browser = world.browser();
        for _ in 0..5 {
            world.clock.advance(7);
            browser.sign_in("vanthu", "sai-mat-khau").await.is(422);
        }
        world.clock.advance(7);
        browser.sign_in("vanthu", &known.password).await.is(422).says("đang tạm khoá");
        let locked = "SELECT noun FROM store_change WHERE verb = 'locked'";
        assert_eq!(world.ground.db.read(locked, Vec::new()).await.unwrap().len(), 1, "the lock is in the history");
        world.clock.advance(15 * 60);
        browser.sign_in("vanthu", &known.password).await.is(303);
    }

    async fn after_signing_in_nobody_is_led_to_another_host(base) {
        let world = World::empty(base).await;
        let known = world.account("vanthu").await;
        for next in ["//evil.example/x", "https://evil.example", "/\\evil.example", "javascript:alert(1)"] {
            world.clock.advance(7);
            let mut browser = world.browser();
            browser.get("/sign-in").await;
            let fields = [("login", "vanthu"), ("password", known.password.as_str()), ("next", next)];
            assert_eq!(browser.post("/sign-in", &fields).await.is(303).location(), "/", "{next}");
        }
    }
}
