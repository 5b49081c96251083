//! The page `/design`: every component in every state, in both languages, for authors and for the
//! browser tests that photograph it; and `/problems`, the table of codes the API refers to.

mod forms;
mod lists;
mod pictures;
mod words;

use askama::Template;
use axum::response::Response;

use crate::access::{Access, Routes};
use crate::codes::{self, Code};
use crate::html::Html;
use crate::problem::Problem;
use crate::view::View;
use crate::words::Talk;

/// One component on show.
struct Piece {
    /// Anchor on the page.
    id: &'static str,
    /// Its name in the code.
    name: &'static str,
    html: Html,
}

impl Piece {
    fn new(id: &'static str, name: &'static str, html: impl Into<Html>) -> Self {
        Self { id, name, html: html.into() }
    }
}

#[derive(Template)]
#[template(path = "design/page.html")]
struct DesignHtml<'a> {
    t: Talk<'a>,
    groups: Vec<(&'a str, Vec<Piece>)>,
}

#[derive(Template)]
#[template(path = "design/problems.html")]
struct ProblemsHtml<'a> {
    t: Talk<'a>,
    codes: &'a [Code],
}

/// The routes of both pages; everybody may look.
pub fn routes<S: Clone + Send + Sync + 'static>() -> Routes<S> {
    Routes::new().get("/design", Access::Public, design).get("/problems", Access::Public, problems)
}

async fn design(view: View) -> Result<Response, Problem> {
    let t = view.t();
    let groups = vec![
        (t.s("web-design-words"), words::pieces(t)),
        (t.s("web-design-forms"), forms::pieces(&view)),
        (t.s("web-design-lists"), lists::pieces(&view)),
        (t.s("web-design-pictures"), pictures::pieces(t)),
    ];
    let crumbs = [crate::Crumb::new(t.s("web-home-name"), "/")];
    view.page(t.s("web-design-title")).crumbs(crumbs).show(&DesignHtml { t, groups })
}

async fn problems(view: View) -> Result<Response, Problem> {
    let t = view.t();
    view.page(t.s("web-problems-title")).show(&ProblemsHtml { t, codes: codes::ALL })
}
