//! The JSON interface under `/api/v1`.

use serde_json::{Value, json};

/// The OpenAPI document of this module.
#[must_use]
pub fn document() -> Value {
    json!({ "openapi": "3.1.0", "info": { "title": "Liên Thông", "version": "1" }, "paths": {} })
}
