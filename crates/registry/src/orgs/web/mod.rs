//! Pages of the registry. They serve the clerk who keeps it, and whoever must find out where a letter goes now.

mod found;
mod import;
mod show;
mod tree;
mod verbs;
mod wish;

use std::sync::Arc;

use lt_kernel::id::OrgId;
use lt_kernel::{Date, Said};
use lt_module::Host;
use lt_web::{Access, Problem, Routes, Scope, View, Viewer};

use crate::directory::Directory;
use crate::handle::Registry;

/// Name of the permission to change the registry.
pub(crate) const MANAGE: &str = "registry.manage";

/// All routes.
pub(crate) fn routes() -> Routes<Host> {
    let manage = Access::Holds(MANAGE);
    Routes::new()
        .get("/organisations", Access::SignedIn, tree::page)
        .get("/organisations.csv", Access::SignedIn, tree::csv)
        .get("/organisations/new", manage, found::ask)
        .post("/organisations/new", manage, found::send)
        .get("/organisations/import", manage, import::ask)
        .post("/organisations/import", manage, import::send)
        .get("/organisations/{id}", Access::SignedIn, show::page)
        .get("/organisations/{id}/{verb}", manage, verbs::ask)
        .post("/organisations/{id}/{verb}", manage, verbs::send)
}

fn registry(host: &Host) -> Result<&Registry, Problem> {
    host.part::<Registry>().map_err(Problem::trouble)
}

async fn directory(host: &Host) -> Result<Arc<Directory>, Problem> {
    Ok(registry(host)?.directory().await?)
}

/// The day asked about: `at` of the address, else today.
fn day_asked(host: &Host, view: &View) -> Result<Date, Problem> {
    view.asked("at").map_or_else(
        || Ok(host.clock.today()),
        |text| lt_kernel::text::dates::parse(&text).map_err(|fault| Problem::bad_request(fault.said())),
    )
}

/// Whether the permission is held for everything.
fn manages_all(viewer: &Viewer) -> bool {
    viewer.grants.iter().any(|grant| grant.permission == MANAGE && grant.scope == Scope::All)
}

/// The one organisation people mean by a code or a whole name on a day.
fn meant(directory: &Directory, text: &str, date: Date) -> Result<OrgId, Said> {
    let code = lt_kernel::text::fold(text);
    let alive = || directory.all().filter(|org| org.is_alive(date));
    let coded = alive().filter(|org| {
        let mut held = org.codes.iter().filter(|held| held.span.holds(date));
        held.any(|held| lt_kernel::text::fold(&held.value) == code)
    });
    let mut found: Vec<OrgId> = coded.map(|org| org.id).collect();
    if found.is_empty() {
        found = alive().filter(|org| lt_kernel::text::fold(org.name(date)) == code).map(|org| org.id).collect();
    }
    match found.as_slice() {
        [one] => Ok(*one),
        [] => Err(Said::new("registry-pick-none").with("text", text)),
        several => Err(Said::new("registry-pick-several").with("text", text).with("count", several.len())),
    }
}
