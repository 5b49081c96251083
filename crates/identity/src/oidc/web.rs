//! The way to the provider and back.

use askama::Template;
use axum::extract::Path;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use lt_kernel::Said;
use lt_kernel::id::Uuid;
use lt_module::Host;
use lt_web::ui::Link;
use lt_web::{Access, Crumb, Form, Problem, Routes, Talk, View};

use super::BACK;
use super::client::OidcFault;
use super::flow::{self, Flow, Purpose};
use super::http::NoAnswer;
use crate::sign_in::cookies::{self, Kind};
use crate::sign_in::desk::{Desk, add};
use crate::sign_in::local_path;
use crate::sign_in::verbs::Outcome;

pub(crate) fn routes() -> Routes<Host> {
    Routes::new()
        .get("/sign-in/provider", Access::Public, start)
        .get(BACK, Access::Public, back)
        .post("/account/links/new", Access::SignedIn, start_link)
        .post("/account/links/{id}/remove", Access::SignedIn, unlink)
}

async fn start(desk: Desk, view: View) -> Result<Response, Problem> {
    let (flow, address) = begin(&desk, Purpose::SignIn, local_path(view.asked("next").as_deref())).await?;
    Ok(keep(&desk, &flow, Redirect::to(&address).into_response()))
}

#[derive(Template)]
#[template(path = "oidc/link.html")]
struct LinkHtml<'a> {
    t: Talk<'a>,
    go: Link,
}

/// Answers with a page instead of a redirect: our own policy forbids forms that end at another host.
async fn start_link(desk: Desk, view: View, form: Form) -> Result<Response, Problem> {
    drop(form);
    let account = desk.session()?.account;
    let (flow, address) = begin(&desk, Purpose::Link(account), "/account".into()).await?;
    let (t, label) = (view.t(), desk.identity.provider_label(view.lang).unwrap_or_default());
    let html = LinkHtml { t, go: Link::main(label, address) };
    let crumbs = [Crumb::new(t.s("identity-account-title"), "/account")];
    let page = view.page(t.s("identity-link-title")).crumbs(crumbs).address("/account").show(&html)?;
    Ok(keep(&desk, &flow, page))
}

/// A new flow, and where it leads.
async fn begin(desk: &Desk, purpose: Purpose, next: String) -> Result<(Flow, String), Problem> {
    let client = desk.identity.0.oidc.as_ref().ok_or_else(Problem::not_found)?;
    let flow = Flow::new(desk.identity.config().secrets.as_ref(), purpose, next).map_err(Problem::trouble)?;
    let address = client.address(&flow, desk.identity.host().clock.now()).await.map_err(unreached)?;
    Ok((flow, address))
}

/// Leaves the flow with the browser.
fn keep(desk: &Desk, flow: &Flow, mut answer: Response) -> Response {
    let secure = desk.identity.config().is_secure();
    add(&mut answer, cookies::set(Kind::Flow, &flow.cookie(), Some(flow::SECONDS), secure));
    answer
}

async fn back(desk: Desk, view: View, headers: HeaderMap) -> Result<Response, Problem> {
    let identity = &desk.identity;
    let client = identity.0.oidc.as_ref().ok_or_else(Problem::not_found)?;
    let lost = || Problem::refused(Said::new("identity-provider-lost"));
    let cookie = cookies::read(&headers, Kind::Flow, identity.config().is_secure()).ok_or_else(lost)?;
    let state = view.asked("state").ok_or_else(lost)?;
    let flow = Flow::back(&cookie, &state).ok_or_else(lost)?;
    // RFC 9207: an answer that names another issuer is another provider's.
    if view.asked("iss").is_some_and(|issuer| issuer != client.config.issuer) {
        return Err(lost());
    }
    let code = view.asked("code").ok_or_else(|| Problem::refused(Said::new("identity-provider-declined")))?;
    let now = identity.host().clock.now();
    let claims = client.redeem(&flow, &code, now).await.map_err(unreached)?;
    let issuer = client.config.issuer.as_str();
    if let Purpose::Link(account) = flow.purpose {
        if desk.session()?.account != account {
            return Err(lost());
        }
        identity.link(account, issuer, &claims).await?;
        return Ok(Redirect::to("/account#links").into_response());
    }
    let account = identity.account_of(issuer, &claims).await?;
    // As at the form: another session of this browser ends where a new one begins.
    if let Some(old) = &desk.who.session {
        identity.sign_out(old).await?;
    }
    match identity.enter(account, client.config.trusts_second_factor, desk.from()).await? {
        Outcome::SignedIn(token) => Ok(desk.enter(&token, &flow.next)),
        Outcome::NeedsCode(token) => {
            let next: String = form_urlencoded::byte_serialize(flow.next.as_bytes()).collect();
            Ok(desk.enter(&token, &format!("/sign-in/code?next={next}")))
        }
        _ => Err(Problem::refused(Said::new("identity-sign-in-refused"))),
    }
}

async fn unlink(desk: Desk, Path(id): Path<Uuid>, form: Form) -> Result<Response, Problem> {
    drop(form);
    desk.identity.unlink(desk.session()?.account, id).await?;
    Ok(Redirect::to("/account#links").into_response())
}

/// A failure of the provider, in words; the log has the reason.
#[expect(clippy::needless_pass_by_value, reason = "handed to map_err")]
fn unreached(fault: OidcFault) -> Problem {
    tracing::warn!(%fault, "a sign-in through the provider failed");
    let key = match &fault {
        OidcFault::NoAnswer(NoAnswer::Refused(word)) if word == "invalid_grant" => "identity-provider-code-used",
        OidcFault::NoAnswer(NoAnswer::Refused(word))
            if matches!(word.as_str(), "invalid_client" | "unauthorized_client") =>
        {
            "identity-provider-client-refused"
        }
        OidcFault::NoAnswer(_) | OidcFault::OtherIssuer => "identity-provider-no-answer",
        OidcFault::Unbelieved(_) => "identity-provider-unbelieved",
    };
    Problem::refused(Said::new(key))
}
