//! Who has seen whose data: on the person's own page, once in ten minutes, and before anything is shown.

use axum::http::StatusCode;
use lt_identity::memberships::model::Place;
use lt_store::{Unit, params};
use lt_testkit::both_engines;
use lt_testkit::db::Base;

use crate::world::{Browser, Known, World};

async fn world(base: Base) -> World {
    World::with(base, lt_identity::Config { sample: true, ..crate::world::config() }).await
}

async fn manager(world: &World, login: &str) -> (Known, Browser) {
    let known = world.account(login).await;
    world.give_over(known.person, Place::Everywhere, "administrator").await;
    let browser = world.signed_in(&known).await;
    (known, browser)
}

/// How many rows there are of a statement.
async fn count(world: &World, sql: &str) -> usize {
    world.host.db.read(sql, params![]).await.unwrap().len()
}

both_engines! {
    async fn a_person_sees_who_looked_and_what_for(base) {
        let world = world(base).await;
        let (_, mut admin) = manager(&world, "quantri").await;
        let known = world.account("vanthu").await;
        let mut clerk = world.signed_in(&known).await;
        clerk.get("/account").await.says("Chưa có ai xem");
        admin.get("/people").await.says("vanthu");
        let page = clerk.get("/account").await;
        page.says("quản trị tài khoản và vai trò").says("một dòng trong danh sách");
        assert!(!page.body.contains("thông tin cá nhân</span>"), "{}", page.body);
        admin.get(&format!("/people/{}", known.person)).await.says("vanthu");
        admin.get(&format!("/people/{}/edit", known.person)).await.says("Sửa thông tin");
        admin.get(&format!("/people/{}", known.person)).await;
        let page = clerk.get("/account?lang=en").await;
        page.says("looking after accounts and roles").says("<span>personal data</span>");
        assert_eq!(page.body.matches("looking after accounts").count(), 2, "a list and the page: {}", page.body);
        assert_eq!(count(&world, "SELECT seq FROM store_change WHERE noun = 'identity.sight'").await, 2);
        // Her own page and her own line are nobody's sight, and what is forbidden shows nothing.
        assert_eq!(clerk.get(&format!("/people/{}", known.person)).await.status, StatusCode::FORBIDDEN);
        assert_eq!(count(&world, "SELECT id FROM identity_sight").await, 2);
    }

    async fn a_list_tells_how_many_and_never_again_the_same(base) {
        let world = world(base).await;
        let (known, mut admin) = manager(&world, "quantri").await;
        for number in 0..60 {
            world.account(&format!("nguoi{number}")).await;
        }
        let told = || async {
            let sql = "SELECT after FROM store_change WHERE noun = 'identity.sight' ORDER BY seq";
            let rows = world.host.db.read(sql, params![]).await.unwrap();
            let parse = |text: String| serde_json::from_str::<serde_json::Value>(&text).unwrap()["people"].as_i64();
            rows.iter().map(|row| parse(row.get("after").unwrap())).collect::<Vec<_>>()
        };
        admin.get("/people").await;
        let first = told().await;
        assert!(first.len() == 1 && matches!(first[0], Some(49 | 50)), "one line for the page: {first:?}");
        admin.get("/people").await;
        assert_eq!(told().await, first);
        admin.get("/people?q=nguoi5").await;
        let more = told().await;
        let all: i64 = more.iter().flatten().sum();
        let rows = count(&world, "SELECT DISTINCT person FROM identity_sight").await;
        assert_eq!(usize::try_from(all).unwrap(), rows, "each person once: {more:?}");
        let own = "SELECT id FROM identity_sight WHERE person = $1";
        assert!(world.host.db.read(own, params![known.person]).await.unwrap().is_empty(), "oneself is not among them");
    }

    async fn what_cannot_be_written_down_is_not_shown(base) {
        let world = world(base).await;
        let (_, mut admin) = manager(&world, "quantri").await;
        let known = world.account("vanthu").await;
        let rename = |sql: &'static str| {
            let mut unit = Unit::new();
            unit.run(sql, params![]);
            unit
        };
        world.host.db.commit(rename("ALTER TABLE identity_sight RENAME TO away")).await.unwrap();
        for path in ["/people".to_owned(), format!("/people/{}", known.person), format!("/people/{}/edit", known.person)] {
            let page = admin.get(&path).await;
            assert!(page.status.is_server_error() && !page.body.contains("vanthu"), "{path}: {}", page.body);
        }
        world.host.db.commit(rename("ALTER TABLE away RENAME TO identity_sight")).await.unwrap();
        admin.get("/people").await.says("vanthu");
        assert_eq!(count(&world, "SELECT id FROM identity_sight").await, 1, "what failed was not remembered as written");
    }
}
