//! The scoreboard: today, on any day, and as it was known on any past day.

use lt_contracts::Actor;
use lt_kernel::Clock as _;
use lt_kernel::quantity::{Exact, Qualifier, Reported};
use lt_targets::observation::store::{self as observations, New};
use lt_targets::observation::{Evidence, Observation, ObservationId, Value};
use lt_targets::resolution::store;
use lt_testkit::both_engines;

use crate::world::{World, day};

const HERE: &str = "chi-bo-cong-ttdt-s3";

/// Records a plain number now.
async fn record(world: &World, resolution: &str, measure: &str, number: i64, as_of: &str) {
    let host = &world.program.host;
    let listed = store::by_code(&host.db, resolution).await.unwrap().unwrap();
    let measures = store::measures_of(&host.db, listed.org).await.unwrap();
    let (id, _) = measures.iter().find(|(_, one)| one.code == measure).unwrap();
    let now = world.clock.now();
    let number = Exact::whole(number);
    let seen = Observation {
        id: ObservationId(host.ids.next(now)),
        value: Value::Number { value: Reported { qualifier: Qualifier::Exact, word: None, number, written: None } },
        as_of: day(as_of),
        period: None,
        unit: None,
        event: None,
        recorded_at: now,
        approved: false,
        evidence: Evidence::None,
    };
    let new = New {
        seen,
        measure: *id,
        resolution: None,
        sentence: String::new(),
        note: String::new(),
        evidence: vec![],
        replaces: None,
    };
    let mut unit = lt_store::Unit::new();
    observations::insert(&mut unit, Actor::Program, &[new]);
    observations::touch(&mut unit, listed.org, &[*id]);
    host.db.commit(unit).await.unwrap();
}

/// The row of a target on a board page.
fn row<'a>(page: &'a str, target: &str) -> &'a str {
    let sign = format!("/targets/{target}");
    let from = page.find(&sign).unwrap_or_else(|| panic!("{target} is not on the board:\n{page}"));
    &page[from..from + page[from..].find("</tr>").unwrap()]
}

both_engines! {
    async fn the_board_shows_the_sample_as_written_by_hand(base) {
        let world = World::with_sample(base).await;
        let mut reader = world.person("docgia", "reader", Some(HERE)).await;
        let page = reader.get("/resolutions/s3-2017-2020?at=2020-01-06").await;
        page.is(200).says("Nghị quyết Đại hội Chi bộ Cổng Thông tin điện tử lần thứ II");
        // The board lies at another address than its entry in the menu, which shows all the same where one is.
        page.says(r#"<a href="/targets" aria-current="page">"#);
        reader.get("/account").await.hides(r#"<a href="/targets" aria-current="page">"#);
        assert!(row(&page.body, "P12").contains("66,67%"), "{}", row(&page.body, "P12"));
        assert!(row(&page.body, "P14a").contains(">Đạt<"), "{}", row(&page.body, "P14a"));
        assert!(row(&page.body, "P7").contains(">Vượt<"), "{}", row(&page.body, "P7"));
        let before = reader.get("/resolutions/s3-2017-2020?at=31/12/2019").await;
        assert!(row(&before.is(200).body, "P7").contains("Chưa có số liệu"), "{}", row(&before.body, "P7"));
        let english = reader.get("/resolutions/s3-2017-2020?at=2020-01-06&lang=en").await;
        assert!(row(&english.body, "P12").contains("66.67%"), "{}", row(&english.body, "P12"));
    }

    async fn an_observation_recorded_later_is_not_on_the_board_of_before(base) {
        let world = World::with_sample(base).await;
        world.clock.advance(10 * 86_400);
        let mut reader = world.person("docgia", "reader", Some(HERE)).await;
        let board = "/resolutions/s3-2020-2022?at=2022-12-31";
        assert!(row(&reader.get(board).await.body, "T20").contains("Chưa có số liệu"));
        record(&world, "s3-2020-2022", "intermediate-course", 2, "2021-06-30").await;
        let now = reader.get(board).await;
        assert!(row(&now.body, "T20").contains(">Đạt<"), "{}", row(&now.body, "T20"));
        let past = reader.get(&format!("{board}&known=2026-03-11")).await;
        assert!(row(&past.is(200).body, "T20").contains("Chưa có số liệu"), "{}", row(&past.body, "T20"));
        past.says("11/03/2026");
        let early = reader.get("/resolutions/s3-2020-2022?at=2021-06-29").await;
        assert!(row(&early.body, "T20").contains("Chưa có số liệu"), "what lies after the day asked is not due");
        // Nothing at all was known before the sample was entered.
        reader.get(&format!("{board}&known=2020-01-01")).await.is(200).hides("/targets/T20");
    }

    async fn the_list_shows_what_the_place_allows(base) {
        let world = World::with_sample(base).await;
        let mut reader = world.person("docgia", "reader", Some(HERE)).await;
        let page = reader.get("/targets").await;
        page.is(200).says("/resolutions/s3-2017-2020").hides("s1-2020-2025").hides("s0-2020-2025");
        reader.get("/targets?q=nhiem+ky+2017").await.says("s3-2017-2020").hides("s3-2020-2022");
        let mut above = world.person("captren", "reader", Some("dang-bo-van-phong-ubnd-tinh-s3")).await;
        above.get("/targets").await.says("/resolutions/s3-2017-2020");
    }

    async fn the_table_for_spreadsheets_holds_the_same_targets(base) {
        let world = World::with_sample(base).await;
        let mut reader = world.person("docgia", "reader", Some(HERE)).await;
        let csv = reader.get("/resolutions/s3-2017-2020/board.csv?at=2020-01-06").await;
        csv.is(200);
        assert!(csv.head("content-disposition").contains("s3-2017-2020.csv"));
        for code in ["P7", "P8", "P9", "P12", "P13", "P14a", "P14b"] {
            csv.says(code);
        }
        let xlsx = reader.get("/resolutions/s3-2017-2020/board.xlsx?at=2020-01-06").await;
        assert!(xlsx.is(200).bytes.starts_with(b"PK"));
        reader.get("/resolutions/s3-2017-2020?outcome=met&at=2020-01-06").await.says("/targets/P14a").hides("/targets/P12");
    }

    async fn a_target_page_spells_the_verdict_out(base) {
        let world = World::with_sample(base).await;
        let mut reader = world.person("docgia", "reader", Some(HERE)).await;
        let page = reader.get("/resolutions/s3-2017-2020/targets/P12?at=2020-01-06").await;
        page.is(200).says("66,67%").says("Kết nạp đảng viên mới theo chỉ tiêu").says("Bản tin S3");
        // On that day nobody knew of it yet.
        reader.get("/resolutions/s3-2017-2020/targets/P12?at=2020-01-06&known=2019-01-01").await.is(404);
    }
}
