//! Values and errors between `SQLite` and the store.

use std::sync::Arc;

use lt_kernel::id::Uuid;
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{ErrorCode, Statement, ToSql};

use crate::{Row, StoreError, Val};

impl ToSql for Val {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Null => ValueRef::Null,
            Self::Int(number) => ValueRef::Integer(*number),
            Self::Text(text) => ValueRef::Text(text.as_bytes()),
            Self::Bytes(bytes) => ValueRef::Blob(bytes),
            Self::Id(id) => ValueRef::Blob(id.as_bytes()),
        }))
    }
}

/// What the columns of a statement are called, and which of them were declared `UUID`.
pub(super) struct Head {
    pub(super) names: Arc<[String]>,
    pub(super) is_id: Vec<bool>,
}

impl Head {
    pub(super) fn of(stmt: &Statement<'_>) -> Self {
        let (names, is_id): (Vec<_>, Vec<_>) =
            stmt.columns().map(|column| (column.name().to_owned(), column.decl_type() == Some("UUID"))).unzip();
        Self { names: names.into(), is_id }
    }

    pub(super) fn row(&self, row: &rusqlite::Row<'_>) -> Result<Row, StoreError> {
        let mut values = Vec::with_capacity(self.is_id.len());
        for (place, is_id) in self.is_id.iter().enumerate() {
            values.push(val(row, place, *is_id)?);
        }
        Ok(Row::new(Arc::clone(&self.names), values))
    }
}

/// The value at `place`; `is_id` when the column was declared `UUID`.
pub(crate) fn val(row: &rusqlite::Row<'_>, place: usize, is_id: bool) -> Result<Val, StoreError> {
    let wrong = || StoreError::Column(format!("{place} (CAST it: only BIGINT, TEXT, BYTEA, UUID are read)"));
    Ok(match row.get_ref(place).map_err(engine)? {
        ValueRef::Null => Val::Null,
        ValueRef::Integer(number) => Val::Int(number),
        ValueRef::Real(_) => return Err(wrong()),
        ValueRef::Text(text) => Val::Text(std::str::from_utf8(text).map_err(|_| wrong())?.to_owned()),
        ValueRef::Blob(bytes) => match (is_id, Uuid::from_slice(bytes)) {
            (true, Ok(id)) => Val::Id(id),
            _ => Val::Bytes(bytes.to_vec()),
        },
    })
}

/// Binds `values` in order. In development builds also checks that `$1`… first appear in order,
/// since `SQLite` counts places by first appearance and PostgreSQL by name.
pub(super) fn bind(stmt: &mut Statement<'_>, values: &[Val]) -> Result<(), StoreError> {
    let places = stmt.parameter_count();
    if places != values.len() {
        return Err(StoreError::Engine(format!("{places} places, but {} values", values.len()).into()));
    }
    for (index, value) in values.iter().enumerate() {
        if cfg!(debug_assertions) {
            let right = format!("${}", index + 1);
            if stmt.parameter_name(index + 1).is_some_and(|name| name != right) {
                return Err(StoreError::Engine(format!("{right} does not first appear in order").into()));
            }
        }
        stmt.raw_bind_parameter(index + 1, value).map_err(engine)?;
    }
    Ok(())
}

/// The store's word for an error of `SQLite`.
pub(crate) fn engine(error: rusqlite::Error) -> StoreError {
    let rusqlite::Error::SqliteFailure(failure, message) = &error else {
        return StoreError::Engine(Box::new(error));
    };
    match failure.code {
        ErrorCode::DiskFull => StoreError::Full,
        ErrorCode::ConstraintViolation => {
            let message = message.as_deref().unwrap_or_default();
            let name = message.split_once("failed: ").map_or(message, |(_, name)| name);
            StoreError::Constraint(name.trim_end_matches(" constraint failed").to_owned())
        }
        ErrorCode::NotADatabase => StoreError::Foreign("the file is not an SQLite database".to_owned()),
        _ => StoreError::Engine(Box::new(error)),
    }
}
