//! What a handler knows of the request: who looks, at which address, in which language.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::header::COOKIE;
use axum::http::request::Parts;
use lt_kernel::Lang;

use crate::page::Page;
use crate::shell::Shell;
use crate::words::Talk;
use crate::{Viewer, Words};

/// Name of the cookie that remembers the chosen language.
pub const LANG_COOKIE: &str = "lang";

/// A request as pages see it. Extracted in any handler behind [`crate::layers::pages`].
#[derive(Debug, Clone)]
pub struct View {
    /// Who looks.
    pub viewer: Viewer,
    /// What stands around the page.
    pub shell: Shell,
    /// The reader's language.
    pub lang: Lang,
    /// Path of the address, such as `/targets/019a…`.
    pub path: String,
    /// Query of the address without `?` and without `lang`; may be empty.
    pub query: String,
    /// Whether the address asked for a language, which is then remembered.
    pub chose_lang: bool,
}

impl View {
    /// The view of a request with these parts.
    pub fn of(shell: Shell, parts: &Parts) -> Self {
        let viewer = parts.extensions.get::<Viewer>().cloned().unwrap_or_default();
        let query = parts.uri.query().unwrap_or_default();
        let (asked, rest) = split_lang(query);
        let lang = asked.or_else(|| cookie(parts, LANG_COOKIE).and_then(|code| Lang::from_code(&code)));
        Self {
            lang: lang.unwrap_or(viewer.lang),
            viewer,
            shell,
            path: parts.uri.path().to_owned(),
            query: rest,
            chose_lang: asked.is_some(),
        }
    }

    /// The words in the reader's language.
    pub fn t(&self) -> Talk<'_> {
        self.shell.words().talk(self.lang)
    }

    /// Starts a page with this title.
    pub fn page(&self, title: impl Into<String>) -> Page<'_> {
        Page::new(self, title)
    }

    /// Whether the address belongs to the JSON interface.
    pub fn is_api(&self) -> bool {
        self.path.starts_with("/api/")
    }

    /// This address, with its query.
    pub fn address(&self) -> String {
        if self.query.is_empty() { self.path.clone() } else { format!("{}?{}", self.path, self.query) }
    }

    /// This address with one value of the query set (or removed): for sorting, paging and switching language.
    pub fn with_query(&self, name: &str, value: Option<&str>) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        for (key, old) in form_urlencoded::parse(self.query.as_bytes()).filter(|(key, _)| key != name) {
            query.append_pair(&key, &old);
        }
        if let Some(value) = value {
            query.append_pair(name, value);
        }
        let query = query.finish();
        if query.is_empty() { self.path.clone() } else { format!("{}?{query}", self.path) }
    }

    /// The first value of `name` in the query, in NFC and trimmed; empty counts as absent.
    pub fn asked(&self, name: &str) -> Option<String> {
        let found = form_urlencoded::parse(self.query.as_bytes()).find(|(key, _)| key == name);
        found.map(|(_, value)| crate::form::clean(&value)).filter(|value| !value.is_empty())
    }
}

impl<S: Send + Sync> FromRequestParts<S> for View {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        if let Some(view) = parts.extensions.get::<Self>() {
            return Ok(view.clone());
        }
        let shell = parts.extensions.get::<Shell>().cloned();
        Ok(Self::of(shell.unwrap_or_else(unshelled), parts))
    }
}

/// A shell for requests that did not pass [`crate::layers::pages`]; a test checks that its words load.
fn unshelled() -> Shell {
    Shell::bare().unwrap_or_else(|_| Shell::new(Words::default(), Vec::new()))
}

/// Takes `lang` out of a query.
fn split_lang(query: &str) -> (Option<Lang>, String) {
    let mut asked = None;
    let rest: Vec<&str> = query
        .split('&')
        .filter(|pair| !pair.is_empty())
        .filter(|pair| match pair.strip_prefix("lang=") {
            Some(code) => {
                asked = Lang::from_code(code).or(asked);
                false
            }
            None => true,
        })
        .collect();
    (asked, rest.join("&"))
}

/// The value of a cookie of the request.
pub fn cookie(parts: &Parts, name: &str) -> Option<String> {
    let lines = parts.headers.get_all(COOKIE).iter().filter_map(|line| line.to_str().ok());
    let mut pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(key, _)| *key == name).map(|(_, value)| value.to_owned())
}
