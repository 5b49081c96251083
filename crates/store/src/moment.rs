//! One moment of a database, held open for long reads.

use std::sync::Arc;

use tokio::runtime::Handle;

use crate::db::{Engine, blocking};
use crate::postgres::{self, Guard};
use crate::{Db, RowRef, StoreError, sqlite};

/// One moment of a database: every read through it sees the same state, while others go on writing.
pub(crate) struct Moment(Of);

enum Of {
    Sqlite(sqlite::Connection),
    Postgres(Guard),
}

impl Db {
    /// Opens a moment.
    pub(crate) async fn moment(&self) -> Result<Moment, StoreError> {
        Ok(Moment(match &self.engine {
            Engine::Sqlite(engine) => {
                let engine = Arc::clone(engine);
                Of::Sqlite(blocking(move || engine.moment()).await?)
            }
            Engine::Postgres(engine) => Of::Postgres(engine.moment(true).await?),
        }))
    }
}

impl Moment {
    /// Hands every row of `sql` to `f` on the blocking pool; gives the moment and `state` back.
    pub(crate) async fn fold<T, F>(self, sql: String, mut state: T, mut f: F) -> Result<(Self, T), StoreError>
    where
        T: Send + 'static,
        F: FnMut(&mut T, &RowRef<'_>) -> Result<(), StoreError> + Send + 'static,
    {
        match self.0 {
            Of::Sqlite(conn) => {
                blocking(move || {
                    sqlite::each(&conn, &sql, &[], &mut |row| f(&mut state, row))?;
                    Ok((Self(Of::Sqlite(conn)), state))
                })
                .await
            }
            Of::Postgres(client) => {
                // What `f` does with a row may block: a file to write, a full channel.
                let handle = Handle::current();
                blocking(move || {
                    handle.block_on(async {
                        postgres::each(&client, &sql, &[], &mut |row: &RowRef<'_>| f(&mut state, row)).await?;
                        Ok((Self(Of::Postgres(client)), state))
                    })
                })
                .await
            }
        }
    }
}
