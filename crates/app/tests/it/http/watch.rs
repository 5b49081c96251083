//! For those who watch from outside, and for the operator.

use lt_events::Runner;
use lt_testkit::both_engines;

use crate::world::World;

both_engines! {
    async fn health_and_readiness_answer_without_an_account(base) {
        let world = World::empty(base).await;
        let mut nobody = world.browser();
        nobody.get("/healthz").await.is(200).says("ok");
        nobody.get("/readyz").await.is(200).says("ready");
    }

    async fn the_operator_sees_what_was_put_aside(base) {
        let world = World::with_sample(base).await;
        let mut operator = world.person("quantri", "administrator", None).await;
        operator.get("/operate").await.is(200).says("Không có thay đổi nào bị gác lại");
        let broken = lt_events::Listener {
            name: "test.broken",
            topics: &["targets.resolution."],
            run: Box::new(|_| Box::pin(async { Err("hỏng có chủ ý".into()) })),
        };
        let runner = Runner::new(world.ground.db.clone(), "test").listener(broken);
        for _ in 0..40 {
            runner.run_until_idle().await.unwrap();
            world.clock.advance(3600);
        }
        let mut operator = world.person("quantri2", "administrator", None).await;
        let page = operator.get("/operate").await;
        page.is(200).says("test.broken").says("hỏng có chủ ý");
        let (listener, seq) = (operator.hidden("listener"), operator.hidden("seq"));
        let fields = [("listener", listener.as_str()), ("seq", seq.as_str())];
        operator.post("/operate/retry", &fields).await.is(303);
        operator.get("/operate").await;
        operator.post("/operate/retry", &[("listener", "khong-co"), ("seq", "1")]).await.is(404);
        operator.post("/operate/retry", &[("listener", "test.broken"), ("seq", "một")]).await.is(404);
    }
}
