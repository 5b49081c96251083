//! The layer that tells every request who looks.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use axum::extract::{ConnectInfo, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use lt_kernel::Said;
use lt_kernel::id::PersonId;
use lt_store::Unit;
use lt_web::{Problem, Viewer, codes};

use super::cookies::{self, Kind};
use crate::accounts::model::State as AccountState;
use crate::error::IdentityError;
use crate::secret::{csrf_of, digest, same};
use crate::service::Identity;
use crate::sessions::model::{SEEN_SECONDS, Session, Stage};
use crate::{sessions, tokens};

/// What the account must do before anything else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Duty {
    /// Change the password a manager set.
    Password,
    /// Begin a second factor, because a role demands it.
    SecondFactor,
}

impl Duty {
    /// The page where it is done.
    #[must_use]
    pub const fn page(self) -> &'static str {
        match self {
            Self::Password => "/account/password",
            Self::SecondFactor => "/account/second-factor",
        }
    }
}

/// Beside the `Viewer`: what identity's own pages need to know of the request.
#[derive(Debug, Clone, Default)]
pub struct Who {
    /// The session, also one that still waits for its code.
    pub session: Option<Session>,
    /// The person.
    pub person: Option<PersonId>,
    /// What must be done first.
    pub duty: Option<Duty>,
    /// Whether a role demands a second factor that the sample is excused from.
    pub excused: bool,
    /// The token before there is a session.
    pub before: Option<String>,
    /// Where the request comes from.
    pub address: Option<IpAddr>,
}

/// Puts [`Viewer`], [`Who`] and [`Identity`] into the request:
/// `router.layer(axum::middleware::from_fn_with_state(identity, lt_identity::layer))`.
pub async fn layer(State(identity): State<Identity>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let (viewer, who) = match identity.look(&parts).await {
        Ok(found) => found,
        Err(problem) => return problem.into_response(),
    };
    let api = is_api(parts.uri.path());
    let writes = !matches!(parts.method, Method::GET | Method::HEAD | Method::OPTIONS);
    if api && writes && who.session.is_some() && !has_csrf_header(&parts.headers, &viewer.csrf) {
        return Problem::of(codes::FORM_EXPIRED).into_response();
    }
    if let Some(duty) = who.duty
        && !is_free(parts.uri.path(), duty)
    {
        return if writes || api {
            Problem::forbidden().saying(Said::new("identity-duty-first")).into_response()
        } else {
            Redirect::to(duty.page()).into_response()
        };
    }
    let mut request = Request::from_parts(parts, body);
    request.extensions_mut().insert(viewer);
    request.extensions_mut().insert(who);
    let returns = request.uri().path() == crate::oidc::BACK;
    let secure = identity.config().is_secure();
    request.extensions_mut().insert(identity);
    let mut answer = next.run(request).await;
    if returns {
        // A flow is good for one return, whatever came of it. Here, because a problem's page is a new answer.
        super::desk::add(&mut answer, cookies::clear(Kind::Flow, secure));
    }
    answer
}

/// Whether the path belongs to the interface for programs.
fn is_api(path: &str) -> bool {
    path == "/api" || path.starts_with("/api/")
}

/// What may be reached with a duty undone.
fn is_free(path: &str, duty: Duty) -> bool {
    let under = |top: &str| path == top || path.strip_prefix(top).is_some_and(|rest| rest.starts_with('/'));
    under(duty.page()) || under("/assets") || path == "/sign-out"
}

/// Whether the session's token of forms came in a header no other site can set.
fn has_csrf_header(headers: &HeaderMap, csrf: &str) -> bool {
    let sent = headers.get("x-csrf-token").and_then(|value| value.to_str().ok());
    !csrf.is_empty() && sent.is_some_and(|sent| same(sent, csrf))
}

/// The bearer token of a request, when it has one.
fn bearer(headers: &HeaderMap) -> Option<&str> {
    let line = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = line.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

impl Identity {
    /// Who looks.
    async fn look(&self, request: &Parts) -> Result<(Viewer, Who), Problem> {
        let headers = &request.headers;
        let address = self.address(request);
        // Assets are the same for everybody; they cost no read.
        if request.uri.path().starts_with("/assets/") {
            return Ok((Viewer::default(), Who::default()));
        }
        if is_api(request.uri.path())
            && let Some(token) = bearer(headers)
        {
            return self.by_token(token, address).await?.ok_or_else(|| Problem::of(codes::SIGN_IN));
        }
        let secure = self.config().is_secure();
        if let Some(token) = cookies::read(headers, Kind::Session, secure)
            && let Some((viewer, who)) = self.by_session(&token).await?
        {
            return Ok((viewer, Who { address, ..who }));
        }
        let before = cookies::read(headers, Kind::Before, secure);
        let viewer = Viewer { csrf: before.as_deref().map(csrf_of).unwrap_or_default(), ..Viewer::default() };
        Ok((viewer, Who { before, address, ..Who::default() }))
    }

    /// The visitor's address: of the connection, or what the proxy in front says last.
    fn address(&self, request: &Parts) -> Option<IpAddr> {
        let forwarded = request.headers.get_all("x-forwarded-for").iter().next_back();
        let told = forwarded.filter(|_| self.config().trust_forwarded).and_then(|line| line.to_str().ok());
        let told = told.and_then(|line| line.rsplit(',').next()?.trim().parse().ok());
        told.or_else(|| request.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip()))
    }

    /// The viewer of a session's token; none when there is no such living session.
    async fn by_session(&self, token: &str) -> Result<Option<(Viewer, Who)>, IdentityError> {
        let now = self.host().clock.now();
        let Some(seen) = sessions::store::seen(&self.host().db, digest(token)).await? else { return Ok(None) };
        let session = seen.session;
        if !session.is_live(now) || seen.state == AccountState::Disabled {
            return Ok(None);
        }
        let csrf = csrf_of(token);
        let who = Who { session: Some(session.clone()), person: Some(seen.person), ..Who::default() };
        if session.stage == Stage::SecondFactor {
            return Ok(Some((Viewer { csrf, ..Viewer::default() }, who)));
        }
        if session.wants_touch(now) {
            let mut unit = Unit::new();
            sessions::store::touch(&mut unit, session.id, now);
            // A full disk must not keep people from reading; the session then merely ends earlier.
            if let Err(error) = self.host().db.commit(unit).await {
                tracing::warn!(%error, "the use of a session was not written down");
            }
        }
        let allowed = self.allowed(seen.person, seen.counter).await?;
        let lacks = allowed.needs_second_factor && !seen.second_factor && !session.strong;
        let excused = lacks && self.config().sample && seen.sample;
        let duty = match seen.state.at(now) {
            AccountState::MustChangePassword | AccountState::Locked { must_change: true, .. } => Some(Duty::Password),
            _ if lacks && !excused => Some(Duty::SecondFactor),
            _ => None,
        };
        let grants = if duty.is_some() { Arc::default() } else { allowed.grants };
        let account = Some(session.account);
        let viewer = Viewer { account, name: seen.name, org: allowed.org, grants, csrf, ..Viewer::default() };
        Ok(Some((viewer, Who { duty, excused, ..who })))
    }

    /// The viewer of an API token; none when it does not count.
    async fn by_token(&self, token: &str, address: Option<IpAddr>) -> Result<Option<(Viewer, Who)>, IdentityError> {
        let now = self.host().clock.now();
        let Some(seen) = tokens::store::seen(&self.host().db, digest(token)).await? else { return Ok(None) };
        let token = seen.token;
        if !token.is_live(now) || seen.state.at(now) != AccountState::Active {
            return Ok(None);
        }
        let allowed = self.allowed(seen.person, seen.counter).await?;
        let excused = self.config().sample && seen.sample;
        if allowed.needs_second_factor && !seen.second_factor && !excused {
            return Ok(None);
        }
        if token.last_used.is_none_or(|used| now >= used.plus_seconds(SEEN_SECONDS)) {
            let mut unit = Unit::new();
            tokens::store::touch(&mut unit, token.id, now);
            if let Err(error) = self.host().db.commit(unit).await {
                tracing::warn!(%error, "the use of a token was not written down");
            }
        }
        let grants = token.narrow(&allowed.grants).into();
        let viewer =
            Viewer { account: Some(token.account), name: seen.name, org: allowed.org, grants, ..Viewer::default() };
        Ok(Some((viewer, Who { person: Some(seen.person), address, ..Who::default() })))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_duty_leaves_open() {
        for (path, free) in [
            ("/account/password", true),
            ("/account/second-factor", false),
            ("/account/passwords", false),
            ("/account", false),
            ("/", false),
            ("/sign-out", true),
            ("/assets/x.css", true),
            ("/assetsx", false),
        ] {
            assert_eq!(is_free(path, Duty::Password), free, "{path}");
        }
        assert!(is_free("/account/second-factor/codes", Duty::SecondFactor));
    }

    #[test]
    fn bearer_tokens_are_read() {
        let headers = |line: &str| HeaderMap::from_iter([(header::AUTHORIZATION, line.parse().unwrap())]);
        assert_eq!(bearer(&headers("Bearer abc")), Some("abc"));
        assert_eq!(bearer(&headers("bearer  abc ")), Some("abc"));
        assert_eq!(bearer(&headers("Basic abc")), None);
        assert_eq!(bearer(&HeaderMap::new()), None);
    }
}
