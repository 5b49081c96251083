//! What protects every answer, and how the program says no.

use axum::http::Method;
use lt_testkit::both_engines;
use lt_testkit::db::Base;

use crate::browser::Answer;
use crate::world::World;

#[track_caller]
fn is_protected(answer: &Answer, path: &str) {
    let policy = answer.head("content-security-policy");
    assert!(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"), "{path}: {policy}");
    assert!(!policy.contains("unsafe"), "{path}: {policy}");
    assert_eq!(answer.head("x-content-type-options"), "nosniff", "{path}");
    assert_eq!(answer.head("x-frame-options"), "DENY", "{path}");
    assert_eq!(answer.head("referrer-policy"), "same-origin", "{path}");
    assert!(!answer.head("cache-control").is_empty(), "{path}: caching is not left to chance");
    for sign in [" style=\"", "<style", " onclick=", " onload=", "javascript:", "<script>"] {
        assert!(!answer.body.contains(sign), "{path} holds {sign}, which the policy forbids");
    }
}

#[tokio::test]
async fn every_answer_carries_the_protecting_headers() {
    let world = World::with_sample(Base::sqlite()).await;
    let mut browser = world.person("quantri", "administrator", None).await;
    for route in world.program.routes.iter().filter(|route| route.method == Method::GET) {
        let path = route.path.replace("{code}", "s3-2017-2020").replace("{target}", "P7").replace(['{', '}'], "x");
        is_protected(&browser.get(&path).await, &path);
    }
    for path in ["/khong-co", "/api/v1/khong-co", "/assets/khong-co.css"] {
        is_protected(browser.get(path).await.is(404), path);
    }
    is_protected(browser.post_with("/people/new", &[], "sai").await.is(403), "POST with a wrong token");
    is_protected(&world.browser().get("/targets").await, "a redirect");
    let mut nobody = world.browser();
    nobody.bearer = Some("khong-phai-khoa".into());
    is_protected(&nobody.get("/api/v1/openapi.json").await, "a wrong token of the interface");
}

both_engines! {
    async fn a_form_of_another_session_is_refused(base) {
        let world = World::with_sample(base).await;
        let mut one = world.person("motnguoi", "administrator", None).await;
        let mut other = world.person("nguoikhac", "administrator", None).await;
        one.get("/people/new").await.is(200);
        other.get("/people/new").await.is(200);
        let before = world.count("identity_person").await;
        let fields = [("name", "Người Mới"), ("login", "nguoimoi")];
        for csrf in ["", "sai", &other.csrf()] {
            one.post_with("/people/new", &fields, csrf).await.is(403).says("Biểu mẫu đã hết hiệu lực");
        }
        assert_eq!(world.count("identity_person").await, before);
        one.get("/people/new").await;
        one.post("/people/new", &fields).await.is(200);
        assert_eq!(world.count("identity_person").await, before + 1, "with its own token it is taken");
    }
}

#[tokio::test]
async fn what_is_not_there_or_not_allowed_is_said_in_both_languages() {
    let world = World::with_sample(Base::sqlite()).await;
    let mut reader = world.person("docgia", "reader", Some("chi-bo-cong-ttdt-s3")).await;
    reader.get("/khong-co").await.is(404).says("Không tìm thấy trang").says("<html lang=\"vi\">");
    reader.get("/khong-co?lang=en").await.is(404).says("<html lang=\"en\">").hides("Không tìm thấy");
    reader.get("/people").await.is(403).says("<html lang=\"en\">").hides("Không có quyền");
    reader.get("/people?lang=vi").await.is(403).says("Không có quyền");
    reader.get("/resolutions/khong-co").await.is(404).says("Không tìm thấy trang");
    reader.get("/resolutions/s3-2017-2020/targets/khong-co").await.is(404).says("Không tìm thấy trang");
    reader.get("/resolutions/s1-2020-2025").await.is(403).says("Không có quyền");
    reader.send(Method::DELETE, "/targets", "", Vec::new()).await.is(405).says("Không làm được theo cách này");
}

#[track_caller]
fn is_problem(answer: &Answer, status: u16, code: &str) {
    answer.is(status);
    assert_eq!(answer.head("content-type"), "application/problem+json", "{}", answer.body);
    let problem = answer.json();
    assert_eq!(problem["status"], status, "{problem}");
    assert_eq!(problem["code"], code, "{problem}");
    assert!(problem["type"].as_str().unwrap().contains(code) && !problem["title"].as_str().unwrap().is_empty());
}

#[tokio::test]
async fn the_interface_answers_with_problems_as_rfc_9457_has_them() {
    let world = World::with_sample(Base::sqlite()).await;
    let mut nobody = world.browser();
    is_problem(&nobody.get("/api/v1/khong-co").await, 404, "not-found");
    is_problem(&nobody.send(Method::DELETE, "/api/v1/openapi.json", "", Vec::new()).await, 405, "method");
    nobody.bearer = Some("khong-phai-khoa".into());
    is_problem(&nobody.get("/api/v1/khong-co").await, 401, "sign-in");
    let mut reader = world.person("docgia", "reader", Some("chi-bo-cong-ttdt-s3")).await;
    // A cookie alone never writes through the interface.
    let answer = reader.send(Method::POST, "/api/v1/khong-co", "application/json", b"{}".to_vec()).await;
    is_problem(&answer, 403, "form-expired");
}

#[tokio::test]
async fn the_document_of_the_interface_is_served_with_a_page() {
    let world = World::empty(Base::sqlite()).await;
    let document = world.browser().get("/api/v1/openapi.json").await.is(200).json();
    assert!(document["openapi"].as_str().unwrap().starts_with("3."), "{document}");
    let routes: Vec<&str> = world.program.routes.iter().map(|route| route.path).collect();
    for path in document["paths"].as_object().unwrap().keys() {
        assert!(routes.contains(&path.as_str()), "{path} is in the document, but the program has no such route");
    }
    for path in routes.iter().filter(|path| path.starts_with("/api/v1/") && !path.ends_with("openapi.json")) {
        assert!(document["paths"].get(*path).is_some(), "{path} is not in the document");
    }
    world.browser().get("/api").await.is(200).says("/api/v1/openapi.json");
    // In the reader's language, on the page and in the document.
    world.browser().get("/api").await.says("Bảng theo dõi và kết luận").hides("Boards and verdicts");
    world.browser().get("/api?lang=en").await.says("Boards and verdicts").hides("Bảng theo dõi và kết luận");
    world.browser().get("/api/v1/openapi.json?lang=vi").await.says("Bảng theo dõi và kết luận");
}
