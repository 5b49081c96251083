//! From opening a review to the second version of its report, as people press the buttons.

use lt_testkit::both_engines;
use lt_testkit::db::Base;
use lt_testkit::paper::{docx_words, pdf_words};

use crate::browser::Browser;
use crate::world::World;

const HERE: &str = "chi-bo-cong-ttdt-s3";
const RESOLUTION: &str = "/resolutions/s3-2020-2022";
const REVIEW: &str = "/resolutions/s3-2020-2022/reviews/2022";
const WHY: &str = "Lớp học hoãn vì dịch bệnh";
const CHANGED: &str = "ngày 30/06/2021: 1 → 2";

/// Everybody a report needs.
struct People {
    world: World,
    clerk: Browser,
    reviewer: Browser,
    approver: Browser,
}

impl People {
    async fn at_work(base: Base) -> Self {
        let world = World::with_sample(base).await;
        let clerk = world.person("nhaplieu", "recorder", Some(HERE)).await;
        let known = world.account("taphop").await;
        // Who collects could also approve, were it somebody else's collection.
        for role in ["reviewer", "approver"] {
            world.give(known.person, Some(world.org(HERE).await), role).await;
        }
        let reviewer = world.signed_in(&known).await;
        let approver = world.person("duyet", "approver", Some(HERE)).await;
        Self { world, clerk, reviewer, approver }
    }

    /// Presses a verb of the review as it is shown now.
    async fn press(browser: &mut Browser, verb: &str) -> crate::browser::Answer {
        browser.get(REVIEW).await.is(200);
        browser.post(&format!("{REVIEW}/{verb}"), &[]).await
    }

    /// One figure, a review of the last year, collected, approved by the second person and frozen.
    async fn freeze(&mut self) {
        self.clerk.get(&format!("{RESOLUTION}/observe?measure=intermediate-course")).await.is(200);
        let figure = [("measure", "intermediate-course"), ("value", "1"), ("as_of", "30/06/2021")];
        self.clerk.post(&format!("{RESOLUTION}/observe"), &figure).await.is(303);

        self.reviewer.get(&format!("{RESOLUTION}/reviews")).await.is(200);
        let asked = [("period", "2022"), ("cutoff", "31/12/2022")];
        let opened = self.reviewer.post(&format!("{RESOLUTION}/reviews"), &asked).await;
        assert_eq!(opened.is(303).location(), REVIEW);
        let page = self.reviewer.get(REVIEW).await;
        page.is(200).says("Còn thiếu");
        let missing = page.body.split_once("Còn thiếu").unwrap().1;
        for target in ["T17", "T18a", "T19", "T20", "T21", "T22"] {
            assert!(missing.contains(&format!("/targets/{target}\"")), "{target} lacks something: {missing}");
        }

        Self::press(&mut self.approver, "freeze").await.is(409);
        Self::press(&mut self.reviewer, "collect").await.is(303);
        let own = Self::press(&mut self.reviewer, "approve").await;
        own.is(409).says("Người tập hợp không được tự duyệt");
        Self::press(&mut self.approver, "reports").await.is(409);
        Self::press(&mut self.approver, "approve").await.is(303);
        Self::press(&mut self.approver, "freeze").await.is(303);
    }

    async fn reports(&self) -> i64 {
        self.world.count("targets_report").await
    }

    /// Issuing is refused until each missed or open target has its cause; which ones were named, in order.
    async fn explain(&mut self) -> Vec<String> {
        let mut named = Vec::new();
        loop {
            let answer = Self::press(&mut self.approver, "reports").await;
            if answer.status.as_u16() == 303 {
                assert_eq!(answer.location(), format!("{REVIEW}/reports/1"));
                return named;
            }
            answer.is(409);
            assert_eq!(self.reports().await, 0, "a refused report leaves nothing behind");
            let before = answer.body.split(" chưa nêu nguyên nhân").next().unwrap();
            let target = before.rsplit(['>', ' ']).next().unwrap().to_owned();
            answer.says(&format!("{target} chưa nêu nguyên nhân"));
            assert!(!named.contains(&target), "{target} has its cause and still blocks");
            let mut english = self.approver.clone();
            english.get(&format!("{REVIEW}?lang=en")).await.is(200);
            let told = english.post(&format!("{REVIEW}/reports"), &[]).await;
            told.is(409).says(&format!("{target} has no cause")).hides("chưa nêu nguyên nhân");
            self.approver.get(&format!("{REVIEW}?lang=vi")).await.is(200);

            let place = format!("{REVIEW}/causes/{target}");
            self.reviewer.get(&place).await.is(200);
            let empty = [("kind", "objective"), ("cause", " "), ("remedy", ""), ("version", "0")];
            self.reviewer.post(&place, &empty).await.is(422);
            let stated = [("kind", "objective"), ("cause", WHY), ("remedy", "Mở lớp bù"), ("version", "0")];
            self.reviewer.post(&place, &stated).await.is(303);
            named.push(target);
        }
    }

    /// The figure of the first half of 2021 was 2, not 1.
    async fn correct(&mut self) {
        let page = self.clerk.get(REVIEW).await;
        let place = page.is(200).body.split("href=\"").map(|part| part.split('"').next().unwrap());
        let places: Vec<&str> = place.filter(|href| href.contains("/correct/")).collect();
        let mut found = None;
        for place in places {
            if self.clerk.get(place).await.is(200).body.contains("30/06/2021") {
                found = Some(place);
            }
        }
        let place = found.expect("the figure can be corrected");
        self.clerk.get(place).await.is(200);
        let version = self.clerk.hidden("version");
        let fields = [("value", "2"), ("evidence", "Quyết định cử đi học"), ("version", version.as_str())];
        self.clerk.post(place, &fields).await.is(422);
        let why = [("why", "Sót một người trong sổ")];
        self.clerk.post(place, &[fields.as_slice(), &why].concat()).await.is(303);
    }

    /// The words of a version: page, DOCX and, where it can be read, PDF.
    async fn words(&mut self, version: u32) -> Vec<(&'static str, String)> {
        let place = format!("{REVIEW}/reports/{version}");
        let page = self.approver.get(&place).await.is(200).body.clone();
        let docx = docx_words(&self.approver.get(&format!("{place}.docx")).await.is(200).bytes);
        let pdf = pdf_words(&self.approver.get(&format!("{place}.pdf")).await.is(200).bytes);
        [("page", page), ("docx", docx)].into_iter().chain(pdf.map(|text| ("pdf", text))).collect()
    }
}

both_engines! {
    async fn a_report_waits_for_its_causes_and_a_correction_makes_the_second_version(base) {
        let mut people = People::at_work(base).await;
        people.freeze().await;
        let named = people.explain().await;
        assert!(named.contains(&"T20".to_owned()) && named.contains(&"T17".to_owned()), "{named:?}");
        assert_eq!(people.reports().await, 1);
        for (kind, words) in people.words(1).await {
            assert!(words.contains("T20") && words.contains(WHY), "{kind}: {words}");
            assert!(!words.contains(CHANGED), "{kind}: {words}");
        }
        let again = People::press(&mut people.approver, "reports").await;
        again.is(409).says("Nội dung không khác bản đã ban hành gần nhất");
        let nothing = People::press(&mut people.approver, "freeze").await;
        nothing.is(409);

        people.correct().await;
        people.approver.get(REVIEW).await.is(200).says("1 → 2");
        let again = People::press(&mut people.approver, "reports").await;
        again.is(409);
        assert_eq!(people.reports().await, 1, "what was corrected counts once it is frozen");
        People::press(&mut people.approver, "freeze").await.is(303);
        let second = People::press(&mut people.approver, "reports").await;
        assert_eq!(second.is(303).location(), format!("{REVIEW}/reports/2"));
        assert_eq!(people.reports().await, 2);
        for (kind, words) in people.words(2).await {
            assert!(words.contains(CHANGED), "{kind}: {words}");
        }
        for (kind, words) in people.words(1).await {
            assert!(!words.contains(CHANGED), "the first version stays as it was, {kind}: {words}");
        }
        people.approver.get(&format!("{REVIEW}/reports/3")).await.is(404);
        let mut stranger = people.world.person("nguoila", "reader", Some("dang-bo-so-tttt-long-an")).await;
        for place in ["reports/1", "reports/1.pdf", "reports/1.docx", "reports/2"] {
            stranger.get(&format!("{REVIEW}/{place}")).await.is(403);
        }
    }
}
