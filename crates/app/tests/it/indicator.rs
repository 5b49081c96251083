//! What this program is judged by: figures of live systems, the records behind them, and a measure fed by them.

use lt_contracts::indicator::Ask;
use lt_kernel::Interval;
use lt_targets::indicators::MET_SHARE;
use lt_testkit::both_engines;

use crate::form::Filled;
use crate::world::{World, day};

const HERE: &str = "chi-bo-cong-ttdt-s3";
const ABOVE: &str = "dang-bo-van-phong-ubnd-tinh-s3";
const BASE: &str = "/resolutions/s3-2017-2020";
/// The seven targets of S3 2017–2020, every one met or exceeded (reference 1.3: R7–R9, R12–R14).
const SEVEN: [&str; 7] = ["P7", "P8", "P9", "P12", "P13", "P14a", "P14b"];

/// Asks for the share of targets met in the term 2017–2020.
async fn ask(world: &World, place: &str) -> Ask {
    let period = Interval { from: day("2017-01-01"), to: Some(day("2020-01-06")) };
    let org = Some(world.org(place).await);
    Ask { code: MET_SHARE.into(), org, period, known_at: world.program.host.clock.now(), dimensions: Vec::new() }
}

both_engines! {
    async fn all_seven_targets_of_the_old_term_are_met_and_each_is_a_record(base) {
        let world = World::with_sample(base).await;
        let source = world.program.host.indicators.first().unwrap();
        for place in [HERE, ABOVE] {
            let ask = ask(&world, place).await;
            let figure = source.figure(&ask).await.unwrap();
            assert_eq!((figure.numerator, figure.denominator), (7, Some(7)), "{place}");
            let (mut codes, mut cursor, mut pages) = (Vec::new(), None, Vec::new());
            loop {
                let page = source.records(&ask, cursor.as_deref(), 2).await.unwrap();
                assert!(page.rows.iter().all(|record| record.in_numerator), "{:?}", page.rows);
                codes.extend(page.rows.iter().map(|record| record.title.split(':').next().unwrap().to_owned()));
                pages.push(page.rows.len());
                match page.next {
                    Some(next) => cursor = Some(next),
                    None => break,
                }
            }
            assert_eq!(pages, [2, 2, 2, 1], "pages of two");
            let expected: Vec<String> = SEVEN.iter().map(|code| format!("s3-2017-2020 {code}")).collect();
            assert_eq!(codes, expected, "each once, in the order of the resolution");
        }
        // Somebody else's are others: Long An's term begins in 2020, with 14 targets and no figure yet.
        let elsewhere = source.figure(&ask(&world, "dang-bo-so-tttt-long-an").await).await.unwrap();
        assert_eq!((elsewhere.numerator, elsewhere.denominator), (0, Some(14)));
        let mut early = ask(&world, HERE).await;
        early.period.to = Some(day("2019-06-01"));
        assert_eq!(source.figure(&early).await.unwrap().numerator, 0);
        assert_eq!(source.figure(&early).await.unwrap().denominator, Some(7));
        early.known_at = lt_kernel::Instant::start_of(day("2020-01-01"));
        assert_eq!(source.figure(&early).await.unwrap().denominator, Some(0), "nothing had been entered by then");
        // Directives count for nothing: S0's resolution has five targets of its own and three directives.
        let mut s0 = ask(&world, "chi-bo-so-tttt-tuyen-quang").await;
        s0.period = Interval { from: day("2021-01-01"), to: Some(day("2022-01-01")) };
        assert_eq!(source.figure(&s0).await.unwrap().denominator, Some(5));
    }

    async fn the_interface_gives_figure_and_records_to_those_in_reach(base) {
        let world = World::with_sample(base).await;
        let org = world.org(HERE).await;
        let mut reader = world.person("docgia", "reader", Some(HERE)).await;
        let offered = reader.get("/api/v1/indicators").await.json();
        assert_eq!(offered[0]["code"], MET_SHARE);
        let query = format!("org={org}&from=2017-01-01&at=2020-01-05");
        let figure = reader.get(&format!("/api/v1/indicators/{MET_SHARE}/figure?{query}")).await;
        let figure = figure.is(200).json();
        assert_eq!((&figure["numerator"], &figure["denominator"]), (&7.into(), &7.into()));
        let path = format!("/api/v1/indicators/{MET_SHARE}/records?{query}");
        let all = reader.get(&path).await.is(200).json();
        let rows = all["rows"].as_array().unwrap();
        assert_eq!(rows.len(), 7);
        for (row, code) in rows.iter().zip(SEVEN) {
            assert!(row["title"].as_str().unwrap().contains(code), "{row}");
            reader.get(row["href"].as_str().unwrap()).await.is(200).says(code);
        }
        // The next page starts behind the record of the cursor.
        let fourth = rows[3]["id"].as_str().unwrap();
        let rest = reader.get(&format!("{path}&cursor={fourth}")).await.is(200).json();
        let left: Vec<&str> = rest["rows"].as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap()).collect();
        let expected: Vec<&str> = rows[4..].iter().map(|row| row["id"].as_str().unwrap()).collect();
        assert_eq!(left, expected);
        let mut elsewhere = world.person("noikhac", "reader", Some("dang-bo-so-tttt-long-an")).await;
        elsewhere.get(&path).await.is(403);
        elsewhere.get(&format!("/api/v1/indicators/{MET_SHARE}/figure?{query}")).await.is(403);
    }

    async fn a_measure_fed_by_an_indicator_is_recorded_with_the_way_back_to_its_records(base) {
        let world = World::with_sample(base).await;
        let mut secretary = world.person("bithu", "secretary", Some(HERE)).await;
        let address = format!("{BASE}/measures/new");
        let page = secretary.get(&address).await;
        let form = Filled::of(&page.is(200).body, &address)
            .with("code", "met-share")
            .with("name", "Tỷ lệ chỉ tiêu đạt")
            .with("unit", "percent")
            .with("numerator", "chỉ tiêu đạt")
            .with("denominator", "chỉ tiêu")
            .with("factor", "100")
            .with("bare", "floor")
            .with("indicator", MET_SHARE);
        secretary.post(&address, &form.fields()).await.is(303);

        let mut clerk = world.person("nhaplieu", "recorder", Some(HERE)).await;
        let asked = format!("{BASE}/ask?measure=met-share&at=2020-01-05");
        let page = clerk.get(&asked).await;
        page.is(200).says("7 / 7");
        for code in SEVEN {
            page.says(&format!("{BASE}/targets/{code}?at=2020-01-05"));
        }
        let fields = [("measure", "met-share"), ("at", "2020-01-05")];
        clerk.post(&format!("{BASE}/ask"), &fields).await.is(303);
        let all = clerk.get("/api/v1/resolutions/s3-2017-2020/observations?measure=met-share").await;
        let all = all.is(200).json();
        let rows = all["rows"].as_array().or(all["observations"].as_array()).unwrap_or_else(|| panic!("{all}"));
        assert_eq!(rows.len(), 1, "{all}");
        let text = rows[0].to_string();
        assert!(text.contains("\"record\"") && text.contains("2020-01-05"), "{text}");
        let sql = "SELECT e.href, e.kind FROM targets_evidence e JOIN targets_observation o ON o.id = e.observation \
                   JOIN targets_measure m ON m.id = o.measure WHERE m.code = 'met-share'";
        let proof = world.ground.db.read_one(sql, Vec::new()).await.unwrap().unwrap();
        assert_eq!(proof.get::<String>("kind").unwrap(), "record");
        let back = clerk.get(&proof.get::<String>("href").unwrap()).await;
        back.is(200).says("7 / 7").says("P14b");
        // Asked again nothing new is stored: the figure is the same.
        let (rows, changes) = (world.count("targets_observation").await, world.count("store_change").await);
        clerk.post(&format!("{BASE}/ask"), &fields).await.is(303);
        assert_eq!((world.count("targets_observation").await, world.count("store_change").await), (rows, changes));
        // A reader sees the figure and may not record it; nobody elsewhere sees it at all.
        let mut reader = world.person("docgia", "reader", Some(HERE)).await;
        reader.get(&asked).await.is(200);
        reader.post(&format!("{BASE}/ask"), &fields).await.is(403);
        let mut elsewhere = world.person("noikhac", "recorder", Some("dang-bo-so-tttt-long-an")).await;
        elsewhere.get(&asked).await.is(403);
    }
}

/// Narrowing by what the indicator does not know is told, never ignored.
#[tokio::test]
async fn an_unknown_dimension_or_indicator_is_no_answer() {
    let world = World::with_sample(lt_testkit::db::Base::sqlite()).await;
    let source = world.program.host.indicators.first().unwrap();
    let mut odd = ask(&world, HERE).await;
    odd.dimensions = vec![("resolution".into(), "s3-2017-2020".into())];
    assert_eq!(source.figure(&odd).await.unwrap().denominator, Some(7));
    odd.dimensions = vec![("colour".into(), "red".into())];
    assert!(source.figure(&odd).await.is_err());
    odd.dimensions.clear();
    odd.code = "targets.khong-co".into();
    assert!(source.figure(&odd).await.is_err() && source.records(&odd, None, 2).await.is_err());
}
