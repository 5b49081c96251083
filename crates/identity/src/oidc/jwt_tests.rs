//! Tokens made by a key of the test's own, each wrong in one way.

use super::*;
use proptest::prelude::*;
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use serde_json::{Value, json};

pub(crate) const NOW: Instant = Instant::from_micros(1_790_000_000_000_000);
const NOW_SECONDS: i64 = 1_790_000_000;

/// A provider's key.
pub(crate) struct Signer {
    key: EcdsaKeyPair,
    pub(crate) kid: &'static str,
}

impl Signer {
    pub(crate) fn new(kid: &'static str) -> Self {
        let random = SystemRandom::new();
        let pkcs8 = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random).unwrap();
        let key = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, pkcs8.as_ref(), &random).unwrap();
        Self { key, kid }
    }

    pub(crate) fn jwk(&self) -> Value {
        let point = self.key.public_key().as_ref();
        let (x, y) = (URL_SAFE_NO_PAD.encode(&point[1..33]), URL_SAFE_NO_PAD.encode(&point[33..65]));
        json!({"kty": "EC", "crv": "P-256", "use": "sig", "kid": self.kid, "x": x, "y": y})
    }

    pub(crate) fn sign(&self, header: &Value, claims: &Value) -> String {
        let signed =
            format!("{}.{}", URL_SAFE_NO_PAD.encode(header.to_string()), URL_SAFE_NO_PAD.encode(claims.to_string()));
        let signature = self.key.sign(&SystemRandom::new(), signed.as_bytes()).unwrap();
        format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature.as_ref()))
    }

    fn token(&self, claims: &Value) -> String {
        self.sign(&json!({"alg": "ES256", "kid": self.kid}), claims)
    }
}

fn keys(signers: &[&Signer]) -> Jwks {
    Jwks { keys: signers.iter().map(|signer| signer.jwk()).collect() }
}

fn expected() -> Expected<'static> {
    Expected { issuer: "https://login.example", client_id: "lienthong", nonce: "n-1", now: NOW }
}

fn good() -> Value {
    json!({"iss": "https://login.example", "sub": "s-7", "aud": "lienthong", "nonce": "n-1",
           "iat": NOW_SECONDS - 5, "exp": NOW_SECONDS + 300})
}

/// The good claims with one set otherwise, or taken out.
fn but(name: &str, value: Value) -> Value {
    let mut claims = good();
    if value.is_null() {
        claims.as_object_mut().unwrap().remove(name);
    } else {
        claims[name] = value;
    }
    claims
}

#[test]
fn a_good_token_is_believed() {
    let signer = Signer::new("k1");
    let claims = check(&signer.token(&good()), &keys(&[&signer]), expected()).unwrap();
    assert_eq!(claims.sub, "s-7");
    let many = but("aud", json!(["lienthong"]));
    assert!(check(&signer.token(&many), &keys(&[&signer]), expected()).is_ok());
}

#[test]
fn each_wrong_claim_is_refused() {
    let signer = Signer::new("k1");
    for (name, value, reason) in [
        ("iss", json!("https://login.example/"), Unbelieved::Issuer),
        ("iss", Value::Null, Unbelieved::Malformed),
        ("aud", json!("another"), Unbelieved::Audience),
        ("aud", json!(["another", "third"]), Unbelieved::Audience),
        ("aud", json!(["lienthong", "another"]), Unbelieved::Audience),
        ("azp", json!("another"), Unbelieved::Audience),
        ("nonce", json!("n-2"), Unbelieved::Nonce),
        ("nonce", Value::Null, Unbelieved::Nonce),
        ("exp", json!(NOW_SECONDS - SKEW_SECONDS), Unbelieved::Expired),
        ("iat", json!(NOW_SECONDS + SKEW_SECONDS + 1), Unbelieved::Expired),
        ("iat", json!(NOW_SECONDS - AGE_SECONDS - 1), Unbelieved::Expired),
        ("nbf", json!(NOW_SECONDS + SKEW_SECONDS + 1), Unbelieved::Expired),
        ("sub", Value::Null, Unbelieved::Malformed),
    ] {
        let token = signer.token(&but(name, value.clone()));
        assert_eq!(check(&token, &keys(&[&signer]), expected()).err(), Some(reason), "{name} = {value}");
    }
}

#[test]
fn clocks_may_differ_by_a_minute() {
    let signer = Signer::new("k1");
    for claims in [but("exp", json!(NOW_SECONDS - SKEW_SECONDS + 1)), but("iat", json!(NOW_SECONDS + SKEW_SECONDS))] {
        assert!(check(&signer.token(&claims), &keys(&[&signer]), expected()).is_ok(), "{claims}");
    }
}

#[test]
fn a_signature_of_another_key_is_refused() {
    let (signer, stranger) = (Signer::new("k1"), Signer::new("k1"));
    let token = stranger.token(&good());
    assert_eq!(check(&token, &keys(&[&signer]), expected()).err(), Some(Unbelieved::Signature));
    let other = Signer::new("k2");
    assert_eq!(check(&other.token(&good()), &keys(&[&signer]), expected()).err(), Some(Unbelieved::UnknownKey));
    assert!(check(&other.token(&good()), &keys(&[&signer, &other]), expected()).is_ok(), "after the keys changed");
}

#[test]
fn none_and_hmac_are_refused() {
    let signer = Signer::new("k1");
    for alg in ["none", "HS256", "RS512", "es256", ""] {
        let token = signer.sign(&json!({"alg": alg, "kid": "k1"}), &good());
        assert_eq!(check(&token, &keys(&[&signer]), expected()).err(), Some(Unbelieved::Procedure), "{alg}");
    }
    let critical = signer.sign(&json!({"alg": "ES256", "kid": "k1", "crit": ["exp"]}), &good());
    assert_eq!(check(&critical, &keys(&[&signer]), expected()).err(), Some(Unbelieved::Procedure));
    // An elliptic key does not vouch for an RSA token.
    let crossed = signer.sign(&json!({"alg": "RS256", "kid": "k1"}), &good());
    assert_eq!(check(&crossed, &keys(&[&signer]), expected()).err(), Some(Unbelieved::UnknownKey));
}

/// The example of RFC 7515, appendix A.2: a key and a signature of RS256 that are not our own.
#[test]
fn rs256_vector_of_rfc_7515() {
    let keys = Jwks { keys: vec![serde_json::from_str(include_str!("rfc7515_a2.json")).unwrap()] };
    let header = "eyJhbGciOiJSUzI1NiJ9";
    let payload = "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";
    let signature = concat!(
        "cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7",
        "AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4",
        "BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K",
        "0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqv",
        "hJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrB",
        "p0igcN_IoypGlUPQGe77Rw"
    );
    let header: Header = part(header).unwrap();
    let signed = format!("eyJhbGciOiJSUzI1NiJ9.{payload}");
    assert_eq!(verify(&header, &keys, signed.as_bytes(), &bytes(signature).unwrap()), Ok(()));
    let wrong = signed.replace("eyJpc3", "eyJpc4");
    assert_eq!(verify(&header, &keys, wrong.as_bytes(), &bytes(signature).unwrap()), Err(Unbelieved::Signature));
}

proptest! {
    #[test]
    fn no_text_is_believed_or_breaks_the_check(token in "[A-Za-z0-9_.-]{0,200}") {
        let signer = Signer::new("k1");
        prop_assert!(check(&token, &keys(&[&signer]), expected()).is_err());
    }

    #[test]
    fn one_changed_letter_spoils_a_token(place in 0_usize..200) {
        let signer = Signer::new("k1");
        let token = signer.token(&good());
        let place = place % token.len();
        let mut letters: Vec<char> = token.chars().collect();
        letters[place] = if letters[place] == 'A' { 'B' } else { 'A' };
        let spoiled: String = letters.into_iter().collect();
        // The last letter of a part carries bits that are not used; strict decoding refuses those.
        prop_assert!(check(&spoiled, &keys(&[&signer]), expected()).is_err());
    }
}
