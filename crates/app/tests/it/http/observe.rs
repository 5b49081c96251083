//! A figure entered by the form and through the interface, and what happens to those that cannot stand.

use lt_testkit::both_engines;
use serde_json::json;

use crate::world::{World, day};

const HERE: &str = "chi-bo-cong-ttdt-s3";
const FORM: &str = "/resolutions/s3-2020-2022/observe";

both_engines! {
    async fn a_figure_entered_by_the_form_changes_the_board_and_the_history(base) {
        let world = World::with_sample(base).await;
        let mut clerk = world.person("nhaplieu", "recorder", Some(HERE)).await;
        clerk.get(&format!("{FORM}?measure=intermediate-course")).await.is(200);
        let touches = world.count("targets_touch").await;
        let fields = [("measure", "intermediate-course"), ("value", "trên 2"), ("as_of", "30/06/2021"), ("note", "<b>Ghi chú</b>")];
        clerk.post(FORM, &fields).await.is(303);
        assert_eq!(world.count("targets_touch").await, touches + 1);
        let board = world.board("s3-2020-2022", day("2022-12-31")).await;
        let verdict = board.rows().find(|row| row.held.target.code == "T20").unwrap().verdict.clone();
        assert!(verdict.outcome.is_met(), "{verdict:?}");
        let page = clerk.get("/resolutions/s3-2020-2022/targets/T20").await;
        page.is(200).says("Cán bộ nhaplieu").says("30/06/2021").hides("<b>Ghi chú</b>");
        let mut auditor = world.person("kiemtra", "auditor", Some(HERE)).await;
        auditor.get("/history?noun=targets.observation").await.is(200).says("Cán bộ nhaplieu");
    }

    async fn a_figure_that_cannot_stand_is_refused_at_its_field_and_nothing_is_stored(base) {
        let world = World::with_sample(base).await;
        let mut clerk = world.person("nhaplieu", "recorder", Some(HERE)).await;
        clerk.get(&format!("{FORM}?measure=intermediate-course")).await.is(200);
        let (rows, changes) = (world.count("targets_observation").await, world.count("store_change").await);
        for (value, as_of) in [
            ("", "30/06/2021"),
            ("hai", "30/06/2021"),
            ("cỡ 2", "30/06/2021"),
            ("1,234", "30/06/2021"),
            ("1,234.5", "30/06/2021"),
            ("1.234,5", "31/02/2021"),
            ("2", ""),
            ("2", "30/06/21"),
            ("2", "30/06/2031"),
            ("2", "30/06/1931"),
            ("9".repeat(400).as_str(), "30/06/2021"),
            ("<script>alert(1)</script>", "30/06/2021"),
        ] {
            let fields = [("measure", "intermediate-course"), ("value", value), ("as_of", as_of)];
            let answer = clerk.post(FORM, &fields).await;
            assert_eq!(answer.status.as_u16(), 422, "{value:.20} on {as_of}: {}", answer.location());
            answer.hides("<script>alert");
        }
        assert_eq!(world.count("targets_observation").await, rows);
        assert_eq!(world.count("store_change").await, changes);
        let good = [("measure", "intermediate-course"), ("value", "1"), ("as_of", "30/06/2021")];
        clerk.post(FORM, &good).await.is(303);
        clerk.get(&format!("{FORM}?measure=intermediate-course")).await.is(200);
        clerk.post(FORM, &good).await.is(422).says("Trùng với một số liệu khác");
        assert_eq!(world.count("targets_observation").await, rows + 1, "the same figure twice is told");
    }

    async fn the_interface_records_once_however_often_it_is_asked(base) {
        let world = World::with_sample(base).await;
        let mut clerk = world.person("nhaplieu", "recorder", Some(HERE)).await;
        clerk.get("/account").await.is(200);
        let path = "/api/v1/resolutions/s3-2020-2022/observations";
        let rows = world.count("targets_observation").await;
        let body = json!({"measure": "intermediate-course", "value": "2", "as_of": "2021-06-30"});
        clerk.post_json(path, &body).await.is(201);
        let again = clerk.post_json(path, &body).await;
        again.is(409);
        assert_eq!(again.head("content-type"), "application/problem+json");
        for bad in [
            json!({}),
            json!([]),
            json!({"measure": "khong-co", "value": "2", "as_of": "2021-06-30"}),
            json!({"measure": "intermediate-course", "value": "2", "as_of": "30/06/2021x"}),
            json!({"measure": "intermediate-course", "value": 2, "as_of": "2021-07-01"}),
            json!({"measure": "intermediate-course", "as_of": "2021-07-01"}),
            json!({"measure": "intermediate-course", "value": "2", "as_of": "2031-07-01"}),
        ] {
            let answer = clerk.post_json(path, &bad).await;
            let status = answer.status.as_u16();
            assert!((400..500).contains(&status), "{bad} gives {status}");
            assert_eq!(answer.head("content-type"), "application/problem+json", "{bad}");
        }
        assert_eq!(world.count("targets_observation").await, rows + 1);
        // The wrong unit and the reader are refused in the same words as on the pages.
        let mut elsewhere = world.person("noikhac", "recorder", Some("dang-bo-so-tttt-long-an")).await;
        elsewhere.get("/account").await;
        elsewhere.post_json(path, &body).await.is(403);
    }
}
