//! Entering a person with an account, correcting a person.

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use lt_kernel::id::PersonId;
use lt_module::Host;
use lt_store::Unit;
use lt_web::ui::{Button, Field, Fields, FormOpen};
use lt_web::{Access, Crumb, Faults, Form, Html, Problem, Routes, Values, View};

use super::model::Person;
use super::store;
use crate::accounts::verbs::NewAccount;
use crate::accounts::web::once;
use crate::memberships::model::MANAGE;
use crate::sights::{ACCOUNTS, Shown};
use crate::sign_in::desk::Desk;

pub(crate) fn routes() -> Routes<Host> {
    let manage = Access::Holds(MANAGE);
    Routes::new()
        .get("/people/new", manage, ask)
        .post("/people/new", manage, enter)
        .get("/people/{id}/edit", manage, ask_edit)
        .personal(ACCOUNTS)
        .post("/people/{id}/edit", manage, edit)
        .personal(ACCOUNTS)
}

#[derive(Template)]
#[template(path = "people/form.html")]
struct FormHtml<'a> {
    title: &'a str,
    summary: Html,
    form: FormOpen,
    version: Option<i64>,
    name: Field,
    login: Option<Field>,
    email: Field,
    phone: Field,
    save: Button,
}

async fn ask(view: View) -> Result<Response, Problem> {
    show(&view, &Values::default(), &Faults::new(), None)
}

/// The form: for somebody new, or for a person at a version.
fn show(view: &View, values: &Values, faults: &Faults, old: Option<&Person>) -> Result<Response, Problem> {
    let t = view.t();
    let fields = Fields::new(t, values, faults);
    let (title, action, back) = match old {
        Some(person) => {
            (t.s("identity-person-edit"), format!("/people/{}/edit", person.id), format!("/people/{}", person.id))
        }
        None => (t.s("identity-people-new"), "/people/new".to_owned(), "/people".to_owned()),
    };
    let above = old.map_or(t.s("identity-people-title"), |person| &person.name);
    let html = FormHtml {
        title,
        summary: fields.summary(),
        form: FormOpen::new(view, action.as_str()),
        version: old.map(|person| person.version),
        name: fields.text("name", t.s("identity-name")).hint(t.s("identity-name-hint")).autocomplete("off"),
        login: old
            .is_none()
            .then(|| fields.text("login", t.s("identity-login")).hint(t.s("identity-login-hint")).autocomplete("off")),
        email: fields.email("email", t.s("identity-email")).optional().autocomplete("off"),
        phone: fields.text("phone", t.s("identity-phone")).optional().autocomplete("off").short(),
        save: Button::new(t.s(if old.is_some() { "identity-save" } else { "identity-people-create" })),
    };
    let page = view.page(title).crumbs([Crumb::new(above, back)]).address(action);
    if faults.is_empty() { page.show(&html) } else { page.faulty().show(&html) }
}

async fn enter(desk: Desk, view: View, form: Form) -> Result<Response, Problem> {
    let new = NewAccount {
        name: form.text("name"),
        email: form.opt("email"),
        phone: form.opt("phone"),
        login: form.text("login"),
        sample: false,
    };
    match desk.identity.create(view.viewer.actor(), new).await? {
        Ok((person, _, word)) => {
            let t = view.t();
            let head =
                (t.s("identity-people-created"), t.a("identity-people-created-lead", "login", form.text("login")));
            let on = format!("/people/{person}/memberships/new");
            once(&view, head, &[word], (t.s("identity-membership-give"), &on))
        }
        Err((field, said)) => {
            let mut faults = Faults::new();
            faults.add(field, said);
            show(&view, &form.values, &faults, None)
        }
    }
}

async fn ask_edit(desk: Desk, view: View, Path(id): Path<PersonId>) -> Result<Response, Problem> {
    desk.identity.must_reach(&view.viewer, id).await?;
    let person = store::by_id(&desk.identity.host().db, id).await?.ok_or_else(Problem::not_found)?;
    desk.saw(&view.viewer, Shown::Person(id)).await?;
    let given = |text: &Option<String>| text.clone().unwrap_or_default();
    let values = [("name", person.name.clone()), ("email", given(&person.email)), ("phone", given(&person.phone))];
    show(&view, &Values::new(values), &Faults::new(), Some(&person))
}

async fn edit(desk: Desk, view: View, Path(id): Path<PersonId>, form: Form) -> Result<Response, Problem> {
    desk.identity.must_reach(&view.viewer, id).await?;
    let db = &desk.identity.host().db;
    let now = store::by_id(db, id).await?.ok_or_else(Problem::not_found)?;
    desk.saw(&view.viewer, Shown::Person(id)).await?;
    // What the form was filled in over, not what is stored now: two editors are told of each other.
    let version = form.id::<i64>("version").unwrap_or(0);
    let before = Person { version, ..now.clone() };
    let after = match Person::new(id, form.text("name"), form.opt("email"), form.opt("phone")) {
        Ok(person) => Person { sample: now.sample, ..person },
        Err(bad) => {
            let mut faults = Faults::new();
            faults.add(bad.field(), bad.said());
            return show(&view, &form.values, &faults, Some(&before));
        }
    };
    let login = crate::accounts::store::by_person(db, id).await?.map(|record| record.account.login);
    let mut unit = Unit::new();
    store::save(&mut unit, view.viewer.actor(), &before, &after, login.as_deref().unwrap_or_default());
    db.commit(unit).await?;
    Ok(Redirect::to(&format!("/people/{id}")).into_response())
}
