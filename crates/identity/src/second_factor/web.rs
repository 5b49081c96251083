//! Enrolment of the second factor, and its removal.

use askama::Template;
use axum::response::{IntoResponse, Redirect, Response};
use lt_contracts::{Actor, Change};
use lt_kernel::Said;
use lt_module::Host;
use lt_store::Unit;
use lt_web::ui::{Button, Field, Fields, FormOpen, Notice, Tone};
use lt_web::{Access, Crumb, Faults, Form, Html, Problem, Routes, Talk, Values, View};

use super::{qr, recovery, totp};
use crate::accounts::store;
use crate::accounts::web::once;
use crate::secret::SecretString;
use crate::sign_in::desk::Desk;
use crate::sign_in::layer::Duty;

pub(crate) fn routes() -> Routes<Host> {
    Routes::new()
        .get("/account/second-factor", Access::SignedIn, show)
        .post("/account/second-factor", Access::SignedIn, confirm)
        .post("/account/second-factor/codes", Access::SignedIn, new_codes)
        .post("/account/second-factor/remove", Access::SignedIn, remove)
}

#[derive(Template)]
#[template(path = "second_factor/enrol.html")]
struct EnrolHtml<'a> {
    t: Talk<'a>,
    duty: Option<Notice>,
    summary: Html,
    picture: String,
    spelled: String,
    form: FormOpen,
    code: Field,
    confirm: Button,
}

#[derive(Template)]
#[template(path = "second_factor/there.html")]
struct ThereHtml<'a> {
    t: Talk<'a>,
    summary: Html,
    left: i64,
    password: Field,
    codes: (FormOpen, Button),
    remove: (FormOpen, Button),
}

async fn show(desk: Desk, view: View) -> Result<Response, Problem> {
    page(&desk, &view, &Faults::new()).await
}

/// The page as it stands: to enrol, or to look after what is there.
async fn page(desk: &Desk, view: &View, faults: &Faults) -> Result<Response, Problem> {
    let id = desk.session()?.account;
    let record = desk.identity.account(id).await?;
    let (t, values) = (view.t(), Values::default());
    let fields = Fields::new(t, &values, faults);
    let title = t.s("identity-second-factor");
    let crumbs = [Crumb::new(t.s("identity-account-title"), "/account")];
    let shown = view.page(title).crumbs(crumbs).address("/account/second-factor");
    let shown = if faults.is_empty() { shown } else { shown.faulty() };
    if record.has_second_factor() {
        let form = |path: &str| FormOpen::new(view, path);
        return shown.show(&ThereHtml {
            t,
            summary: fields.summary(),
            left: store::recovery_left(&desk.identity.host().db, id).await?,
            password: fields.password("password", t.s("identity-password-old")).autocomplete("current-password"),
            codes: (form("/account/second-factor/codes"), Button::second(t.s("identity-codes-new"))),
            remove: (form("/account/second-factor/remove"), Button::danger(t.s("identity-second-factor-remove"))),
        });
    }
    let secret = desk.identity.begin_second_factor(id).await?;
    let address = totp::address(&secret, t.s("web-product"), &record.account.login);
    let needed = desk.who.duty == Some(Duty::SecondFactor);
    shown.show(&EnrolHtml {
        t,
        duty: needed.then(|| Notice::new(Tone::Warn, t.s("identity-second-factor-duty"))),
        summary: fields.summary(),
        picture: qr::svg(&address, t.s("identity-second-factor-picture")).unwrap_or_default(),
        spelled: totp::spelled(&secret),
        form: FormOpen::new(view, "/account/second-factor"),
        code: fields
            .text("code", t.s("identity-second-factor-code"))
            .short()
            .hint(t.s("identity-second-factor-code-hint"))
            .autocomplete("one-time-code"),
        confirm: Button::new(t.s("identity-second-factor-confirm")),
    })
}

async fn confirm(desk: Desk, view: View, form: Form) -> Result<Response, Problem> {
    let session = desk.session()?;
    match desk.identity.confirm_second_factor(session, form.text("code"), &desk.agent).await? {
        Ok((codes, token)) => {
            let mut answer = show_codes(&view, &codes)?;
            desk.hand_over(&mut answer, &token);
            Ok(answer)
        }
        Err((field, said)) => {
            let mut faults = Faults::new();
            faults.add(field, said);
            page(&desk, &view, &faults).await
        }
    }
}

fn show_codes(view: &View, codes: &[SecretString]) -> Result<Response, Problem> {
    let t = view.t();
    let head = (t.s("identity-codes-title"), t.s("identity-codes-lead").to_owned());
    once(view, head, codes, (t.s("identity-codes-kept"), "/account"))
}

/// Whether the form's password is the owner's; a fault of its field when not.
async fn proved(desk: &Desk, form: &Form, faults: &mut Faults) -> Result<bool, Problem> {
    let record = desk.identity.account(desk.session()?.account).await?;
    let password = SecretString::new(form.values.raw("password"));
    match desk.identity.prove(&record, password).await {
        Ok(()) => Ok(true),
        Err(crate::IdentityError::Refused(said)) => {
            faults.add("password", said);
            Ok(false)
        }
        Err(error) => Err(error.into()),
    }
}

async fn new_codes(desk: Desk, view: View, form: Form) -> Result<Response, Problem> {
    let mut faults = Faults::new();
    if !proved(&desk, &form, &mut faults).await? {
        return page(&desk, &view, &faults).await;
    }
    let id = desk.session()?.account;
    let codes = recovery::new_codes(desk.identity.config().secrets.as_ref()).map_err(Problem::trouble)?;
    let mut unit = Unit::new();
    store::set_recovery(&mut unit, id, codes.iter().map(|code| recovery::stored(code.expose())).collect());
    // How many, never which.
    let made = serde_json::json!({ "recovery_codes": codes.len() });
    unit.emit(Change::new(Actor::Account(id), "identity.account", id, "recovery_codes_made").after(&made));
    desk.identity.host().db.commit(unit).await?;
    show_codes(&view, &codes)
}

async fn remove(desk: Desk, view: View, form: Form) -> Result<Response, Problem> {
    let mut faults = Faults::new();
    if !proved(&desk, &form, &mut faults).await? {
        return page(&desk, &view, &faults).await;
    }
    let id = desk.session()?.account;
    let mut unit = Unit::new();
    store::remove_totp(&mut unit, id);
    // This session was proved by the factor that is gone: with a role that demands one, it must enrol anew.
    unit.run("UPDATE identity_session SET strong = 0 WHERE account = $1", lt_store::params![id]);
    unit.emit(store::second_factor(Actor::Account(id), id, "second_factor_removed", false));
    desk.identity.host().db.commit(unit).await.map_err(|error| match error {
        lt_store::StoreError::Stale => Problem::refused(Said::new("identity-second-factor-wrong")),
        other => other.into(),
    })?;
    Ok(Redirect::to("/account").into_response())
}
