//! What a manager does with somebody's account: one form each, the person must be in reach.

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use lt_kernel::id::{AccountId, PersonId};
use lt_module::Host;
use lt_web::ui::Confirm;
use lt_web::{Access, Form, Problem, Routes, View};

use super::store;
use super::web::once;
use crate::memberships::model::MANAGE;
use crate::secret::SecretString;
use crate::sign_in::desk::Desk;

pub(crate) fn routes() -> Routes<Host> {
    let manage = Access::Holds(MANAGE);
    Routes::new()
        .post("/people/{id}/account/unlock", manage, unlock)
        .post("/people/{id}/account/disable", manage, disable)
        .post("/people/{id}/account/enable", manage, enable)
        .post("/people/{id}/account/reset-password", manage, reset)
        .post("/people/{id}/account/remove-second-factor", manage, remove_second_factor)
}

/// The account of a person in reach.
async fn reached(desk: &Desk, view: &View, id: PersonId) -> Result<AccountId, Problem> {
    desk.identity.must_reach(&view.viewer, id).await?;
    let record = store::by_person(&desk.identity.host().db, id).await?.ok_or_else(Problem::not_found)?;
    Ok(record.account.id)
}

fn back(id: PersonId) -> Response {
    Redirect::to(&format!("/people/{id}")).into_response()
}

async fn unlock(desk: Desk, view: View, Path(id): Path<PersonId>, form: Form) -> Result<Response, Problem> {
    drop(form);
    let account = reached(&desk, &view, id).await?;
    desk.identity.unlock(view.viewer.actor(), account).await?;
    Ok(back(id))
}

/// Asks first, once per form: a form without the answer leads to the question.
fn asked(view: &View, form: &Form, (id, verb): (PersonId, &str)) -> Option<Result<Response, Problem>> {
    if form.values.has("sure") {
        return None;
    }
    let t = view.t();
    let key = |end: &str| format!("identity-verb-{verb}{end}");
    let (title, text) = (key("-ask"), key("-text"));
    let (yes, action) = (key(""), format!("/people/{id}/account/{verb}"));
    let ask = Confirm::new(view, t.s(&title), t.s(&text), (t.s(&yes), &action), format!("/people/{id}"));
    Some(view.page(t.s(&title)).address(format!("/people/{id}")).show(&ask.keeps("sure", "1")))
}

async fn disable(desk: Desk, view: View, Path(id): Path<PersonId>, form: Form) -> Result<Response, Problem> {
    let account = reached(&desk, &view, id).await?;
    if let Some(page) = asked(&view, &form, (id, "disable")) {
        return page;
    }
    desk.identity.disable(view.viewer.actor(), account).await?;
    Ok(back(id))
}

async fn remove_second_factor(
    desk: Desk,
    view: View,
    Path(id): Path<PersonId>,
    form: Form,
) -> Result<Response, Problem> {
    let account = reached(&desk, &view, id).await?;
    if let Some(page) = asked(&view, &form, (id, "remove-second-factor")) {
        return page;
    }
    desk.identity.remove_second_factor(view.viewer.actor(), account).await?;
    Ok(back(id))
}

async fn enable(desk: Desk, view: View, Path(id): Path<PersonId>, form: Form) -> Result<Response, Problem> {
    drop(form);
    let account = reached(&desk, &view, id).await?;
    let word = desk.identity.enable(view.viewer.actor(), account).await?;
    show(&view, id, word)
}

async fn reset(desk: Desk, view: View, Path(id): Path<PersonId>, form: Form) -> Result<Response, Problem> {
    let account = reached(&desk, &view, id).await?;
    if let Some(page) = asked(&view, &form, (id, "reset-password")) {
        return page;
    }
    let word = desk.identity.reset_password(view.viewer.actor(), account).await?;
    show(&view, id, word)
}

/// Shows a first password once.
fn show(view: &View, id: PersonId, word: SecretString) -> Result<Response, Problem> {
    let t = view.t();
    let head = (t.s("identity-password-first"), t.s("identity-password-first-lead").to_owned());
    once(view, head, &[word], (t.s("identity-back-to-person"), &format!("/people/{id}")))
}
