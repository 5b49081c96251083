//! Pages: sign in, the second step, sign out.

use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use lt_kernel::Said;
use lt_module::Host;
use lt_web::ui::{Button, Field, Fields, FormOpen, Link, Notice, Tone};
use lt_web::{Access, Faults, Form, Problem, Routes, Talk, Values, View, Viewer, codes};

use super::cookies::{self, Kind};
use super::desk::{Desk, add, wait};
use super::local_path;
use super::verbs::Outcome;
use crate::secret::{SecretString, csrf_of, new_token};
use crate::sessions::model::Stage;

pub(crate) fn routes() -> Routes<Host> {
    Routes::new()
        .get("/sign-in", Access::Public, ask)
        .post("/sign-in", Access::Public, try_password)
        .get("/sign-in/code", Access::Public, ask_code)
        .post("/sign-in/code", Access::Public, try_code)
        .post("/sign-out", Access::Public, sign_out)
}

#[derive(Template)]
#[template(path = "sign_in/sign_in.html")]
struct SignInHtml<'a> {
    t: Talk<'a>,
    notice: Option<Notice>,
    form: FormOpen,
    login: Field,
    password: Field,
    next: &'a str,
    enter: Button,
    provider: Option<Link>,
}

async fn ask(desk: Desk, view: View) -> Result<Response, Problem> {
    let next = local_path(view.asked("next").as_deref());
    if view.viewer.account.is_some() {
        return Ok(Redirect::to(&next).into_response());
    }
    show(&desk, view, (&Values::default(), &next), None)
}

/// Shows the form, with a token that ties it to this browser.
fn show(
    desk: &Desk,
    mut view: View,
    (values, next): (&Values, &str),
    said: Option<&Said>,
) -> Result<Response, Problem> {
    let fresh = match &desk.who.before {
        Some(_) => None,
        None => Some(new_token(desk.identity.config().secrets.as_ref()).map_err(Problem::trouble)?),
    };
    if let Some(token) = &fresh {
        // Also in place of a session that waits for its code: the form starts from the beginning.
        view.viewer = Viewer { csrf: csrf_of(token.expose()), ..view.viewer };
    } else if let Some(before) = &desk.who.before {
        view.viewer.csrf = csrf_of(before);
    }
    let t = view.t();
    let faults = Faults::new();
    let fields = Fields::new(t, values, &faults);
    let provider = desk.identity.provider_label(view.lang).map(|label| {
        let next: String = form_urlencoded::byte_serialize(next.as_bytes()).collect();
        Link::second(label, format!("/sign-in/provider?next={next}"))
    });
    let html = SignInHtml {
        t,
        notice: said.map(|said| Notice::new(Tone::Bad, t.said(said))),
        form: FormOpen::new(&view, "/sign-in"),
        login: fields.text("login", t.s("identity-login")).autocomplete("username"),
        password: fields.password("password", t.s("identity-password")).autocomplete("current-password"),
        next,
        enter: Button::new(t.s("web-sign-in")),
        provider,
    };
    let page = view.page(t.s("web-sign-in")).address("/sign-in");
    let page = if said.is_some() { page.faulty() } else { page };
    let mut answer = page.show(&html)?;
    if let Some(token) = fresh {
        add(&mut answer, cookies::set(Kind::Before, token.expose(), None, desk.identity.config().is_secure()));
    }
    Ok(answer)
}

async fn try_password(desk: Desk, view: View, form: Form) -> Result<Response, Problem> {
    let next = local_path(Some(form.values.raw("next")));
    let values = Values::new([("login", form.text("login"))]);
    // The form extractor compared the token with the cookie's; without a cookie there was nothing to compare.
    if desk.who.before.is_none() && desk.who.session.is_none() {
        return show(&desk, view, (&values, &next), Some(&Said::new("identity-sign-in-cookie")));
    }
    let password = SecretString::new(form.values.raw("password"));
    let outcome = desk.identity.sign_in(form.text("login"), password, desk.from()).await?;
    if let (Some(old), Outcome::SignedIn(_) | Outcome::NeedsCode(_)) = (&desk.who.session, &outcome) {
        desk.identity.sign_out(old).await?;
    }
    let said = match outcome {
        Outcome::SignedIn(token) => return Ok(desk.enter(&token, &next)),
        Outcome::NeedsCode(token) => {
            let next: String = form_urlencoded::byte_serialize(next.as_bytes()).collect();
            return Ok(desk.enter(&token, &format!("/sign-in/code?next={next}")));
        }
        Outcome::Refused => Said::new("identity-sign-in-refused"),
        Outcome::Wait(seconds) => {
            let mut answer = show(&desk, view, (&values, &next), Some(&wait(seconds)))?;
            *answer.status_mut() = StatusCode::TOO_MANY_REQUESTS;
            answer.headers_mut().insert("retry-after", seconds.into());
            return Ok(answer);
        }
        Outcome::Busy => Said::new("identity-sign-in-busy"),
    };
    show(&desk, view, (&values, &next), Some(&said))
}

#[derive(Template)]
#[template(path = "sign_in/code.html")]
struct CodeHtml<'a> {
    t: Talk<'a>,
    notice: Option<Notice>,
    form: FormOpen,
    code: Field,
    next: &'a str,
    enter: Button,
}

async fn ask_code(desk: Desk, view: View) -> Result<Response, Problem> {
    let next = local_path(view.asked("next").as_deref());
    match &desk.who.session {
        Some(session) if session.stage == Stage::SecondFactor => show_code(&view, &next, None),
        Some(_) => Ok(Redirect::to(&next).into_response()),
        None => Ok(Redirect::to("/sign-in").into_response()),
    }
}

fn show_code(view: &View, next: &str, said: Option<&Said>) -> Result<Response, Problem> {
    let (t, values, faults) = (view.t(), Values::default(), Faults::new());
    let code = Fields::new(t, &values, &faults).text("code", t.s("identity-code")).short();
    let html = CodeHtml {
        t,
        notice: said.map(|said| Notice::new(Tone::Bad, t.said(said))),
        form: FormOpen::new(view, "/sign-in/code"),
        code: code.hint(t.s("identity-code-hint")).autocomplete("one-time-code"),
        next,
        enter: Button::new(t.s("identity-code-enter")),
    };
    let page = view.page(t.s("identity-code-title")).address("/sign-in/code");
    if said.is_some() { page.faulty().show(&html) } else { page.show(&html) }
}

async fn try_code(desk: Desk, view: View, form: Form) -> Result<Response, Problem> {
    let next = local_path(Some(form.values.raw("next")));
    let Some(waiting) = desk.who.session.as_ref().filter(|session| session.stage == Stage::SecondFactor) else {
        return Ok(Redirect::to("/sign-in").into_response());
    };
    let said = match desk.identity.second_step(waiting, form.text("code"), desk.from()).await? {
        Outcome::SignedIn(token) => return Ok(desk.enter(&token, &next)),
        Outcome::Wait(seconds) => wait(seconds),
        Outcome::Busy => Said::new("identity-sign-in-busy"),
        Outcome::Refused | Outcome::NeedsCode(_) => Said::new("identity-code-refused"),
    };
    show_code(&view, &next, Some(&said))
}

async fn sign_out(desk: Desk, form: Form) -> Result<Response, Problem> {
    // Read by the extractor, which refused a form of another page.
    drop(form);
    let Some(session) = &desk.who.session else { return Ok(Redirect::to("/sign-in").into_response()) };
    desk.identity.sign_out(session).await.map_err(|error| match error {
        crate::IdentityError::NotFound => Problem::of(codes::SIGN_IN),
        other => other.into(),
    })?;
    let mut answer = Redirect::to("/sign-in").into_response();
    add(&mut answer, cookies::clear(Kind::Session, desk.identity.config().is_secure()));
    Ok(answer)
}
