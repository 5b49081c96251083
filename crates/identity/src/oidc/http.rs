//! The few calls made to a provider: HTTPS by the machine's trusted roots, bounded in time and size.

use std::time::Duration;

use axum::body::Bytes;
use axum::http::{Method, Request, StatusCode, Uri, header};
use http_body_util::{BodyExt, Full, Limited};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;

/// Bytes taken of an answer.
const MAX_BYTES: usize = 256 * 1024;
/// Seconds waited for one.
const SECONDS: u64 = 10;

/// Why a provider did not answer as it should.
#[derive(Debug, thiserror::Error)]
pub enum NoAnswer {
    /// The address is not HTTPS (nor this machine's own), or is none.
    #[error("{0} is not an address that may be called")]
    Address(String),
    /// It cannot be reached, is too slow, or says too much.
    #[error("the provider cannot be reached: {0}")]
    Unreachable(String),
    /// It answered with another status than 200.
    #[error("the provider answered with status {0}")]
    Status(u16),
    /// It refused in words (RFC 6749 §5.2), such as `invalid_client`.
    #[error("the provider refused: {0:?}")]
    Refused(String),
    /// The answer is not the JSON it should be.
    #[error("the provider's answer cannot be read: {0}")]
    Unreadable(String),
}

/// A client over TLS with the roots the machine trusts. Cheap to clone.
#[derive(Clone)]
pub struct Http(Client<HttpsConnector<HttpConnector>, Full<Bytes>>);

impl Http {
    /// A client.
    ///
    /// # Errors
    /// [`NoAnswer::Unreachable`] when the machine has no store of trusted roots.
    pub fn new() -> Result<Self, NoAnswer> {
        let roots = HttpsConnectorBuilder::new()
            .with_provider_and_native_roots(hyper_rustls_ring())
            .map_err(|error| NoAnswer::Unreachable(error.to_string()))?;
        Ok(Self(Client::builder(TokioExecutor::new()).build(roots.https_or_http().enable_http1().build())))
    }

    /// Fetches JSON.
    ///
    /// # Errors
    /// [`NoAnswer`].
    pub async fn get<T: serde::de::DeserializeOwned>(&self, address: &str) -> Result<T, NoAnswer> {
        self.call(Request::builder().method(Method::GET).uri(allowed(address)?), Bytes::new()).await
    }

    /// Posts a form with name and secret in the header (RFC 6749 §2.3.1), and reads JSON.
    ///
    /// # Errors
    /// [`NoAnswer`].
    pub async fn post<T: serde::de::DeserializeOwned>(
        &self,
        address: &str,
        authorization: &str,
        form: String,
    ) -> Result<T, NoAnswer> {
        let request = Request::builder()
            .method(Method::POST)
            .uri(allowed(address)?)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::AUTHORIZATION, authorization);
        self.call(request, Bytes::from(form)).await
    }

    async fn call<T: serde::de::DeserializeOwned>(
        &self,
        request: axum::http::request::Builder,
        body: Bytes,
    ) -> Result<T, NoAnswer> {
        let request = request
            .header(header::ACCEPT, "application/json")
            .body(Full::new(body))
            .map_err(|error| NoAnswer::Address(error.to_string()))?;
        let exchange = async {
            let answer = self.0.request(request).await.map_err(|error| NoAnswer::Unreachable(error.to_string()))?;
            let status = answer.status();
            let body = Limited::new(answer.into_body(), MAX_BYTES).collect().await;
            let body = body.map_err(|error| NoAnswer::Unreachable(error.to_string()))?.to_bytes();
            // Redirects are not followed: no answer here has a reason to come from elsewhere.
            if status != StatusCode::OK {
                return Err(refusal(status, &body));
            }
            serde_json::from_slice(&body).map_err(|error| NoAnswer::Unreadable(error.to_string()))
        };
        let done = tokio::time::timeout(Duration::from_secs(SECONDS), exchange).await;
        done.map_err(|_| NoAnswer::Unreachable(format!("no answer within {SECONDS} seconds")))?
    }
}

/// What an answer other than 200 means: a refusal in words where it holds one.
fn refusal(status: StatusCode, body: &[u8]) -> NoAnswer {
    #[derive(serde::Deserialize)]
    struct Refusal {
        error: String,
    }
    let told = serde_json::from_slice::<Refusal>(body).ok().filter(|_| status.is_client_error());
    told.map_or(NoAnswer::Status(status.as_u16()), |told| NoAnswer::Refused(told.error.chars().take(64).collect()))
}

/// The address, when it is HTTPS; plain HTTP only to this very machine, for tests and proxies beside us.
fn allowed(address: &str) -> Result<Uri, NoAnswer> {
    let refused = || NoAnswer::Address(address.to_owned());
    let uri: Uri = address.parse().map_err(|_| refused())?;
    let local = matches!(uri.host(), Some("localhost" | "127.0.0.1" | "[::1]"));
    match uri.scheme_str() {
        Some("https") => Ok(uri),
        Some("http") if local => Ok(uri),
        _ => Err(refused()),
    }
}

/// The cryptography of TLS: ring.
fn hyper_rustls_ring() -> rustls::crypto::CryptoProvider {
    rustls::crypto::ring::default_provider()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_is_told_from_silence() {
        let word = |status, body: &str| match refusal(status, body.as_bytes()) {
            NoAnswer::Refused(word) => word,
            other => other.to_string(),
        };
        assert_eq!(word(StatusCode::UNAUTHORIZED, r#"{"error":"invalid_client"}"#), "invalid_client");
        assert_eq!(word(StatusCode::BAD_GATEWAY, r#"{"error":"x"}"#), "the provider answered with status 502");
        assert_eq!(word(StatusCode::BAD_REQUEST, "<html>"), "the provider answered with status 400");
        assert_eq!(word(StatusCode::BAD_REQUEST, &format!(r#"{{"error":"{}"}}"#, "x".repeat(999))).len(), 64);
    }

    #[test]
    fn only_https_or_this_machine() {
        for (address, taken) in [
            ("https://login.example/x", true),
            ("http://127.0.0.1:4000/x", true),
            ("http://localhost/x", true),
            ("http://login.example/x", false),
            ("http://127.0.0.1.evil.example/x", false),
            ("http://localhost@evil.example/x", false),
            ("file:///etc/passwd", false),
            ("/relative", false),
        ] {
            assert_eq!(allowed(address).is_ok(), taken, "{address}");
        }
    }
}
