//! What the handlers of identity's own pages need of a request.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Redirect, Response};
use lt_kernel::Said;
use lt_web::{Problem, Viewer, codes};

use super::cookies::{self, Kind};
use super::layer::Who;
use super::verbs::From;
use crate::secret::SecretString;
use crate::service::Identity;
use crate::sessions::model::{Session, Stage};
use crate::sights::{self, Shown};

/// The handle, who looks, and with which browser.
#[derive(Clone)]
pub(crate) struct Desk {
    pub(crate) identity: Identity,
    pub(crate) who: Who,
    pub(crate) agent: String,
}

impl<S: Send + Sync> FromRequestParts<S> for Desk {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let identity = parts.extensions.get::<Identity>().cloned();
        let identity = identity.ok_or_else(|| Problem::trouble("the identity layer is not in place"))?;
        let who = parts.extensions.get::<Who>().cloned().unwrap_or_default();
        Ok(Self { identity, who, agent: agent(&parts.headers) })
    }
}

impl Desk {
    /// Where the request comes from.
    pub(crate) fn from(&self) -> From<'_> {
        From { address: self.who.address, agent: &self.agent }
    }

    /// The session of whoever is signed in.
    ///
    /// # Errors
    /// A [`Problem`] that asks to sign in; also for API tokens, which have no session.
    pub(crate) fn session(&self) -> Result<&Session, Problem> {
        let full = self.who.session.as_ref().filter(|session| session.stage == Stage::Full);
        full.ok_or_else(|| Problem::of(codes::SIGN_IN))
    }

    /// Writes down that the viewer is shown the data of others to look after accounts.
    ///
    /// # Errors
    /// The store's, as a [`Problem`]: then nothing may be shown.
    pub(crate) async fn saw(&self, viewer: &Viewer, shown: Shown<'_>) -> Result<(), Problem> {
        Ok(self.identity.saw((viewer, &self.who), sights::ACCOUNTS, shown).await?)
    }

    /// Goes to `path` with the session's cookie set.
    pub(crate) fn enter(&self, token: &SecretString, path: &str) -> Response {
        let mut answer = Redirect::to(path).into_response();
        self.hand_over(&mut answer, token);
        answer
    }

    /// Sets the session's cookie, and removes the one from before.
    pub(crate) fn hand_over(&self, answer: &mut Response, token: &SecretString) {
        let secure = self.identity.config().is_secure();
        add(answer, cookies::set(Kind::Session, token.expose(), None, secure));
        add(answer, cookies::clear(Kind::Before, secure));
    }
}

/// Adds a cookie to an answer.
pub(crate) fn add(answer: &mut Response, cookie: Option<HeaderValue>) {
    if let Some(cookie) = cookie {
        answer.headers_mut().append(header::SET_COOKIE, cookie);
    }
}

/// The browser and system in two words, for the owner of the session to recognise. The full text of the
/// header is not kept: it says more about a person than is needed.
fn agent(headers: &HeaderMap) -> String {
    let text = headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let first =
        |names: &[(&str, &'static str)]| names.iter().find(|(sign, _)| text.contains(sign)).map(|(_, name)| *name);
    let browser = first(&[
        ("Edg/", "Edge"),
        ("coc_coc", "Cốc Cốc"),
        ("OPR/", "Opera"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ]);
    let system = first(&[
        ("Windows", "Windows"),
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Mac OS X", "macOS"),
        ("Linux", "Linux"),
    ]);
    [browser, system].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// The refusal of too many tries, in words.
pub(crate) fn wait(seconds: i64) -> Said {
    Said::new("identity-sign-in-wait").with("seconds", seconds)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn browsers_are_named_in_two_words() {
        for (text, name) in [
            ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox · Linux"),
            ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0", "Edge · Windows"),
            ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1", "Safari · iPhone"),
            ("curl/8", ""),
        ] {
            assert_eq!(agent(&HeaderMap::from_iter([(header::USER_AGENT, text.parse().unwrap())])), name);
        }
    }
}
