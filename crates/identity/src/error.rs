//! What can go wrong besides a refusal by a model.

use lt_kernel::Said;
use lt_module::Trouble;
use lt_store::StoreError;
use lt_web::Problem;

use crate::password::HashTrouble;
use crate::secret::NoRandomness;

/// Why identity could not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum IdentityError {
    /// A rule of the matter refuses it; the reader is told why.
    #[error("refused: {}", .0.key)]
    Refused(Said),
    /// Nothing of that id, or nothing this viewer may know of.
    #[error("not found")]
    NotFound,
    /// The viewer's place does not allow it.
    #[error("forbidden")]
    Forbidden,
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Hashing.
    #[error(transparent)]
    Hash(#[from] HashTrouble),
    /// No random bytes.
    #[error(transparent)]
    NoRandomness(#[from] NoRandomness),
    /// The tree of organisations.
    #[error("the tree of organisations could not be read")]
    Orgs(#[source] Trouble),
}

impl From<Said> for IdentityError {
    fn from(said: Said) -> Self {
        Self::Refused(said)
    }
}

impl From<IdentityError> for Problem {
    fn from(error: IdentityError) -> Self {
        match error {
            IdentityError::Refused(said) => Self::refused(said),
            IdentityError::NotFound => Self::not_found(),
            IdentityError::Forbidden => Self::forbidden(),
            IdentityError::Store(error) => error.into(),
            IdentityError::Hash(HashTrouble::Busy) => Self::refused(Said::new("identity-sign-in-busy")),
            other => Self::trouble(other),
        }
    }
}
