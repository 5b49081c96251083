//! A provider inside the test, on a port of its own, that can be told to lie.

use std::sync::{Arc, Mutex};

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use lt_kernel::{Clock, Instant};
use lt_testkit::db::TestClock;
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// In what the provider lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lie {
    Nothing,
    Nonce,
    Audience,
    Issuer,
    Signature,
    Expired,
    Unsigned,
    Discovery,
    Endless,
}

/// What the browser brought: challenge, nonce.
#[derive(Default, Clone)]
struct Asked {
    challenge: String,
    nonce: String,
}

pub(crate) struct Provider {
    pub(crate) issuer: String,
    pub(crate) lie: Mutex<Lie>,
    pub(crate) subject: Mutex<String>,
    asked: Mutex<Asked>,
    key: EcdsaKeyPair,
    other: EcdsaKeyPair,
    clock: Arc<TestClock>,
    code: &'static str,
}

pub(crate) const SECRET: &str = "bí mật: của/chương trình";

fn key() -> EcdsaKeyPair {
    let random = SystemRandom::new();
    let pkcs8 = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random).unwrap();
    EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, pkcs8.as_ref(), &random).unwrap()
}

impl Provider {
    /// Starts one; it ends with the test.
    pub(crate) async fn start(clock: Arc<TestClock>) -> Arc<Self> {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let provider = Arc::new(Self {
            issuer: format!("http://127.0.0.1:{}", listener.local_addr().unwrap().port()),
            lie: Mutex::new(Lie::Nothing),
            subject: Mutex::new("chu-the-7".into()),
            asked: Mutex::default(),
            key: key(),
            other: key(),
            clock,
            code: "ma-mot-lan",
        });
        let router = Router::new()
            .route("/.well-known/openid-configuration", get(discovery))
            .route("/keys", get(keys))
            .route("/token", post(token))
            .with_state(Arc::clone(&provider));
        tokio::spawn(async move { axum::serve(listener, router).await });
        provider
    }

    /// The browser follows `address` and signs in there; the query it comes back with.
    pub(crate) fn visit(&self, address: &str) -> String {
        let query = address.split_once('?').unwrap().1;
        let of =
            |name: &str| form_urlencoded::parse(query.as_bytes()).find(|(key, _)| key == name).unwrap().1.into_owned();
        assert_eq!((of("response_type").as_str(), of("code_challenge_method").as_str()), ("code", "S256"));
        assert_eq!(of("redirect_uri"), "http://lienthong.test/sign-in/provider/back");
        *self.asked.lock().unwrap() = Asked { challenge: of("code_challenge"), nonce: of("nonce") };
        format!("code={}&state={}", self.code, of("state"))
    }

    fn id_token(&self) -> String {
        let lie = *self.lie.lock().unwrap();
        let now = Instant::micros(self.clock.now()) / 1_000_000;
        let nonce = self.asked.lock().unwrap().nonce.clone();
        let lying = |which: Lie, lied: Value, told: Value| if lie == which { lied } else { told };
        let claims = json!({
            "iss": lying(Lie::Issuer, json!("http://127.0.0.1:1"), json!(self.issuer)),
            "aud": lying(Lie::Audience, json!("another"), json!("lienthong")),
            "nonce": lying(Lie::Nonce, json!("another"), json!(nonce)),
            "exp": lying(Lie::Expired, json!(now - 61), json!(now + 300)),
            "iat": lying(Lie::Expired, json!(now - 400), json!(now)),
            "sub": *self.subject.lock().unwrap(), "name": "Cán bộ từ hệ thống khác",
        });
        let header = lying(Lie::Unsigned, json!({"alg": "none"}), json!({"alg": "ES256", "kid": "k"}));
        let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let signed = format!("{}.{}", part(&header), part(&claims));
        let key = if lie == Lie::Signature { &self.other } else { &self.key };
        let signature = key.sign(&SystemRandom::new(), signed.as_bytes()).unwrap();
        let signature = if lie == Lie::Unsigned { String::new() } else { URL_SAFE_NO_PAD.encode(signature.as_ref()) };
        format!("{signed}.{signature}")
    }
}

async fn discovery(State(provider): State<Arc<Provider>>) -> Json<Value> {
    let at = &provider.issuer;
    let lies = *provider.lie.lock().unwrap() == Lie::Discovery;
    let issuer = if lies { "https://another.example".to_owned() } else { at.clone() };
    Json(json!({
        "issuer": issuer, "authorization_endpoint": format!("{at}/authorize"),
        "token_endpoint": format!("{at}/token"), "jwks_uri": format!("{at}/keys"),
    }))
}

async fn keys(State(provider): State<Arc<Provider>>) -> Json<Value> {
    let point = provider.key.public_key().as_ref();
    let (x, y) = (URL_SAFE_NO_PAD.encode(&point[1..33]), URL_SAFE_NO_PAD.encode(&point[33..65]));
    Json(json!({"keys": [
        {"kty": "oct", "odd": true},
        {"kty": "EC", "crv": "P-256", "use": "sig", "kid": "k", "x": x, "y": y},
    ]}))
}

/// Redeems the code as a real provider does: client, code and verifier must be right.
async fn token(State(provider): State<Arc<Provider>>, headers: HeaderMap, body: String) -> Response {
    if *provider.lie.lock().unwrap() == Lie::Endless {
        return " ".repeat(1 << 20).into_response();
    }
    let of = |name: &str| {
        form_urlencoded::parse(body.as_bytes()).find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
    };
    let coded: String = form_urlencoded::byte_serialize(SECRET.as_bytes()).collect();
    let basic = format!("Basic {}", STANDARD.encode(format!("lienthong:{coded}")));
    let known = headers.get(header::AUTHORIZATION).is_some_and(|line| line.to_str().unwrap() == basic);
    let verifier = of("code_verifier").unwrap_or_default();
    let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.as_bytes()));
    let proved = challenge == provider.asked.lock().unwrap().challenge;
    if !known || !proved || of("code").as_deref() != Some(provider.code) {
        return (StatusCode::BAD_REQUEST, Json(json!({"error": "invalid_grant"}))).into_response();
    }
    Json(json!({"access_token": "x", "token_type": "Bearer", "id_token": provider.id_token()})).into_response()
}
