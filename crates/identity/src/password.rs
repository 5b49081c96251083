//! Passwords: which are taken, and argon2id on blocking threads, few at once.

use std::sync::Arc;

use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use lt_kernel::Said;
use tokio::sync::Semaphore;

use crate::secret::{NoRandomness, SecretString, SharedSecrets};

/// Shortest password, in characters (NIST SP 800-63B-4 §3.1.1.2 asks for 15 alone, 8 with a second factor;
/// 12 keeps the middle for clerks without one).
pub const MIN_CHARS: usize = 12;
/// Longest password, in characters; the limit keeps a request from buying hashing time by the megabyte.
pub const MAX_CHARS: usize = 128;

/// What one hash costs. Default: OWASP's minimum for argon2id (19 MiB, 2 passes, 1 lane).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cost {
    /// Memory in KiB.
    pub memory_kib: u32,
    /// Passes over it.
    pub passes: u32,
    /// Lanes.
    pub lanes: u32,
}

impl Default for Cost {
    fn default() -> Self {
        Self { memory_kib: 19 * 1024, passes: 2, lanes: 1 }
    }
}

/// Why a new password is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unfit {
    /// Fewer than [`MIN_CHARS`] characters.
    TooShort,
    /// More than [`MAX_CHARS`] characters.
    TooLong,
    /// It is, or contains, the login name.
    LikeLogin,
    /// Among the most used ones, or one character or a run repeated.
    Common,
}

impl Unfit {
    /// The refusal in words.
    #[must_use]
    pub fn said(self) -> Said {
        match self {
            Self::TooShort => Said::new("identity-password-too-short").with("min", MIN_CHARS),
            Self::TooLong => Said::new("identity-password-too-long").with("max", MAX_CHARS),
            Self::LikeLogin => Said::new("identity-password-like-login"),
            Self::Common => Said::new("identity-password-common"),
        }
    }
}

/// Judges a new password; the text must already be NFC.
///
/// # Errors
/// [`Unfit`] with the first thing wrong.
pub fn judge(password: &str, login: &str) -> Result<(), Unfit> {
    let chars = password.chars().count();
    if chars < MIN_CHARS {
        return Err(Unfit::TooShort);
    }
    if chars > MAX_CHARS {
        return Err(Unfit::TooLong);
    }
    let lower = password.to_lowercase();
    if login.chars().count() >= 4 && lower.contains(&login.to_lowercase()) {
        return Err(Unfit::LikeLogin);
    }
    if is_common(&lower) { Err(Unfit::Common) } else { Ok(()) }
}

/// Words that make up the passwords tried first, here and abroad.
const COMMON: [&str; 26] = [
    "password",
    "matkhau",
    "123456",
    "654321",
    "qwerty",
    "abc123",
    "111111",
    "admin",
    "welcome",
    "letmein",
    "iloveyou",
    "anhyeuem",
    "emyeuanh",
    "hanoi",
    "saigon",
    "vietnam",
    "lienthong",
    "quantri",
    "dragon",
    "monkey",
    "football",
    "bongda",
    "secret",
    "asdfgh",
    "zxcvbn",
    "changeme",
];

/// Whether nothing is left once the common words, digits in a row and repeated characters are taken out.
fn is_common(lower: &str) -> bool {
    let mut rest = lower.to_owned();
    for word in COMMON {
        rest = rest.replace(word, "");
    }
    let mut kept: Vec<char> = Vec::new();
    for letter in rest.chars() {
        let follows = kept.last().is_some_and(|last| {
            let (a, b) = (u32::from(*last), u32::from(letter));
            a == b || a + 1 == b || b + 1 == a
        });
        if follows {
            kept.pop();
        }
        kept.push(letter);
    }
    kept.len() < 4
}

/// Why hashing did not happen.
#[derive(Debug, thiserror::Error)]
pub enum HashTrouble {
    /// Too many are waiting; try again in a moment.
    #[error("too many passwords are being checked at once")]
    Busy,
    /// No random salt.
    #[error(transparent)]
    NoRandomness(#[from] NoRandomness),
    /// The library refused its parameters, or a thread died.
    #[error("hashing failed: {0}")]
    Failed(String),
}

/// Hashes and verifies passwords. Cheap to clone.
#[derive(Clone)]
pub struct Hasher {
    cost: Cost,
    secrets: SharedSecrets,
    at_once: Arc<Semaphore>,
    waiting: Arc<Semaphore>,
    dummy: Arc<str>,
}

/// Hashes computed at once: each takes 19 MiB and a core for some 20 ms.
const AT_ONCE: usize = 2;
/// Requests that may wait for their turn before others are sent away.
const WAITING: usize = 64;

impl Hasher {
    /// A hasher of the given cost; computes one hash to compare against where there is none.
    ///
    /// # Errors
    /// [`HashTrouble`] when there is no randomness or the cost is not possible.
    pub fn new(cost: Cost, secrets: SharedSecrets) -> Result<Self, HashTrouble> {
        let dummy = hash_now(cost, &crate::secret::new_token(secrets.as_ref())?, &salt(&secrets)?)?;
        Ok(Self {
            cost,
            secrets,
            at_once: Arc::new(Semaphore::new(AT_ONCE)),
            waiting: Arc::new(Semaphore::new(WAITING)),
            dummy: dummy.into(),
        })
    }

    /// The PHC string to store for `password`.
    ///
    /// # Errors
    /// [`HashTrouble`] when too many wait, or hashing fails.
    pub async fn hash(&self, password: SecretString) -> Result<String, HashTrouble> {
        let (cost, salt) = (self.cost, salt(&self.secrets)?);
        self.turn(move || hash_now(cost, &password, &salt)).await
    }

    /// Whether `password` belongs to `stored`; without a stored hash the same work is done and the answer is no.
    ///
    /// # Errors
    /// [`HashTrouble`] when too many wait, or the thread died.
    pub async fn verify(&self, password: SecretString, stored: Option<&str>) -> Result<bool, HashTrouble> {
        let known = stored.is_some();
        let phc: Arc<str> = stored.map_or_else(|| Arc::clone(&self.dummy), Arc::from);
        let matched = self.turn(move || verify_now(&password, &phc)).await?;
        Ok(matched && known)
    }

    /// Whether a stored hash was made at another cost and should be made anew at the next sign-in.
    #[must_use]
    pub fn is_outdated(&self, stored: &str) -> bool {
        let wanted = format!("m={},t={},p={}", self.cost.memory_kib, self.cost.passes, self.cost.lanes);
        !stored.starts_with("$argon2id$v=19$") || stored.split('$').nth(3) != Some(wanted.as_str())
    }

    /// Runs `work` on a blocking thread when its turn comes.
    async fn turn<T, F>(&self, work: F) -> Result<T, HashTrouble>
    where
        T: Send + 'static,
        F: FnOnce() -> Result<T, HashTrouble> + Send + 'static,
    {
        let _place = self.waiting.try_acquire().map_err(|_| HashTrouble::Busy)?;
        let turn = Arc::clone(&self.at_once).acquire_owned().await.map_err(|_| HashTrouble::Busy)?;
        let done = tokio::task::spawn_blocking(move || {
            // The permit moves along: a caller who hangs up does not free a core that is still busy.
            let _turn = turn;
            work()
        });
        done.await.map_err(|error| HashTrouble::Failed(error.to_string()))?
    }
}

/// A fresh salt of 16 bytes.
fn salt(secrets: &SharedSecrets) -> Result<[u8; 16], NoRandomness> {
    let mut salt = [0; 16];
    secrets.fill(&mut salt)?;
    Ok(salt)
}

/// Hashes on this thread.
fn hash_now(cost: Cost, password: &SecretString, salt: &[u8]) -> Result<String, HashTrouble> {
    let failed = |error: &dyn std::fmt::Display| HashTrouble::Failed(error.to_string());
    let params = Params::new(cost.memory_kib, cost.passes, cost.lanes, None).map_err(|error| failed(&error))?;
    let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    let hash: PasswordHash =
        argon.hash_password_with_salt(password.expose().as_bytes(), salt).map_err(|error| failed(&error))?;
    Ok(hash.to_string())
}

/// Verifies on this thread; the parameters come from the stored string.
fn verify_now(password: &SecretString, stored: &str) -> Result<bool, HashTrouble> {
    let hash = PasswordHash::new(stored).map_err(|error| HashTrouble::Failed(error.to_string()))?;
    Ok(Argon2::default().verify_password(password.expose().as_bytes(), &hash).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::secret::MachineSecrets;

    const CHEAP: Cost = Cost { memory_kib: 64, passes: 1, lanes: 1 };

    fn hasher() -> Hasher {
        Hasher::new(CHEAP, Arc::new(MachineSecrets)).unwrap()
    }

    #[tokio::test]
    async fn a_hash_verifies_its_own_password_only() {
        let hasher = hasher();
        let stored = hasher.hash(SecretString::new("đúng mật khẩu ạ")).await.unwrap();
        assert!(stored.starts_with("$argon2id$v=19$m=64,t=1,p=1$"), "{stored}");
        assert!(hasher.verify(SecretString::new("đúng mật khẩu ạ"), Some(&stored)).await.unwrap());
        assert!(!hasher.verify(SecretString::new("dung mat khau a"), Some(&stored)).await.unwrap());
    }

    #[tokio::test]
    async fn an_unknown_name_does_the_same_work_and_never_matches() {
        let hasher = hasher();
        assert!(!hasher.verify(SecretString::new(""), None).await.unwrap());
        assert!(!hasher.is_outdated(&hasher.dummy), "the dummy costs what a real hash costs");
    }

    #[tokio::test]
    async fn two_hashes_of_one_password_differ() {
        let hasher = hasher();
        let one = hasher.hash(SecretString::new("x")).await.unwrap();
        assert_ne!(one, hasher.hash(SecretString::new("x")).await.unwrap());
    }

    #[test]
    fn the_default_cost_is_the_recommended_one() {
        assert_eq!(Cost::default(), Cost { memory_kib: 19_456, passes: 2, lanes: 1 });
        let hasher = Hasher::new(CHEAP, Arc::new(MachineSecrets)).unwrap();
        assert!(hasher.is_outdated("$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA"));
    }

    #[test]
    fn weak_passwords_are_refused_and_strong_ones_taken() {
        for (password, verdict) in [
            ("ngắn", Err(Unfit::TooShort)),
            ("11 ký tự đó", Err(Unfit::TooShort)),
            ("vanthu123456789", Err(Unfit::LikeLogin)),
            ("aaaaaaaaaaaa", Err(Unfit::Common)),
            ("123456789012", Err(Unfit::Common)),
            ("password1234", Err(Unfit::Common)),
            ("matkhau123456", Err(Unfit::Common)),
            ("cầu vồng sau mưa chiều", Ok(())),
            ("k7wq-9f3m-xp2d-h8ra", Ok(())),
        ] {
            assert_eq!(judge(password, "vanthu"), verdict, "{password}");
        }
        assert_eq!(judge(&"cá".repeat(100), "vanthu"), Err(Unfit::TooLong));
    }
}
