//! Typed identifiers: `UUIDv7`, so that new rows lie together; made from a clock and a source of randomness.

use crate::clock::Instant;

pub use uuid::Uuid;

/// Makes identifiers. The program's draws randomness from the machine; a test's counts.
pub trait Ids: Send + Sync {
    /// Ten random bytes.
    fn random(&self) -> [u8; 10];

    /// A new `UUIDv7` for the instant `now`.
    fn next(&self, now: Instant) -> Uuid {
        let millis = u64::try_from(now.micros() / 1000).unwrap_or(0);
        uuid::Builder::from_unix_timestamp_millis(millis, &self.random()).into_uuid()
    }
}

/// Declares a typed identifier: `typed_id!(/// doc` `OrgId)`.
#[macro_export]
macro_rules! typed_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub $crate::id::Uuid);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::id::NotAnId;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                $crate::id::Uuid::parse_str(text).map(Self).map_err(|_| $crate::id::NotAnId)
            }
        }

        impl From<$name> for $crate::id::Uuid {
            fn from(id: $name) -> Self {
                id.0
            }
        }

        impl From<$crate::id::Uuid> for $name {
            fn from(id: $crate::id::Uuid) -> Self {
                Self(id)
            }
        }
    };
}

/// The text is not an identifier of the form `xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an identifier")]
pub struct NotAnId;

typed_id!(
    /// One legal existence of an organisation (registry).
    OrgId
);
typed_id!(
    /// A person known to the program (identity).
    PersonId
);
typed_id!(
    /// An account somebody signs in with (identity).
    AccountId
);
