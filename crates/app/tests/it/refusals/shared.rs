//! Two resolutions that share a measure: each file carries what came through its own resolution, and what is on
//! record is not recorded twice.

use lt_testkit::both_engines;

use super::{BASE, FILE, Ground, HERE};

/// A second resolution of the same issuer with the same measures and an overlapping term.
fn second(observations: &str) -> String {
    let end = FILE.find("[[observation]]").unwrap();
    let file = FILE[..end].replace("\"nq-thu\"", "\"nq-hai\"").replace("2020-01-06", "2022-01-01");
    format!("{file}{observations}")
}

const OWN: &str =
    "[[observation]]\nmeasure = \"admitted\"\nvalue = \"02\"\nas_of = \"2024-05-01\"\nsentence = \"C2\"\n";

both_engines! {
    async fn each_file_carries_what_came_through_its_own_resolution(base) {
        let other = base.another().await;
        let ground = Ground::open(base).await;
        let mut secretary = ground.world.person("bithu", "secretary", Some(HERE)).await;
        secretary.get("/resolutions/import").await.is(200);
        let text = second(OWN);
        secretary.post("/resolutions/import", &[("do", "store"), ("text", &text)]).await.is(303);
        // A figure entered through the first one, on a day both cover.
        let mut clerk = ground.clerk.clone();
        let fields = [("measure", "admitted"), ("value", "3"), ("as_of", "01/06/2024")];
        clerk.post(&format!("{BASE}/observe"), &fields).await.is(303);

        let first = secretary.get(&format!("{BASE}/export.toml")).await.is(200).body.clone();
        let second = secretary.get("/resolutions/nq-hai/export.toml").await.is(200).body.clone();
        assert!(first.contains("\"05\"") && first.contains("2024-06-01") && !first.contains("2024-05-01"), "{first}");
        assert!(second.contains("\"02\"") && !second.contains("2024-06-01") && !second.contains("2023-05-01"), "{second}");
        // Both boards are judged on all of them.
        for code in ["nq-thu", "nq-hai"] {
            let board = ground.world.board(code, crate::world::day("2024-12-31")).await;
            let verdict = &board.rows().find(|row| row.held.target.code == "T2").unwrap().verdict;
            let steps = serde_json::to_string(verdict).unwrap();
            assert!(steps.contains("10"), "{code}: 5 + 2 + 3\n{steps}");
        }
        // Together the two files make the same elsewhere, one after the other.
        let there = crate::world::World::with_ids(other, 1 << 40).await;
        lienthong::sample::surroundings(&there.program.host).await.unwrap();
        for text in [&first, &second] {
            let id = lienthong::sample::resolution(&there.program.host, text, false).await.unwrap();
            assert_eq!(&lienthong::commands::text_of(&there.ground.db, id).await.unwrap(), text);
        }
        assert_eq!(there.count("targets_observation").await, ground.world.count("targets_observation").await);
    }

    async fn a_figure_on_record_is_refused_with_the_measure_the_day_and_the_figure(base) {
        let ground = Ground::open(base).await;
        let mut secretary = ground.world.person("bithu", "secretary", Some(HERE)).await;
        secretary.get("/resolutions/import").await.is(200);
        let text = second("[[observation]]\nmeasure = \"admitted\"\nvalue = \"6\"\nas_of = \"2023-05-01\"\n");
        let vi = [
            "Số liệu thứ 1",
            "Thước đo «Số đảng viên kết nạp» đã có số liệu của ngày 01/05/2023: 5 (ghi ở nghị quyết nq-thu)",
            "hãy bỏ mục này khỏi tệp",
            "hãy đính chính số liệu đã có",
        ];
        let en = [
            "Observation no. 1",
            "The measure “Members admitted” has a figure of 1 May 2023 already: 5 (recorded in the resolution nq-thu)",
            "leave this entry out of the file",
            "correct the one on record",
        ];
        for what in ["", "store"] {
            ground.refused_to(&mut secretary, 422, [&vi, &en], async |who| {
                who.post("/resolutions/import", &[("do", what), ("text", &text)]).await
            }).await;
        }
        // Negative control: without that entry the file is taken.
        secretary.post("/resolutions/import", &[("do", "store"), ("text", &second(OWN))]).await.is(303);
    }

    async fn nothing_of_a_file_is_dropped_silently(base) {
        let ground = Ground::open(base).await;
        let mut secretary = ground.world.person("bithu", "secretary", Some(HERE)).await;
        secretary.get("/resolutions/import").await.is(200);
        for (more, vi, en) in [
            ("value = \"5\"\ndenominator = \"7\"", "mà thiếu tử số", "without a numerator"),
            ("value = \"5\"\nchosen = \"done\"", "Có kết luận mà không có nhận định", "There is a judgement without a narrative"),
            ("value = \"5\"\nnote = \"Nguy\u{1ec5}n\"\nkhac = 1", "khac", "khac"),
        ] {
            let text = second(&format!("[[observation]]\nmeasure = \"good-share\"\nas_of = \"2024-05-02\"\n{more}\n"));
            ground.refused_to(&mut secretary, 422, [&[vi], &[en]], async |who| {
                who.post("/resolutions/import", &[("do", "store"), ("text", &text)]).await
            }).await;
        }
        let mut latin = second("").into_bytes();
        latin.extend(b"# Nguy\xE1\xBB\n");
        let line = format!("{}", latin.split(|byte| *byte == b'\n').count() - 1);
        let (vi, en) = (format!("Dòng {line} của tệp không phải là UTF-8"), format!("Line {line} of the file is not UTF-8"));
        ground.refused_to(&mut secretary, 422, [&[&vi], &[&en]], async |who| {
            let file = crate::browser::File { field: "file", name: "a.toml", bytes: &latin };
            who.post_files("/resolutions/import", &[("do", "store")], &[file]).await
        }).await;
    }
}
