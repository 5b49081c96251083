//! Vietnamese first, English on request, and the choice is remembered.

use crate::world::World;
use lt_testkit::db::Base;

#[tokio::test]
async fn the_switch_is_on_every_page_and_is_remembered() {
    let world = World::with_sample(Base::sqlite()).await;
    let mut browser = world.person("docgia", "reader", Some("chi-bo-cong-ttdt-s3")).await;
    for path in ["/", "/targets", "/resolutions/s3-2017-2020?at=2020-01-06", "/account"] {
        browser.jar.remove("lang");
        let page = browser.get(path).await;
        page.is(200).says("<html lang=\"vi\">").says("lang=en");
        assert_eq!(page.head("content-language"), "vi", "{path}");
        let mark = if path.contains('?') { '&' } else { '?' };
        browser.get(&format!("{path}{mark}lang=en")).await.is(200).says("<html lang=\"en\">");
        assert_eq!(browser.jar["lang"], "en");
        browser.get(path).await.says("<html lang=\"en\">").says("lang=vi");
    }
    browser.get("/resolutions/s3-2017-2020").await.says("Resolution of the 2nd congress");
    browser.get("/resolutions/s3-2017-2020?lang=vi").await.says("Nghị quyết Đại hội Chi bộ");
    browser.get("/targets?lang=xx").await.is(200).says("<html lang=\"vi\">");
}

#[tokio::test]
async fn no_page_shows_a_key_in_place_of_words() {
    let world = World::with_sample(Base::sqlite()).await;
    let mut browser = world.person("quantri", "administrator", None).await;
    for lang in ["vi", "en"] {
        for route in &world.program.routes {
            if route.method != axum::http::Method::GET || route.path.contains('{') {
                continue;
            }
            let page = browser.get(&format!("{}?lang={lang}", route.path)).await;
            if !page.head("content-type").starts_with("text/html") {
                continue;
            }
            for module in ["app-", "web-", "identity-", "targets-", "registry-", "kernel-"] {
                let key = page.body.match_indices(&format!(">{module}")).next();
                assert!(
                    key.is_none(),
                    "{} in {lang} shows a key: {:?}",
                    route.path,
                    key.map(|(at, _)| &page.body[at..(at + 60).min(page.body.len())])
                );
            }
        }
    }
}
