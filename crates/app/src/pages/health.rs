//! For those who watch the program from outside.

use axum::extract::State;
use axum::http::StatusCode;
use lt_module::Host;

/// It runs.
pub(super) async fn alive() -> &'static str {
    "ok\n"
}

/// It can answer: the database does.
pub(super) async fn ready(State(host): State<Host>) -> (StatusCode, &'static str) {
    match host.db.read("SELECT 1 AS one", Vec::new()).await {
        Ok(_) => (StatusCode::OK, "ready\n"),
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n"),
    }
}
