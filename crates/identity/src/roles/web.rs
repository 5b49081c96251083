//! What each role allows.

use askama::Template;
use axum::response::Response;
use lt_module::Host;
use lt_web::ui::{Cell, Table, Tag};
use lt_web::{Access, Html, Problem, Routes, Talk, View};

use super::{Role, all};
use crate::accounts::web::two_columns;

pub(crate) fn routes() -> Routes<Host> {
    Routes::new().get("/roles", Access::SignedIn, show)
}

/// A permission in words.
pub(crate) fn may(t: &Talk<'_>, permission: &str) -> String {
    let key = format!("identity-may-{}", permission.replace('.', "-"));
    let words = t.s(&key);
    if words == key { permission.to_owned() } else { words.to_owned() }
}

#[derive(Template)]
#[template(path = "roles/roles.html")]
struct RolesHtml<'a> {
    t: Talk<'a>,
    roles: Table,
}

async fn show(view: View) -> Result<Response, Problem> {
    let t = view.t();
    let rows = all().iter().map(|role| (name(t, role), allows(t, role))).collect();
    let titles = (t.s("identity-role"), t.s("identity-role-allows"));
    let html = RolesHtml { t, roles: two_columns(t.s("identity-roles-title"), titles, rows) };
    view.page(t.s("identity-roles-title")).show(&html)
}

fn name(t: Talk<'_>, role: &Role) -> Cell {
    let tag = role.second_factor.then(|| Html::from(Tag::warn(t.s("identity-role-second-factor"))));
    let name = Html::text(&format!("{} ", t.s(&role.words_key())));
    Html::join([Some(name), tag].into_iter().flatten())
}

fn allows(t: Talk<'_>, role: &Role) -> Cell {
    let list: Vec<String> = role.permissions.iter().map(|permission| may(&t, permission)).collect();
    Html::text(&format!("{} {}", t.s(&role.does_key()), t.a("identity-role-may", "list", list.join("; "))))
}
