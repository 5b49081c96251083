//! The program's own pages: start, what happened, operation, health, the interface's document.

mod api;
mod health;
mod history;
mod operate;
mod search;
mod start;

use lt_kernel::Lang;
use lt_module::{Host, MenuItem, Module, Permission};
use lt_web::{Access, Routes};

pub use api::document;

/// Seeing what happened.
pub const HISTORY: &str = "history.read";
/// Seeing and mending what the program does behind the pages.
pub const OPERATE: &str = "app.operate";

/// The program's own pages, as a module.
#[must_use]
pub fn module() -> Module {
    let routes: Routes<Host> = Routes::new()
        .get("/", Access::Public, start::show)
        .get("/search", Access::SignedIn, search::show)
        .get("/history", Access::Holds(HISTORY), history::show)
        .personal(lt_identity::sights::HISTORY)
        .get("/operate", Access::Holds(OPERATE), operate::show)
        .post("/operate/retry", Access::Holds(OPERATE), operate::retry)
        .get("/healthz", Access::Public, health::alive)
        .get("/readyz", Access::Public, health::ready)
        .get("/api", Access::Public, api::show)
        .get("/api/v1/openapi.json", Access::Public, api::json);
    Module {
        name: "app",
        migrations: &[],
        words: &[(Lang::Vi, include_str!("../../i18n/vi.ftl")), (Lang::En, include_str!("../../i18n/en.ftl"))],
        files: &[],
        routes,
        permissions: &[
            Permission { name: HISTORY, words_key: "app-permission-history" },
            Permission { name: OPERATE, words_key: "app-permission-operate" },
        ],
        menu: &[
            MenuItem { words_key: "app-history-title", href: "/history", permission: Some(HISTORY) },
            MenuItem { words_key: "app-operate-title", href: "/operate", permission: Some(OPERATE) },
        ],
        jobs: Vec::new(),
        listeners: Vec::new(),
        indicators: None,
    }
}
