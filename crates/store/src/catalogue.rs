//! What lies in the database: its tables, their columns, and what they point at.

use crate::db::Engine;
use crate::{Db, Row, StoreError, params};

/// The kind of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Kind {
    Int,
    Text,
    Bytes,
    Id,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Column {
    pub(crate) name: String,
    pub(crate) kind: Kind,
    /// Place within the primary key from 1; 0: not part of it.
    pub(crate) key: i64,
    /// The database itself gives it ascending numbers.
    pub(crate) counted: bool,
}

/// A table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Table {
    pub(crate) name: String,
    /// In alphabetical order, so that both engines list them alike.
    pub(crate) columns: Vec<Column>,
    /// Tables its foreign keys point at, itself left out.
    pub(crate) needs: Vec<String>,
    /// Columns that point at rows of the table itself.
    pub(crate) own: Vec<String>,
}

impl Table {
    /// The names of the columns.
    pub(crate) fn names(&self) -> Vec<&str> {
        self.columns.iter().map(|column| column.name.as_str()).collect()
    }
}

struct Questions {
    tables: &'static str,
    columns: &'static str,
    needs: &'static str,
    schema: &'static str,
}

const SQLITE: Questions = Questions {
    tables: "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT GLOB 'sqlite_*' ORDER BY name",
    columns: "SELECT name, type AS kind, pk AS key, type = 'INTEGER' AS counted FROM pragma_table_info($1) ORDER BY name",
    needs: "SELECT \"table\" AS name, \"from\" AS own FROM pragma_foreign_key_list($1) ORDER BY 1, 2",
    schema: "SELECT sql AS line FROM sqlite_master WHERE sql IS NOT NULL ORDER BY type, name",
};

const POSTGRES: Questions = Questions {
    tables: "SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = CAST(current_schema() AS regnamespace) \
        ORDER BY relname COLLATE \"C\"",
    columns: "SELECT a.attname AS name, upper(format_type(a.atttypid, a.atttypmod)) AS kind, \
        CAST(COALESCE(array_position(CAST(i.indkey AS smallint[]), a.attnum) + 1, 0) AS BIGINT) AS key, \
        a.attidentity <> '' AS counted \
        FROM pg_attribute a LEFT JOIN pg_index i ON i.indrelid = a.attrelid AND i.indisprimary \
        WHERE a.attrelid = to_regclass($1) AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attname COLLATE \"C\"",
    needs: "SELECT t.relname AS name, a.attname AS own FROM pg_constraint c JOIN pg_class t ON t.oid = c.confrelid \
        JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = ANY (c.conkey) \
        WHERE c.contype = 'f' AND c.conrelid = to_regclass($1) ORDER BY 1, 2",
    schema: "SELECT concat_ws(' ', table_name, column_name, data_type, is_nullable, column_default) AS line \
        FROM information_schema.columns WHERE table_schema = current_schema() \
        UNION ALL SELECT concat_ws(' ', CAST(conrelid AS regclass), conname, pg_get_constraintdef(oid)) FROM pg_constraint \
        WHERE connamespace = CAST(current_schema() AS regnamespace) \
        UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = current_schema() ORDER BY 1",
};

impl Db {
    fn questions(&self) -> &'static Questions {
        match &self.engine {
            Engine::Sqlite(_) => &SQLITE,
            Engine::Postgres(_) => &POSTGRES,
        }
    }

    /// The schema as lines of text, the same for the same schema of the same engine. For tests.
    ///
    /// # Errors
    /// As [`Self::read`].
    pub async fn schema(&self) -> Result<Vec<String>, StoreError> {
        self.read(self.questions().schema, vec![]).await?.iter().map(|row| row.get("line")).collect()
    }

    /// The tables, those that others point at first.
    pub(crate) async fn tables(&self) -> Result<Vec<Table>, StoreError> {
        let questions = self.questions();
        let mut tables = Vec::new();
        for row in self.read(questions.tables, vec![]).await? {
            let name: String = row.get("name")?;
            let found = self.read(questions.columns, params![&name]).await?;
            let columns = found.iter().map(|row| column(&name, row)).collect::<Result<_, _>>()?;
            let mut table = Table { name, columns, needs: Vec::new(), own: Vec::new() };
            for row in self.read(questions.needs, params![&table.name]).await? {
                let other: String = row.get("name")?;
                if other == table.name {
                    table.own.push(row.get("own")?);
                } else {
                    table.needs.push(other);
                }
            }
            tables.push(table);
        }
        in_order(tables)
    }
}

fn column(table: &str, row: &Row) -> Result<Column, StoreError> {
    let name: String = row.get("name")?;
    let kind: String = row.get("kind")?;
    let kind = match kind.as_str() {
        "BIGINT" | "INTEGER" => Kind::Int,
        "TEXT" => Kind::Text,
        "BYTEA" => Kind::Bytes,
        "UUID" => Kind::Id,
        _ => return Err(StoreError::Foreign(format!("{table}.{name} is of the kind {kind}, which is none of ours"))),
    };
    let key: i64 = row.get("key")?;
    Ok(Column { name, kind, key, counted: row.get::<bool>("counted")? && key > 0 })
}

/// Tables so that each stands behind those it points at.
fn in_order(mut rest: Vec<Table>) -> Result<Vec<Table>, StoreError> {
    let mut ordered: Vec<Table> = Vec::with_capacity(rest.len());
    while !rest.is_empty() {
        let free = |table: &Table| table.needs.iter().all(|need| ordered.iter().any(|done| done.name == *need));
        let Some(place) = rest.iter().position(free) else {
            let names: Vec<_> = rest.iter().map(|table| table.name.as_str()).collect();
            return Err(StoreError::Foreign(format!("tables point at each other in a circle: {}", names.join(", "))));
        };
        ordered.push(rest.remove(place));
    }
    Ok(ordered)
}
