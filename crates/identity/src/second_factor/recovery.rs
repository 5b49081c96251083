//! Recovery codes: ten, each good once, for the day the phone is lost.

use crate::secret::{NoRandomness, SecretString, Secrets, digest, readable_password};

/// Codes made at once.
pub const COUNT: usize = 10;

/// A new set of codes, to be shown once.
///
/// # Errors
/// [`NoRandomness`] as [`Secrets::fill`].
pub fn new_codes(secrets: &dyn Secrets) -> Result<Vec<SecretString>, NoRandomness> {
    (0..COUNT).map(|_| readable_password(secrets)).collect()
}

/// What is stored of a code. Its 80 random bits make a slow hash needless.
///
/// Case, spaces and dashes are how a person happened to type it.
#[must_use]
pub fn stored(code: &str) -> Vec<u8> {
    let plain: String =
        code.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_lowercase()).collect();
    digest(&format!("recovery {plain}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::secret::MachineSecrets;

    #[test]
    fn ten_different_codes() {
        let codes = new_codes(&MachineSecrets).unwrap();
        let mut hashes: Vec<_> = codes.iter().map(|code| stored(code.expose())).collect();
        hashes.sort();
        hashes.dedup();
        assert_eq!(hashes.len(), COUNT);
    }

    #[test]
    fn typing_habits_do_not_matter() {
        assert_eq!(stored("ab12-cd34-ef56-gh78"), stored(" AB12 CD34EF56gh78"));
        assert_ne!(stored("ab12-cd34-ef56-gh78"), stored("ab12-cd34-ef56-gh79"));
    }
}
