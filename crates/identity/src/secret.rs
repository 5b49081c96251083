//! Secrets: where they come from, how they are compared, and a text that does not print itself.

use std::fmt;
use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

/// Where secrets come from: tokens, salts, keys. The program's draws from the machine.
///
/// Apart from [`lt_kernel::id::Ids`], whose bytes only have to differ, these must not be guessable.
pub trait Secrets: Send + Sync {
    /// Fills `bytes` with bytes nobody can guess.
    ///
    /// # Errors
    /// [`NoRandomness`] when the machine gives none; nothing secret may be made then.
    fn fill(&self, bytes: &mut [u8]) -> Result<(), NoRandomness>;
}

/// The machine gave no random bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the machine gave no random bytes")]
pub struct NoRandomness;

/// The operating system's generator.
#[derive(Debug, Clone, Copy, Default)]
pub struct MachineSecrets;

impl Secrets for MachineSecrets {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), NoRandomness> {
        getrandom::fill(bytes).map_err(|_| NoRandomness)
    }
}

/// Shared source of secrets.
pub type SharedSecrets = Arc<dyn Secrets>;

/// A text that never shows itself in a log or an error: a password, a client secret, a token.
#[derive(Clone, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(transparent)]
pub struct SecretString(String);

impl SecretString {
    /// Wraps `text`.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text itself. Every use of this call is a place to look at twice.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for SecretString {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretString(…)")
    }
}

/// A new opaque token of 256 bits, 43 characters of base64url.
///
/// # Errors
/// [`NoRandomness`] as [`Secrets::fill`].
pub fn new_token(secrets: &dyn Secrets) -> Result<SecretString, NoRandomness> {
    let mut bytes = [0; 32];
    secrets.fill(&mut bytes)?;
    Ok(SecretString(URL_SAFE_NO_PAD.encode(bytes)))
}

/// What is stored of a token: 32 bytes from which it cannot be found again.
#[must_use]
pub fn digest(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}

/// The CSRF token of a session: a digest under another prefix, so that neither the session's token
/// nor its stored digest can be had from it.
#[must_use]
pub fn csrf_of(token: &str) -> String {
    let mut hash = Sha256::new();
    hash.update(b"lienthong csrf\0");
    hash.update(token.as_bytes());
    URL_SAFE_NO_PAD.encode(hash.finalize())
}

/// Whether two texts are equal, in a time that tells nothing about where they differ.
#[must_use]
pub fn same(left: &str, right: &str) -> bool {
    // Hashing first makes the lengths equal; comparing digests then leaks nothing worth having.
    let (left, right) = (Sha256::digest(left.as_bytes()), Sha256::digest(right.as_bytes()));
    left.iter().zip(right.iter()).fold(0_u8, |seen, (a, b)| seen | (a ^ b)) == 0
}

/// A password to hand to a person: 16 characters in four groups, without letters that look alike (80 bits).
///
/// # Errors
/// [`NoRandomness`] as [`Secrets::fill`].
pub fn readable_password(secrets: &dyn Secrets) -> Result<SecretString, NoRandomness> {
    let mut bytes = [0; 16];
    secrets.fill(&mut bytes)?;
    let text: Vec<String> = bytes.chunks(4).map(|group| group.iter().map(|byte| letter(*byte)).collect()).collect();
    Ok(SecretString(text.join("-")))
}

/// Letters a person reads without mistaking one for another (Crockford's base 32, lower case).
const LETTERS: [u8; 32] = *b"0123456789abcdefghjkmnpqrstvwxyz";

/// The letter for the low five bits of `byte`.
fn letter(byte: u8) -> char {
    LETTERS.get(usize::from(byte & 31)).map_or('0', |letter| char::from(*letter))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_have_256_bits_and_differ() {
        let secrets = MachineSecrets;
        let (one, two) = (new_token(&secrets).unwrap(), new_token(&secrets).unwrap());
        assert_eq!(one.expose().len(), 43);
        assert_ne!(one, two);
    }

    #[test]
    fn a_secret_does_not_print_itself() {
        assert_eq!(format!("{:?}", SecretString::new("hunter2")), "SecretString(…)");
    }

    #[test]
    fn csrf_token_is_neither_the_token_nor_its_digest() {
        let csrf = csrf_of("abc");
        assert_ne!(csrf, "abc");
        assert_ne!(csrf, URL_SAFE_NO_PAD.encode(digest("abc")));
        assert_ne!(csrf, csrf_of("abd"));
    }

    #[test]
    fn same_is_equality() {
        assert!(same("", "") && same("a", "a"));
        assert!(!same("a", "b") && !same("a", "aa") && !same("", "a"));
    }

    #[test]
    fn readable_passwords_are_groups_of_letters() {
        let word = readable_password(&MachineSecrets).unwrap();
        assert_eq!(word.expose().len(), 19);
        assert!(word.expose().split('-').all(|group| group.len() == 4 && !group.contains(['i', 'l', 'o', 'u'])));
    }
}
