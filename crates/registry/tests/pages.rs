//! The pages as people meet them.
#![expect(clippy::unwrap_used, reason = "a test that meets the unexpected should end")]

use std::sync::Arc;

use axum::body::Body;
use axum::http::{Extensions, Request, StatusCode, header};
use lt_kernel::Lang;
use lt_kernel::id::{AccountId, Ids, OrgId, Uuid};
use lt_module::Host;
use lt_registry::{Kind, MIGRATIONS, NotTaken, Registry, Successors, WORDS, module, seed_if_new, shipped_id};
use lt_testkit::db::Base;
use lt_web::{Grant, Scope, Shell, Viewer, Words, layers};
use tower::ServiceExt as _;

/// Identifiers one after the other.
#[derive(Default)]
struct CountedIds(std::sync::atomic::AtomicU8);

impl Ids for CountedIds {
    fn random(&self) -> [u8; 10] {
        [self.0.fetch_add(1, std::sync::atomic::Ordering::Relaxed); 10]
    }
}

fn words() -> Words {
    Words::load(&[("web", lt_web::WORDS), ("registry", WORDS)]).unwrap()
}

async fn host(base: &Base) -> Host {
    let db = base.open().await;
    db.migrate(&[("registry", MIGRATIONS)]).await.unwrap();
    seed_if_new(&db).await.unwrap();
    let mut parts = Extensions::new();
    parts.insert(Registry::new(db.clone()));
    let shell = Shell::new(words(), Vec::new());
    Host {
        db,
        clock: base.clock(),
        ids: Arc::<CountedIds>::default(),
        indicators: Arc::default(),
        shell,
        parts: Arc::new(parts),
    }
}

fn keeper() -> Viewer {
    let grant = |permission: &str| Grant { permission: permission.into(), scope: Scope::All };
    Viewer {
        account: Some(AccountId(Uuid::from_u128(1))),
        grants: Arc::new(vec![grant("registry.manage")]),
        csrf: "token".into(),
        lang: Lang::Vi,
        ..Viewer::default()
    }
}

async fn sent(host: &Host, viewer: Viewer, request: Request<Body>) -> (StatusCode, String) {
    let (router, _) = module().routes.split();
    let router = layers::pages(router.with_state(host.clone()), host.shell.clone());
    let router = router.layer(axum::Extension(viewer));
    let answer = router.oneshot(request).await.unwrap();
    let status = answer.status();
    let bytes = axum::body::to_bytes(answer.into_body(), 10_000_000).await.unwrap();
    (status, String::from_utf8(bytes.to_vec()).unwrap())
}

async fn page(host: &Host, viewer: Viewer, address: &str) -> (StatusCode, String) {
    sent(host, viewer, Request::get(address).body(Body::empty()).unwrap()).await
}

async fn post(host: &Host, viewer: Viewer, address: &str, form: &str) -> (StatusCode, String) {
    let request = Request::post(address).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    sent(host, viewer, request.body(Body::from(format!("_csrf=token&{form}"))).unwrap()).await
}

#[test]
fn every_kind_has_a_word() {
    let words = words();
    assert!(Kind::ALL.iter().all(|kind| words.has(&kind.words_key())));
}

#[tokio::test]
async fn the_tree_is_that_of_the_day_asked() {
    let host = host(&Base::sqlite()).await;
    let (status, before) = page(&host, keeper(), "/organisations?at=2020-06-30").await;
    assert_eq!(status, StatusCode::OK, "{before}");
    assert!(before.contains("tỉnh Long An") && !before.contains("thành phố Đồng Nai"));
    let (_, after) = page(&host, keeper(), "/organisations?at=2026-05-01").await;
    assert!(!after.contains("tỉnh Long An") && after.contains("thành phố Đồng Nai"));
    let (_, hits) = page(&host, keeper(), "/organisations?at=2020-06-30&q=long+an").await;
    assert!(hits.contains("tỉnh Long An") && !hits.contains("tỉnh Cà Mau"));
    let (_, csv) = page(&host, keeper(), "/organisations.csv?at=2025-07-01").await;
    assert!(csv.contains("Ủy ban nhân dân tỉnh Tây Ninh") && csv.contains("qd20:H53"));
    let (status, _) = page(&host, keeper(), "/organisations?at=30-30").await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn an_ended_province_says_who_receives_for_it() {
    let host = host(&Base::sqlite()).await;
    let address = format!("/organisations/{}?at=2025-07-02", shipped_id("long-an"));
    let (status, html) = page(&host, keeper(), &address).await;
    assert_eq!(status, StatusCode::OK, "{html}");
    assert!(html.contains("tỉnh Tây Ninh") && html.contains("202/2025/QH15") && html.contains("H39"));
    let (_, english) = page(&host, keeper(), &format!("{address}&lang=en")).await;
    assert!(english.contains("Who receives for it"));
}

#[tokio::test]
async fn forms_change_the_registry_or_say_why_not() {
    let host = host(&Base::sqlite()).await;
    let form = "name=S%E1%BB%9F+N%E1%BB%99i+v%E1%BB%A5&kind=department&level=2&parent=H37&scheme=qd20&value=H37.12\
        &date=01%2F03%2F2026&act=01%2FQD";
    let (status, body) = post(&host, keeper(), "/organisations/new", form).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{body}");
    let directory = host.part::<Registry>().unwrap().directory().await.unwrap();
    let day = jiff::civil::date(2026, 3, 1);
    let id = directory.by_code("qd20", "H37.12", day).unwrap();
    assert_eq!(directory.parent(id, day), Some(shipped_id("lang-son")));
    let verb = format!("/organisations/{id}/rename");
    assert_eq!(page(&host, keeper(), &verb).await.0, StatusCode::OK);
    let (status, html) = post(&host, keeper(), &verb, "name=X&date=01%2F01%2F2020&act=2").await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(html.contains("không tồn tại vào ngày 01/01/2020"), "{html}");
    let (status, _) = post(&host, keeper(), &verb, "name=X&date=02%2F03%2F2026&act=2").await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let close = format!("/organisations/{}/close", shipped_id("lang-son"));
    let (status, html) = post(&host, keeper(), &close, "date=01%2F04%2F2026&act=3").await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(html.contains("còn 1 đơn vị trực thuộc"), "{html}");
}

/// A committee of Đồng Nai founds a department by form; its identifier.
async fn department(host: &Host, code: &str) -> OrgId {
    let form = format!(
        "name=S%E1%BB%9F+{code}&kind=department&level=2&parent=H19&scheme=qd20&value={code}&date=01%2F08%2F2025&act=01%2FQD"
    );
    let (status, body) = post(host, keeper(), "/organisations/new", &form).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{body}");
    let directory = host.part::<Registry>().unwrap().directory().await.unwrap();
    directory.by_code("qd20", code, jiff::civil::date(2025, 8, 1)).unwrap()
}

#[tokio::test]
async fn a_contact_is_entered_without_an_act_and_shown_with_its_past() {
    let host = host(&Base::sqlite()).await;
    let org = department(&host, "H19.05").await;
    let verb = format!("/organisations/{org}/contact");
    let first = "address=12+Hung+Vuong&phone=0251+382&email=vt%40example.gov.vn&date=02%2F08%2F2025";
    assert_eq!(post(&host, keeper(), &verb, first).await.0, StatusCode::SEE_OTHER);
    let (_, form) = page(&host, keeper(), &verb).await;
    assert!(form.contains("0251 382") && form.contains("vt@example.gov.vn"), "what holds stands in the form: {form}");
    for (bad, says) in
        [("phone=abc", "không phải là số điện thoại"), ("website=javascript:1", "phải bắt đầu bằng https")]
    {
        let (status, html) = post(&host, keeper(), &verb, &format!("{bad}&date=03%2F08%2F2025")).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(html.contains(says), "{html}");
    }
    let next = "phone=0251+999&date=01%2F09%2F2025&act=7";
    assert_eq!(post(&host, keeper(), &verb, next).await.0, StatusCode::SEE_OTHER);
    let (_, before) = page(&host, keeper(), &format!("/organisations/{org}?at=2025-08-31")).await;
    assert!(before.contains("12 Hung Vuong · 0251 382 · vt@example.gov.vn"), "the past in the history: {before}");
    let (_, after) = page(&host, keeper(), &format!("/organisations/{org}?at=2025-09-01")).await;
    assert!(after.contains("Điện thoại") && !after.contains("Địa chỉ"), "only what holds that day: {after}");
}

#[tokio::test]
async fn a_territory_is_reclassified_a_function_handed_over_and_a_split_told_with_its_territory() {
    let host = host(&Base::sqlite()).await;
    let (one, other) = (department(&host, "H19.05").await, department(&host, "H19.06").await);
    let third = department(&host, "H19.07").await;
    let area = |class: &str| format!("class={class}&area=Khu+A&date=01%2F09%2F2025&act=2");
    let verb = format!("/organisations/{one}/reclassify");
    assert_eq!(page(&host, keeper(), &verb).await.0, StatusCode::OK);
    let (status, html) = post(&host, keeper(), &verb, &area("kingdom")).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{html}");
    assert!(html.contains("không phải là loại đơn vị hành chính"));
    let (status, html) = post(&host, keeper(), &verb, &area("district")).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(html.contains("203/2025/QH15") && html.contains("01/07/2025"), "{html}");
    assert_eq!(post(&host, keeper(), &verb, &area("ward")).await.0, StatusCode::SEE_OTHER);
    let verb = format!("/organisations/{one}/hand-over");
    assert_eq!(page(&host, keeper(), &verb).await.0, StatusCode::OK);
    let (status, html) = post(&host, keeper(), &verb, "to=H19.06&functions=+%2C&date=01%2F09%2F2025&act=2").await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(html.contains("Chưa nêu chức năng"), "{html}");
    let good = "to=H19.06&functions=press%2C+books&date=01%2F09%2F2025&act=2";
    assert_eq!(post(&host, keeper(), &verb, good).await.0, StatusCode::SEE_OTHER);
    let split = format!("/organisations/{one}/split");
    let parts = "parts=H19.06%3B+it%0AH19.07%3B+%3B+Khu+A1%2C+Khu+A2&first=1&date=01%2F10%2F2025&act=3";
    let (status, html) = post(&host, keeper(), &split, parts).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{html}");
    let directory = host.part::<Registry>().unwrap().directory().await.unwrap();
    let day = jiff::civil::date(2025, 9, 1);
    assert_eq!(directory.org(one).unwrap().territories.at(day).unwrap().class, "ward");
    assert!(matches!(directory.successor(one, day, Some("books")), Successors::One(end, _) if end == other));
    assert_eq!(directory.successor(one, day, None), Successors::Same);
    let given = directory.given(one).iter().find(|given| given.to == third).unwrap();
    assert_eq!(given.territory, ["Khu A1", "Khu A2"]);
    let (_, html) = page(&host, keeper(), &format!("/organisations/{one}")).await;
    assert!(html.contains("Khu A1, Khu A2") && html.contains("press, books"), "{html}");
    // Held for the giver only: not for whoever would receive.
    let scope = Scope::Orgs(Arc::new([other].into()));
    let grants = Arc::new(vec![Grant { permission: "registry.manage".into(), scope }]);
    let verb = format!("/organisations/{other}/hand-over");
    let to_third = "to=H19.07&functions=press&date=01%2F11%2F2025&act=2";
    assert_eq!(post(&host, Viewer { grants, ..keeper() }, &verb, to_third).await.0, StatusCode::FORBIDDEN);
    assert_eq!(post(&host, keeper(), &verb, to_third).await.0, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_district_cannot_be_founded_today_and_the_page_names_the_resolution() {
    let host = host(&Base::sqlite()).await;
    let form = |day: &str| format!("name=Huyen&kind=district&level=2&scheme=qd20&value=H39.9&date={day}&act=9");
    let (status, html) = post(&host, keeper(), "/organisations/new", &form("01%2F07%2F2025")).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(html.contains("không còn cấp huyện (Nghị quyết số 203/2025/QH15)"), "{html}");
    let (status, _) = post(&host, keeper(), "/organisations/new", &form("30%2F06%2F2025")).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let directory = host.part::<Registry>().unwrap().directory().await.unwrap();
    let (_, org) = *directory.holders("qd20", "H39.9").first().unwrap();
    let (_, html) = page(&host, keeper(), &format!("/organisations/{org}?at=2025-07-02")).await;
    assert!(html.contains("Đã kết thúc từ 01/07/2025") && html.contains("203/2025/QH15"), "{html}");
}

#[test]
fn every_refusal_of_a_letter_and_of_a_level_has_its_words() {
    let words = words();
    let refused = [
        NotTaken::NobodysCode { value: "H99".into() },
        NotTaken::NoSuccessor { value: "H99".into(), name: "Sở A".into() },
        NotTaken::Over {
            value: "H99".into(),
            name: "Sở A".into(),
            last: jiff::civil::date(2025, 9, 28),
            instead: vec![("Sở B".into(), Some("H98".into())), ("Sở C".into(), None)],
        },
    ];
    for lang in [Lang::Vi, Lang::En] {
        let said = refused.clone().map(|refused| words.said(lang, &refused.said()));
        assert!(said.iter().all(|text| text.contains("H99") && !text.contains("registry-")), "{said:?}");
        assert!(said[2].contains("Sở B (H98); Sở C") && said[2].contains("28"), "{said:?}");
    }
    // A level that is abolished later by a line in the rules needs its sentence too.
    let gone = Kind::ALL.into_iter().filter(|kind| lt_registry::levels::abolished(*kind).is_some());
    for kind in gone {
        assert!(words.has(&format!("registry-refused-abolished-{}", kind.word().replace('_', "-"))));
    }
}

#[tokio::test]
async fn who_may_not_change_it_may_still_read() {
    let host = host(&Base::sqlite()).await;
    let id = shipped_id("long-an");
    let reader = Viewer { grants: Arc::default(), ..keeper() };
    assert_eq!(page(&host, reader.clone(), "/organisations").await.0, StatusCode::OK);
    assert_eq!(page(&host, reader.clone(), &format!("/organisations/{id}/rename")).await.0, StatusCode::FORBIDDEN);
    assert_eq!(page(&host, reader, "/organisations/import").await.0, StatusCode::FORBIDDEN);
    // Held for one organisation only: not for another, and not for founding at the top.
    let scope = Scope::Orgs(Arc::new([id].into()));
    let grants = Arc::new(vec![Grant { permission: "registry.manage".into(), scope }]);
    let one = Viewer { grants, ..keeper() };
    let other = format!("/organisations/{}/rename", shipped_id("lang-son"));
    assert_eq!(post(&host, one.clone(), &other, "name=X&date=02%2F03%2F2026&act=2").await.0, StatusCode::FORBIDDEN);
    let top = "name=X&kind=other&level=1&date=02%2F03%2F2026&act=2";
    assert_eq!(post(&host, one, "/organisations/new", top).await.0, StatusCode::FORBIDDEN);
    let anonymous = page(&host, Viewer::default(), "/organisations").await.0;
    assert_ne!(anonymous, StatusCode::OK);
}

#[tokio::test]
async fn a_scheme_of_codes_has_a_name_for_people() {
    let host = host(&Base::sqlite()).await;
    let org = department(&host, "H19.05").await;
    for (lang, name, taken) in [
        ("vi", "Mã định danh (QĐ 20/2020/QĐ-TTg)", "Mã H19.05 (Mã định danh (QĐ 20/2020/QĐ-TTg)) đang do"),
        (
            "en",
            "Identifier (Decision 20/2020/QĐ-TTg)",
            "The code H19.05 (Identifier (Decision 20/2020/QĐ-TTg)) is held",
        ),
    ] {
        let (_, shown) = page(&host, keeper(), &format!("/organisations/{org}?at=2025-08-01&lang={lang}")).await;
        assert!(shown.contains(name) && !shown.contains("qd20"), "{shown}");
        let (_, form) = page(&host, keeper(), &format!("/organisations/new?lang={lang}")).await;
        assert!(form.contains(&format!("<option value=\"qd20\">{name}</option>")), "{form}");
        let lang = if lang == "vi" { Lang::Vi } else { Lang::En };
        let twice = "name=S&kind=department&level=2&parent=H19&scheme=qd20&value=H19.05&date=01%2F08%2F2025&act=1";
        let (status, html) = post(&host, Viewer { lang, ..keeper() }, "/organisations/new", twice).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        let plain = html.replace(['\u{2068}', '\u{2069}'], "");
        assert!(plain.contains(taken), "{plain}");
    }
}
