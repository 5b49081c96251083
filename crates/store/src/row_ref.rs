//! A row while it is being read: nothing is copied that is not asked for.

use lt_kernel::id::Uuid;
use rusqlite::types::ValueRef;

use crate::{Row, StoreError, Val, postgres, sqlite};

/// A row of a long read, valid until the next one. Columns are counted from 0.
pub struct RowRef<'a> {
    of: Of<'a>,
}

enum Of<'a> {
    Sqlite(&'a rusqlite::Row<'a>, &'a [bool]),
    Postgres(&'a tokio_postgres::Row),
    Read(&'a Row),
}

impl<'a> RowRef<'a> {
    pub(crate) fn sqlite(row: &'a rusqlite::Row<'a>, is_id: &'a [bool]) -> Self {
        Self { of: Of::Sqlite(row, is_id) }
    }

    pub(crate) fn postgres(row: &'a tokio_postgres::Row) -> Self {
        Self { of: Of::Postgres(row) }
    }

    /// A row that was read already, so that one function serves short and long reads.
    pub const fn of(row: &'a Row) -> Self {
        Self { of: Of::Read(row) }
    }

    /// How many columns it has.
    pub fn width(&self) -> usize {
        match &self.of {
            Of::Sqlite(_, is_id) => is_id.len(),
            Of::Postgres(row) => row.len(),
            Of::Read(row) => row.values().len(),
        }
    }

    /// The number in column `place`.
    ///
    /// # Errors
    /// [`StoreError::Column`] when it is absent or of another kind.
    pub fn int(&self, place: usize) -> Result<i64, StoreError> {
        self.int_or_null(place)?.ok_or_else(|| wrong(place))
    }

    /// The number in column `place`, or none.
    ///
    /// # Errors
    /// [`StoreError::Column`] when it is of another kind.
    pub fn int_or_null(&self, place: usize) -> Result<Option<i64>, StoreError> {
        match &self.of {
            Of::Sqlite(row, _) => match row.get_ref(place).map_err(|_| wrong(place))? {
                ValueRef::Integer(number) => Ok(Some(number)),
                ValueRef::Null => Ok(None),
                _ => Err(wrong(place)),
            },
            Of::Postgres(row) => postgres::int(row, place),
            Of::Read(row) => row.at(place),
        }
    }

    /// The text in column `place`.
    ///
    /// # Errors
    /// [`StoreError::Column`] when it is absent or of another kind.
    pub fn text(&self, place: usize) -> Result<&str, StoreError> {
        self.text_or_null(place)?.ok_or_else(|| wrong(place))
    }

    /// The text in column `place`, or none.
    ///
    /// # Errors
    /// [`StoreError::Column`] when it is of another kind.
    pub fn text_or_null(&self, place: usize) -> Result<Option<&str>, StoreError> {
        match &self.of {
            Of::Sqlite(row, _) => match row.get_ref(place).map_err(|_| wrong(place))? {
                ValueRef::Text(text) => std::str::from_utf8(text).map(Some).map_err(|_| wrong(place)),
                ValueRef::Null => Ok(None),
                _ => Err(wrong(place)),
            },
            Of::Postgres(row) => row.try_get(place).map_err(|_| wrong(place)),
            Of::Read(row) => match row.values().get(place) {
                Some(Val::Text(text)) => Ok(Some(text)),
                Some(Val::Null) => Ok(None),
                _ => Err(wrong(place)),
            },
        }
    }

    /// The identifier in column `place`.
    ///
    /// # Errors
    /// [`StoreError::Column`] when it is absent or of another kind.
    pub fn id(&self, place: usize) -> Result<Uuid, StoreError> {
        self.id_or_null(place)?.ok_or_else(|| wrong(place))
    }

    /// The identifier in column `place`, or none.
    ///
    /// # Errors
    /// [`StoreError::Column`] when it is of another kind.
    pub fn id_or_null(&self, place: usize) -> Result<Option<Uuid>, StoreError> {
        match &self.of {
            Of::Sqlite(row, _) => match row.get_ref(place).map_err(|_| wrong(place))? {
                ValueRef::Blob(bytes) => Uuid::from_slice(bytes).map(Some).map_err(|_| wrong(place)),
                ValueRef::Null => Ok(None),
                _ => Err(wrong(place)),
            },
            Of::Postgres(row) => row.try_get(place).map_err(|_| wrong(place)),
            Of::Read(row) => row.at(place),
        }
    }

    /// The value in column `place`, copied.
    ///
    /// # Errors
    /// [`StoreError::Column`] when there is no such column or its kind is none of ours.
    pub fn val(&self, place: usize) -> Result<Val, StoreError> {
        match &self.of {
            Of::Sqlite(row, is_id) => sqlite::val(row, place, is_id.get(place).copied().unwrap_or(false)),
            Of::Postgres(row) => postgres::val(row, place),
            Of::Read(row) => row.values().get(place).cloned().ok_or_else(|| wrong(place)),
        }
    }
}

fn wrong(place: usize) -> StoreError {
    StoreError::Column(place.to_string())
}
