//! Routes that say who may use them, so that one test can try each with everybody.

use axum::Router;
use axum::extract::Request;
use axum::handler::Handler;
use axum::http::Method;
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::MethodRouter;

use crate::problem::{Problem, sign_in};
use crate::{Viewer, codes};

/// Who may use a route. The handler still checks how far the permission reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Everybody, signed in or not.
    Public,
    /// Whoever is signed in.
    SignedIn,
    /// Whoever holds the permission for at least one organisation.
    Holds(&'static str),
}

/// A route as the access test sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    /// `GET`, `POST`…
    pub method: Method,
    /// Path with `{places}`.
    pub path: &'static str,
    /// Who may use it.
    pub access: Access,
    /// What for personal data of others is shown there, as the key of the purpose's words; none: none is shown.
    pub purpose: Option<&'static str>,
}

/// Routes of a module, built up call by call. State `S` is `lt_module::Host` everywhere outside tests.
#[must_use]
pub struct Routes<S> {
    /// What the access test walks.
    pub list: Vec<Route>,
    router: Router<S>,
}

impl<S: Clone + Send + Sync + 'static> Default for Routes<S> {
    fn default() -> Self {
        Self { list: Vec::new(), router: Router::new() }
    }
}

impl<S: Clone + Send + Sync + 'static> Routes<S> {
    /// No routes.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a page to read.
    pub fn get<H: Handler<T, S>, T: 'static>(self, path: &'static str, access: Access, handler: H) -> Self {
        self.add(Method::GET, path, access, axum::routing::get(handler))
    }

    /// Adds a form or call that changes something.
    pub fn post<H: Handler<T, S>, T: 'static>(self, path: &'static str, access: Access, handler: H) -> Self {
        self.add(Method::POST, path, access, axum::routing::post(handler))
    }

    /// Adds any other method.
    pub fn add(mut self, method: Method, path: &'static str, access: Access, handler: MethodRouter<S>) -> Self {
        let guarded = handler.layer(middleware::from_fn(move |request, next| guard(access, request, next)));
        self.router = self.router.route(path, guarded);
        self.list.push(Route { method, path, access, purpose: None });
        self
    }

    /// Says of the route added last that it shows personal data of others, and what for. The handler writes each
    /// sight down; one test walks all routes that say so, and looks for personal data on those that do not.
    pub fn personal(mut self, purpose: &'static str) -> Self {
        if let Some(last) = self.list.last_mut() {
            last.purpose = Some(purpose);
        }
        self
    }

    /// Puts another list of routes behind these.
    pub fn and(mut self, other: Self) -> Self {
        self.list.extend(other.list);
        self.router = self.router.merge(other.router);
        self
    }

    /// The router and the list.
    pub fn split(self) -> (Router<S>, Vec<Route>) {
        (self.router, self.list)
    }
}

/// Lets the request through, sends the unknown to the sign-in page (and back), refuses the rest.
async fn guard(access: Access, request: Request, next: Next) -> Response {
    let viewer = request.extensions().get::<Viewer>().cloned().unwrap_or_default();
    let open = match access {
        Access::Public => true,
        Access::SignedIn => viewer.account.is_some(),
        Access::Holds(permission) => viewer.holds(permission),
    };
    if open {
        return next.run(request).await;
    }
    if viewer.account.is_some() {
        return Problem::forbidden().into_response();
    }
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    if reads && !request.uri().path().starts_with("/api/") {
        let address = request.uri().path_and_query().map_or("/", |path| path.as_str());
        return Redirect::to(&sign_in(address)).into_response();
    }
    Problem::of(codes::SIGN_IN).into_response()
}
