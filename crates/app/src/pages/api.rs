//! The document of the JSON interface, and a page to read it.

use axum::Json;
use axum::response::Response;
use lt_web::{Problem, View, openapi};
use serde_json::Value;

/// The whole document: what every module offers under `/api/v1`.
#[must_use]
pub fn document() -> Value {
    lt_targets::rest::document()
}

/// The document.
pub(super) async fn json() -> Json<Value> {
    Json(document())
}

/// A page to read it.
pub(super) async fn show(view: View) -> Result<Response, Problem> {
    openapi::page(&view, &document(), "/api/v1/openapi.json")
}
