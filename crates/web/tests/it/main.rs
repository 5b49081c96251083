//! The shell, forms and components as a browser meets them: real router, real layers.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "helpers of tests fail loudly, like the tests themselves"
)]

mod access;
mod assets;
mod contrast;
mod escaping;
mod forms;
mod pages;
mod words;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use lt_kernel::id::{AccountId, Uuid};
use lt_web::{Grant, Routes, Scope, Shell, Viewer, layers};
use tower::ServiceExt;

/// An answer, read.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }
}

/// Somebody signed in who holds `permissions` everywhere.
pub(crate) fn signed_in(permissions: &[&str]) -> Viewer {
    let grant = |name: &&str| Grant { permission: (*name).to_owned(), scope: Scope::All };
    Viewer {
        account: Some(AccountId(Uuid::nil())),
        name: "Người thử".into(),
        csrf: "right-token".into(),
        grants: permissions.iter().map(grant).collect::<Vec<_>>().into(),
        ..Viewer::default()
    }
}

/// Sends a request of `viewer` through everything a request passes in the program.
pub(crate) async fn send(routes: Routes<()>, viewer: Viewer, request: Request<Body>) -> Answer {
    let within: Router = layers::pages(routes.split().0.with_state(()), Shell::bare().unwrap());
    let whole = layers::outer(within.layer(axum::Extension(viewer)));
    let found = whole.oneshot(request).await.unwrap();
    let (status, headers) = (found.status(), found.headers().clone());
    let body = to_bytes(found.into_body(), usize::MAX).await.unwrap();
    Answer { status, headers, body: String::from_utf8_lossy(&body).into_owned() }
}

/// A request to read an address.
pub(crate) fn get(address: &str) -> Request<Body> {
    Request::get(address).body(Body::empty()).unwrap()
}
