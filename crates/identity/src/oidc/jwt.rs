//! Id tokens: signature by a key of the provider's set, then the claims. Pure.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use lt_kernel::Instant;
use ring::signature::{ECDSA_P256_SHA256_FIXED, RSA_PKCS1_2048_8192_SHA256, RsaPublicKeyComponents, UnparsedPublicKey};
use serde::Deserialize;

/// Longest token looked at, in bytes.
const MAX_BYTES: usize = 16 * 1024;
/// Seconds the provider's clock may differ from ours.
pub const SKEW_SECONDS: i64 = 60;
/// Age in seconds beyond which a token is not one of this sign-in.
pub const AGE_SECONDS: i64 = 600;

/// Why an id token is not believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unbelieved {
    /// It is not a token of three parts.
    #[error("the id token is malformed")]
    Malformed,
    /// Signed by another procedure than RS256 or ES256 (`none` and HMAC among them).
    #[error("the id token is signed by a procedure that is not taken")]
    Procedure,
    /// No key of the set has its key id and kind.
    #[error("the id token names a key the provider does not publish")]
    UnknownKey,
    /// The signature is not one of that key.
    #[error("the signature of the id token is wrong")]
    Signature,
    /// Issued by somebody else.
    #[error("the id token is from another issuer")]
    Issuer,
    /// Issued for another program.
    #[error("the id token is for somebody else")]
    Audience,
    /// Too old, or from the future.
    #[error("the id token is expired or not valid yet")]
    Expired,
    /// It answers another request than ours.
    #[error("the id token answers another request")]
    Nonce,
}

/// A key as published (RFC 7517), as far as it is used here.
#[derive(Debug, Clone, Deserialize)]
pub struct Jwk {
    kty: String,
    #[serde(default)]
    kid: Option<String>,
    #[serde(default, rename = "use")]
    usage: Option<String>,
    #[serde(default)]
    crv: Option<String>,
    #[serde(default)]
    n: Option<String>,
    #[serde(default)]
    e: Option<String>,
    #[serde(default)]
    x: Option<String>,
    #[serde(default)]
    y: Option<String>,
}

/// A set of keys. Members that cannot be read are other people's business (RFC 7517 §5).
#[derive(Debug, Clone, Deserialize)]
pub struct Jwks {
    keys: Vec<serde_json::Value>,
}

#[derive(Deserialize)]
struct Header {
    alg: String,
    #[serde(default)]
    kid: Option<String>,
    #[serde(default)]
    crit: Option<serde_json::Value>,
}

/// One audience or several.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
enum Audience {
    One(String),
    Many(Vec<String>),
}

/// The claims that are looked at (OpenID Connect Core 1.0 §2).
#[derive(Debug, Clone, Deserialize)]
pub struct Claims {
    iss: String,
    /// Who signed in, as the issuer calls them, for good.
    pub sub: String,
    aud: Audience,
    exp: i64,
    iat: i64,
    #[serde(default)]
    nbf: Option<i64>,
    #[serde(default)]
    azp: Option<String>,
    #[serde(default)]
    nonce: Option<String>,
    /// Display name, when the provider tells.
    #[serde(default)]
    pub name: Option<String>,
    /// Name at sign-in there, when the provider tells.
    #[serde(default)]
    pub preferred_username: Option<String>,
}

/// What a token must say.
#[derive(Debug, Clone, Copy)]
pub struct Expected<'a> {
    /// Issuer.
    pub issuer: &'a str,
    /// Our id there.
    pub client_id: &'a str,
    /// What we sent along.
    pub nonce: &'a str,
    /// The present.
    pub now: Instant,
}

/// Checks a token's signature and claims.
///
/// # Errors
/// [`Unbelieved`] with the first reason. [`Unbelieved::UnknownKey`] may mean that the keys were changed.
pub fn check(token: &str, keys: &Jwks, expected: Expected<'_>) -> Result<Claims, Unbelieved> {
    if token.len() > MAX_BYTES {
        return Err(Unbelieved::Malformed);
    }
    let (signed, signature) = token.rsplit_once('.').ok_or(Unbelieved::Malformed)?;
    let (header, payload) = signed.split_once('.').ok_or(Unbelieved::Malformed)?;
    let header: Header = part(header)?;
    if header.crit.is_some() {
        return Err(Unbelieved::Procedure);
    }
    let signature = bytes(signature)?;
    verify(&header, keys, signed.as_bytes(), &signature)?;
    let claims: Claims = part(payload)?;
    judge(&claims, expected)?;
    Ok(claims)
}

/// Verifies the signature by each key that may have made it.
fn verify(header: &Header, keys: &Jwks, signed: &[u8], signature: &[u8]) -> Result<(), Unbelieved> {
    let kind = match header.alg.as_str() {
        "RS256" => "RSA",
        "ES256" => "EC",
        _ => return Err(Unbelieved::Procedure),
    };
    let read = keys.keys.iter().filter_map(|key| serde_json::from_value::<Jwk>(key.clone()).ok());
    let fits = |key: &Jwk| {
        key.kty == kind
            && key.usage.as_deref().is_none_or(|usage| usage == "sig")
            && (header.kid.is_none() || header.kid == key.kid)
    };
    let mut tried = false;
    for key in read.filter(fits) {
        tried = true;
        if verify_by(&key, signed, signature) == Some(()) {
            return Ok(());
        }
    }
    Err(if tried { Unbelieved::Signature } else { Unbelieved::UnknownKey })
}

/// Verifies by one key; nothing when the key is unusable or the signature is not its own.
fn verify_by(key: &Jwk, signed: &[u8], signature: &[u8]) -> Option<()> {
    let member = |text: &Option<String>| bytes(text.as_deref()?).ok();
    if key.kty == "RSA" {
        let key = RsaPublicKeyComponents { n: member(&key.n)?, e: member(&key.e)? };
        return key.verify(&RSA_PKCS1_2048_8192_SHA256, signed, signature).ok();
    }
    if key.crv.as_deref() != Some("P-256") {
        return None;
    }
    let (x, y) = (member(&key.x)?, member(&key.y)?);
    let point: Vec<u8> = [&[4_u8][..], &x, &y].concat();
    UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point).verify(signed, signature).ok()
}

/// Judges the claims (OpenID Connect Core 1.0 §3.1.3.7).
fn judge(claims: &Claims, expected: Expected<'_>) -> Result<(), Unbelieved> {
    if claims.iss != expected.issuer {
        return Err(Unbelieved::Issuer);
    }
    let (named, alone) = match &claims.aud {
        Audience::One(one) => (one == expected.client_id, true),
        Audience::Many(many) => (many.iter().any(|one| one == expected.client_id), many.len() == 1),
    };
    let party = claims.azp.as_deref();
    if !named || !(alone || party.is_some()) || party.is_some_and(|party| party != expected.client_id) {
        return Err(Unbelieved::Audience);
    }
    let now = expected.now.micros() / 1_000_000;
    let early = claims.iat > now + SKEW_SECONDS || claims.nbf.is_some_and(|from| from > now + SKEW_SECONDS);
    if now >= claims.exp.saturating_add(SKEW_SECONDS) || early || now > claims.iat.saturating_add(AGE_SECONDS) {
        return Err(Unbelieved::Expired);
    }
    let nonce = claims.nonce.as_deref().is_some_and(|nonce| crate::secret::same(nonce, expected.nonce));
    if nonce { Ok(()) } else { Err(Unbelieved::Nonce) }
}

fn bytes(text: &str) -> Result<Vec<u8>, Unbelieved> {
    URL_SAFE_NO_PAD.decode(text).map_err(|_| Unbelieved::Malformed)
}

fn part<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, Unbelieved> {
    serde_json::from_slice(&bytes(text)?).map_err(|_| Unbelieved::Malformed)
}

#[cfg(test)]
#[path = "jwt_tests.rs"]
pub(crate) mod tests;
