//! Two people at one target: nobody's work is overwritten without being seen.

use lt_testkit::both_engines;

use crate::browser::Browser;
use crate::world::World;

const HERE: &str = "chi-bo-cong-ttdt-s3";
const FORM: &str = "/resolutions/s3-2020-2022/targets/T19/define";

/// The form of T19 as the page has it, with another title and number.
fn fields<'a>(version: &'a str, title: &'a str, at: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("do", "save"),
        ("version", version),
        ("sentence", "T19"),
        ("title", title),
        ("title_en", "Admissions"),
        ("readings", "1"),
        ("r0-conditions", "1"),
        ("r0c0-measure", "admissions"),
        ("r0c0-test", "floor"),
        ("r0c0-at", at),
        ("r0c0-overs", "1"),
        ("r0c0o0-kind", "sum"),
        ("why", "Nghị quyết sửa đổi"),
    ]
}

async fn opened(browser: &mut Browser) -> String {
    browser.get(FORM).await.is(200).says("value=\"T19\"");
    browser.hidden("version")
}

async fn stored(world: &World) -> String {
    let sql = "SELECT definition FROM targets_target WHERE code = 'T19' \
        AND resolution = (SELECT id FROM targets_resolution WHERE code = 's3-2020-2022')";
    world.ground.db.read_one(sql, Vec::new()).await.unwrap().unwrap().get("definition").unwrap()
}

both_engines! {
    async fn the_second_of_two_secretaries_sees_both_versions_and_nothing_is_lost(base) {
        let world = World::with_sample(base).await;
        let mut one = world.person("bithu", "secretary", Some(HERE)).await;
        let mut other = world.person("phobithu", "secretary", Some(HERE)).await;
        let (first, second) = (opened(&mut one).await, opened(&mut other).await);
        assert_eq!(first, second, "both looked at the same version");

        one.post(FORM, &fields(&first, "Kết nạp theo bí thư", "3")).await.is(303);
        let (text, rows) = (stored(&world).await, world.count("targets_definition").await);
        let changes = world.count("store_change").await;
        let refused = other.post(FORM, &fields(&second, "Kết nạp theo phó bí thư", "4")).await;
        refused.is(409).says("Có người vừa sửa trước bạn");
        refused.says("Kết nạp theo bí thư").says("value=\"Kết nạp theo phó bí thư\"").says("value=\"4\"");
        assert_eq!(stored(&world).await, text, "the first one's definition stands");
        assert_eq!(world.count("targets_definition").await, rows);
        assert_eq!(world.count("store_change").await, changes, "a refused change leaves no line in the history");

        // Having seen both, the second decides; the first one's definition stays in the history.
        let now = other.hidden("version");
        assert_ne!(now, second, "the form now stands on the version it showed");
        other.post(FORM, &fields(&now, "Kết nạp theo phó bí thư", "4")).await.is(303);
        assert!(stored(&world).await.contains("Kết nạp theo phó bí thư"));
        assert_eq!(world.count("targets_definition").await, rows + 1);
        let sql = "SELECT definition FROM targets_definition ORDER BY defined_at, version";
        let all = world.ground.db.read(sql, Vec::new()).await.unwrap();
        let kept = all.iter().any(|row| row.get::<String>("definition").unwrap().contains("Kết nạp theo bí thư"));
        assert!(kept, "the first one's definition is kept");
        // A form without a version says nothing of what was seen, and is not taken for the newest.
        other.post(FORM, &fields("", "Không rõ bản nào", "5")).await.is(409);
    }

    async fn of_two_at_the_same_instant_one_is_told(base) {
        let world = World::with_sample(base).await;
        let mut one = world.person("bithu", "secretary", Some(HERE)).await;
        let mut other = world.person("phobithu", "secretary", Some(HERE)).await;
        for round in 3..9 {
            let (first, second) = (opened(&mut one).await, opened(&mut other).await);
            let at = round.to_string();
            let (titles, rows) = ([format!("Một {at}"), format!("Hai {at}")], world.count("targets_definition").await);
            let (a, b) = (fields(&first, &titles[0], &at), fields(&second, &titles[1], &at));
            let (a, b) = tokio::join!(one.post(FORM, &a), other.post(FORM, &b));
            let mut codes = [a.status.as_u16(), b.status.as_u16()];
            codes.sort_unstable();
            assert_eq!(codes, [303, 409], "round {round}: {}\n{}", a.body, b.body);
            let (winner, loser, told) = if a.status == 303 { (0, 1, &b) } else { (1, 0, &a) };
            told.says(&titles[winner]).says(&format!("value=\"{}\"", titles[loser]));
            assert!(stored(&world).await.contains(&titles[winner]));
            assert_eq!(world.count("targets_definition").await, rows + 1);
        }
    }
}
