//! A value bound to a statement or found in a row; the few kinds both engines agree on.

use lt_kernel::id::Uuid;
use lt_kernel::{Date, Instant};

/// A value. Columns are declared `BIGINT`, `TEXT`, `BYTEA` or `UUID` on both engines
/// (`SQLite` keeps a `UUID` as 16 bytes). Dates are TEXT `YYYY-MM-DD`, instants BIGINT microseconds,
/// yes/no is BIGINT 0/1, JSON is TEXT, exact numbers are two BIGINTs.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Val {
    /// Absent.
    Null,
    /// BIGINT.
    Int(i64),
    /// TEXT.
    Text(String),
    /// BYTEA.
    Bytes(Vec<u8>),
    /// UUID.
    Id(Uuid),
}

impl From<i64> for Val {
    fn from(value: i64) -> Self {
        Self::Int(value)
    }
}

impl From<i32> for Val {
    fn from(value: i32) -> Self {
        Self::Int(value.into())
    }
}

impl From<u32> for Val {
    fn from(value: u32) -> Self {
        Self::Int(value.into())
    }
}

impl From<bool> for Val {
    fn from(value: bool) -> Self {
        Self::Int(value.into())
    }
}

impl From<&str> for Val {
    fn from(value: &str) -> Self {
        Self::Text(value.to_owned())
    }
}

impl From<String> for Val {
    fn from(value: String) -> Self {
        Self::Text(value)
    }
}

impl From<&String> for Val {
    fn from(value: &String) -> Self {
        Self::Text(value.clone())
    }
}

impl From<Vec<u8>> for Val {
    fn from(value: Vec<u8>) -> Self {
        Self::Bytes(value)
    }
}

impl From<&[u8]> for Val {
    fn from(value: &[u8]) -> Self {
        Self::Bytes(value.to_vec())
    }
}

impl From<Date> for Val {
    fn from(value: Date) -> Self {
        Self::Text(value.to_string())
    }
}

impl From<Instant> for Val {
    fn from(value: Instant) -> Self {
        Self::Int(value.micros())
    }
}

impl From<serde_json::Value> for Val {
    fn from(value: serde_json::Value) -> Self {
        Self::Text(value.to_string())
    }
}

impl From<Uuid> for Val {
    fn from(value: Uuid) -> Self {
        Self::Id(value)
    }
}

/// Lets typed identifiers be bound and read: `stored_ids!(TargetId, MeasureId)`.
#[macro_export]
macro_rules! stored_ids {
    ($($name:ty),* $(,)?) => { $(
        impl From<$name> for $crate::Val {
            fn from(id: $name) -> Self {
                Self::Id(id.0)
            }
        }

        impl $crate::FromVal for $name {
            fn from_val(value: &$crate::Val) -> Option<Self> {
                <lt_kernel::id::Uuid as $crate::FromVal>::from_val(value).map(Self)
            }
        }
    )* };
}
stored_ids!(lt_kernel::id::OrgId, lt_kernel::id::PersonId, lt_kernel::id::AccountId);

impl<T: Into<Val>> From<Option<T>> for Val {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}
