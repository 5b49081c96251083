//! Party and State are kept apart by permission: pages, lists, search, interface and history of one lane show
//! nothing of the other. The same pages show both to whoever holds the role over both: that is the control.

use lt_identity::memberships::model::Place;
use lt_kernel::Lane;
use lt_testkit::both_engines;

use crate::browser::{Browser, File};
use crate::world::World;

/// A resolution of the State; the sample has the Party's only.
const STATE: &str = r#"
format = "lienthong-resolution/1"
[resolution]
code = "nn-2020"
issuer = "so-tttt-long-an"
title = "Nghị quyết về trạm đo mưa tự động"
lane = "state"
term = { from = "2020-01-01", last = "2024-12-31" }
[[sentence]]
code = "S1"
text = "Xây dựng 5 trạm đo mưa."
[[measure]]
code = "stations"
name = "Số trạm đo mưa"
unit = "count"
[[target]]
code = "T1"
sentence = "S1"
title = "Xây trạm đo mưa"
[[target.reading]]
[[target.reading.condition]]
measure = "stations"
test = { kind = "floor", at = "5" }
over = [{ kind = "sum" }]
"#;
const STATE_CODE: &str = "nn-2020";
/// Of the Party, issued by the Party organisation of the same department.
const PARTY_CODE: &str = "s1-2020-2025";

/// The sample with a resolution of the State beside.
async fn world(base: lt_testkit::db::Base) -> World {
    let world = World::with_sample(base).await;
    lienthong::sample::resolution(&world.program.host, STATE, false).await.unwrap();
    world
}

/// Somebody with this role in this place, signed in.
async fn holder(world: &World, login: &str, role: &str, place: Place) -> Browser {
    let known = world.account(login).await;
    world.give_over(known.person, place, role).await;
    world.signed_in(&known).await
}

/// Whether everything that shows resolutions shows this one, or nothing of it does.
async fn sees(browser: &mut Browser, code: &str, words: &str) -> bool {
    let mut seen = vec![
        browser.get("/targets").await.is(200).body.contains(&format!("/resolutions/{code}")),
        browser.get("/api/v1/resolutions").await.is(200).body.contains(code),
    ];
    let found = browser.get(&format!("/search?q={words}")).await;
    seen.push(found.is(200).body.contains(&format!("/resolutions/{code}")));
    for path in [format!("/resolutions/{code}"), format!("/api/v1/resolutions/{code}/board")] {
        let status = browser.get(&path).await.status.as_u16();
        assert!(matches!(status, 200 | 403 | 404), "{path} gives {status}");
        seen.push(status == 200);
    }
    assert!(seen.iter().all(|one| *one == seen[0]), "{code} shows in some places only: {seen:?}");
    seen[0]
}

both_engines! {
    async fn a_role_over_one_lane_shows_nothing_of_the_other(base) {
        let world = world(base).await;
        let (party, state) = (Place::Lane(Lane::Party), Place::Lane(Lane::State));
        let department = Place::Org(world.org("so-tttt-long-an").await);
        let committee = Place::Org(world.org("dang-bo-so-tttt-long-an").await);
        for (login, place, of_party, of_state) in [
            ("khoi-dang", party, true, false),
            ("khoi-nn", state, false, true),
            ("don-vi-dang", committee, true, false),
            ("don-vi-nn", department, false, true),
            ("ca-hai", Place::Everywhere, true, true),
        ] {
            let mut browser = holder(&world, login, "reader", place).await;
            assert_eq!(sees(&mut browser, PARTY_CODE, "Long+An").await, of_party, "{login} and the Party's");
            assert_eq!(sees(&mut browser, STATE_CODE, "do+mua").await, of_state, "{login} and the State's");
        }
    }

    async fn the_history_of_one_lane_shows_nothing_of_the_other(base) {
        let world = world(base).await;
        for (login, place, of_party, of_state) in [
            ("khoi-dang", Place::Lane(Lane::Party), true, false),
            ("khoi-nn", Place::Lane(Lane::State), false, true),
            ("ca-hai", Place::Everywhere, true, true),
        ] {
            let mut browser = holder(&world, login, "auditor", place).await;
            let page = browser.get("/history?noun=targets.resolution").await;
            let shown = (page.is(200).body.contains(PARTY_CODE), page.body.contains(STATE_CODE));
            assert_eq!(shown, (of_party, of_state), "{login}");
        }
    }

    async fn a_resolution_of_another_lane_than_its_issuers_is_refused(base) {
        let world = world(base).await;
        let mut secretary = world.person("thuky", "secretary", Some("so-tttt-long-an")).await;
        let before = world.count("targets_resolution").await;
        let wrong = STATE.replace("lane = \"state\"", "lane = \"party\"").replace("nn-2020", "nn-sai");
        secretary.get("/resolutions/import").await.is(200);
        let file = File { field: "file", name: "sai.toml", bytes: wrong.as_bytes() };
        secretary.post_files("/resolutions/import", &[], &[file]).await.says("thuộc khối Nhà nước");
        let why = lienthong::sample::resolution(&world.program.host, &wrong, false).await.unwrap_err().to_string();
        assert!(why.contains("thuộc khối Nhà nước") && why.contains("nn-sai"), "{why}");
        let department = world.org("so-tttt-long-an").await.to_string();
        for (lane, code, status) in [("party", "nn-dang", 422), ("state", "nn-nn", 303)] {
            secretary.get("/resolutions/new").await.is(200);
            let head = [("code", code), ("issuer", department.as_str()), ("title", "Tên"), ("lane", lane)];
            let all: Vec<_> = head.into_iter().chain([("from", "01/01/2026"), ("last", "31/12/2026")]).collect();
            let answer = secretary.post("/resolutions/new", &all).await;
            answer.is(status);
            if status == 422 {
                answer.says("thuộc khối Nhà nước");
            }
        }
        assert_eq!(world.count("targets_resolution").await, before + 1, "the one of its own lane is there");
    }
}
