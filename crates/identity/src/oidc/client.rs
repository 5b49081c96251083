//! The relying party: discovery, where to send the browser, and what its return is worth.

use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use lt_kernel::Instant;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use tokio::sync::RwLock;

use super::OidcConfig;
use super::flow::Flow;
use super::http::{Http, NoAnswer};
use super::jwt::{self, Claims, Expected, Jwks, Unbelieved};

/// Why a sign-in through the provider failed.
#[derive(Debug, thiserror::Error)]
pub enum OidcFault {
    /// The provider did not answer as it should.
    #[error(transparent)]
    NoAnswer(#[from] NoAnswer),
    /// Discovery names another issuer than the configured one.
    #[error("discovery names another issuer than the configured one")]
    OtherIssuer,
    /// The id token is not believed.
    #[error(transparent)]
    Unbelieved(#[from] Unbelieved),
}

/// What discovery tells (OpenID Connect Discovery 1.0 §3), as far as it is used here.
#[derive(Debug, Clone, Deserialize)]
struct Discovered {
    issuer: String,
    authorization_endpoint: String,
    token_endpoint: String,
    jwks_uri: String,
}

#[derive(Deserialize)]
struct Tokens {
    id_token: String,
}

/// A provider with what was learnt of it.
#[derive(Debug, Clone)]
struct Known {
    discovered: Discovered,
    keys: Jwks,
    at: Instant,
}

/// Seconds after which discovery and keys are fetched anew.
const FRESH_SECONDS: i64 = 3600;
/// Seconds that must lie between two fetches of the keys for tokens with an unknown key.
const AGAIN_SECONDS: i64 = 30;

/// The relying party for one provider.
pub struct Client {
    /// How the operator configured it.
    pub config: OidcConfig,
    http: Http,
    redirect: String,
    known: RwLock<Option<Arc<Known>>>,
}

impl Client {
    /// A client whose browsers come back to `redirect`. Nothing is fetched yet: the provider may be down when
    /// the program starts.
    ///
    /// # Errors
    /// [`NoAnswer`] when the machine has no trusted roots.
    pub fn new(config: OidcConfig, redirect: String) -> Result<Self, NoAnswer> {
        Ok(Self { config, http: Http::new()?, redirect, known: RwLock::new(None) })
    }

    /// Where to send the browser for this flow.
    ///
    /// # Errors
    /// [`OidcFault`] when discovery fails.
    pub async fn address(&self, flow: &Flow, now: Instant) -> Result<String, OidcFault> {
        let known = self.known(now, FRESH_SECONDS).await?;
        let mut query = form_urlencoded::Serializer::new(String::new());
        let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(flow.verifier.as_bytes()));
        query
            .append_pair("response_type", "code")
            .append_pair("client_id", &self.config.client_id)
            .append_pair("redirect_uri", &self.redirect)
            .append_pair("scope", "openid profile")
            .append_pair("state", &flow.state)
            .append_pair("nonce", &flow.nonce)
            .append_pair("code_challenge", &challenge)
            .append_pair("code_challenge_method", "S256");
        let endpoint = &known.discovered.authorization_endpoint;
        let mark = if endpoint.contains('?') { '&' } else { '?' };
        Ok(format!("{endpoint}{mark}{}", query.finish()))
    }

    /// Turns the code the browser brought back into the claims of a believed id token.
    ///
    /// # Errors
    /// [`OidcFault`].
    pub async fn redeem(&self, flow: &Flow, code: &str, now: Instant) -> Result<Claims, OidcFault> {
        let known = self.known(now, FRESH_SECONDS).await?;
        let form = form_urlencoded::Serializer::new(String::new())
            .append_pair("grant_type", "authorization_code")
            .append_pair("code", code)
            .append_pair("redirect_uri", &self.redirect)
            .append_pair("code_verifier", &flow.verifier)
            .finish();
        let tokens: Tokens = self.http.post(&known.discovered.token_endpoint, &self.authorization(), form).await?;
        let (issuer, client_id) = (self.config.issuer.as_str(), self.config.client_id.as_str());
        let expected = Expected { issuer, client_id, nonce: &flow.nonce, now };
        match jwt::check(&tokens.id_token, &known.keys, expected) {
            // Providers change their keys: look again, but not for everybody who asks.
            Err(Unbelieved::UnknownKey) => {
                let known = self.known(now, AGAIN_SECONDS).await?;
                Ok(jwt::check(&tokens.id_token, &known.keys, expected)?)
            }
            other => Ok(other?),
        }
    }

    /// Name and secret as the token endpoint wants them (RFC 6749 §2.3.1: each encoded as in a form first).
    fn authorization(&self) -> String {
        let coded = |text: &str| form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
        let pair = format!("{}:{}", coded(&self.config.client_id), coded(self.config.client_secret.expose()));
        format!("Basic {}", STANDARD.encode(pair))
    }

    /// What is known of the provider, fetched anew when older than `seconds`.
    async fn known(&self, now: Instant, seconds: i64) -> Result<Arc<Known>, OidcFault> {
        let fresh = |known: &Arc<Known>| now < known.at.plus_seconds(seconds);
        if let Some(known) = self.known.read().await.as_ref().filter(|known| fresh(known)) {
            return Ok(Arc::clone(known));
        }
        // Held while fetching: others wait for the one answer instead of asking too.
        let mut place = self.known.write().await;
        if let Some(known) = place.as_ref().filter(|known| fresh(known)) {
            return Ok(Arc::clone(known));
        }
        let address = format!("{}/.well-known/openid-configuration", self.config.issuer.trim_end_matches('/'));
        let discovered: Discovered = self.http.get(&address).await?;
        if discovered.issuer != self.config.issuer {
            return Err(OidcFault::OtherIssuer);
        }
        let keys = self.http.get(&discovered.jwks_uri).await?;
        let known = Arc::new(Known { discovered, keys, at: now });
        *place = Some(Arc::clone(&known));
        Ok(known)
    }
}
