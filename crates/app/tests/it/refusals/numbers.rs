//! Numbers in Vietnamese and English writing: read where the page's language says how, asked about elsewhere.

use lt_testkit::both_engines;
use serde_json::json;

use super::{BASE, Ground};
use crate::browser::File;

both_engines! {
    async fn a_vietnamese_page_reads_vietnamese_numbers_and_says_back_how(base) {
        let mut ground = Ground::open(base).await;
        let form = format!("{BASE}/observe");
        let fields = [("measure", "admitted"), ("value", "4.600"), ("as_of", "01/01/2021")];
        let look = [("step", "preview")];
        let looked: Vec<(&str, &str)> = fields.iter().chain(&look).copied().collect();
        ground.clerk.post(&form, &looked).await.is(200).says("«4.600» được đọc là 4\u{202f}600.");
        let to = ground.clerk.post(&form, &fields).await.is(303).location().to_owned();
        let page = ground.clerk.get(to.split('#').next().unwrap()).await;
        page.is(200).says("«4.600» được đọc là 4\u{202f}600.");
        ground.clerk.get(&format!("{BASE}/targets/T2")).await.is(200).hides("được đọc là");
        // What nobody can read otherwise is not said back.
        let plain = [("measure", "good-share"), ("value", "66,67%"), ("as_of", "01/01/2021")];
        let to = ground.clerk.post(&form, &plain).await.is(303).location().to_owned();
        assert!(!to.contains("read="), "{to}");
    }

    async fn the_other_writing_is_asked_about_with_a_choice(base) {
        let mut ground = Ground::open(base).await;
        let form = format!("{BASE}/observe");
        for (value, vi, en) in [
            ("1,234.5", Some("«1,234.5» không viết theo kiểu Việt Nam. Nếu viết kiểu Anh thì số này là 1.234,5"), None),
            ("1.234,5", None, Some("“1.234,5” is not written the English way. Written the Vietnamese way it is 1,234.5")),
            ("1,234", Some("“1,234” có thể hiểu theo hai cách"), None),
            ("1.234", None, Some("“1.234” can be read in two ways")),
        ] {
            let fields = [("measure", "admitted"), ("value", value), ("as_of", "01/01/2021")];
            for (lang, asked) in [("vi", vi), ("en", en)] {
                ground.clerk.jar.insert("lang".into(), lang.into());
                let before = ground.state().await;
                if let Some(asked) = asked {
                    let page = ground.clerk.post(&form, &fields).await;
                    page.is(422).says(asked).says("name=\"convention\"").says("href=\"#f-value\"");
                } else {
                    let look: Vec<(&str, &str)> = fields.iter().copied().chain([("step", "preview")]).collect();
                    ground.clerk.post(&form, &look).await.is(200);
                }
                assert_eq!(ground.state().await, before);
            }
        }
        ground.clerk.jar.insert("lang".into(), "vi".into());
        let chosen = [("measure", "admitted"), ("value", "1,234"), ("as_of", "01/01/2021"), ("convention", "en")];
        let to = ground.clerk.post(&form, &chosen).await.is(303).location().to_owned();
        ground.clerk.get(to.split('#').next().unwrap()).await.says("«1.234» được đọc là 1\u{202f}234.");
        // A program has no page: it says how it writes, or is asked.
        let body = json!({"measure": "admitted", "value": "4.600", "as_of": "2021-02-01"});
        let says = [&["có thể hiểu theo hai cách"][..], &["can be read in two ways"]];
        ground.refused(422, says, async |clerk| clerk.post_json(&format!("/api/v1{BASE}/observations"), &body).await).await;
    }

    async fn a_table_is_read_by_its_witness_or_asked_about_once(base) {
        let mut ground = Ground::open(base).await;
        let table = |values: &[&str]| {
            let rows = (1..).zip(values).map(|(day, value)| format!("admitted;{value};2021-01-{day:02}\n"));
            format!("measure;value;as_of\n{}", rows.collect::<String>())
        };
        let mixed = table(&["gần 1.234,5", "7", "1,234.5"]);
        let vi = ["ô B2 viết «gần 1.234,5» kiểu Việt Nam, ô B4 viết «1,234.5» kiểu Anh"];
        let en = ["cell B2 writes “gần 1.234,5” the Vietnamese way, cell B4 writes “1,234.5” the English way"];
        ground.refused_table("a.csv", mixed.as_bytes(), &[("2", "B2"), ("4", "B4")], [&vi, &en]).await;

        let silent = table(&["1.234", "4.600", "7", "2.000"]);
        let vi = ["“1.234” có thể hiểu theo hai cách", "tất cả 2 ô", "name=\"convention\""];
        let en = ["“1.234” can be read in two ways", "2 in all", "name=\"convention\""];
        ground.refused_table("a.csv", silent.as_bytes(), &[("2", "B2"), ("3", "B3")], [&vi, &en]).await;

        let path = format!("{BASE}/import");
        let file = |bytes| [File { field: "file", name: "a.csv", bytes }];
        let witness = table(&["1.234", "66,67"]);
        let page = ground.clerk.post_files(&path, &[], &file(witness.as_bytes())).await;
        page.is(200).says("Số trong tệp được đọc theo cách viết này. Kiểu Việt Nam").says(">1.234</td>");
        let before = ground.world.count("targets_observation").await;
        let page = ground.clerk.post_files(&path, &[("convention", "vi")], &file(silent.as_bytes())).await;
        page.is(200).says(">4.600</td>");
        let chosen = [("convention", "vi")];
        ground.clerk.post_files(&format!("{path}/confirm"), &chosen, &file(silent.as_bytes())).await.is(303);
        assert_eq!(ground.world.count("targets_observation").await, before + 4);
    }
}
