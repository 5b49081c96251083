//! Making and taking back API tokens.

use std::collections::BTreeSet;

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use lt_contracts::Actor;
use lt_kernel::Said;
use lt_module::Host;
use lt_store::{StoreError, Unit};
use lt_web::ui::{Button, Choice, Field, Fields, FormOpen};
use lt_web::{Access, Crumb, Faults, Form, Html, Problem, Routes, Talk, Values, View};

use super::model::{MAX_DAYS, PREFIX, Token, TokenId};
use super::store;
use crate::accounts::web::once;
use crate::secret::{SecretString, digest, new_token};
use crate::sign_in::desk::Desk;

pub(crate) fn routes() -> Routes<Host> {
    Routes::new()
        .get("/account/tokens/new", Access::SignedIn, ask)
        .post("/account/tokens/new", Access::SignedIn, make)
        .post("/account/tokens/{id}/revoke", Access::SignedIn, revoke)
}

#[derive(Template)]
#[template(path = "tokens/new.html")]
struct NewHtml<'a> {
    t: Talk<'a>,
    summary: Html,
    form: FormOpen,
    name: Field,
    days: Field,
    permissions: Field,
    make: Button,
}

async fn ask(desk: Desk, view: View) -> Result<Response, Problem> {
    desk.session()?;
    show(&view, &Values::default(), &Faults::new())
}

fn show(view: &View, values: &Values, faults: &Faults) -> Result<Response, Problem> {
    let t = view.t();
    let fields = Fields::new(t, values, faults);
    let held: BTreeSet<&str> = view.viewer.grants.iter().map(|grant| grant.permission.as_str()).collect();
    let choices = held.iter().map(|name| Choice::new(*name, crate::roles::web::may(&t, name))).collect();
    let html = NewHtml {
        t,
        summary: fields.summary(),
        form: FormOpen::new(view, "/account/tokens/new"),
        name: fields.text("name", t.s("identity-token-name")).hint(t.s("identity-token-name-hint")),
        days: fields
            .number("days", t.s("identity-token-days"))
            .hint(t.a("identity-token-days-hint", "max", MAX_DAYS))
            .or("90"),
        permissions: fields.checks("permissions", t.s("identity-token-may"), choices),
        make: Button::new(t.s("identity-token-make")),
    };
    let crumbs = [Crumb::new(t.s("identity-account-title"), "/account")];
    let page = view.page(t.s("identity-token-new")).crumbs(crumbs);
    if faults.is_empty() { page.show(&html) } else { page.faulty().show(&html) }
}

async fn make(desk: Desk, view: View, form: Form) -> Result<Response, Problem> {
    let (host, account) = (desk.identity.host(), desk.session()?.account);
    let mut faults = Faults::new();
    let name = form.required("name", &mut faults);
    let days = form.int("days", &mut faults).unwrap_or(0);
    if !faults.is_empty() {
        return show(&view, &form.values, &faults);
    }
    let now = host.clock.now();
    let living = store::of_account(&host.db, account).await?.iter().filter(|token| token.is_live(now)).count();
    let permissions = form.values.all("permissions").map(str::to_owned).collect();
    let ids = (TokenId(host.ids.next(now)), account);
    let made = Token::new(ids, (&name, days), permissions, (&view.viewer.grants, living), now);
    let token = match made {
        Ok(token) => token,
        Err(refused) => {
            faults.add(refused.field(), refused.said());
            return show(&view, &form.values, &faults);
        }
    };
    let secret = new_token(desk.identity.config().secrets.as_ref()).map_err(Problem::trouble)?;
    let secret = SecretString::new(format!("{PREFIX}{}", secret.expose()));
    let mut unit = Unit::new();
    store::insert(&mut unit, Actor::Account(account), &token, digest(secret.expose()));
    host.db.commit(unit).await?;
    let t = view.t();
    let head = (t.s("identity-token-made"), t.a("identity-token-made-lead", "name", &token.name));
    once(&view, head, &[secret], (t.s("identity-token-kept"), "/account"))
}

async fn revoke(desk: Desk, Path(id): Path<TokenId>, form: Form) -> Result<Response, Problem> {
    drop(form);
    let account = desk.session()?.account;
    let mut unit = Unit::new();
    store::revoke(&mut unit, Actor::Account(account), account, id, desk.identity.host().clock.now());
    match desk.identity.host().db.commit(unit).await {
        Ok(_) => Ok(Redirect::to("/account#tokens").into_response()),
        Err(StoreError::Stale) => Err(Problem::refused(Said::new("identity-token-ended"))),
        Err(error) => Err(error.into()),
    }
}
