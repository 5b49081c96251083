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

/// The document in the reader's language.
pub(super) async fn json(view: View) -> Json<Value> {
    Json(lt_targets::rest::document_in(view.t()))
}

/// A page to read it.
pub(super) async fn show(view: View) -> Result<Response, Problem> {
    openapi::page(&view, &lt_targets::rest::document_in(view.t()), "/api/v1/openapi.json")
}
