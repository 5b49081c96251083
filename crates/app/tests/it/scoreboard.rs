//! The scoreboard against the rows it is drawn from: owners, filters, tables for spreadsheets, the chart, and the
//! past after a target was redefined, dropped, or a figure withdrawn.

use std::collections::BTreeSet;

use lt_targets::board::shown;
use lt_testkit::both_engines;
use lt_web::ui::Verdict as Mark;

use crate::browser::Browser;
use crate::form::Filled;
use crate::world::{World, day};

const HERE: &str = "chi-bo-cong-ttdt-s3";
const OLD: &str = "/resolutions/s3-2017-2020";
const NEW: &str = "/resolutions/s3-2020-2022";
const OFFICE: &str = "Văn phòng Ủy ban nhân dân tỉnh (không nêu tên, tin S3)";
const CELL: &str = "Chi bộ Cổng Thông tin điện tử (tỉnh không nêu tên, tin S3)";

/// Changes fields of a target through its form.
async fn redefine(secretary: &mut Browser, target: &str, fields: &[(&str, &str)]) {
    let address = format!("{target}/define");
    let page = secretary.get(&address).await;
    let mut form = Filled::of(&page.is(200).body, &address).with("do", "save").with("why", "Thử bảng theo dõi");
    for (name, value) in fields {
        form = form.with(name, value);
    }
    secretary.post(&address, &form.fields()).await.is(303);
}

/// The targets on a board page.
fn shown_on<'a>(page: &str, base: &str, codes: &[&'a str]) -> BTreeSet<&'a str> {
    let sign = format!("{base}/targets/");
    let links: BTreeSet<&str> = page.split(&sign).skip(1).filter_map(|rest| rest.split(['"', '?']).next()).collect();
    codes.iter().copied().filter(|code| links.contains(code)).collect()
}

/// The targets in a table for spreadsheets.
fn rows_of<'a>(csv: &str, codes: &[&'a str]) -> BTreeSet<&'a str> {
    let lines: Vec<Vec<&str>> = csv.lines().map(|line| line.split([',', ';']).collect()).collect();
    codes.iter().copied().filter(|code| lines.iter().any(|cells| cells.iter().any(|cell| cell == code))).collect()
}

/// The number the legend of the chart gives a mark; one that no target has is not in it.
fn in_legend(page: &str, name: &str) -> usize {
    let legend = page.split("<ul class=\"legend\">").nth(1).unwrap().split("</ul>").next().unwrap();
    let sign = format!("</span> {name} <strong>");
    legend.split_once(&sign).map_or(0, |(_, rest)| rest.split('<').next().unwrap().parse().unwrap())
}

/// The row of a target on a board page.
fn row<'a>(page: &'a str, base: &str, target: &str) -> &'a str {
    let sign = format!("{base}/targets/{target}");
    let from = page.find(&sign).unwrap_or_else(|| panic!("{target} is not on the board:\n{page}"));
    &page[from..from + page[from..].find("</tr>").unwrap()]
}

both_engines! {
    async fn who_answers_for_a_target_is_always_said(base) {
        let world = World::with_sample(base).await;
        let mut secretary = world.person("bithu", "secretary", Some(HERE)).await;
        let board = format!("{OLD}?at=2020-01-06");
        let page = secretary.get(&board).await;
        assert_eq!(page.body.matches(&format!("Chủ trì: {CELL}")).count(), 6, "once a sentence: {}", page.body);
        redefine(&mut secretary, &format!("{OLD}/targets/P14b"), &[("owner", "van-phong-ubnd-tinh-s3")]).await;
        let page = secretary.get(&board).await;
        // Two targets of one sentence with an owner each: both say so in their own rows.
        assert!(row(&page.body, OLD, "P14a").contains(&format!("Chủ trì: {CELL}")), "{}", row(&page.body, OLD, "P14a"));
        assert!(row(&page.body, OLD, "P14b").contains(&format!("Chủ trì: {OFFICE}")), "{}", row(&page.body, OLD, "P14b"));
        assert_eq!(page.body.matches(&format!("Chủ trì: {CELL}")).count(), 6);

        let codes = ["P7", "P8", "P9", "P12", "P13", "P14a", "P14b"];
        let (office, cell) = (world.org("van-phong-ubnd-tinh-s3").await, world.org(HERE).await);
        let query = |owner| format!("at=2020-01-06&owner={owner}");
        let of_office = secretary.get(&format!("{OLD}?{}", query(office))).await;
        assert_eq!(shown_on(&of_office.is(200).body, OLD, &codes), BTreeSet::from(["P14b"]));
        let of_cell = secretary.get(&format!("{OLD}?{}", query(cell))).await;
        assert_eq!(shown_on(&of_cell.body, OLD, &codes), BTreeSet::from(["P7", "P8", "P9", "P12", "P13", "P14a"]));
        for (owner, expected) in [(office, vec!["P14b"]), (cell, vec!["P7", "P8", "P9", "P12", "P13", "P14a"])] {
            let csv = secretary.get(&format!("{OLD}/board.csv?{}", query(owner))).await;
            assert_eq!(rows_of(&csv.is(200).body, &codes), expected.into_iter().collect(), "{}", csv.body);
        }
    }

    async fn filters_tables_and_chart_agree_with_the_rows(base) {
        let world = World::with_sample(base).await;
        let mut clerk = world.person("nhaplieu", "recorder", Some(HERE)).await;
        let form = format!("{NEW}/observe");
        clerk.get(&format!("{form}?measure=intermediate-course")).await.is(200);
        for (measure, value, event) in
            [("intermediate-course", "3", ""), ("admissions", "1", "admitted"), ("thematic-meetings", "4", "")]
        {
            let fields = [("measure", measure), ("value", value), ("as_of", "30/06/2020"), ("event", event)];
            clerk.post(&form, &fields).await.is(303);
        }
        let mut marks = BTreeSet::new();
        for at in ["2019-12-31", "2020-07-01", "2022-12-01", "2023-01-01"] {
            let board = world.board("s3-2020-2022", day(at)).await;
            let codes: Vec<&str> = board.rows().map(|row| row.held.target.code.as_str()).collect();
            let page = clerk.get(&format!("{NEW}?at={at}")).await;
            assert_eq!(shown_on(&page.is(200).body, NEW, &codes), codes.iter().copied().collect(), "all without a filter");
            for mark in Mark::ALL {
                let word = shown::code(mark);
                let rows: BTreeSet<&str> = board
                    .rows()
                    .filter(|row| shown::mark(row.verdict) == mark)
                    .map(|row| row.held.target.code.as_str())
                    .collect();
                let counted = board.rows().filter(|row| row.counts() && shown::mark(row.verdict) == mark).count();
                let name = world.program.host.shell.words().say(lt_kernel::Lang::Vi, mark.key()).to_owned();
                assert_eq!(in_legend(&page.body, &name), counted, "{word} on {at}");
                let filtered = clerk.get(&format!("{NEW}?at={at}&outcome={word}")).await;
                assert_eq!(shown_on(&filtered.is(200).body, NEW, &codes), rows, "{word} on {at}");
                let csv = clerk.get(&format!("{NEW}/board.csv?at={at}&outcome={word}")).await;
                assert_eq!(rows_of(&csv.is(200).body, &codes), rows, "{word} on {at}: {}", csv.body);
                if !rows.is_empty() {
                    marks.insert(word);
                }
            }
            let mut met = 0;
            for (schedule, word, _) in shown::SCHEDULES {
                let rows: BTreeSet<&str> = board
                    .rows()
                    .filter(|row| row.verdict.schedule == schedule)
                    .map(|row| row.held.target.code.as_str())
                    .collect();
                met += rows.len();
                let filtered = clerk.get(&format!("{NEW}?at={at}&schedule={word}")).await;
                assert_eq!(shown_on(&filtered.is(200).body, NEW, &codes), rows, "{word} on {at}");
                let csv = clerk.get(&format!("{NEW}/board.csv?at={at}&schedule={word}")).await;
                assert_eq!(rows_of(&csv.is(200).body, &codes), rows, "{word} on {at}: {}", csv.body);
            }
            assert_eq!(met, codes.len(), "every target stands in one schedule");
        }
        // A board of nothing but "no data" would prove nothing.
        assert!(marks.len() >= 4, "{marks:?}");
    }

    async fn the_board_of_a_past_day_is_as_it_was_before_anything_changed(base) {
        let world = World::with_sample(base).await;
        let before = world.program.host.clock.today();
        world.clock.advance(10 * 86_400);
        let mut secretary = world.person("bithu", "secretary", Some(HERE)).await;
        let mut recorder = world.person("nhaplieu", "recorder", Some(HERE)).await;
        redefine(&mut secretary, &format!("{OLD}/targets/P14b"), &[("r0c0-at", "20")]).await;
        let drop = format!("{OLD}/targets/P8/drop");
        secretary.get(&drop).await.is(200);
        secretary.post(&drop, &[("why", "Không còn đo được")]).await.is(303);
        let sql = "SELECT o.id FROM targets_observation o JOIN targets_measure m ON m.id = o.measure \
                   WHERE m.code = 'articles-own-share'";
        let found = world.ground.db.read_one(sql, Vec::new()).await.unwrap().unwrap();
        let address = format!("{OLD}/observations/{}", found.get::<lt_kernel::id::Uuid>("id").unwrap());
        let page = recorder.get(&address).await;
        let withdraw = format!("{address}/withdraw");
        let form = Filled::of(&page.is(200).body, &withdraw).with("why", "Ghi nhầm");
        recorder.post(&withdraw, &form.fields()).await.is(303);

        let board = format!("{OLD}?at=2020-01-06");
        let now = secretary.get(&board).await;
        assert!(row(&now.is(200).body, OLD, "P14b").contains("Chưa đạt"), "{}", row(&now.body, OLD, "P14b"));
        assert!(row(&now.body, OLD, "P8").contains("Không còn đo được"), "{}", row(&now.body, OLD, "P8"));
        assert!(row(&now.body, OLD, "P7").contains("Chưa có số liệu"), "{}", row(&now.body, OLD, "P7"));
        let past = secretary.get(&format!("{board}&known={before}")).await;
        assert!(row(&past.is(200).body, OLD, "P14b").contains(">Đạt<"), "{}", row(&past.body, OLD, "P14b"));
        assert!(row(&past.body, OLD, "P8").contains(">Vượt<"), "{}", row(&past.body, OLD, "P8"));
        assert!(row(&past.body, OLD, "P7").contains(">Vượt<"), "{}", row(&past.body, OLD, "P7"));
        // The table and the pages of the targets know the same past.
        let csv = secretary.get(&format!("{OLD}/board.csv?at=2020-01-06&known={before}")).await;
        csv.is(200).hides("Không còn đo được");
        let one = secretary.get(&format!("{OLD}/targets/P14b?at=2020-01-06&known={before}")).await;
        one.is(200).says("Đạt");
    }
}
