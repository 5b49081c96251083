//! Serves the page of components on port 8099: `cargo run -p lt-web --example design`.

use axum::Router;
use lt_kernel::id::AccountId;
use lt_web::{Access, MenuEntry, Shell, View, Viewer, Words, design, layers, openapi, ui};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let entry = |words_key, href| MenuEntry { words_key, href, permission: None };
    let menu = vec![
        entry("web-design-targets", "/targets"),
        entry("web-design-title", "/design"),
        entry("web-design-tree", "/orgs"),
        entry("web-problems-title", "/problems"),
    ];
    let words = Words::load(&[("kernel", lt_kernel::words::WORDS), ("web", lt_web::WORDS)])?;
    let shell = Shell::new(words, menu);
    shell.mark_sample(true);
    let api = |view: View| async move { openapi::page(&view, &sample_api(), "/openapi.json") };
    let found = |view: View| async move {
        let hits = ui::Hits::new().hit("Bảng điểm", "/design", "Trang").hit("Xã số 1", "/orgs", "Tổ chức");
        view.page(view.t().s("web-search-label")).body(&hits.into())
    };
    let routes = design::routes::<()>().get("/api-docs", Access::Public, api).get("/search", Access::Public, found);
    let viewer = Viewer {
        account: Some(AccountId(lt_kernel::id::Uuid::nil())),
        name: "Tài khoản mẫu".into(),
        csrf: "sample".into(),
        ..Viewer::default()
    };
    let app: Router = layers::pages(routes.split().0.with_state(()), shell).layer(axum::Extension(viewer));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:8099").await?;
    axum::serve(listener, layers::outer(app)).await?;
    Ok(())
}

/// A small document to look at.
fn sample_api() -> serde_json::Value {
    serde_json::json!({
        "info": {"title": "Liên Thông API", "version": "1", "description": "Đọc và ghi số liệu bằng chương trình."},
        "security": [{"token": []}],
        "tags": [{"name": "targets", "description": "Chỉ tiêu và số liệu"}],
        "paths": {"/api/v1/targets/{id}": {
            "get": {"tags": ["targets"], "summary": "Một chỉ tiêu",
                "parameters": [{"name": "id", "in": "path", "required": true, "description": "Mã của chỉ tiêu",
                    "schema": {"type": "string", "format": "uuid"}}],
                "responses": {
                    "200": {"description": "Chỉ tiêu", "content": {"application/json": {
                        "schema": {"$ref": "#/components/schemas/Target"}, "example": {"name": "Hồ sơ đúng hạn", "value": "98,5"}}}},
                    "404": {"description": "Không có chỉ tiêu này"}}}}},
        "components": {"schemas": {"Target": {"description": "Một chỉ tiêu của nghị quyết", "required": ["name"],
            "properties": {"name": {"type": "string", "description": "Tên"},
                "observations": {"type": "array", "items": {"$ref": "#/components/schemas/Target"}, "description": "Số liệu"},
                "verdict": {"enum": ["met", "not-met"], "description": "Kết quả"}}}}}
    })
}
