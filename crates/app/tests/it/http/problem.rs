//! How the interface says no (RFC 9457): which field, in whose language, and what is too much.

use lt_testkit::both_engines;
use lt_testkit::db::Base;
use serde_json::{Value, json};

use crate::browser::{Answer, Browser};
use crate::world::World;

const HERE: &str = "chi-bo-cong-ttdt-s3";
const PLACE: &str = "/api/v1/resolutions/s3-2020-2022/observations";

async fn program(world: &World) -> Browser {
    let mut clerk = world.person("nhaplieu", "recorder", Some(HERE)).await;
    let token = clerk.token(&["targets.read", "targets.observe"], "30").await;
    world.browser().with_token(&token)
}

#[track_caller]
fn problem(answer: &Answer, status: u16, code: &str) -> Value {
    answer.is(status);
    assert_eq!(answer.head("content-type"), "application/problem+json", "{}", answer.body);
    let problem = answer.json();
    assert_eq!((&problem["status"], &problem["code"]), (&json!(status), &json!(code)), "{problem}");
    problem
}

both_engines! {
    async fn a_fault_names_its_field_in_the_readers_language(base) {
        let world = World::with_sample(base).await;
        let mut program = program(&world).await;
        let rows = world.count("targets_observation").await;
        for (field, figure) in [
            ("measure", json!({"measure": "khong-co", "value": "2", "as_of": "2021-06-30"})),
            ("as_of", json!({"measure": "intermediate-course", "value": "2", "as_of": "2031-07-01"})),
            ("value", json!({"measure": "intermediate-course", "value": "hai", "as_of": "2021-06-30"})),
            ("sentence", json!({"measure": "intermediate-course", "value": "2", "as_of": "2021-06-30", "sentence": "X"})),
        ] {
            let mut told = Vec::new();
            for lang in ["vi", "en"] {
                let found = problem(&program.post_json(&format!("{PLACE}?lang={lang}"), &figure).await, 422, "invalid");
                let faults = found["faults"].as_array().unwrap_or_else(|| panic!("{field}: {found}"));
                assert_eq!(faults.len(), 1, "{field}: {found}");
                assert_eq!(faults[0]["field"], field, "{found}");
                told.push((found["title"].clone(), faults[0]["detail"].clone()));
            }
            assert!(told[0].0 != told[1].0 && told[0].1 != told[1].1, "{field}: both languages say the same: {told:?}");
        }
        assert_eq!(world.count("targets_observation").await, rows);
    }

    async fn a_refusal_says_why_in_the_readers_language(base) {
        let world = World::with_sample(base).await;
        let mut program = program(&world).await;
        let figure = json!({"measure": "intermediate-course", "value": "2", "as_of": "2021-06-30"});
        program.post_json(PLACE, &figure).await.is(201);
        let vi = problem(&program.post_json(&format!("{PLACE}?lang=vi"), &figure).await, 409, "refused");
        let en = problem(&program.post_json(&format!("{PLACE}?lang=en"), &figure).await, 409, "refused");
        assert!(vi["detail"].as_str().unwrap().contains("Trùng với một số liệu khác"), "{vi}");
        assert_ne!(vi["detail"], en["detail"]);
        assert!(vi.get("faults").is_none(), "a refusal is no fault of a field: {vi}");
    }
}

#[tokio::test]
async fn more_than_two_megabytes_are_not_taken() {
    let world = World::with_sample(Base::sqlite()).await;
    let mut program = program(&world).await;
    let rows = world.count("targets_observation").await;
    let figure = |note: usize| json!({"measure": "intermediate-course", "value": "2", "as_of": "2021-06-30", "note": "x".repeat(note)});
    let found = problem(&program.post_json(PLACE, &figure(2_000_001)).await, 413, "too-large");
    assert!(found["detail"].as_str().unwrap().contains('2'), "the limit is named: {found}");
    assert_eq!(world.count("targets_observation").await, rows);
    // The page says it as a page.
    let mut clerk = world.person("nhaplieu2", "recorder", Some(HERE)).await;
    clerk.get("/resolutions/s3-2020-2022/observe?measure=intermediate-course").await.is(200);
    let note = "x".repeat(2_000_001);
    let fields = [("measure", "intermediate-course"), ("note", note.as_str())];
    let page = clerk.post("/resolutions/s3-2020-2022/observe", &fields).await;
    assert_eq!(page.is(413).head("content-type"), "text/html; charset=utf-8");
}

#[tokio::test]
async fn who_tries_too_often_is_told_how_long_to_wait() {
    let world = World::empty(Base::sqlite()).await;
    let known = world.account("vanthu").await;
    let mut browser = world.browser();
    let mut waits = Vec::new();
    for _ in 0..40 {
        let answer = browser.sign_in("vanthu", "sai-mat-khau").await;
        if answer.status == 429 {
            waits.push(answer.head("retry-after").parse::<u64>().unwrap());
        }
    }
    assert!(waits.iter().all(|seconds| *seconds > 0) && !waits.is_empty(), "{waits:?}");
    // Control: with patience the right password is taken.
    world.clock.advance(3600);
    browser.sign_in("vanthu", &known.password).await.is(303);
}
