//! What happened: who, when, before, after; and only what the reader's place allows.

use std::collections::BTreeSet;

use lt_testkit::both_engines;

use crate::world::World;

both_engines! {
    async fn a_change_shows_who_when_before_and_after(base) {
        let world = World::with_sample(base).await;
        let mut admin = world.person("quantri", "administrator", None).await;
        let known = world.account("vanthu").await;
        world.give(known.person, Some(world.org("chi-bo-cong-ttdt-s3").await), "reader").await;
        world.clock.advance(86_400 + 3600);
        let mut admin_today = world.person("quantri2", "administrator", None).await;
        let edit = format!("/people/{}/edit", known.person);
        admin_today.get(&edit).await.is(200);
        let version = admin_today.hidden("version");
        let fields = [("name", "Tên Sau Khi Sửa"), ("version", version.as_str())];
        admin_today.post(&edit, &fields).await.is(303);
        let page = admin_today.get(&format!("/history?thing={}", known.person)).await;
        page.is(200).says("Cán bộ quantri2").says("Tên Sau Khi Sửa").says("Cán bộ vanthu").says("03/03/2026");
        // The page goes by day as well; the old session has ended by itself.
        admin_today.get("/history?until=02/03/2026").await.is(200).hides("Tên Sau Khi Sửa");
        admin_today.get("/history?from=03/03/2026&until=03/03/2026").await.is(200).says("Tên Sau Khi Sửa");
        admin.get("/history").await.is(303);
    }

    async fn only_what_the_place_allows_is_shown(base) {
        let world = World::with_sample(base).await;
        let mut here = world.person("kiemtra", "auditor", Some("chi-bo-cong-ttdt-s3")).await;
        let page = here.get("/history?noun=targets.resolution").await;
        page.is(200).says("s3-2017-2020").says("s3-2020-2022").hides("s1-2020-2025").hides("s0-2015-2020");
        let mut everywhere = world.person("kiemtratinh", "auditor", None).await;
        everywhere.get("/history?noun=targets.resolution").await.says("s1-2020-2025").says("s3-2017-2020");
        let mut reader = world.person("docgia", "reader", None).await;
        reader.get("/history").await.is(403);
    }

    async fn sights_of_personal_data_are_found_with_their_purpose(base) {
        let world = World::with_sample(base).await;
        let mut admin = world.person("quantri", "administrator", None).await;
        let known = world.account("vanthu").await;
        admin.get(&format!("/people/{}", known.person)).await.is(200);
        let page = admin.get("/history?noun=identity.sight").await;
        page.is(200).says("Lượt xem dữ liệu cá nhân: xem").says("Cán bộ quantri").says("quản trị tài khoản và vai trò");
        // To read the whole history is a sight too, of whoever is in it; to read about sights is none.
        let before = world.count("identity_sight").await;
        admin.get("/history?noun=identity.sight").await.is(200);
        assert_eq!(world.count("identity_sight").await, before);
        admin.get("/history").await.is(200);
        assert!(world.count("identity_sight").await > before);
        admin.get("/history?noun=identity.sight").await.says("tra cứu nhật ký thay đổi").says("Số người");
    }

    async fn sign_ins_are_shown_when_they_are_asked_for(base) {
        let world = World::with_sample(base).await;
        let mut auditor = world.person("kiemtra", "auditor", None).await;
        auditor.get("/history").await.is(200).says("<time").hides("Phiên làm việc: ");
        for path in ["/history?noun=all", "/history?noun=identity.session"] {
            auditor.get(path).await.is(200).says("Phiên làm việc: ");
        }
    }

    async fn odd_filters_are_answered_in_words(base) {
        let world = World::with_sample(base).await;
        let mut auditor = world.person("kiemtra", "auditor", None).await;
        auditor.get("/history?from=chuối").await.is(200).says("Ngày phải viết dd/mm/yyyy");
        auditor.get("/history?thing=chuối").await.is(200).says("không đúng dạng");
        auditor.get("/history?before=chuối&noun=%25%27").await.is(200);
        auditor.get("/history?noun=khong.co").await.is(200).says("Không có thay đổi nào khớp");
    }

    async fn all_pages_together_show_every_change_once(base) {
        let world = World::with_sample(base).await;
        let mut auditor = world.person("kiemtra", "auditor", None).await;
        let all = world.count("store_change").await;
        let (mut path, mut seen) = ("/history?noun=all".to_owned(), BTreeSet::new());
        for _ in 0..100 {
            let page = auditor.get(&path).await;
            let lines = i64::try_from(page.is(200).body.matches("<time").count()).unwrap();
            assert!(lines <= 30, "one page at a time");
            seen.insert((path.clone(), lines));
            // The way on leads to smaller numbers; the way back has none.
            let number = |link: &str| link.split("before=").nth(1)?.split(['"', '&']).next()?.parse::<i64>().ok();
            let now = number(&path).unwrap_or(i64::MAX);
            let links = page.body.split("href=\"").skip(1);
            match links.filter_map(|link| number(link.split('"').next()?)).filter(|next| *next < now).min() {
                Some(next) => path = format!("/history?noun=all&before={next}"),
                None => break,
            }
        }
        let seen: i64 = seen.iter().map(|(_, lines)| lines).sum();
        assert_eq!(seen, all);
    }
}
