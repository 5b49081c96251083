//! Dropping a target with its reason, and taking it up again.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use lt_module::Host;
use lt_store::Unit;
use lt_web::ui::{Button, Field, Fields, FormOpen};
use lt_web::{Access, Faults, Form, Html, Problem, Routes, Talk, Values, View};

use super::define::Desk;
use super::store as write;
use crate::resolution::door;
use crate::resolution::store::Held;

/// The routes.
pub(super) fn routes() -> Routes<Host> {
    let define = Access::Holds("targets.define");
    Routes::new()
        .get("/resolutions/{code}/targets/{target}/drop", define, ask_drop)
        .post("/resolutions/{code}/targets/{target}/drop", define, drop)
        .post("/resolutions/{code}/targets/{target}/restore", define, restore)
}

#[derive(Template)]
#[template(path = "target/drop.html")]
struct DropHtml<'a> {
    t: Talk<'a>,
    title: String,
    form: FormOpen,
    why: Field,
    yes: Button,
    summary: Html,
    back: String,
}

fn show_drop(view: &View, desk: &Desk, held: &Held, values: &Values, faults: &Faults) -> Result<Response, Problem> {
    let t = view.t();
    let address = door::target_address(&desk.listed.code, &held.target.code);
    let fields = Fields::new(t, values, faults);
    let title = t.a("targets-drop-title", "code", &held.target.code);
    let html = DropHtml {
        t,
        title: title.clone(),
        form: FormOpen::new(view, format!("{address}/drop")),
        why: fields.area("why", t.s("targets-drop-why"), 3),
        yes: Button::danger(t.s("targets-drop-yes")),
        summary: fields.summary(),
        back: address,
    };
    let page = view.page(title).crumbs(door::crumbs(view, &desk.listed));
    if faults.is_empty() { page.show(&html) } else { page.faulty().show(&html) }
}

async fn ask_drop(
    State(host): State<Host>,
    view: View,
    Path((code, target)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let desk = Desk::open(&host, &view, &code).await?;
    show_drop(&view, &desk, desk.held(&target)?, &Values::default(), &Faults::new())
}

async fn drop(
    State(host): State<Host>,
    view: View,
    Path((code, target)): Path<(String, String)>,
    form: Form,
) -> Result<Response, Problem> {
    let desk = Desk::open(&host, &view, &code).await?;
    let held = desk.held(&target)?;
    match held.drop_for(form.text("why")) {
        Err(refused @ write::Refused::NoReason) => {
            let mut faults = Faults::new();
            faults.add("why", refused.said());
            return show_drop(&view, &desk, held, &form.values, &faults);
        }
        Err(refused) => return Err(Problem::refused(refused.said())),
        Ok(()) => {}
    }
    let mut unit = Unit::new();
    write::drop(&mut unit, &desk.hand(&host, &view), held, form.text("why"));
    host.db.commit(unit).await?;
    Ok(Redirect::to(&door::target_address(&code, &target)).into_response())
}

async fn restore(
    State(host): State<Host>,
    view: View,
    Path((code, target)): Path<(String, String)>,
    _form: Form,
) -> Result<Response, Problem> {
    let desk = Desk::open(&host, &view, &code).await?;
    let held = desk.held(&target)?;
    held.restore().map_err(|refused| Problem::refused(refused.said()))?;
    let mut unit = Unit::new();
    write::restore(&mut unit, &desk.hand(&host, &view), held);
    host.db.commit(unit).await?;
    Ok(Redirect::to(&door::target_address(&code, &target)).into_response())
}
