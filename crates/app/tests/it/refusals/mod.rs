//! What the program must refuse, each through the way a person or a program takes (form, import, interface): the
//! status, a sentence in either language, the place of the fault, and a database in which nothing has changed.

mod form;
mod frozen;
mod numbers;
mod shared;
mod source;
mod table;

use lienthong::sample;
use lt_testkit::db::Base;

use crate::browser::{Answer, Browser, File};
use crate::world::World;

/// Whose resolution it is.
const HERE: &str = "chi-bo-cong-ttdt-s3";
/// The resolution.
const BASE: &str = "/resolutions/nq-thu";
const LANGS: [&str; 2] = ["vi", "en"];

/// Two targets that are met, and one figure for each.
const FILE: &str = r#"
format = "lienthong-resolution/1"
[resolution]
code = "nq-thu"
issuer = "chi-bo-cong-ttdt-s3"
title = "Nghị quyết thử nhiệm kỳ 2020–2025"
title_en = "Trial resolution 2020–2025"
term = { from = "2020-01-06", last = "2025-12-31" }
[[sentence]]
code = "C1"
text = "Trên 80% đảng viên hoàn thành tốt nhiệm vụ."
[[sentence]]
code = "C2"
text = "Kết nạp ít nhất 5 đảng viên."
[[measure]]
code = "good-share"
name = "Tỷ lệ hoàn thành tốt"
name_en = "Share doing well"
unit = "percent"
parts = { numerator = "đảng viên hoàn thành tốt", denominator = "đảng viên được xếp loại", factor = 100 }
[[measure]]
code = "admitted"
name = "Số đảng viên kết nạp"
name_en = "Members admitted"
unit = "count"
[[target]]
code = "T1"
sentence = "C1"
title = "Hoàn thành tốt nhiệm vụ"
reading = [{ condition = [{ measure = "good-share", test = { kind = "floor", at = "80" } }] }]
[[target]]
code = "T2"
sentence = "C2"
title = "Kết nạp đảng viên"
reading = [{ condition = [{ measure = "admitted", test = { kind = "floor", at = "5" }, over = [{ kind = "sum" }] }] }]
[[observation]]
measure = "good-share"
value = "90%"
as_of = "2023-06-01"
[[observation]]
measure = "admitted"
value = "05"
as_of = "2023-05-01"
"#;

/// The program with that resolution, and somebody who enters figures.
struct Ground {
    world: World,
    clerk: Browser,
}

impl Ground {
    async fn open(base: Base) -> Self {
        let world = World::empty(base).await;
        sample::surroundings(&world.program.host).await.unwrap();
        sample::resolution(&world.program.host, FILE, false).await.unwrap();
        let mut clerk = world.person("nhaplieu", "recorder", Some(HERE)).await;
        clerk.get(&format!("{BASE}/import")).await.is(200);
        Self { world, clerk }
    }

    /// How much there is of everything a refusal must leave alone.
    async fn state(&self) -> Vec<i64> {
        let mut found = Vec::new();
        for table in [
            "store_change",
            "identity_person",
            "targets_resolution",
            "targets_source",
            "targets_sentence",
            "targets_measure",
            "targets_target",
            "targets_definition",
            "targets_observation",
            "targets_evidence",
            "targets_touch",
            "targets_review",
            "targets_report",
        ] {
            found.push(self.world.count(table).await);
        }
        for table in ["targets_target", "targets_observation", "targets_review"] {
            let sql = format!("SELECT CAST(COALESCE(SUM(version), 0) AS BIGINT) AS n FROM {table}");
            found.push(self.world.ground.db.read_one(&sql, vec![]).await.unwrap().unwrap().get("n").unwrap());
        }
        found
    }

    /// Does something as the clerk in either language: it is refused with this status and these words, Vietnamese
    /// and English, and nothing has changed.
    async fn refused(&mut self, status: u16, says: [&[&str]; 2], act: impl AsyncFn(&mut Browser) -> Answer) {
        let mut clerk = self.clerk.clone();
        self.refused_to(&mut clerk, status, says, act).await;
        self.clerk = clerk;
    }

    async fn refused_to(
        &self,
        who: &mut Browser,
        status: u16,
        says: [&[&str]; 2],
        act: impl AsyncFn(&mut Browser) -> Answer,
    ) {
        let before = self.state().await;
        for (lang, words) in LANGS.into_iter().zip(says) {
            who.jar.insert("lang".into(), lang.into());
            let answer = act(who).await;
            answer.is(status);
            for part in words {
                answer.says(part);
            }
            assert_eq!(self.state().await, before, "a refusal in {lang} has changed something");
        }
        who.jar.insert("lang".into(), "vi".into());
    }

    /// Sends a table for a look, and again to be stored outright, in either language; each place (row, cell) is named.
    async fn refused_table(&mut self, name: &str, bytes: &[u8], places: &[(&str, &str)], says: [&[&str]; 2]) {
        let cells: Vec<String> = places.iter().map(|(_, cell)| format!("\">{cell}</td>")).collect();
        let rows: Vec<String> = places.iter().map(|(row, _)| format!("\">{row}</td>")).collect();
        let with = |words: &[&str]| -> Vec<String> {
            words.iter().map(|&word| word.to_owned()).chain(cells.clone()).chain(rows.clone()).collect()
        };
        let [vi, en] = says.map(with);
        let (vi, en): (Vec<&str>, Vec<&str>) =
            (vi.iter().map(String::as_str).collect(), en.iter().map(String::as_str).collect());
        for path in ["import", "import/confirm"] {
            let path = format!("{BASE}/{path}");
            self.refused(422, [&vi, &en], async |clerk| {
                clerk.post_files(&path, &[], &[File { field: "file", name, bytes }]).await
            })
            .await;
        }
    }
}
