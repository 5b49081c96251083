//! A review that was frozen: nothing slips in below it; what is withdrawn since is said, and the report stays true
//! to its day.

use lt_testkit::both_engines;
use serde_json::json;

use super::{BASE, FILE, Ground, HERE};
use crate::browser::Browser;
use crate::world::day;

const REVIEW: &str = "/resolutions/nq-thu/reviews/2023-H1";

/// The people who take a review to its report.
struct People {
    reviewer: Browser,
    approver: Browser,
}

/// The review of the first half of 2023, frozen and issued.
async fn issued(ground: &Ground) -> People {
    let mut reviewer = ground.world.person("rasoat", "reviewer", Some(HERE)).await;
    let mut approver = ground.world.person("duyet", "approver", Some(HERE)).await;
    reviewer.get(&format!("{BASE}/reviews")).await.is(200);
    let fields = [("period", "2023-H1"), ("cutoff", "30/06/2023")];
    reviewer.post(&format!("{BASE}/reviews"), &fields).await.is(303);
    reviewer.post(&format!("{REVIEW}/collect"), &[]).await.is(303);
    approver.get(REVIEW).await.is(200);
    for verb in ["approve", "freeze", "reports"] {
        approver.post(&format!("{REVIEW}/{verb}"), &[]).await.is(303);
    }
    People { reviewer, approver }
}

/// The observation of T1, and its page.
async fn share(ground: &Ground) -> String {
    let sql = "SELECT o.id FROM targets_observation o JOIN targets_measure m ON m.id = o.measure WHERE m.code = $1";
    let row = ground.world.ground.db.read_one(sql, lt_store::params!["good-share"]).await.unwrap().unwrap();
    let id: lt_kernel::id::Uuid = row.get("id").unwrap();
    format!("{BASE}/observations/{id}")
}

both_engines! {
    async fn a_new_figure_below_the_cutoff_is_refused_whichever_way_it_comes(base) {
        let mut ground = Ground::open(base).await;
        issued(&ground).await;
        let vi = "Kỳ rà soát 2023-H1 của nghị quyết nq-thu đã chốt đến ngày 30/06/2023";
        let en = "The review 2023-H1 of resolution nq-thu is frozen up to 30 Jun 2023";
        let fields = [("measure", "admitted"), ("value", "1"), ("as_of", "30/06/2023")];
        ground.refused(422, [&[vi, "href=\"#f-as_of\""], &[en, "href=\"#f-as_of\""]], async |clerk| {
            clerk.post(&format!("{BASE}/observe"), &fields).await
        }).await;
        let body = json!({"measure": "admitted", "value": "1", "as_of": "2023-06-30"});
        ground.refused(409, [&[vi], &[en]], async |clerk| {
            clerk.post_json(&format!("/api/v1{BASE}/observations"), &body).await
        }).await;
        let table = "measure;value;as_of\nadmitted;1;2023-07-01\nadmitted;1;2023-06-30\n";
        ground.refused_table("a.csv", table.as_bytes(), &[("3", "C3")], [&[vi], &[en]]).await;
        // Another resolution that shares the measure is no way round either.
        let mut secretary = ground.world.person("bithu", "secretary", Some(HERE)).await;
        secretary.get("/resolutions/import").await.is(200);
        let other = FILE.replace("\"nq-thu\"", "\"nq-khac\"").replace("2023-05-01", "2023-06-29").replace("2023-06-01", "2023-06-28");
        let says = [&[vi, "Số liệu thứ 2"][..], &[en, "Observation no. 2"]];
        ground.refused_to(&mut secretary, 422, says, async |who| {
            who.post("/resolutions/import", &[("do", "store"), ("text", &other)]).await
        }).await;
        // Negative control: the day after the cut-off is open.
        let fields = [("measure", "admitted"), ("value", "1"), ("as_of", "01/07/2023")];
        ground.clerk.post(&format!("{BASE}/observe"), &fields).await.is(303);
    }

    async fn a_frozen_figure_that_is_withdrawn_is_said_everywhere_and_changes_no_report(base) {
        let mut ground = Ground::open(base).await;
        let People { mut reviewer, mut approver } = issued(&ground).await;
        let report = format!("{REVIEW}/reports/1");
        let before = reviewer.get(&report).await;
        before.is(200).says("90%").hides("đã được rút");
        let figure = share(&ground).await;
        ground.clerk.get(&figure).await.is(200);
        let version = ground.clerk.hidden("version");
        let withdraw = format!("{figure}/withdraw");
        ground.refused(422, [&["Ô này chưa có nội dung"], &["This field is empty"]], async |clerk| {
            clerk.post(&withdraw, &[("version", &version), ("why", " ")]).await
        }).await;
        ground.clerk.post(&withdraw, &[("version", &version), ("why", "Nhầm với chi bộ khác")]).await.is(303);

        // The live board knows at once; the report stays what it was, and says what happened since.
        let board = ground.world.board("nq-thu", day("2023-06-30")).await;
        let outcome = |board: &lt_targets::book::Board| {
            board.rows().find(|row| row.held.target.code == "T1").unwrap().verdict.outcome.code().to_owned()
        };
        assert_eq!(outcome(&board), "unknown");
        let page = reviewer.get(&report).await;
        page.is(200).says("90%").says("Số liệu làm căn cứ cho báo cáo này đã được rút");
        page.says("Nhầm với chi bộ khác").says(&figure);
        reviewer.get(&format!("{report}?lang=en")).await.says("Figures this report rests on have been withdrawn").says("Nhầm với chi bộ khác");
        reviewer.get(&format!("{report}?lang=vi")).await.is(200);
        let pending = reviewer.get(REVIEW).await;
        pending.is(200).says("Có số liệu khác với bộ đã chốt").says("Lý do: Nhầm với chi bộ khác");

        // Frozen again by a second person, the next version lists the change with its reason, once a cause is stated.
        approver.post(&format!("{REVIEW}/freeze"), &[]).await.is(303);
        approver.post(&format!("{REVIEW}/reports"), &[]).await.is(409).says("T1");
        let cause = [("version", "0"), ("kind", "no-data"), ("cause", "Chưa tổng hợp lại.")];
        reviewer.get(&format!("{REVIEW}/causes/T1")).await.is(200);
        reviewer.post(&format!("{REVIEW}/causes/T1"), &cause).await.is(303);
        approver.post(&format!("{REVIEW}/reports"), &[]).await.is(303);
        let second = reviewer.get(&format!("{REVIEW}/reports/2")).await;
        second.is(200).says("Lý do: Nhầm với chi bộ khác").hides("đã được rút");
        reviewer.get(&report).await.says("Đã có bản 2 của báo cáo này").says("đã được rút").says("90%");
    }
}
