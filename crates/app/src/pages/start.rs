//! The first page: what this is, and the way in.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use lt_module::Host;
use lt_targets::resolution::store;
use lt_web::{Problem, Talk, View};

#[derive(Template)]
#[template(path = "pages/start.html")]
struct StartHtml<'a> {
    t: Talk<'a>,
    signed_in: bool,
    resolutions: usize,
}

/// Shows it.
pub(super) async fn show(State(host): State<Host>, view: View) -> Result<Response, Problem> {
    let signed_in = view.viewer.account.is_some();
    let listed = if signed_in { store::list(&host.db).await? } else { Vec::new() };
    let resolutions = listed.iter().filter(|one| view.viewer.may("targets.read", one.org)).count();
    view.page(view.t().s("app-start-title")).show(&StartHtml { t: view.t(), signed_in, resolutions })
}
