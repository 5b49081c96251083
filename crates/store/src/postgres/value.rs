//! Values and errors between PostgreSQL and the store.

use std::error::Error;
use std::sync::Arc;

use tokio_postgres::types::private::BytesMut;
use tokio_postgres::types::{IsNull, ToSql, Type, to_sql_checked};
use tokio_postgres::{Column, Row as PgRow};

use crate::{Row, StoreError, Val};

impl ToSql for Val {
    fn to_sql(&self, ty: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn Error + Sync + Send>> {
        match self {
            Self::Null => Ok(IsNull::Yes),
            Self::Int(number) => match *ty {
                Type::INT8 => number.to_sql(ty, out),
                Type::INT4 => i32::try_from(*number)?.to_sql(ty, out),
                Type::INT2 => i16::try_from(*number)?.to_sql(ty, out),
                _ => Err(format!("a number cannot be bound where {ty} is meant").into()),
            },
            Self::Text(text) if <String as ToSql>::accepts(ty) => text.to_sql(ty, out),
            Self::Bytes(bytes) if *ty == Type::BYTEA => bytes.to_sql(ty, out),
            Self::Id(id) if *ty == Type::UUID => id.to_sql(ty, out),
            Self::Text(_) => Err(format!("a text cannot be bound where {ty} is meant").into()),
            Self::Bytes(_) => Err(format!("bytes cannot be bound where {ty} is meant").into()),
            Self::Id(_) => Err(format!("an identifier cannot be bound where {ty} is meant").into()),
        }
    }

    fn accepts(_: &Type) -> bool {
        // Decided with the value at hand: a null goes anywhere, a number only where numbers go.
        true
    }

    to_sql_checked!();
}

/// The names of the columns.
pub(super) fn names(columns: &[Column]) -> Arc<[String]> {
    columns.iter().map(|column| column.name().to_owned()).collect()
}

/// A row under `names`.
pub(super) fn row(names: &Arc<[String]>, row: &PgRow) -> Result<Row, StoreError> {
    let values = (0..row.len()).map(|place| val(row, place)).collect::<Result<_, _>>()?;
    Ok(Row::new(Arc::clone(names), values))
}

/// The value at `place`.
pub(crate) fn val(row: &PgRow, place: usize) -> Result<Val, StoreError> {
    let wrong = |_| wrong(place);
    let column = row.columns().get(place).ok_or_else(|| StoreError::Column(place.to_string()))?;
    let found = match *column.type_() {
        Type::INT8 | Type::INT4 | Type::INT2 | Type::BOOL => int(row, place)?.map(Val::Int),
        Type::TEXT | Type::VARCHAR | Type::BPCHAR | Type::NAME | Type::UNKNOWN => {
            row.try_get::<_, Option<String>>(place).map_err(wrong)?.map(Val::Text)
        }
        Type::BYTEA => row.try_get::<_, Option<Vec<u8>>>(place).map_err(wrong)?.map(Val::Bytes),
        Type::UUID => row.try_get::<_, Option<_>>(place).map_err(wrong)?.map(Val::Id),
        Type::VOID => None,
        _ => return Err(self::wrong(place)),
    };
    Ok(found.unwrap_or(Val::Null))
}

/// The number at `place`, whatever its width.
pub(crate) fn int(row: &PgRow, place: usize) -> Result<Option<i64>, StoreError> {
    let wrong = |_| wrong(place);
    match row.columns().get(place).map(Column::type_) {
        Some(&Type::INT8) => row.try_get::<_, Option<i64>>(place).map_err(wrong),
        Some(&Type::INT4) => Ok(row.try_get::<_, Option<i32>>(place).map_err(wrong)?.map(i64::from)),
        Some(&Type::INT2) => Ok(row.try_get::<_, Option<i16>>(place).map_err(wrong)?.map(i64::from)),
        Some(&Type::BOOL) => Ok(row.try_get::<_, Option<bool>>(place).map_err(wrong)?.map(i64::from)),
        _ => Err(self::wrong(place)),
    }
}

fn wrong(place: usize) -> StoreError {
    StoreError::Column(format!("{place} (CAST it: only BIGINT, TEXT, BYTEA, UUID are read)"))
}

/// The store's word for an error of PostgreSQL.
pub(crate) fn engine(error: tokio_postgres::Error) -> StoreError {
    let Some(db) = error.as_db_error() else { return StoreError::Engine(Box::new(error)) };
    let code = db.code().code();
    if code.starts_with("23") {
        let name = db.constraint().or(db.column()).unwrap_or_else(|| db.message());
        return StoreError::Constraint(name.to_owned());
    }
    match code {
        "53100" => StoreError::Full,
        _ => StoreError::Engine(Box::new(error)),
    }
}

/// Whether PostgreSQL asks to try the transaction again: serialization failure, deadlock, a lock held too long.
pub(super) fn is_race(error: &tokio_postgres::Error) -> bool {
    error.code().is_some_and(|code| matches!(code.code(), "40001" | "40P01" | "55P03"))
}
