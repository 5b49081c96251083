//! Why a handler does not answer with what was asked: one type for pages and for the API.

use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, LazyLock};

use askama::Template;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use lt_kernel::Said;
use lt_store::StoreError;
use serde_json::json;

use crate::codes::{self, Code};
use crate::html::Html;
use crate::page::Page;
use crate::view::View;
use crate::words::Talk;

/// A failure with its sources.
type Cause = Arc<dyn std::error::Error + Send + Sync>;

/// A problem. Handlers return `Result<Response, Problem>`; [`crate::layers::pages`] turns it into a page
/// in the reader's language, or into RFC 9457 JSON below `/api/`.
#[derive(Debug, Clone)]
pub struct Problem(Box<Parts>);

#[derive(Debug, Clone)]
struct Parts {
    code: Code,
    said: Option<Said>,
    faults: Vec<(String, Said)>,
    both: Option<Both>,
    cause: Option<Cause>,
}

/// The two versions of a thing two people changed: what this reader sent, and what is stored now.
#[derive(Debug, Clone)]
struct Both {
    mine: Html,
    theirs: Html,
    href: String,
}

impl Problem {
    /// A problem of a kind of the table.
    pub fn of(code: Code) -> Self {
        Self(Box::new(Parts { code, said: None, faults: Vec::new(), both: None, cause: None }))
    }

    /// Nothing is here, or nothing this reader may know of.
    pub fn not_found() -> Self {
        Self::of(codes::NOT_FOUND)
    }

    /// The reader's place does not allow it.
    pub fn forbidden() -> Self {
        Self::of(codes::FORBIDDEN)
    }

    /// The rules of the matter refuse it; the model says why.
    pub fn refused(why: Said) -> Self {
        Self::of(codes::REFUSED).saying(why)
    }

    /// The request cannot be understood.
    pub fn bad_request(why: Said) -> Self {
        Self::of(codes::BAD_REQUEST).saying(why)
    }

    /// Somebody else changed it in the meantime.
    pub fn stale() -> Self {
        Self::of(codes::STALE)
    }

    /// Somebody else changed it: shows what the reader sent beside what is stored now, and leads to `href`
    /// to go on from there.
    pub fn stale_between(mine: Html, theirs: Html, href: impl Into<String>) -> Self {
        let mut problem = Self::stale();
        problem.0.both = Some(Both { mine, theirs, href: href.into() });
        problem
    }

    /// Fields with faults, for the API; a page shows its form again instead.
    pub fn invalid(faults: Vec<(String, Said)>) -> Self {
        let mut problem = Self::of(codes::INVALID);
        problem.0.faults = faults;
        problem
    }

    /// More bytes than the `limit` in whole megabytes.
    pub fn too_large(limit: usize) -> Self {
        Self::of(codes::TOO_LARGE).saying(Said::new("web-problem-too-large-limit").with("limit", limit / 1_000_000))
    }

    /// The program failed; the reader gets a code for the help desk, the log gets the sources.
    pub fn trouble(cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::caused(codes::TROUBLE, Arc::from(cause.into()))
    }

    fn caused(code: Code, cause: Cause) -> Self {
        let mut problem = Self::of(code);
        problem.0.cause = Some(cause);
        problem
    }

    /// The same with a reason in words.
    #[must_use]
    pub fn saying(mut self, why: Said) -> Self {
        self.0.said = Some(why);
        self
    }

    /// Its kind.
    pub fn code(&self) -> Code {
        self.0.code
    }

    /// The page or JSON for this reader. Logs a failure of the program, once, under the help-desk code.
    pub fn answer(&self, view: &View) -> Response {
        let desk = self.0.cause.as_ref().map(|cause| {
            let desk = desk_code();
            tracing::error!(code = %desk, path = %view.path, cause = %chain(cause.as_ref()), "a request failed");
            desk
        });
        if view.is_api() { self.json(view, desk.as_deref()) } else { self.page(view, desk) }
    }

    fn json(&self, view: &View, desk: Option<&str>) -> Response {
        let t = view.t();
        let faults: Vec<_> =
            self.0.faults.iter().map(|(field, said)| json!({"field": field, "detail": t.said(said)})).collect();
        let mut body = json!({
            "type": format!("/problems#{}", self.0.code.name),
            "title": t.s(self.0.code.title),
            "status": self.0.code.status.as_u16(),
            "code": self.0.code.name,
            "detail": self.0.said.as_ref().map_or_else(|| t.s(self.0.code.text).to_owned(), |said| t.said(said)),
        });
        if let Some(map) = body.as_object_mut() {
            if !faults.is_empty() {
                map.insert("faults".into(), faults.into());
            }
            if let Some(desk) = desk {
                map.insert("help_code".into(), desk.into());
            }
        }
        (self.0.code.status, [(header::CONTENT_TYPE, "application/problem+json")], body.to_string()).into_response()
    }

    fn page(&self, view: &View, desk: Option<String>) -> Response {
        let t = view.t();
        let body = ProblemHtml {
            t,
            code: self.0.code,
            said: self.0.said.as_ref().map(|said| t.said(said)),
            faults: self.0.faults.iter().map(|(field, said)| (field.clone(), t.said(said))).collect(),
            both: self.0.both.as_ref(),
            desk,
            again: (self.0.code.status == StatusCode::UNAUTHORIZED).then(|| sign_in(&view.address())),
        };
        let page = Page::new(view, t.s(self.0.code.title)).status(self.0.code.status).show(&body);
        page.unwrap_or_else(|_| self.0.code.status.into_response())
    }
}

/// Where to sign in and come back to `address`.
pub fn sign_in(address: &str) -> String {
    let next = form_urlencoded::byte_serialize(address.as_bytes()).collect::<String>();
    format!("/sign-in?next={next}")
}

#[derive(Template)]
#[template(path = "problem.html")]
struct ProblemHtml<'a> {
    t: Talk<'a>,
    code: Code,
    said: Option<String>,
    faults: Vec<(String, String)>,
    both: Option<&'a Both>,
    desk: Option<String>,
    again: Option<String>,
}

/// A failure and its sources, in one line.
fn chain(error: &dyn std::error::Error) -> String {
    let mut line = error.to_string();
    let mut next = error.source();
    while let Some(source) = next {
        line.push_str(": ");
        line.push_str(&source.to_string());
        next = source.source();
    }
    line
}

/// A short code to read over the telephone: eight letters and digits without those that look alike.
/// It only ties a page to a line of the log, so the process's own hash seed is randomness enough.
fn desk_code() -> String {
    static SEED: LazyLock<RandomState> = LazyLock::new(RandomState::new);
    static COUNT: AtomicU64 = AtomicU64::new(0);
    const LETTERS: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
    let mut bits = SEED.hash_one(COUNT.fetch_add(1, Ordering::Relaxed));
    let mut code = String::with_capacity(9);
    for place in 0..8 {
        if place == 4 {
            code.push('-');
        }
        let letter = usize::try_from(bits & 31).ok().and_then(|at| LETTERS.get(at)).copied().unwrap_or(b'2');
        code.push(char::from(letter));
        bits >>= 5;
    }
    code
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut answer = (self.0.code.status, self.0.code.name).into_response();
        answer.extensions_mut().insert(self);
        answer
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        let code = match &error {
            StoreError::Stale => return Self::stale(),
            StoreError::Unknown(_) => codes::UNKNOWN,
            StoreError::Full => codes::FULL,
            _ => codes::TROUBLE,
        };
        Self::caused(code, Arc::new(error))
    }
}

impl From<askama::Error> for Problem {
    fn from(error: askama::Error) -> Self {
        Self::trouble(error)
    }
}
