//! Pages as they leave the program.

use std::collections::HashSet;

use axum::http::{Request, StatusCode};
use lt_kernel::Said;
use lt_store::StoreError;
use lt_web::{Access, Html, Problem, Routes, View, Viewer, codes, design};

use crate::{get, send, signed_in};

fn routes() -> Routes<()> {
    Routes::new()
        .get("/hello", Access::Public, async |view: View| view.page("Xin chào").body(&Html::text("ok")))
        .get("/full", Access::Public, async || Err::<String, _>(Problem::from(StoreError::Full)))
        .get("/api/v1/full", Access::Public, async || Err::<String, _>(Problem::from(StoreError::Full)))
        .get("/stale", Access::Public, async || Err::<String, _>(Problem::from(StoreError::Stale)))
        .get("/both", Access::Public, async || {
            Err::<String, _>(Problem::stale_between(Html::text("<mine>"), Html::text("theirs"), "/hello"))
        })
        .get("/api/v1/invalid", Access::Public, async || {
            Err::<String, _>(Problem::invalid(vec![("name".into(), Said::new("web-fault-empty"))]))
        })
        .get("/panic", Access::Public, async || -> &'static str { panic!("a handler with a fault") })
        .get("/number/{n}", Access::Public, async |axum::extract::Path(n): axum::extract::Path<u8>| n.to_string())
        .and(design::routes())
}

#[tokio::test]
async fn every_answer_is_protected() {
    for address in ["/hello", "/nowhere", "/panic"] {
        let answer = send(routes(), signed_in(&[]), get(address)).await;
        let policy = answer.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
        assert!(policy.contains("frame-ancestors 'none'") && policy.contains("form-action 'self'"));
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(answer.header("referrer-policy"), "same-origin");
        assert!(answer.header("permissions-policy").contains("camera=()"));
        assert_eq!(answer.header("cache-control"), "no-store", "{address}");
    }
    let answer = send(routes(), Viewer::default(), get("/hello")).await;
    assert_eq!(answer.header("cache-control"), "private, no-cache");
}

#[tokio::test]
async fn problems_are_pages_for_people_and_json_for_programs() {
    let answer = send(routes(), Viewer::default(), get("/nowhere")).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    assert!(answer.body.contains("<h1>Không tìm thấy trang</h1>"));
    let answer = send(routes(), Viewer::default(), get("/full?lang=en")).await;
    assert_eq!(answer.status, StatusCode::INSUFFICIENT_STORAGE);
    assert!(answer.body.contains("Out of storage") && answer.body.contains("class=\"desk\""));
    let answer = send(routes(), Viewer::default(), get("/api/v1/full?lang=en")).await;
    let problem: serde_json::Value = serde_json::from_str(&answer.body).unwrap();
    assert_eq!((problem["code"].as_str(), problem["title"].as_str()), (Some("full"), Some("Out of storage")));
    assert_eq!(problem["help_code"].as_str().map(str::len), Some(9));
    assert!(!answer.body.contains("disk is full:"), "the log's text is not for the outside");
    let answer = send(routes(), Viewer::default(), get("/api/v1/invalid?lang=en")).await;
    let problem: serde_json::Value = serde_json::from_str(&answer.body).unwrap();
    assert_eq!(problem["faults"][0]["field"], "name");
    assert_eq!(problem["faults"][0]["detail"], "This field is empty.");
    let answer = send(routes(), Viewer::default(), get("/api/v1/nowhere")).await;
    assert_eq!(answer.header("content-type"), "application/problem+json");
}

#[tokio::test]
async fn who_comes_second_sees_both_versions() {
    assert_eq!(send(routes(), Viewer::default(), get("/stale")).await.status, StatusCode::CONFLICT);
    let answer = send(routes(), Viewer::default(), get("/both")).await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
    assert!(answer.body.contains("&lt;mine&gt;") && answer.body.contains("theirs"));
    assert!(answer.body.contains("href=\"/hello\""));
}

#[tokio::test]
async fn bare_failures_of_extractors_and_panics_become_pages_too() {
    let answer = send(routes(), Viewer::default(), get("/number/300")).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    assert!(answer.body.contains("<h1>Yêu cầu không hợp lệ</h1>"), "{}", answer.body);
    let answer = send(routes(), Viewer::default(), get("/panic")).await;
    assert_eq!(answer.status, StatusCode::INTERNAL_SERVER_ERROR);
    assert!(answer.body.contains("<h1>Hệ thống gặp sự cố</h1>"));
    let request = Request::delete("/hello").body(axum::body::Body::empty()).unwrap();
    let answer = send(routes(), Viewer::default(), request).await;
    assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED);
    assert!(answer.body.contains("<h1>"));
}

#[tokio::test]
async fn the_language_switch_keeps_the_address_and_is_remembered() {
    let answer = send(routes(), Viewer::default(), get("/hello?q=1&lang=en")).await;
    assert!(answer.header("set-cookie").starts_with("lang=en; Path=/;"));
    assert!(answer.body.contains("<html lang=\"en\">") && answer.header("content-language") == "en");
    assert!(answer.body.contains("/hello?q=1&#38;lang=vi") || answer.body.contains("/hello?q=1&amp;lang=vi"));
    let request = Request::get("/hello").header("cookie", "a=b; lang=en").body(axum::body::Body::empty()).unwrap();
    let answer = send(routes(), Viewer::default(), request).await;
    assert!(answer.body.contains("<html lang=\"en\">") && answer.header("set-cookie").is_empty());
    let answer = send(routes(), Viewer::default(), get("/hello?lang=xx")).await;
    assert!(answer.body.contains("<html lang=\"vi\">") && answer.header("set-cookie").is_empty());
}

#[tokio::test]
async fn the_page_of_components_keeps_the_rules_of_all_pages() {
    for lang in ["vi", "en"] {
        let answer = send(routes(), signed_in(&[]), get(&format!("/design?lang={lang}"))).await;
        assert_eq!(answer.status, StatusCode::OK);
        assert!(answer.body.len() < 100_000, "{} bytes", answer.body.len());
        for inline in [" style=", "<style", " onclick", "javascript:", "<script>"] {
            assert!(!answer.body.contains(inline), "{inline}");
        }
        assert_eq!(answer.body.matches("<h1>").count(), 1);
        let ids: Vec<&str> = answer.body.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        let unique: HashSet<&str> = ids.iter().copied().collect();
        assert_eq!(ids.len(), unique.len(), "an id stands twice");
        let links = answer.body.split("href=\"#").skip(1).filter_map(|rest| rest.split('"').next());
        for link in links {
            assert!(unique.contains(link), "a link leads to #{link}, which is not there");
        }
        assert!(!answer.body.contains("web-"), "a key without its text");
        for broken in ["NaN", "\"inf", "\"-inf", "inf%", ",inf", "-0 "] {
            assert!(!answer.body.contains(broken), "a place that is no number: {broken}");
        }
    }
    let answer = send(routes(), Viewer::default(), get("/problems")).await;
    for code in codes::ALL {
        assert!(answer.body.contains(&format!("id=\"{}\"", code.name)));
    }
}
