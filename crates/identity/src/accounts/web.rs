//! One's own account: profile, password, sessions, links.

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use lt_contracts::{Actor, Change};
use lt_kernel::Instant;
use lt_module::Host;
use lt_store::{StoreError, Unit};
use lt_web::ui::{Button, Cell, Column, Field, Fields, FormOpen, Link, Notice, Row, Summary, Table, Tag, Tone};
use lt_web::{Access, Crumb, Faults, Form, Html, Problem, Routes, Talk, Values, View};

use super::store;
use crate::password::MIN_CHARS;
use crate::secret::SecretString;
use crate::sessions::model::{Session, SessionId};
use crate::sights::store::Sight;
use crate::sign_in::desk::Desk;
use crate::sign_in::layer::Duty;
use crate::tokens::model::Token;
use crate::{memberships, sessions, sights, tokens};

pub(crate) fn routes() -> Routes<Host> {
    Routes::new()
        .get("/account", Access::SignedIn, show)
        .get("/account/password", Access::SignedIn, ask_password)
        .post("/account/password", Access::SignedIn, change_password)
        .post("/account/sessions/end-all", Access::SignedIn, end_all)
        .post("/account/sessions/{id}/end", Access::SignedIn, end_one)
}

#[derive(Template)]
#[template(path = "accounts/account.html")]
struct AccountHtml<'a> {
    t: Talk<'a>,
    excused: Option<Notice>,
    profile: Summary,
    password: Link,
    second_factor: Link,
    sessions: Vec<SessionLine>,
    end_all: (FormOpen, Button),
    tokens: Vec<TokenLine>,
    new_token: Link,
    links: Vec<(String, FormOpen)>,
    link: Option<(FormOpen, Button)>,
    sights: Vec<Sight>,
}

struct SessionLine {
    agent: String,
    created: Instant,
    last_seen: Instant,
    here: bool,
    end: FormOpen,
}

struct TokenLine {
    token: Token,
    live: bool,
    revoke: FormOpen,
}

async fn show(desk: Desk, view: View) -> Result<Response, Problem> {
    let session = desk.session()?.clone();
    let (db, now, t) = (&desk.identity.host().db, desk.identity.host().clock.now(), view.t());
    let record = desk.identity.account(session.account).await?;
    let tokens = tokens::store::of_account(db, session.account).await?.into_iter().map(|token| TokenLine {
        live: token.is_live(now),
        revoke: FormOpen::new(&view, format!("/account/tokens/{}/revoke", token.id)),
        token,
    });
    let links = store::links(db, session.account)
        .await?
        .into_iter()
        .map(|(id, issuer, _)| (issuer, FormOpen::new(&view, format!("/account/links/{id}/remove"))));
    let label = desk.identity.provider_label(view.lang);
    let html = AccountHtml {
        t,
        excused: desk
            .who
            .excused
            .then(|| Notice::new(Tone::Warn, t.s("identity-excused")).body(t.s("identity-excused-text"))),
        profile: profile(&desk, &view, &record).await?,
        password: Link::second(t.s("identity-password-change"), "/account/password"),
        second_factor: Link::second(t.s("identity-second-factor-open"), "/account/second-factor"),
        sessions: session_lines(&desk, &view, &session).await?,
        end_all: (FormOpen::new(&view, "/account/sessions/end-all"), Button::second(t.s("identity-sessions-end-all"))),
        tokens: tokens.collect(),
        new_token: Link::second(t.s("identity-token-new"), "/account/tokens/new"),
        links: links.collect(),
        link: label.map(|label| (FormOpen::new(&view, "/account/links/new"), Button::second(label))),
        sights: sights::store::of_person(db, record.account.person).await?,
    };
    view.page(t.s("identity-account-title")).show(&html)
}

/// What the program knows of whoever looks.
/// What a person may do and where, a line each.
#[derive(Template)]
#[template(
    source = r#"<ul class="plain-list">{% for role in roles %}<li>{{ role }}</li>{% endfor %}</ul>"#,
    ext = "html"
)]
struct RolesHtml {
    roles: Vec<String>,
}

async fn profile(desk: &Desk, view: &View, record: &store::Record) -> Result<Summary, Problem> {
    let (t, day) = (view.t(), desk.identity.host().clock.today());
    let tree = desk.identity.tree().await?;
    let held = memberships::store::current(&desk.identity.host().db, record.account.person, day).await?;
    let roles = held.iter().map(|one| {
        let place = memberships::web::place(t, tree.as_ref(), one.place, day);
        format!("{} – {place}", t.s(&format!("identity-role-{}", one.role)))
    });
    let factor = if record.has_second_factor() {
        Tag::good(t.s("identity-second-factor-on"))
    } else {
        Tag::new(t.s("identity-second-factor-off"))
    };
    let last = record.last_sign_in.map_or_else(|| "–".to_owned(), |at| t.instant(&at));
    let mut summary = Summary::new()
        .row(t.s("identity-name"), view.viewer.name.as_str())
        .row(t.s("identity-login"), record.account.login.as_str())
        .row(t.s("identity-last-sign-in"), last)
        .row(t.s("identity-second-factor"), factor);
    summary = if held.is_empty() {
        summary.row(t.s("identity-roles"), t.s("identity-roles-none"))
    } else {
        summary.row(t.s("identity-roles"), Html::of(&RolesHtml { roles: roles.collect() }))
    };
    Ok(summary)
}

async fn session_lines(desk: &Desk, view: &View, own: &Session) -> Result<Vec<SessionLine>, Problem> {
    let now = desk.identity.host().clock.now();
    let all = sessions::store::of_account(&desk.identity.host().db, own.account).await?;
    let living = all.into_iter().filter(|(session, _)| session.is_live(now));
    let line = |(session, agent): (Session, String)| SessionLine {
        agent: if agent.is_empty() { view.t().s("identity-agent-unknown").to_owned() } else { agent },
        created: session.created,
        last_seen: session.last_seen,
        here: session.id == own.id,
        end: FormOpen::new(view, format!("/account/sessions/{}/end", session.id)),
    };
    Ok(living.map(line).collect())
}

async fn end_one(desk: Desk, Path(id): Path<SessionId>, form: Form) -> Result<Response, Problem> {
    drop(form);
    let account = desk.session()?.account;
    let mut unit = Unit::new();
    sessions::store::end(&mut unit, account, id);
    unit.emit(Change::new(Actor::Account(account), "identity.session", account, "ended"));
    match desk.identity.host().db.commit(unit).await {
        // Ended meanwhile, or somebody else's: either way it is not among theirs.
        Ok(_) | Err(StoreError::Stale) => Ok(Redirect::to("/account#sessions").into_response()),
        Err(error) => Err(error.into()),
    }
}

async fn end_all(desk: Desk, form: Form) -> Result<Response, Problem> {
    drop(form);
    let session = desk.session()?;
    let mut unit = Unit::new();
    sessions::store::end_all(&mut unit, session.account, Some(session.id));
    unit.emit(Change::new(Actor::Account(session.account), "identity.session", session.account, "all_ended"));
    desk.identity.host().db.commit(unit).await?;
    Ok(Redirect::to("/account#sessions").into_response())
}

#[derive(Template)]
#[template(path = "accounts/password.html")]
struct PasswordHtml<'a> {
    t: Talk<'a>,
    duty: Option<Notice>,
    summary: Html,
    form: FormOpen,
    login: &'a str,
    old: Field,
    new: Field,
    again: Field,
    save: Button,
}

async fn ask_password(desk: Desk, view: View) -> Result<Response, Problem> {
    show_password(&desk, &view, &Faults::new()).await
}

async fn show_password(desk: &Desk, view: &View, faults: &Faults) -> Result<Response, Problem> {
    let record = desk.identity.account(desk.session()?.account).await?;
    let (t, values) = (view.t(), Values::default());
    let fields = Fields::new(t, &values, faults);
    let duty = desk.who.duty == Some(Duty::Password);
    let html = PasswordHtml {
        t,
        duty: duty.then(|| Notice::new(Tone::Warn, t.s("identity-password-duty"))),
        summary: fields.summary(),
        form: FormOpen::new(view, "/account/password"),
        login: &record.account.login,
        old: fields.password("old", t.s("identity-password-old")).autocomplete("current-password"),
        new: fields
            .password("new", t.s("identity-password-new"))
            .hint(t.a("identity-password-new-hint", "min", MIN_CHARS))
            .autocomplete("new-password"),
        again: fields.password("again", t.s("identity-password-again")).autocomplete("new-password"),
        save: Button::new(t.s("identity-password-change")),
    };
    let crumbs = [Crumb::new(t.s("identity-account-title"), "/account")];
    let page = view.page(t.s("identity-password-change")).crumbs(crumbs);
    if faults.is_empty() { page.show(&html) } else { page.faulty().show(&html) }
}

async fn change_password(desk: Desk, view: View, form: Form) -> Result<Response, Problem> {
    let mut faults = Faults::new();
    let (old, new) = (form.values.raw("old"), form.values.raw("new"));
    for field in ["old", "new"] {
        if form.values.raw(field).is_empty() {
            faults.add(field, lt_kernel::Said::new("web-fault-empty"));
        }
    }
    if form.values.raw("again") != new {
        faults.add("again", lt_kernel::Said::new("identity-password-not-again"));
    }
    if !faults.is_empty() {
        return show_password(&desk, &view, &faults).await;
    }
    let words = (SecretString::new(old), SecretString::new(new));
    match desk.identity.change_password(desk.session()?, words, &desk.agent).await? {
        Ok(token) => Ok(desk.enter(&token, "/account")),
        Err((field, said)) => {
            faults.add(field, said);
            show_password(&desk, &view, &faults).await
        }
    }
}

/// A secret that is shown once: a first password, an API token, recovery codes.
#[derive(Template)]
#[template(path = "accounts/once.html")]
struct OnceHtml<'a> {
    t: Talk<'a>,
    title: &'a str,
    lead: String,
    secrets: Vec<&'a str>,
    go_on: Link,
}

/// The page that shows secrets once; not to be kept by any cache.
pub(crate) fn once(
    view: &View,
    (title, lead): (&str, String),
    secrets: &[SecretString],
    (go_on, href): (&str, &str),
) -> Result<Response, Problem> {
    let secrets = secrets.iter().map(SecretString::expose).collect();
    let html = OnceHtml { t: view.t(), title, lead, secrets, go_on: Link::main(go_on, href) };
    let mut answer = view.page(title).address(href).show(&html)?;
    answer.headers_mut().insert("cache-control", axum::http::HeaderValue::from_static("no-store"));
    Ok(answer)
}

/// A table of roles for `/roles`.
pub(crate) fn two_columns(caption: &str, titles: (&str, &str), rows: Vec<(Cell, Cell)>) -> Table {
    let columns = [Column::text(titles.0), Column::text(titles.1)];
    Table::new(caption, columns).rows(rows.into_iter().map(|(one, two)| Row::new([one, two])))
}
