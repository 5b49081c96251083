//! A row read from either engine.

use std::str::FromStr;
use std::sync::Arc;

use lt_kernel::id::Uuid;
use lt_kernel::{Date, Instant};

use crate::{StoreError, Val};

/// A row: values under the names of their columns.
#[derive(Debug, Clone)]
pub struct Row {
    names: Arc<[String]>,
    values: Vec<Val>,
}

impl Row {
    /// A row of `values` under `names`, one each.
    #[must_use]
    pub fn new(names: Arc<[String]>, values: Vec<Val>) -> Self {
        Self { names, values }
    }

    /// The value of `column`.
    ///
    /// # Errors
    /// [`StoreError::Column`] when there is no such column or its value is of another kind.
    pub fn get<T: FromVal>(&self, column: &str) -> Result<T, StoreError> {
        let place = self.names.iter().position(|name| name == column);
        self.at(place.ok_or_else(|| StoreError::Column(column.to_owned()))?)
    }

    /// The value at `place`, counted from 0; quicker than by name where a million rows are read.
    ///
    /// # Errors
    /// [`StoreError::Column`] when there is no such place or its value is of another kind.
    pub fn at<T: FromVal>(&self, place: usize) -> Result<T, StoreError> {
        let value = self.values.get(place).ok_or_else(|| StoreError::Column(place.to_string()))?;
        T::from_val(value)
            .ok_or_else(|| StoreError::Column(self.names.get(place).cloned().unwrap_or_else(|| place.to_string())))
    }

    /// The names of the columns.
    #[must_use]
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The values, in the order of the names.
    #[must_use]
    pub fn values(&self) -> &[Val] {
        &self.values
    }
}

/// Made from a value of a row.
pub trait FromVal: Sized {
    /// The value, when it is of the right kind.
    fn from_val(value: &Val) -> Option<Self>;
}

impl FromVal for i64 {
    fn from_val(value: &Val) -> Option<Self> {
        if let Val::Int(number) = value { Some(*number) } else { None }
    }
}

impl FromVal for u32 {
    fn from_val(value: &Val) -> Option<Self> {
        i64::from_val(value)?.try_into().ok()
    }
}

impl FromVal for bool {
    fn from_val(value: &Val) -> Option<Self> {
        Some(i64::from_val(value)? != 0)
    }
}

impl FromVal for String {
    fn from_val(value: &Val) -> Option<Self> {
        if let Val::Text(text) = value { Some(text.clone()) } else { None }
    }
}

impl FromVal for Vec<u8> {
    fn from_val(value: &Val) -> Option<Self> {
        if let Val::Bytes(bytes) = value { Some(bytes.clone()) } else { None }
    }
}

impl FromVal for Uuid {
    fn from_val(value: &Val) -> Option<Self> {
        match value {
            Val::Id(id) => Some(*id),
            Val::Bytes(bytes) => Self::from_slice(bytes).ok(),
            _ => None,
        }
    }
}

impl FromVal for Date {
    fn from_val(value: &Val) -> Option<Self> {
        if let Val::Text(text) = value { Self::from_str(text).ok() } else { None }
    }
}

impl FromVal for Instant {
    fn from_val(value: &Val) -> Option<Self> {
        i64::from_val(value).map(Self::from_micros)
    }
}

impl FromVal for serde_json::Value {
    fn from_val(value: &Val) -> Option<Self> {
        if let Val::Text(text) = value { serde_json::from_str(text).ok() } else { None }
    }
}

impl<T: FromVal> FromVal for Option<T> {
    fn from_val(value: &Val) -> Option<Self> {
        if *value == Val::Null { Some(None) } else { T::from_val(value).map(Some) }
    }
}
