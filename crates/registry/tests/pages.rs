//! The pages as people meet them.
#![expect(clippy::unwrap_used, reason = "a test that meets the unexpected should end")]

use std::sync::Arc;

use axum::body::Body;
use axum::http::{Extensions, Request, StatusCode, header};
use lt_kernel::Lang;
use lt_kernel::id::{AccountId, Ids, Uuid};
use lt_module::Host;
use lt_registry::{Kind, MIGRATIONS, Registry, WORDS, module, seed_if_new, shipped_id};
use lt_testkit::db::Base;
use lt_web::{Grant, Scope, Shell, Viewer, Words, layers};
use tower::ServiceExt as _;

struct FixedIds;

impl Ids for FixedIds {
    fn random(&self) -> [u8; 10] {
        [7; 10]
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
    Host { db, clock: base.clock(), ids: Arc::new(FixedIds), indicators: Arc::default(), shell, parts: Arc::new(parts) }
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
