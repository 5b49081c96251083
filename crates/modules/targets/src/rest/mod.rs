//! The JSON interface under `/api/v1`: the same permissions as the pages, errors as RFC 9457.

mod ask;
pub mod body;
mod read;
mod told;
pub mod wire;
mod write;

use lt_module::Host;
use lt_web::{Access, Routes};
use serde_json::Value;
use utoipa::OpenApi;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};

pub use told::document_in;

/// The document, made from the handlers and the structs they read and write.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Liên Thông",
        description = "Every number of a resolution with what proves it. Texts are in the language of `?lang=` or of the account.",
        license(name = "Apache-2.0", identifier = "Apache-2.0")
    ),
    paths(
        read::resolutions,
        write::import,
        read::show,
        read::give,
        read::board,
        read::target,
        read::observations,
        write::record,
        write::withdraw,
        write::approve,
        write::schemes,
        write::sign,
        ask::indicators,
        ask::figure,
        ask::records
    ),
    modifiers(&Token),
    security(("token" = [])),
    tags(
        (name = "resolutions", description = "Resolutions, whole"),
        (name = "verdicts", description = "Boards and verdicts with their arithmetic"),
        (name = "observations", description = "Reported values and what shows them"),
        (name = "schemes", description = "Schemes of grades and crosswalks"),
        (name = "indicators", description = "Figures of live systems and the records behind them")
    )
)]
struct Document;

/// Every call carries an account's token.
struct Token;

impl utoipa::Modify for Token {
    fn modify(&self, openapi: &mut utoipa::openapi::OpenApi) {
        let parts = openapi.components.get_or_insert_with(Default::default);
        let bearer = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build();
        parts.add_security_scheme("token", SecurityScheme::Http(bearer));
    }
}

/// The `OpenAPI` document of this module.
#[must_use]
pub fn document() -> Value {
    serde_json::to_value(Document::openapi()).unwrap_or_default()
}

/// The routes.
pub fn routes() -> Routes<Host> {
    let (read, observe) = (Access::Holds("targets.read"), Access::Holds("targets.observe"));
    let define = Access::Holds("targets.define");
    Routes::new()
        .get("/api/v1/resolutions", read, read::resolutions)
        .post("/api/v1/resolutions", define, write::import)
        .get("/api/v1/resolutions/{code}", read, read::show)
        .get("/api/v1/resolutions/{code}/export", read, read::give)
        .get("/api/v1/resolutions/{code}/board", read, read::board)
        .get("/api/v1/resolutions/{code}/targets/{target}", read, read::target)
        .get("/api/v1/resolutions/{code}/observations", read, read::observations)
        .post("/api/v1/resolutions/{code}/observations", observe, write::record)
        .post("/api/v1/resolutions/{code}/observations/{id}/withdraw", observe, write::withdraw)
        .post("/api/v1/resolutions/{code}/observations/{id}/approve", Access::Holds("targets.approve"), write::approve)
        .get("/api/v1/schemes", read, write::schemes)
        .post("/api/v1/crosswalks", define, write::sign)
        .get("/api/v1/indicators", read, ask::indicators)
        .get("/api/v1/indicators/{code}/figure", read, ask::figure)
        .get("/api/v1/indicators/{code}/records", read, ask::records)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_document_lists_exactly_the_routes() {
        let served: BTreeSet<(String, String)> =
            routes().list.iter().map(|route| (route.method.as_str().to_lowercase(), route.path.to_owned())).collect();
        let document = document();
        let paths = document["paths"].as_object().unwrap();
        let told: BTreeSet<(String, String)> = paths
            .iter()
            .flat_map(|(path, methods)| {
                methods.as_object().unwrap().keys().map(move |method| (method.clone(), path.clone()))
            })
            .collect();
        assert_eq!(served, told);
    }

    #[test]
    fn every_operation_says_what_it_does_and_every_reference_leads_somewhere() {
        let document = document();
        let text = document.to_string();
        let schemas = document["components"]["schemas"].as_object().unwrap();
        for part in text.split("\"#/components/schemas/").skip(1) {
            let name = part.split('"').next().unwrap();
            assert!(schemas.contains_key(name), "{name}");
        }
        for (path, methods) in document["paths"].as_object().unwrap() {
            for (method, operation) in methods.as_object().unwrap() {
                assert!(operation["summary"].as_str().is_some_and(|text| !text.is_empty()), "{method} {path}");
            }
        }
        assert_eq!(document["openapi"].as_str().map(|version| &version[..3]), Some("3.1"));
    }
}
