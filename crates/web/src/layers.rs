//! What every answer passes on its way out: problems become pages, headers protect, text is packed.

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::Response;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{NotForContentType, Predicate, SizeAbove};

use crate::codes;
use crate::problem::Problem;
use crate::shell::Shell;
use crate::view::{LANG_COOKIE, View};

/// What a page may load: only what this program serves itself; nothing inline, nobody may frame it.
pub const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; \
     img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; \
     frame-ancestors 'none'; base-uri 'none'";

/// Headers of every answer.
const HEADERS: [(HeaderName, &str); 6] = [
    (header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY),
    (header::REFERRER_POLICY, "same-origin"),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
    ),
];

/// Behind the layer that puts [`crate::Viewer`] into requests: gives handlers their [`View`], turns
/// [`Problem`]s and bare statuses into pages or JSON, serves the assets, answers unknown addresses and
/// survives a handler that panics.
pub fn pages(router: Router, shell: Shell) -> Router {
    router
        .merge(crate::assets::routes())
        .fallback(async || Problem::not_found())
        .method_not_allowed_fallback(async || Problem::of(codes::METHOD))
        .layer(CatchPanicLayer::custom(|_: Box<dyn std::any::Any + Send>| {
            let mut answer = Response::new("trouble".to_owned());
            *answer.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
            answer
        }))
        .layer(middleware::from_fn_with_state(shell, around))
}

/// Before everything else: protecting headers, packing of text above 1 kB.
pub fn outer(router: Router) -> Router {
    let packed = SizeAbove::new(1024).and(NotForContentType::IMAGES).and(NotForContentType::const_new("font/"));
    router.layer(CompressionLayer::new().gzip(true).compress_when(packed)).layer(middleware::map_response(protect))
}

async fn protect(mut answer: Response) -> Response {
    for (name, value) in HEADERS {
        answer.headers_mut().entry(name).or_insert(HeaderValue::from_static(value));
    }
    answer
}

/// Around the layer that tells who looks: a [`Problem`] of that layer itself (a token of the interface that is
/// none, a form's token that is missing) becomes a page or JSON too, though it never came as far as [`pages`].
pub fn refusals(router: Router, shell: Shell) -> Router {
    router.layer(middleware::from_fn_with_state(shell, refused))
}

async fn refused(State(shell): State<Shell>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let view = View::of(shell, &parts);
    let mut answer = next.run(Request::from_parts(parts, body)).await;
    if let Some(problem) = answer.extensions_mut().remove::<Problem>() {
        answer = problem.answer(&view);
        answer.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    answer
}

/// Gives the request its view and the answer its final form.
async fn around(State(shell): State<Shell>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let view = View::of(shell.clone(), &parts);
    parts.extensions.insert(shell);
    parts.extensions.insert(view.clone());
    let mut answer = next.run(Request::from_parts(parts, body)).await;
    if let Some(problem) = answer.extensions_mut().remove::<Problem>().or_else(|| of_status(&answer)) {
        answer = problem.answer(&view);
    }
    let headers = answer.headers_mut();
    if view.chose_lang
        && let Ok(cookie) =
            HeaderValue::from_str(&format!("{LANG_COOKIE}={}; Path=/; Max-Age=31536000; SameSite=Lax", view.lang))
    {
        headers.append(header::SET_COOKIE, cookie);
    }
    if !headers.contains_key(header::CACHE_CONTROL) {
        let kept = if view.viewer.account.is_some() { "no-store" } else { "private, no-cache" };
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(kept));
    }
    answer
}

/// A failure that an extractor answered in bare text becomes a problem of the table.
fn of_status(answer: &Response) -> Option<Problem> {
    let kind = answer.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if !kind.is_empty() && !kind.starts_with("text/plain") {
        return None;
    }
    let code = match answer.status() {
        StatusCode::BAD_REQUEST | StatusCode::UNSUPPORTED_MEDIA_TYPE => codes::BAD_REQUEST,
        StatusCode::UNPROCESSABLE_ENTITY => codes::INVALID,
        StatusCode::UNAUTHORIZED => codes::SIGN_IN,
        StatusCode::FORBIDDEN => codes::FORBIDDEN,
        StatusCode::NOT_FOUND => codes::NOT_FOUND,
        StatusCode::METHOD_NOT_ALLOWED => codes::METHOD,
        StatusCode::PAYLOAD_TOO_LARGE => codes::TOO_LARGE,
        StatusCode::INTERNAL_SERVER_ERROR => codes::TROUBLE,
        _ => return None,
    };
    Some(Problem::of(code))
}
