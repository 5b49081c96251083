//! A roll-up follows the resolution it rolls up, though nothing of its own was touched.

use jiff::civil::date;
use lt_store::{Unit, params};
use lt_testkit::both_engines;

use super::Book;
use crate::review::testing::{FILE, Ground};
use crate::verdict::{Outcome, Policy};

const ROLL: &str = r#"
format = "lienthong-resolution/1"
[resolution]
code = "nq-2"
issuer = "chi-bo"
title = "Nghị quyết tổng hợp"
term = { from = "2020-01-01", last = "2025-12-31" }
[[sentence]]
code = "C1"
text = "Đạt từ 30% chỉ tiêu trở lên."
[[target]]
code = "T1"
sentence = "C1"
title = "Tỷ lệ chỉ tiêu đạt"
reading = [{ condition = [{ measure = "", test = { kind = "met-share", resolution = "nq-1", at_least = "30" } }] }]
"#;

both_engines! {
    async fn what_another_resolution_came_to_is_never_old(base) {
        let ground = Ground::open(&base, FILE).await;
        let roll = ground.another(ROLL).await;
        let book = Book::new(ground.db.clone(), Policy::default());
        let day = date(2023, 6, 7);
        let outcome = || async { book.board(roll.id, day, None).await.unwrap().unwrap().verdicts[0].outcome };
        // Of three none is met so far and one is not known: 0 to 33 %.
        assert_eq!(outcome().await, Outcome::Undetermined);
        let mut unit = Unit::new();
        unit.run("UPDATE targets_observation SET withdrawn_at = $1", params![ground.now]);
        ground.db.commit(unit).await.unwrap();
        assert_eq!(outcome().await, Outcome::Unknown);
    }
}
