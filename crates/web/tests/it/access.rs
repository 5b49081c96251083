//! Who may use a route, and what the others are told.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use lt_web::{Access, Routes, Viewer};

use crate::{get, send, signed_in};

fn routes() -> Routes<()> {
    Routes::new()
        .get("/open", Access::Public, async || "open")
        .get("/inside", Access::SignedIn, async || "inside")
        .get("/held", Access::Holds("targets.read"), async || "held")
        .post("/inside", Access::SignedIn, async || "done")
        .get("/api/v1/held", Access::Holds("targets.read"), async || "held")
}

#[tokio::test]
async fn the_unknown_is_sent_to_sign_in_and_back() {
    let answer = send(routes(), Viewer::default(), get("/held?q=%C4%91%E1%BA%A5t&b=1")).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert_eq!(answer.header("location"), "/sign-in?next=%2Fheld%3Fq%3D%25C4%2591%25E1%25BA%25A5t%26b%3D1");
}

#[tokio::test]
async fn what_changes_and_what_is_called_by_programs_is_refused_without_a_redirect() {
    let post = Request::post("/inside").body(Body::empty()).unwrap();
    let answer = send(routes(), Viewer::default(), post).await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    assert!(answer.body.contains("Cần đăng nhập"), "{}", answer.body);

    let answer = send(routes(), Viewer::default(), get("/api/v1/held")).await;
    assert_eq!((answer.status, answer.header("content-type")), (StatusCode::UNAUTHORIZED, "application/problem+json"));
    let problem: serde_json::Value = serde_json::from_str(&answer.body).unwrap();
    assert_eq!((problem["code"].as_str(), problem["status"].as_u64()), (Some("sign-in"), Some(401)));
}

#[tokio::test]
async fn a_permission_opens_and_its_lack_is_told_in_the_readers_language() {
    assert_eq!(send(routes(), signed_in(&["targets.read"]), get("/held")).await.body, "held");
    let answer = send(routes(), signed_in(&["targets.write"]), get("/held")).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    assert!(answer.body.contains("<h1>Không có quyền</h1>"));
    let answer = send(routes(), signed_in(&[]), get("/held?lang=en")).await;
    assert!(answer.body.contains("<h1>Not permitted</h1>"));
    assert_eq!(send(routes(), Viewer::default(), get("/open")).await.body, "open");
    assert_eq!(send(routes(), signed_in(&[]), get("/inside")).await.body, "inside");
}
